/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeing the portal as somebody else would: every question says as whom, and nothing can be changed. Needs a display.
 */
#include <adwaita.h>

#include "cp-dossier-item.h"
#include "cp-error.h"
#include "cp-part.h"
#include "cp-start.h"
#include "cpa-print-doc.h"
#include "cpa-print-text.h"
#include "cpa-view-as-page.h"
#include "cpa-view-as.h"
#include "fixture-api.h"
#include "people-kit.h"

#define SANNE "sanneAAAAAAAAAAAAAAAAA"
#define WIL "wilAAAAAAAAAAAAAAAAAAA"

typedef struct
{
  gpointer record;
  GError *error;
  gboolean done;
} Answer;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->record = cpa_api_call_finish (CPA_API (source), result, &answer->error);
  answer->done = TRUE;
}

static Answer
call (CpaApi *api, const CpaCall *what)
{
  Answer answer = { NULL, NULL, FALSE };

  cpa_api_call_async (api, what, NULL, answered_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  return answer;
}

static void
bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->record = cpa_api_bytes_finish (CPA_API (source), result, &answer->error);
  answer->done = TRUE;
}

static void
progress_cb (gsize done, gsize total, gpointer user_data)
{
}

static void
test_bytes (CpaApi *as, FixtureApi *api)
{
  CpaCall what = { .route = CP_ROUTE_ATTACHMENT, .ids = { WIL, SANNE, "textAAAAAAAAAAAAAAAAAA" } };
  Answer answer = { NULL, NULL, FALSE };

  cpa_api_bytes_async (as, &what, 1000, progress_cb, NULL, NULL, bytes_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (answer.error);
  g_bytes_unref (answer.record);
  g_assert_cmpstr (fixture_api_get_view_as (api), ==, SANNE);
}

static void
test_every_question_says_as_whom (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaApi) as = cpa_view_as_new (api, SANNE, 0);
  CpaCall start = { .route = CP_ROUTE_START, .ids = { WIL }, .answer_type = &cp_start_record };
  CpaCall session = { .route = CP_ROUTE_SESSION, .answer_type = &cp_session_record };
  Answer answer = call (as, &start);

  g_assert_no_error (answer.error);
  cp_start_free (answer.record);
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (api)), ==, SANNE);
  test_bytes (as, FIXTURE_API (api));
  /* What is of no client is asked as oneself. */
  answer = call (as, &session);
  cp_session_free (answer.record);
  g_assert_null (fixture_api_get_view_as (FIXTURE_API (api)));
}

static void
test_nothing_is_changed (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaApi) as = cpa_view_as_new (api, SANNE, 0);

  for (int route = 0; route < CP_N_ROUTES; route++)
    {
      CpaCall what = { .route = route, .ids = { WIL, SANNE, SANNE } };
      Answer answer;

      if (cp_route_get (route)->method == CP_METHOD_GET)
        continue;
      answer = call (as, &what);
      if (route != CP_ROUTE_DOSSIER_READ && route != CP_ROUTE_DOSSIER_ITEM_READ)
        g_assert_error (answer.error, CP_ERROR, CP_ERROR_VIEW_ONLY);
      g_clear_error (&answer.error);
      g_assert_cmpint (fixture_api_count (FIXTURE_API (api), route), ==, 0);
    }
}

