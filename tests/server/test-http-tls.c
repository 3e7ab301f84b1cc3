/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-socket.h"
#include "http-client.h"
#include "http-kit.h"

#include <gnutls/x509.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define NORMAL "NORMAL"

typedef struct
{
  char *dir;   /* (owned) */
  char *chain; /* (owned) */
  char *key;   /* (owned) */
} Files;

static void
write_pem (const char *path, gnutls_datum_t *pem)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) pem->data, pem->size, &error);
  g_assert_no_error (error);
  gnutls_free (pem->data);
}

/* A self-signed certificate with this serial number. */
static void
write_certificate (const Files *files, guchar serial)
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
  gnutls_datum_t pem;

  gnutls_x509_privkey_init (&key);
  g_assert_cmpint (
      gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), ==, 0);
  gnutls_x509_crt_init (&certificate);
  gnutls_x509_crt_set_version (certificate, 3);
  gnutls_x509_crt_set_serial (certificate, &serial, 1);
  gnutls_x509_crt_set_activation_time (certificate, time (NULL) - 60);
  gnutls_x509_crt_set_expiration_time (certificate, time (NULL) + 3600);
  gnutls_x509_crt_set_dn (certificate, "CN=portal.example", NULL);
  gnutls_x509_crt_set_key (certificate, key);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (files->chain, &pem);
  gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (files->key, &pem);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
}

static void
files_init (Files *files)
{
  files->dir = g_dir_make_tmp ("http-XXXXXX", NULL);
  files->chain = g_build_filename (files->dir, "chain.pem", NULL);
  files->key = g_build_filename (files->dir, "key.pem", NULL);
  write_certificate (files, 1);
}

static void
files_clear (Files *files)
{
  g_unlink (files->chain);
  g_unlink (files->key);
  g_rmdir (files->dir);
  g_free (files->chain);
  g_free (files->key);
  g_free (files->dir);
}

static HttpKit *
tls_kit (const Files *files)
{
  HttpKit *kit = http_kit_new ();

  kit->config.certificate = files->chain;
  kit->config.private_key = files->key;
  return kit;
}

typedef struct
{
  int fd;
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
} Client;

/* FALSE when the handshake fails; the client must be closed all the same. */
static gboolean
client_open (Client *client, int port, const char *priorities)
{
  struct timeval patience = { .tv_sec = 8 };

  client->fd = http_connect (port);
  setsockopt (client->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  gnutls_certificate_allocate_credentials (&client->credentials);
  gnutls_init (&client->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  g_assert_cmpint (gnutls_priority_set_direct (client->session, priorities, NULL), ==, 0);
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_transport_set_int (client->session, client->fd);
  return gnutls_handshake (client->session) == 0;
}

static void
client_close (Client *client)
{
  close (client->fd);
  gnutls_deinit (client->session);
  gnutls_certificate_free_credentials (client->credentials);
}

static char *
client_ask (Client *client, const char *request)
{
  char buffer[4096];
  gssize size;

  g_assert_cmpint (gnutls_record_send (client->session, request, strlen (request)), ==, strlen (request));
  size = gnutls_record_recv (client->session, buffer, sizeof buffer - 1);
  g_assert_cmpint (size, >, 0);
  return g_strndup (buffer, size);
}

static guchar
client_serial (Client *client)
{
  unsigned int n = 0;
  const gnutls_datum_t *der = gnutls_certificate_get_peers (client->session, &n);
  gnutls_x509_crt_t certificate;
  guchar serial = 0;
  gsize size = 1;

  g_assert_cmpuint (n, ==, 1);
  gnutls_x509_crt_init (&certificate);
  gnutls_x509_crt_import (certificate, der, GNUTLS_X509_FMT_DER);
  gnutls_x509_crt_get_serial (certificate, &serial, &size);
  gnutls_x509_crt_deinit (certificate);
  return serial;
}

static const struct
{
  const char *priorities;
  gnutls_protocol_t version; /* GNUTLS_VERSION_UNKNOWN: refused */
} offers[] = {
  { NORMAL, GNUTLS_TLS1_3 },
  { NORMAL ":-VERS-ALL:+VERS-TLS1.2", GNUTLS_TLS1_2 },
  { NORMAL ":-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT", GNUTLS_VERSION_UNKNOWN },
  { NORMAL ":-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+AES-256-CBC", GNUTLS_VERSION_UNKNOWN },
};

static void
test_versions (void)
{
  Files files;
  HttpKit *kit;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      Client client;

      g_test_message ("%s", offers[i].priorities);
      if (client_open (&client, kit->port, offers[i].priorities))
        {
          g_autofree char *answer = client_ask (&client, HTTP_GET ("/api/v1/organisation"));
          g_assert_cmpint (gnutls_protocol_get_version (client.session), ==, offers[i].version);
          g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));
          g_assert_nonnull (strstr (answer, "Strict-Transport-Security: max-age="));
        }
      else
        g_assert_cmpint (offers[i].version, ==, GNUTLS_VERSION_UNKNOWN);
      client_close (&client);
    }
  http_kit_free (kit);
  files_clear (&files);
}

