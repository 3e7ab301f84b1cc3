/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attachment in the list of Lezen, or of a card of Tijdlijn, is saved, or it is said that it was not. Needs a
 * display. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "cp-part.h"
#include "cpa-main-page.h"
#include "cpa-opened-card.h"
#include "cpa-private-files.h"
#include "cpa-start-page.h"
#include "portal-kit.h"
#include "reading-kit.h"
#include "save-kit.h"

#define NAME "Brief van de huisarts.pdf"
#define SAVE "Save Attachment: Brief van de huisarts"
#define CARD "card" /* of the timeline, for a test */
#define NOT_SAVED "The attachment has not been saved."

typedef struct
{
  Session session;
  char *directory; /* (owned): where it is saved */
  char *path;      /* (owned) */
} Fixture;

static FixtureReading *
get_reading (Fixture *fixture)
{
  return fixture_api_get_reading (FIXTURE_API (fixture->session.screen.api));
}

static void
look_at_the_reports_again (Fixture *fixture)
{
  cpa_main_page_refresh (CPA_MAIN_PAGE (shown (&fixture->session)));
  settle ();
}

static void
set_up_list (Fixture *fixture, gconstpointer data)
{
  Session *session = &fixture->session;

  fixture->directory = g_dir_make_tmp ("attachment-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, NAME, NULL);
  set_up (session, NULL);
  fixture_reading_add_file (get_reading (fixture), "Brief van de huisarts");
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  g_signal_emit_by_name (find_type (shown (session), CPA_TYPE_START_PAGE), "open-part", (guint) CP_PART_DOSSIER);
  settle ();
  if (g_strcmp0 (data, CARD) != 0)
    choose_tab (&session->screen, "Read");
}

static void
tear_down_list (Fixture *fixture, gconstpointer data)
{
  tear_down (&fixture->session, NULL);
  g_unlink (fixture->path);
  g_rmdir (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
}

/* As the person does who is asked where. */
static void
choose_place (Fixture *fixture)
{
  GtkWidget *chooser = dialog_of (&fixture->session);
  g_autoptr (GFile) directory = g_file_new_for_path (fixture->directory);

  g_assert_true (GTK_IS_FILE_CHOOSER (chooser));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), directory, NULL);
  settle ();
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  settle ();
}

static void
test_saved (Fixture *fixture, gconstpointer data)
{
  press (&fixture->session.screen, SAVE);
  choose_place (fixture);
  WAIT_FOR (shows (fixture->session.screen.window, "Saved"));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  assert_does_not_say (&fixture->session.screen, NOT_SAVED);
}

/* What lay there was for everybody to read. */
static void
test_saved_over_another (Fixture *fixture, gconstpointer data)
{
  GStatBuf information;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  press (&fixture->session.screen, SAVE);
  choose_place (fixture);
  save_kit_replace ();
  WAIT_FOR (shows (fixture->session.screen.window, "Saved"));
  g_assert_cmpint (g_stat (fixture->path, &information), ==, 0);
  g_assert_cmpint (information.st_mode & 0777, ==, 0600);
  save_kit_assert_folder (fixture->directory, NAME, NULL);
}

/* data: what lay there before. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  const char *before = data;

  if (before != NULL)
    g_assert_true (g_file_set_contents (fixture->path, before, -1, NULL));
  press (&fixture->session.screen, SAVE);
  save_kit_fill_disk (200 * 1024);
  choose_place (fixture);
  if (before != NULL)
    save_kit_replace ();
  WAIT_FOR (shows (fixture->session.screen.window, "could not be saved there"));
  save_kit_empty_disk ();
  save_kit_assert_folder (fixture->directory, before != NULL ? NAME : NULL, before);
}

static void
test_withdrawn_before_a_place_was_chosen (Fixture *fixture, gconstpointer data)
{
  press (&fixture->session.screen, SAVE);
  fixture_reading_remove (get_reading (fixture), 0);
  look_at_the_reports_again (fixture);
  g_assert_null (find (fixture->session.screen.window, is_button_named, SAVE));
  assert_does_not_say (&fixture->session.screen, NOT_SAVED);
  choose_place (fixture);
  WAIT_FOR (tells (fixture->session.screen.window, NOT_SAVED));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Presses it, and something happens before the bytes are there. */
static void
press_and_wait (Fixture *fixture)
{
  fixture_api_hold (FIXTURE_API (fixture->session.screen.api), CP_ROUTE_ATTACHMENT);
  press (&fixture->session.screen, SAVE);
}

static void
let_it_come (Fixture *fixture)
{
  fixture_api_release_all (FIXTURE_API (fixture->session.screen.api));
  settle ();
  g_assert_null (dialog_of (&fixture->session));
}

static void
test_withdrawn_before_it_came (Fixture *fixture, gconstpointer data)
{
  press_and_wait (fixture);
  fixture_reading_remove (get_reading (fixture), 0);
  look_at_the_reports_again (fixture);
  let_it_come (fixture);
  g_assert_true (tells (fixture->session.screen.window, NOT_SAVED));
}

/* Who goes away knows. */
static void
test_left_before_it_came (Fixture *fixture, gconstpointer data)
{
  press_and_wait (fixture);
  gtk_widget_activate_action (shown (&fixture->session), "main.back", NULL);
  settle ();
  let_it_come (fixture);
  assert_does_not_say (&fixture->session.screen, NOT_SAVED);
}

