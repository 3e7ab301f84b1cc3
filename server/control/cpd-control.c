/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-control"
#include "cpd-control.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "cp-json.h"

#define LINE_MAX_BYTES (64 * 1024)
#define LINE_SECONDS 10

struct _CpdControl
{
  CpdCommandContext context;
  GSocketService *service; /* (owned) */
  GMainContext *main;      /* (owned) */
  GMainLoop *loop;         /* (owned) */
  GThread *thread;         /* (owned) */
  GCancellable *stopping;  /* (owned): ends the wait for what somebody has not said yet */
  char *path;              /* (owned) */
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  int running; /* connections that were accepted and are not done */
};

/* What comes until a newline; of who ends without one, what there is. */
static gboolean
gather (GInputStream *stream, GByteArray *line, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + LINE_SECONDS * G_TIME_SPAN_SECOND;
  guint8 piece[4096];
  gssize got;

  while ((got = g_input_stream_read (stream, piece, sizeof piece, cancellable, error)) > 0)
    {
      const guint8 *newline = memchr (piece, '\n', (gsize) got);

      g_byte_array_append (line, piece, newline != NULL ? (guint) (newline - piece) : (guint) got);
      if (line->len > LINE_MAX_BYTES || g_get_monotonic_time () > end)
        {
          g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "the command is too long, or took too long");
          return FALSE;
        }
      if (newline != NULL)
        return TRUE;
    }
  return got == 0 && line->len > 0;
}

/* Of somebody who asks: not longer than a command may be. FALSE without an error: nothing came. */
static char *
read_command (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();

  if (!gather (stream, line, cancellable, error))
    return NULL;
  /* Of an empty line there is no memory yet. */
  g_byte_array_append (line, (const guint8 *) "", 1);
  if (!g_utf8_validate ((const char *) line->data, line->len - 1, NULL))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "not UTF-8");
      return NULL;
    }
  return g_strdup ((const char *) line->data);
}

/* Of the server that was asked, which tells as much as there is. */
static char *
read_answer (GInputStream *stream, GError **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  char *line;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, error);
  if (line == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the other side closed the connection");
  return line;
}

static gboolean
write_object (GOutputStream *stream, JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = cp_json_text (node, NULL);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, error);
}

static JsonObject *
parse_object (const char *line, GError **error)
{
  g_autoptr (JsonNode) node = cp_json_parse (line, strlen (line), CP_JSON_DEPTH, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_dup_object (node);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "not an object");
  return NULL;
}

/* The line as strings by name; "command" is one of them. */
static GHashTable *
read_arguments (JsonObject *object, GError **error)
{
  g_autoptr (GHashTable) arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (object, l->data);
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "an argument that is no string");
          return NULL;
        }
      g_hash_table_insert (arguments, g_strdup (l->data), json_node_dup_string (value));
    }
  return g_steal_pointer (&arguments);
}

