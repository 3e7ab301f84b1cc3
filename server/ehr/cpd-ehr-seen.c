/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-seen.h"

#define FIRST_BITS 10

/* The first bits of a tag are its place, or the next free one. */
struct _CpdEhrSeen
{
  guint64 *places; /* (owned): 0 is a free one */
  guint bits;      /* there are 2^bits, of which at least a quarter is free */
  gsize n;
  gboolean zero; /* the tag 0 is in the set */
};

/**
 * cpd_ehr_seen_new:
 *
 * Returns: (transfer full): an empty set.
 */
CpdEhrSeen *
cpd_ehr_seen_new (void)
{
  CpdEhrSeen *seen = g_new0 (CpdEhrSeen, 1);

  seen->bits = FIRST_BITS;
  seen->places = g_new0 (guint64, (gsize) 1 << seen->bits);
  return seen;
}

/**
 * cpd_ehr_seen_free:
 * @seen: (nullable):
 */
void
cpd_ehr_seen_free (CpdEhrSeen *seen)
{
  if (seen == NULL)
    return;
  g_free (seen->places);
  g_free (seen);
}

/* Where the tag is, or would be. */
static guint64 *
place_of (const CpdEhrSeen *seen, guint64 tag)
{
  gsize mask = ((gsize) 1 << seen->bits) - 1;
  gsize at = tag >> (64 - seen->bits);

  while (seen->places[at] != 0 && seen->places[at] != tag)
    at = (at + 1) & mask;
  return &seen->places[at];
}

static void
grow (CpdEhrSeen *seen)
{
  g_autofree guint64 *before = g_steal_pointer (&seen->places);
  gsize n = (gsize) 1 << seen->bits;

  seen->bits++;
  seen->places = g_new0 (guint64, 2 * n);
  for (gsize i = 0; i < n; i++)
    if (before[i] != 0)
      *place_of (seen, before[i]) = before[i];
}

/**
 * cpd_ehr_seen_add:
 *
 * Returns: TRUE for the first time.
 */
gboolean
cpd_ehr_seen_add (CpdEhrSeen *seen, guint64 tag)
{
  guint64 *place = place_of (seen, tag);
  gboolean first = tag == 0 ? !seen->zero : *place == 0;

  seen->zero = seen->zero || tag == 0;
  if (tag == 0 || !first)
    return first;
  *place = tag;
  if (++seen->n > ((gsize) 3 << seen->bits) / 4)
    grow (seen);
  return TRUE;
}

/**
 * cpd_ehr_seen_has:
 *
 * Returns: TRUE when it was added.
 */
gboolean
cpd_ehr_seen_has (const CpdEhrSeen *seen, guint64 tag)
{
  return tag == 0 ? seen->zero : *place_of (seen, tag) == tag;
}
