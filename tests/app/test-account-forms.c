/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The windows of Profielinstellingen: what is wrong is said where it stands, and what was saved is told. Needs a
 * display. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "cp-changes.h"
#include "cp-time.h"
#include "cpa-ask.h"
#include "cpa-field-text.h"
#include "cpa-page.h"
#include "people-kit.h"
#include "print-kit.h"

static void
test_each_rule (void)
{
  static const char long_name[] = "Wilhelmina Alexandra Johanna van Heemstra Oosterhout de Bruin Hofstra van den Berg "
                                  "Westerlaken tot Xy";
  static const struct
  {
    const char *field, *text, *sentence; /* NULL: nothing is wrong */
  } cases[] = {
    { "own-name", "", "Fill in your name." },
    { "own-name", long_name, "This is 1 character too long. At most 100 fit." },
    { "own-name", "123",
      "There are characters in this text that we cannot keep. Type the text again or leave them out." },
    { "own-name", "Wil", NULL },
    { "own-email", "", "Fill in your e-mail address." },
    { "own-email", "wil", "This is not an e-mail address. An e-mail address looks like this: naam@example.org" },
    { "own-email", "a b@c.example", "Fill in one e-mail address, without spaces." },
    { "own-email", "wil@debruin.example", NULL },
    { "own-username", "", "Fill in your username." },
    { "own-username", "wat dan ook", NULL },
    { "device-name", "", "Give this device a name, for example: laptop at home." },
    { "device-name", long_name, "This is 1 character too long. At most 100 fit." },
    { "device-name", "laptop", NULL },
    { "email", "", "Fill in the e-mail address. Without it the invitation cannot be sent." },
    { "mobile", "bel mij", "This is not a phone number. A mobile number looks like this: 06 12 34 56 78" },
    { "mobile", "06 12 34 56 78", NULL },
    { "relation", "", "Choose the relation." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wrong = cpa_field_check (cases[i].field, cases[i].text);

      g_assert_cmpstr (wrong, ==, cases[i].sentence);
    }
  /* What the server says: of one's own address no reason. */
  g_assert_cmpstr (cpa_field_rule ("own-email", NULL), ==, "This address cannot be used. Choose another one.");
  g_assert_cmpstr (cpa_field_rule ("email", "unusable"), ==, cpa_field_rule ("own-email", NULL));
}

static void
test_wrong_at_its_field (void)
{
  Screen screen = open_account (NULL);

  people_press ("Edit Profile");
  people_type ("Your Name", "123");
  people_press ("Save");
  people_assert_says ("There are characters in this text that we cannot keep.");
  g_assert_cmpstr (people_typed ("Your Name"), ==, "123");
  people_type ("Your Name", "Marijke Bos");
  people_assert_does_not_say ("There are characters in this text that we cannot keep.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_CHANGE), ==, 0);
  people_press ("Save");
  people_assert_says ("Saved");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_CHANGE), ==, 1);
  close_screen (&screen);
}

static gboolean
is_choice (GtkWidget *widget, const char *label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static void
choose (const char *label)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (people_find (is_choice, label)), TRUE);
}

/* What was typed goes only when one says so. */
static void
test_closing_asks (void)
{
  Screen screen = open_account (NULL);
  GtkWidget *form;

  people_press ("Edit Profile");
  form = people_find (is_ask, NULL);
  people_type ("Your Name", "Marijke Bos");
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  people_assert_says ("Close Without Saving?");
  people_press ("Go On Editing");
  g_assert_cmpstr (people_typed ("Your Name"), ==, "Marijke Bos");
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  people_press ("Do Not Save");
  g_assert_null (people_find (is_ask, NULL));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_CHANGE), ==, 0);
  /* What stands there as it did before is not lost, nor is a choice that was taken back. */
  people_press ("Edit Profile");
  people_type ("Your Name", "Marijke Bos");
  people_type ("Your Name", "Marijke de Bruin");
  choose ("English");
  choose ("Dutch");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  people_assert_does_not_say ("Close Without Saving?");
  g_assert_null (people_find (is_ask, NULL));
  people_press ("Edit Profile");
  choose ("English");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  people_assert_says ("Close Without Saving?");
  people_press ("Do Not Save");
  /* What was wiped out is typed too. */
  people_press ("Edit Profile");
  people_type ("Your Name", "");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  people_assert_says ("Close Without Saving?");
  people_press ("Do Not Save");
  /* Where nothing was typed nothing is asked, nor when it was saved. */
  people_press ("Change Mobile Number…");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  g_assert_null (people_find (is_ask, NULL));
  people_assert_does_not_say ("Close Without Saving?");
  close_screen (&screen);
}

