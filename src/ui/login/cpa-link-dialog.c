/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-link-dialog.h"

#include <glib/gi18n.h>

#include "cpa-dialog.h"
#include "cpa-fill.h"

static GtkWidget *
new_dialog (GtkWindow *parent, const char *title, const char *text, const char *cancel, const char *id,
            const char *label)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, title, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", cancel);
  if (id != NULL)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), id, label);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  cpa_dialog_present (dialog);
  return dialog;
}

void
cpa_link_dialog_refuse (GtkWindow *parent)
{
  new_dialog (parent, _ ("This Link Does Not Belong to the Portal"),
              _ ("We did not open anything. Your data is safe. Open the link in the e-mail of your care organization "
                 "again, or type the address yourself."),
              _ ("Back"), NULL, NULL);
}

GtkWidget *
cpa_link_dialog_other (GtkWindow *parent, const char *address, const char *organisation)
{
  g_autofree char *text = cpa_fill (
      _ ("This link belongs to {address}, not to {organization}. We did not open anything. Do you want to use "
         "that care organization?"),
      "address", address, "organization", organisation, NULL);

  return new_dialog (parent, _ ("Another Care Organization?"), text, _ ("Cancel"), "use", _ ("Use That One"));
}

GtkWidget *
cpa_link_dialog_log_out (GtkWindow *parent)
{
  return new_dialog (
      parent, _ ("Log Out and Open the Link?"),
      _ ("You are logged in. The link from your e-mail is opened after you have been logged out. What you "
         "have typed and not yet saved is lost then."),
      _ ("Cancel"), "log-out", _ ("Log Out"));
}
