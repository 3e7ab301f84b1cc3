/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "cpa-private-files.h"

static const struct
{
  const char *title, *ending, *name;
} names[] = {
  { "Medicatieoverzicht", "pdf", "Medicatieoverzicht.pdf" },
  { "Overzicht.PDF", "pdf", "Overzicht.PDF" },
  { "brief", NULL, "brief" },
  { NULL, "png", "bijlage.png" },
  { "", NULL, "bijlage" },
  { "../../.bashrc", NULL, "_._.._.bashrc" },
  { ".verborgen", "pdf", "_verborgen.pdf" },
  { "een\nregel\\twee", "pdf", "een_regel_twee.pdf" },
  { "café", "pdf", "café.pdf" },
};

static void
test_names (void)
{
  g_autofree char *long_title = g_strnfill (4000, 'a');
  g_autofree char *long_name = cpa_private_files_name (long_title, "pdf");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = cpa_private_files_name (names[i].title, names[i].ending);

      g_assert_cmpstr (name, ==, names[i].name);
    }
  g_assert_cmpuint (strlen (long_name), <, 255);
}

static void
test_private_and_gone (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7", 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = cpa_private_files_add (bytes, "Overzicht", "pdf", &error);
  g_autoptr (GFile) other = cpa_private_files_add (bytes, "Overzicht", "pdf", NULL);
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_no_error (error);
  g_assert_false (g_file_equal (file, other));
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "%PDF-1.7");
  g_assert_cmpint (g_stat (g_file_peek_path (file), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (g_file_peek_path (parent), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_true (g_str_has_prefix (g_file_peek_path (file), g_get_user_runtime_dir ()));
  cpa_private_files_remove_all ();
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_false (g_file_query_exists (parent, NULL));
  /* Again, with nothing there. */
  cpa_private_files_remove_all ();
}

int
main (int argc, char **argv)
{
  g_autofree char *directory = g_dir_make_tmp ("private-XXXXXX", NULL);

  g_setenv ("XDG_RUNTIME_DIR", directory, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/private-files/names", test_names);
  g_test_add_func ("/private-files/private-and-gone", test_private_and_gone);
  return g_test_run ();
}
