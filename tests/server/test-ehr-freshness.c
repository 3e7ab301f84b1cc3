/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-freshness.h"
#include "cpd-stmt.h"
#include "cpd-store-ehr-sync.h"
#include "cpd-store-lease.h"
#include "store-kit.h"

#define ALL ((1u << CP_FRESH_N_KINDS) - 1)

typedef StoreKit Fixture;

static CpTime
at (const char *text)
{
  CpTime time;

  g_assert_true (cp_time_parse (text, &time));
  return time;
}

/* At that moment it says so for the next minutes. */
static gboolean
run_goes_on (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_lease_take (db, "run", *(CpTime *) data + 5 * CP_TIME_MINUTE, error);
}

static gboolean
run_stops (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_lease_end (db, "run", error);
}

static gboolean
slot_begins (CpdDb *db, gpointer data, GError **error)
{
  gboolean taken;

  return cpd_store_ehr_slot_begin (db, "2026-03-03", 480, *(CpTime *) data, &taken, error) && taken &&
         run_goes_on (db, data, error);
}

static gboolean
slot_ends (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_ehr_slot_finish (db, "2026-03-03", 480, *(CpTime *) data, FALSE, error);
}

static gboolean
slot_fails (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_ehr_slot_finish (db, "2026-03-03", 480, *(CpTime *) data, TRUE, error);
}

static gboolean
add_client (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_run (
      db, error,
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
      " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1)",
      "");
}

/* Every type went well at that moment, but for reports when failing, and the client was read unless left out. */
static gboolean failing;
static gboolean left_out;
static gboolean
types_done (CpdDb *db, gpointer data, GError **error)
{
  static const char *const types[] = { "Patient",     "RelatedPerson",         "CarePlan",
                                       "Observation", "QuestionnaireResponse", "Appointment" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      CpdEhrTypeResult result = { types[i], failing && i == 3 ? "no" : NULL, 0, 0, 0 };

      if (!cpd_store_ehr_put_type (db, "ecd", *(CpTime *) data, &result, error))
        return FALSE;
    }
  return left_out || cpd_store_ehr_put_read (db, 1, *(CpTime *) data, TRUE, error);
}

static CpFreshness *
look (Fixture *kit, const char *now, guint kinds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->database, CPD_DB_READER, &error);
  const CpdGrant grant = store_kit_grant (db, 1);
  CpFreshness *freshness = cpd_ehr_freshness (db, kit->config, &grant, at (now), kinds, &error);

  g_assert_no_error (error);
  return freshness;
}

typedef struct
{
  Fixture *kit;
  const char *now;
  CpFreshness *found;
  int done; /* atomic */
} Look;

static gboolean
look_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Look *asked = data;
  const CpdGrant grant = store_kit_grant (db, 1);

  asked->found = cpd_ehr_freshness (db, asked->kit->config, &grant, at (asked->now), ALL, error);
  return asked->found != NULL;
}

static void
looked (gpointer data, const GError *error)
{
  Look *asked = data;

  g_assert_no_error (error);
  g_atomic_int_set (&asked->done, TRUE);
}

/* As a glance does: the writer's thread keeps what it has read. */
static CpFreshness *
glance (Fixture *kit, const char *now)
{
  Look asked = { kit, now, NULL, FALSE };

  g_assert_true (cpd_writer_submit_reading (kit->writer, look_in_writer, looked, &asked, NULL));
  while (!g_atomic_int_get (&asked.done))
    g_thread_yield ();
  return asked.found;
}

