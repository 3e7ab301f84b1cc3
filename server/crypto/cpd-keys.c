/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-keys.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "cpd-private-file.h"

#define KEY_SIZE 32

typedef struct
{
  int id;
  guchar key[KEY_SIZE];
} CpdKey;

typedef struct
{
  CpdKey keys[CPD_KEYS_IN_RING]; /* ascending by id: the last one is for new values */
  int n;
} CpdKeyRing;

struct _CpdKeys
{
  CpdKeyRing pepper;
  CpdKeyRing hash; /* exactly one: rotating it would lose every index */
  CpdKeyRing seal;
  guchar tag[CPD_TAG_KEY_SIZE]; /* made of hash; asked for with each tag */
};

static const struct
{
  const char *group;
  gsize offset;
} rings[] = {
  { "pepper", G_STRUCT_OFFSET (CpdKeys, pepper) },
  { "hash", G_STRUCT_OFFSET (CpdKeys, hash) },
  { "seal", G_STRUCT_OFFSET (CpdKeys, seal) },
};

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "key file %s: %s", path, what);
  return FALSE;
}

static gboolean
check_private (const char *path, GError **error)
{
  const char *wrong = cpd_private_file_wrong (path);

  return wrong == NULL || fail (error, path, wrong);
}

static gboolean
read_key (CpdKeyRing *ring, GKeyFile *file, const char *group, const char *name, const char *path, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, name, NULL);
  CpdKey *key = &ring->keys[ring->n];
  gsize size;

  key->id = (int) g_ascii_strtoll (name, NULL, 10);
  if (key->id < 1 || key->id > CPD_KEY_MAX || (ring->n > 0 && key->id <= ring->keys[ring->n - 1].id))
    return fail (error, path, "names of keys are ascending numbers up to 255");
  if (sodium_base642bin (key->key, KEY_SIZE, text, strlen (text), NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL) !=
          0 ||
      size != KEY_SIZE)
    return fail (error, path, "a key is not 32 bytes in base64");
  ring->n++;
  sodium_memzero (text, strlen (text));
  return TRUE;
}

static gboolean
read_ring (CpdKeyRing *ring, GKeyFile *file, const char *group, const char *path, GError **error)
{
  gsize n;
  g_auto (GStrv) names = g_key_file_get_keys (file, group, &n, NULL);

  if (names == NULL || n == 0 || n > CPD_KEYS_IN_RING)
    return fail (
        error, path,
        "needs the groups [pepper], [hash] and [seal], each with 1 to " G_STRINGIFY (CPD_KEYS_IN_RING) " keys");
  for (gsize i = 0; i < n; i++)
    if (!read_key (ring, file, group, names[i], path, error))
      return FALSE;
  return TRUE;
}

static void
make_tag_key (CpdKeys *keys)
{
  guchar hash[CPD_HASH_SIZE];

  G_STATIC_ASSERT (CPD_TAG_KEY_SIZE == crypto_shorthash_siphashx24_KEYBYTES && CPD_TAG_KEY_SIZE <= CPD_HASH_SIZE);
  cpd_keys_hash (keys, "tag", "", 0, hash);
  memcpy (keys->tag, hash, CPD_TAG_KEY_SIZE);
  sodium_memzero (hash, sizeof hash);
}

/**
 * cpd_keys_load:
 *
 * Reads the key file; refuses one that others can read.
 *
 * Returns: (transfer full): the keys, or NULL with an error.
 */
CpdKeys *
cpd_keys_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (CpdKeys) keys = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  if (!check_private (path, error) || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;
  keys = sodium_malloc (sizeof (CpdKeys));
  memset (keys, 0, sizeof (CpdKeys));
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    if (!read_ring (G_STRUCT_MEMBER_P (keys, rings[i].offset), file, rings[i].group, path, error))
      return NULL;
  make_tag_key (keys);
  sodium_mprotect_readonly (keys);
  return g_steal_pointer (&keys);
}

/**
 * cpd_keys_generate:
 *
 * Makes a key file that only its owner can read. An existing file is never replaced: what it sealed would be lost.
 */
