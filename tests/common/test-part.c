/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-part.h"

static void
test_names (void)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    {
      g_assert_cmpstr (cp_part_name (1u << i), ==, cp_part_names[i]);
      g_assert_cmpint (cp_part_from_name (cp_part_names[i]), ==, 1u << i);
    }
  g_assert_null (cp_part_names[CP_N_PARTS]);
  g_assert_cmpint (CP_PART_ALL, ==, (1u << CP_N_PARTS) - 1);
  g_assert_cmpstr (cp_part_name (CP_PART_DOSSIER), ==, "dossier");
}

static void
test_not_one_part (void)
{
  g_assert_null (cp_part_name (CP_PART_NONE));
  g_assert_null (cp_part_name (CP_PART_DOSSIER | CP_PART_PROFILE));
  g_assert_null (cp_part_name (1u << CP_N_PARTS));
  g_assert_cmpint (cp_part_from_name ("Dossier"), ==, CP_PART_NONE);
  g_assert_cmpint (cp_part_from_name (""), ==, CP_PART_NONE);
  g_assert_cmpint (cp_part_from_name (NULL), ==, CP_PART_NONE);
}

static void
test_lists (void)
{
  static const char *const none[] = {
    "", ",", "dossier,", "Dossier", "dossier profile", "dossier,,profile", "all", "dossier,dossier"
  };

  for (guint parts = 1; parts <= CP_PART_ALL; parts++)
    {
      g_autofree char *text = cp_parts_write (parts);

      g_assert_cmpuint (cp_parts_read (text), ==, parts);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpuint (cp_parts_read (none[i]), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/part/names", test_names);
  g_test_add_func ("/part/not-one-part", test_not_one_part);
  g_test_add_func ("/part/lists", test_lists);
  return g_test_run ();
}
