/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-socket.h"
#include "http-client.h"
#include "tls-kit.h"

#include <gnutls/x509.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <glib/gstdio.h>

static guchar
client_serial (TlsClient *client)
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
  { TLS_NORMAL, GNUTLS_TLS1_3 },
  { TLS_1_2, GNUTLS_TLS1_2 },
  { TLS_NORMAL ":-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT", GNUTLS_VERSION_UNKNOWN },
  { TLS_NORMAL ":-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+AES-256-CBC", GNUTLS_VERSION_UNKNOWN },
};

static void
test_versions (void)
{
  TlsFiles files;
  HttpKit *kit;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      TlsClient client;

      g_test_message ("%s", offers[i].priorities);
      if (tls_client_open (&client, kit->port, offers[i].priorities))
        {
          g_autofree char *answer = tls_client_ask (&client, HTTP_GET ("/api/v1/organisation"));
          g_assert_cmpint (gnutls_protocol_get_version (client.session), ==, offers[i].version);
          g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));
          g_assert_nonnull (strstr (answer, "Strict-Transport-Security: max-age="));
        }
      else
        g_assert_cmpint (offers[i].version, ==, GNUTLS_VERSION_UNKNOWN);
      tls_client_close (&client);
    }
  http_kit_free (kit);
  tls_files_clear (&files);
}

/* New connections get the renewed certificate, old ones go on; a broken file changes nothing. */
static void
test_reload (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  TlsFiles files;
  HttpKit *kit;
  TlsClient old, renewed, kept;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  g_assert_true (tls_client_open (&old, kit->port, TLS_NORMAL));
  g_assert_cmpuint (client_serial (&old), ==, 1);

  tls_files_write (&files, 2, 0);
  g_assert_true (cpd_listener_reload_certificate (kit->listener, &error));
  g_assert_no_error (error);
  g_assert_true (tls_client_open (&renewed, kit->port, TLS_NORMAL));
  g_assert_cmpuint (client_serial (&renewed), ==, 2);
  answer = tls_client_ask (&old, HTTP_GET ("/api/v1/version"));
  g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));

  g_assert_true (g_file_set_contents (files.key, "no key", -1, NULL));
  g_assert_false (cpd_listener_reload_certificate (kit->listener, &error));
  g_assert_nonnull (strstr (error->message, files.key));
  g_assert_true (tls_client_open (&kept, kit->port, TLS_NORMAL));
  g_assert_cmpuint (client_serial (&kept), ==, 2);
  tls_client_close (&old);
  tls_client_close (&renewed);
  tls_client_close (&kept);
  http_kit_free (kit);
  tls_files_clear (&files);
}

static void
test_foreign_key (void)
{
  const CpdAnswerer nobody = { NULL };
  g_autoptr (GError) error = NULL;
  TlsFiles files, other;
  HttpKit *kit;

  tls_files_init (&files);
  tls_files_init (&other);
  kit = tls_files_kit (&files);
  kit->config.private_key = other.key;
  g_assert_null (cpd_listener_new (&kit->config, &nobody, &error));
  g_assert_nonnull (strstr (error->message, "certificate"));
  http_kit_free (kit);
  tls_files_clear (&files);
  tls_files_clear (&other);
}

static void
test_plain_text_and_no_handshake (void)
{
  g_auto (HttpAnswer) answer = { 0 };
  TlsFiles files;
  HttpKit *kit;
  int fd;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
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
  tls_files_clear (&files);
}

/* Suspended with TLS, and left. */
static void
test_held (void)
{
  static const char request[] = HTTP_GET (HTTP_KIT_HELD);
  g_autofree char *answer = NULL;
  TlsFiles files;
  HttpKit *kit;
  TlsClient client, leaver;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  g_assert_true (tls_client_open (&leaver, kit->port, TLS_NORMAL));
  g_assert_cmpint (gnutls_record_send (leaver.session, request, sizeof request - 1), >, 0);
  http_kit_wait_for (&kit->n_held, 1);
  tls_client_close (&leaver);
  http_kit_release (kit);
  g_assert_true (tls_client_open (&client, kit->port, TLS_NORMAL));
  answer = tls_client_ask (&client, HTTP_GET ("/api/v1/organisation"));
  g_assert_nonnull (strstr (answer, "HTTP/1.1 200 OK"));
  tls_client_close (&client);
  http_kit_free (kit);
  tls_files_clear (&files);
}

