/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkFileChooserNative, which GTK 4.8 has; newer versions have another way. */
#include "cpa-file-chooser.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkNativeDialog *dialog; /* (owned) */
  CpaFileChosen chosen;
  gpointer user_data;
  GDestroyNotify destroy;
} Choice;

static void
choice_free (Choice *choice)
{
  gtk_native_dialog_destroy (choice->dialog);
  g_object_unref (choice->dialog);
  if (choice->destroy != NULL)
    choice->destroy (choice->user_data);
  g_free (choice);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  choice->chosen (file, choice->user_data);
  choice_free (choice);
}

void
cpa_choose_save_file (GtkWindow *parent, const char *title, const char *name, CpaFileChosen chosen, gpointer user_data,
                      GDestroyNotify destroy)
{
  GtkFileChooserNative *native =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  Choice *choice = g_new0 (Choice, 1);

  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  choice->dialog = GTK_NATIVE_DIALOG (native);
  choice->chosen = chosen;
  choice->user_data = user_data;
  choice->destroy = destroy;
  g_signal_connect (native, "response", G_CALLBACK (response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
