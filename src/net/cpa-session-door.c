/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-session-door.h"

#include "cp-error.h"

struct _CpaSessionDoor
{
  CpaApi parent_instance;

  CpaApi *api; /* (owned) */
  gboolean leaving;
  gboolean closed;
  gboolean lost;     /* one of those failed while leaving */
  guint n_finishing; /* calls of that kind under way */
  guint settled_id;  /* source: none is */
  guint token;       /* number of the one that counts */
  guint n_renewing;  /* changes of the password under way, each of which replaces the token */
  gboolean unsure;   /* whether the last of them was made is not known: it was not answered */
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaSessionDoor, cpa_session_door, CPA_TYPE_API)

/* The data of the task of a call. */
typedef struct
{
  const CpRecordType *answer_type; /* (nullable) */
  CpRouteId route;
  gboolean finishes;
  guint token; /* number of the one that it went out with */
} Passing;

static Passing *
passing_new (CpaSessionDoor *self, const CpaCall *call)
{
  Passing *passing = g_new (Passing, 1);

  *passing = (Passing){ call->answer_type, call->route, call->finishes, self->token };
  return passing;
}

/* TRUE when it is closed for that, which the task has been told then. */
static gboolean
refuse (CpaSessionDoor *self, GTask *task, gboolean finishes)
{
  gboolean refused = self->closed || (self->leaving && !finishes);

  if (refused)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "its session is over");
  return refused;
}

static gboolean
settled_cb (gpointer user_data)
{
  CpaSessionDoor *self = user_data;

  self->settled_id = 0;
  if (self->n_finishing == 0)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  return G_SOURCE_REMOVE;
}

/* Who made the change hears of it first, and sends the next one then. */
static void
finish_one (CpaSessionDoor *self, const GError *error)
{
  self->n_finishing--;
  self->lost = self->lost || (self->leaving && error != NULL);
  if (self->n_finishing == 0 && self->settled_id == 0)
    self->settled_id = g_idle_add (settled_cb, self);
}

/* The answer to a change of the password came, or none will. Unless the server refused it, the token is not the one any
 * more that all went out with which was asked before. */
static void
renew (CpaSessionDoor *self, gconstpointer record, const GError *error)
{
  gboolean refused = error != NULL && error->domain == CP_ERROR && error->code < CP_ERROR_NO_NETWORK;

  self->n_renewing--;
  if (refused)
    return;
  self->token++;
  self->unsure = record == NULL;
}

/* That there is no session, said of a token that was replaced, says nothing of the session: it goes on with the new
 * one. Said after a change of the password that was not answered, it means that the change was made, as far as one
 * knows. */
static void
judge (CpaSessionDoor *self, const Passing *passing, GError *error)
{
  if (!g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED))
    return;
  if (passing->token != self->token || self->n_renewing > 0)
    error->code = CP_ERROR_TIMEOUT; /* who asked may ask again */
  else if (self->unsure)
    error->code = CP_ERROR_PASSWORD_UNSURE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  CpaSessionDoor *self = g_task_get_source_object (task);
  const Passing *passing = g_task_get_task_data (task);
  gpointer record = cpa_api_call_finish (CPA_API (source), result, &error);

  if (passing->finishes)
    finish_one (self, error);
  if (passing->route == CP_ROUTE_PASSWORD)
    renew (self, record, error);
  else if (error == NULL && passing->token == self->token)
    self->unsure = FALSE;
  judge (self, passing, error);
  if (refuse (self, task, passing->finishes))
    cp_record_free (passing->answer_type, record);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, record, NULL);
}

static void
cpa_session_door_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  CpaSessionDoor *self = CPA_SESSION_DOOR (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);

  g_task_set_source_tag (task, cpa_session_door_call_async);
  /* The call inside says itself that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, passing_new (self, call), g_free);
  if (refuse (self, task, call->finishes))
    return;
  if (call->finishes)
    self->n_finishing++;
  if (call->route == CP_ROUTE_PASSWORD)
    self->n_renewing++;
  cpa_api_call_async (self->api, call, cancellable, answered_cb, g_steal_pointer (&task));
}

static gpointer
cpa_session_door_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
got_bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = cpa_api_bytes_finish (CPA_API (source), result, &error);

  judge (g_task_get_source_object (task), g_task_get_task_data (task), error);
  if (refuse (g_task_get_source_object (task), task, FALSE))
    return;
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
}

static void
cpa_session_door_bytes_async (CpaApi *api, const CpaCall *call, gsize max_bytes, CpaProgress progress,
                              gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  CpaSessionDoor *self = CPA_SESSION_DOOR (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);

  g_task_set_source_tag (task, cpa_session_door_bytes_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, passing_new (self, call), g_free);
  if (!refuse (self, task, FALSE))
    cpa_api_bytes_async (self->api, call, max_bytes, progress, progress_data, cancellable, got_bytes_cb,
                         g_steal_pointer (&task));
}

static GBytes *
cpa_session_door_bytes_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpa_session_door_set_token (CpaApi *api, const char *token)
{
  CpaSessionDoor *self = CPA_SESSION_DOOR (api);

  if (self->closed)
    return;
  self->token++;
  cpa_api_set_token (self->api, token);
}

static void
cpa_session_door_finalize (GObject *object)
{
  g_clear_handle_id (&CPA_SESSION_DOOR (object)->settled_id, g_source_remove);
  g_clear_object (&CPA_SESSION_DOOR (object)->api);
  G_OBJECT_CLASS (cpa_session_door_parent_class)->finalize (object);
}

static void
cpa_session_door_class_init (CpaSessionDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_session_door_finalize;
  CPA_API_CLASS (klass)->call_async = cpa_session_door_call_async;
  CPA_API_CLASS (klass)->call_finish = cpa_session_door_call_finish;
  CPA_API_CLASS (klass)->bytes_async = cpa_session_door_bytes_async;
  CPA_API_CLASS (klass)->bytes_finish = cpa_session_door_bytes_finish;
  CPA_API_CLASS (klass)->set_token = cpa_session_door_set_token;
  signals[SIGNAL_FINISHED] =
      g_signal_new ("finished", CPA_TYPE_SESSION_DOOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_session_door_init (CpaSessionDoor *self)
{
}

CpaApi *
cpa_session_door_new (CpaApi *api)
{
  CpaSessionDoor *self = g_object_new (CPA_TYPE_SESSION_DOOR, NULL);

  self->api = g_object_ref (api);
  return CPA_API (self);
}

void
cpa_session_door_leave (CpaSessionDoor *self)
{
  self->leaving = TRUE;
}

gboolean
cpa_session_door_is_finishing (CpaSessionDoor *self)
{
  return self->n_finishing > 0 || self->settled_id != 0;
}

gboolean
cpa_session_door_has_lost (CpaSessionDoor *self)
{
  return self->lost;
}

void
cpa_session_door_close (CpaSessionDoor *self)
{
  cpa_api_set_token (CPA_API (self), NULL);
  self->closed = TRUE;
}
