/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cp-error.h"
#include "cpa-code-entry.h"
#include "cpa-login-page.h"
#include "cpa-password-field.h"
#include "cpa-password-rules.h"
#include "cpa-resend.h"
#include "cpa-verify-page.h"
#include "screen-kit.h"

static int slept_seconds;

/* In place of the C library's: a machine that slept. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && clock == CLOCK_BOOTTIME)
    time->tv_sec += slept_seconds;
  return result;
}

/* The one field under the six cells. */
static GtkEditable *
field_of (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = field_of (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_into (CpaCodeEntry *entry, const char *text)
{
  GtkEditable *field = field_of (GTK_WIDGET (entry));
  int position = gtk_editable_get_position (field);

  gtk_editable_insert_text (gtk_editable_get_delegate (field), text, -1, &position);
  gtk_editable_set_position (field, position);
}

static void
test_paste (void)
{
  g_autoptr (CpaCodeEntry) entry = g_object_ref_sink (g_object_new (CPA_TYPE_CODE_ENTRY, NULL));

  type_into (entry, " 417-203\n");
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "417203");
}

static void
test_typing (void)
{
  g_autoptr (CpaCodeEntry) entry = g_object_ref_sink (g_object_new (CPA_TYPE_CODE_ENTRY, NULL));
  static const char *const keys[] = { "1", "x", "2", " ", "3", "4", "é", "5", "6", "7", "8" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    type_into (entry, keys[i]);
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "123456");
}

/* Who is told that digits are missing goes on behind those that are there. */
static void
test_going_on (void)
{
  GtkWidget *window = gtk_window_new ();
  CpaCodeEntry *entry = g_object_new (CPA_TYPE_CODE_ENTRY, NULL);
  GtkEditable *field = field_of (GTK_WIDGET (entry));

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (entry));
  gtk_window_present (GTK_WINDOW (window));
  type_into (entry, "12");
  gtk_editable_select_region (field, 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  g_assert_false (gtk_editable_get_selection_bounds (field, NULL, NULL));
  type_into (entry, "3456");
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "123456");
  gtk_window_destroy (GTK_WINDOW (window));
}

static CpaPasswordRules *
new_rules (void)
{
  g_autoptr (CpOrganisation) organisation = cp_organisation_new ();
  CpaPasswordRules *rules = g_object_ref_sink (g_object_new (CPA_TYPE_PASSWORD_RULES, NULL));

  organisation->name = g_strdup ("De Linde");
  organisation->password_min = 12;
  cpa_password_rules_setup (rules, organisation, "m.debruin");
  return rules;
}

static void
test_rules (void)
{
  g_autoptr (CpaPasswordRules) rules = new_rules ();
  g_autoptr (GError) error = NULL;

  g_assert_true (cpa_password_rules_accept (rules, "vier losse fietsbellen", NULL));
  g_assert_true (cpa_password_rules_accept (rules, "éééééééééééé", NULL));
  g_assert_false (cpa_password_rules_accept (rules, "elf tekens.", &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_PASSWORD_SHORT);
}

static gboolean
is_ticked_for_names (CpaPasswordRules *rules, const char *password)
{
  GObject *icon = gtk_widget_get_template_child (GTK_WIDGET (rules), CPA_TYPE_PASSWORD_RULES, "name_icon");

  cpa_password_rules_check (rules, password);
  return gtk_widget_has_css_class (GTK_WIDGET (icon), "cp-accent");
}

/* What is ticked is not refused afterwards. */
static void
test_names (void)
{
  static const char *const refused[] = { "", "m.DeBruin vier fietsen", "vier de-bruin fietsen", "fietsen van deLinde" };
  g_autoptr (CpaPasswordRules) rules = new_rules ();

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (is_ticked_for_names (rules, refused[i]));
  g_assert_true (is_ticked_for_names (rules, "vier losse fietsbellen"));
}

/* Without a page yet. */
static Screen
new_screen (const char *scenario)
{
  Screen screen = { .api = fixture_api_new (scenario) };

  screen.context = fixture_context_new (screen.api, "session", -1);
  return screen;
}

static Screen
open_login (void)
{
  Screen screen = new_screen (NULL);
  const CpOrganisation *organisation = cpa_context_get_organisation (screen.context);
  g_autoptr (CpaAccount) account = cpa_account_new (screen.api, organisation, "delinde.example");

  show_page (&screen, cpa_login_page_new (account, organisation, NULL), -1);
  cpa_login_page_set_username (CPA_LOGIN_PAGE (screen.page), "m.debruin");
  return screen;
}

/* What is seen of the organisation or the portal. */
static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget) && gtk_widget_get_opacity (widget) == 1;
}

