/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is of no use any more is deleted, nothing else is, and the audit log stays one chain. */
#include <string.h>

#include "cpd-stmt.h"
#include "cpd-store-audit.h"
#include "cpd-store-outbox.h"
#include "cpd-store-throttle.h"
#include "cpd-tidy.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)
#define YEARS 5

typedef struct
{
  StoreKit kit;
  const char *sql;
  gint64 number;
  gint64 n_rows;
  CpTime now;
} World;

static gboolean
run_sql (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, ((World *) data)->sql, error);
}

static void G_GNUC_PRINTF (2, 3) change (World *world, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  world->sql = sql;
  store_kit_write (&world->kit, run_sql, world);
}

static gboolean
ask (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, world->sql, "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  world->number = cpd_stmt_int (stmt, 0);
  return TRUE;
}

static gint64
number (World *world, const char *sql)
{
  /* The cache of statements keeps the place of the text. */
  world->sql = g_intern_string (sql);
  store_kit_write (&world->kit, ask, world);
  return world->number;
}

static gboolean
tidy_once (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  CpdTidy tidy;
  gboolean more = TRUE;

  if (!cpd_tidy_init (&tidy, db, world->now, YEARS, error))
    return FALSE;
  while (more)
    if (!cpd_tidy_batch (&tidy, db, &more, error))
      return FALSE;
  return TRUE;
}

static void
tidy (World *world, CpTime now)
{
  world->now = now;
  store_kit_write (&world->kit, tidy_once, world);
}

static void
set_up (World *world)
{
  memset (world, 0, sizeof *world);
  store_kit_set_up (&world->kit);
  change (world, "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                 " VALUES (1, 'a', 'a', 'A', 'A', 'a@a.example', 0), (2, 'b', 'b', 'B', 'B', 'b@b.example', 0)");
}

/* One of each kind is old by a second, and one is not yet. */
typedef struct
{
  const char *table;
  CpTime kept;
  const char *sql; /* with the time that counts, and a number of its own */
} Kind;

#define ATTEMPT "INSERT INTO login_attempt (id, account, created, expires, reason, shared, temporary) VALUES "
#define SESSION                                                                                                        \
  "INSERT INTO session (id, token_hash, account, kind, attempt, device, shared, created, last_used, expires, ended) "  \
  "VALUES "
#define DEVICE "INSERT INTO device (id, account, token_hash, created, last_visit, ended) VALUES "

#define GIVEN "INSERT INTO given_code (id, account, kind, code_hash, created, expires, used) VALUES "

static const Kind kinds[] = {
  { "session", 7 * CP_TIME_DAY, SESSION "({number}, zeroblob ({number}), 1, 3, NULL, NULL, 0, 0, 0, {time}, NULL)" },
  { "session", 7 * CP_TIME_DAY,
    SESSION "({number}, zeroblob ({number}), 1, 3, NULL, NULL, 0, 0, 0, 9000000000000000, {time})" },
  { "login_attempt", 25 * CP_TIME_HOUR, ATTEMPT "({number}, 1, {time}, 0, 0, 0, 0)" },
  { "device", 90 * CP_TIME_DAY, DEVICE "({number}, 1, zeroblob ({number}), 0, 0, {time})" },
  { "throttle", 25 * CP_TIME_HOUR, "INSERT INTO throttle VALUES (1, zeroblob ({number}), {time}, 3)" },
  { "change", CP_TIME_DAY, "INSERT INTO change (id, account, topic, at) VALUES ({number}, 1, 1, {time})" },
  { "given_code", 90 * CP_TIME_DAY, GIVEN "({number}, 1, 3, x'00', 0, {time}, NULL)" },
  { "given_code", 90 * CP_TIME_DAY, GIVEN "({number}, 1, 2, x'00', 0, 9000000000000000, {time})" },
  { "email_change", 25 * CP_TIME_HOUR,
    "INSERT INTO email_change (account, email, created, expires) VALUES ({number}, 'x', 0, {time})" },
  { "outbox", 30 * CP_TIME_DAY,
    "INSERT INTO outbox (id, kind, template, created, give_up, next_try, sent) VALUES ({number}, 1, 't', 0, 0, 0, "
    "{time})" },
  { "outbox", 30 * CP_TIME_DAY,
    "INSERT INTO outbox (id, account, kind, template, created, give_up, next_try, failed) VALUES ({number}, 1, 1, 't', "
    "0, 0, 0, {time})" },
  { "outbox", 25 * CP_TIME_HOUR,
    "INSERT INTO outbox (id, kind, template, created, give_up, next_try, failed) VALUES ({number}, 2, 't', 0, 0, 0, "
    "{time})" },
  { "link", 25 * CP_TIME_HOUR,
    "INSERT INTO link (kind, account, token_hash, created, expires) VALUES (1, 1, zeroblob ({number}), 0, {time})" },
  { "link", 25 * CP_TIME_HOUR,
    "INSERT INTO link (kind, account, token_hash, created, expires, used)"
    " VALUES (1, 1, zeroblob ({number}), 0, 9000000000000000, {time})" },
  { "sync_slot", 30 * CP_TIME_DAY,
    "INSERT INTO sync_slot (date, minute, started) VALUES ('2026-01-01', {number}, {time})" },
};

static char *
fill (const char *sql, CpTime time, const char *number)
{
  g_autoptr (GString) text = g_string_new (sql);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, time);

  g_string_replace (text, "{time}", digits, 0);
  g_string_replace (text, "{number}", number, 0);
  return g_strdup (text->str);
}

