/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-view-as.h"

#include "cp-error.h"

struct _CpaViewAs
{
  CpaApi parent_instance;

  CpaApi *api;  /* (owned) */
  char *member; /* (owned) */
  guint parts;
};

G_DEFINE_FINAL_TYPE (CpaViewAs, cpa_view_as, CPA_TYPE_API)

static gboolean
is_of_patient (CpRouteId route)
{
  return strstr (cp_route_get (route)->path, "/patients/{patient}/") != NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer record = cpa_api_call_finish (CPA_API (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record, NULL);
}

static void
cpa_view_as_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  CpaViewAs *self = CPA_VIEW_AS (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  CpaCall as = *call;

  g_task_set_source_tag (task, cpa_view_as_call_async);
  /* The call inside says itself that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  if (call->route == CP_ROUTE_DOSSIER_READ || call->route == CP_ROUTE_DOSSIER_ITEM_READ)
    g_task_return_pointer (task, NULL, NULL);
  else if (cp_route_get (call->route)->method != CP_METHOD_GET)
    g_task_return_new_error (task, CP_ERROR, CP_ERROR_VIEW_ONLY, "only looking");
  else
    {
      as.view_as = is_of_patient (call->route) ? self->member : NULL;
      as.view_parts = self->parts;
      cpa_api_call_async (self->api, &as, cancellable, answered_cb, g_steal_pointer (&task));
    }
}

static gpointer
cpa_view_as_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
got_bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = cpa_api_bytes_finish (CPA_API (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

/* Bytes are only ever read. */
static void
cpa_view_as_bytes_async (CpaApi *api, const CpaCall *call, gsize max_bytes, CpaProgress progress,
                         gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  CpaViewAs *self = CPA_VIEW_AS (api);
  GTask *task = g_task_new (api, cancellable, callback, user_data);
  CpaCall as = *call;

  g_task_set_source_tag (task, cpa_view_as_bytes_async);
  g_task_set_check_cancellable (task, FALSE);
  as.view_as = is_of_patient (call->route) ? self->member : NULL;
  as.view_parts = self->parts;
  cpa_api_bytes_async (self->api, &as, max_bytes, progress, progress_data, cancellable, got_bytes_cb, task);
}

static GBytes *
cpa_view_as_bytes_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpa_view_as_finalize (GObject *object)
{
  CpaViewAs *self = CPA_VIEW_AS (object);

  g_clear_object (&self->api);
  g_clear_pointer (&self->member, g_free);
  G_OBJECT_CLASS (cpa_view_as_parent_class)->finalize (object);
}

static void
cpa_view_as_class_init (CpaViewAsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_view_as_finalize;
  CPA_API_CLASS (klass)->call_async = cpa_view_as_call_async;
  CPA_API_CLASS (klass)->call_finish = cpa_view_as_call_finish;
  CPA_API_CLASS (klass)->bytes_async = cpa_view_as_bytes_async;
  CPA_API_CLASS (klass)->bytes_finish = cpa_view_as_bytes_finish;
}

static void
cpa_view_as_init (CpaViewAs *self)
{
}

CpaApi *
cpa_view_as_new (CpaApi *api, const char *member, guint parts)
{
  CpaViewAs *self = g_object_new (CPA_TYPE_VIEW_AS, NULL);

  self->api = g_object_ref (api);
  self->member = g_strdup (member);
  self->parts = parts;
  return CPA_API (self);
}
