/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* A new membership, invited. Zero and NULL where it does not apply. */
typedef struct
{
  gint64 account;
  gint64 patient;
  const char *relation;
  const char *ground;
  gint64 contact;        /* of the EHR that is the same person */
  gboolean made_account; /* for this membership */
  CpTime until;          /* 0: no end */
  int until_days;
} CpdMemberNew;
/* *id (out): row id; *public_id (out) (transfer full). */
gboolean cpd_store_member_add (CpdDb *db, const CpdMemberNew *member, CpTime now, gint64 *id, char **public_id,
                               GError **error);
/* Whose access is over begins anew in the same row: invited, with no part. */
gboolean cpd_store_member_restart (CpdDb *db, gint64 membership, CpTime until, int until_days, CpTime now,
                                   GError **error);

/* One part given by an account (0: the organisation), whoever gave it before; taken; all taken. */
gboolean cpd_store_member_give (CpdDb *db, gint64 membership, guint part, gint64 given_by, CpTime now, GError **error);
gboolean cpd_store_member_take (CpdDb *db, gint64 membership, guint part, CpTime now, GError **error);
gboolean cpd_store_member_take_all (CpdDb *db, gint64 membership, CpTime now, GError **error);
/* Ends access at once, with all its parts; the rows stay. */
gboolean cpd_store_member_end (CpdDb *db, gint64 membership, CpTime ended, GError **error);

gboolean cpd_store_member_set_ground (CpdDb *db, gint64 membership, const char *ground, GError **error);
gboolean cpd_store_member_set_until (CpdDb *db, gint64 membership, CpTime until, int until_days, GError **error);

/* A membership whose access ends soon, or has ended by its date. */
typedef struct
{
  gint64 membership;
  gint64 account;
  gint64 patient;
  CpTime until;
  gboolean deceased; /* the client: nothing is mailed any more */
} CpdMemberEnd;
/* (element-type CpdMemberEnd) (transfer full): of whom nobody was told, and whose end lies in (after, before]. */
GArray *cpd_store_member_ends (CpdDb *db, CpTime after, CpTime before, int max, GError **error);
gboolean cpd_store_member_told (CpdDb *db, gint64 membership, CpTime until, GError **error);
/* (element-type CpdMemberEnd) (transfer full): whose last moment has passed, and whose row does not say so yet. */
GArray *cpd_store_member_over (CpdDb *db, CpTime now, int max, GError **error);

G_END_DECLS