static void
test_each_rule_at_its_border (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      World world;
      g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", kinds[i].table);
      g_autofree char *old = fill (kinds[i].sql, NOW - kinds[i].kept - CP_TIME_SECOND, "1");
      g_autofree char *young = fill (kinds[i].sql, NOW - kinds[i].kept, "2");

      g_test_message ("%s", kinds[i].sql);
      set_up (&world);
      change (&world, "%s", old);
      change (&world, "%s", young);
      tidy (&world, NOW);
      g_assert_cmpint (number (&world, count), ==, 1);
      store_kit_tear_down (&world.kit);
    }
}

static void
test_what_is_referred_to_stays (void)
{
  World world;

  set_up (&world);
  change (&world, DEVICE "(1, 1, x'01', 0, 0, 1), (2, 1, x'02', 0, 0, 1), (3, 1, x'03', 0, 0, 1)");
  change (&world, ATTEMPT "(1, 1, 1, 1, 0, 0, 0), (2, 1, 1, 1, 0, 0, 0), (3, 1, 1, 1, 0, 0, 0)");
  change (&world, "UPDATE login_attempt SET device = 2 WHERE id = 3");
  change (&world,
          "INSERT INTO sms_code (attempt, code_hash, created, expires) VALUES (1, x'01', 1, 1), (2, x'02', 1, 1)");
  change (&world,
          "INSERT INTO outbox (kind, template, attempt, created, give_up, next_try, sent) VALUES"
          " (1, 't', 1, 1, 1, 1, 1), (1, 't', 2, 1, 1, 1, %" G_GINT64_FORMAT ")",
          NOW);
  change (&world, SESSION "(1, x'01', 1, 3, 2, 1, 0, 1, 1, %" G_GINT64_FORMAT ", NULL)", NOW);
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT sum (id) FROM session"), ==, 1);
  g_assert_cmpint (number (&world, "SELECT sum (id) FROM login_attempt"), ==, 2 + 3);
  g_assert_cmpint (number (&world, "SELECT sum (attempt) FROM sms_code"), ==, 2);
  g_assert_cmpint (number (&world, "SELECT sum (attempt) FROM outbox"), ==, 2);
  g_assert_cmpint (number (&world, "SELECT sum (id) FROM device"), ==, 1 + 2 + 3);
  store_kit_tear_down (&world.kit);
}

