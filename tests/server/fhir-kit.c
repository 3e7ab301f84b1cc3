/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit-private.h"

#include <string.h>

#include "cpd-ehr-wait.h"

static FhirKit *waiting_kit;
static gint64 written, waiting;

static gboolean
wait_by_moving_the_clock (CpTime duration, GCancellable *cancellable)
{
  g_array_append_val (waiting_kit->waits, duration);
  store_kit_set_now (cp_time_now () + duration);
  return !g_cancellable_is_cancelled (cancellable);
}

static void
stored_free (gpointer data)
{
  FhirStored *stored = data;

  g_free (stored->type);
  g_free (stored->id);
  g_free (stored->subject);
  g_free (stored->members);
  g_free (stored);
}

static FhirFault *
find_fault (FhirServer *server, const char *line)
{
  for (guint i = 0; i < server->faults->len; i++)
    {
      FhirFault *fault = &g_array_index (server->faults, FhirFault, i);

      if (fault->times > 0 && strstr (line, fault->match) != NULL)
        {
          fault->times--;
          return fault;
        }
    }
  return NULL;
}

static void
send_text (GSocketConnection *connection, CpTime at, int status, const char *headers, const char *body, gsize length,
           gsize sent)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (at / CP_TIME_SECOND);
  g_autofree char *date = g_date_time_format (now, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 %d X\r\nDate: %s\r\nContent-Type: application/fhir+json\r\nConnection: "
                       "close\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                       status, date, headers != NULL ? headers : "", length);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (out, body, sent, NULL, NULL, NULL);
}

/* (transfer full): line, headers and body. */
static char *
read_request (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *text = g_string_new (NULL);
  char chunk[4096];

  for (;;)
    {
      const char *end = strstr (text->str, "\r\n\r\n");
      const char *length = strstr (text->str, "Content-Length: ");
      gssize got;

      if (end != NULL && (length == NULL || length > end ||
                          text->len >= (gsize) (end + 4 - text->str) + atoi (length + strlen ("Content-Length: "))))
        break;
      got = g_input_stream_read (in, chunk, sizeof chunk, NULL, NULL);
      if (got <= 0)
        break;
      g_string_append_len (text, chunk, got);
    }
  return g_string_free (text, FALSE);
}

static void
serve (FhirServer *server, GSocketConnection *connection)
{
  g_autofree char *request = read_request (connection);
  g_autofree char *line = g_strndup (request, strcspn (request, "\r"));
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  const char *target = g_strv_length (words) == 3 ? words[1] : "/";
  const char *mark = strchr (target, '?');
  g_autofree char *path = g_strndup (target, strcspn (target, "?"));
  const char *body = strstr (request, "\r\n\r\n");
  g_autofree char *text = NULL;
  g_autofree char *sent = NULL;
  CpTime now = cp_time_now () + (strcmp (path, "/token") == 0 ? server->kit->token_ahead : server->kit->ahead);
  const FhirFault *fault;
  int status = 0;
  char byte;

  if (*request == '\0')
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "\n", 1, NULL, NULL, NULL);
      return;
    }
  if (server->kit->hook != NULL)
    server->kit->hook (server->kit, ++server->n_requests, line);
  pthread_mutex_lock (&server->lock);
  g_ptr_array_add (server->requests, g_strdup (request));
  fault = find_fault (server, line);
  if (fault == NULL || (fault->kind == FHIR_CUT && fault->body == NULL))
    text =
        fhir_server_answer (server, path, mark != NULL ? mark + 1 : "", request, body != NULL ? body + 4 : "", &status);
  pthread_mutex_unlock (&server->lock);
  if (text != NULL)
    send_text (connection, now, status, NULL, text, strlen (text), fault == NULL ? strlen (text) : strlen (text) / 2);
  else if (fault->kind == FHIR_ANSWER || fault->kind == FHIR_CUT)
    {
      sent = fhir_server_quoted (fault->body != NULL ? fault->body : "");
      send_text (connection, now, fault->status, fault->headers, sent, strlen (sent),
                 fault->kind == FHIR_CUT ? strlen (sent) / 2 : strlen (sent));
    }
  else if (fault->kind == FHIR_HANG)
    g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1, NULL, NULL);
}

static gpointer
server_thread (gpointer data)
{
  FhirServer *server = data;

  while (g_atomic_int_get (&server->stopping) == 0)
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (server->listener, NULL, NULL, NULL);

      if (connection == NULL)
        continue;
      serve (server, connection);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  return NULL;
}

