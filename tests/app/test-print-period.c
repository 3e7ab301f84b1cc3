/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a period is printed as it was when printing was asked for. Needs a display. */
#include <gtk/gtkunixprint.h>

#include "cpa-field.h"
#include "portal-kit.h"
#include "print-kit.h"
#include "reading-kit.h"

#define PRINT_CHANGED "What you wanted to print has changed. Please choose Print again."

static void
ask_to_print (Screen *screen)
{
  press (screen, "Print");
  WAIT_FOR (print_kit_is_enabled ("print"));
}

/* Up to and with that day. */
static void
choose_until (Screen *screen, const char *date)
{
  choose (screen, "Period", "Choose dates…");
  cpa_field_set_text (CPA_FIELD (find (screen->window, is_field, "until")), date);
  press (screen, "Show");
}

/* What comes after the question was asked: outside the period it changes nothing of what is printed, inside it does. */
static void
test_new (void)
{
  static const struct
  {
    const char *until;
    gboolean stays;
  } all[] = { { "2-3-2026", TRUE }, { "3-3-2026", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Screen screen = open_reading (NULL, "session", 1000);

      choose_until (&screen, all[i].until);
      ask_to_print (&screen);
      fixture_reading_add (fixture_api_get_reading (get_api (&screen)), "Net geschreven.");
      refresh (&screen);
      g_assert_true ((print_kit_dialog () != NULL) == all[i].stays);
      g_assert_true (tells (screen.window, PRINT_CHANGED) == !all[i].stays);
      if (all[i].stays)
        {
          print_kit_answer ("Save as PDF…");
          WAIT_FOR (GTK_IS_DIALOG (dialog_over (screen.window)));
          gtk_dialog_response (GTK_DIALOG (dialog_over (screen.window)), GTK_RESPONSE_CANCEL);
          settle ();
        }
      let_tooltip_come (screen.window);
      close_screen (&screen);
    }
}

static gboolean
is_printing (Screen *screen)
{
  return GTK_IS_PRINT_UNIX_DIALOG (dialog_over (screen->window));
}

static gboolean
keep_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer kept)
{
  return !g_set_object ((GtkPrintOperation **) kept, g_value_get_object (&values[0]));
}

/* As GTK tells what came of it; there is no printer here, so the dialog is left first. */
static void
end_printing (Screen *screen, GtkPrintOperationResult result)
{
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_signal_add_emission_hook (g_signal_lookup ("done", GTK_TYPE_PRINT_OPERATION), 0, keep_cb, &operation, NULL);
  gtk_dialog_response (GTK_DIALOG (dialog_over (screen->window)), GTK_RESPONSE_CANCEL);
  WAIT_FOR (operation != NULL && dialog_over (screen->window) == NULL);
  g_signal_emit_by_name (operation, "done", result);
  settle ();
}

/* There nothing is asked first: what was fetched before the printer failed is compared when it is tried again. */
static void
test_again_on_shared (void)
{
  Screen screen = open_reading ("many", "session-shared", 1000);

  press (&screen, "Print");
  WAIT_FOR (is_printing (&screen));
  end_printing (&screen, GTK_PRINT_OPERATION_RESULT_ERROR);
  print_kit_answer ("Try Again");
  WAIT_FOR (is_printing (&screen));
  end_printing (&screen, GTK_PRINT_OPERATION_RESULT_ERROR);
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 400);
  print_kit_answer ("Try Again");
  WAIT_FOR (tells (screen.window, PRINT_CHANGED));
  g_assert_null (dialog_over (screen.window));
  close_screen (&screen);
}

/* Whoever walks to the printer of many people reads it when they are back; at one's own a notice does. */
static void
test_sent (void)
{
  static const struct
  {
    const char *session;
    gboolean stays;
  } all[] = { { "session-shared", TRUE }, { "session", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Screen screen = open_reading ("many", all[i].session, 1000);

      press (&screen, "Print");
      if (!all[i].stays)
        {
          WAIT_FOR (print_kit_is_enabled ("print"));
          print_kit_answer ("Print…");
        }
      WAIT_FOR (is_printing (&screen));
      end_printing (&screen, GTK_PRINT_OPERATION_RESULT_APPLY);
      g_assert_true ((print_kit_dialog () != NULL) == all[i].stays);
      g_assert_true (tells (screen.window, "The print has been sent to the printer.") == !all[i].stays);
      if (all[i].stays)
        {
          g_assert_cmpstr (print_kit_body (), ==,
                           "Take your papers from the printer. Does no paper come? Ask an employee for help before you "
                           "log out. The print may still come later.");
          g_assert_false (tells (screen.window, "Take your papers from the printer."));
          print_kit_answer ("Close");
          g_assert_null (print_kit_dialog ());
        }
      close_screen (&screen);
    }
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/print-period/new", test_new },
    { "/print-period/again-on-shared", test_again_on_shared },
    { "/print-period/sent", test_sent },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