#define CHANGES "INSERT INTO change (id, account, topic, at) VALUES "

/* The first one that is left tells what is forgotten; so none goes before one that is older, whatever the clock did. */
static void
test_changes_go_in_their_order (void)
{
  World world;

  set_up (&world);
  change (&world, CHANGES "(1, 1, 1, 1), (2, 1, 1, %" G_GINT64_FORMAT "), (3, 1, 1, 2)", NOW);
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT sum (id) FROM change"), ==, 2 + 3);
  change (&world, "UPDATE change SET at = %" G_GINT64_FORMAT, NOW + 400 * CP_TIME_DAY);
  change (&world, CHANGES "(4, 1, 1, %" G_GINT64_FORMAT ")", NOW);
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT sum (id) FROM change"), ==, 4);
  change (&world, "UPDATE change SET at = 1");
  tidy (&world, NOW);
  change (&world, CHANGES "(NULL, 1, 1, 1)");
  g_assert_cmpint (number (&world, "SELECT id FROM change"), ==, 5);
  store_kit_tear_down (&world.kit);
}

/* Audit rows name sessions by their number. */
static void
test_no_number_is_given_twice (void)
{
  World world;

  set_up (&world);
  change (&world, SESSION "(1, x'01', 1, 3, NULL, NULL, 0, 0, 0, 1, 1), (2, x'02', 1, 3, NULL, NULL, 0, 0, 0, 1, 1)");
  tidy (&world, NOW);
  change (&world, SESSION "(NULL, x'03', 1, 3, NULL, NULL, 0, 0, 0, %" G_GINT64_FORMAT ", NULL)", NOW);
  g_assert_cmpint (number (&world, "SELECT max (id) FROM session"), ==, 3);
  store_kit_tear_down (&world.kit);
}

/* What waits is kept, however old; a window in the future too. */
static void
test_what_still_counts_stays (void)
{
  World world;
  int count;
  CpTime start;

  set_up (&world);
  change (&world, "INSERT INTO outbox (kind, template, created, give_up, next_try) VALUES (2, 't', 1, 1, 1)");
  change (&world, "INSERT INTO throttle VALUES (1, zeroblob (32), %" G_GINT64_FORMAT ", 3)", NOW - 14 * CP_TIME_MINUTE);
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT count (*) FROM outbox"), ==, 1);
  {
    g_autoptr (CpdDb) db = cpd_db_open (world.kit.database, CPD_DB_READER, NULL);
    const guchar key[32] = { 0 };

    g_assert_true (cpd_store_throttle_count (db, 1, key, NOW, 15 * CP_TIME_MINUTE, &count, &start, NULL));
    g_assert_cmpint (count, ==, 3);
  }
  store_kit_tear_down (&world.kit);
}

/* How the last slot went stays: the next start would run it again. */
static void
test_the_last_slot_stays (void)
{
  World world;

  set_up (&world);
  change (&world, "INSERT INTO sync_slot (date, minute, started, finished) VALUES ('2025-01-01', 480, 1, 2),"
                  " ('2025-01-01', 1200, 3, 4)");
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT sum (minute) FROM sync_slot"), ==, 1200);
  store_kit_tear_down (&world.kit);
}

