/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print-kit.h"

#include <adwaita.h>

#include "cpa-print-operation.h"
#include "screen-kit.h"

char *
print_kit_run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  char *output;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

GStrv
print_kit_read (const char *path)
{
  const char *arguments[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *text = print_kit_run (arguments);
  char **pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages);

  g_assert_cmpint (n, >, 1);
  g_free (pages[n - 1]);
  pages[n - 1] = NULL;
  return pages;
}

CpaPrintPaper *
print_kit_lay_out (CpaPrintDoc *doc)
{
  g_autofree char *family = cpa_print_family ();
  CpaPrintPaper *paper = cpa_print_paper_new_a4 (doc, family);

  while (cpa_print_paper_lay_out (paper))
    ;
  return paper;
}

guint
print_kit_count (CpaPrintDoc *doc)
{
  g_autoptr (CpaPrintPaper) paper = print_kit_lay_out (doc);

  return cpa_print_paper_get_n_pages (paper);
}

GBytes *
print_kit_pdf (CpaPrintPaper *paper)
{
  g_autoptr (CpaPrintPdf) pdf = cpa_print_pdf_new (paper);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  while (cpa_print_pdf_draw (pdf))
    ;
  bytes = cpa_print_pdf_finish (pdf, &error);
  g_assert_no_error (error);
  return bytes;
}

GtkWidget *
print_kit_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data) && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

gboolean
print_kit_is_enabled (const char *response)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (print_kit_dialog ()), response);
}

const char *
print_kit_body (void)
{
  return adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (print_kit_dialog ()));
}

void
print_kit_answer (const char *name)
{
  GtkWidget *button = find (print_kit_dialog (), is_button_named, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

static GtkWidget *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GTK_IS_FILE_CHOOSER_DIALOG (item->data))
      return item->data;
  return NULL;
}

void
print_kit_choose (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  GtkWidget *chooser = find_chooser ();

  g_assert_nonnull (chooser);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), place, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  settle ();
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
}

void
print_kit_save (const char *path)
{
  print_kit_choose (path);
  /* The chooser answers when it has looked at the folder. */
  for (guint i = 0; i < 100 && !g_file_test (path, G_FILE_TEST_EXISTS); i++)
    settle ();
  settle ();
}