/* New connections get the renewed certificate, old ones go on; a broken file changes nothing. */
static void
test_reload (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  Files files;
  HttpKit *kit;
  Client old, renewed, kept;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  g_assert_true (client_open (&old, kit->port, NORMAL));
  g_assert_cmpuint (client_serial (&old), ==, 1);

  write_certificate (&files, 2);
  g_assert_true (cpd_listener_reload_certificate (kit->listener, &error));
  g_assert_no_error (error);
  g_assert_true (client_open (&renewed, kit->port, NORMAL));
  g_assert_cmpuint (client_serial (&renewed), ==, 2);
  answer = client_ask (&old, HTTP_GET ("/api/v1/version"));
  g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));

  g_assert_true (g_file_set_contents (files.key, "no key", -1, NULL));
  g_assert_false (cpd_listener_reload_certificate (kit->listener, &error));
  g_assert_nonnull (strstr (error->message, files.key));
  g_assert_true (client_open (&kept, kit->port, NORMAL));
  g_assert_cmpuint (client_serial (&kept), ==, 2);
  client_close (&old);
  client_close (&renewed);
  client_close (&kept);
  http_kit_free (kit);
  files_clear (&files);
}

static void
test_foreign_key (void)
{
  const CpdAnswerer nobody = { NULL };
  g_autoptr (GError) error = NULL;
  Files files, other;
  HttpKit *kit;

  files_init (&files);
  files_init (&other);
  kit = tls_kit (&files);
  kit->config.private_key = other.key;
  g_assert_null (cpd_listener_new (&kit->config, &nobody, &error));
  g_assert_nonnull (strstr (error->message, "certificate"));
  http_kit_free (kit);
  files_clear (&files);
  files_clear (&other);
}

static void
test_plain_text_and_no_handshake (void)
{
  g_auto (HttpAnswer) answer = { 0 };
  Files files;
  HttpKit *kit;
  int fd;

  files_init (&files);
  kit = tls_kit (&files);
  kit->limits.header_ms = 300;
  http_kit_start (kit);
  answer = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
  g_assert_cmpint (answer.status, ==, 0);
  fd = http_connect (kit->port);
  http_send (fd, "\x16\x03\x01", 3);
  g_assert_false (http_is_closed (fd, 100));
  g_assert_true (http_is_closed (fd, 2000));
  close (fd);
  g_assert_cmpint (kit->n_requests, ==, 0);
  http_kit_free (kit);
  files_clear (&files);
}

