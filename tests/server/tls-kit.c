/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls-kit.h"

#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "http-client.h"

static void
write_pem (const char *path, gnutls_datum_t *pem)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) pem->data, pem->size, &error);
  g_assert_no_error (error);
  gnutls_free (pem->data);
}

void
tls_files_write (const TlsFiles *files, guchar serial, gsize padding)
{
  g_autofree char *nothing = g_strnfill (padding, 'x');
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
  if (padding > 0)
    gnutls_x509_crt_set_extension_by_oid (certificate, "1.3.6.1.4.1.55555.1", nothing, padding, 0);
  gnutls_x509_crt_set_key (certificate, key);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (files->chain, &pem);
  gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (files->key, &pem);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
}

void
tls_files_init (TlsFiles *files)
{
  files->dir = g_dir_make_tmp ("http-XXXXXX", NULL);
  files->chain = g_build_filename (files->dir, "chain.pem", NULL);
  files->key = g_build_filename (files->dir, "key.pem", NULL);
  tls_files_write (files, 1, 0);
}

void
tls_files_clear (TlsFiles *files)
{
  g_unlink (files->chain);
  g_unlink (files->key);
  g_rmdir (files->dir);
  g_free (files->chain);
  g_free (files->key);
  g_free (files->dir);
}

HttpKit *
tls_files_kit (const TlsFiles *files)
{
  HttpKit *kit = http_kit_new ();

  kit->config.certificate = files->chain;
  kit->config.private_key = files->key;
  return kit;
}

void
tls_client_init (TlsClient *client, int fd, const char *priorities)
{
  struct timeval patience = { .tv_sec = 8 };

  client->fd = fd;
  setsockopt (client->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  gnutls_certificate_allocate_credentials (&client->credentials);
  gnutls_init (&client->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  g_assert_cmpint (gnutls_priority_set_direct (client->session, priorities, NULL), ==, 0);
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_transport_set_int (client->session, client->fd);
}

gboolean
tls_client_open (TlsClient *client, int port, const char *priorities)
{
  tls_client_init (client, http_connect (port), priorities);
  return gnutls_handshake (client->session) == 0;
}

void
tls_client_close (TlsClient *client)
{
  close (client->fd);
  gnutls_deinit (client->session);
  gnutls_certificate_free_credentials (client->credentials);
}

char *
tls_client_ask (TlsClient *client, const char *request)
{
  char buffer[4096];
  gssize size;

  g_assert_cmpint (gnutls_record_send (client->session, request, strlen (request)), ==, strlen (request));
  size = gnutls_record_recv (client->session, buffer, sizeof buffer - 1);
  g_assert_cmpint (size, >, 0);
  return g_strndup (buffer, size);
}