static void
end_with_popover (GtkWidget *window)
{
  let_tooltip_come (window);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* The sentence and both buttons stand beside each other where there is room for them. */
static void
test_one_row (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  CpMember *sanne = fixture_members_find (fixture_api_get_members (FIXTURE_API (api)), "Sanne Visser");
  GtkWidget *window = adw_window_new ();
  graphene_rect_t words, stop;

  adw_window_set_content (ADW_WINDOW (window), cpa_view_as_page_new (context, sanne));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_true (gtk_widget_compute_bounds (people_find (says, "You see the portal as Sanne Visser"), window, &words));
  g_assert_true (
      gtk_widget_compute_bounds (people_find (is_button_named, "Stop Viewing as Sanne Visser"), window, &stop));
  g_assert_cmpfloat (stop.origin.y, <, words.origin.y + words.size.height);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* Before anything is ticked: what a tick would show, and only of what one may see oneself. */
static void
test_before_granting (void)
{
  g_autoptr (CpaApi) api = fixture_api_new ("one-part");
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  CpMember *annie = fixture_members_find (fixture_api_get_members (FIXTURE_API (api)), "Annie Smit");
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), cpa_view_as_page_new (context, annie));
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  people_assert_says ("Nothing to See Here");
  people_assert_says ("Like this Annie Smit sees nothing of Wil de Bruin.");
  people_assert_does_not_say ("You accepted the invitation.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_START), ==, 0);
  people_press ("Try Other Ticks…");
  people_click_box ("Details for Annie Smit");
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (api)), ==, annie->id);
  g_assert_cmpuint (fixture_api_get_view_parts (FIXTURE_API (api)), ==, CP_PART_PROFILE);
  people_assert_says ("My Details");
  people_assert_does_not_say ("My Dossier");
  g_assert_false (people_is_ticked ("Dossier for Annie Smit"));
  people_click_box ("Details for Annie Smit");
  people_assert_says ("Nothing to See Here");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_MEMBER_PARTS), ==, 0);
  end_with_popover (window);
}

/* As it is: that is the server's to say. */
static void
test_as_it_is_names_no_parts (void)
{
  g_autoptr (CpaApi) api = fixture_api_new ("one-part");
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  g_autoptr (CpMember) sanne = cp_member_new ();
  GtkWidget *window = adw_window_new ();

  sanne->id = g_strdup (SANNE);
  sanne->name = g_strdup ("Sanne Visser");
  sanne->parts = CP_PART_PROFILE;
  adw_window_set_content (ADW_WINDOW (window), cpa_view_as_page_new (context, sanne));
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_cmpuint (fixture_api_get_view_parts (FIXTURE_API (api)), ==, 0);
  people_press ("Try Other Ticks…");
  g_assert_true (people_is_ticked ("Details for Sanne Visser"));
  people_click_box ("Appointments for Sanne Visser");
  g_assert_cmpuint (fixture_api_get_view_parts (FIXTURE_API (api)), ==, CP_PART_PROFILE | CP_PART_APPOINTMENTS);
  people_click_box ("Appointments for Sanne Visser");
  g_assert_cmpuint (fixture_api_get_view_parts (FIXTURE_API (api)), ==, 0);
  end_with_popover (window);
}

/* (transfer full) */
static CpMember *
member_new (CpMemberState state, guint parts, guint pending)
{
  CpMember *member = cp_member_new ();

  member->id = g_strdup (SANNE);
  member->name = g_strdup ("Sanne Visser");
  member->state = state;
  member->parts = parts;
  member->pending = pending;
  return member;
}

static GtkWidget *
view_as (CpaContext *context, const CpMember *member)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), cpa_view_as_page_new (context, member));
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  return window;
}

/* After a death it is that person's access that ends on a day, and not that of who looks. */
static void
test_died_tells_the_end_of_the_viewed (void)
{
  static const struct
  {
    const char *until, *sentence;
  } cases[] = {
    { "2026-06-30", "You can still read what is here until June 30, 2026." },
    { NULL, "Wil de Bruin has died." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpaApi) api = fixture_api_new (NULL);
      g_autoptr (CpaContext) context = fixture_context_new (api, "session-died-until", 0);
      g_autoptr (CpMember) sanne = member_new (CP_MEMBER_ACTIVE, CP_PART_PROFILE, 0);
      GtkWidget *window;

      sanne->until = g_strdup (cases[i].until);
      window = view_as (context, sanne);
      people_assert_says (cases[i].sentence);
      people_assert_does_not_say ("March 31, 2026");
      gtk_window_destroy (GTK_WINDOW (window));
      settle ();
    }
}