static void
assert_state (Fixture *kit, const char *now, int state, CpTime fetched_at)
{
  g_autoptr (CpFreshness) freshness = look (kit, now, ALL);
  g_autoptr (CpFreshness) kept = glance (kit, now);

  g_assert_cmpint (kept->state, ==, state);
  g_assert_cmpint (kept->fetched_at, ==, fetched_at);
  g_assert_cmpint (freshness->kinds->len, ==, CP_FRESH_N_KINDS);
  g_assert_cmpint (freshness->state, ==, state);
  g_assert_cmpint (freshness->fetched_at, ==, fetched_at);
  g_assert_cmpint (freshness->next_at, ==, at ("2026-03-03T20:00:00+01:00"));
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  store_kit_set_up (kit);
  store_kit_write (kit, add_client, NULL);
  failing = left_out = FALSE;
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  store_kit_tear_down (kit);
}

/* Until it has gone well what is there is in that state still, and as old as before. */
static void
slot_goes_well (Fixture *kit, CpTime begun, int state, CpTime before)
{
  store_kit_write (kit, slot_begins, &begun);
  assert_state (kit, "2026-03-03T08:05:00+01:00", state, before);
  store_kit_write (kit, types_done, &begun);
  store_kit_write (kit, slot_ends, &begun);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_CURRENT, begun);
}

static void
test_states (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_NEVER, 0);
  store_kit_write (kit, types_done, &before);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_LATE, before);
  assert_state (kit, "2026-03-03T09:00:00+01:00", CP_FRESH_SKIPPED, before);
  slot_goes_well (kit, begun, CP_FRESH_RUNNING, before);
}

/* The first one may take the whole day. */
static void
test_long_run (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  CpTime later = at ("2026-03-03T17:04:00+01:00");

  store_kit_write (kit, types_done, &before);
  store_kit_write (kit, slot_begins, &begun);
  store_kit_write (kit, run_goes_on, &later);
  assert_state (kit, "2026-03-03T17:05:00+01:00", CP_FRESH_RUNNING, before);
  /* It died. */
  assert_state (kit, "2026-03-03T17:09:01+01:00", CP_FRESH_SKIPPED, before);
}

/* An outage: it is tried again and again, and says meanwhile that it failed, and how old what is there is. */
static void
test_tried_again (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  store_kit_write (kit, types_done, &before);
  failing = TRUE;
  for (int i = 0; i < 3; i++)
    {
      store_kit_write (kit, slot_begins, &begun);
      assert_state (kit, "2026-03-03T08:05:00+01:00", i == 0 ? CP_FRESH_RUNNING : CP_FRESH_FAILED, before);
      store_kit_write (kit, types_done, &begun);
      store_kit_write (kit, slot_fails, &begun);
      assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_FAILED, before);
    }
  failing = FALSE;
  slot_goes_well (kit, begun, CP_FRESH_FAILED, before);
}

static gboolean
server_starts (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_ehr_slots_put_right (db, *(CpTime *) data, error);
}

/* Stopped in the middle of a run, as for a new version: that is not a failure, and what was one before still is. */
static void
test_stopped (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  store_kit_write (kit, types_done, &before);
  for (int i = 0; i < 2; i++)
    {
      int state = i == 0 ? CP_FRESH_RUNNING : CP_FRESH_FAILED;

      store_kit_write (kit, slot_begins, &begun);
      store_kit_write (kit, run_stops, NULL);
      store_kit_write (kit, server_starts, &begun);
      store_kit_write (kit, slot_begins, &begun);
      assert_state (kit, "2026-03-03T08:05:00+01:00", state, before);
      store_kit_write (kit, slot_fails, &begun);
    }
  slot_goes_well (kit, begun, CP_FRESH_FAILED, before);
}

/* It took the server with it, and may do so each time. */
static void
test_died (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  store_kit_write (kit, types_done, &before);
  store_kit_write (kit, slot_begins, &begun);
  store_kit_write (kit, server_starts, &begun);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_FAILED, before);
  slot_goes_well (kit, begun, CP_FRESH_FAILED, before);
}

/* Also when not a word of how the types went could be written. */
static void
test_nothing_written (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  store_kit_write (kit, types_done, &before);
  store_kit_write (kit, slot_begins, &begun);
  store_kit_write (kit, slot_fails, &begun);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_FAILED, before);
}

