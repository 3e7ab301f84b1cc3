/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As much as can be printed: no part of the work holds up the window. Needs a display. */
#include <glib/gstdio.h>
#include <string.h>

#include "cpa-print-dialog.h"
#include "cpa-print-operation.h"
#include "cpa-print-text.h"
#include "fixture-api.h"
#include "print-kit.h"
#include "screen-kit.h"

#define LARGE_REPORTS 2000
#define LONG_LINES 1000

/* As many reports as can be printed, the last as long as a text may well be. */
static CpaPrintJob *
large_job (CpaContext *context)
{
  CpaPrintJob *job = cpa_print_job_new_period (context, "", "Rapportage Algemeen", "2025", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  job->blocks = cpa_print_blocks_new ();
  for (int i = 0; i < LARGE_REPORTS; i++)
    {
      cpa_print_take (job->blocks, CPA_PRINT_SUBHEADING, 0, g_strdup_printf ("Verslag %d", i));
      cpa_print_add (job->blocks, CPA_PRINT_BODY, 0,
                     "Mevrouw is vanmorgen gewassen en aangekleed en heeft goed ontbeten. Daarna liep zij met de "
                     "rollator naar de huiskamer, waar zij de krant las en koffie dronk met haar zus.");
    }
  for (int i = 0; i < LONG_LINES; i++)
    g_string_append_printf (text, "Regel %d van een lang verslag, die op een regel past.\n", i);
  cpa_print_add (job->blocks, CPA_PRINT_BODY, 0, text->str);
  return job;
}

/* No part of the work takes long, however much there is: counted, as the clock of a busy computer tells nothing. */
static void
test_slices (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autoptr (CpaPrintJob) job = large_job (screen.context);
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, screen.context);
  g_autofree char *family = cpa_print_family ();
  g_autoptr (CpaPrintPaper) paper = cpa_print_paper_new_a4 (doc, family);
  g_autoptr (CpaPrintPdf) pdf = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize done = 0;
  guint drawn = 0;
  gboolean more;

  do
    {
      more = cpa_print_paper_lay_out (paper);
      g_assert_cmpint (cpa_print_paper_get_done (paper), >, done);
      g_assert_cmpint (cpa_print_paper_get_done (paper) - done, <=, 2 * CPA_PRINT_SLICE);
      done = cpa_print_paper_get_done (paper);
    }
  while (more);
  g_assert_cmpint (done, ==, cpa_print_paper_get_total (paper));
  pdf = cpa_print_pdf_new (paper);
  do
    {
      more = cpa_print_pdf_draw (pdf);
      g_assert_cmpint (cpa_print_pdf_get_drawn (pdf) - drawn, <=, CPA_PRINT_PDF_PAGES);
      drawn = cpa_print_pdf_get_drawn (pdf);
    }
  while (more);
  g_assert_cmpint (drawn, ==, cpa_print_paper_get_n_pages (paper));
  bytes = cpa_print_pdf_finish (pdf, NULL);
  g_assert_nonnull (bytes);
  close_screen (&screen);
}

/* A text that is laid out in parts has each of its lines once, below each other. */
static void
test_long_text (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autoptr (CpaPrintJob) job = large_job (screen.context);
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, screen.context);
  g_autofree char *folder = g_dir_make_tmp ("print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.pdf", NULL);
  g_autoptr (CpaPrintPaper) paper = print_kit_lay_out (doc);
  g_autoptr (GBytes) pdf = print_kit_pdf (paper);
  g_auto (GStrv) pages = NULL;
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  pages = print_kit_read (path);
  g_unlink (path);
  g_rmdir (folder);
  g_assert_cmpint (g_strv_length (pages), ==, cpa_print_paper_get_n_pages (paper));
  at = text = g_strjoinv ("\n", pages);
  for (int i = 0; i < LONG_LINES; i++)
    {
      g_autofree char *line = g_strdup_printf ("Regel %d van een lang", i);

      at = strstr (at, line);
      g_assert_nonnull (at);
    }
  close_screen (&screen);
}

/* How far it is stands in the dialog; closing that stops it. */
static void
test_dialog_large (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  for (int i = 0; i < 2; i++)
    {
      cpa_print_dialog_present (screen.page, screen.context, large_job (screen.context));
      g_assert_false (print_kit_is_enabled ("print"));
      while (strstr (print_kit_body (), "De bladzijden worden gemaakt") == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_false (print_kit_is_enabled ("save"));
      if (i == 0)
        gtk_window_close (GTK_WINDOW (print_kit_dialog ()));
      settle ();
    }
  while (!print_kit_is_enabled ("print"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (print_kit_body (), "Dit zijn "));
  print_kit_answer ("Annuleren");
  g_assert_null (print_kit_dialog ());
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  g_test_add_func ("/print-large/slices", test_slices);
  g_test_add_func ("/print-large/long-text", test_long_text);
  g_test_add_func ("/print-large/dialog", test_dialog_large);
  return g_test_run ();
}