gboolean
cpd_keys_generate (const char *path, GError **error)
{
  g_autoptr (GString) text =
      g_string_new ("# Keys of clientportaald. Keep a copy apart from the backups of the database.\n");
  int fd;
  gboolean written;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      guchar key[KEY_SIZE];
      char encoded[sodium_base64_ENCODED_LEN (KEY_SIZE, sodium_base64_VARIANT_ORIGINAL)];
      randombytes_buf (key, sizeof key);
      sodium_bin2base64 (encoded, sizeof encoded, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
      g_string_append_printf (text, "\n[%s]\n1=%s\n", rings[i].group, encoded);
      sodium_memzero (key, sizeof key);
      sodium_memzero (encoded, sizeof encoded);
    }
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, path, g_strerror (errno));
  written = write (fd, text->str, text->len) == (gssize) text->len && fsync (fd) == 0;
  sodium_memzero (text->str, text->len);
  return g_close (fd, NULL) && written ? TRUE : fail (error, path, "cannot be written");
}

/**
 * cpd_keys_free:
 * @keys: (nullable): wiped
 */
void
cpd_keys_free (CpdKeys *keys)
{
  if (keys != NULL)
    sodium_free (keys);
}

static void
keyed_hash (const guchar *key, const char *purpose, const void *data, gsize size, guchar out[CPD_HASH_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, key, KEY_SIZE, CPD_HASH_SIZE);
  crypto_generichash_update (&state, (const guchar *) purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, data, size);
  crypto_generichash_final (&state, out, CPD_HASH_SIZE);
  sodium_memzero (&state, sizeof state);
}

/**
 * cpd_keys_hash:
 * @purpose: a static name; the same data for another purpose gives another hash
 *
 * For values that are looked up but must not be readable: tokens, codes, identifiers, names in throttles.
 */
void
cpd_keys_hash (const CpdKeys *keys, const char *purpose, const void *data, gsize size, guchar out[CPD_HASH_SIZE])
{
  keyed_hash (keys->hash.keys[keys->hash.n - 1].key, purpose, data, size, out);
}

/**
 * cpd_keys_pepper:
 *
 * Returns: the number of the pepper for new password hashes.
 */
int
cpd_keys_pepper (const CpdKeys *keys)
{
  return keys->pepper.keys[keys->pepper.n - 1].id;
}

/**
 * cpd_keys_seal_id:
 */
int
cpd_keys_seal_id (const CpdKeys *keys)
{
  return keys->seal.keys[keys->seal.n - 1].id;
}

/**
 * cpd_keys_has_older_seal:
 */
gboolean
cpd_keys_has_older_seal (const CpdKeys *keys)
{
  return keys->seal.n > 1;
}

static const CpdKey *
find_key (const CpdKeyRing *ring, int id)
{
  for (int i = 0; i < ring->n; i++)
    if (ring->keys[i].id == id)
      return &ring->keys[i];
  return NULL;
}

/**
 * cpd_keys_pepper_hash:
 *
 * Returns: FALSE when the key file has no pepper @id any more.
 */
gboolean
cpd_keys_pepper_hash (const CpdKeys *keys, int id, const char *password, guchar out[CPD_HASH_SIZE])
{
  const CpdKey *key = find_key (&keys->pepper, id);

  if (key == NULL)
    return FALSE;
  keyed_hash (key->key, "password", password, strlen (password), out);
  return TRUE;
}

/* A sealed value: key number (1 byte), nonce, ciphertext with its tag. */
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

static GBytes *
seal (const CpdKey *key, const char *purpose, const guchar nonce[NONCE_SIZE], const void *data, gsize size)
{
  gsize total = 1 + NONCE_SIZE + size + TAG_SIZE;
  guchar *sealed = g_malloc (total);

  sealed[0] = (guchar) key->id;
  memcpy (sealed + 1, nonce, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + 1 + NONCE_SIZE, NULL, data, size, (const guchar *) purpose,
                                              strlen (purpose), NULL, sealed + 1, key->key);
  return g_bytes_new_take (sealed, total);
}

