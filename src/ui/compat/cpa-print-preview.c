/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A print operation keeps its dialog to itself, and has no way to be told that there is no preview. */
#include "cpa-print-preview.h"

#include <gtk/gtkunixprint.h>

void
cpa_print_preview_hide (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  /* A button that is only hidden comes back when a printer is chosen. */
  for (GList *item = toplevels; item != NULL; item = item->next)
    if (GTK_IS_PRINT_UNIX_DIALOG (item->data) && gtk_window_get_transient_for (item->data) == window)
      gtk_print_unix_dialog_set_manual_capabilities (
          item->data, gtk_print_unix_dialog_get_manual_capabilities (item->data) & ~GTK_PRINT_CAPABILITY_PREVIEW);
}
