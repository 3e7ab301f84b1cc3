/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who hands a row over: one at a time, also when there are two processes, and when one of them was asleep for a while.
 */
#include "cpd-outbox.h"

#include <microhttpd.h>
#include <string.h>

#include "cpd-stmt.h"
#include "cpd-store-outbox.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND) /* 2026-03-03 12:00 UTC */
#define ROWS 30
#define PATIENCE (20 * G_USEC_PER_SEC)

static const char person[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, mobile, created) VALUES"
    " (1, 'a', 'm.debruin', 'Marijke de Bruin', 'Marijke', 'marijke@debruin.example', '+31612345612', 1);"
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
    " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1);"
    "INSERT INTO membership (id, public_id, account, patient, state, created) VALUES (1, 'm', 1, 1, 1, 1);";

/* Two servers on one database, and a gateway that takes what they send. */
typedef struct
{
  StoreKit kit;
  CpdWriter *other; /* of the second server */
  struct MHD_Daemon *daemon;
  GMutex mutex;
  GCond cond;
  GPtrArray *ids; /* of what came, in order */
  gboolean first_is_late;
} World;

/* The first request takes a minute, in which somebody else sends the row; then it says no. */
static void
be_late (World *world)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  store_kit_set_now (NOW + CP_TIME_MINUTE);
  while (world->ids->len < 2 && g_cond_wait_until (&world->cond, &world->mutex, end))
    ;
}

static int
take_message (World *world, const char *body)
{
  const char *id = strstr (body, "outbox-");
  gboolean late;

  g_mutex_lock (&world->mutex);
  late = world->first_is_late && world->ids->len == 0;
  g_ptr_array_add (world->ids, g_strndup (id, strcspn (id, "\"")));
  g_cond_broadcast (&world->cond);
  if (late)
    be_late (world);
  g_mutex_unlock (&world->mutex);
  return late ? 500 : 200;
}

static enum MHD_Result
answer_cb (void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
           const char *upload, size_t *size, void **state)
{
  GString *body = *state;
  struct MHD_Response *response;
  enum MHD_Result result;

  if (body == NULL)
    {
      *state = g_string_new (NULL);
      return MHD_YES;
    }
  if (*size > 0)
    {
      g_string_append_len (body, upload, *size);
      *size = 0;
      return MHD_YES;
    }
  response = MHD_create_response_from_buffer (2, (char *) "{}", MHD_RESPMEM_PERSISTENT);
  result = MHD_queue_response (connection, take_message (data, body->str), response);
  MHD_destroy_response (response);
  return result;
}

static void
completed_cb (void *data, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
  if (*state != NULL)
    g_string_free (*state, TRUE);
}

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, person, error);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *section = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&world->mutex);
  g_cond_init (&world->cond);
  world->ids = g_ptr_array_new_with_free_func (g_free);
  world->daemon = MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL,
                                    answer_cb, world, MHD_OPTION_NOTIFY_COMPLETED, completed_cb, NULL, MHD_OPTION_END);
  g_assert_nonnull (world->daemon);
  section = g_strdup_printf ("[sms]\nurl=http://127.0.0.1:%d/send\nsender=Linde\n"
                             "body={\"id\":\"{id}\",\"to\":\"{to}\",\"text\":\"{text}\"}\n",
                             MHD_get_daemon_info (world->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  store_kit_set_now (NOW);
  store_kit_set_up_with (&world->kit, section);
  store_kit_write (&world->kit, fill, NULL);
  world->other = cpd_writer_new (world->kit.database, &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world, gconstpointer data)
{
  cpd_writer_free (world->other);
  store_kit_tear_down (&world->kit);
  MHD_stop_daemon (world->daemon);
  g_ptr_array_unref (world->ids);
  g_cond_clear (&world->cond);
  g_mutex_clear (&world->mutex);
}

static gboolean
add_rows (CpdDb *db, gpointer data, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_SMS, "mobile-replaced", .account = 1 };

  for (int i = 0; i < *(int *) data; i++)
    if (!cpd_store_outbox_add_message (db, &message, cp_time_now (), error))
      return FALSE;
  return TRUE;
}

static gint64
number (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (world->kit.database, CPD_DB_READER, &error);
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &error, sql, "");
  gint64 n;

  g_assert_true (cpd_stmt_next (stmt, &error));
  n = cpd_stmt_int (stmt, 0);
  g_clear_pointer (&stmt, cpd_stmt_finish);
  return n;
}

static void
wait_until_waits (World *world, int rows)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (number (world, "SELECT count (*) FROM outbox WHERE sent IS NULL") != rows)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
}

static void
wait_until_sent (World *world)
{
  wait_until_waits (world, 0);
}

