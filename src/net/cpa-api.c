/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-api.h"

#include "cp-error.h"

G_DEFINE_ABSTRACT_TYPE (CpaApi, cpa_api, G_TYPE_OBJECT)

enum
{
  SIGNAL_SESSION_ENDED,
  SIGNAL_NOT_UNDERSTOOD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_session_end (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_ELSEWHERE) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_PASSWORD_UNSURE) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_ACCOUNT);
}

static gboolean
is_of_another_version (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
}

static void
cpa_api_class_init (CpaApiClass *klass)
{
  signals[SIGNAL_SESSION_ENDED] = g_signal_new ("session-ended", CPA_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_NOT_UNDERSTOOD] =
      g_signal_new ("not-understood", CPA_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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

/* Takes failure (nullable). */
static void
pass_on (CpaApi *self, GError *failure, GError **error)
{
  if (failure == NULL)
    return;
  if (is_session_end (failure))
    g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, failure);
  else if (is_of_another_version (failure))
    g_signal_emit (self, signals[SIGNAL_NOT_UNDERSTOOD], 0);
  g_propagate_error (error, failure);
}

gpointer
cpa_api_call_finish (CpaApi *self, GAsyncResult *result, GError **error)
{
  GError *local = NULL;
  gpointer record;

  g_return_val_if_fail (CPA_IS_API (self), NULL);
  record = CPA_API_GET_CLASS (self)->call_finish (self, result, &local);
  pass_on (self, local, error);
  return record;
}

void
cpa_api_bytes_async (CpaApi *self, const CpaCall *call, gsize max_bytes, CpaProgress progress, gpointer progress_data,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CPA_IS_API (self));
  CPA_API_GET_CLASS (self)->bytes_async (self, call, max_bytes, progress, progress_data, cancellable, callback,
                                         user_data);
}

GBytes *
cpa_api_bytes_finish (CpaApi *self, GAsyncResult *result, GError **error)
{
  GError *local = NULL;
  GBytes *bytes;

  g_return_val_if_fail (CPA_IS_API (self), NULL);
  bytes = CPA_API_GET_CLASS (self)->bytes_finish (self, result, &local);
  pass_on (self, local, error);
  return bytes;
}

void
cpa_api_set_token (CpaApi *self, const char *token)
{
  g_return_if_fail (CPA_IS_API (self));
  if (CPA_API_GET_CLASS (self)->set_token != NULL)
    CPA_API_GET_CLASS (self)->set_token (self, token);
}