/* The page of an organisation that chose no name of its own, or that one and a picture. */
static Screen
open_login_of (const char *portal_name, const char *scenario)
{
  Screen screen = new_screen (scenario);
  CpOrganisation *organisation = (CpOrganisation *) cpa_context_get_organisation (screen.context);
  g_autoptr (CpaAccount) account = cpa_account_new (screen.api, organisation, "delinde.example");

  organisation->portal_name = g_strdup (portal_name);
  organisation->has_picture = portal_name != NULL;
  show_page (&screen, cpa_login_page_new (account, organisation, NULL), -1);
  return screen;
}

/* How it looks and what it is called is the organisation's to choose. */
static void
test_of_the_organisation (void)
{
  Screen screen = open_login_of (NULL, NULL);
  GdkPaintable *shown;
  GtkWidget *picture;

  assert_says (&screen, "Client Portal");
  close_screen (&screen);
  screen = open_login_of ("Mijn Linde", NULL);
  assert_says (&screen, "Mijn Linde");
  assert_does_not_say (&screen, "Client Portal");
  picture = find (screen.page, is_picture, NULL);
  shown = gtk_picture_get_paintable (GTK_PICTURE (picture));
  g_assert_cmpfloat (gdk_paintable_get_intrinsic_aspect_ratio (shown), ==, 2.0 / 5);
  close_screen (&screen);
}

static graphene_rect_t
place_of_form (Screen *screen)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (find (screen->page, is_button_named, "Log In"), screen->page, &place));
  return place;
}

/* Whatever its shape, a picture leaves the form where it is, and of one that is not upright nothing is cut off. */
static void
test_shapes_of_pictures (void)
{
  static const struct
  {
    const char *scenario;
    GtkContentFit fit;
  } pictures[] = { { "login-upright", GTK_CONTENT_FIT_COVER },
                   { "login-wide", GTK_CONTENT_FIT_SCALE_DOWN },
                   { NULL, GTK_CONTENT_FIT_SCALE_DOWN } };
  Screen screen = open_login_of (NULL, NULL);
  graphene_rect_t usual = place_of_form (&screen);

  close_screen (&screen);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      graphene_rect_t form;
      GtkWidget *picture;

      screen = open_login_of ("Mijn Linde", pictures[i].scenario);
      picture = find (screen.page, is_picture, NULL);
      form = place_of_form (&screen);
      g_assert_true (graphene_rect_equal (&form, &usual));
      g_assert_cmpint (gtk_picture_get_content_fit (GTK_PICTURE (picture)), ==, pictures[i].fit);
      close_screen (&screen);
    }
}

/* Somebody may look over the shoulder when it is typed again. */
static void
test_a_password_that_was_wrong (void)
{
  Screen screen = open_login ();
  GtkWidget *show, *text;

  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 560);
  text = find (find (screen.page, is_password, NULL), is_text, NULL);
  show = find (screen.page, is_button_named, "Show");
  gtk_editable_set_text (GTK_EDITABLE (text), "vier losse gekke fietsbellen");
  press (&screen, "Show");
  g_assert_true (gtk_text_get_visibility (GTK_TEXT (text)));
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_LOGIN, CP_ERROR_LOGIN_FAILED);
  press (&screen, "Log In");
  assert_says (&screen, "Your username is still filled in.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_assert_false (gtk_text_get_visibility (GTK_TEXT (text)));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (show)));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == text);
  /* The button that the sentence names is there. */
  settle ();
  g_assert_true (is_in_sight (find (screen.page, is_button_named, "Forgot Password?")));
  g_assert_true (is_in_sight (text));
  /* What the server did not judge stays as it is. */
  gtk_editable_set_text (GTK_EDITABLE (text), "vier losse gekke fietsbellen");
  press (&screen, "Show");
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_LOGIN, CP_ERROR_UNREACHABLE);
  press (&screen, "Log In");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "vier losse gekke fietsbellen");
  g_assert_true (gtk_text_get_visibility (GTK_TEXT (text)));
  close_screen (&screen);
}

