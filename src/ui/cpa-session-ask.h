/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-account.h"

G_BEGIN_DECLS

/* Asks who one is, and tells what is newer than what was told: an answer that was overtaken says what was, and could
 * bring back what was taken. */
typedef struct _CpaSessionAsk CpaSessionAsk;

/* session (transfer full) is NULL with an error. */
typedef void (*CpaSessionTold) (gpointer owner, CpSession *session, const GError *error);

/* owner (borrowed) frees it at its own end, and lives as long as a question is under way. */
CpaSessionAsk *cpa_session_ask_new (CpaAccount *account, CpaSessionTold told, GObject *owner);
void cpa_session_ask_free (CpaSessionAsk *self);
/* refresh: the app asks by itself, which does not keep the session alive. */
void cpa_session_ask_start (CpaSessionAsk *self, gboolean refresh);
/* Nothing is told any more. */
void cpa_session_ask_stop (CpaSessionAsk *self);

G_END_DECLS
