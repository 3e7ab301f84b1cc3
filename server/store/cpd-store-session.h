/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* The session of a token's hash, ended or not: whether it still counts is judged by auth/. actor->session is 0 when
 * there is none; *end is CpdSessionEnd or 0. With it what the rows say of its account and a patient (by its public id):
 * facts->membership is 0 when there is none, which is the same as when there is no such patient. */
gboolean cpd_store_session_find (CpdDb *db, const guchar *token_hash, const char *patient_id, CpdActor *actor,
                                 CpdSessionEnd *end, CpdMembershipFacts *facts, GError **error);
/* actor->session is set. */
gboolean cpd_store_session_add (CpdDb *db, const guchar *token_hash, CpdActor *actor, CpTime now, GError **error);
/* That a client is looked at in the account's present login. */
gboolean cpd_store_session_visit (CpdDb *db, const CpdActor *actor, gint64 membership, GError **error);
gboolean cpd_store_session_touch (CpdDb *db, const CpdActor *actor, CpTime now, GError **error);
gboolean cpd_store_session_end (CpdDb *db, gint64 session, CpdSessionEnd reason, CpTime now, gboolean *ended,
                                GError **error);
/* All of the account but one. */
gboolean cpd_store_session_end_others (CpdDb *db, gint64 account, gint64 keep, CpdSessionEnd reason, CpTime now,
                                       GError **error);
/* Ends all sessions and the trust of all devices of the account (0: of everybody). Their rows stay, since others name
 * them by their number and none is given twice, without what opens them. */
gboolean cpd_store_session_close (CpdDb *db, gint64 account, CpTime now, GError **error);

/* A device that a token (or its predecessor) names, of this account and not ended. id 0: none. */
typedef struct
{
  gint64 id;
  CpTime last_visit;
} CpdDevice;
gboolean cpd_store_device_find (CpdDb *db, gint64 account, const guchar *token_hash, CpdDevice *device, GError **error);
/* attempt: the login that verified it, which knows how the computer is called. */
gboolean cpd_store_device_add (CpdDb *db, gint64 account, const guchar *token_hash, gint64 attempt, CpTime now,
                               gint64 *id, GError **error);
gboolean cpd_store_device_name (CpdDb *db, gint64 device, const char *name, GError **error);
/* A new token; the one before stays valid until the new one is used. */
gboolean cpd_store_device_rotate (CpdDb *db, gint64 device, const guchar *used_hash, const guchar *new_hash, CpTime now,
                                  GError **error);
/* (element-type gint64) (transfer full): row ids of the devices that are not ended. */
GArray *cpd_store_device_list (CpdDb *db, gint64 account, GError **error);
gboolean cpd_store_device_end (CpdDb *db, gint64 device, CpTime now, GError **error);
/* Ends the trust of all devices of the account but one (0: of all). */
gboolean cpd_store_device_end_others (CpdDb *db, gint64 account, gint64 keep, CpTime now, GError **error);

G_END_DECLS
