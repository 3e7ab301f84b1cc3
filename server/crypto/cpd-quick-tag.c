/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-quick-tag.h"

#include <sodium.h>
#include <xxhash.h>

/**
 * cpd_quick_tag_init:
 * @quick: (out caller-allocates):
 * @purpose: a static name; another purpose has another secret
 */
void
cpd_quick_tag_init (CpdQuickTag *quick, const CpdKeys *keys, const char *purpose)
{
  guchar seed[CPD_HASH_SIZE];

  G_STATIC_ASSERT (sizeof seed == randombytes_SEEDBYTES);
  G_STATIC_ASSERT (sizeof quick->secret >= XXH3_SECRET_SIZE_MIN);
  cpd_keys_hash (keys, purpose, "", 0, seed);
  randombytes_buf_deterministic (quick->secret, sizeof quick->secret, seed);
  sodium_memzero (seed, sizeof seed);
}

/**
 * cpd_quick_tag:
 *
 * Returns: the tag of @size bytes.
 */
guint64
cpd_quick_tag (const CpdQuickTag *quick, const void *data, gsize size)
{
  return XXH3_64bits_withSecret (data, size, quick->secret, sizeof quick->secret);
}
