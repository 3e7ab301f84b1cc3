/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A private key that signs JSON Web Signatures (RFC 7515, 7518): RS384 with an RSA key of 2048 bits or more, ES384 with
 * one on the curve P-384. */
typedef struct _CpdSigner CpdSigner;

/* From a PEM file that only its owner can read. NULL with CP_ERROR_INTERNAL. */
CpdSigner *cpd_signer_load (const char *path, GError **error);
void cpd_signer_free (CpdSigner *signer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdSigner, cpd_signer_free)

/* "RS384" or "ES384". */
const char *cpd_signer_algorithm (const CpdSigner *signer);
/* (transfer full): the signature over text as JWS wants it, in base64url. NULL with CP_ERROR_INTERNAL. */
char *cpd_signer_sign (CpdSigner *signer, const char *text, GError **error);

/* (transfer full): base64url without padding (RFC 4648, 5). */
char *cpd_base64url (const void *data, gsize size);

G_END_DECLS
