/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* TLS 1.2 and 1.3, forward secret and authenticated ciphers only. */
#define CPD_TLS_PRIORITIES                                                                                             \
  "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305"

/* A certificate chain with its key. Shared by the connections that began with it, so that a renewed one can take its
 * place while they go on. */
typedef struct _CpdCertificate CpdCertificate;

CpdCertificate *cpd_certificate_load (const char *chain_path, const char *key_path, GError **error);
/* Whether the file has certificates in PEM, and nothing that only looks like one. */
gboolean cpd_certificate_check (const char *path, GError **error);
CpdCertificate *cpd_certificate_ref (CpdCertificate *certificate);
void cpd_certificate_unref (CpdCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdCertificate, cpd_certificate_unref)

/* Makes a session that has not begun its handshake use this certificate. The caller keeps a reference until the session
 * is gone. */
gboolean cpd_certificate_use (CpdCertificate *certificate, gnutls_session_t session);

G_END_DECLS
