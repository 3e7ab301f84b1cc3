/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of the coming appointments gives the answer that all of them would give, at any moment after. */
#include "cpd-stmt.h"
#include "cpd-store-appointment.h"
#include "cpd-store-summary.h"
#include "store-kit.h"

#include <string.h>

#define NOW (1772539200 * CP_TIME_SECOND)
#define STEP (15 * CP_TIME_MINUTE) /* moments and appointments lie on it, so that they often meet */
#define ROUNDS 150
#define MOMENTS 25
#define LIMIT 4

static const CpdGrant grant = { .patient = 1 };

static gint64
step_between (int from_days, int until_days)
{
  return NOW + g_test_rand_int_range (from_days * 96, until_days * 96) * STEP;
}

static gboolean
add_patient (CpdDb *db, GError **error)
{
  return cpd_db_exec (
      db,
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name,"
      " created) VALUES (1, 'p', 's', x'01', x'', 'P', 'P', 0)",
      error);
}

static gboolean
add_appointment (CpdDb *db, int number, CpTime start, CpTime end, int status, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%d", number);

  return cpd_db_run (db, error,
                     "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts, ends, hash,"
                     " description, first_seen, changed) VALUES (?1, 1, 's', 'Appointment', ?1, ?2, ?3, ?4, x'',"
                     " 'a \"quoted\"' || char (10) || 'text', 1, 1)",
                     "tioo", id, (gint64) status, start, end);
}

static gboolean
add_random (CpdDb *db, int number, GError **error)
{
  CpTime start =
      g_test_rand_int_range (0, 10) == 0 ? 0 : step_between (g_test_rand_int_range (0, 4) == 0 ? -40 : -4, 5);
  CpTime end = g_test_rand_int_range (0, 4) == 0 ? 0 : start + g_test_rand_int_range (1, 12) * STEP;

  if (g_test_rand_int_range (0, 5) == 0 && start != 0)
    end = start + g_test_rand_int_range (1, 50) * CP_TIME_DAY;
  return add_appointment (db, number, start, start != 0 ? end : 0, g_test_rand_int_range (0, 4), error);
}

/* (transfer full): as in an answer; takes list. */
static char *
text_of (GPtrArray *list, GTimeZone *zone)
{
  g_autoptr (CpStartAppointments) panel = cp_start_appointments_new ();

  g_ptr_array_unref (panel->items);
  panel->items = list;
  return cp_record_to_text (&cp_start_appointments_record, panel, zone, NULL);
}

static CpdTimeRange
day_of (CpTime now)
{
  return (CpdTimeRange){ now - now % CP_TIME_DAY, now - now % CP_TIME_DAY + CP_TIME_DAY };
}

static char *
next_of (CpdDb *db, CpTime now, GTimeZone *zone)
{
  g_autoptr (GError) error = NULL;
  const CpdConfig config = { .unshared = 0 };
  CpdNextAppointments next = { now, day_of (now), LIMIT, NULL };

  cpd_store_summary_read (db, &config, &grant, 0, NULL, NULL, &next, &error);
  g_assert_no_error (error);
  return text_of (next.items, zone);
}

static void
assert_same (CpdDb *db, CpTime now, GTimeZone *zone)
{
  const CpdCursor beginning = { 0, 0 };
  g_autoptr (GError) error = NULL;
  CpdTimeRange today = day_of (now);
  GPtrArray *all = cpd_store_appointments (db, &grant, TRUE, now, &today, &beginning, LIMIT, NULL, &error);
  g_autofree char *right = text_of (all, zone);
  g_autofree char *kept = next_of (db, now, zone);

  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, right);
}

static const char *const changes[] = {
  "UPDATE appointment SET description = 'changed' WHERE public_id = '0'",
  "UPDATE appointment SET removed = 1 WHERE public_id IN ('1', '2')",
  "DELETE FROM appointment WHERE public_id = '3'",
  ("INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, hash, first_seen, changed)"
   " VALUES ('new', 1, 's', 'Appointment', 'new', 0, x'', 1, 1)"),
};

