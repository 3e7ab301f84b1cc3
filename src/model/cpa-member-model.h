/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"
#include "cpa-member.h"

G_BEGIN_DECLS

/* The rows of user management (CpaMember), in the order of the server. Changes go to the server one after the other, in
 * the order in which they were asked for, so that no answer overtakes another; a list that was asked before a change is
 * asked again after it. Signals "loaded" and "failed" (GError *), of the list; "changed" when any row may have;
 * "gives-up" (CpPart, gboolean gives): the person gives up a part of their own, or that came to nothing. */
#define CPA_TYPE_MEMBER_MODEL (cpa_member_model_get_type ())
G_DECLARE_FINAL_TYPE (CpaMemberModel, cpa_member_model, CPA, MEMBER_MODEL, GObject)

CpaMemberModel *cpa_member_model_new (CpaApi *api, const char *patient, GTimeZone *zone);
/* Fetches the list. refresh: the app asks by itself. */
void cpa_member_model_load (CpaMemberModel *self, gboolean refresh);
/* Nothing is told or asked any more; what was sent is sent. */
void cpa_member_model_stop (CpaMemberModel *self);

/* (transfer none) (nullable): until it is there. */
const CpMemberOptions *cpa_member_model_get_options (CpaMemberModel *self);
const CpFreshness *cpa_member_model_get_freshness (CpaMemberModel *self);
/* (transfer none) (nullable) */
CpaMember *cpa_member_model_find (CpaMemberModel *self, const char *id);

/* seen is the version of the row that the person saw when choosing (nullable, copied): the server refuses what somebody
 * else changed since, but never what only takes away. */

/* Ticks or unticks a box; it shows at once. ground may be NULL. */
void cpa_member_model_tick_async (CpaMemberModel *self, CpaMember *member, const char *seen, CpPart part, gboolean held,
                                  const char *ground, GAsyncReadyCallback callback, gpointer user_data);
/* until "2026-08-31" or NULL (no end). */
void cpa_member_model_until_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *until,
                                   GAsyncReadyCallback callback, gpointer user_data);
void cpa_member_model_email_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *email,
                                   GAsyncReadyCallback callback, gpointer user_data);
void cpa_member_model_ground_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *ground,
                                    GAsyncReadyCallback callback, gpointer user_data);
void cpa_member_model_mobile_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *mobile,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* CP_ROUTE_MEMBER_RENEW, _INVITATION, _WITHDRAW or _END. */
void cpa_member_model_act_async (CpaMemberModel *self, CpaMember *member, const char *seen, CpRouteId route,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* A new row; the list is fetched anew when it is there. */
void cpa_member_model_add_async (CpaMemberModel *self, const CpMemberRequest *request, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* (transfer full) (nullable): the row as it is now, of each of the seven above. After an error that says that the
 * screen is behind, or leaves that open, the list is fetched anew; CP_ERROR_CHANGED_MEANWHILE is told after that, when
 * the row is as it is now, or could not be asked. */
CpMember *cpa_member_model_change_finish (CpaMemberModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
