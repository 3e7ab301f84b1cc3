/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-password.h"

#include <sodium.h>
#include <string.h>

/* What argon2id gets: the keyed hash in base64: text without NUL bytes. */
#define INPUT_SIZE sodium_base64_ENCODED_LEN (CPD_HASH_SIZE, sodium_base64_VARIANT_ORIGINAL)

static gboolean
peppered (const CpdKeys *keys, int pepper, const char *password, char input[INPUT_SIZE])
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
  gboolean known = normal != NULL && cpd_keys_pepper_hash (keys, pepper, normal, hash);

  if (known)
    sodium_bin2base64 (input, INPUT_SIZE, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
  if (normal != NULL)
    sodium_memzero (normal, strlen (normal));
  sodium_memzero (hash, sizeof hash);
  return known;
}

static char *
hash_input (CpdPasswordCost cost, const char *input)
{
  char *text = g_malloc (crypto_pwhash_STRBYTES);

  if (crypto_pwhash_str_alg (text, input, strlen (input), cost.passes, (gsize) cost.memory_mib * 1024 * 1024,
                             crypto_pwhash_ALG_ARGON2ID13) == 0)
    return text;
  g_free (text);
  return NULL;
}

/**
 * cpd_password_hash:
 * @password: any UTF-8, normalised here to NFC (NIST SP 800-63B)
 *
 * Returns: (transfer full): the text to store.
 */
char *
cpd_password_hash (const CpdKeys *keys, CpdPasswordCost cost, const char *password, GError **error)
{
  char input[INPUT_SIZE];
  char *text = NULL;

  if (peppered (keys, cpd_keys_pepper (keys), password, input))
    text = hash_input (cost, input);
  sodium_memzero (input, sizeof input);
  if (text == NULL)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_BUSY, "no memory to hash a password");
  return text;
}

/**
 * cpd_password_verify:
 * @hash: (nullable): NULL for an account that does not exist or has no password of its own
 * @like: (nullable): one of somebody else: what is tried for nobody costs what that one does, since many are of before
 *   the configuration was changed
 *
 * Costs the same time whether the account exists or not.
 */
gboolean
cpd_password_verify (const CpdKeys *keys, CpdPasswordCost cost, int pepper, const char *hash, const char *like,
                     const char *password)
{
  char input[INPUT_SIZE];
  gboolean known = peppered (keys, hash != NULL ? pepper : cpd_keys_pepper (keys), password, input);
  const char *tried = hash != NULL ? hash : like;
  const char *work = known ? input : "the same work for nobody";
  gboolean right = FALSE;

  if (tried != NULL)
    right = crypto_pwhash_str_verify (tried, work, strlen (work)) == 0;
  else
    g_free (hash_input (cost, work));
  sodium_memzero (input, sizeof input);
  return right && known && hash != NULL;
}

/**
 * cpd_password_is_old:
 *
 * Returns: whether the password should be hashed again at this login.
 */
gboolean
cpd_password_is_old (const CpdKeys *keys, CpdPasswordCost cost, int pepper, const char *hash)
{
  return pepper != cpd_keys_pepper (keys) ||
         crypto_pwhash_str_needs_rehash (hash, cost.passes, (gsize) cost.memory_mib * 1024 * 1024) != 0;
}
