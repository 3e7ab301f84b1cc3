/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-transport.h"

#include <libsoup/soup.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cp-json.h"
#include "cpa-answer.h"
#include "cpa-server-clock.h"
#include "cpa-wipe.h"

#define SILENCE_SECONDS 30         /* without a byte */
#define WAIT_SECONDS 75            /* the same, for an answer that waits for something to happen */
#define DEADLINE_SECONDS 90        /* for a whole answer: somebody may drip-feed */
#define BYTES_DEADLINE_SECONDS 600 /* for an attachment over a slow line */
#define CHUNK (64 * 1024)

struct _CpaTransport
{
  CpaApi parent_instance;

  SoupSession *soup;    /* (owned) */
  SoupSession *waiting; /* (owned): for calls whose answers wait */
  char *base;           /* (owned): "https://host:port" */
  char *token;          /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CpaTransport, cpa_transport, CPA_TYPE_API)

/* One call under way; the task's data. */
typedef struct
{
  SoupMessage *message;            /* (owned) */
  const CpRecordType *answer_type; /* (nullable) */
  gboolean raw;                    /* the bytes themselves are wanted */
  gsize max_bytes;
  CpaProgress progress; /* (nullable) */
  gpointer progress_data;
  GByteArray *body;     /* (owned) */
  GInputStream *stream; /* (owned) */
  GCancellable *stop;   /* (owned): by the caller or by the deadline */
  GCancellable *caller; /* (owned) (nullable) */
  gulong caller_handler;
  guint deadline;
  gboolean late;
} Send;

static void
send_free (Send *send)
{
  g_clear_handle_id (&send->deadline, g_source_remove);
  g_cancellable_disconnect (send->caller, send->caller_handler);
  g_clear_object (&send->caller);
  g_clear_object (&send->stop);
  g_clear_object (&send->stream);
  g_clear_object (&send->message);
  g_clear_pointer (&send->body, g_byte_array_unref);
  g_free (send);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Send *send = user_data;

  send->deadline = 0;
  send->late = TRUE;
  g_cancellable_cancel (send->stop);
  return G_SOURCE_REMOVE;
}

static void
return_network_error (GTask *task, const GError *error)
{
  Send *send = g_task_get_task_data (task);

  if (send->late && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, CP_ERROR, CP_ERROR_TIMEOUT, "no whole answer in time");
  else
    g_task_return_error (
        task, cpa_answer_network_error (error, soup_message_get_tls_peer_certificate_errors (send->message)));
}

static void
return_answer (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (send->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&send->body));
  CpaAnswer answer = { soup_message_get_status (send->message), soup_message_headers_get_content_type (headers, NULL),
                       soup_message_headers_get_one (headers, "Retry-After"), body };
  GError *error = NULL;
  gpointer record = NULL;

  if (send->raw)
    cpa_answer_check_file (&answer, &error);
  else
    record = cpa_answer_read (&answer, send->answer_type, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (send->raw)
    g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_pointer (task, record, NULL);
}

static void
tell_progress (Send *send)
{
  goffset total = soup_message_headers_get_content_length (soup_message_get_response_headers (send->message));

  if (send->progress != NULL && !g_cancellable_is_cancelled (send->stop))
    send->progress (send->body->len, (gsize) total, send->progress_data);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    {
      return_network_error (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    {
      return_answer (task);
      return;
    }
  if (send->body->len + length > send->max_bytes)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_BAD_ANSWER,
                               "the answer is larger than %" G_GSIZE_FORMAT " bytes", send->max_bytes);
      return;
    }
  g_byte_array_append (send->body, data, (guint) length);
  tell_progress (send);
  g_input_stream_read_bytes_async (send->stream, CHUNK, G_PRIORITY_DEFAULT, send->stop, read_cb,
                                   g_steal_pointer (&task));
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  send->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (send->stream == NULL)
    {
      return_network_error (task, error);
      return;
    }
  cpa_server_clock_take (soup_message_headers_get_one (soup_message_get_response_headers (send->message), "Date"));
  g_input_stream_read_bytes_async (send->stream, CHUNK, G_PRIORITY_DEFAULT, send->stop, read_cb,
                                   g_steal_pointer (&task));
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Takes task and message. */
static Send *
start (SoupSession *soup, GTask *task, SoupMessage *message, guint deadline_seconds)
{
  Send *send = g_new0 (Send, 1);
  GCancellable *caller = g_task_get_cancellable (task);

  send->message = message;
  send->max_bytes = CPA_ANSWER_MAX_BYTES;
  send->body = g_byte_array_new ();
  send->stop = g_cancellable_new ();
  send->deadline = g_timeout_add_seconds (deadline_seconds, deadline_cb, send);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  if (caller != NULL)
    {
      send->caller = g_object_ref (caller);
      send->caller_handler =
          g_cancellable_connect (caller, G_CALLBACK (caller_cancelled_cb), g_object_ref (send->stop), g_object_unref);
    }
  soup_session_send_async (soup, message, G_PRIORITY_DEFAULT, send->stop, send_cb, task);
  return send;
}

/* What stands between the quotes of an entity tag. */
static gboolean
is_version (const char *version)
{
  for (const char *at = version; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || *at == '"')
      return FALSE;
  return TRUE;
}

static char *
path_of (const CpaCall *call)
{
  g_autofree char *path = NULL;

  for (int i = 0; i < CP_ROUTE_MAX_PARAMS && call->ids[i] != NULL; i++)
    if (!cp_validate_is_id (call->ids[i]))
      return NULL;
  if ((call->view_as != NULL && !cp_validate_is_id (call->view_as)) ||
      (call->version != NULL && !is_version (call->version)))
    return NULL;
  path = cp_route_path (call->route, call->ids[0], call->ids[1], call->ids[2], NULL);
  return call->query != NULL ? g_strconcat (path, "?", call->query, NULL) : g_steal_pointer (&path);
}

static SoupMessage *
new_message (CpaTransport *self, const CpaCall *call)
{
  g_autofree char *path = path_of (call);
  g_autofree char *uri = path != NULL ? g_strconcat (self->base, path, NULL) : NULL;
  SoupMessage *message =
      uri != NULL ? soup_message_new (cp_method_name (cp_route_get (call->route)->method), uri) : NULL;
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (call->refresh)
    soup_message_headers_append (headers, "Cp-Cause", "refresh");
  if (call->version != NULL)
    {
      g_autofree char *tag = g_strconcat ("\"", call->version, "\"", NULL);

      soup_message_headers_append (headers, "If-Match", tag);
    }
  if (call->view_as != NULL)
    soup_message_headers_append (headers, "Cp-View-As", call->view_as);
  if (call->view_as != NULL && call->view_parts != 0)
    {
      g_autofree char *parts = cp_parts_write (call->view_parts);

      soup_message_headers_append (headers, "Cp-View-Parts", parts);
    }
  if (self->token != NULL)
    {
      char *bearer = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_append (headers, "Authorization", bearer);
      cpa_wipe_free (bearer);
    }
  return message;
}

static void
set_body (SoupMessage *message, const CpaCall *call)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  char *text;

  if (call->body_type == NULL)
    return;
  text = cp_record_to_text (call->body_type, call->body, NULL, &length);
  bytes = g_bytes_new_with_free_func (text, length, (GDestroyNotify) cpa_wipe_free, text);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
}