/* Whoever closes it while something is saved would not hear what came of it. */
static void
test_stays_while_it_saves (void)
{
  Screen screen = open_account (NULL);
  GtkWidget *form;

  people_press ("Edit Profile");
  form = people_find (is_ask, NULL);
  people_type ("Your Name", "Marijke Bos");
  fixture_api_hold (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_CHANGE);
  people_press ("Save");
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  g_assert_true (people_find (is_ask, NULL) == form);
  fixture_api_release (FIXTURE_API (screen.api), TRUE);
  settle ();
  g_assert_null (people_find (is_ask, NULL));
  people_assert_says ("Saved");
  people_press ("Edit Profile");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  g_assert_null (people_find (is_ask, NULL));
  close_screen (&screen);
}

static void
type_password (void)
{
  GtkWidget *entry = find (people_find (is_password, NULL), is_text, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "vier losse gekke fietsbellen");
}

static gboolean
is_code (GtkWidget *widget, const char *text)
{
  return CPA_IS_CODE_ENTRY (widget);
}

static void
type_code (void)
{
  GtkWidget *text = find (people_find (is_code, NULL), is_text, NULL);

  gtk_editable_set_text (GTK_EDITABLE (text), "123456");
  people_press ("Check Code");
}

static gboolean
is_shown_button (GtkWidget *widget, const char *name)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && is_named (widget, name);
}

static void
type_number (void)
{
  people_press ("Change Mobile Number…");
  people_type ("Mobile Number", "06 87 65 43 21");
  type_password ();
  people_press ("Change");
}

static void
ask_number (void)
{
  type_number ();
  people_assert_says ("We have sent a text message with a code to 06\u2011••••••21.");
}

/* What is refused and has nothing typed in it but a code closes at once. */
static void
test_a_refused_code_at_a_limit (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);

  fixture_api_set_scenario (api, "limit");
  ask_number ();
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_MOBILE_CODE, CP_ERROR_CODE_USED_UP);
  type_code ();
  people_assert_does_not_say ("Choose “Send New Code”.");
  people_assert_says ("Nothing has been changed. Wait until you can ask for a new code, or try again later.");
  people_assert_says ("From 13:52 you can ask for a new code.");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  people_assert_does_not_say ("Close Without Saving?");
  g_assert_null (people_find (is_ask, NULL));
  close_screen (&screen);
}

/* What the sentence says to choose is there, and asks no password again. */
static void
test_another_code_for_the_number (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);

  ask_number ();
  people_assert_says ("You can ask for a new code in ");
  g_assert_null (people_find (is_shown_button, "Send New Code"));
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_MOBILE_CODE, CP_ERROR_CODE_USED_UP);
  type_code ();
  people_assert_says ("Choose “Send New Code”.");
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  fixture_api_set_scenario (api, "at-once");
  ask_number ();
  type_code ();
  people_press ("Send New Code");
  people_assert_says ("A new code is on its way to 06\u2011••••••21.");
  people_assert_does_not_say ("Choose “Send New Code”.");
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_ACCOUNT_MOBILE_AGAIN), ==, 1);
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_MOBILE_AGAIN, CP_ERROR_CONFLICT);
  people_press ("Send New Code");
  people_assert_says ("The time for this is over. Nothing has been changed.");
  fixture_api_fail (api, CP_N_ROUTES, CP_ERROR_INTERNAL);
  type_code ();
  people_assert_says ("Your mobile number has been changed.");
  close_screen (&screen);
}

/* The code came after its window was closed: there is a place to type it, and it is said which code that is. */
static void
test_back_to_the_code (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);

  ask_number ();
  gtk_window_close (GTK_WINDOW (people_find (is_ask, NULL)));
  settle ();
  fixture_api_set_scenario (api, "waiting");
  type_number ();
  people_assert_says (
      "We sent a text message with a code to 06\u2011••••••21 before. You can still fill in that code.");
  people_assert_does_not_say ("We have sent a text message");
  people_assert_says ("You can ask for a new code in ");
  type_code ();
  people_assert_says ("Your mobile number has been changed.");
  close_screen (&screen);
}

/* The code is in the app: there is no text message to look at. */
static void
test_a_wrong_code_of_the_app (void)
{
  Screen screen = open_account ("long");

  people_press ("Set Up App…");
  type_password ();
  people_press ("Next");
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_TOTP_CODE, CP_ERROR_CODE_WRONG);
  type_code ();
  people_assert_says ("Wait for the next code in your app and check the clock of your phone.");
  people_assert_does_not_say ("Look at the text message");
  close_screen (&screen);
}

static const char *
typed_code (void)
{
  return gtk_editable_get_text (GTK_EDITABLE (find (people_find (is_code, NULL), is_text, NULL)));
}

