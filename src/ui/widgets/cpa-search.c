/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-search.h"

static void
stop_cb (GtkWidget *entry)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_widget_activate_action (entry, "main.back", NULL);
}

void
cpa_search_set_escape (GtkWidget *entry)
{
  g_signal_connect (entry, "stop-search", G_CALLBACK (stop_cb), NULL);
}
