/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-operation.h"

#include <glib/gi18n.h>

#include "cpa-print-paper.h"
#include "cpa-print-unix.h"

typedef struct
{
  CpaPrintDoc *doc;     /* (owned) */
  CpaPrintPaper *paper; /* (owned) (nullable): from begin-print on */
} Printing;

static void
printing_free (gpointer data)
{
  Printing *printing = data;

  g_clear_pointer (&printing->paper, cpa_print_paper_free);
  cpa_print_doc_unref (printing->doc);
  g_free (printing);
}

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, Printing *printing)
{
  g_autofree char *family = cpa_print_family ();

  g_clear_pointer (&printing->paper, cpa_print_paper_free);
  printing->paper = cpa_print_paper_new (printing->doc, family, gtk_print_context_get_width (context),
                                         gtk_print_context_get_height (context));
}

/* Called again, each time in a turn of the loop of its own, until it says TRUE. */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, Printing *printing)
{
  if (cpa_print_paper_lay_out (printing->paper))
    return FALSE;
  gtk_print_operation_set_n_pages (operation, (int) cpa_print_paper_get_n_pages (printing->paper));
  return TRUE;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Printing *printing)
{
  cpa_print_paper_draw (printing->paper, gtk_print_context_get_cairo_context (context), (guint) page);
}

static GtkPageSetup *
page_setup_new (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_top_margin (setup, CPA_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, CPA_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, CPA_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, CPA_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_paper_size_free (a4);
  return setup;
}

GtkPrintOperation *
cpa_print_operation_new (CpaPrintDoc *doc)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup_new ();
  Printing *printing = g_new0 (Printing, 1);

  printing->doc = cpa_print_doc_ref (doc);
  g_object_set_data_full (G_OBJECT (operation), "printing", printing, printing_free);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  /* Of what takes long, with a way to stop it. */
  gtk_print_operation_set_show_progress (operation, TRUE);
  /* Others see it in the queue of a printer: it names no client. */
  gtk_print_operation_set_job_name (operation, _ ("Client Portal"));
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), printing);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), printing);
  return operation;
}

void
cpa_print_operation_run (GtkPrintOperation *operation, GtkWindow *window, const char *note)
{
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window, NULL);
  cpa_print_unix_hide_preview (window);
  if (note != NULL)
    cpa_print_unix_say (window, note);
}

char *
cpa_print_family (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *name = NULL;
  PangoFontDescription *font;
  const char *family;
  char *result;

  if (settings == NULL)
    return g_strdup ("Sans");
  g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "Sans");
  family = pango_font_description_get_family (font);
  result = g_strdup (family != NULL ? family : "Sans");
  pango_font_description_free (font);
  return result;
}

void
cpa_print_operation_forbid_files (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-print-backends", "cups", NULL);
}
