/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline's model beside a server that is not there. No display. */
#include "cpa-timeline-model.h"

#include "cp-error.h"
#include "screen-kit.h"

typedef struct
{
  CpaApi *api;             /* (owned) */
  GTimeZone *zone;         /* (owned) */
  CpaTimelineModel *model; /* (owned) */
  GError *error;           /* (owned) (nullable): of the last "failed" or "loaded" */
  guint removed, added, position;
} Fixture;

static void
error_cb (Fixture *f, const GError *error)
{
  g_clear_error (&f->error);
  f->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
changed_cb (Fixture *f, guint position, guint removed, guint added)
{
  f->position = position;
  f->removed = removed;
  f->added = added;
}

static void
set_up (Fixture *f, gconstpointer scenario)
{
  f->api = fixture_api_new (scenario);
  f->zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  f->model = cpa_timeline_model_new (f->api, "patient", f->zone);
  g_signal_connect_swapped (f->model, "loaded", G_CALLBACK (error_cb), f);
  g_signal_connect_swapped (f->model, "failed", G_CALLBACK (error_cb), f);
  g_signal_connect_swapped (f->model, "items-changed", G_CALLBACK (changed_cb), f);
  cpa_timeline_model_load (f->model, FALSE);
  settle_at_once ();
}

static void
tear_down (Fixture *f, gconstpointer scenario)
{
  g_object_run_dispose (G_OBJECT (f->model));
  settle_at_once ();
  g_assert_finalize_object (f->model);
  g_assert_finalize_object (f->api);
  g_time_zone_unref (f->zone);
  g_clear_error (&f->error);
}

static CpaMonths *
get_months (Fixture *f)
{
  return cpa_timeline_model_get_months (f->model);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->model));
}

static void
look (Fixture *f, guint first)
{
  cpa_timeline_model_set_sight (f->model, first, MIN (first + 3, count (f) - 1));
  settle_at_once ();
}

static void
assert_known (Fixture *f, guint position)
{
  g_assert_nonnull (cpa_months_peek (get_months (f), position));
}

static void
test_counts_first (Fixture *f, gconstpointer scenario)
{
  g_autoptr (CpaTimelineItem) item = NULL;

  g_assert_cmpint (count (f), ==, 100000);
  g_assert_cmpint (fixture_api_count (FIXTURE_API (f->api), CP_ROUTE_DOSSIER), ==, 0);
  item = g_list_model_get_item (G_LIST_MODEL (f->model), 99999);
  g_assert_null (cpa_timeline_item_get_record (item));
  look (f, 99996);
  /* It is the same row, and now has its card. */
  g_assert_nonnull (cpa_timeline_item_get_record (item));
  g_assert_true (cpa_timeline_item_get_record (item)->unread);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->model), 100000));
}

/* Every position has the card that all pages after each other have there. */
static void
test_positions_are_right (Fixture *f, gconstpointer scenario)
{
  CpTime before = 0;

  for (guint position = 0; position < count (f); position += 9973)
    {
      const CpDossierItem *record;

      look (f, position);
      record = cpa_months_peek (get_months (f), position);
      g_assert_nonnull (record);
      g_assert_cmpint (record->at, >=, before);
      before = record->at;
    }
}

static void
test_memory_is_bounded (Fixture *f, gconstpointer scenario)
{
  guint most = 0;

  for (guint position = 0; position < count (f); position += 400)
    {
      look (f, position);
      most = MAX (most, cpa_months_kept (get_months (f)));
    }
  /* The months that lie within some hundred cards of what is in sight. */
  g_assert_cmpint (most, <, 5000);
  g_assert_cmpint (most, >, 400);
}

static void
test_rows_survive_forgetting (Fixture *f, gconstpointer scenario)
{
  g_autoptr (CpaTimelineItem) item = NULL;

  look (f, 10);
  item = g_list_model_get_item (G_LIST_MODEL (f->model), 10);
  look (f, 90000);
  g_assert_null (cpa_months_peek (get_months (f), 10));
  g_assert_nonnull (cpa_timeline_item_get_record (item));
}

