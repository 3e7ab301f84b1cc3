/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-signer.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <sodium.h>
#include <string.h>

#include "cp-error.h"
#include "cpd-private-file.h"
#include "cpd-token.h"

#define RSA_BITS_MIN 2048
#define KEY_FILE_MAX 65536
#define HALF 48 /* bytes of each of r and s on P-384 */

struct _CpdSigner
{
  gnutls_privkey_t key; /* (owned) */
  gboolean ecdsa;
};

static gboolean
fail (GError **error, const char *what, int code)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "%s%s%s", what, code < 0 ? ": " : "",
               code < 0 ? gnutls_strerror (code) : "");
  return FALSE;
}

/* Which of the two signatures the key can make. */
static gboolean
choose (CpdSigner *signer, const char *path, GError **error)
{
  unsigned int bits = 0;
  int algorithm = gnutls_privkey_get_pk_algorithm (signer->key, &bits);
  gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
  gnutls_datum_t x = { NULL, 0 };
  gnutls_datum_t y = { NULL, 0 };
  gnutls_datum_t k = { NULL, 0 };

  if (algorithm == GNUTLS_PK_RSA && bits >= RSA_BITS_MIN)
    return TRUE;
  if (algorithm == GNUTLS_PK_ECDSA && gnutls_privkey_export_ecc_raw (signer->key, &curve, &x, &y, &k) == 0)
    {
      gnutls_memset (k.data, 0, k.size);
      gnutls_free (x.data);
      gnutls_free (y.data);
      gnutls_free (k.data);
    }
  signer->ecdsa = curve == GNUTLS_ECC_CURVE_SECP384R1;
  if (signer->ecdsa)
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL,
               "%s: needs an RSA key of 2048 bits or more (RS384), or an EC key on P-384 (ES384)", path);
  return FALSE;
}

/**
 * cpd_signer_load:
 *
 * Returns: (transfer full) (nullable)
 */
CpdSigner *
cpd_signer_load (const char *path, GError **error)
{
  g_autoptr (CpdSigner) signer = g_new0 (CpdSigner, 1);
  char *text = cpd_private_file_read (path, KEY_FILE_MAX, error);
  gnutls_datum_t data;
  int code;

  if (text == NULL)
    return NULL;
  data = (gnutls_datum_t){ (unsigned char *) text, strlen (text) };
  code = gnutls_privkey_init (&signer->key);
  if (code == 0)
    code = gnutls_privkey_import_x509_raw (signer->key, &data, GNUTLS_X509_FMT_PEM, NULL, 0);
  cpd_secret_free (text);
  if (code != 0)
    {
      fail (error, path, code);
      return NULL;
    }
  return choose (signer, path, error) ? g_steal_pointer (&signer) : NULL;
}

/**
 * cpd_signer_free:
 * @signer: (nullable):
 */
void
cpd_signer_free (CpdSigner *signer)
{
  if (signer == NULL)
    return;
  if (signer->key != NULL)
    gnutls_privkey_deinit (signer->key);
  g_free (signer);
}

/**
 * cpd_signer_algorithm:
 *
 * Returns: its name by RFC 7518.
 */
const char *
cpd_signer_algorithm (const CpdSigner *signer)
{
  return signer->ecdsa ? "ES384" : "RS384";
}

/**
 * cpd_base64url:
 *
 * Returns: (transfer full)
 */
char *
cpd_base64url (const void *data, gsize size)
{
  gsize length = sodium_base64_encoded_len (size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *text = g_malloc (length);

  sodium_bin2base64 (text, length, data, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text;
}

/* A number of DER at the end of its half: without the sign byte, with zeros in front. */
static gboolean
put_number (guchar half[HALF], const gnutls_datum_t *number)
{
  const guchar *bytes = number->data;
  gsize size = number->size;

  for (; size > 0 && *bytes == 0; bytes++)
    size--;
  if (size > HALF)
    return FALSE;
  memcpy (half + HALF - size, bytes, size);
  return TRUE;
}

/* RFC 7518, 3.4: r and s side by side, not DER as GnuTLS makes it. */
static char *
raw_signature (const gnutls_datum_t *der, GError **error)
{
  guchar raw[2 * HALF] = { 0 };
  gnutls_datum_t r = { NULL, 0 };
  gnutls_datum_t s = { NULL, 0 };
  int code = gnutls_decode_rs_value (der, &r, &s);
  gboolean fits = code == 0 && put_number (raw, &r) && put_number (raw + HALF, &s);

  gnutls_free (r.data);
  gnutls_free (s.data);
  if (fits)
    return cpd_base64url (raw, sizeof raw);
  fail (error, "the signature has another form than expected", code);
  return NULL;
}

/**
 * cpd_signer_sign:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_signer_sign (CpdSigner *signer, const char *text, GError **error)
{
  const gnutls_datum_t data = { (unsigned char *) text, strlen (text) };
  gnutls_datum_t signature = { NULL, 0 };
  int code = gnutls_privkey_sign_data (signer->key, GNUTLS_DIG_SHA384, 0, &data, &signature);
  char *encoded;

  if (code != 0)
    {
      fail (error, "the assertion cannot be signed", code);
      return NULL;
    }
  encoded = signer->ecdsa ? raw_signature (&signature, error) : cpd_base64url (signature.data, signature.size);
  gnutls_free (signature.data);
  return encoded;
}
