/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a card is told alike wherever it stands: opened, in a list, in large letters and on paper. Needs a
 * display. */
#include <glib/gstdio.h>
#include <string.h>

#include "cpa-dossier-sheet.h"
#include "cpa-dossier-text.h"
#include "cpa-print-text.h"
#include "cpa-report-row.h"
#include "fixture-file.h"
#include "print-kit.h"
#include "screen-kit.h"

static CpTime
at (const char *text)
{
  CpTime time;

  g_assert_true (cp_time_parse (text, &time));
  return time;
}

/* How old */

/* A report is as old as the reports, whatever else there is; as long as it is open too. */
static void
test_age_of_opened (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  fixture_api_set_fetched (FIXTURE_API (screen.api), CP_FRESH_FORMS, at ("2026-03-01T20:00:00+01:00"));
  refresh (&screen);
  assert_says (&screen, "As recorded in the health record, as of today 08:00");
  fixture_api_set_fetched (FIXTURE_API (screen.api), CP_FRESH_REPORTS, at ("2026-03-03T12:00:00+01:00"));
  refresh (&screen);
  assert_says (&screen, "As recorded in the health record, as of today 12:00");
  close_screen (&screen);
}

static void
test_age_of_list (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  fixture_api_set_fetched (FIXTURE_API (screen.api), CP_FRESH_PLANS, at ("2026-03-01T20:00:00+01:00"));
  choose_tab (&screen, "Read");
  assert_says (&screen, "As recorded in the health record, as of today 08:00");
  close_screen (&screen);
}

static void
assert_printed (const char *source)
{
  g_autofree char *folder = g_dir_make_tmp ("print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "card.pdf", NULL);
  g_auto (GStrv) pages = NULL;

  print_kit_answer ("Save as PDF…");
  print_kit_save (path);
  pages = print_kit_read (path);
  g_assert_nonnull (strstr (pages[0], source));
  g_unlink (path);
  g_rmdir (folder);
}

/* What one reads large is fetched again too, and is printed as old as it is then. */
static void
test_age_of_large (void)
{
  static const char *const tabs[] = { "Timeline", "Read" };

  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      Screen screen = open_screen ("dossier", NULL, "session", 1000);
      FixtureApi *api = FIXTURE_API (screen.api);

      fixture_api_set_fetched (api, CP_FRESH_FORMS, at ("2026-03-01T20:00:00+01:00"));
      choose_tab (&screen, tabs[i]);
      press (&screen, "Read Large");
      fixture_api_set_fetched (api, CP_FRESH_REPORTS, at ("2026-03-03T12:00:00+01:00"));
      refresh (&screen);
      press (&screen, "Print");
      assert_printed ("as of Tuesday March 3, 2026, 12:00");
      close_screen (&screen);
    }
}

/* That it was changed */

/* Its three versions came here at 08:10 and 10:20. */
static CpDossierItem *
changed_item (CpTime amended_at)
{
  g_autofree char *path = fixture_file_path ("dossier-item", "amended");
  g_autoptr (CpDossierItemAnswer) answer = fixture_file_read (&cp_dossier_item_answer_record, path);

  answer->item->amended = amended_at != 0;
  answer->item->amended_at = amended_at;
  return g_steal_pointer (&answer->item);
}

static void
assert_card (Screen *screen, const CpDossierItem *item, const char *text)
{
  GtkWidget *sheet = cpa_dossier_body_new (screen->context, item);

  adw_window_set_content (ADW_WINDOW (screen->window), sheet);
  settle ();
  g_assert_nonnull (find (sheet, says, text));
}

static void
assert_row (Screen *screen, const CpDossierItem *item, const char *text)
{
  GtkWidget *row = cpa_report_row_new (screen->context);
  g_autoptr (CpaReport) report = cpa_report_new (cp_record_copy (&cp_dossier_item_record, item));
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (list), row);
  cpa_report_row_bind (CPA_REPORT_ROW (row), report, FALSE);
  adw_window_set_content (ADW_WINDOW (screen->window), list);
  settle ();
  g_assert_nonnull (find (row, says, text));
}

static void
assert_paper (Screen *screen, const CpDossierItem *item, const char *text)
{
  g_autoptr (GPtrArray) blocks = cpa_print_blocks_new ();

  cpa_print_add_item (blocks, screen->context, item);
  for (guint i = 0; i < blocks->len; i++)
    if (g_str_equal (((const CpaPrintBlock *) g_ptr_array_index (blocks, i))->text, text))
      return;
  g_error ("not on paper: %s", text);
}

/* By the EHR, when it says so; else since it came here. */
static void
test_changed (void)
{
  static const struct
  {
    const char *amended_at, *screen, *paper;
  } cases[] = {
    { "2026-03-02T21:10:00+01:00", "Changed by the care team yesterday 21:10",
      "Changed by the care team Monday March 2, 2026, 21:10" },
    { NULL, "Changed by the care team today 10:20", "Changed by the care team Tuesday March 3, 2026, 10:20" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen ("start", NULL, "session", 1000);
      g_autoptr (CpDossierItem) item = changed_item (cases[i].amended_at != NULL ? at (cases[i].amended_at) : 0);

      assert_card (&screen, item, cases[i].screen);
      /* The change before it has a moment of its own. */
      assert_card (&screen, item, "Changed by the care team today 08:10");
      assert_row (&screen, item, cases[i].screen);
      assert_paper (&screen, item, cases[i].paper);
      close_screen (&screen);
    }
}

/* Not all of it can be shown */

#define NOT_ALL "Not all of this can be shown here. Ask the care team for the rest."

static void
test_unshown (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);
  g_autofree char *path = fixture_file_path ("dossier-item", "unshown");
  g_autoptr (CpDossierItemAnswer) answer = fixture_file_read (&cp_dossier_item_answer_record, path);

  assert_card (&screen, answer->item, NOT_ALL);
  assert_row (&screen, answer->item, NOT_ALL);
  assert_paper (&screen, answer->item, NOT_ALL);
  /* Of a form too, which has no text. */
  answer->item->kind = CP_DOSSIER_FORM;
  assert_card (&screen, answer->item, NOT_ALL);
  answer->item->unshown = FALSE;
  g_assert_null (cpa_dossier_unshown (answer->item));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/told-alike/age-of-opened", test_age_of_opened },
    { "/told-alike/age-of-list", test_age_of_list },
    { "/told-alike/age-of-large", test_age_of_large },
    { "/told-alike/changed", test_changed },
    { "/told-alike/unshown", test_unshown },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
