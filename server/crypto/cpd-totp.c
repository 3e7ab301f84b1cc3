/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-totp.h"

#include <sodium.h>
#include <string.h>

#include "cpd-token.h"

#define STEP (30 * CP_TIME_SECOND)
#define DIGITS 6
#define MODULUS 1000000
#define SHA1_SIZE 20

/**
 * cpd_totp_new_seed:
 *
 * 160 random bits, as RFC 4226 recommends.
 */
void
cpd_totp_new_seed (guchar seed[CPD_TOTP_SEED_SIZE])
{
  randombytes_buf (seed, CPD_TOTP_SEED_SIZE);
}

/**
 * cpd_totp_code:
 *
 * The truncation of RFC 4226, 5.3, over the number of the step.
 *
 * Returns: (transfer full): six digits; free with cpd_secret_free().
 */
char *
cpd_totp_code (const guchar *seed, gsize size, gint64 step)
{
  guint64 counter = GUINT64_TO_BE ((guint64) step);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, seed, size);
  guint8 digest[SHA1_SIZE];
  gsize length = sizeof digest;
  guint offset;
  guint32 number;

  g_hmac_update (hmac, (const guchar *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &length);
  offset = digest[SHA1_SIZE - 1] & 0xf;
  number = ((digest[offset] & 0x7fu) << 24) | ((guint32) digest[offset + 1] << 16) |
           ((guint32) digest[offset + 2] << 8) | digest[offset + 3];
  return g_strdup_printf ("%0*u", DIGITS, number % MODULUS);
}

/**
 * cpd_totp_match:
 *
 * Returns: the step, or 0. Takes the same time whatever the code is.
 */
gint64
cpd_totp_match (const guchar *seed, gsize size, const char *code, CpTime now)
{
  gint64 match = 0;

  if (strlen (code) != DIGITS)
    return 0;
  for (gint64 step = now / STEP - 1; step <= now / STEP + 1; step++)
    {
      char *right = cpd_totp_code (seed, size, step);
      if (sodium_memcmp (right, code, DIGITS) == 0)
        match = step;
      cpd_secret_free (right);
    }
  return match;
}

/**
 * cpd_totp_key:
 *
 * Returns: (transfer full): 32 letters and digits; 160 bits need no padding.
 */
char *
cpd_totp_key (const guchar seed[CPD_TOTP_SEED_SIZE])
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  char *key = g_malloc (CPD_TOTP_SEED_SIZE * 8 / 5 + 1);
  guint n = 0;
  guint bits = 0;
  guint64 buffer = 0;

  for (guint i = 0; i < CPD_TOTP_SEED_SIZE; i++)
    {
      buffer = ((buffer << 8) | seed[i]) & 0xffffff;
      for (bits += 8; bits >= 5; bits -= 5)
        key[n++] = alphabet[(buffer >> (bits - 5)) & 0x1f];
    }
  key[n] = '\0';
  return key;
}

/**
 * cpd_totp_uri:
 * @organisation: the name that the app shows beside the code
 *
 * Returns: (transfer full): "otpauth://totp/..." as authenticator apps read it.
 */
char *
cpd_totp_uri (const char *key, const char *organisation, const char *username)
{
  g_autofree char *issuer = g_uri_escape_string (organisation, NULL, FALSE);
  g_autofree char *label = g_uri_escape_string (username, NULL, FALSE);

  return g_strdup_printf ("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d", issuer, label,
                          key, issuer, DIGITS, (int) (STEP / CP_TIME_SECOND));
}