static gboolean
compare_at_random (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  if (!add_patient (db, error))
    return FALSE;
  for (int round = 0; round < ROUNDS; round++)
    {
      if (!cpd_db_exec (db, "DELETE FROM appointment", error))
        return FALSE;
      for (int i = g_test_rand_int_range (0, 30); i >= 0; i--)
        if (!add_random (db, i, error))
          return FALSE;
      if (!cpd_store_summary_refresh (db, 1, NOW, zone, error))
        return FALSE;
      for (int i = 0; i < MOMENTS; i++)
        assert_same (db, step_between (-1, 8), zone);
      if (!cpd_db_exec (db, changes[g_test_rand_int_range (0, G_N_ELEMENTS (changes))], error))
        return FALSE;
      assert_same (db, NOW, zone);
    }
  return TRUE;
}

static void
in_writer (CpdWriteFunc func)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  StoreKit kit;

  store_kit_set_up (&kit);
  store_kit_write (&kit, func, zone);
  store_kit_tear_down (&kit);
}

static void
test_same_at_any_moment (void)
{
  in_writer (compare_at_random);
}

/* Marks what is kept, so that it can be told in an answer. */
static void
mark (CpdDb *db)
{
  g_assert_true (cpd_db_exec (db, "UPDATE summary SET coming = replace (coming, 'care', 'kept')", NULL));
}

static gboolean
is_kept (CpdDb *db, CpTime now, GTimeZone *zone)
{
  g_autofree char *text = next_of (db, now, zone);

  return strstr (text, "kept") != NULL;
}

/* Ten, a day each: eight are kept. */
static gboolean
look_when_kept (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  if (!add_patient (db, error))
    return FALSE;
  for (int i = 0; i < 10; i++)
    if (!add_appointment (db, i, NOW + i * CP_TIME_DAY, NOW + i * CP_TIME_DAY + CP_TIME_HOUR, 0, error))
      return FALSE;
  if (!cpd_store_summary_refresh (db, 1, NOW, zone, error))
    return FALSE;
  mark (db);
  g_assert_true (is_kept (db, NOW, zone));
  g_assert_true (is_kept (db, NOW + 4 * CP_TIME_DAY, zone));
  g_assert_false (is_kept (db, NOW + 5 * CP_TIME_DAY, zone)); /* three of them are left, but there are more */
  g_assert_false (is_kept (db, NOW - 1, zone));               /* before it was kept */

  g_assert_true (
      cpd_db_exec (db, "UPDATE summary SET coming_run = coming_run + 1", error)); /* another program wrote it */
  g_assert_false (is_kept (db, NOW, zone));
  g_assert_true (cpd_store_summary_rewrite (db, NOW, zone, error));
  g_assert_false (is_kept (db, NOW, zone));
  mark (db);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_assert_true (is_kept (db, NOW, zone));
      g_assert_true (cpd_db_exec (db, changes[i], error));
      g_assert_false (is_kept (db, NOW, zone));
      g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
      mark (db);
    }
  g_assert_true (cpd_db_exec (db, "DELETE FROM appointment WHERE public_id NOT IN ('5', '6')", error));
  g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
  mark (db);
  g_assert_true (is_kept (db, NOW, zone)); /* less than the limit, and there are no more */
  return TRUE;
}

/* One that goes over to another patient changes what is kept of both. */
static gboolean
look_at_both (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  g_assert_true (add_patient (db, error));
  g_assert_true (cpd_db_exec (db,
                              "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name,"
                              " short_name, created) VALUES (2, 'q', 's', x'02', x'', 'Q', 'Q', 0)",
                              error));
  g_assert_true (add_appointment (db, 1, NOW + CP_TIME_DAY, 0, 0, error));
  for (gint64 patient = 1; patient <= 2; patient++)
    g_assert_true (cpd_store_summary_refresh (db, patient, NOW, zone, error));
  g_assert_cmpint (store_kit_number (db, "SELECT count (coming) FROM summary"), ==, 2);
  g_assert_true (cpd_db_exec (db, "UPDATE appointment SET patient = 2", error));
  g_assert_cmpint (store_kit_number (db, "SELECT count (coming) FROM summary"), ==, 0);
  return TRUE;
}

