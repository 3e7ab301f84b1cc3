/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-api.h"

#include "cp-error.h"

G_DEFINE_ABSTRACT_TYPE (CpaApi, cpa_api, G_TYPE_OBJECT)

enum
{
  SIGNAL_SESSION_ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_session_end (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_ELSEWHERE) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD);
}

static void
cpa_api_class_init (CpaApiClass *klass)
{
  signals[SIGNAL_SESSION_ENDED] = g_signal_new ("session-ended", CPA_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cpa_api_init (CpaApi *self)
{
}

void
cpa_api_call_async (CpaApi *self, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (CPA_IS_API (self));
  CPA_API_GET_CLASS (self)->call_async (self, call, cancellable, callback, user_data);
}

gpointer
cpa_api_call_finish (CpaApi *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  gpointer record;

  g_return_val_if_fail (CPA_IS_API (self), NULL);
  record = CPA_API_GET_CLASS (self)->call_finish (self, result, &local);
  if (local == NULL)
    return record;
  if (is_session_end (local))
    g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
cpa_api_set_token (CpaApi *self, const char *token)
{
  g_return_if_fail (CPA_IS_API (self));
  if (CPA_API_GET_CLASS (self)->set_token != NULL)
    CPA_API_GET_CLASS (self)->set_token (self, token);
}
