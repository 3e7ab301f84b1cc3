/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A preview of the print dialog is a file that another program is to show and to remove. Needs a display. */
#include <gtk/gtkunixprint.h>

#include "cpa-print-dialog.h"
#include "screen-kit.h"

static GtkWidget *
find_window (const char *type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (item->data), type) && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

/* As a printer that is chosen does: the dialog looks anew at what can be done. */
static void
change_capabilities (GtkPrintUnixDialog *dialog)
{
  GtkPrintCapabilities can = gtk_print_unix_dialog_get_manual_capabilities (dialog);

  gtk_print_unix_dialog_set_manual_capabilities (dialog, can ^ GTK_PRINT_CAPABILITY_COPIES);
}

static void
assert_no_preview (void)
{
  GtkWidget *dialog = find_window ("GtkPrintUnixDialog");
  GtkWidget *button;

  g_assert_nonnull (dialog);
  button = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_APPLY);
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_get_visible (button));
  change_capabilities (GTK_PRINT_UNIX_DIALOG (dialog));
  g_assert_false (gtk_widget_get_visible (button));
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  settle ();
}

static Screen
print_period (const char *session)
{
  Screen screen = open_screen ("start", "period", session, 1000);

  cpa_print_dialog_present (
      screen.page, screen.context,
      cpa_print_job_new_period (screen.context, "report=general", "Rapportage Algemeen", NULL, NULL));
  settle ();
  return screen;
}

static void
test_shared (void)
{
  Screen screen = print_period ("session-shared");

  /* No file either: without a printer there is nothing to choose. */
  g_assert_true (shows (find_window ("GtkPrintUnixDialog"), "Is there no printer in the list?"));
  assert_no_preview ();
  close_screen (&screen);
}

static void
test_own (void)
{
  Screen screen = print_period ("session");
  GtkWidget *button = find (find_window ("AdwMessageDialog"), is_button_named, "Print…");

  g_signal_emit_by_name (button, "clicked");
  settle ();
  g_assert_false (shows (find_window ("GtkPrintUnixDialog"), "Is there no printer in the list?"));
  assert_no_preview ();
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/print-preview/shared", test_shared },
    { "/print-preview/own", test_own },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
