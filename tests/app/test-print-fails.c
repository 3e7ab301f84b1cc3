/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said when a PDF cannot be made, as when there is no memory left for it, or not be saved, as when the disk is
 * full. Needs a display. */
#include <glib/gstdio.h>

#include "cpa-print-dialog.h"
#include "print-kit.h"
#include "save-kit.h"
#include "screen-kit.h"

/* In place of the real one; see meson.build. */
GBytes *__wrap_cpa_print_pdf_finish (CpaPrintPdf *self, GError **error);
GBytes *__real_cpa_print_pdf_finish (CpaPrintPdf *self, GError **error);

static gboolean can_be_made;

GBytes *
__wrap_cpa_print_pdf_finish (CpaPrintPdf *self, GError **error)
{
  if (can_be_made)
    return __real_cpa_print_pdf_finish (self, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as the test wants it");
  return NULL;
}

static void
present (Screen *screen)
{
  cpa_print_dialog_present (screen->page, screen->context,
                            cpa_print_job_new_period (screen->context, "report=general", "Reports", NULL, NULL));
  settle ();
  print_kit_answer ("Save as PDF…");
}

static void
test_pdf (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "never-made.pdf", NULL);

  can_be_made = FALSE;
  present (&screen);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "as the test wants it");
  print_kit_save (path);
  g_test_assert_expected_messages ();
  g_assert_nonnull (strstr (print_kit_body (), "This computer could not make the PDF. In the portal nothing is lost."));
  g_assert_nonnull (strstr (print_kit_body (), "Call the service desk: 088 000 12 00."));
  print_kit_answer ("Cancel");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close_screen (&screen);
}

static void
assert_disk_full (const char *before)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autofree char *folder = g_dir_make_tmp ("print-fails-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "all.pdf", NULL);

  can_be_made = TRUE;
  if (before != NULL)
    g_assert_true (g_file_set_contents (path, before, -1, NULL));
  present (&screen);
  save_kit_fill_disk (4000);
  print_kit_choose (path);
  if (before != NULL)
    save_kit_replace ();
  WAIT_FOR (print_kit_dialog () != NULL && print_kit_body () != NULL && strstr (print_kit_body (), "no room") != NULL);
  save_kit_empty_disk ();
  save_kit_assert_folder (folder, before != NULL ? "all.pdf" : NULL, before);
  print_kit_answer ("Cancel");
  close_screen (&screen);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_disk_full (void)
{
  assert_disk_full (NULL);
}

static void
test_disk_full_over_another (void)
{
  assert_disk_full ("before");
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/print-fails/pdf", test_pdf },
    { "/print-fails/disk-full", test_disk_full },
    { "/print-fails/disk-full-over-another", test_disk_full_over_another },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