/* A run in which each type goes well may leave somebody out: what is shown of them is as old as it was. */
static void
test_left_out (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  CpTime between = at ("2026-03-03T10:00:00+01:00");
  g_autoptr (CpFreshness) freshness = NULL;

  store_kit_write (kit, types_done, &before);
  left_out = TRUE;
  store_kit_write (kit, types_done, &begun);
  assert_state (kit, "2026-03-03T09:00:00+01:00", CP_FRESH_FAILED, before);
  freshness = look (kit, "2026-03-03T09:00:00+01:00", 1u << CP_FRESH_FORMS);
  g_assert_cmpint (freshness->slot_at, ==, at ("2026-03-03T08:00:00+01:00"));
  left_out = FALSE;
  store_kit_write (kit, types_done, &begun);
  assert_state (kit, "2026-03-03T09:00:00+01:00", CP_FRESH_CURRENT, begun);
  /* By a run between two slots: what was read at the slot is what was promised. */
  left_out = TRUE;
  store_kit_write (kit, types_done, &between);
  assert_state (kit, "2026-03-03T10:30:00+01:00", CP_FRESH_CURRENT, begun);
}

static void
test_never_read (Fixture *kit, gconstpointer data)
{
  CpTime begun = at ("2026-03-03T08:00:01+01:00");

  left_out = TRUE;
  store_kit_write (kit, types_done, &begun);
  assert_state (kit, "2026-03-03T09:00:00+01:00", CP_FRESH_NEVER, 0);
}

static void
test_one_kind_fails (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  g_autoptr (CpFreshness) appointments = NULL;
  g_autoptr (CpFreshness) all = NULL;

  store_kit_write (kit, types_done, &before);
  failing = TRUE;
  store_kit_write (kit, types_done, &begun);
  appointments = look (kit, "2026-03-03T09:00:00+01:00", 1u << CP_FRESH_APPOINTMENTS);
  all = look (kit, "2026-03-03T09:00:00+01:00", ALL);
  g_assert_cmpint (appointments->state, ==, CP_FRESH_CURRENT);
  g_assert_cmpint (appointments->kinds->len, ==, 1);
  g_assert_cmpint (all->state, ==, CP_FRESH_FAILED);
  g_assert_cmpint (all->fetched_at, ==, before);
  g_assert_cmpint (all->slot_at, ==, at ("2026-03-03T08:00:00+01:00"));
}