/* (nullable): NULL with @error: what the command tells. */
static char *
execute (CpdControl *control, const char *line, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (JsonObject) request = parse_object (line, error);
  g_autoptr (GHashTable) arguments = request != NULL ? read_arguments (request, error) : NULL;
  g_autofree char *name = NULL;

  if (arguments == NULL)
    return NULL;
  name = g_strdup (g_hash_table_lookup (arguments, "command"));
  g_hash_table_remove (arguments, "command");
  if (!cpd_command_execute (&control->context, name, arguments, out, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
count (CpdControl *control, int change)
{
  pthread_mutex_lock (&control->mutex);
  control->running += change;
  pthread_cond_signal (&control->cond);
  pthread_mutex_unlock (&control->mutex);
}

/* Only who runs the server, and root, whatever the permissions of the socket have become. */
static gboolean
is_allowed (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t uid = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return uid == getuid () || uid == 0;
}

/* Before a thread takes it: also one that waits for a thread is waited for. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  count (data, 1);
  return FALSE;
}

static void
serve (CpdControl *control, GSocketConnection *connection)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  if (!is_allowed (connection))
    return;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), LINE_SECONDS);
  line = read_command (g_io_stream_get_input_stream (G_IO_STREAM (connection)), control->stopping, &error);
  if (line != NULL)
    text = execute (control, line, &error);
  if (text != NULL)
    json_object_set_string_member (reply, "text", text);
  else if (error != NULL)
    json_object_set_string_member (reply, "error", error->message);
  else
    return;
  write_object (g_io_stream_get_output_stream (G_IO_STREAM (connection)), reply, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  serve (data, connection);
  count (data, -1);
  return TRUE;
}

static gpointer
control_thread (gpointer data)
{
  CpdControl *control = data;

  g_main_context_push_thread_default (control->main);
  g_socket_service_start (control->service);
  g_main_loop_run (control->loop);
  g_socket_service_stop (control->service);
  g_main_context_pop_thread_default (control->main);
  return NULL;
}

/**
 * cpd_control_new:
 *
 * The caller holds the lock of the database, so a socket that is there is left over from a server that was killed.
 */
CpdControl *
cpd_control_new (const CpdCommandContext *context, GError **error)
{
  g_autoptr (CpdControl) control = g_new0 (CpdControl, 1);
  g_autoptr (GSocketAddress) address = NULL;
  gboolean listening;

  pthread_mutex_init (&control->mutex, NULL);
  pthread_cond_init (&control->cond, NULL);
  control->stopping = g_cancellable_new ();
  control->context = *context;
  control->context.stopping = control->stopping;
  control->path = cpd_command_socket_path (context->config);
  control->main = g_main_context_new ();
  control->loop = g_main_loop_new (control->main, FALSE);
  g_main_context_push_thread_default (control->main);
  control->service = g_threaded_socket_service_new (4);
  g_unlink (control->path);
  address = g_unix_socket_address_new (control->path);
  listening = g_socket_listener_add_address (G_SOCKET_LISTENER (control->service), address, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  g_main_context_pop_thread_default (control->main);
  if (!listening)
    {
      g_prefix_error (error, "control socket %s: ", control->path);
      return NULL;
    }
  g_signal_connect (control->service, "incoming", G_CALLBACK (incoming_cb), control);
  g_signal_connect (control->service, "run", G_CALLBACK (run_cb), control);
  control->thread = g_thread_new ("control", control_thread, control);
  return g_steal_pointer (&control);
}

static gboolean
quit_cb (gpointer data)
{
  CpdControl *control = data;

  g_main_loop_quit (control->loop);
  return G_SOURCE_REMOVE;
}

/* In the thread's own context: to quit a loop that does not run yet would be forgotten. */
static void
stop_thread (CpdControl *control)
{
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, control, NULL);
  g_source_attach (source, control->main);
  g_source_unref (source);
  g_thread_join (control->thread);
}

/* Commands use what is freed after this. What they change goes through the writer, and a backup looks whether the
 * server stops, so they end. */
static void
wait_for_commands (CpdControl *control)
{
  g_cancellable_cancel (control->stopping);
  pthread_mutex_lock (&control->mutex);
  while (control->running > 0)
    pthread_cond_wait (&control->cond, &control->mutex);
  pthread_mutex_unlock (&control->mutex);
}

/**
 * cpd_control_free:
 * @control: (nullable)
 *
 * Lets commands that run come to their end and give their answer; that of a backup is that it was broken off.
 */
void
cpd_control_free (CpdControl *control)
{
  if (control == NULL)
    return;
  if (control->thread != NULL)
    {
      stop_thread (control);
      g_unlink (control->path);
      wait_for_commands (control);
    }
  pthread_cond_destroy (&control->cond);
  pthread_mutex_destroy (&control->mutex);
  g_clear_object (&control->stopping);
  g_clear_object (&control->service);
  g_main_loop_unref (control->loop);
  g_main_context_unref (control->main);
  g_free (control->path);
  g_free (control);
}

/**
 * cpd_control_ask:
 * @arguments: string to string
 */
char *
cpd_control_ask (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error)
{
  g_autofree char *path = cpd_command_socket_path (config);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  g_autoptr (JsonObject) request = json_object_new ();
  g_autoptr (JsonObject) reply = NULL;
  g_autofree char *line = NULL;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (connection == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, arguments);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (request, key, value);
  json_object_set_string_member (request, "command", name);
  if (!write_object (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, error))
    return NULL;
  line = read_answer (g_io_stream_get_input_stream (G_IO_STREAM (connection)), error);
  reply = line != NULL ? parse_object (line, error) : NULL;
  if (reply == NULL)
    return NULL;
  if (json_object_has_member (reply, "text"))
    return g_strdup (json_object_get_string_member (reply, "text"));
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
                       json_object_get_string_member_with_default (reply, "error", "no answer"));
  return NULL;
}