/* The limit of codes a day counts what was sent in the attempts of yesterday. */
static void
test_the_limit_of_codes_is_not_loosened (void)
{
  World world;
  CpdSmsCount count;

  set_up (&world);
  change (&world, ATTEMPT "(1, 1, %" G_GINT64_FORMAT ", 0, 0, 0, 0), (2, 1, %" G_GINT64_FORMAT ", 0, 0, 0, 0)",
          NOW - 24 * CP_TIME_HOUR - 14 * CP_TIME_MINUTE, NOW);
  change (&world,
          "INSERT INTO outbox (kind, template, account, attempt, created, give_up, next_try, sent) VALUES"
          " (1, 't', 1, 1, %" G_GINT64_FORMAT ", 0, 0, 1)",
          NOW - 24 * CP_TIME_HOUR + CP_TIME_MINUTE);
  change (&world, "UPDATE outbox SET sent = created");
  tidy (&world, NOW);
  {
    g_autoptr (CpdDb) db = cpd_db_open (world.kit.database, CPD_DB_READER, NULL);

    g_assert_true (cpd_store_outbox_count_sms (db, 1, 2, NULL, NOW, &count, NULL));
    g_assert_cmpint (count.in_day, ==, 1);
  }
  store_kit_tear_down (&world.kit);
}

/* The audit log */

typedef struct
{
  CpTime at;
  int n;
} Rows;