static FhirServer *
server_new (FhirKit *kit)
{
  FhirServer *server = g_new0 (FhirServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  server->kit = kit;
  server->listener = g_socket_listener_new ();
  g_assert_true (g_socket_listener_add_address (server->listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                                NULL, &bound, NULL));
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  pthread_mutex_init (&server->lock, NULL);
  server->stored = g_ptr_array_new_with_free_func (stored_free);
  server->faults = g_array_new (FALSE, FALSE, sizeof (FhirFault));
  server->requests = g_ptr_array_new_with_free_func (g_free);
  server->thread = g_thread_new ("fhir", server_thread, server);
  return server;
}

void
fhir_kit_set_up (FhirKit *kit)
{
  CpdConfig *config;

  ehr_kit_set_up (&kit->ehr);
  store_kit_set_now (FHIR_NOW);
  kit->page = FHIR_COUNT_MAX;
  kit->version = "4.0.1";
  kit->token_life = 300;
  kit->without_history = TRUE;
  kit->waits = g_array_new (FALSE, FALSE, sizeof (CpTime));
  kit->server = server_new (kit);
  config = kit->ehr.store.config;
  g_clear_pointer (&config->source_directory, g_free);
  config->ehr_server = g_strdup_printf ("http://127.0.0.1:%d/fhir", kit->server->port);
  waiting_kit = kit;
  cpd_ehr_wait_set_source (wait_by_moving_the_clock);
}

/* A connection that asks nothing. */
static GSocket *
ask_nothing (FhirServer *server)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) server->port);
  GSocket *client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_connect (client, address, NULL, NULL));
  g_assert_true (g_socket_shutdown (client, FALSE, TRUE, NULL));
  return client;
}

/* Waits until the thread has done all that was asked before. */
static void
settle (FhirServer *server)
{
  g_autoptr (GSocket) client = ask_nothing (server);
  char byte;

  g_assert_cmpint (g_socket_receive (client, &byte, 1, NULL, NULL), ==, 1);
}

void
fhir_kit_set_up_wil (FhirKit *kit)
{
  fhir_kit_set_up (kit);
  ehr_kit_enrol (&kit->ehr, "s|123456782", "W. Bruin");
  fhir_kit_patient (kit, "wil", "123456782", "Wil Bruin");
}

void
fhir_kit_set_up_both (FhirKit *kit)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  fhir_kit_put (kit, "Practitioner", "anna", NULL, LONG_AGO, "'name':[{'text':'Anna de Wit'}]");
}

void
fhir_kit_tear_down (FhirKit *kit)
{
  FhirServer *server = kit->server;
  g_autoptr (GSocket) client = NULL;

  g_atomic_int_set (&server->stopping, 1);
  client = ask_nothing (server);
  g_thread_join (server->thread);
  g_object_unref (server->listener);
  g_ptr_array_unref (server->stored);
  g_array_unref (server->faults);
  g_ptr_array_unref (server->requests);
  pthread_mutex_destroy (&server->lock);
  g_free (server->form);
  g_free (server);
  g_array_unref (kit->waits);
  cpd_ehr_wait_set_source (NULL);
  /* The kit of the directory expects what it made. */
  g_clear_pointer (&kit->ehr.store.config->ehr_server, g_free);
  ehr_kit_tear_down (&kit->ehr);
}

guint fhir_kit_cancel_at;

void
fhir_kit_cancel_hook (gpointer fixture, guint request, const char *line)
{
  FhirKit *kit = fixture;

  if (request == fhir_kit_cancel_at)
    g_cancellable_cancel (kit->ehr.running);
}

void
fhir_kit_put (FhirKit *kit, const char *type, const char *id, const char *subject, CpTime updated, const char *members)
{
  FhirServer *server = kit->server;
  FhirStored *stored;

  pthread_mutex_lock (&server->lock);
  stored = fhir_server_find (server, type, id);
  if (stored == NULL)
    {
      stored = g_new0 (FhirStored, 1);
      stored->type = g_strdup (type);
      stored->id = g_strdup (id);
      g_ptr_array_add (server->stored, stored);
    }
  g_free (stored->subject);
  g_free (stored->members);
  stored->subject = g_strdup (subject);
  stored->members = g_strdup (members);
  stored->updated = updated;
  stored->deleted = FALSE;
  stored->version++;
  pthread_mutex_unlock (&server->lock);
}

