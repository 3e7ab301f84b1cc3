/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that a run has met: whatever was added, was only put down, and was asked for in between, the answers are
 * those of a set. */
#include "cpd-ehr-seen.h"

#define N_KEYS 20000

static gsize
key_of (GRand *rand, gboolean one_heap)
{
  gsize key = (gsize) g_rand_int (rand) << 32 | g_rand_int (rand);

  return one_heap ? key >> 16 : key;
}

/* Each key comes up to three times, the first time by a line that is taken over or by one that is read. */
static void
test_as_a_set (gconstpointer data)
{
  gboolean one_heap = GPOINTER_TO_INT (data);
  g_autoptr (CpdEhrSeen) seen = cpd_ehr_seen_new ();
  g_autoptr (GHashTable) taken_over = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) all = g_hash_table_new (NULL, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree gsize *keys = g_new (gsize, N_KEYS);

  for (guint i = 0; i < N_KEYS; i++)
    {
      guint what = g_rand_int_range (rand, 0, 10);

      keys[i] = i > 0 && what == 0 ? keys[g_rand_int_range (rand, 0, (gint32) i)] : key_of (rand, one_heap);
      g_assert_cmpint (cpd_ehr_seen_has (seen, keys[i]), ==, g_hash_table_contains (all, GSIZE_TO_POINTER (keys[i])));
      g_assert_cmpint (cpd_ehr_seen_was_added (seen, keys[i]), ==,
                       g_hash_table_contains (all, GSIZE_TO_POINTER (keys[i])) &&
                           !g_hash_table_contains (taken_over, GSIZE_TO_POINTER (keys[i])));
      if (what > 1 && !g_hash_table_contains (all, GSIZE_TO_POINTER (keys[i])))
        {
          cpd_ehr_seen_take_over (seen, keys[i]);
          g_hash_table_add (taken_over, GSIZE_TO_POINTER (keys[i]));
          g_hash_table_add (all, GSIZE_TO_POINTER (keys[i]));
        }
      else
        g_assert_cmpint (cpd_ehr_seen_add (seen, keys[i]), ==, g_hash_table_add (all, GSIZE_TO_POINTER (keys[i])));
    }
  g_assert_cmpuint (g_hash_table_size (taken_over), >, N_KEYS / 2);
  g_assert_cmpuint (g_hash_table_size (taken_over), <, g_hash_table_size (all));
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_assert_true (cpd_ehr_seen_has (seen, keys[i]));
      g_assert_false (cpd_ehr_seen_add (seen, keys[i]));
      g_assert_false (cpd_ehr_seen_has (seen, keys[i] ^ 1));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/ehr-seen/spread", GINT_TO_POINTER (FALSE), test_as_a_set);
  g_test_add_data_func ("/ehr-seen/one_heap", GINT_TO_POINTER (TRUE), test_as_a_set);
  return g_test_run ();
}
