/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logged out is out at once, and has one row, however often it is tried and whoever asks meanwhile. */
#include "cpd-log-outs.h"
#include "cpd-stmt.h"
#include "store-kit.h"

#define SESSIONS 40
#define NOW (1772539200 * CP_TIME_SECOND)

typedef struct
{
  StoreKit kit;
  CpdLogOuts *log_outs;
  int n_done; /* atomic */
} World;

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  if (!cpd_db_exec (db,
                    "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                    " VALUES (1, 'a', 'a', 'A', 'A', 'a@a.example', 0)",
                    error))
    return FALSE;
  for (gint64 i = 1; i <= SESSIONS; i++)
    if (!cpd_db_run (db, error,
                     "INSERT INTO session (id, token_hash, account, kind, shared, created, last_used, expires)"
                     " VALUES (?1, CAST (?1 AS BLOB), 1, 3, 0, 0, 0, 0)",
                     "i", i))
      return FALSE;
  return TRUE;
}

static void
set_up (World *world)
{
  *world = (World){ 0 };
  store_kit_set_up (&world->kit);
  store_kit_write (&world->kit, fill, NULL);
  world->log_outs = cpd_log_outs_new (world->kit.writer);
}

static void
tear_down (World *world)
{
  store_kit_tear_down (&world->kit);
  cpd_log_outs_free (world->log_outs);
}

static gint64
number (World *world, const char *sql)
{
  g_autoptr (CpdDb) db = cpd_db_open (world->kit.database, CPD_DB_READER, NULL);
  gint64 n;
  {
    g_autoptr (CpdStmt) stmt = cpd_db_query (db, NULL, sql, "");
    g_assert_true (cpd_stmt_next (stmt, NULL));
    n = cpd_stmt_int (stmt, 0);
  }
  return n;
}

static gboolean
nothing (CpdDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
done_cb (gpointer data, const GError *error)
{
  World *world = data;

  g_atomic_int_inc (&world->n_done);
}

static void
test_at_once (void)
{
  World world;
  const CpdActor actor = { .session = 1, .account = 1 };

  set_up (&world);
  g_assert_false (cpd_log_outs_has (world.log_outs, 1));
  cpd_log_outs_add (world.log_outs, &actor, NOW);
  g_assert_true (cpd_log_outs_has (world.log_outs, 1));
  g_assert_false (cpd_log_outs_has (world.log_outs, 2));
  g_assert_cmpint (number (&world, "SELECT count (*) FROM session WHERE ended IS NOT NULL"), ==, 0);
  cpd_log_outs_write (world.log_outs, 1, done_cb, &world);
  store_kit_write (&world.kit, nothing, NULL);
  g_assert_cmpint (world.n_done, ==, 1);
  g_assert_false (cpd_log_outs_has (world.log_outs, 1));
  g_assert_cmpint (number (&world, "SELECT ended FROM session WHERE id = 1"), ==, NOW);
  g_assert_cmpint (number (&world, "SELECT at FROM audit WHERE action = 8 AND session = 1 AND account = 1"), ==, NOW);
  cpd_log_outs_write (world.log_outs, 1, done_cb, &world); /* too late, and no harm */
  g_assert_cmpint (world.n_done, ==, 2);
  tear_down (&world);
}

static gpointer
log_out_thread (gpointer data)
{
  World *world = data;

  for (gint64 i = 1; i <= SESSIONS; i++)
    {
      const CpdActor actor = { .session = i, .account = 1 };
      cpd_log_outs_add (world->log_outs, &actor, NOW);
      cpd_log_outs_write (world->log_outs, i, done_cb, world);
      cpd_log_outs_retry (world->log_outs);
      cpd_log_outs_has (world->log_outs, SESSIONS - i);
    }
  return NULL;
}

static void
test_from_many_threads (void)
{
  World world;
  GThread *threads[4];

  set_up (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("log out", log_out_thread, &world);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  /* What found the queue full is still waiting. */
  store_kit_write (&world.kit, nothing, NULL);
  cpd_log_outs_retry (world.log_outs);
  store_kit_write (&world.kit, nothing, NULL);
  g_assert_cmpint (g_atomic_int_get (&world.n_done), ==, SESSIONS * G_N_ELEMENTS (threads));
  g_assert_cmpint (number (&world, "SELECT count (*) FROM session WHERE ended IS NOT NULL"), ==, SESSIONS);
  g_assert_cmpint (number (&world, "SELECT count (*) FROM audit WHERE action = 8"), ==, SESSIONS);
  for (gint64 i = 1; i <= SESSIONS; i++)
    g_assert_false (cpd_log_outs_has (world.log_outs, i));
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-outs/at-once", test_at_once);
  g_test_add_func ("/log-outs/from-many-threads", test_from_many_threads);
  return g_test_run ();
}
