/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cp-session.h"
#include "cpa-answer.h"
#include "cpa-transport.h"

#define ATTACHMENT (3 * 1024 * 1024)
#define VERSION "{\"api_min\":1,\"api_max\":1}"
#define PROBLEM "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":401,\"code\":\"session-ended\"}"
#define PAGE "<!doctype html><title>Welcome to our guest network</title>"

static char *directory;
static GPtrArray *ended; /* (element-type SoupServer) */

static char *
path_of (const char *name)
{
  return g_build_filename (directory, name, NULL);
}

static gboolean
make_certificate (const char *name, const char *alternative)
{
  g_autofree char *key_name = g_strconcat (name, ".key", NULL);
  g_autofree char *key = path_of (key_name);
  g_autofree char *certificate = path_of (name);
  g_autofree char *san = g_strconcat ("subjectAltName=", alternative, NULL);
  const char *argv[] = { "openssl", "req",   "-x509", "-newkey",   "ec",       "-pkeyopt", "ec_paramgen_curve:P-256",
                         "-nodes",  "-days", "30",    "-subj",     "/CN=test", "-addext",  san,
                         "-keyout", key,     "-out",  certificate, NULL };
  int status;

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL) &&
         g_spawn_check_wait_status (status, NULL);
}

typedef struct
{
  SoupServer *server;   /* (owned) */
  char *address;        /* (owned) */
  GAsyncResult *result; /* (owned) (nullable) */
  char *authorization;  /* (owned) (nullable): of the last request */
  char *cause;          /* (owned) (nullable) */
  char *match;          /* (owned) (nullable) */
  char *view_as;        /* (owned) (nullable) */
  char *view_parts;     /* (owned) (nullable) */
  char *query;          /* (owned) (nullable) */
  guint requests;
  const char *date; /* (nullable): what the server takes for now */
  const char *page_type;
  guint page_status; /* 0: the server answers; else a page of something in between does */
  guint ends;        /* how often the session is said to be over */
} Fixture;

