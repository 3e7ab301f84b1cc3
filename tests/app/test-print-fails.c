/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said when a PDF cannot be made, as when there is no memory left for it. Needs a display. */
#include "cpa-print-dialog.h"
#include "print-kit.h"
#include "screen-kit.h"

/* In place of the real one; see meson.build. */
GBytes *__wrap_cpa_print_pdf_finish (CpaPrintPdf *self, GError **error);

GBytes *
__wrap_cpa_print_pdf_finish (CpaPrintPdf *self, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as the test wants it");
  return NULL;
}

static void
test_pdf (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "never-made.pdf", NULL);

  cpa_print_dialog_present (screen.page, screen.context,
                            cpa_print_job_new_period (screen.context, "report=general", "Reports", NULL, NULL));
  settle ();
  print_kit_answer ("Save as PDF…");
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "as the test wants it");
  print_kit_save (path);
  g_test_assert_expected_messages ();
  g_assert_nonnull (strstr (print_kit_body (), "This computer could not make the PDF. In the portal nothing is lost."));
  g_assert_nonnull (strstr (print_kit_body (), "Call the service desk: 088 000 12 00."));
  print_kit_answer ("Cancel");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/print-fails/pdf", test_pdf },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