/* It says that what was typed is kept: a code that was not looked at is of use still. */
static void
test_a_code_that_did_not_arrive (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);

  ask_number ();
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_MOBILE_CODE, CP_ERROR_UNREACHABLE);
  type_code ();
  people_assert_says ("what you typed is kept");
  g_assert_cmpstr (typed_code (), ==, "123456");
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_MOBILE_CODE, CP_ERROR_CODE_WRONG);
  people_press ("Check Code");
  g_assert_cmpstr (typed_code (), ==, "");
  close_screen (&screen);
}

static void
make_sheet (void)
{
  people_press ("Make New Code Sheet…");
  type_password ();
  people_press ("Make Code Sheet");
}

/* Of an old sheet only who has one is told. */
static void
test_the_first_sheet (void)
{
  Screen screen = open_account ("long");

  people_press ("Make Code Sheet…");
  type_password ();
  people_press ("Make Code Sheet");
  people_assert_says ("Code sheet made.");
  people_assert_does_not_say ("The old one no longer works.");
  close_screen (&screen);
  screen = open_account (NULL);
  make_sheet ();
  people_assert_says ("New code sheet made. The old one no longer works.");
  close_screen (&screen);
}

/* What such an app is, before one has to scan something with it. */
static void
test_what_an_app_is (void)
{
  Screen screen = open_account ("long");

  people_assert_says ("Use an app that makes codes");
  people_press ("Set Up App…");
  people_assert_says ("An authenticator app on your phone makes a new code every 30 seconds.");
  close_screen (&screen);
}

/* The link was opened in a browser: the page says so without being asked. */
static void
test_an_address_that_is_confirmed (void)
{
  Screen screen = open_account (NULL);

  people_assert_says ("marijke@nieuw.example");
  fixture_api_set_scenario (FIXTURE_API (screen.api), "long");
  cpa_page_look_again (CPA_PAGE (screen.page), CP_TOPIC_MEMBERS);
  settle ();
  people_assert_says ("marijke@nieuw.example");
  cpa_page_look_again (CPA_PAGE (screen.page), CP_TOPIC_SESSION);
  settle ();
  people_assert_does_not_say ("marijke@nieuw.example");
  close_screen (&screen);
}

static gboolean
is_time_list (GtkWidget *widget, const char *name)
{
  return GTK_IS_DROP_DOWN (widget) && is_named (widget, name);
}

static const char *
chosen (const char *name)
{
  gpointer item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (people_find (is_time_list, name)));

  return gtk_string_object_get_string (item);
}

static void
choose_time (const char *name, guint half_hours)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (people_find (is_time_list, name)), half_hours);
  settle ();
}

static void
save_and_expect (const Screen *screen, const char *sent)
{
  people_press ("Save");
  people_assert_says ("Saved");
  g_assert_null (people_find (is_ask, NULL));
  g_assert_cmpstr (fixture_api_get_sent (FIXTURE_API (screen->api)), ==, sent);
}