/* The page as it opens with that challenge. */
static Screen
open_verify (const CpChallenge *challenge, int device_days)
{
  Screen screen = new_screen (NULL);
  CpOrganisation *organisation = (CpOrganisation *) cpa_context_get_organisation (screen.context);
  g_autoptr (CpaAccount) account = cpa_account_new (screen.api, organisation, "delinde.example");

  organisation->device_days = device_days;
  show_page (&screen, cpa_verify_page_new (account, organisation, NULL, challenge), -1);
  return screen;
}

/* Why no code was sent is what the server says, and not guessed from how long it takes. */
static void
test_why_no_code_was_sent (void)
{
  static const struct
  {
    const char *refused;
    int minutes;
    const char *says, *says_not;
  } cases[] = {
    { "sms-budget", 40, "The text message could not be sent. You are not locked out.", "no more codes today" },
    { "codes-today", 5, "For safety there are no more codes today.", "several times" },
    { "codes-later", 12, "You have asked for a code several times. From 13:52", "no more codes today" },
    { "codes-later", 0, "You logged in a moment ago too.", "several times" },
    { "a word of a later server", 12, "You logged in a moment ago too.", "several times" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpChallenge challenge = { .masked = (char *) "06-••••••12",
                                .refused = (char *) cases[i].refused,
                                .resend_at = cp_time_now () + cases[i].minutes * CP_TIME_MINUTE + 20 * CP_TIME_SECOND,
                                .resend_seconds = cases[i].minutes * 60 + 20,
                                .methods = 1u << CP_STEP_SMS };
      Screen screen = open_verify (&challenge, 90);

      assert_says (&screen, cases[i].says);
      assert_does_not_say (&screen, cases[i].says_not);
      /* None is under way. */
      assert_does_not_say (&screen, "No text message yet?");
      close_screen (&screen);
    }
}

/* As many days as the organisation chose. */
static void
test_how_long_a_device_is_known (void)
{
  CpChallenge challenge = { .reason = CP_CHALLENGE_LONG_AGO,
                            .masked = (char *) "06-••••••12",
                            .code_until = cp_time_now () + CP_TIME_MINUTE,
                            .methods = 1u << CP_STEP_SMS };
  Screen screen = open_verify (&challenge, 14);

  assert_says (&screen, "Your last visit with this device was more than 14 days ago.");
  assert_says (&screen, "After this we only ask again after 14 days without a visit.");
  close_screen (&screen);
  screen = open_verify (&challenge, 1);
  assert_says (&screen, "Your last visit with this device was more than 1 day ago.");
  assert_says (&screen, "After this we only ask again after 1 day without a visit.");
  close_screen (&screen);
}

static CpTime clock_of_the_app;

static CpTime
app_now (void)
{
  return clock_of_the_app;
}

/* A code was sent at that moment, and another one may be asked for so many seconds later. */
static CpChallenge
challenge_of (CpTime server_now, int seconds)
{
  return (CpChallenge){ .masked = (char *) "06-••••••12",
                        .code_until = server_now + 5 * CP_TIME_MINUTE,
                        .resend_at = server_now + seconds * CP_TIME_SECOND,
                        .resend_seconds = seconds,
                        .methods = 1u << CP_STEP_SMS | 1u << CP_STEP_TOTP };
}

/* A wait of minutes is none of half a minute, and the clock of this computer has no say in it. */
static void
test_when_the_next_code_can_be_asked (void)
{
  CpTime server_now = cp_time_now ();

  for (int minutes = -3; minutes <= 3; minutes += 3)
    {
      CpChallenge limit = challenge_of (server_now, 12 * 60);
      CpChallenge pause = challenge_of (server_now, CP_RESEND_PAUSE);
      Screen screen;

      clock_of_the_app = server_now + minutes * CP_TIME_MINUTE;
      cp_time_set_source (app_now);
      screen = open_verify (&limit, 90);
      assert_says (&screen, "From 13:52 you can ask for a new code.");
      assert_does_not_say (&screen, "You can ask for a new code in");
      g_assert_null (find (screen.window, is_button_named, "Send New Code"));
      close_screen (&screen);
      screen = open_verify (&pause, 90);
      assert_says (&screen, "You can ask for a new code in ");
      assert_does_not_say (&screen, "you can ask for a new code.");
      close_screen (&screen);
    }
  fixture_set_time ();
}

/* The fifth code of a day: after that one waits for the first to be a day old. */
static void
test_a_limit_that_ends_tomorrow (void)
{
  CpChallenge challenge = challenge_of (cp_time_now (), 20 * 60 * 60);
  Screen screen = open_verify (&challenge, 90);

  assert_says (&screen, "Tomorrow from 09:40 you can ask for a new code.");
  close_screen (&screen);
  challenge = challenge_of (cp_time_now (), 10 * 60 * 60);
  screen = open_verify (&challenge, 90);
  assert_says (&screen, "From 23:40 you can ask for a new code.");
  assert_does_not_say (&screen, "Tomorrow");
  close_screen (&screen);
}

/* At a limit that the sentence above tells, there is no button either. */
static void
test_no_button_at_a_limit (void)
{
  CpChallenge challenge = challenge_of (cp_time_now (), 12 * 60);
  Screen screen;

  challenge.code_until = 0;
  challenge.refused = (char *) "codes-later";
  screen = open_verify (&challenge, 90);
  assert_says (&screen, "From 13:52 you can ask for a new one.");
  assert_does_not_say (&screen, "From 13:52 you can ask for a new code.");
  g_assert_null (find (screen.window, is_button_named, "Send New Code"));
  close_screen (&screen);
}

static void
show_failure (Screen *screen, CpErrorCode code)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, (int) code, "no");

  CPA_STEP_GET_CLASS (screen->page)->show_failure (CPA_STEP (screen->page), error);
}

