/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-organisation.h"
#include "cp-session.h"
#include "cpa-api.h"
#include "cpa-secrets.h"

G_BEGIN_DECLS

/* One person on the way in, and in: the steps that the server names, and the tokens that come with them. Nobody else
 * holds a token. Signal "renewing" (gboolean under_way): around a change of the password, which replaces the token of a
 * session that goes on. */
#define CPA_TYPE_ACCOUNT (cpa_account_get_type ())
G_DECLARE_FINAL_TYPE (CpaAccount, cpa_account, CPA, ACCOUNT, GObject)

/* address is that of the server behind api. */
CpaAccount *cpa_account_new (CpaApi *api, const CpOrganisation *organisation, const char *address);

/* (transfer none): the door of the session that there is, or that one logs in to. */
CpaApi *cpa_account_get_api (CpaAccount *self);
const char *cpa_account_get_address (CpaAccount *self);
/* (nullable): as typed at the last login. */
const char *cpa_account_get_username (CpaAccount *self);
gboolean cpa_account_get_shared (CpaAccount *self);
/* Whether there is one on the server, or a login that goes halfway. */
gboolean cpa_account_has_session (CpaAccount *self);
/* As it was found at the last login that was not on a shared computer. */
CpaKeyring cpa_account_get_keyring (CpaAccount *self);
/* How many codes the sheet still has, when one of it was used to get in; else -1. */
int cpa_account_get_sheet_left (CpaAccount *self);

/* Whether the person wants care words explained. What was chosen goes along to the next login of the same person, not
 * on a shared computer. */
gboolean cpa_account_get_explains (CpaAccount *self);
void cpa_account_set_explains (CpaAccount *self, gboolean explains);

void cpa_account_login_async (CpaAccount *self, const char *username, const char *password, const char *language,
                              gboolean shared, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
void cpa_account_code_async (CpaAccount *self, const char *code, CpStepMethod method, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
void cpa_account_challenge_async (CpaAccount *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
void cpa_account_password_async (CpaAccount *self, const char *old_password, const char *new_password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): what comes next, for each of the four above. */
CpLoginAnswer *cpa_account_next_finish (CpaAccount *self, GAsyncResult *result, GError **error);

void cpa_account_session_async (CpaAccount *self, gboolean refresh, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
CpSession *cpa_account_session_finish (CpaAccount *self, GAsyncResult *result, GError **error);

/* Ends the session on the server; the token is forgotten at once, whatever comes back, and nobody waits longer for it
 * than so many seconds. Changes that were made before (CpaCall.finishes) go out first, and get as long. While one is
 * under way another one ends with it. */
void cpa_account_logout_async (CpaAccount *self, guint seconds, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: they did not, or not all of them. */
gboolean cpa_account_logout_finish (CpaAccount *self, GAsyncResult *result);
/* Forgets the session without telling the server: it has ended there. What comes next has another door. */
void cpa_account_forget (CpaAccount *self);

G_END_DECLS
