/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A print operation keeps its dialog to itself: it has no way to be told that there is no preview, or what to say. */
#include "cpa-print-unix.h"

#include <gtk/gtkunixprint.h>

#include "cpa-label.h"

#define MARGIN 12

/* (transfer none) (nullable): none where the desktop itself shows one. */
static GtkWidget *
find_dialog (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (GTK_IS_PRINT_UNIX_DIALOG (item->data) && gtk_window_get_transient_for (item->data) == window)
      return item->data;
  return NULL;
}

void
cpa_print_unix_hide_preview (GtkWindow *window)
{
  GtkPrintUnixDialog *dialog = GTK_PRINT_UNIX_DIALOG (find_dialog (window));

  /* A button that is only hidden comes back when a printer is chosen. */
  if (dialog != NULL)
    gtk_print_unix_dialog_set_manual_capabilities (dialog, gtk_print_unix_dialog_get_manual_capabilities (dialog) &
                                                               ~GTK_PRINT_CAPABILITY_PREVIEW);
}

void
cpa_print_unix_say (GtkWindow *window, const char *text)
{
  GtkWidget *dialog = find_dialog (window);
  GtkWidget *label;

  if (dialog == NULL)
    return;
  label = cpa_label_new (text, NULL);
  gtk_widget_set_margin_start (label, MARGIN);
  gtk_widget_set_margin_end (label, MARGIN);
  gtk_widget_set_margin_bottom (label, MARGIN);
  gtk_box_append (GTK_BOX (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), label);
}
