/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-own-account.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What a person sees and changes of their own account: devices, sessions, an address that waits. Ids in requests are
 * looked up within the account: another's is CP_ERROR_NOT_FOUND. */

/* Trusted ones: (element-type CpOwnDevice) (transfer full), the newest visit first. life: how long trust lasts. */
GPtrArray *cpd_store_own_devices (CpdDb *db, gint64 account, gint64 current, CpTime life, CpTime now, GError **error);

/* A session whose time is not over; whether it counts is for auth/. */
typedef struct
{
  CpdActor actor;    /* session, shared, last_used and expires are set */
  CpOwnSession *own; /* (owned) */
} CpdOwnSessionRow;
void cpd_own_session_row_free (CpdOwnSessionRow *row);
/* (element-type CpdOwnSessionRow) (transfer full) */
GPtrArray *cpd_store_own_sessions (CpdDb *db, gint64 account, gint64 current, CpTime now, GError **error);

gboolean cpd_store_own_device_find (CpdDb *db, gint64 account, const char *public_id, gint64 *device, GError **error);
gboolean cpd_store_own_device_rename (CpdDb *db, gint64 device, const char *name, GError **error);
gboolean cpd_store_own_session_find (CpdDb *db, gint64 account, const char *public_id, gint64 *session, GError **error);
/* Every session of the device that has not ended. */
gboolean cpd_store_own_device_end_sessions (CpdDb *db, gint64 device, CpdSessionEnd reason, CpTime now, GError **error);

/* Profile. */
gboolean cpd_store_own_set_name (CpdDb *db, gint64 account, const char *name, const char *given_name,
                                 const char *language, GError **error);

/* An e-mail address that waits; the one before it is forgotten. */
gboolean cpd_store_email_change_add (CpdDb *db, gint64 account, const char *email, CpTime now, CpTime expires,
                                     gint64 *id, GError **error);
/* (nullable) (transfer full): the address; NULL without error when none waits. id 0: whichever the account has. */
char *cpd_store_email_change_get (CpdDb *db, gint64 account, gint64 id, CpTime now, GError **error);
/* None waits any more. */
gboolean cpd_store_email_change_drop (CpdDb *db, gint64 account, GError **error);
/* It counts: CP_ERROR_CONFLICT when another account has it by now. */
gboolean cpd_store_email_change_apply (CpdDb *db, gint64 account, const char *email, GError **error);
/* Which other account has this address, if any. */
gboolean cpd_store_email_owner (CpdDb *db, gint64 account, const char *email, gint64 *owner, GError **error);

/* The account is nobody's: no password, no second step, no address; its name stays with what it wrote. */
gboolean cpd_store_own_end (CpdDb *db, gint64 account, CpTime now, GError **error);

G_END_DECLS
