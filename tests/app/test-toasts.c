/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cpa-toast.h"
#include "screen-kit.h"

/* Longer than a notice goes, and than libadwaita moves it. */
#define ANIMATION_MS 450
/* Longer than it comes: until then it is not taken away. */
#define COMES_MS 750
/* Until which what was asked for must be in sight, on a machine that has more to do. */
#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (milliseconds, quit_cb, loop);
  g_main_loop_run (loop);
}

/* The page that is covered is the overlay's only child when no notice is over it. */
static guint
notices_over (GtkWidget *overlay)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n - 1;
}

typedef struct
{
  GtkWidget *window;
  GtkWidget *overlay;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  /* What moves is what went wrong. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  fixture->window = adw_window_new ();
  fixture->overlay = adw_toast_overlay_new ();
  fixture->page = gtk_entry_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), fixture->page);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wait_for (ANIMATION_MS);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* (transfer full) */
static AdwToast *
answerable (const char *text)
{
  return cpa_toast_new_question (text, "Undo");
}

/* Logging out dismisses them all, at once; the others were still waiting behind the first. */
static void
test_dismissed_together (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    cpa_toast_say (fixture->page, "notice");
  wait_for (ANIMATION_MS);
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 1);
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 0);
}

static void
test_dismissed_while_it_comes (Fixture *fixture, gconstpointer data)
{
  cpa_toast_say (fixture->page, "notice");
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 0);
  cpa_toast_say (fixture->page, "notice");
  wait_for (50);
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 0);
}

/* What came of something can be read by who needs longer than libadwaita's five seconds. */
static void
test_long_enough (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) toast = cpa_toast_new ("notice");

  g_assert_cmpuint (adw_toast_get_timeout (toast), >=, 20);
}

static gboolean
is_only (Fixture *fixture, const char *text)
{
  return notices_over (fixture->overlay) == 1 && find (fixture->overlay, says, text) != NULL;
}

static void
until_only (Fixture *fixture, const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!is_only (fixture, text))
    {
      if (g_get_monotonic_time () > end)
        g_error ("not the only notice: %s", text);
      wait_for (10);
    }
}

/* Also after what it would go for, if it did. */
static void
until_it_came (Fixture *fixture, const char *text)
{
  until_only (fixture, text);
  wait_for (COMES_MS);
  g_assert_true (is_only (fixture, text));
}

/* So it does not wait behind what was told before; but what can still be undone is not taken away. */
static void
test_the_newest_is_told (Fixture *fixture, gconstpointer data)
{
  cpa_toast_say (fixture->page, "first notice");
  until_it_came (fixture, "first notice");
  cpa_toast_say (fixture->page, "second notice");
  until_only (fixture, "second notice");
  cpa_toast_show (fixture->page, answerable ("to be undone"));
  until_it_came (fixture, "to be undone");
  cpa_toast_say (fixture->page, "third notice");
  wait_for (ANIMATION_MS);
  g_assert_nonnull (find (fixture->overlay, says, "to be undone"));
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
}

static void
test_a_screen_reader_tells_it (Fixture *fixture, gconstpointer data)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  g_test_skip ("this GTK announces it");
#else
  cpa_toast_say (fixture->page, "notice");
  until_only (fixture, "notice");
  g_assert_true (tells (fixture->overlay, "notice"));
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
#endif
}

/* (transfer full): it is in sight. */
static AdwToast *
ask (Fixture *fixture, const char *text)
{
  AdwToast *toast = answerable (text);

  cpa_toast_show (fixture->page, g_object_ref (toast));
  until_it_came (fixture, text);
  return toast;
}

/* What waits behind a question goes on waiting when the next question comes at once, as after two ticks. */
static void
test_waits_for_both_questions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) first = ask (fixture, "first question");
  g_autoptr (AdwToast) second = answerable ("second question");

  cpa_toast_say (fixture->page, "waits");
  wait_for (COMES_MS);
  cpa_toast_dismiss (first);
  cpa_toast_show (fixture->page, g_object_ref (second));
  until_it_came (fixture, "second question");
  cpa_toast_dismiss (second);
  until_it_came (fixture, "waits");
}

/* However fast one ticks after the other. */
static void
test_two_ticks (Fixture *fixture, gconstpointer data)
{
  for (guint gap = 60; gap <= 420; gap += 60)
    {
      g_autoptr (AdwToast) last = ask (fixture, "question");

      cpa_toast_say (fixture->page, "waits");
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (AdwToast) next = answerable (i == 0 ? "after a tick" : "after two");

          cpa_toast_dismiss (last);
          cpa_toast_show (fixture->page, g_object_ref (next));
          g_set_object (&last, next);
          wait_for (gap);
        }
      until_it_came (fixture, "after two");
      cpa_toast_dismiss (last);
      until_only (fixture, "waits");
      cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
    }
}

/* What names people does not stay behind. */
static void
test_never_shown (Fixture *fixture, gconstpointer data)
{
  AdwToast *toast = answerable ("question");
  GtkWidget *title = adw_toast_get_custom_title (toast);

  g_object_add_weak_pointer (G_OBJECT (title), (gpointer *) &title);
  g_object_unref (toast);
  g_assert_null (title);
}

/* The focus does not go to a button that goes away. */
static void
test_answer_takes_no_focus (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) toast = answerable ("question");

  g_assert_false (gtk_widget_get_focus_on_click (find (adw_toast_get_custom_title (toast), is_button_named, "Undo")));
}