/* What a sentence says to choose is there. */
static void
test_a_code_that_is_over_at_a_limit (void)
{
  static const CpErrorCode codes[] = { CP_ERROR_CODE_USED_UP, CP_ERROR_CODE_EXPIRED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      CpChallenge challenge = challenge_of (cp_time_now (), 12 * 60);
      Screen screen = open_verify (&challenge, 90);

      assert_says (&screen, "No text message yet?");
      show_failure (&screen, codes[i]);
      assert_does_not_say (&screen, "No text message yet?");
      assert_does_not_say (&screen, "Choose “Send New Code”.");
      assert_says (&screen, "Choose another way, or wait until you can ask for a new code. You can also call ");
      assert_says (&screen, "From 13:52 you can ask for a new code.");
      g_assert_nonnull (find (screen.window, is_button_named, "Other Way…"));
      close_screen (&screen);
      challenge = challenge_of (cp_time_now (), 0);
      screen = open_verify (&challenge, 90);
      show_failure (&screen, codes[i]);
      assert_says (&screen, "Choose “Send New Code”.");
      close_screen (&screen);
    }
}

static void
wait_until_said (Screen *screen, const char *text)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (!shows (screen->window, text))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* The end of a limit is a pause like any other, which goes on while another way is looked at. */
static void
test_a_limit_comes_to_its_end (void)
{
  CpChallenge challenge = challenge_of (cp_time_now (), CP_RESEND_PAUSE + 1);
  Screen screen = open_verify (&challenge, 90);

  wait_until_said (&screen, "You can ask for a new code in ");
  press (&screen, "Other Way…");
  press (&screen, "Code from your authenticator app");
  press (&screen, "Other Way…");
  press (&screen, "Text message to 06-••••••12");
  assert_says (&screen, "You can ask for a new code in ");
  assert_does_not_say (&screen, "From 13:40");
  close_screen (&screen);
}

