/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of Gebruikersbeheer in which the end of somebody's access is chosen. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cpa-page.h"
#include "fixture-api.h"
#include "people-kit.h"

/* The next change is refused for that reason; text is the last possible day. */
static void
refuse_until (Screen *screen, const char *reason, const char *text)
{
  GError *error = NULL;

  cp_error_set_field_reason (&error, "until", reason, text);
  fixture_members_fail (people_members (screen), error);
}

static gboolean
is_calendar (GtkWidget *widget, const char *text)
{
  return GTK_IS_CALENDAR (widget);
}

static void
test_until (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Sanne Visser", "Access Until…");
  people_assert_says ("Access of Sanne Visser Until");
  people_assert_says ("You and Sanne Visser are told 14 days before.");
  g_assert_true (people_is_ticked ("Choose a date…"));
  g_assert_cmpstr (people_typed ("Last Day"), ==, "31-8-2026");
  /* Nobody is told of an end that is nearer than that. */
  people_type ("Last Day", "16-3-2026");
  people_assert_says ("After this day the access ends by itself.");
  people_assert_does_not_say ("are told 14 days before.");
  people_type ("Last Day", "17-3-2026");
  people_assert_says ("You and Sanne Visser are told 14 days before.");
  people_type ("Last Day", "");
  people_press ("Save");
  people_assert_says ("Fill in the last day, for example 3-3-2026.");
  people_type ("Last Day", "gisteren");
  people_press ("Save");
  people_assert_says ("This is not a date. Type it like this: 3-3-2026");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_UNTIL), ==, 0);
  people_type ("Last Day", "3-3-2026");
  refuse_until (&screen, "past", NULL);
  people_press ("Save");
  people_assert_says ("This day has passed. Choose a later day.");
  people_type ("Last Day", "4-3-2027");
  refuse_until (&screen, "too-late", "2027-03-03");
  people_press ("Save");
  people_assert_says ("Access can last until March 3, 2027 at most. You can renew it later.");
  people_type ("Last Day", "1 juni");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-06-01\"}");
  people_assert_says ("End date of Sanne Visser changed to June 1, 2026.");
  people_press ("Undo");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-08-31\"}");
  close_screen (&screen);
}

/* Access until a month or a year is access until its last day. */
static void
test_until_a_month (void)
{
  static const char *const cases[][2] = { { "december 2026", "31-12-2026" },
                                          { "2026", "31-12-2026" },
                                          { "april", "30-4-2026" },
                                          /* It is March 3. */
                                          { "maart", "31-3-2026" } };
  Screen screen = people_open (NULL, 500);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) day = NULL;
      g_autofree char *marked = NULL;

      people_choose ("Sanne Visser", "Access Until…");
      people_type ("Last Day", cases[i][0]);
      day = gtk_calendar_get_date (GTK_CALENDAR (people_find (is_calendar, NULL)));
      marked = g_date_time_format (day, "%-d-%-m-%Y");
      g_assert_cmpstr (marked, ==, cases[i][1]);
      people_press ("Cancel");
      people_press ("Do Not Save");
    }
  people_choose ("Sanne Visser", "Access Until…");
  people_type ("Last Day", "december 2026");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-12-31\"}");
  close_screen (&screen);
}

/* What the calendar marks is what is saved, also after an arrow. */
static void
test_until_by_arrows (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Sanne Visser", "Access Until…");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "31-8-2026");
  people_press ("Next Month");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "30-9-2026");
  people_press ("Previous Month");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "30-8-2026");
  people_press ("Next Year");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "30-8-2027");
  people_press ("Previous Year");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-08-30\"}");
  close_screen (&screen);
}

/* What the server would refuse is not offered; of a day that was typed the server says why not. */
static void
test_until_no_later (void)
{
  Screen screen = people_open ("own-end", 500);

  people_choose ("Joke Hofstra", "Access Until…");
  g_assert_null (people_find (is_named, "No end date"));
  g_assert_null (people_find (is_named, "1 year"));
  people_type ("Last Day", "2-6-2026");
  people_assert_says ("You and Joke Hofstra are told 30 days before."); /* as the organisation set it */
  refuse_until (&screen, "own-end", "2026-06-01");
  people_press ("Save");
  people_assert_says ("Your own access ends on June 1, 2026. You cannot give access for longer.");
  people_press ("Cancel");
  people_press ("Do Not Save");
  /* Sanne holds what the asker does not. */
  people_choose ("Sanne Visser", "Access Until…");
  g_assert_null (people_find (is_named, "No end date"));
  people_type ("Last Day", "2-5-2026");
  refuse_until (&screen, "not-held", "2026-05-01");
  people_press ("Save");
  people_assert_says (
      "You do not have all rights of this person yourself, so you cannot give longer access. Choose May "
      "1, 2026 or earlier.");
  people_click_box ("4 weeks");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-03-31\"}");
  close_screen (&screen);
}

