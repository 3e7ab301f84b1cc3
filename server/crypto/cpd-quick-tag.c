/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-quick-tag.h"

#include <sodium.h>
#include <string.h>

#define STEP 2 /* words that are read at a time */
#define STEP_SIZE (STEP * sizeof (guint64))
#define BLOCK_SIZE (CPD_QUICK_WORDS * sizeof (guint64))

G_STATIC_ASSERT (CPD_QUICK_WORDS % STEP == 0);

__extension__ typedef unsigned __int128 Sum;

/* What a block adds up to, its size, and the tag of what came before it. */
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

static Sum
add_step (const guint64 *key, const guchar *data)
{
  guint64 words[STEP];

  memcpy (words, data, STEP_SIZE);
  return (Sum) (words[0] + key[0]) * (words[1] + key[1]);
}

/* NH of UMAC and VMAC (RFC 4418, 5.2) with words of 64 bits: two different blocks of one size add up to the same with
 * one key in 2^64. What is missing of the last step is 0. */
static Sum
add_up (const CpdQuickTag *quick, const guchar *data, gsize size)
{
  const guint64 *key = quick->words;
  guchar last[STEP_SIZE] = { 0 };
  Sum sum = 0;

  for (; size >= STEP_SIZE; data += STEP_SIZE, size -= STEP_SIZE, key += STEP)
    sum += add_step (key, data);
  if (size == 0)
    return sum;
  memcpy (last, data, size);
  return sum + add_step (key, last);
}

static guint64
chain (const CpdQuickTag *quick, guint64 before, const guchar *data, gsize size)
{
  const Link link = { add_up (quick, data, size), before, size };
  guint64 tag;

  G_STATIC_ASSERT (sizeof tag == crypto_shorthash_BYTES);
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

  for (; size > BLOCK_SIZE; at += BLOCK_SIZE, size -= BLOCK_SIZE)
    tag = chain (quick, tag, at, BLOCK_SIZE);
  return chain (quick, tag, at, size);
}