void
fhir_kit_report (FhirKit *kit, const char *id, const char *subject, CpTime updated, const char *text)
{
  g_autofree char *members = g_strdup_printf (
      "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
      "'subject':{'reference':'Patient/%s'},'effectiveDateTime':'2026-03-01T09:00:00+01:00',"
      "'performer':[{'reference':'Practitioner/anna','display':'A. de Wit'}],'valueString':'%s'",
      subject, text);

  fhir_kit_put (kit, "Observation", id, subject, updated, members);
}

void
fhir_kit_reports (FhirKit *kit, int n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO + i * CP_TIME_MINUTE, id);
    }
}

void
fhir_kit_patient (FhirKit *kit, const char *id, const char *value, const char *name)
{
  g_autofree char *members =
      g_strdup_printf ("'identifier':[{'system':'s','value':'%s'}],'name':[{'text':'%s'}]", value, name);

  fhir_kit_put (kit, "Patient", id, id, FHIR_NOW - CP_TIME_DAY, members);
}

void
fhir_kit_delete (FhirKit *kit, const char *type, const char *id, CpTime when)
{
  FhirStored *stored;

  pthread_mutex_lock (&kit->server->lock);
  stored = fhir_server_find (kit->server, type, id);
  stored->deleted = TRUE;
  stored->updated = when;
  pthread_mutex_unlock (&kit->server->lock);
}

void
fhir_kit_fault (FhirKit *kit, const FhirFault *fault)
{
  pthread_mutex_lock (&kit->server->lock);
  g_array_append_vals (kit->server->faults, fault, 1);
  pthread_mutex_unlock (&kit->server->lock);
}

void
fhir_kit_clear_faults (FhirKit *kit)
{
  pthread_mutex_lock (&kit->server->lock);
  g_array_set_size (kit->server->faults, 0);
  pthread_mutex_unlock (&kit->server->lock);
}

char *
fhir_kit_run_error (FhirKit *kit, const char *type)
{
  g_auto (CpdEhrSyncReport) report = { 0 };
  char *error = NULL;
  gboolean fine;

  g_array_set_size (kit->waits, 0);
  fine = ehr_kit_run (&kit->ehr, &report, 0);
  settle (kit->server);
  written = waiting = 0;
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      written += report.types[i].written;
      waiting += report.types[i].waiting;
      if (error == NULL && report.types[i].error != NULL && (type == NULL || strcmp (type, report.types[i].type) == 0))
        error = g_strdup (report.types[i].error);
    }
  if (!fine && error == NULL && type == NULL)
    error = g_strdup ("the run failed");
  return error;
}

gboolean
fhir_kit_run (FhirKit *kit)
{
  g_autofree char *error = fhir_kit_run_error (kit, NULL);

  if (error != NULL)
    g_test_message ("%s", error);
  return error == NULL;
}

gint64
fhir_kit_waiting (FhirKit *kit)
{
  return waiting;
}

gint64
fhir_kit_shown (FhirKit *kit)
{
  return ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL");
}

gint64
fhir_kit_is_shown (FhirKit *kit, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = '%s'", id);

  return ehr_kit_count (&kit->ehr, sql);
}

void
fhir_kit_days_later (double days)
{
  store_kit_set_now (FHIR_NOW + (CpTime) (days * CP_TIME_DAY));
}

gint64
fhir_kit_written (FhirKit *kit)
{
  return written;
}

guint
fhir_kit_requests (FhirKit *kit, const char *text)
{
  guint n = 0;

  pthread_mutex_lock (&kit->server->lock);
  for (guint i = 0; i < kit->server->requests->len; i++)
    n += strstr (g_ptr_array_index (kit->server->requests, i), text) != NULL ? 1 : 0;
  pthread_mutex_unlock (&kit->server->lock);
  return n;
}

void
fhir_kit_forget_requests (FhirKit *kit)
{
  pthread_mutex_lock (&kit->server->lock);
  g_ptr_array_set_size (kit->server->requests, 0);
  kit->server->n_requests = 0;
  pthread_mutex_unlock (&kit->server->lock);
}

int
fhir_kit_port (FhirKit *kit)
{
  return kit->server->port;
}

char *
fhir_kit_token_form (FhirKit *kit)
{
  char *form;

  pthread_mutex_lock (&kit->server->lock);
  form = g_strdup (kit->server->form);
  pthread_mutex_unlock (&kit->server->lock);
  return form;
}