static void
test_notifications (void)
{
  Screen screen = open_account (NULL);

  people_assert_says ("You get an e-mail when there is something new.");
  people_assert_says ("Do Not Disturb: from 21:00 until 08:00");
  people_press ("Change Notifications…");
  g_assert_true (people_is_ticked ("Send me an e-mail when there is something new"));
  g_assert_true (people_is_ticked ("Do Not Disturb"));
  g_assert_cmpstr (chosen ("From"), ==, "21:00");
  g_assert_cmpstr (chosen ("Until"), ==, "08:00");
  choose_time ("Until", 42);
  people_press ("Save");
  people_assert_says ("Choose two different times.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_NOTIFICATIONS), ==, 0);
  choose_time ("Until", 15);
  save_and_expect (&screen, "{\"news_mail\":true,\"quiet_from\":\"21:00\",\"quiet_until\":\"07:30\"}");
  people_press ("Change Notifications…");
  people_click_box ("Do Not Disturb");
  g_assert_false (gtk_widget_is_sensitive (people_find (is_time_list, "From")));
  g_assert_false (gtk_widget_is_sensitive (people_find (is_time_list, "Until")));
  save_and_expect (&screen, "{\"news_mail\":true}");
  people_press ("Change Notifications…");
  people_click_box ("Send me an e-mail when there is something new");
  g_assert_false (gtk_widget_is_sensitive (people_box ("Do Not Disturb")));
  /* The hours stay as they were, for when it is turned on again. */
  save_and_expect (&screen, "{\"news_mail\":false,\"quiet_from\":\"21:00\",\"quiet_until\":\"08:00\"}");
  close_screen (&screen);
}

/* Who turned it off, or is never to be left alone, reads that; what was never chosen is proposed. */
static void
test_no_quiet_hours (void)
{
  Screen screen = open_account ("long");

  people_assert_says ("You get no e-mail when there is something new.");
  people_assert_does_not_say ("Do Not Disturb");
  people_press ("Change Notifications…");
  g_assert_false (people_is_ticked ("Send me an e-mail when there is something new"));
  g_assert_false (people_is_ticked ("Do Not Disturb"));
  people_click_box ("Send me an e-mail when there is something new");
  people_click_box ("Do Not Disturb");
  save_and_expect (&screen, "{\"news_mail\":true,\"quiet_from\":\"21:00\",\"quiet_until\":\"08:00\"}");
  close_screen (&screen);
}

/* Once closed they are gone, and those of before work no more. */
static void
test_codes (void)
{
  Screen screen = open_account (NULL);
  GtkWidget *form;

  make_sheet ();
  people_assert_says ("You see them this once.");
  people_assert_says ("1234 5678");
  form = people_find (is_ask, NULL);
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  people_assert_says ("Have You Printed or Written Down the Codes?");
  people_press ("Cancel");
  g_assert_true (people_find (is_ask, NULL) == form);
  people_assert_says ("1234 5678");
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  people_press ("Yes, Close");
  g_assert_null (people_find (is_ask, NULL));
  close_screen (&screen);
}

/* Whoever comes next on a shared computer must not find a way in on its clipboard. */
static void
test_codes_are_not_copied (void)
{
  Screen screen = open_account (NULL);

  make_sheet ();
  people_assert_says ("1234 5678");
  g_assert_nonnull (people_find (is_selectable, NULL));
  close_screen (&screen);
  screen = open_screen ("account", NULL, "session-shared", 1000);
  make_sheet ();
  people_assert_says ("1234 5678");
  g_assert_null (people_find (is_selectable, NULL));
  close_screen (&screen);
}

/* The codes are seen once: whether they are kept now must be told. */
static void
test_saved_codes_are_told (void)
{
  Screen screen = open_account (NULL);
  g_autofree char *folder = g_dir_make_tmp ("sheet-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "codes.pdf", NULL);
  GtkWidget *form;

  make_sheet ();
  form = people_find (is_ask, NULL);
  g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (form)), "Print…"));
  people_press ("Print…");
  print_kit_answer ("Save as PDF…");
  print_kit_save (path);
  g_assert_true (shows (form, "The PDF has been saved."));
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  g_assert_null (people_find (is_ask, NULL));
  people_assert_does_not_say ("Have You Printed");
  g_unlink (path);
  g_rmdir (folder);
  close_screen (&screen);
}

/* An answer without the codes is a failure that is told, and what a window still asks for goes with it. */
static void
test_answers_that_cannot_be_shown (void)
{
  Screen screen = open_account (NULL);
  GtkWidget *form;

  fixture_api_set_scenario (FIXTURE_API (screen.api), "silent");
  make_sheet ();
  people_assert_says ("The portal sent something that this program does not understand.");
  fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
  fixture_api_hold (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_SHEET);
  people_press ("Make Code Sheet");
  form = people_find (is_ask, NULL);
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gtk_window_destroy (GTK_WINDOW (form));
  settle ();
  g_assert_null (form);
  people_assert_does_not_say ("1234 5678");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/account-forms/each-rule", test_each_rule },
    { "/account-forms/wrong-at-its-field", test_wrong_at_its_field },
    { "/account-forms/closing-asks", test_closing_asks },
    { "/account-forms/stays-while-it-saves", test_stays_while_it_saves },
    { "/account-forms/a-refused-code-at-a-limit", test_a_refused_code_at_a_limit },
    { "/account-forms/the-first-sheet", test_the_first_sheet },
    { "/account-forms/what-an-app-is", test_what_an_app_is },
    { "/account-forms/another-code-for-the-number", test_another_code_for_the_number },
    { "/account-forms/back-to-the-code", test_back_to_the_code },
    { "/account-forms/a-wrong-code-of-the-app", test_a_wrong_code_of_the_app },
    { "/account-forms/an-address-that-is-confirmed", test_an_address_that_is_confirmed },
    { "/account-forms/notifications", test_notifications },
    { "/account-forms/no-quiet-hours", test_no_quiet_hours },
    { "/account-forms/a-code-that-did-not-arrive", test_a_code_that_did_not_arrive },
    { "/account-forms/codes", test_codes },
    { "/account-forms/codes-are-not-copied", test_codes_are_not_copied },
    { "/account-forms/saved-codes-are-told", test_saved_codes_are_told },
    { "/account-forms/answers-that-cannot-be-shown", test_answers_that_cannot_be_shown },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