/* Task is not granted; done says whether it once was. */
static gboolean
task_withheld (CpdDb *db, gpointer data, GError **error)
{
  CpTime before = at ("2026-03-01T08:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  const CpdEhrTypeResult done = { .type = "Task" };
  const CpdEhrTypeResult withheld = { .type = "Task", .error = "not granted", .withheld = TRUE };

  return (data == NULL || cpd_store_ehr_put_type (db, "ecd", before, &done, error)) &&
         cpd_store_ehr_put_type (db, "ecd", begun, &withheld, error);
}

/* A type that the source has never given makes nothing older, and one that it does not give any more does. */
static void
test_withheld (Fixture *kit, gconstpointer data)
{
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  g_autoptr (CpFreshness) never = NULL;
  g_autoptr (CpFreshness) once = NULL;

  store_kit_write (kit, types_done, &begun);
  store_kit_write (kit, task_withheld, NULL);
  never = look (kit, "2026-03-03T09:00:00+01:00", 1u << CP_FRESH_PLANS);
  g_assert_cmpint (never->state, ==, CP_FRESH_CURRENT);
  g_assert_cmpint (never->fetched_at, ==, begun);
  store_kit_write (kit, task_withheld, kit);
  once = look (kit, "2026-03-03T09:00:00+01:00", 1u << CP_FRESH_PLANS);
  g_assert_cmpint (once->state, ==, CP_FRESH_FAILED);
  g_assert_cmpint (once->fetched_at, ==, at ("2026-03-01T08:00:01+01:00"));
}

/* Of forms there is one type: refused, or asked for and failed. */
static gboolean
forms_never (CpdDb *db, gpointer data, GError **error)
{
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  const CpdEhrTypeResult result = { .type = "QuestionnaireResponse", .error = "no", .withheld = data != NULL };

  return cpd_db_run (db, error, "DELETE FROM sync_type WHERE type = 'QuestionnaireResponse'", "") &&
         cpd_store_ehr_put_type (db, "ecd", begun, &result, error);
}

static const CpFreshPart *
forms_of (const CpFreshness *freshness)
{
  return g_ptr_array_index (freshness->kinds, CP_FRESH_FORMS);
}

/* A kind that is not given is told of by itself, and takes its age from nothing else; one that could not be fetched
 * makes that not everything is up to date. */
static void
test_kind_withheld (Fixture *kit, gconstpointer data)
{
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  g_autoptr (CpFreshness) withheld = NULL;
  g_autoptr (CpFreshness) old = NULL;
  g_autoptr (CpFreshness) alone = NULL;
  g_autoptr (CpFreshness) failed = NULL;

  store_kit_write (kit, types_done, &begun);
  store_kit_write (kit, forms_never, kit);
  withheld = look (kit, "2026-03-03T09:00:00+01:00", ALL);
  g_assert_cmpint (withheld->state, ==, CP_FRESH_CURRENT);
  g_assert_cmpint (withheld->fetched_at, ==, begun);
  g_assert_cmpint (forms_of (withheld)->state, ==, CP_FRESH_NEVER);
  g_assert_cmpint (forms_of (withheld)->fetched_at, ==, 0);
  old = look (kit, "2026-03-03T22:00:00+01:00", ALL);
  g_assert_cmpint (old->state, ==, CP_FRESH_SKIPPED);
  g_assert_cmpint (old->fetched_at, ==, begun);
  alone = look (kit, "2026-03-03T09:00:00+01:00", 1u << CP_FRESH_FORMS);
  g_assert_cmpint (alone->state, ==, CP_FRESH_NEVER);
  g_assert_cmpint (alone->fetched_at, ==, 0);
  store_kit_write (kit, forms_never, NULL);
  failed = look (kit, "2026-03-03T09:00:00+01:00", ALL);
  g_assert_cmpint (failed->state, ==, CP_FRESH_FAILED);
  g_assert_cmpint (failed->fetched_at, ==, begun);
  g_assert_cmpint (forms_of (failed)->state, ==, CP_FRESH_FAILED);
}

static gboolean
types_done_then_failed (CpdDb *db, gpointer data, GError **error)
{
  Look asked = { ((gpointer *) data)[0], "2026-03-03T08:05:00+01:00", NULL, FALSE };

  if (!types_done (db, ((gpointer *) data)[1], error) || !look_in_writer (db, &asked, error))
    return FALSE;
  g_assert_cmpint (asked.found->state, ==, CP_FRESH_CURRENT);
  cp_freshness_free (asked.found);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "on purpose");
  return FALSE;
}

/* What was read of a change that was undone is not kept. */
static void
test_undone (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  gpointer both[] = { kit, &begun };

  store_kit_write (kit, types_done, &before);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_LATE, before);
  g_assert_false (cpd_writer_run (kit->writer, types_done_then_failed, both, NULL));
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_LATE, before);
}

/* Nor is anything kept when another connection has written. */
static void
test_others (Fixture *kit, gconstpointer data)
{
  CpTime before = at ("2026-03-02T20:00:01+01:00");
  CpTime begun = at ("2026-03-03T08:00:01+01:00");
  g_autoptr (CpdDb) other = cpd_db_open (kit->database, CPD_DB_WRITER, NULL);

  store_kit_write (kit, types_done, &before);
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_LATE, before);
  g_assert_true (types_done (other, &begun, NULL));
  assert_state (kit, "2026-03-03T08:05:00+01:00", CP_FRESH_CURRENT, begun);
}