static void
send_by_two (World *world, int rows)
{
  g_autoptr (GError) error = NULL;
  CpdOutbox *outboxes[2];

  store_kit_write (&world->kit, add_rows, &rows);
  outboxes[0] = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  outboxes[1] = cpd_outbox_new (world->kit.config, world->kit.keys, world->other, &error);
  g_assert_no_error (error);
  for (int i = 0; world->first_is_late && i < 100 && number (world, "SELECT max (lease) FROM outbox") < 2; i++)
    {
      cpd_outbox_wake (outboxes[0]);
      cpd_outbox_wake (outboxes[1]);
      g_usleep (50000);
    }
  wait_until_sent (world);
  cpd_outbox_free (outboxes[0]);
  cpd_outbox_free (outboxes[1]);
}

static void
test_two_servers (World *world, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  send_by_two (world, ROWS);
  for (guint i = 0; i < world->ids->len; i++)
    g_assert_true (g_hash_table_add (seen, g_ptr_array_index (world->ids, i)));
  g_assert_cmpint (world->ids->len, ==, ROWS);
  g_assert_cmpint (number (world, "SELECT sum (tries) FROM outbox"), ==, ROWS);
}

/* The one whose lease ran out gets a no; the row was sent by the other one, and stays so. */
static void
test_late (World *world, gconstpointer data)
{
  world->first_is_late = TRUE;
  send_by_two (world, 1);
  g_assert_cmpint (world->ids->len, ==, 2);
  g_assert_cmpint (number (world, "SELECT lease = 2 AND tries = 1 AND reason IS NULL AND failed IS NULL FROM outbox"),
                   ==, 1);
}

static void
test_order (World *world, gconstpointer data)
{
  int rows = ROWS;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdOutbox) outbox = NULL;

  store_kit_write (&world->kit, add_rows, &rows);
  outbox = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  g_assert_no_error (error);
  wait_until_sent (world);
  for (int i = 0; i < ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("outbox-%d-%" G_GINT64_FORMAT "-0", i + 1, NOW);

      g_assert_cmpstr (g_ptr_array_index (world->ids, i), ==, id);
    }
}

static gboolean
write_ahead (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO outbox (kind, template, account, created, give_up, next_try, leased_until) VALUES"
                     " (1, 'mobile-replaced', 1, ?2, ?2, ?2, 0), (1, 'mobile-replaced', 1, ?1, ?2, ?2, 0),"
                     " (1, 'mobile-replaced', 1, ?1, ?2, ?1, ?2), (1, 'mobile-replaced', 1, ?3, ?2, ?3, 0)",
                     "iii", NOW, NOW + CP_TIME_HOUR, NOW + CP_TIME_MINUTE);
}

/* The clock was an hour ahead: what was written, put off or taken by it goes when the clock is right. What is to go in
 * a minute, so that it can be undone until then, still does. */
static void
test_clock_put_right (World *world, gconstpointer data)
{
  gboolean running = GPOINTER_TO_INT (data);
  int rows = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdOutbox) outbox = NULL;

  store_kit_set_now (NOW + CP_TIME_HOUR);
  store_kit_write (&world->kit, add_rows, &rows);
  outbox = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  g_assert_no_error (error);
  wait_until_sent (world);
  if (!running)
    g_clear_pointer (&outbox, cpd_outbox_free);
  store_kit_set_now (NOW);
  store_kit_write (&world->kit, write_ahead, NULL);
  if (running)
    cpd_outbox_wake (outbox);
  else
    outbox = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  wait_until_waits (world, 1);
  g_assert_cmpint (number (world, "SELECT max (id) FROM outbox WHERE sent IS NULL"), ==, 5);
  store_kit_set_now (NOW + CP_TIME_MINUTE);
  cpd_outbox_wake (outbox);
  wait_until_sent (world);
}

static gboolean
add_broken (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db,
                      "INSERT INTO outbox (kind, template, account, created, give_up, next_try, to_sealed)"
                      " VALUES (1, 'mobile-replaced', 1, 1, 9000000000000000, 1, x'00'),"
                      " (1, 'no-such-template', 1, 1, 9000000000000000, 1, NULL)",
                      error);
}

/* What cannot be made holds up nothing behind it. */
static void
test_broken (World *world, gconstpointer data)
{
  int rows = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdOutbox) outbox = NULL;
  gint64 end = g_get_monotonic_time () + PATIENCE;

  store_kit_write (&world->kit, add_broken, NULL);
  store_kit_write (&world->kit, add_rows, &rows);
  outbox = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  g_assert_no_error (error);
  while (number (world, "SELECT count (*) FROM outbox WHERE sent IS NOT NULL") == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
  g_assert_cmpint (
      number (world, "SELECT tries > 0 AND failed IS NULL AND reason IS NOT NULL FROM outbox WHERE id = 1"), ==, 1);
  g_assert_cmpint (number (world, "SELECT failed IS NOT NULL FROM outbox WHERE id = 2"), ==, 1);
}