/* Who has an end date sets one for who has none: nothing is chosen then, and saving says what is missing. */
static void
test_until_must_be_chosen (void)
{
  Screen screen = people_open ("own-end", 500);
  CpMember *joke = fixture_members_find (people_members (&screen), "Joke Hofstra");

  g_clear_pointer (&joke->until, g_free);
  refresh (&screen);
  people_choose ("Joke Hofstra", "Access Until…");
  people_press ("Save");
  people_assert_says ("Choose until when the access lasts.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_UNTIL), ==, 0);
  people_click_box ("4 weeks");
  people_assert_does_not_say ("Choose until when the access lasts.");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-03-31\"}");
  close_screen (&screen);
}

/* An end that is the last possible day already is no sign of rights that the asker lacks: the reason is the server's.
 */
static void
test_until_says_the_reason_of_the_server (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Pieter de Bruin", "Access Until…");
  people_click_box ("1 year");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2027-03-03\"}");
  people_choose ("Pieter de Bruin", "Access Until…");
  people_type ("Last Day", "1-4-2027");
  refuse_until (&screen, "too-late", "2027-03-03");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2027-04-01\"}");
  people_assert_says ("Access can last until March 3, 2027 at most. You can renew it later.");
  people_assert_does_not_say ("You do not have all rights of this person yourself");
  /* Beside the day, and gone with the next letter. */
  people_type ("Last Day", "3-3-2027");
  people_assert_does_not_say ("Access can last until");
  people_press ("Save");
  people_assert_says ("End date of Pieter de Bruin changed to March 3, 2027.");
  close_screen (&screen);
}

/* While the window is open another portal administrator ends that person, and the list comes anew. */
static void
test_until_of_who_is_ended_meanwhile (void)
{
  static const char *const allowed[] = { "resend", "view", NULL };
  Screen screen = people_open (NULL, 500);
  CpMember *sanne = fixture_members_find (people_members (&screen), "Sanne Visser");

  people_choose ("Sanne Visser", "Access Until…");
  sanne->state = CP_MEMBER_ENDED;
  sanne->parts = 0;
  g_clear_pointer (&sanne->until_max, g_free);
  g_strfreev (sanne->allowed);
  sanne->allowed = g_strdupv ((GStrv) allowed);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  people_type ("Last Day", "1-12-2026");
  people_press ("Save");
  people_assert_says ("Access ended on");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "1-12-2026");
  people_fail (&screen, CP_ERROR_CONFLICT);
  people_press ("Save Anyway");
  people_assert_says ("Nothing has been lost. Look at how it is now and choose again if you want.");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "1-12-2026");
  people_press ("Leave It as It Is");
  people_assert_does_not_say ("Access of Sanne Visser Until");
  close_screen (&screen);
}

/* Whoever closes after choosing is asked first; who only looked is not. */
static void
test_until_is_not_lost (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Sanne Visser", "Access Until…");
  people_press ("Cancel");
  people_assert_does_not_say ("Access of Sanne Visser Until");
  people_choose ("Sanne Visser", "Access Until…");
  people_type ("Last Day", "1 juni");
  people_press ("Cancel");
  people_assert_says ("Close Without Saving?");
  people_press ("Go On Editing");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "1 juni");
  people_press ("Cancel");
  people_press ("Do Not Save");
  people_assert_does_not_say ("Access of Sanne Visser Until");
  people_choose ("Pieter de Bruin", "Access Until…");
  people_click_box ("4 weeks");
  people_press ("Cancel");
  people_assert_says ("Close Without Saving?");
  people_press ("Do Not Save");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_UNTIL), ==, 0);
  close_screen (&screen);
}

static void
test_until_by_length (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Pieter de Bruin", "Access Until…");
  g_assert_true (people_is_ticked ("No end date"));
  people_assert_does_not_say ("After this day");
  people_click_box ("4 weeks");
  people_assert_says ("You and Pieter de Bruin are told 14 days before.");
  people_fail (&screen, CP_ERROR_TIMEOUT);
  people_press ("Save");
  people_assert_says ("The answer did not come in time.");
  g_assert_true (people_is_ticked ("4 weeks"));
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-03-31\"}");
  people_choose ("Pieter de Bruin", "Access Until…");
  people_click_box ("No end date");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{}");
  people_assert_says ("End date of Pieter de Bruin removed.");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/until-form/day", test_until },
    { "/until-form/a-month", test_until_a_month },
    { "/until-form/day-by-arrows", test_until_by_arrows },
    { "/until-form/no-later", test_until_no_later },
    { "/until-form/must-be-chosen", test_until_must_be_chosen },
    { "/until-form/says-the-reason-of-the-server", test_until_says_the_reason_of_the_server },
    { "/until-form/of-who-is-ended-meanwhile", test_until_of_who_is_ended_meanwhile },
    { "/until-form/is-not-lost", test_until_is_not_lost },
    { "/until-form/by-length", test_until_by_length },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