static void
client_send (TlsClient *client, const char *request)
{
  g_assert_cmpint (gnutls_record_send (client->session, request, strlen (request)), ==, strlen (request));
}

/* Reads until so many answers have come, however large. */
static void
client_expect (TlsClient *client, guint answers, gsize least)
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
  TlsFiles files;
  HttpKit *kit;
  TlsClient client;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  g_assert_true (tls_client_open (&client, kit->port, TLS_NORMAL));
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
  tls_client_close (&client);
  http_kit_free (kit);
  tls_files_clear (&files);
}

/* The answer is more than the system takes at once, so that the next request comes while it is being sent. */
static void
test_next_request_during_answer (void)
{
  TlsFiles files;
  HttpKit *kit;
  TlsClient client;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  kit->big = 16 * 1024 * 1024;
  http_kit_start (kit);
  g_assert_true (tls_client_open (&client, kit->port, TLS_NORMAL));
  for (int round = 1; round <= 5; round++)
    {
      client_send (&client, HTTP_GET (HTTP_KIT_HELD));
      http_kit_wait_for (&kit->n_held, round);
      http_kit_release (kit);
      client_expect (&client, 1, kit->big / 4);
      client_send (&client, HTTP_GET ("/api/v1/version"));
      client_expect (&client, 1, kit->big / 2);
    }
  tls_client_close (&client);
  http_kit_free (kit);
  tls_files_clear (&files);
}

static void
client_begin (TlsClient *client, int port)
{
  g_autofree char *answer = NULL;

  g_assert_true (tls_client_open (client, port, TLS_1_2));
  answer = tls_client_ask (client, "DELETE /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204"));
}

/* Segments with data that came until now. */
static guint
segments (TlsClient *client)
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
  TlsFiles files;
  HttpKit *kit;
  TlsClient client;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  client_begin (&client, kit->port);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint before = segments (&client);
      g_autofree char *header = NULL;
      char body[4096];

      kit->big = sizes[i];
      header = tls_client_ask (&client, HTTP_GET (HTTP_KIT_BIG));
      g_assert_true (g_str_has_prefix (header, "HTTP/1.1 200"));
      g_assert_cmpint (gnutls_record_recv (client.session, body, sizeof body), ==, sizes[i]);
      g_assert_cmpuint (segments (&client) - before, ==, 1);
    }
  tls_client_close (&client);
  http_kit_free (kit);
  tls_files_clear (&files);
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
  TlsFiles files;
  HttpKit *kit;
  TlsClient client;

  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  client_begin (&client, kit->port);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 best = G_MAXINT64;

      for (int try = 0; try < 5; try++)
        {
          gint64 begin = g_get_monotonic_time ();
          g_autofree char *answer = tls_client_ask (&client, cases[i].request);
          g_assert_true (g_str_has_prefix (answer, cases[i].answer));
          best = MIN (best, g_get_monotonic_time () - begin);
        }
      g_assert_cmpint (best, <, 150 * 1000);
    }
  tls_client_close (&client);
  http_kit_free (kit);
  tls_files_clear (&files);
}

/* What the watchdog asks: somebody must take the connection, with TLS and without. */
static void
test_answers (void)
{
  g_autoptr (HttpKit) without = http_kit_new ();
  g_autoptr (GError) error = NULL;
  int silent = cpd_socket_listen ("127.0.0.1", 0, &error);
  TlsFiles files;
  HttpKit *kit;

  g_assert_no_error (error);
  tls_files_init (&files);
  kit = tls_files_kit (&files);
  http_kit_start (kit);
  http_kit_start (without);
  g_assert_true (cpd_listener_answers (kit->listener, 20000));
  g_assert_true (cpd_listener_answers (without->listener, 20000));
  g_assert_cmpint (kit->n_requests + without->n_requests, ==, 0);
  g_assert_false (cpd_socket_answers (silent, 200));
  close (silent);
  http_kit_free (kit);
  tls_files_clear (&files);
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