static gboolean
hide (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, "ALTER TABLE outbox RENAME TO hidden", error);
}

static gboolean
show_again (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, "ALTER TABLE hidden RENAME TO outbox", error);
}

static void
count_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_assert_nonnull (strstr (message, "the outbox stands still"));
  g_atomic_int_inc ((int *) data);
}

static void
wait_for (int *count, int enough)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (g_atomic_int_get (count) < enough)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (1000);
    }
}

/* A database that does not answer is told of, by each of the two kinds once until it answers again. */
static void
test_unreadable (World *world, gconstpointer data)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  int warnings = 0;
  guint handler = g_log_set_handler ("cpd-out", G_LOG_LEVEL_WARNING, count_warning, &warnings);
  int rows = 1;
  g_autoptr (GError) error = NULL;
  CpdOutbox *outbox;

  store_kit_write (&world->kit, add_rows, &rows);
  store_kit_write (&world->kit, hide, NULL);
  outbox = cpd_outbox_new (world->kit.config, world->kit.keys, world->kit.writer, &error);
  g_assert_no_error (error);
  wait_for (&warnings, 2);
  for (int i = 0; i < 20; i++)
    {
      cpd_outbox_wake (outbox);
      g_usleep (5000);
    }
  store_kit_write (&world->kit, show_again, NULL);
  cpd_outbox_wake (outbox);
  wait_until_sent (world);
  g_assert_cmpint (g_atomic_int_get (&warnings), ==, 2);
  store_kit_write (&world->kit, hide, NULL);
  cpd_outbox_wake (outbox);
  wait_for (&warnings, 3);
  cpd_outbox_free (outbox);
  g_log_remove_handler ("cpd-out", handler);
  g_log_set_always_fatal (fatal);
}

/* Store alone: two that take, and what the one who lost it may still do. */
static gboolean
take_twice (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (CpdOutboxRow) one = cpd_store_outbox_take (db, CPD_OUTBOX_SMS, NOW, NOW + 10, error);
  g_autoptr (CpdOutboxRow) nobody = cpd_store_outbox_take (db, CPD_OUTBOX_SMS, NOW + 9, NOW + 20, error);
  g_autoptr (CpdOutboxRow) mail = cpd_store_outbox_take (db, CPD_OUTBOX_MAIL, NOW + 10, NOW + 20, error);
  g_autoptr (CpdOutboxRow) other = cpd_store_outbox_take (db, CPD_OUTBOX_SMS, NOW + 10, NOW + 20, error);
  gboolean held;
  CpTime when;

  g_assert_null (nobody);
  g_assert_null (mail);
  g_assert_cmpint (one->id, ==, other->id);
  g_assert_true (cpd_store_outbox_next (db, CPD_OUTBOX_SMS, &when, error));
  g_assert_cmpint (when, ==, NOW + 20);
  g_assert_true (cpd_store_outbox_failed (db, one, NOW, "x", &held, error) && !held);
  g_assert_true (cpd_store_outbox_retry (db, one, NOW, "x", &held, error) && !held);
  g_assert_true (cpd_store_outbox_sent (db, one, NOW, &held, error) && !held);
  g_assert_true (cpd_store_outbox_release (db, one, error));
  g_assert_null (cpd_store_outbox_take (db, CPD_OUTBOX_SMS, NOW + 19, NOW + 30, error));
  return cpd_store_outbox_sent (db, other, NOW, &held, error) && held;
}

static void
test_fence (World *world, gconstpointer data)
{
  int rows = 1;

  store_kit_write (&world->kit, add_rows, &rows);
  store_kit_write (&world->kit, take_twice, NULL);
  g_assert_cmpint (number (world, "SELECT sent IS NOT NULL AND tries = 1 AND reason IS NULL FROM outbox"), ==, 1);
}

#define ADD(name, func) g_test_add ("/outbox/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("two-servers", test_two_servers);
  ADD ("late", test_late);
  ADD ("order", test_order);
  g_test_add ("/outbox/clock-put-right/running", World, GINT_TO_POINTER (TRUE), set_up, test_clock_put_right,
              tear_down);
  g_test_add ("/outbox/clock-put-right/started", World, NULL, set_up, test_clock_put_right, tear_down);
  ADD ("broken", test_broken);
  ADD ("unreadable", test_unreadable);
  ADD ("fence", test_fence);
  return g_test_run ();
}