static void
cpa_transport_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  CpaTransport *self = CPA_TRANSPORT (api);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SoupMessage *message = new_message (self, call);

  g_task_set_source_tag (task, cpa_transport_call_async);
  if (message == NULL)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_BAD_ANSWER, "an id is not an id");
      g_object_unref (task);
      return;
    }
  set_body (message, call);
  start (call->waits ? self->waiting : self->soup, task, message, DEADLINE_SECONDS)->answer_type = call->answer_type;
}

static gpointer
cpa_transport_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpa_transport_bytes_async (CpaApi *api, const CpaCall *call, gsize max_bytes, CpaProgress progress,
                           gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  CpaTransport *self = CPA_TRANSPORT (api);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SoupMessage *message = new_message (self, call);
  Send *send;

  g_task_set_source_tag (task, cpa_transport_bytes_async);
  if (message == NULL)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_BAD_ANSWER, "an id is not an id");
      g_object_unref (task);
      return;
    }
  send = start (self->soup, task, message, BYTES_DEADLINE_SECONDS);
  send->raw = TRUE;
  send->max_bytes = max_bytes;
  send->progress = progress;
  send->progress_data = progress_data;
}

static GBytes *
cpa_transport_bytes_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpa_transport_set_token (CpaApi *api, const char *token)
{
  CpaTransport *self = CPA_TRANSPORT (api);

  cpa_wipe_free (self->token);
  self->token = g_strdup (token);
}

static void
cpa_transport_finalize (GObject *object)
{
  CpaTransport *self = CPA_TRANSPORT (object);

  soup_session_abort (self->soup);
  soup_session_abort (self->waiting);
  g_clear_object (&self->soup);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->token, cpa_wipe_free);
  G_OBJECT_CLASS (cpa_transport_parent_class)->finalize (object);
}

static void
cpa_transport_class_init (CpaTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_transport_finalize;
  CPA_API_CLASS (klass)->call_async = cpa_transport_call_async;
  CPA_API_CLASS (klass)->call_finish = cpa_transport_call_finish;
  CPA_API_CLASS (klass)->bytes_async = cpa_transport_bytes_async;
  CPA_API_CLASS (klass)->bytes_finish = cpa_transport_bytes_finish;
  CPA_API_CLASS (klass)->set_token = cpa_transport_set_token;
}

static SoupSession *
soup_new (int connections, int silence_seconds)
{
  SoupSession *soup =
      soup_session_new_with_options ("max-conns-per-host", connections, "timeout", silence_seconds, NULL);

  soup_session_remove_feature_by_type (soup, SOUP_TYPE_CONTENT_DECODER);
  return soup;
}

static void
cpa_transport_init (CpaTransport *self)
{
  self->soup = soup_new (6, SILENCE_SECONDS);
  self->waiting = soup_new (2, WAIT_SECONDS);
}

CpaTransport *
cpa_transport_new (const char *address, const char *ca_file, GError **error)
{
  g_autoptr (CpaTransport) self = g_object_new (CPA_TYPE_TRANSPORT, NULL);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) why = NULL;

  self->base = g_strconcat ("https://", address, NULL);
  if (ca_file != NULL && *ca_file != '\0')
    {
      database = g_tls_file_database_new (ca_file, &why);
      if (database == NULL)
        {
          g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_CERTIFICATE, why->message);
          return NULL;
        }
      soup_session_set_tls_database (self->soup, database);
      soup_session_set_tls_database (self->waiting, database);
    }
  return g_steal_pointer (&self);
}
