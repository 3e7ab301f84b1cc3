/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-session-door.h"

struct _CpaSessionDoor
{
  CpaApi parent_instance;

  CpaApi *api; /* (owned) */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (CpaSessionDoor, cpa_session_door, CPA_TYPE_API)

/* TRUE when it is closed, which the task has been told then. */
static gboolean
refuse (CpaSessionDoor *self, GTask *task)
{
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "its session is over");
  return self->closed;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer record = cpa_api_call_finish (CPA_API (source), result, &error);

  if (refuse (g_task_get_source_object (task), task))
    cp_record_free (g_task_get_task_data (task), record);
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
  g_task_set_task_data (task, (gpointer) call->answer_type, NULL);
  if (!refuse (self, task))
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

  if (refuse (g_task_get_source_object (task), task))
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
  if (!refuse (self, task))
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

  if (!self->closed)
    cpa_api_set_token (self->api, token);
}

static void
cpa_session_door_finalize (GObject *object)
{
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
cpa_session_door_close (CpaSessionDoor *self)
{
  cpa_api_set_token (CPA_API (self), NULL);
  self->closed = TRUE;
}