/* Who held it in their hands is who printed it. */
static void
test_paper_names_who_prints (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  g_autoptr (CpMember) sanne = member_new (CP_MEMBER_ACTIVE, CP_PART_DOSSIER, 0);
  g_autoptr (CpaContext) as = cpa_context_new_view_as (context, sanne, CP_PART_DOSSIER);
  g_autoptr (CpaPrintDoc) doc = cpa_print_doc_new (as, "Rapportage", cpa_print_blocks_new (), 0);
  g_autoptr (CpaPrintDoc) own = cpa_print_doc_new_own (as, "Codes", "Codes", cpa_print_blocks_new ());

  g_assert_cmpstr (cpa_context_get_session (as)->name, ==, "Sanne Visser");
  g_assert_cmpstr (doc->printed, ==, "Printed on Tuesday March 3, 2026 by Marijke de Bruin");
  g_assert_cmpstr (own->printed, ==, doc->printed);
}

/* What somebody has and the asker does not is not shown, so it is said; and of nobody that an invitation was accepted.
 */
static void
test_what_the_asker_lacks (void)
{
  static const struct
  {
    CpMemberState state;
    guint parts, pending;
    const char *bar, *page; /* (nullable) */
  } cases[] = {
    { CP_MEMBER_ACTIVE, CP_PART_DOSSIER | CP_PART_PROFILE, 0,
      "Sanne Visser also has Dossier, Details. You do not see that yourself.",
      "Like this Sanne Visser sees nothing of Henk de Bruin that you see too." },
    { CP_MEMBER_INVITED, 0, CP_PART_MESSAGES, "Sanne Visser also gets Messages. You do not see that yourself.",
      "Like this Sanne Visser sees nothing of Henk de Bruin that you see too." },
    { CP_MEMBER_ACTIVE, CP_PART_APPOINTMENTS | CP_PART_DOSSIER, 0,
      "Sanne Visser also has Dossier. You do not see that yourself.", NULL },
    { CP_MEMBER_ACTIVE, CP_PART_APPOINTMENTS, 0, NULL, NULL },
    { CP_MEMBER_ACTIVE, 0, 0, NULL, "Like this Sanne Visser sees nothing of Henk de Bruin." },
    { CP_MEMBER_NOT_INVITED, 0, 0, NULL, "Like this Sanne Visser sees nothing of Henk de Bruin." },
    { CP_MEMBER_DECLINED, 0, 0, NULL, "Like this Sanne Visser sees nothing of Henk de Bruin." },
    { CP_MEMBER_ENDED, 0, 0, NULL, "Like this Sanne Visser sees nothing of Henk de Bruin." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpaApi) api = fixture_api_new ("one-part");
      /* Who holds nothing but the appointments. */
      g_autoptr (CpaContext) context = fixture_context_new (api, "session", 1);
      g_autoptr (CpMember) sanne = member_new (cases[i].state, cases[i].parts, cases[i].pending);
      GtkWidget *window = view_as (context, sanne);

      if (cases[i].bar != NULL)
        people_assert_says (cases[i].bar);
      else
        people_assert_does_not_say ("You do not see that yourself.");
      if (cases[i].page != NULL)
        people_assert_says (cases[i].page);
      else
        people_assert_does_not_say ("Like this");
      people_assert_does_not_say ("You accepted the invitation.");
      gtk_window_destroy (GTK_WINDOW (window));
      settle ();
    }
}

/* Who manages users and sees a part besides, seen by who manages users alone: it is not said that there is no other. */
static void
test_only_settings_in_sight (void)
{
  static const struct
  {
    guint parts;
    gboolean no_others;
  } cases[] = { { CP_PART_SETTINGS, TRUE }, { CP_PART_SETTINGS | CP_PART_DOSSIER, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpaApi) api = fixture_api_new ("only-settings");
      g_autoptr (CpaContext) context = fixture_context_new (api, "session-only-settings", 0);
      g_autoptr (CpMember) sanne = member_new (CP_MEMBER_ACTIVE, cases[i].parts, 0);
      GtkWidget *window = view_as (context, sanne);

      people_assert_says ("You manage who may see what of Wil de Bruin.");
      if (cases[i].no_others)
        people_assert_says ("You do not see the other parts yourself.");
      else
        people_assert_does_not_say ("You do not see the other parts yourself.");
      gtk_window_destroy (GTK_WINDOW (window));
      settle ();
    }
}