/* One that still comes is taken away: it is not seen, nor answered, and goes when it can. */
static void
test_gone_before_it_came (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) toast = answerable ("question");

  cpa_toast_show (fixture->page, g_object_ref (toast));
  wait_for (50);
  cpa_toast_dismiss (toast);
  cpa_toast_dismiss (toast);
  g_assert_null (find (fixture->overlay, says, "question"));
  cpa_toast_say (fixture->page, "outcome");
  until_only (fixture, "outcome");
  cpa_toast_dismiss (toast);
  until_it_came (fixture, "outcome");
}

/* Nobody could read it before the question came over it. */
static void
test_told_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) question = answerable ("question");

  cpa_toast_say (fixture->page, "<b> & told");
  wait_for (50);
  cpa_toast_show (fixture->page, g_object_ref (question));
  until_it_came (fixture, "question");
  cpa_toast_dismiss (question);
  until_only (fixture, "<b> & told");
}

/* What is taken back while it waits is never shown. */
static void
test_taken_back_while_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) shown = ask (fixture, "question");
  g_autoptr (AdwToast) plain = cpa_toast_new ("plain");
  g_autoptr (AdwToast) next = answerable ("next question");

  cpa_toast_show (fixture->page, g_object_ref (plain));
  cpa_toast_dismiss (plain);
  cpa_toast_dismiss (shown);
  cpa_toast_show (fixture->page, g_object_ref (next));
  cpa_toast_dismiss (next);
  wait_for (COMES_MS + ANIMATION_MS);
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 0);
  cpa_toast_say (fixture->page, "notice");
  cpa_toast_say (fixture->page, "waits");
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
  wait_for (COMES_MS);
  g_assert_cmpuint (notices_over (fixture->overlay), ==, 0);
}

/* Only the newest question is shown. */
static void
test_the_newest_question (Fixture *fixture, gconstpointer data)
{
  cpa_toast_say (fixture->page, "notice");
  cpa_toast_show (fixture->page, answerable ("older question"));
  cpa_toast_show (fixture->page, answerable ("newer question"));
  until_it_came (fixture, "newer question");
  cpa_toast_show (fixture->page, answerable ("newest question"));
  until_it_came (fixture, "newest question");
}

/* None of what is told at once is lost. */
static void
test_one_after_another (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "one", "two", "three" };
  AdwToast *toasts[G_N_ELEMENTS (texts)];

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      toasts[i] = cpa_toast_new (texts[i]);
      cpa_toast_show (fixture->page, g_object_ref (toasts[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      until_it_came (fixture, texts[i]);
      adw_toast_dismiss (toasts[i]);
      g_object_unref (toasts[i]);
    }
}

/* Its window is closed over it: nothing comes any more. */
static void
test_the_window_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) question = ask (fixture, "question");
  g_autoptr (GtkWidget) kept = g_object_ref (fixture->overlay);

  cpa_toast_say (fixture->page, "waits");
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  cpa_toast_dismiss (question);
  wait_for (COMES_MS);
  g_assert_cmpuint (notices_over (kept), ==, 0);
  g_clear_object (&kept);
  cpa_toast_dismiss (question);
  set_up (fixture, NULL);
}

/* What waited behind a question comes when that goes, however long it waited, and stays when what came of the answer is
 * told. */
static void
test_comes_before_the_outcome (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) question = ask (fixture, "question");

  cpa_toast_say (fixture->page, "waits");
  wait_for (COMES_MS + ANIMATION_MS);
  cpa_toast_dismiss (question);
  until_only (fixture, "waits");
  cpa_toast_say (fixture->page, "outcome");
  wait_for (COMES_MS + ANIMATION_MS);
  g_assert_true (is_only (fixture, "waits"));
}

/* What is read goes for what is told now; what waits was not read, and comes after it. */
static void
test_the_unread_is_not_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwToast) newest = cpa_toast_new ("newest");

  cpa_toast_say (fixture->page, "is read");
  wait_for (50);
  cpa_toast_say (fixture->page, "waits");
  until_it_came (fixture, "is read");
  cpa_toast_show (fixture->page, g_object_ref (newest));
  until_it_came (fixture, "newest");
  cpa_toast_dismiss (newest);
  until_only (fixture, "waits");
}

/* Who is typing goes on. */
static void
test_the_focus_stays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  gtk_widget_grab_focus (fixture->page);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, fixture->page));
  cpa_toast_say (fixture->page, "notice");
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (fixture->overlay));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == focus);
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
#define ADD(name, func) g_test_add ("/toasts/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("dismissed-together", test_dismissed_together);
  ADD ("dismissed-while-it-comes", test_dismissed_while_it_comes);
  ADD ("long-enough", test_long_enough);
  ADD ("the-newest-is-told", test_the_newest_is_told);
  ADD ("a-screen-reader-tells-it", test_a_screen_reader_tells_it);
  ADD ("waits-for-both-questions", test_waits_for_both_questions);
  ADD ("two-ticks", test_two_ticks);
  ADD ("gone-before-it-came", test_gone_before_it_came);
  ADD ("told-again", test_told_again);
  ADD ("taken-back-while-waiting", test_taken_back_while_waiting);
  ADD ("the-newest-question", test_the_newest_question);
  ADD ("never-shown", test_never_shown);
  ADD ("answer-takes-no-focus", test_answer_takes_no_focus);
  ADD ("one-after-another", test_one_after_another);
  ADD ("the-window-goes", test_the_window_goes);
  ADD ("comes-before-the-outcome", test_comes_before_the_outcome);
  ADD ("the-unread-is-not-lost", test_the_unread_is_not_lost);
  ADD ("the-focus-stays", test_the_focus_stays);
  return g_test_run ();
}
