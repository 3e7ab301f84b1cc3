/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print dialog is a GtkDialog, which newer versions advise against. */
#include "cpa-print-preview.h"

void
cpa_print_preview_hide (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    {
      gboolean over = GTK_IS_DIALOG (item->data) && gtk_window_get_transient_for (item->data) == window;
      GtkWidget *button =
          over ? gtk_dialog_get_widget_for_response (GTK_DIALOG (item->data), GTK_RESPONSE_APPLY) : NULL;

      if (button != NULL)
        gtk_widget_set_visible (button, FALSE);
    }
}
