/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-fresh-text.h"

static GTimeZone *zone;
static const char *now_text;

static CpTime
time_of (const char *text)
{
  CpTime time;

  if (text == NULL)
    return 0;
  g_assert_true (cp_time_parse (text, &time));
  return time;
}

static CpTime
fixed_now (void)
{
  return time_of (now_text);
}

static void
add_kind (CpFreshness *freshness, CpFreshKind kind, CpFreshState state, gboolean shared)
{
  CpFreshPart *part = cp_fresh_part_new ();

  part->kind = kind;
  part->state = state;
  part->shared = shared;
  part->fetched_at = state != CP_FRESH_NEVER ? freshness->fetched_at : 0;
  g_ptr_array_add (freshness->kinds, part);
}

static CpFreshness *
freshness_new (CpFreshState state, const char *fetched, const char *next, const char *slot)
{
  CpFreshness *freshness = cp_freshness_new ();

  freshness->state = state;
  freshness->fetched_at = time_of (fetched);
  freshness->next_at = time_of (next);
  freshness->slot_at = time_of (slot);
  return freshness;
}

static void
test_line (void)
{
  static const struct
  {
    const char *now;
    CpFreshState state;
    const char *fetched, *next, *slot, *text;
  } cases[] = {
    { "2026-03-03T13:40:00+01:00", CP_FRESH_CURRENT, "2026-03-03T08:00:00+01:00", "2026-03-03T20:00:00+01:00", NULL,
      "As of today 08:00, next 20:00" },
    { "2026-03-03T21:00:00+01:00", CP_FRESH_CURRENT, "2026-03-03T20:00:00+01:00", "2026-03-04T08:00:00+01:00", NULL,
      "As of today 20:00, next tomorrow 08:00" },
    { "2026-03-04T07:00:00+01:00", CP_FRESH_CURRENT, "2026-03-03T20:00:00+01:00", "2026-03-04T08:00:00+01:00", NULL,
      "As of yesterday 20:00, next today 08:00" },
    { "2026-03-03T13:40:00+01:00", CP_FRESH_RUNNING, "2026-03-02T20:00:00+01:00", "2026-03-03T20:00:00+01:00", NULL,
      "The data is being fetched now. You can go on reading." },
    { "2026-03-03T08:20:00+01:00", CP_FRESH_LATE, "2026-03-02T20:00:00+01:00", "2026-03-03T20:00:00+01:00",
      "2026-03-03T08:00:00+01:00", "As of yesterday 20:00. The data of 08:00 is late. We keep trying." },
    { "2026-03-03T09:00:00+01:00", CP_FRESH_FAILED, "2026-02-28T20:00:00+01:00", "2026-03-03T20:00:00+01:00",
      "2026-03-03T08:00:00+01:00",
      "As of Sat February 28, 20:00. Fetching at 08:00 failed. You see the data from before. We keep trying." },
    { "2026-03-03T09:00:00+01:00", CP_FRESH_SKIPPED, "2026-03-02T20:00:00+01:00", "2026-03-03T20:00:00+01:00",
      "2026-03-03T08:00:00+01:00",
      "As of yesterday 20:00. Fetching at 08:00 was skipped because of a fault. It will be done now." },
    { "2026-03-03T09:00:00+01:00", CP_FRESH_NEVER, NULL, "2026-03-03T20:00:00+01:00", NULL,
      "Nothing has been fetched yet. That happens for the first time at 20:00." },
    { "2026-03-03T21:00:00+01:00", CP_FRESH_NEVER, NULL, "2026-03-04T08:00:00+01:00", NULL,
      "Nothing has been fetched yet. That happens for the first time tomorrow at 08:00." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpFreshness) freshness =
          freshness_new (cases[i].state, cases[i].fetched, cases[i].next, cases[i].slot);
      g_autofree char *text = NULL;

      now_text = cases[i].now;
      text = cpa_fresh_line_text (freshness, zone);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_some_kinds (void)
{
  g_autoptr (CpFreshness) freshness = freshness_new (CP_FRESH_FAILED, "2026-03-03T08:00:00+01:00",
                                                     "2026-03-03T20:00:00+01:00", "2026-03-03T08:00:00+01:00");
  g_autofree char *text = NULL;

  now_text = "2026-03-03T13:40:00+01:00";
  add_kind (freshness, CP_FRESH_REPORTS, CP_FRESH_FAILED, TRUE);
  add_kind (freshness, CP_FRESH_FORMS, CP_FRESH_SKIPPED, TRUE);
  add_kind (freshness, CP_FRESH_PROFILE, CP_FRESH_CURRENT, TRUE);
  /* What is not shared is not late. */
  add_kind (freshness, CP_FRESH_PLANS, CP_FRESH_NEVER, FALSE);
  text = cpa_fresh_line_text (freshness, zone);
  g_assert_cmpstr (text, ==, "Not everything is up to date: reports and forms.");
  g_assert_false (cpa_fresh_is_good (freshness));
}

/* What the EHR does not give takes no age from what it does, and hides no fault of it. */
static void
test_never_given (void)
{
  g_autoptr (CpFreshness) freshness = freshness_new (CP_FRESH_FAILED, "2026-03-01T08:00:00+01:00",
                                                     "2026-03-03T20:00:00+01:00", "2026-03-03T08:00:00+01:00");
  CpFreshPart *reports;
  g_autofree char *failed = NULL;
  g_autofree char *old = NULL;
  g_autofree char *good = NULL;

  now_text = "2026-03-03T13:40:00+01:00";
  add_kind (freshness, CP_FRESH_REPORTS, CP_FRESH_FAILED, TRUE);
  add_kind (freshness, CP_FRESH_FORMS, CP_FRESH_NEVER, TRUE);
  failed = cpa_fresh_line_text (freshness, zone);
  old = cpa_fresh_old_text (freshness);
  g_assert_cmpstr (failed, ==,
                   "As of Sun March 1, 08:00. Fetching at 08:00 failed. You see the data from before. We keep trying.");
  g_assert_cmpstr (old, ==, "Please note: this data is 2 days old. Ask the care team if you are not sure.");
  reports = g_ptr_array_index (freshness->kinds, 0);
  freshness->state = reports->state = CP_FRESH_CURRENT;
  freshness->fetched_at = reports->fetched_at = time_of ("2026-03-03T08:00:00+01:00");
  good = cpa_fresh_line_text (freshness, zone);
  g_assert_cmpstr (good, ==, "As of today 08:00, next 20:00");
  g_assert_true (cpa_fresh_is_good (freshness));
}

static void
test_old (void)
{
  g_autoptr (CpFreshness) freshness =
      freshness_new (CP_FRESH_CURRENT, "2026-03-03T08:00:00+01:00", "2026-03-03T20:00:00+01:00", NULL);
  g_autofree char *old = NULL;

  now_text = "2026-03-04T07:59:00+01:00";
  g_assert_null (cpa_fresh_old_text (freshness));
  g_assert_true (cpa_fresh_is_good (freshness));
  now_text = "2026-03-04T08:00:00+01:00";
  old = cpa_fresh_old_text (freshness);
  g_assert_cmpstr (old, ==, "Please note: this data is 1 day old. Ask the care team if you are not sure.");
  g_assert_false (cpa_fresh_is_good (freshness));
}

static void
test_join (void)
{
  static const char *const words[] = { "a", "b", "c", NULL };
  g_autofree char *three = cpa_fresh_join (words);
  g_autofree char *one = cpa_fresh_join (words + 2);
  g_autofree char *none = cpa_fresh_join (words + 3);

  g_assert_cmpstr (three, ==, "a, b and c");
  g_assert_cmpstr (one, ==, "c");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  cp_time_set_source (fixed_now);
  g_test_add_func ("/fresh-text/line", test_line);
  g_test_add_func ("/fresh-text/some-kinds", test_some_kinds);
  g_test_add_func ("/fresh-text/never-given", test_never_given);
  g_test_add_func ("/fresh-text/old", test_old);
  g_test_add_func ("/fresh-text/join", test_join);
  return g_test_run ();
}
