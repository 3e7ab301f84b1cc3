/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-clock.h"
#include "cpd-store-member.h"

G_BEGIN_DECLS

/* From the first right until the invitation goes out: it can be undone. */
#define CPD_INVITE_WAIT CP_TIME_MINUTE
G_STATIC_ASSERT (CPD_INVITE_WAIT <= CPD_CLOCK_WAIT);
#define CPD_WARNING_DAYS 14 /* before an end both are told */

/* Who is invited to which membership, and by whom. */
typedef struct
{
  gint64 patient;
  gint64 membership;
  gint64 account;
  gint64 inviter; /* account; 0: the organisation */
  gint64 open;    /* an invitation that nobody answered and that begins again; 0: a new one */
  CpTime when;    /* the invitation is there, and its mail goes out */
} CpdInvited;

/* CP_ERROR_DECEASED when the client has died: nothing is mailed about them, so an invitation would reach nobody. */
gboolean cpd_invite_may (CpdDb *db, gint64 patient, GError **error);
/* The one place that says what the mail of an invitation carries, and that asks cpd_invite_may(). No audit row: whoever
 * calls knows what happened. */
gboolean cpd_invite_person (CpdDb *db, const CpdConfig *config, const CpdInvited *invited, GError **error);
/* The same by who makes this call, with its audit row. */
gboolean cpd_invite (CpdCall *call, gint64 membership, gint64 account, gint64 open, CpTime when, GError **error);

G_END_DECLS