/**
 * cpd_keys_seal:
 * @purpose: a static name, checked again by cpd_keys_unseal()
 *
 * Returns: (transfer full): the sealed value.
 */
GBytes *
cpd_keys_seal (const CpdKeys *keys, const char *purpose, const void *data, gsize size)
{
  guchar nonce[NONCE_SIZE];

  randombytes_buf (nonce, sizeof nonce);
  return seal (&keys->seal.keys[keys->seal.n - 1], purpose, nonce, data, size);
}

/**
 * cpd_keys_seal_alike:
 * @purpose: a static name, checked again by cpd_keys_unseal()
 *
 * As cpd_keys_seal(), but the same data gives the same sealed value, so that two answers can be compared. The nonce is
 * a keyed hash of the data: it repeats only with them.
 *
 * Returns: (transfer full): the sealed value.
 */
GBytes *
cpd_keys_seal_alike (const CpdKeys *keys, const char *purpose, const void *data, gsize size)
{
  guchar hash[CPD_HASH_SIZE];

  G_STATIC_ASSERT (CPD_HASH_SIZE >= NONCE_SIZE);
  cpd_keys_hash (keys, purpose, data, size, hash);
  return seal (&keys->seal.keys[keys->seal.n - 1], purpose, hash, data, size);
}

/**
 * cpd_keys_unseal:
 *
 * Returns: (transfer full): what was sealed, or NULL with an error.
 */
GBytes *
cpd_keys_unseal (const CpdKeys *keys, const char *purpose, const void *sealed, gsize size, GError **error)
{
  const guchar *bytes = sealed;
  const CpdKey *key = size > 1 + NONCE_SIZE + TAG_SIZE ? find_key (&keys->seal, bytes[0]) : NULL;
  g_autofree guchar *data = NULL;
  unsigned long long length;

  if (key != NULL)
    {
      data = g_malloc (size);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (data, &length, NULL, bytes + 1 + NONCE_SIZE,
                                                      size - 1 - NONCE_SIZE, (const guchar *) purpose, strlen (purpose),
                                                      bytes + 1, key->key) == 0)
        return g_bytes_new_take (g_steal_pointer (&data), length);
    }
  g_set_error_literal (error, CP_ERROR, CP_ERROR_INTERNAL, "a sealed value does not open with this key file");
  return NULL;
}

/**
 * cpd_keys_derive:
 * @purpose: a static name, beside those of cpd_keys_seal()
 *
 * Returns: the id of the key that @out was made of.
 */
int
cpd_keys_derive (const CpdKeys *keys, int id, const char *purpose, guchar out[CPD_HASH_SIZE])
{
  const CpdKey *key = find_key (&keys->seal, id != 0 ? id : keys->seal.keys[keys->seal.n - 1].id);

  if (key == NULL)
    return 0;
  keyed_hash (key->key, purpose, "", 0, out);
  return key->id;
}

/**
 * cpd_keys_tag_key:
 * @key: (out): for cpd_tag(); the same as long as the key file is
 */
void
cpd_keys_tag_key (const CpdKeys *keys, guchar key[CPD_TAG_KEY_SIZE])
{
  memcpy (key, keys->tag, CPD_TAG_KEY_SIZE);
}

/**
 * cpd_tag:
 *
 * SipHash-2-4 with 128 bits: to tell whether two texts are the same, for whoever does not have the key.
 */
void
cpd_tag (const guchar key[CPD_TAG_KEY_SIZE], const void *data, gsize size, guchar out[CPD_TAG_SIZE])
{
  G_STATIC_ASSERT (CPD_TAG_SIZE == crypto_shorthash_siphashx24_BYTES);
  crypto_shorthash_siphashx24 (out, data, size, key);
}

/**
 * cpd_hash:
 *
 * BLAKE2b-256 without a key: to tell whether something changed.
 */
void
cpd_hash (const void *data, gsize size, guchar out[CPD_HASH_SIZE])
{
  crypto_generichash (out, CPD_HASH_SIZE, data, size, NULL, 0);
}