/* The public ids of what the start screen shows, and whether it is from what is kept. */
static void
assert_next (CpdDb *db, CpTime now, GTimeZone *zone, gboolean kept, const char *ids)
{
  g_autofree char *text = next_of (db, now, zone);
  g_autoptr (GString) found = g_string_new (NULL);

  for (const char *id = strstr (text, "\"id\":\""); id != NULL; id = strstr (id + 1, "\"id\":\""))
    g_string_append_printf (found, "%.*s ", (int) strcspn (id + 6, "\""), id + 6);
  g_assert_cmpstr (found->str, ==, ids);
  g_assert_cmpint (strstr (text, "\"kept\"") != NULL, ==, kept);
}

/* A dozen that were cancelled, of each day one, of which the last two are of the day of the first that goes on. They
 * show on their own day, and take no place of what goes on. */
static gboolean
look_at_cancelled (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  g_assert_true (add_patient (db, error));
  for (int i = 0; i < 12; i++)
    g_assert_true (add_appointment (db, i, NOW + MIN (i, 10) * CP_TIME_DAY + CP_TIME_HOUR, 0, 3, error));
  for (int i = 20; i < 29; i++)
    g_assert_true (add_appointment (db, i, NOW + (i - 10) * CP_TIME_DAY + 2 * CP_TIME_HOUR, 0, 0, error));
  g_assert_true (add_appointment (db, 30, 0, 0, 3, error)); /* without a day of its own */
  g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
  mark (db);
  assert_next (db, NOW, zone, TRUE, "0 20 21 22 ");
  assert_next (db, NOW + CP_TIME_DAY, zone, TRUE, "1 20 21 22 ");
  assert_next (db, NOW + CP_TIME_DAY + 3 * CP_TIME_HOUR, zone, TRUE, "20 21 22 23 ");
  assert_next (db, NOW + 10 * CP_TIME_DAY, zone, TRUE, "10 11 20 21 ");
  assert_next (db, NOW + 15 * CP_TIME_DAY, zone, FALSE, "25 26 27 28 "); /* eight were kept that go on */
  g_assert_true (cpd_db_exec (db, "UPDATE summary SET coming = NULL", error));
  assert_next (db, NOW, zone, FALSE, "0 20 21 22 ");
  assert_next (db, NOW + 10 * CP_TIME_DAY, zone, FALSE, "10 11 20 21 ");
  return TRUE;
}

/* However many are cancelled, a row has an end. */
static gboolean
look_at_many_cancelled (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  g_assert_true (add_patient (db, error));
  for (int i = 0; i < 32; i++)
    g_assert_true (add_appointment (db, i, NOW + (i + 1) * CP_TIME_DAY, 0, 3, error));
  g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
  mark (db);
  assert_next (db, NOW + 4 * CP_TIME_DAY, zone, TRUE, "3 ");
  g_assert_true (add_appointment (db, 99, NOW + 99 * CP_TIME_DAY, 0, 0, error));
  g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
  mark (db);
  assert_next (db, NOW + 4 * CP_TIME_DAY, zone, FALSE, "3 99 ");
  return TRUE;
}

static void
test_cancelled_on_its_day (void)
{
  in_writer (look_at_cancelled);
  in_writer (look_at_many_cancelled);
}

static void
test_goes_over (void)
{
  in_writer (look_at_both);
}

/* Where nothing but an appointment changed its list is kept anew, and the rest of the row is left alone; a patient
 * without a row gets one. */
