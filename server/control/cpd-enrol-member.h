/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-db.h"
#include "cpd-store-member-put.h"

G_BEGIN_DECLS

/* What was done for somebody whom the organisation makes portal administrator. */
typedef struct
{
  gboolean before;  /* there was a membership already */
  gboolean open;    /* it is open: there is no invitation, nor its mail */
  guint given;      /* CpPart that an open one did not hold */
  gboolean endless; /* the end of an open one was taken away */
} CpdEnrolled;

/* Gives everything to a member without an end date: at once to whom the portal is open, with an invitation to anybody
 * else, also whose own was declined, ended or lost. CP_ERROR_DECEASED when that would be about a client who has
 * died. done (out caller-allocates). */
gboolean cpd_enrol_member (CpdDb *db, const CpdConfig *config, const CpdMemberNew *member, CpTime now,
                           CpdEnrolled *done, GError **error);

G_END_DECLS
