/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a card is told alike wherever it stands: opened, in a list, in large letters and on paper. Needs a
 * display. */
#include <glib/gstdio.h>
#include <string.h>

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

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/told-alike/age-of-opened", test_age_of_opened },
    { "/told-alike/age-of-list", test_age_of_list },
    { "/told-alike/age-of-large", test_age_of_large },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