/* Suspended with TLS, and left. */
static void
test_held (void)
{
  static const char request[] = HTTP_GET (HTTP_KIT_HELD);
  g_autofree char *answer = NULL;
  Files files;
  HttpKit *kit;
  Client client, leaver;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  g_assert_true (client_open (&leaver, kit->port, NORMAL));
  g_assert_cmpint (gnutls_record_send (leaver.session, request, sizeof request - 1), >, 0);
  http_kit_wait_for (&kit->n_held, 1);
  client_close (&leaver);
  http_kit_release (kit);
  g_assert_true (client_open (&client, kit->port, NORMAL));
  answer = client_ask (&client, HTTP_GET ("/api/v1/organisation"));
  g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));
  client_close (&client);
  http_kit_free (kit);
  files_clear (&files);
}

static void
client_send (Client *client, const char *request)
{
  g_assert_cmpint (gnutls_record_send (client->session, request, strlen (request)), ==, strlen (request));
}

/* Reads until so many answers have come, however large. */
static void
client_expect (Client *client, guint answers, gsize least)
{
  static const char first[] = "HTTP/1.1 200 OK";
  static char buffer[64 * 1024];
  gsize all = 0;

  while (answers > 0 || all < least)
    {
      gssize size = gnutls_record_recv (client->session, buffer, sizeof buffer - 1);

      g_assert_cmpint (size, >, 0);
      all += (gsize) size;
      buffer[size] = '\0';
      if (g_str_has_prefix (buffer, first))
        answers--;
    }
}

/* What is asked before the answer to what was asked first: in the same record, in one right behind it, and later. */
static void
test_next_request_comes_early (void)
{
  static const char held[] = HTTP_GET (HTTP_KIT_HELD);
  static const char other[] = HTTP_GET ("/api/v1/organisation");
  static const int off = 0, on = 1;
  Files files;
  HttpKit *kit;
  Client client;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  g_assert_true (client_open (&client, kit->port, NORMAL));
  for (int round = 1; round <= 30; round++)
    {
      setsockopt (client.fd, IPPROTO_TCP, TCP_CORK, round % 3 == 1 ? &on : &off, sizeof on);
      client_send (&client, round % 3 == 0 ? HTTP_GET (HTTP_KIT_HELD) HTTP_GET ("/api/v1/organisation") : held);
      if (round % 3 == 2)
        http_kit_wait_for (&kit->n_held, round);
      if (round % 3 != 0)
        client_send (&client, other);
      setsockopt (client.fd, IPPROTO_TCP, TCP_CORK, &off, sizeof off);
      http_kit_wait_for (&kit->n_held, round);
      http_kit_release (kit);
      client_expect (&client, 2, 0);
    }
  client_close (&client);
  http_kit_free (kit);
  files_clear (&files);
}

/* The answer is more than the system takes at once, so that the next request comes while it is being sent. */
static void
test_next_request_during_answer (void)
{
  Files files;
  HttpKit *kit;
  Client client;

  files_init (&files);
  kit = tls_kit (&files);
  kit->big = 16 * 1024 * 1024;
  http_kit_start (kit);
  g_assert_true (client_open (&client, kit->port, NORMAL));
  for (int round = 1; round <= 5; round++)
    {
      client_send (&client, HTTP_GET (HTTP_KIT_HELD));
      http_kit_wait_for (&kit->n_held, round);
      http_kit_release (kit);
      client_expect (&client, 1, kit->big / 4);
      client_send (&client, HTTP_GET ("/api/v1/version"));
      client_expect (&client, 1, kit->big / 2);
    }
  client_close (&client);
  http_kit_free (kit);
  files_clear (&files);
}

static void
client_begin (Client *client, int port)
{
  g_autofree char *answer = NULL;

  g_assert_true (client_open (client, port, NORMAL ":-VERS-ALL:+VERS-TLS1.2"));
  answer = client_ask (client, "DELETE /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204"));
}

/* Segments with data that came until now. */
static guint
segments (Client *client)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;

  g_assert_cmpint (getsockopt (client->fd, IPPROTO_TCP, TCP_INFO, &info, &size), ==, 0);
  g_assert_cmpuint (size, >=, offsetof (struct tcp_info, tcpi_data_segs_in) + sizeof info.tcpi_data_segs_in);
  return info.tcpi_data_segs_in;
}