static gboolean
look_at_the_rest (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;

  g_assert_true (add_patient (db, error));
  g_assert_true (add_appointment (db, 1, NOW + CP_TIME_DAY, 0, 0, error));
  g_assert_true (cpd_store_summary_refresh_appointments (db, 1, NOW, zone, error));
  g_assert_cmpint (store_kit_number (db, "SELECT count (*) FROM summary WHERE coming <> '' AND newest_seen = 0"), ==,
                   1);
  g_assert_true (cpd_db_exec (db, "UPDATE summary SET newest_seen = 7; DELETE FROM appointment", error));
  g_assert_true (cpd_store_summary_refresh_appointments (db, 1, NOW, zone, error));
  g_assert_cmpint (store_kit_number (db, "SELECT count (*) FROM summary WHERE coming = '' AND newest_seen = 7"), ==, 1);
  return TRUE;
}

static void
assert_list (CpdDb *db, gboolean coming, const CpdCursor *from, const char *first, int count)
{
  const CpdTimeRange today = day_of (NOW);
  CpdCursor next;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = cpd_store_appointments (db, &grant, coming, NOW, &today, from, 10, &next, &error);

  g_assert_no_error (error);
  g_assert_cmpint (list->len, ==, count);
  g_assert_cmpstr (((const CpAppointment *) g_ptr_array_index (list, 0))->id, ==, first);
}

/* A stay of six weeks, in its fifth; one that is over, and one that was cancelled. */
static gboolean
look_at_long (CpdDb *db, gpointer data, GError **error)
{
  GTimeZone *zone = data;
  const CpdCursor beginning = { 0, 0 };
  const CpdCursor stay = { NOW - 35 * CP_TIME_DAY, 1 };
  gboolean came;

  g_assert_true (add_patient (db, error));
  g_assert_true (add_appointment (db, 1, stay.at, NOW + 7 * CP_TIME_DAY, 0, error));
  g_assert_true (add_appointment (db, 2, NOW - 40 * CP_TIME_DAY, NOW - CP_TIME_HOUR, 0, error));
  g_assert_true (add_appointment (db, 3, NOW - 34 * CP_TIME_DAY, NOW + 8 * CP_TIME_DAY, 3, error));
  g_assert_true (cpd_store_appointments_came (db, &grant, 0, NOW, &came, error));
  g_assert_true (came);
  g_assert_true (cpd_store_appointments_came (db, &grant, 1, NOW, &came, error));
  g_assert_false (came);
  g_assert_true (add_appointment (db, 4, NOW + CP_TIME_HOUR, NOW + 2 * CP_TIME_HOUR, 0, error));
  assert_list (db, TRUE, &beginning, "1", 2);
  assert_list (db, TRUE, &stay, "4", 1);
  assert_list (db, FALSE, &beginning, "2", 1);
  g_assert_true (cpd_store_summary_refresh (db, 1, NOW, zone, error));
  mark (db);
  assert_next (db, NOW, zone, TRUE, "1 4 ");
  assert_next (db, NOW + 6 * CP_TIME_DAY, zone, TRUE, "1 ");
  return TRUE;
}

static void
test_long (void)
{
  in_writer (look_at_long);
}

static void
test_nothing_else_changed (void)
{
  in_writer (look_at_the_rest);
}

static void
test_what_is_kept_is_read (void)
{
  in_writer (look_when_kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/appointments/same-at-any-moment", test_same_at_any_moment);
  g_test_add_func ("/appointments/what-is-kept-is-read", test_what_is_kept_is_read);
  g_test_add_func ("/appointments/cancelled-on-its-day", test_cancelled_on_its_day);
  g_test_add_func ("/appointments/goes-over", test_goes_over);
  g_test_add_func ("/appointments/long", test_long);
  g_test_add_func ("/appointments/nothing-else-changed", test_nothing_else_changed);
  return g_test_run ();
}