static void
handle_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  fixture->requests++;
  if (fixture->date != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", fixture->date);
  g_free (fixture->authorization);
  fixture->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  g_free (fixture->cause);
  fixture->cause = g_strdup (soup_message_headers_get_one (headers, "Cp-Cause"));
  g_free (fixture->match);
  fixture->match = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  g_free (fixture->view_as);
  fixture->view_as = g_strdup (soup_message_headers_get_one (headers, "Cp-View-As"));
  g_free (fixture->view_parts);
  fixture->view_parts = g_strdup (soup_message_headers_get_one (headers, "Cp-View-Parts"));
  g_free (fixture->query);
  fixture->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  if (fixture->page_status != 0)
    {
      soup_server_message_set_response (message, fixture->page_type, SOUP_MEMORY_STATIC, PAGE, strlen (PAGE));
      soup_server_message_set_status (message, fixture->page_status, NULL);
      return;
    }
  if (g_str_has_suffix (path, "/organisation"))
    {
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/api/v1/version");
      return;
    }
  if (g_str_has_suffix (path, "/session"))
    {
      char *big = g_malloc0 (CPA_ANSWER_MAX_BYTES + 1);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, big, CPA_ANSWER_MAX_BYTES + 1);
    }
  else if (g_str_has_suffix (path, "/attachments/cccccccccccccccccccccc"))
    soup_server_message_set_response (message, "image/png", SOUP_MEMORY_TAKE, g_malloc0 (ATTACHMENT), ATTACHMENT);
  else if (g_str_has_suffix (path, "/attachments/dddddddddddddddddddddd"))
    {
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC, PROBLEM,
                                        strlen (PROBLEM));
      soup_server_message_set_status (message, SOUP_STATUS_UNAUTHORIZED, NULL);
      return;
    }
  else
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, VERSION, strlen (VERSION));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer certificate_name)
{
  g_autofree char *file = path_of (certificate_name);
  g_autofree char *key_name = g_strconcat (certificate_name, ".key", NULL);
  g_autofree char *key = path_of (key_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (file, key, &error);
  GSList *uris;

  g_assert_no_error (error);
  fixture->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (fixture->server, NULL, handle_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->address = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  /* When a client hangs up in the handshake, libsoup 3.6 tells its connection of it, also one that went with its
   * server. */
  soup_server_remove_handler (fixture->server, NULL);
  g_ptr_array_add (ended, g_steal_pointer (&fixture->server));
  g_free (fixture->address);
  g_free (fixture->authorization);
  g_free (fixture->cause);
  g_free (fixture->match);
  g_free (fixture->view_as);
  g_free (fixture->view_parts);
  g_free (fixture->query);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  fixture->result = g_object_ref (result);
}

static gpointer
call (Fixture *fixture, CpaTransport *transport, const CpaCall *what, GCancellable *cancellable, GError **error)
{
  g_clear_object (&fixture->result);
  cpa_api_call_async (CPA_API (transport), what, cancellable, done_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cpa_api_call_finish (CPA_API (transport), fixture->result, error);
}

static CpaTransport *
new_transport (const char *address, const char *authority)
{
  g_autofree char *file = path_of (authority);
  g_autoptr (GError) error = NULL;
  CpaTransport *transport = cpa_transport_new (address, file, &error);

  g_assert_no_error (error);
  return transport;
}

static const CpaCall get_version = { .route = CP_ROUTE_VERSION, .answer_type = &cp_version_record };

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  CpaCall what = {
    .route = CP_ROUTE_VERSION,
    .answer_type = &cp_version_record,
    .query = "when=past",
    .refresh = TRUE,
    .version = "b+/=.3-0",
    .view_as = "AAAAAAAAAAAAAAAAAAAAAA",
    .view_parts = CP_PART_PROFILE | CP_PART_APPOINTMENTS,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CpVersion) version = NULL;

  cpa_api_set_token (CPA_API (transport), "token");
  version = call (fixture, transport, &what, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version->api_max, ==, 1);
  g_assert_cmpstr (fixture->authorization, ==, "Bearer token");
  g_assert_cmpstr (fixture->cause, ==, "refresh");
  g_assert_cmpstr (fixture->query, ==, "when=past");
  g_assert_cmpstr (fixture->match, ==, "\"b+/=.3-0\"");
  g_assert_cmpstr (fixture->view_as, ==, "AAAAAAAAAAAAAAAAAAAAAA");
  g_assert_cmpstr (fixture->view_parts, ==, "appointments,profile");
}

static void
hear_date (Fixture *fixture, CpaTransport *transport, const char *date)
{
  g_autoptr (CpVersion) version = NULL;

  fixture->date = date;
  version = call (fixture, transport, &get_version, NULL, NULL);
  g_assert_nonnull (version);
}

static char *
date_in (CpTime difference)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc ((g_get_real_time () + difference) / CP_TIME_SECOND);

  return soup_date_time_to_string (now, SOUP_DATE_HTTP);
}

/* What is told of days goes by the clock that it was written by: this computer's own may be wrong. */
static void
test_what_time_it_is (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  const CpTime differences[] = { 2 * CP_TIME_DAY, -CP_TIME_DAY, 20 * CP_TIME_SECOND };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autofree char *date = date_in (differences[i]);
      /* Of nearly the same time one's own is the finer one. */
      CpTime expected = ABS (differences[i]) < CP_TIME_MINUTE ? 0 : differences[i];

      hear_date (fixture, transport, date);
      g_assert_cmpint (ABS (cp_time_now () - g_get_real_time () - expected), <, 5 * CP_TIME_SECOND);
      hear_date (fixture, transport, "no date");
      g_assert_cmpint (ABS (cp_time_now () - g_get_real_time () - expected), <, 5 * CP_TIME_SECOND);
    }
  cp_time_set_source (NULL);
}

