/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-dialog.h"

#include <glib/gi18n.h>

#include "cpa-label.h"

void
cpa_dialog_name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      cpa_name (widget, gtk_button_get_label (GTK_BUTTON (widget)), NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cpa_dialog_name_buttons (child);
}

void
cpa_dialog_present (GtkWidget *dialog)
{
  cpa_dialog_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cpa_dialog_tell (GtkWindow *window, const char *title, const char *text)
{
  GtkWidget *dialog = adw_message_dialog_new (window, title, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  cpa_dialog_present (dialog);
}

void
cpa_dialog_close_all (GtkWindow *window, GtkWidget *but)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == window && item->data != (gpointer) but)
      gtk_window_destroy (item->data);
}

GtkWidget *
cpa_dialog_question_new (GtkWindow *window, const char *heading, const char *text, const char *response,
                         const char *label)
{
  GtkWidget *dialog = adw_message_dialog_new (window, heading, text);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), response, label, NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

void
cpa_dialog_empty_clipboards (GtkWindow *window)
{
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL);
  gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (GTK_WIDGET (window)), NULL);
}