static void
stopped_cb (char **stopped, const char *member)
{
  *stopped = g_strdup (member);
}

static void
test_the_whole_portal (void)
{
  g_autoptr (CpaApi) api = fixture_api_new ("one-part");
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  CpMember *sanne;
  GtkWidget *window = adw_window_new ();
  GtkWidget *page;
  g_autofree char *stopped = NULL;

  fixture_api_set_scenario (FIXTURE_API (api), NULL);
  sanne = fixture_members_find (fixture_api_get_members (FIXTURE_API (api)), "Sanne Visser");
  fixture_api_set_scenario (FIXTURE_API (api), "one-part");
  sanne->parts = CP_PART_PROFILE;
  page = cpa_view_as_page_new (context, sanne);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  people_assert_says (
      "You see the portal as Sanne Visser would see it. You can look, not change anything. Only you see "
      "this.");
  people_assert_says ("Good Afternoon, Sanne");
  people_assert_says ("Wil de Bruin");
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (api)), ==, SANNE);
  /* Neither a menu of one's own nor the clients that Sanne does not have. */
  g_assert_null (people_find (is_button_named, "Sanne Visser"));
  g_assert_null (people_find (is_button_named, "Marijke de Bruin"));
  g_assert_null (people_find (is_button_named, "Log Out"));
  g_assert_null (people_find (is_button_named, "You are looking at Wil de Bruin. Choose another client."));
  people_press ("My Details");
  people_assert_says ("Dokter Van Leeuwen");
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (api)), ==, SANNE);
  g_signal_connect_swapped (page, "stopped", G_CALLBACK (stopped_cb), &stopped);
  people_press ("Stop Viewing as Sanne Visser");
  g_assert_cmpstr (stopped, ==, SANNE);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* Never more than one holds oneself, whatever the row says. */
static void
test_no_more_than_ones_own (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 1);
  g_autoptr (CpMember) member = cp_member_new ();
  g_autoptr (CpaContext) as = NULL;

  member->id = g_strdup (SANNE);
  member->name = g_strdup ("Sanne Visser");
  member->parts = CP_PART_DOSSIER;
  member->pending = CP_PART_APPOINTMENTS;
  as = cpa_context_new_view_as (context, member, CP_PART_ALL);
  g_assert_cmpint (cpa_context_get_patient (as)->parts, ==, cpa_context_get_patient (context)->parts);
  g_clear_object (&as);
  as = cpa_context_new_view_as (context, member, member->parts | member->pending);
  g_assert_cmpint (cpa_context_get_patient (as)->parts, ==, CP_PART_APPOINTMENTS);
  g_assert_cmpint (cpa_context_get_session (as)->open_invitations, ==, 0);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/view-as/every-question-says-as-whom", test_every_question_says_as_whom },
    { "/view-as/nothing-is-changed", test_nothing_is_changed },
    { "/view-as/the-whole-portal", test_the_whole_portal },
    { "/view-as/one-row", test_one_row },
    { "/view-as/before-granting", test_before_granting },
    { "/view-as/as-it-is-names-no-parts", test_as_it_is_names_no_parts },
    { "/view-as/died-tells-the-end-of-the-viewed", test_died_tells_the_end_of_the_viewed },
    { "/view-as/paper-names-who-prints", test_paper_names_who_prints },
    { "/view-as/what-the-asker-lacks", test_what_the_asker_lacks },
    { "/view-as/only-settings-in-sight", test_only_settings_in_sight },
    { "/view-as/no-more-than-ones-own", test_no_more_than_ones_own },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
