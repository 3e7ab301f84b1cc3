/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-seen.h"

#define MANY 20000

/* The same as GLib's set says, with tags of which many have the same place. */
static void
test_as_a_set (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);
  CpdEhrSeen *seen = cpd_ehr_seen_new ();

  for (int i = 0; i < MANY; i++)
    {
      guint64 high = g_rand_int (rand) % 4096;
      guint64 tag = high << 52 | g_rand_int_range (rand, 0, 4);

      g_assert_true (cpd_ehr_seen_has (seen, tag) == g_hash_table_contains (set, GSIZE_TO_POINTER (tag)));
      g_assert_true (cpd_ehr_seen_add (seen, tag) == g_hash_table_add (set, GSIZE_TO_POINTER (tag)));
      g_assert_true (cpd_ehr_seen_has (seen, tag));
    }
  g_assert_cmpuint (g_hash_table_size (set), >, 10000);
  cpd_ehr_seen_free (seen);
}

/* The tag that stands for a free place, and those at the end of the places. */
static void
test_edges (void)
{
  static const guint64 tags[] = { 0, 1, G_MAXUINT64, G_MAXUINT64 - 1, G_MAXUINT64 - 2 };
  CpdEhrSeen *seen = cpd_ehr_seen_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_assert_false (cpd_ehr_seen_has (seen, tags[i]));
      g_assert_true (cpd_ehr_seen_add (seen, tags[i]));
      g_assert_false (cpd_ehr_seen_add (seen, tags[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    g_assert_true (cpd_ehr_seen_has (seen, tags[i]));
  cpd_ehr_seen_free (seen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ehr-seen/as-a-set", test_as_a_set);
  g_test_add_func ("/ehr-seen/edges", test_edges);
  return g_test_run ();
}
