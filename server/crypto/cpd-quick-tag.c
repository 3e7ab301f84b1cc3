/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-quick-tag.h"

#include <sodium.h>
#include <string.h>

#define BLOCK (CPD_QUICK_WORDS * sizeof (guint64))
#define PAIR (2 * sizeof (guint64))

__extension__ typedef unsigned __int128 Sum;

/* What has been read, and of how many bytes: what SipHash makes of it goes into the next. */
typedef struct
{
  Sum sum;
  guint64 before;
  guint64 size;
} Link;

/**
 * cpd_quick_tag_init:
 * @quick: (out caller-allocates):
 */
void
cpd_quick_tag_init (CpdQuickTag *quick, const CpdKeys *keys)
{
  guchar seed[CPD_HASH_SIZE];

  G_STATIC_ASSERT (sizeof seed == randombytes_SEEDBYTES);
  cpd_keys_hash (keys, "quick-tag", "", 0, seed);
  randombytes_buf_deterministic (quick, sizeof *quick, seed);
  sodium_memzero (seed, sizeof seed);
}

/* NH of UMAC and VMAC (RFC 4418, 5.2) with words of 64 bits: of two different blocks of one size the sums are the same
 * for at most one key in 2^64. size: a multiple of that of a pair. */
static Sum
add_up (const CpdQuickTag *quick, const guchar *data, gsize size)
{
  const guint64 *key = quick->words;
  Sum sum = 0;

  for (const guchar *end = data + size; data < end; data += PAIR, key += 2)
    {
      guint64 pair[2];

      memcpy (pair, data, PAIR);
      sum += (Sum) (pair[0] + key[0]) * (pair[1] + key[1]);
    }
  return sum;
}

static guint64
chain (const CpdQuickTag *quick, guint64 before, Sum sum, gsize size)
{
  const Link link = { sum, before, size };
  guint64 tag;

  G_STATIC_ASSERT (sizeof link == 2 * PAIR && sizeof tag == crypto_shorthash_BYTES);
  crypto_shorthash ((guchar *) &tag, (const guchar *) &link, sizeof link, quick->key);
  return tag;
}

/**
 * cpd_quick_tag:
 *
 * Returns: the tag of @size bytes.
 */
guint64
cpd_quick_tag (const CpdQuickTag *quick, const void *data, gsize size)
{
  const guchar *at = data;
  guint64 tag = 0;
  gsize whole;
  guchar last[PAIR] = { 0 };
  Sum sum;

  for (; size > BLOCK; at += BLOCK, size -= BLOCK)
    tag = chain (quick, tag, add_up (quick, at, BLOCK), BLOCK);
  whole = size - size % PAIR;
  sum = add_up (quick, at, whole);
  if (size > whole)
    {
      guint64 pair[2];

      memcpy (last, at + whole, size - whole);
      memcpy (pair, last, PAIR);
      sum += (Sum) (pair[0] + quick->words[whole / sizeof (guint64)]) *
             (pair[1] + quick->words[whole / sizeof (guint64) + 1]);
    }
  return chain (quick, tag, sum, size);
}