/* A run of the evening that went well, and after it none: what each quarter of an hour is said of it, and from the
 * morning's run on that it is older than it should be. Also in the nights in which the clock is put forward and back,
 * and where an organisation is elsewhere. */
static void
test_by_the_hour (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *zone, *evening, *morning, *next;
    int hours;
  } nights[] = {
    { "Europe/Amsterdam", "2026-03-03T20:00:00+01:00", "2026-03-04T08:00:00+01:00", "2026-03-04T20:00:00+01:00", 12 },
    { "Europe/Amsterdam", "2026-03-28T20:00:00+01:00", "2026-03-29T08:00:00+02:00", "2026-03-29T20:00:00+02:00", 11 },
    { "Europe/Amsterdam", "2026-10-24T20:00:00+02:00", "2026-10-25T08:00:00+01:00", "2026-10-25T20:00:00+01:00", 13 },
    { "America/Curacao", "2026-11-03T20:00:00-04:00", "2026-11-04T08:00:00-04:00", "2026-11-04T20:00:00-04:00", 12 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      CpTime evening = at (nights[i].evening);
      CpTime morning = at (nights[i].morning);
      CpTime next = at (nights[i].next);
      CpTime read = evening + CP_TIME_SECOND;

      g_clear_pointer (&kit->config->zone, g_time_zone_unref);
      kit->config->zone = g_time_zone_new_identifier (nights[i].zone);
      store_kit_write (kit, types_done, &read);
      g_assert_cmpint (morning - evening, ==, nights[i].hours * CP_TIME_HOUR);
      for (CpTime now = read; now < next; now += 15 * CP_TIME_MINUTE)
        {
          g_autofree char *text = cp_time_format (now, kit->config->zone);
          g_autoptr (CpFreshness) freshness = look (kit, text, ALL);
          gboolean late = now >= morning;

          g_assert_cmpint (freshness->state, ==,
                           !late                                 ? CP_FRESH_CURRENT
                           : now - morning < 15 * CP_TIME_MINUTE ? CP_FRESH_LATE
                                                                 : CP_FRESH_SKIPPED);
          g_assert_cmpint (freshness->fetched_at, ==, read);
          g_assert_cmpint (freshness->slot_at, ==, late ? morning : 0);
          g_assert_cmpint (freshness->next_at, ==, late ? next : morning);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ehr-freshness/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/ehr-freshness/long-run", Fixture, NULL, set_up, test_long_run, tear_down);
  g_test_add ("/ehr-freshness/tried-again", Fixture, NULL, set_up, test_tried_again, tear_down);
  g_test_add ("/ehr-freshness/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/ehr-freshness/died", Fixture, NULL, set_up, test_died, tear_down);
  g_test_add ("/ehr-freshness/nothing-written", Fixture, NULL, set_up, test_nothing_written, tear_down);
  g_test_add ("/ehr-freshness/left-out", Fixture, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/ehr-freshness/never-read", Fixture, NULL, set_up, test_never_read, tear_down);
  g_test_add ("/ehr-freshness/one-kind-fails", Fixture, NULL, set_up, test_one_kind_fails, tear_down);
  g_test_add ("/ehr-freshness/withheld", Fixture, NULL, set_up, test_withheld, tear_down);
  g_test_add ("/ehr-freshness/kind-withheld", Fixture, NULL, set_up, test_kind_withheld, tear_down);
  g_test_add ("/ehr-freshness/undone", Fixture, NULL, set_up, test_undone, tear_down);
  g_test_add ("/ehr-freshness/others", Fixture, NULL, set_up, test_others, tear_down);
  g_test_add ("/ehr-freshness/by-the-hour", Fixture, NULL, set_up, test_by_the_hour, tear_down);
  return g_test_run ();
}