static void
test_failure_and_retry (Fixture *f, gconstpointer scenario)
{
  g_autoptr (CpaTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (f->model), 500);
  guint asked;

  fixture_api_set_scenario (FIXTURE_API (f->api), "failed");
  look (f, 500);
  g_assert_error (f->error, CP_ERROR, CP_ERROR_UNREACHABLE);
  g_assert_true (cpa_timeline_item_has_failed (item));
  /* It is not tried again and again. */
  asked = fixture_api_count (FIXTURE_API (f->api), CP_ROUTE_DOSSIER);
  look (f, 501);
  g_assert_cmpint (fixture_api_count (FIXTURE_API (f->api), CP_ROUTE_DOSSIER), ==, asked);
  fixture_api_set_scenario (FIXTURE_API (f->api), "years");
  cpa_timeline_model_load (f->model, FALSE);
  settle_at_once ();
  g_assert_no_error (f->error);
  g_assert_false (cpa_timeline_item_has_failed (item));
  g_assert_nonnull (cpa_timeline_item_get_record (item));
}

static void
test_something_comes_in_between (Fixture *f, gconstpointer scenario)
{
  fixture_timeline_add (fixture_api_get_timeline (FIXTURE_API (f->api)), cp_time_now ());
  look (f, 99990);
  g_assert_cmpint (count (f), ==, 100001);
  g_assert_no_error (f->error);
  assert_known (f, 99990);
  /* Only the last month changed. */
  g_assert_cmpint (f->position, ==, cpa_months_get (get_months (f), get_months (f)->len - 1)->start);
  g_assert_cmpint (f->added, ==, f->removed + 1);
}

static void
test_counts_that_never_agree (Fixture *f, gconstpointer scenario)
{
  fixture_timeline_lie (fixture_api_get_timeline (FIXTURE_API (f->api)));
  cpa_timeline_model_load (f->model, FALSE);
  settle_at_once ();
  look (f, 99990);
  g_assert_error (f->error, CP_ERROR, CP_ERROR_BAD_ANSWER);
  g_assert_cmpint (fixture_api_count (FIXTURE_API (f->api), CP_ROUTE_TIMELINE), <, 5);
}

static void
test_refresh_without_news (Fixture *f, gconstpointer scenario)
{
  g_autoptr (CpaTimelineItem) item = NULL;

  look (f, 5000);
  item = g_list_model_get_item (G_LIST_MODEL (f->model), 5000);
  f->removed = f->added = 0;
  cpa_timeline_model_load (f->model, TRUE);
  settle_at_once ();
  g_assert_cmpint (f->removed + f->added, ==, 0);
  assert_known (f, 5000);
  g_assert_true ((gpointer) item == g_list_model_get_item (G_LIST_MODEL (f->model), 5000));
  g_object_unref (item);
}

static void
test_read (Fixture *f, gconstpointer scenario)
{
  FixtureApi *api = FIXTURE_API (f->api);

  look (f, 99996);
  g_assert_cmpint (cpa_timeline_model_get_timeline (f->model)->unread, ==, 3);
  cpa_timeline_model_read (f->model, 99998, 5 * CP_TIME_SECOND);
  g_assert_cmpint (cpa_timeline_model_get_timeline (f->model)->unread, ==, 2);
  g_assert_cmpint (cpa_months_get (get_months (f), get_months (f)->len - 1)->unread, ==, 2);
  cpa_timeline_model_read (f->model, 99998, 5 * CP_TIME_SECOND);
  settle_at_once ();
  /* Told once, and known by the server. */
  g_assert_cmpint (fixture_api_count (api, CP_ROUTE_DOSSIER_ITEM_READ), ==, 1);
  g_assert_cmpstr (fixture_api_get_sent (api), ==, "{\"until\":\"1970-01-01T00:00:05Z\"}");
  cpa_timeline_model_load (f->model, TRUE);
  settle_at_once ();
  g_assert_cmpint (cpa_timeline_model_get_timeline (f->model)->unread, ==, 2);
}

static void
test_read_that_fails_comes_back (Fixture *f, gconstpointer scenario)
{
  look (f, 99996);
  fixture_api_set_scenario (FIXTURE_API (f->api), "failed");
  cpa_timeline_model_read (f->model, 99998, 5 * CP_TIME_SECOND);
  fixture_api_set_scenario (FIXTURE_API (f->api), "years");
  settle_at_once ();
  g_assert_cmpint (cpa_timeline_model_get_timeline (f->model)->unread, ==, 3);
}

static void
test_find_unread (Fixture *f, gconstpointer scenario)
{
  guint month, position;

  g_assert_true (cpa_months_find_unread (get_months (f), CPA_TIMELINE_NONE, &month, &position));
  g_assert_cmpint (month, ==, get_months (f)->len - 1);
  g_assert_cmpint (position, ==, CPA_TIMELINE_NONE);
  look (f, 99996);
  g_assert_true (cpa_months_find_unread (get_months (f), CPA_TIMELINE_NONE, &month, &position));
  g_assert_cmpint (position, ==, 99997);
  g_assert_true (cpa_months_find_unread (get_months (f), 99997, &month, &position));
  g_assert_cmpint (position, ==, 99998);
  g_assert_false (cpa_months_find_unread (get_months (f), 99999, &month, &position));
  cpa_timeline_model_read_all (f->model);
  g_assert_false (cpa_months_find_unread (get_months (f), CPA_TIMELINE_NONE, &month, &position));
  settle_at_once ();
}