/* Another program shows it, wherever one is in the app by then. */
static void
test_opened_and_withdrawn (Fixture *fixture, gconstpointer data)
{
  cpa_private_files_remove_all ();
  press (&fixture->session.screen, "Open Attachment: Brief van de huisarts");
  gtk_widget_activate_action (shown (&fixture->session), "main.back", NULL);
  settle ();
  look_at_the_reports_again (fixture);
  g_assert_true (has_private_files ());
  fixture_reading_remove (get_reading (fixture), 0);
  look_at_the_reports_again (fixture);
  g_assert_false (has_private_files ());
}

static gboolean
has_title (GtkWidget *widget, const char *title)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), title) != NULL;
}

/* The report has the title of its file: that stands above, and the file says how large it is. */
static void
test_title_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *reports = find_reports (&fixture->session.screen);
  GtkWidget *title = find (reports, has_title, "Brief van de huisarts");

  g_assert_nonnull (title);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (title)), ==, "Brief van de huisarts");
  g_assert_nonnull (find (reports, has_title, "Attachment ("));
  g_assert_null (find (reports, has_title, "Brief van de huisarts ("));
}

/* On the timeline */

#define CARD_SAVE "Save Attachment: Menukaart"
#define CARD_OPEN "Open Attachment: Menukaart"

static void
open_the_card_with_files (Fixture *fixture)
{
  Screen *screen = &fixture->session.screen;
  GtkWidget *list = find_list (screen);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));

  for (guint i = 0; i < n && find (screen->window, is_button_named, CARD_SAVE) == NULL; i++)
    {
      g_signal_emit_by_name (list, "activate", i);
      settle ();
    }
}

/* Whether it is to be seen or not: who has a screen reader finds what is not. */
static gboolean
has_words (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child, words))
      return TRUE;
  return FALSE;
}

static void
withdraw_the_card (Fixture *fixture)
{
  GtkWidget *card = find_type (shown (&fixture->session), CPA_TYPE_OPENED_CARD);

  g_assert_true (has_words (card, "Menukaart"));
  fixture_api_fail (FIXTURE_API (fixture->session.screen.api), CP_ROUTE_DOSSIER_ITEM, CP_ERROR_NOT_FOUND);
  look_at_the_reports_again (fixture);
  assert_says (&fixture->session.screen, "The care team removed this item.");
  g_assert_false (has_words (card, "Menukaart"));
}

static void
test_card_withdrawn_before_a_place_was_chosen (Fixture *fixture, gconstpointer data)
{
  open_the_card_with_files (fixture);
  press (&fixture->session.screen, CARD_SAVE);
  withdraw_the_card (fixture);
  choose_place (fixture);
  WAIT_FOR (tells (fixture->session.screen.window, NOT_SAVED));
  save_kit_assert_folder (fixture->directory, NULL, NULL);
}

static void
test_card_withdrawn_before_it_came (Fixture *fixture, gconstpointer data)
{
  open_the_card_with_files (fixture);
  fixture_api_hold (FIXTURE_API (fixture->session.screen.api), CP_ROUTE_ATTACHMENT);
  press (&fixture->session.screen, CARD_SAVE);
  withdraw_the_card (fixture);
  let_it_come (fixture);
  g_assert_true (tells (fixture->session.screen.window, NOT_SAVED));
  save_kit_assert_folder (fixture->directory, NULL, NULL);
}

static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget) && gtk_widget_get_mapped (widget);
}

static void
test_card_withdrawn_before_it_opened (Fixture *fixture, gconstpointer data)
{
  open_the_card_with_files (fixture);
  fixture_api_hold (FIXTURE_API (fixture->session.screen.api), CP_ROUTE_ATTACHMENT);
  press (&fixture->session.screen, CARD_OPEN);
  withdraw_the_card (fixture);
  let_it_come (fixture);
  g_assert_null (find (fixture->session.screen.window, is_picture, NULL));
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  g_test_add ("/attachment-save/title-once", Fixture, NULL, set_up_list, test_title_once, tear_down_list);
  g_test_add ("/attachment-save/saved", Fixture, NULL, set_up_list, test_saved, tear_down_list);
  g_test_add ("/attachment-save/saved-over-another", Fixture, NULL, set_up_list, test_saved_over_another,
              tear_down_list);
  g_test_add ("/attachment-save/disk-full", Fixture, NULL, set_up_list, test_disk_full, tear_down_list);
  g_test_add ("/attachment-save/disk-full-over-another", Fixture, "before", set_up_list, test_disk_full,
              tear_down_list);
  g_test_add ("/attachment-save/withdrawn-before-a-place-was-chosen", Fixture, NULL, set_up_list,
              test_withdrawn_before_a_place_was_chosen, tear_down_list);
  g_test_add ("/attachment-save/withdrawn-before-it-came", Fixture, NULL, set_up_list, test_withdrawn_before_it_came,
              tear_down_list);
  g_test_add ("/attachment-save/opened-and-withdrawn", Fixture, NULL, set_up_list, test_opened_and_withdrawn,
              tear_down_list);
  g_test_add ("/attachment-save/left-before-it-came", Fixture, NULL, set_up_list, test_left_before_it_came,
              tear_down_list);
  g_test_add ("/attachment-save/card-withdrawn-before-a-place-was-chosen", Fixture, CARD, set_up_list,
              test_card_withdrawn_before_a_place_was_chosen, tear_down_list);
  g_test_add ("/attachment-save/card-withdrawn-before-it-came", Fixture, CARD, set_up_list,
              test_card_withdrawn_before_it_came, tear_down_list);
  g_test_add ("/attachment-save/card-withdrawn-before-it-opened", Fixture, CARD, set_up_list,
              test_card_withdrawn_before_it_opened, tear_down_list);
  return g_test_run ();
}
