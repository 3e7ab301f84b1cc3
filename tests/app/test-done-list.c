/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-done-list.h"

static GString *undone;
static int freed;

static void
undo (gpointer data)
{
  g_string_append (undone, data);
}

static void
free_cb (gpointer data)
{
  freed++;
  g_free (data);
}

static CpaDoneList *
list_of (guint n)
{
  CpaDoneList *list = cpa_done_list_new ();

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *text = g_strdup_printf ("Change %u.", i);

      cpa_done_list_add (list, text, undo, g_strdup_printf ("%u", i), free_cb);
    }
  undone = g_string_new (NULL);
  freed = 0;
  return list;
}

static void
test_text (void)
{
  static const char *const texts[] = { "", "Change 1.", "Change 1.\nChange 2.",
                                       "Change 2.\nChange 3.\nAnd 1 change before that.",
                                       "Change 3.\nChange 4.\nAnd 2 changes before that." };

  for (guint n = 0; n < G_N_ELEMENTS (texts); n++)
    {
      g_autoptr (CpaDoneList) list = list_of (n);
      g_autofree char *text = cpa_done_list_get_text (list);

      g_assert_cmpstr (text, ==, texts[n]);
      g_assert_cmpuint (cpa_done_list_get_length (list), ==, n);
      g_string_free (undone, TRUE);
    }
}

/* Each once, however often one asks. */
static void
test_last_first (void)
{
  g_autoptr (CpaDoneList) list = list_of (3);

  cpa_done_list_undo (list);
  cpa_done_list_undo (list);
  g_assert_cmpstr (undone->str, ==, "321");
  g_assert_cmpint (freed, ==, 3);
  g_assert_cmpuint (cpa_done_list_get_length (list), ==, 0);
  g_string_free (undone, TRUE);
}

static void
test_forgotten (void)
{
  g_autoptr (CpaDoneList) list = list_of (2);

  cpa_done_list_clear (list);
  cpa_done_list_undo (list);
  g_assert_cmpstr (undone->str, ==, "");
  g_assert_cmpint (freed, ==, 2);
  g_string_free (undone, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/done-list/text", test_text);
  g_test_add_func ("/done-list/last-first", test_last_first);
  g_test_add_func ("/done-list/forgotten", test_forgotten);
  return g_test_run ();
}
