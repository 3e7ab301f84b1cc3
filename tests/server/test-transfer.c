/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-transfer.h"
#include "cpd-url.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

#define LARGE ((gsize) CPD_TRANSFER_BODY_MAX + 1)

/* A server with a certificate of its own authority, that asks for one too. */
typedef struct
{
  char *directory;
  char *ca;
  char *other_ca;
  char *certificate;
  char *key;
  struct MHD_Daemon *daemon;
  char *base; /* "https://127.0.0.1:4711" */
  int n_requests;
  char *seen; /* (nullable): Authorization of the newest request */
} Fixture;

typedef struct
{
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
} Pair;

static void
write_pem (const char *path, gnutls_datum_t *pem)
{
  g_assert_true (g_file_set_contents (path, (const char *) pem->data, pem->size, NULL));
  gnutls_free (pem->data);
}

/* issuer NULL: an authority that signs itself. */
static Pair
make_pair (const Pair *issuer, const char *name)
{
  static const unsigned char loopback[] = { 127, 0, 0, 1 };
  static guchar serial = 1;
  Pair pair;

  serial++;
  gnutls_x509_privkey_init (&pair.key);
  gnutls_x509_privkey_generate (pair.key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  gnutls_x509_crt_init (&pair.certificate);
  gnutls_x509_crt_set_version (pair.certificate, 3);
  gnutls_x509_crt_set_serial (pair.certificate, &serial, 1);
  gnutls_x509_crt_set_activation_time (pair.certificate, time (NULL) - 60);
  gnutls_x509_crt_set_expiration_time (pair.certificate, time (NULL) + 3600);
  gnutls_x509_crt_set_dn (pair.certificate, name, NULL);
  gnutls_x509_crt_set_key (pair.certificate, pair.key);
  gnutls_x509_crt_set_basic_constraints (pair.certificate, issuer == NULL, -1);
  if (issuer != NULL)
    gnutls_x509_crt_set_subject_alt_name (pair.certificate, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback, 0);
  gnutls_x509_crt_sign2 (pair.certificate, issuer != NULL ? issuer->certificate : pair.certificate,
                         issuer != NULL ? issuer->key : pair.key, GNUTLS_DIG_SHA256, 0);
  return pair;
}

static void
pair_clear (Pair *pair)
{
  gnutls_x509_crt_deinit (pair->certificate);
  gnutls_x509_privkey_deinit (pair->key);
}

static char *
write_certificate (Fixture *fixture, const Pair *pair, const char *name)
{
  char *path = g_build_filename (fixture->directory, name, NULL);
  gnutls_datum_t pem;

  gnutls_x509_crt_export2 (pair->certificate, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (path, &pem);
  return path;
}

static char *
write_key (Fixture *fixture, const Pair *pair, const char *name)
{
  char *path = g_build_filename (fixture->directory, name, NULL);
  gnutls_datum_t pem;

  gnutls_x509_privkey_export2 (pair->key, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (path, &pem);
  return path;
}

static struct MHD_Response *
response_for (struct MHD_Connection *connection, const char *url, int *status)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  unsigned int n = 0;
  struct MHD_Response *response;
  char *text;

  if (g_str_equal (url, "/large"))
    return MHD_create_response_from_buffer (LARGE, g_strnfill (LARGE, 'x'), MHD_RESPMEM_MUST_FREE);
  if (info != NULL)
    gnutls_certificate_get_peers (info->tls_session, &n);
  text = g_strdup_printf ("{\"certificates\":%u}", n);
  response = MHD_create_response_from_buffer (strlen (text), text, MHD_RESPMEM_MUST_FREE);
  if (g_str_equal (url, "/redirect"))
    {
      MHD_add_response_header (response, "Location", "/elsewhere");
      *status = 302;
    }
  MHD_add_response_header (response, "Retry-After", "12");
  MHD_add_response_header (response, "ETag", "W/\"3\"");
  MHD_add_response_header (response, "Date", "Tue, 03 Mar 2026 12:00:00 GMT");
  return response;
}

static enum MHD_Result
answer_cb (void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
           const char *upload, size_t *size, void **state)
{
  Fixture *fixture = data;
  struct MHD_Response *response;
  enum MHD_Result result;
  int status = 200;

  if (*state == NULL || *size > 0)
    {
      *state = fixture;
      *size = 0;
      return MHD_YES;
    }
  g_atomic_int_inc (&fixture->n_requests);
  g_free (fixture->seen);
  fixture->seen = g_strdup (MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Authorization"));
  response = response_for (connection, url, &status);
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  Pair ca = make_pair (NULL, "CN=Test CA");
  Pair other = make_pair (NULL, "CN=Other CA");
  Pair server = make_pair (&ca, "CN=127.0.0.1");
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *trust = NULL;

  fixture->directory = g_dir_make_tmp ("transfer-XXXXXX", NULL);
  fixture->ca = write_certificate (fixture, &ca, "ca.pem");
  fixture->other_ca = write_certificate (fixture, &other, "other.pem");
  fixture->certificate = write_certificate (fixture, &server, "server.pem");
  fixture->key = write_key (fixture, &server, "server.key");
  g_file_get_contents (fixture->certificate, &certificate, NULL, NULL);
  g_file_get_contents (fixture->key, &key, NULL, NULL);
  g_file_get_contents (fixture->ca, &trust, NULL, NULL);
  fixture->daemon = MHD_start_daemon (MHD_USE_TLS | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL, NULL,
                                      answer_cb, fixture, MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_MEM_CERT,
                                      certificate, MHD_OPTION_HTTPS_MEM_TRUST, trust, MHD_OPTION_END);
  g_assert_nonnull (fixture->daemon);
  fixture->base =
      g_strdup_printf ("https://127.0.0.1:%d", MHD_get_daemon_info (fixture->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  pair_clear (&ca);
  pair_clear (&other);
  pair_clear (&server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  char *paths[] = { fixture->ca, fixture->other_ca, fixture->certificate, fixture->key };

  MHD_stop_daemon (fixture->daemon);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_unlink (paths[i]);
      g_free (paths[i]);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->base);
  g_free (fixture->seen);
}

static CpdTransferAnswer *
ask_with (Fixture *fixture, const CpdTransferFiles *files, const char *path, GError **error)
{
  g_autoptr (CpdTransfer) transfer = cpd_transfer_new (files, NULL);
  g_autofree char *url = g_strconcat (fixture->base, path, NULL);
  const CpdTransferRequest request = { .method = "GET", .url = url, .authorization = "Bearer x" };

  return cpd_transfer_send (transfer, &request, NULL, error);
}

static CpdTransferAnswer *
ask (Fixture *fixture, const char *path, GError **error)
{
  const CpdTransferFiles files = { .ca_file = fixture->ca };

  return ask_with (fixture, &files, path, error);
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdTransferAnswer) answer = ask (fixture, "/ok", &error);

  g_assert_no_error (error);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->retry_after, ==, "12");
  g_assert_cmpstr (answer->etag, ==, "W/\"3\"");
  g_assert_cmpint (answer->date, ==, 1772539200 * CP_TIME_SECOND);
  g_assert_cmpmem (answer->body->data, answer->body->len, "{\"certificates\":0}", strlen ("{\"certificates\":0}"));
  g_assert_cmpstr (fixture->seen, ==, "Bearer x");
}

/* A certificate of another authority, and one for another name. */
static void
test_certificate (Fixture *fixture, gconstpointer data)
{
  const CpdTransferFiles other = { .ca_file = fixture->other_ca };
  const CpdTransferFiles none = { 0 };
  const CpdTransferFiles right = { .ca_file = fixture->ca };
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_with (fixture, &other, "/ok", &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_TLS);
  g_clear_error (&error);
  g_assert_null (ask_with (fixture, &none, "/ok", &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_TLS);
  g_clear_error (&error);
  memcpy (strstr (fixture->base, "127.0.0.1"), "127.0.0.2", strlen ("127.0.0.2"));
  g_assert_null (ask_with (fixture, &right, "/ok", &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_TLS);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 0);
}

static const char *of_the_system; /* (nullable) */

/* In place of what libcurl calls for the authorities of the system, in a directory that only root writes. */
G_MODULE_EXPORT int
gnutls_certificate_set_x509_trust_dir (gnutls_certificate_credentials_t credentials, const char *directory,
                                       gnutls_x509_crt_fmt_t format)
{
  return of_the_system != NULL ? gnutls_certificate_set_x509_trust_file (credentials, of_the_system, format) : 0;
}

/* A file of authorities comes in place of those of the system. */
static void
test_authorities (Fixture *fixture, gconstpointer data)
{
  const CpdTransferFiles other = { .ca_file = fixture->other_ca };
  const CpdTransferFiles none = { 0 };
  g_autoptr (CpdTransferAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  of_the_system = fixture->ca;
  answer = ask_with (fixture, &none, "/ok", &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_null (ask_with (fixture, &other, "/ok", &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_TLS);
  of_the_system = NULL;
}

static void
test_client_certificate (Fixture *fixture, gconstpointer data)
{
  const CpdTransferFiles files = { fixture->ca, fixture->certificate, fixture->key };
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdTransferAnswer) answer = ask_with (fixture, &files, "/ok", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (answer->body->data, answer->body->len, "{\"certificates\":1}", strlen ("{\"certificates\":1}"));
}

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpdTransferAnswer) answer = ask (fixture, "/redirect", NULL);

  g_assert_cmpint (answer->status, ==, 302);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 1);
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  const CpdTransferFiles files = { .ca_file = fixture->ca };
  g_autoptr (CpdTransfer) transfer = cpd_transfer_new (&files, NULL);
  g_autofree char *url = g_strconcat (fixture->base, "/large", NULL);
  g_autofree char *path = g_build_filename (fixture->directory, "file", NULL);
  CpdTransferRequest request = { .method = "GET", .url = url };
  g_autoptr (CpdTransferAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_null (cpd_transfer_send (transfer, &request, NULL, &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_TOO_LARGE);
  g_clear_error (&error);
  /* Into a file, more may come. */
  request.sink = g_open (path, O_WRONLY | O_CREAT, 0600);
  request.body_max = 2 * CPD_TRANSFER_BODY_MAX;
  answer = cpd_transfer_send (transfer, &request, NULL, &error);
  g_assert_no_error (error);
  close (request.sink);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, LARGE);
  g_assert_cmpuint (answer->body->len, ==, 0);
  g_unlink (path);
}

static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpdTransferAnswer) answer = NULL;

  g_setenv ("https_proxy", "http://127.0.0.1:1", TRUE);
  answer = ask (fixture, "/ok", NULL);
  g_unsetenv ("https_proxy");
  g_assert_nonnull (answer);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  const CpdTransferFiles files = { .ca_file = fixture->ca };
  g_autoptr (CpdTransfer) transfer = cpd_transfer_new (&files, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strconcat (fixture->base, "/large", NULL);
  CpdTransferRequest request = { .method = "GET", .url = url, .tick = never };

  g_assert_null (cpd_transfer_send (transfer, &request, NULL, &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_CANCELLED);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  request.tick = NULL;
  g_assert_null (cpd_transfer_send (transfer, &request, cancellable, &error));
  g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_CANCELLED);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *url;
    gboolean may;
  } cases[] = {
    { "https://ecd.example/fhir", TRUE },
    { "https://ecd.example:8443/fhir?a=b", TRUE },
    { "http://127.0.0.1:8104/fhir", TRUE },
    { "http://127.3.2.1/fhir", TRUE },
    { "http://[::1]:8104/fhir", TRUE },
    { "http://ecd.example/fhir", FALSE },
    { "http://localhost/fhir", FALSE }, /* a name can lead anywhere */
    { "http://10.0.0.1/fhir", FALSE },
    { "http://127.0.0.1.example/fhir", FALSE },
    { "https://user:password@ecd.example/fhir", FALSE },
    { "https://ecd.example/fhir#x", FALSE },
    { "ftp://ecd.example/fhir", FALSE },
    { "file:///etc/passwd", FALSE },
    { "ecd.example/fhir", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };
  const CpdTransferFiles files = { 0 };
  g_autoptr (CpdTransfer) transfer = cpd_transfer_new (&files, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CpdTransferRequest request = { .method = "GET", .url = cases[i].url };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (cpd_url_may_be_asked (cases[i].url), ==, cases[i].may);
      if (cases[i].may)
        continue;
      g_assert_null (cpd_transfer_send (transfer, &request, NULL, &error));
      g_assert_error (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_ADDRESS);
    }
}

static void
test_origins (void)
{
  g_assert_true (cpd_transfer_same_origin ("https://a.example/x", "https://A.example:443/y"));
  g_assert_false (cpd_transfer_same_origin ("https://a.example/x", "https://a.example:444/x"));
  g_assert_false (cpd_transfer_same_origin ("https://a.example/x", "http://a.example/x"));
  g_assert_false (cpd_transfer_same_origin ("https://a.example/x", "https://a.example.evil/x"));
  g_assert_false (cpd_transfer_same_origin ("https://a.example/x", "nonsense"));
}

static void
test_dates (void)
{
  g_assert_cmpint (cpd_transfer_date ("Tue, 03 Mar 2026 12:00:00 GMT"), ==, 1772539200 * CP_TIME_SECOND);
  g_assert_cmpint (cpd_transfer_date ("soon"), ==, 0);
  g_assert_cmpint (cpd_transfer_date (NULL), ==, 0);
}

#define ADD(name, func) g_test_add ("/out/transfer/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answer", test_answer);
  ADD ("certificate", test_certificate);
  ADD ("authorities", test_authorities);
  ADD ("client-certificate", test_client_certificate);
  ADD ("redirect", test_redirect);
  ADD ("large", test_large);
  ADD ("proxy", test_proxy);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/out/transfer/addresses", test_addresses);
  g_test_add_func ("/out/transfer/origins", test_origins);
  g_test_add_func ("/out/transfer/dates", test_dates);
  return g_test_run ();
}
