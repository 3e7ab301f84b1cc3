/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-texts.h"

static void
test_size (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (search_texts); i++)
    {
      g_test_message ("%s", search_texts[i].text);
      g_assert_cmpint (cp_search_size (search_texts[i].text), ==, search_texts[i].size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/size", test_size);
  return g_test_run ();
}
