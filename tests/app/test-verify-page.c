/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cp-error.h"
#include "cp-session.h"
#include "cpa-verify-page.h"
#include "screen-kit.h"

/* The page as it opens with that challenge. */
static Screen
open_verify (const CpChallenge *challenge, int device_days)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;

  screen.context = fixture_context_new (screen.api, "session", -1);
  organisation = (CpOrganisation *) cpa_context_get_organisation (screen.context);
  account = cpa_account_new (screen.api, organisation, "delinde.example");
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

/* No new code went out, and one of a login before is in the telephone: that one is asked for. */
static void
test_a_code_of_the_login_before (void)
{
  static const char *const refused[] = { "codes-later", "codes-today", "sms-budget" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      CpChallenge challenge = challenge_of (cp_time_now (), 20);
      Screen screen;

      challenge.refused = (char *) refused[i];
      screen = open_verify (&challenge, 90);
      assert_says (&screen, "The code that we sent to 06‑••••••12 then still works.");
      assert_says (&screen, "works until 13:45");
      assert_does_not_say (&screen, "We have sent a text message");
      close_screen (&screen);
    }
}

/* After a new one they count again, and the screen says so then. */
static void
test_three_wrong_codes_end_none (void)
{
  for (int minutes = 0; minutes <= 12; minutes += 12)
    {
      CpChallenge challenge = challenge_of (cp_time_now (), minutes * 60);
      Screen screen = open_verify (&challenge, 90);

      show_failure (&screen, CP_ERROR_CODE_USED_UP);
      assert_says (&screen, "A wrong code was filled in too often.");
      assert_does_not_say (&screen, "no longer works");
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

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/verify-page/why-no-code-was-sent", test_why_no_code_was_sent },
    { "/verify-page/how-long-a-device-is-known", test_how_long_a_device_is_known },
    { "/verify-page/when-the-next-code-can-be-asked", test_when_the_next_code_can_be_asked },
    { "/verify-page/a-limit-that-ends-tomorrow", test_a_limit_that_ends_tomorrow },
    { "/verify-page/no-button-at-a-limit", test_no_button_at_a_limit },
    { "/verify-page/a-code-that-is-over-at-a-limit", test_a_code_that_is_over_at_a_limit },
    { "/verify-page/a-code-of-the-login-before", test_a_code_of_the_login_before },
    { "/verify-page/three-wrong-codes-end-none", test_three_wrong_codes_end_none },
    { "/verify-page/a-limit-comes-to-its-end", test_a_limit_comes_to_its_end },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