static gboolean
add_rows (CpdDb *db, gpointer data, GError **error)
{
  const Rows *rows = data;

  for (int i = 0; i < rows->n; i++)
    {
      CpdAudit audit = { .at = rows->at + i, .action = CPD_AUDIT_READ, .account = 1, .count = i };
      if (!cpd_store_audit_add (db, &audit, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_audit (World *world, CpTime at, int n)
{
  Rows rows = { at, n };

  store_kit_write (&world->kit, add_rows, &rows);
}

static gboolean
verify (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_audit_verify (db, &((World *) data)->n_rows, error);
}

static gboolean
is_whole (World *world)
{
  g_autoptr (GError) error = NULL;

  if (cpd_writer_run (world->kit.writer, verify, world, &error))
    return TRUE;
  g_assert_error (error, CP_ERROR, CP_ERROR_CONFLICT);
  return FALSE;
}

#define FIVE_YEARS (CpTime) ((365 * 5 + 1) * CP_TIME_DAY)

static void
test_old_audit_rows_go_and_the_chain_stays (void)
{
  World world;

  set_up (&world);
  add_audit (&world, NOW - FIVE_YEARS - CP_TIME_DAY, 1200);
  add_audit (&world, NOW - FIVE_YEARS + CP_TIME_HOUR, 7);
  g_assert_true (is_whole (&world));
  tidy (&world, NOW);
  g_assert_cmpint (number (&world, "SELECT min (id) FROM audit"), ==, 1201);
  g_assert_cmpint (number (&world, "SELECT count (*) FROM audit WHERE action = 1"), ==, 7);
  g_assert_cmpint (number (&world, "SELECT sum (count) FROM audit WHERE action = 18"), ==, 1200);
  g_assert_cmpint (number (&world, "SELECT max (object) FROM audit WHERE action = 18"), ==, 1200);
  g_assert_true (is_whole (&world));
  g_assert_cmpint (world.n_rows, ==, 7 + 3);
  add_audit (&world, NOW + 1, 2);
  g_assert_true (is_whole (&world));
  /* When all is old, the row that says so is what is left. */
  for (int days = 0; days < 10; days++)
    tidy (&world, NOW + FIVE_YEARS + 10 * CP_TIME_DAY);
  g_assert_true (is_whole (&world));
  g_assert_cmpint (number (&world, "SELECT count (*) FROM audit WHERE action <> 18"), ==, 0);
  g_assert_cmpint (number (&world, "SELECT max (id) FROM audit"), >, 1209);
  store_kit_tear_down (&world.kit);
}

static void
test_a_clock_that_is_fast_does_not_cost_the_log (void)
{
  World world;

  set_up (&world);
  for (int day = 0; day < 100; day++)
    add_audit (&world, NOW + day * CP_TIME_DAY, 1);
  tidy (&world, NOW + 20 * FIVE_YEARS);
  g_assert_cmpint (number (&world, "SELECT count (*) FROM audit WHERE action = 1"), ==, 98);
  store_kit_tear_down (&world.kit);
}

static void
test_whoever_cuts_it_otherwise_is_found (void)
{
  static const char *const cuts[] = {
    "DELETE FROM audit WHERE id = (SELECT min (id) FROM audit)",
    "DELETE FROM meta WHERE key = 'audit-cut'",
    "UPDATE meta SET value = value + 1 WHERE key = 'audit-cut'",
    "UPDATE meta SET value = zeroblob (32) WHERE key = 'audit-cut-h'",
    /* Moves the beginning as the program does, but tells nobody. */
    ("UPDATE meta SET value = (SELECT h FROM audit WHERE id = 6) WHERE key = 'audit-cut-h';"
     "UPDATE meta SET value = 6 WHERE key = 'audit-cut'; DELETE FROM audit WHERE id <= 6"),
    "UPDATE audit SET count = 1 WHERE action = 18",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      World world;

      g_test_message ("%s", cuts[i]);
      set_up (&world);
      add_audit (&world, NOW - FIVE_YEARS - CP_TIME_DAY, 4);
      add_audit (&world, NOW - CP_TIME_DAY, 4);
      tidy (&world, NOW);
      g_assert_true (is_whole (&world));
      change (&world, "%s", cuts[i]);
      g_assert_false (is_whole (&world));
      store_kit_tear_down (&world.kit);
    }
}

#define PATIENT                                                                                                        \
  "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created, loaded)" \
  " VALUES ({number}, 'p{number}', 'ecd', x'0{number}', x'', '', '', 0, "
#define MEMBERSHIP                                                                                                     \
  "INSERT INTO membership (id, public_id, account, patient, state, created, accepted, visited, visited_before,"        \
  " unread_since) VALUES ({number}, 'm{number}', 1, {number}, 2, 0, "
#define ITEM                                                                                                           \
  "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, text, hash, changed, first_seen, seen)"  \
  " VALUES ({number} << 32 | {number}, 'i{number}', {number}, 'ecd', 'Observation', '{number}', 0, 0, '', x'', 0, "
#define MAIL                                                                                                           \
  "INSERT INTO outbox (account, kind, template, created, give_up, next_try) VALUES ({number}, 1, 't', {time}, 0, 0)"

/* What a clock that was fast wrote: a moment of a row, and what it is afterwards. */
static const struct
{
  const char *sql, *asked;
  enum
  {
    OVER, /* it lets nobody in */
    NOW_, /* it happened now */
    STAYS
  } then;
} fast[] = {
  { SESSION "({number}, x'0{number}', 1, 3, NULL, NULL, 0, 0, {time}, {time}, NULL)", "expires FROM session", OVER },
  { ATTEMPT "({number}, 1, {time}, {time}, 0, 0, 0)", "expires FROM login_attempt", OVER },
  { DEVICE "({number}, 1, zeroblob ({number}), 0, {time}, NULL)", "coalesce (ended, last_visit) FROM device", NOW_ },
  { GIVEN "({number}, 1, 3, x'00', {time}, {time} + 5, NULL)", "expires - 5 FROM given_code", NOW_ },
  { GIVEN "({number}, 1, 3, x'00', {time}, {time} + 5, NULL)", "created FROM given_code", NOW_ },
  { "UPDATE account SET last_login = {time}, previous_login = 1 WHERE id = {number}", "last_login FROM account", NOW_ },
  { "UPDATE account SET last_login = {time}, previous_login = {time} WHERE id = {number}",
    "previous_login FROM account", NOW_ },
  { "UPDATE account SET news_told = {time} WHERE id = {number}", "news_told FROM account", NOW_ },
  { "UPDATE account SET news_told = {time} WHERE id = {number}; " MAIL, "news_told FROM account", STAYS },
  { PATIENT "{time})", "loaded FROM patient", NOW_ },
  { PATIENT "0); " MEMBERSHIP "{time}, 1, 1, 1)", "accepted FROM membership", NOW_ },
  { PATIENT "0); " MEMBERSHIP "1, {time}, 1, 1)", "visited FROM membership", NOW_ },
  { PATIENT "0); " MEMBERSHIP "1, 1, {time}, 1)", "visited_before FROM membership", NOW_ },
  { PATIENT "0); " MEMBERSHIP "1, 1, 1, {time})", "unread_since FROM membership", NOW_ },
  { PATIENT "0); " MEMBERSHIP "1, 1, 1, 1); INSERT INTO membership_part (id, membership, part, given)"
            " VALUES ({number}, {number}, 1, {time})",
    "given FROM membership_part", NOW_ },
  { PATIENT "0); " ITEM "{time}, {time})", "first_seen FROM item", NOW_ },
  { PATIENT "0); " ITEM "{time}, {time})", "seen FROM item", NOW_ },
  { PATIENT "0); " ITEM "1, {time})", "seen FROM item", NOW_ },
  { PATIENT "0); INSERT INTO care_plan (id, public_id, patient, source, type, fhir_id, state, hash, changed,"
            " first_seen, seen) VALUES ({number} << 32 | {number}, 'c{number}', {number}, 'ecd', 'CarePlan', "
            "'{number}', 0, x'', 0,"
            " {time}, {time})",
    "min (first_seen, seen) FROM care_plan", NOW_ },
  { PATIENT "0); INSERT INTO appointment (id, public_id, patient, source, type, fhir_id, status, hash, changed,"
            " first_seen) VALUES ({number} << 32 | {number}, 'a{number}', {number}, 'ecd', 'Appointment', '{number}', "
            "0, x'', 0,"
            " {time})",
    "first_seen FROM appointment", NOW_ },
};

/* What lets somebody in counts no more, and not later either, when that moment comes. What comes after the rest of it
 * is new, as after what happens now. */
static void
test_what_a_fast_clock_wrote (void)
{
  static const CpTime times[] = { NOW + CP_TIME_MINUTE, NOW + CP_TIME_MINUTE + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (fast); i++)
    {
      World world;
      const CpTime then[] = { [OVER] = 0, [NOW_] = NOW, [STAYS] = times[1] };

      set_up (&world);
      for (int n = 0; n < 2; n++)
        {
          g_autofree char *digit = g_strdup_printf ("%d", n + 1);
          g_autofree char *sql = fill (fast[i].sql, times[n], digit);

          change (&world, "%s", sql);
        }
      tidy (&world, NOW);
      for (int n = 0; n < 2; n++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT %s WHERE (id & 4294967295) = %d", fast[i].asked, n + 1);

          g_test_message ("%s", fast[i].sql);
          g_assert_cmpint (number (&world, sql), ==, n == 0 ? times[0] : then[fast[i].then]);
        }
      store_kit_tear_down (&world.kit);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidy/each-rule-at-its-border", test_each_rule_at_its_border);
  g_test_add_func ("/tidy/what-is-referred-to-stays", test_what_is_referred_to_stays);
  g_test_add_func ("/tidy/changes-go-in-their-order", test_changes_go_in_their_order);
  g_test_add_func ("/tidy/no-number-is-given-twice", test_no_number_is_given_twice);
  g_test_add_func ("/tidy/what-still-counts-stays", test_what_still_counts_stays);
  g_test_add_func ("/tidy/the-last-slot-stays", test_the_last_slot_stays);
  g_test_add_func ("/tidy/the-limit-of-codes-is-not-loosened", test_the_limit_of_codes_is_not_loosened);
  g_test_add_func ("/tidy/old-audit-rows-go-and-the-chain-stays", test_old_audit_rows_go_and_the_chain_stays);
  g_test_add_func ("/tidy/a-clock-that-is-fast", test_a_clock_that_is_fast_does_not_cost_the_log);
  g_test_add_func ("/tidy/what-a-fast-clock-wrote", test_what_a_fast_clock_wrote);
  g_test_add_func ("/tidy/whoever-cuts-it-otherwise-is-found", test_whoever_cuts_it_otherwise_is_found);
  return g_test_run ();
}