/* From more bytes on than one packet has, the library lets go of the header before it sends the body. */
static void
test_header_and_body_in_one_segment (void)
{
  static const gsize sizes[] = { 100, 3000 };
  Files files;
  HttpKit *kit;
  Client client;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  client_begin (&client, kit->port);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint before = segments (&client);
      g_autofree char *header = NULL;
      char body[4096];

      kit->big = sizes[i];
      header = client_ask (&client, HTTP_GET (HTTP_KIT_BIG));
      g_assert_true (g_str_has_prefix (header, "HTTP/1.1 200"));
      g_assert_cmpint (gnutls_record_recv (client.session, body, sizeof body), ==, sizes[i]);
      g_assert_cmpuint (segments (&client) - before, ==, 1);
    }
  client_close (&client);
  http_kit_free (kit);
  files_clear (&files);
}

/* A header after which nothing comes is not kept back for the 200 ms that the network would wait for more. */
static void
test_header_alone_leaves_at_once (void)
{
  static const struct
  {
    const char *request;
    const char *answer;
  } cases[] = {
    { "HEAD /api/v1/version HTTP/1.1\r\n" HTTP_HOST "\r\n", "HTTP/1.1 405" },
    { "GET /api/v1/organisation/logo HTTP/1.1\r\n" HTTP_HOST "If-None-Match: \"v1\"\r\n\r\n", "HTTP/1.1 304" },
    { "DELETE /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", "HTTP/1.1 204" },
  };
  Files files;
  HttpKit *kit;
  Client client;

  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  client_begin (&client, kit->port);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 best = G_MAXINT64;

      for (int try = 0; try < 5; try++)
        {
          gint64 begin = g_get_monotonic_time ();
          g_autofree char *answer = client_ask (&client, cases[i].request);
          g_assert_true (g_str_has_prefix (answer, cases[i].answer));
          best = MIN (best, g_get_monotonic_time () - begin);
        }
      g_assert_cmpint (best, <, 150 * 1000);
    }
  client_close (&client);
  http_kit_free (kit);
  files_clear (&files);
}

/* What the watchdog asks: somebody must take the connection, with TLS and without. */
static void
test_answers (void)
{
  g_autoptr (HttpKit) without = http_kit_new ();
  g_autoptr (GError) error = NULL;
  int silent = cpd_socket_listen ("127.0.0.1", 0, &error);
  Files files;
  HttpKit *kit;

  g_assert_no_error (error);
  files_init (&files);
  kit = tls_kit (&files);
  http_kit_start (kit);
  http_kit_start (without);
  g_assert_true (cpd_listener_answers (kit->listener, 20000));
  g_assert_true (cpd_listener_answers (without->listener, 20000));
  g_assert_cmpint (kit->n_requests + without->n_requests, ==, 0);
  g_assert_false (cpd_socket_answers (silent, 200));
  close (silent);
  http_kit_free (kit);
  files_clear (&files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/tls/versions", test_versions);
  g_test_add_func ("/http/tls/reload", test_reload);
  g_test_add_func ("/http/tls/foreign-key", test_foreign_key);
  g_test_add_func ("/http/tls/plain-text-and-no-handshake", test_plain_text_and_no_handshake);
  g_test_add_func ("/http/tls/held", test_held);
  g_test_add_func ("/http/tls/next-request-comes-early", test_next_request_comes_early);
  g_test_add_func ("/http/tls/next-request-during-answer", test_next_request_during_answer);
  g_test_add_func ("/http/tls/header-and-body-in-one-segment", test_header_and_body_in_one_segment);
  g_test_add_func ("/http/tls/header-alone-leaves-at-once", test_header_alone_leaves_at_once);
  g_test_add_func ("/http/tls/answers", test_answers);
  return g_test_run ();
}