static gboolean
is_hint (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
}

static gboolean
is_error (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-field-error");
}

static gboolean
is_password_entry (GtkWidget *widget, const char *text)
{
  return GTK_IS_PASSWORD_ENTRY (widget);
}

/* GTK 4.8 holds no two lists for equal, and tells what is there instead. */
static void
assert_described (GtkAccessible *entry, GtkWidget *first, GtkWidget *second, GtkWidget *third)
{
  g_autofree char *found =
      gtk_test_accessible_check_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, first, second, third, NULL);
  GtkWidget *const wanted[] = { first, second, third };

  for (gsize i = 0; found != NULL && i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *name = g_strdup_printf ("<%p>", (void *) wanted[i]);

      g_assert_true (wanted[i] == NULL || strstr (found, name) != NULL);
    }
}

/* What stands under the field is read out with it, also where a page adds a sentence of its own. */
static void
test_the_hint_of_a_password (void)
{
  g_autoptr (GtkWidget) field =
      g_object_ref_sink (g_object_new (CPA_TYPE_PASSWORD_FIELD, "label", "Password", "hint", "At least 12", NULL));
  g_autoptr (GtkWidget) sentence = g_object_ref_sink (gtk_label_new ("Wrong"));
  GtkAccessible *entry = GTK_ACCESSIBLE (find (field, is_password_entry, NULL));
  GtkWidget *hint = find (field, is_hint, "At least 12");
  GtkWidget *error = find (field, is_error, NULL);

  assert_described (entry, hint, error, NULL);
  cpa_password_field_describe (CPA_PASSWORD_FIELD (field), sentence);
  assert_described (entry, hint, error, sentence);
}

static gboolean
offers_code (GtkWidget *window)
{
  GtkWidget *button = find (window, is_button_named, "Send New Code");

  return button != NULL && gtk_widget_get_visible (button);
}

/* The computer sleeps while it counts: what the server lets one do again is not kept back for that. */
static void
test_a_pause_in_sleep (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *resend = cpa_resend_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 begin = g_get_monotonic_time ();

  gtk_window_set_child (GTK_WINDOW (window), resend);
  gtk_window_present (GTK_WINDOW (window));
  cpa_resend_start (CPA_RESEND (resend), 30, 0, zone);
  g_assert_false (offers_code (window));
  slept_seconds = 60;
  while (!offers_code (window) && g_get_monotonic_time () - begin < 10 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (offers_code (window));
  slept_seconds = 0;
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/login-widgets/paste", test_paste },
    { "/login-widgets/typing", test_typing },
    { "/login-widgets/going-on", test_going_on },
    { "/login-widgets/rules", test_rules },
    { "/login-widgets/names", test_names },
    { "/login-widgets/why-no-code-was-sent", test_why_no_code_was_sent },
    { "/login-widgets/how-long-a-device-is-known", test_how_long_a_device_is_known },
    { "/login-widgets/when-the-next-code-can-be-asked", test_when_the_next_code_can_be_asked },
    { "/login-widgets/a-limit-that-ends-tomorrow", test_a_limit_that_ends_tomorrow },
    { "/login-widgets/no-button-at-a-limit", test_no_button_at_a_limit },
    { "/login-widgets/a-code-that-is-over-at-a-limit", test_a_code_that_is_over_at_a_limit },
    { "/login-widgets/a-limit-comes-to-its-end", test_a_limit_comes_to_its_end },
    { "/login-widgets/a-pause-in-sleep", test_a_pause_in_sleep },
    { "/login-widgets/a-password-that-was-wrong", test_a_password_that_was_wrong },
    { "/login-widgets/the-hint-of-a-password", test_the_hint_of_a_password },
    { "/login-widgets/of-the-organisation", test_of_the_organisation },
    { "/login-widgets/shapes-of-pictures", test_shapes_of_pictures },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