/* Cp-View-As is no place for what is not an id, nor If-Match for what is not a version. */
static void
test_headers_are_what_they_should_be (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  static const char evil[] = "evil\r\nAuthorization: Bearer other";
  const CpaCall wrong[] = { { .view_as = evil }, { .version = evil }, { .version = "a\", \"b" }, { .version = "a b" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      CpaCall what = get_version;
      g_autoptr (GError) error = NULL;

      what.view_as = wrong[i].view_as;
      what.version = wrong[i].version;
      g_assert_null (call (fixture, transport, &what, NULL, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
    }
  g_assert_cmpuint (fixture->requests, ==, 0);
}

static void
test_no_token_no_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  g_autoptr (CpVersion) version = NULL;

  cpa_api_set_token (CPA_API (transport), "token");
  cpa_api_set_token (CPA_API (transport), NULL);
  version = call (fixture, transport, &get_version, NULL, NULL);
  g_assert_nonnull (version);
  g_assert_null (fixture->authorization);
  g_assert_null (fixture->cause);
}

static void
test_redirect_is_not_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  CpaCall what = { .route = CP_ROUTE_ORGANISATION, .answer_type = &cp_version_record };
  g_autoptr (GError) error = NULL;

  g_assert_null (call (fixture, transport, &what, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
  g_assert_cmpuint (fixture->requests, ==, 1);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  CpaCall what = { .route = CP_ROUTE_SESSION, .answer_type = &cp_session_record };
  g_autoptr (GError) error = NULL;

  g_assert_null (call (fixture, transport, &what, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
}

typedef struct
{
  guint calls;
  gsize done, total;
} Progress;

static void
progress_cb (gsize done, gsize total, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (done, >, progress->done);
  *progress = (Progress){ progress->calls + 1, done, total };
}

static GBytes *
get_attachment (Fixture *fixture, const char *id, gsize max_bytes, Progress *progress, GError **error)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  CpaCall what = { .route = CP_ROUTE_ATTACHMENT, .ids = { "aaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbb", id } };

  g_clear_object (&fixture->result);
  cpa_api_bytes_async (CPA_API (transport), &what, max_bytes, progress_cb, progress, NULL, done_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cpa_api_bytes_finish (CPA_API (transport), fixture->result, error);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT, &progress, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, ATTACHMENT);
  g_assert_cmpuint (progress.calls, >, 1);
  g_assert_cmpuint (progress.done, ==, ATTACHMENT);
  g_assert_cmpuint (progress.total, ==, ATTACHMENT);
}

static void
test_bytes_too_large (Fixture *fixture, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT - 1, &progress, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
}

static void
test_bytes_refused (Fixture *fixture, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (get_attachment (fixture, "dddddddddddddddddddddd", ATTACHMENT, &progress, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_null (get_attachment (fixture, "../login", ATTACHMENT, &progress, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
}

static void
session_ended_cb (Fixture *fixture)
{
  fixture->ends++;
}

/* A page of a proxy or of a guest network says nothing of the portal: nobody is logged out for it, nothing is gone, and
 * it is no file. */
static void
test_page_in_between (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 200, 302, 401, 403, 404, 409, 410, 412, 413, 429, 500, 502, 503, 504 };
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  Progress progress = { 0 };

  g_signal_connect_swapped (transport, "session-ended", G_CALLBACK (session_ended_cb), fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->page_type = "text/html";
      fixture->page_status = statuses[i];
      g_assert_null (call (fixture, transport, &get_version, NULL, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
      g_clear_error (&error);
      progress.done = 0;
      g_assert_null (get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT, &progress, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
    }
  g_assert_cmpuint (fixture->ends, ==, 0);
}

/* A file comes as one of the types in which the server sends them, whatever else there is. */
static void
test_bytes_of_another_type (Fixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "text/html", "application/xhtml+xml", "text/xml", "application/json", "x/y" };
  static const char *const files[] = { "application/pdf", "IMAGE/PNG",     "image/jpeg",
                                       "text/plain",      "image/svg+xml", "application/octet-stream" };
  Progress progress = { 0 };

  fixture->page_status = 200;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->page_type = others[i];
      progress.done = 0;
      g_assert_null (get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT, &progress, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      fixture->page_type = files[i];
      progress.done = 0;
      bytes = get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT, &progress, NULL);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (PAGE));
    }
}

/* Nothing at all is no file either. */
static void
test_no_bytes (Fixture *fixture, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;

  fixture->page_type = "text/html";
  fixture->page_status = 204;
  g_assert_null (get_attachment (fixture, "cccccccccccccccccccccc", ATTACHMENT, &progress, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
}

/* Whether the authority is not ours or the name is not that of the address: nothing is sent. */
static void
test_bad_certificate (Fixture *fixture, gconstpointer data)
{
  gboolean wrong_name = g_strcmp0 (data, "wrong-name.pem") == 0;
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, wrong_name ? "wrong-name.pem" : "other.pem");
  g_autoptr (GError) error = NULL;

  cpa_api_set_token (CPA_API (transport), "token");
  g_assert_null (call (fixture, transport, &get_version, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  g_autoptr (GError) error = NULL;

  soup_server_disconnect (fixture->server);
  g_assert_null (call (fixture, transport, &get_version, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_UNREACHABLE);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (call (fixture, transport, &get_version, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_id_is_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpaTransport) transport = new_transport (fixture->address, "right.pem");
  CpaCall what = { .route = CP_ROUTE_START, .ids = { "../../login" }, .answer_type = &cp_version_record };
  g_autoptr (GError) error = NULL;

  g_assert_null (call (fixture, transport, &what, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

static void
test_authority_must_be_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cpa_transport_new ("localhost", "/nonexistent/ca.pem", &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_CERTIFICATE);
}

#define ADD(path, certificate, func) g_test_add ("/transport/" path, Fixture, certificate, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *template = g_build_filename (g_get_tmp_dir (), "transport-XXXXXX", NULL);
  static const char *const files[] = { "right.pem", "other.pem", "wrong-name.pem" };
  int status;

  g_test_init (&argc, &argv, NULL);
  directory = g_mkdtemp (template);
  ended = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!make_certificate (files[i], i == 2 ? "DNS:elsewhere.example" : "IP:127.0.0.1"))
      {
        g_print ("1..0 # SKIP no openssl\n");
        return EXIT_SUCCESS;
      }
  ADD ("answer", "right.pem", test_answer);
  ADD ("what-time-it-is", "right.pem", test_what_time_it_is);
  ADD ("headers-are-what-they-should-be", "right.pem", test_headers_are_what_they_should_be);
  ADD ("no-token", "right.pem", test_no_token_no_header);
  ADD ("redirect", "right.pem", test_redirect_is_not_followed);
  ADD ("too-large", "right.pem", test_too_large);
  ADD ("bytes", "right.pem", test_bytes);
  ADD ("bytes-too-large", "right.pem", test_bytes_too_large);
  ADD ("bytes-refused", "right.pem", test_bytes_refused);
  ADD ("page-in-between", "right.pem", test_page_in_between);
  ADD ("bytes-of-another-type", "right.pem", test_bytes_of_another_type);
  ADD ("no-bytes", "right.pem", test_no_bytes);
  ADD ("other-authority", "right.pem", test_bad_certificate);
  ADD ("wrong-name", "wrong-name.pem", test_bad_certificate);
  ADD ("nobody", "right.pem", test_nobody_there);
  ADD ("cancel", "right.pem", test_cancel);
  ADD ("id", "right.pem", test_id_is_checked);
  g_test_add_func ("/transport/authority", test_authority_must_be_there);
  status = g_test_run ();
  g_ptr_array_unref (ended);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *certificate = path_of (files[i]);
      g_autofree char *key = g_strconcat (certificate, ".key", NULL);
      g_remove (certificate);
      g_remove (key);
    }
  g_rmdir (directory);
  return status;
}
