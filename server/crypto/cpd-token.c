/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-token.h"

#include <sodium.h>
#include <string.h>

static char *
random_base64url (gsize size)
{
  guchar bytes[32];
  gsize length = sodium_base64_encoded_len (size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *text = g_malloc (length);

  g_assert (size <= sizeof bytes);
  randombytes_buf (bytes, size);
  sodium_bin2base64 (text, length, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bytes, sizeof bytes);
  return text;
}

/**
 * cpd_token_new:
 *
 * Returns: (transfer full): a token of 256 random bits; free with cpd_secret_free().
 */
char *
cpd_token_new (void)
{
  return random_base64url (32);
}

/**
 * cpd_token_new_id:
 *
 * Returns: (transfer full): a public id of 128 random bits.
 */
char *
cpd_token_new_id (void)
{
  return random_base64url (16);
}

/* Characters of an id that those beside it begin with: 24 bits. */
#define COMMON 4

/**
 * cpd_token_new_id_beside:
 * @id: of cpd_token_new_id()
 *
 * Who sees two of them can tell that they were written together, which is no secret to who may see both.
 *
 * Returns: (transfer full): a public id.
 */
char *
cpd_token_new_id_beside (const char *id)
{
  char *beside = cpd_token_new_id ();

  memcpy (beside, id, COMMON);
  return beside;
}

/* No letters or digits that look like each other: 32 signs, 5 bits each (Crockford's base 32 in lower case). */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * cpd_token_new_password:
 *
 * Returns: (transfer full): 80 random bits as "xxxx-xxxx-xxxx-xxxx"; free with cpd_secret_free().
 */
char *
cpd_token_new_password (void)
{
  GString *text = g_string_sized_new (20);

  for (int i = 0; i < 16; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, alphabet[randombytes_uniform (32)]);
    }
  return g_string_free (text, FALSE);
}

/**
 * cpd_token_new_digits:
 * @n: 1 to 9
 *
 * Returns: (transfer full): a code of so many uniform digits; free with cpd_secret_free().
 */
char *
cpd_token_new_digits (int n)
{
  guint32 bound = 1;

  for (int i = 0; i < n; i++)
    bound *= 10;
  return g_strdup_printf ("%0*u", n, randombytes_uniform (bound));
}