static void
test_newest_first (Fixture *f, gconstpointer scenario)
{
  g_autoptr (CpaTimelineItem) first = NULL;
  g_autoptr (CpaTimelineItem) second = NULL;

  cpa_timeline_model_set_newest_first (f->model, TRUE);
  look (f, 99996);
  first = g_list_model_get_item (G_LIST_MODEL (f->model), 0);
  second = g_list_model_get_item (G_LIST_MODEL (f->model), 1);
  g_assert_cmpint (cpa_timeline_item_get_position (first), ==, 99999);
  g_assert_true (cpa_timeline_item_is_first_of_day (first));
  /* Some twenty a day: the one before it is of the same day. */
  g_assert_false (cpa_timeline_item_is_first_of_day (second));
}

/* The dossier of the pages: cards on 24 December, 12 January, 1, 2 and 3 March. */
static void
test_days_and_months (Fixture *f, gconstpointer scenario)
{
  CpaMonths *months = get_months (f);

  g_assert_cmpint (count (f), ==, 7);
  look (f, 0);
  look (f, 3);
  g_assert_cmpint (cpa_months_step_day (months, 6, -1, f->zone), ==, 4);
  g_assert_cmpint (cpa_months_step_day (months, 4, -1, f->zone), ==, 2);
  g_assert_cmpint (cpa_months_step_day (months, 2, 1, f->zone), ==, 4);
  g_assert_cmpint (cpa_months_step_day (months, 6, 1, f->zone), ==, 6);
  g_assert_cmpint (cpa_months_step_day (months, 0, -1, f->zone), ==, 0);
  /* February is empty, and nobody stays in it. */
  g_assert_cmpint (cpa_months_step (months, 6, -1, f->zone), ==, 1);
  g_assert_cmpint (cpa_months_step (months, 1, 1, f->zone), >=, 2);
  g_assert_cmpint (cpa_months_step (months, 6, -12, f->zone), ==, 0);
  g_assert_cmpint (cpa_months_find (months, cpa_place_of_date (2026, 1, 30), f->zone), ==, 1);
  g_assert_cmpint (cpa_months_find (months, cpa_place_of_date (2026, 3, 2), f->zone), ==, 4);
  g_assert_cmpint (cpa_months_find (months, cpa_place_of_date (2010, 1, 1), f->zone), ==, 0);
  g_assert_cmpint (cpa_months_find (months, cpa_place_of_date (2030, 1, 1), f->zone), ==, 6);
}

static void
test_months_out_of_order (void)
{
  static const char *const names[][2] = { { "2026-02", "2026-01" }, { "2026-01", "2026-01" }, { "2026-13", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) months = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_timeline_month_free);

      for (guint j = 0; j < 2 && names[i][j] != NULL; j++)
        {
          CpTimelineMonth *month = cp_timeline_month_new ();

          month->month = g_strdup (names[i][j]);
          month->count = 1;
          g_ptr_array_add (months, month);
        }
      g_assert_null (cpa_months_new (months));
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path, *scenario;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/timeline-model/counts-first", "years", test_counts_first },
    { "/timeline-model/positions-are-right", "years", test_positions_are_right },
    { "/timeline-model/memory-is-bounded", "years", test_memory_is_bounded },
    { "/timeline-model/rows-survive-forgetting", "years", test_rows_survive_forgetting },
    { "/timeline-model/failure-and-retry", "years", test_failure_and_retry },
    { "/timeline-model/something-comes-in-between", "years", test_something_comes_in_between },
    { "/timeline-model/counts-that-never-agree", "years", test_counts_that_never_agree },
    { "/timeline-model/refresh-without-news", "years", test_refresh_without_news },
    { "/timeline-model/read", "years", test_read },
    { "/timeline-model/read-that-fails-comes-back", "years", test_read_that_fails_comes_back },
    { "/timeline-model/find-unread", "years", test_find_unread },
    { "/timeline-model/newest-first", "years", test_newest_first },
    { "/timeline-model/days-and-months", NULL, test_days_and_months },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_set_time ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].scenario, set_up, tests[i].func, tear_down);
  g_test_add_func ("/timeline-model/months-out-of-order", test_months_out_of_order);
  return g_test_run ();
}
