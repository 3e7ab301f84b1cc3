/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gnutls/gnutls.h>
#include "http-kit.h"

G_BEGIN_DECLS

/* A listener with TLS, and clients that do not ask whose certificate it has. */

#define TLS_NORMAL "NORMAL"
#define TLS_1_2 TLS_NORMAL ":-VERS-ALL:+VERS-TLS1.2"

typedef struct
{
  char *dir;   /* (owned) */
  char *chain; /* (owned) */
  char *key;   /* (owned) */
} TlsFiles;

void tls_files_init (TlsFiles *files); /* a certificate with serial number 1 */
void tls_files_clear (TlsFiles *files);
/* Another self-signed certificate, with so many bytes in it that say nothing. */
void tls_files_write (const TlsFiles *files, guchar serial, gsize padding);
HttpKit *tls_files_kit (const TlsFiles *files); /* not started */

typedef struct
{
  int fd;
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
} TlsClient;

void tls_client_init (TlsClient *client, int fd, const char *priorities); /* fd: (transfer full) */
/* FALSE when the handshake fails; the client must be closed all the same. */
gboolean tls_client_open (TlsClient *client, int port, const char *priorities);
void tls_client_close (TlsClient *client);
char *tls_client_ask (TlsClient *client, const char *request);

G_END_DECLS
