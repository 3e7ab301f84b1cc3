/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail with news that did not go keeps nobody from the next one; one that went or waits does, until its reader comes.
 */
#include "cpd-store-news.h"
#include "cpd-stmt.h"
#include "cpd-tidy.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)

/* Marijke reads the appointments of Wil. */
static const char rows[] =
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, fhir_id, name, short_name,"
    " created, loaded) VALUES (1, 'wil', 's', x'01', x'', 'wil', 'Wil', 'Wil', 0, 1);"
    "INSERT INTO account (id, public_id, username, name, given_name, email, created, last_login)"
    " VALUES (1, 'a', 'm', 'Marijke', 'Marijke', 'm@x.example', 1, 3);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
    " VALUES (1, 'm', 1, 1, 2, 1, 2);"
    "INSERT INTO membership_part (membership, part, given) VALUES (1, 2, 1);";

typedef struct
{
  StoreKit kit;
  gint64 appointments;
  gint64 told; /* accounts */
  gint64 mails;
} World;

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, rows, error);
}

/* A run that brings an appointment. */
static gboolean
run (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  CpTime now = cp_time_now ();
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts, hash, first_seen, changed)"
      " VALUES ('%1$" G_GINT64_FORMAT "', 1, 's', 'Appointment', '%1$" G_GINT64_FORMAT "', 0, 9000000000000000, x'',"
      " %2$" G_GINT64_FORMAT ", 1)",
      ++world->appointments, now);
  g_autoptr (GArray) accounts = NULL;
  g_autoptr (CpdStmt) stmt = NULL;

  if (!cpd_db_exec (db, sql, error))
    return FALSE;
  store_kit_set_now (now + 1);
  accounts = cpd_store_news_accounts (db, error);
  if (accounts == NULL || (accounts->len > 0 && !cpd_store_news_tell (db, world->kit.config, 1, now + 1, error)))
    return FALSE;
  world->told = accounts->len;
  stmt = cpd_db_query (db, error, "SELECT count (*) FROM outbox", "");
  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  world->mails = cpd_stmt_int (stmt, 0);
  return TRUE;
}

static gboolean
refuse (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  gboolean held;

  return cpd_store_outbox_failed (db, row, cp_time_now (), "refused", &held, error);
}

static gboolean
drop (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  gboolean done;

  return cpd_store_outbox_drop (db, row->id, cp_time_now (), &done, error);
}

static gboolean
restore (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  return cpd_store_outbox_fail_all (db, cp_time_now (), "restored", error);
}

static gboolean
again (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  gboolean done;

  return refuse (db, row, error) && cpd_store_outbox_try_again (db, row->id, cp_time_now (), &done, error);
}

static gboolean
send (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  gboolean held;

  return cpd_store_outbox_sent (db, row, cp_time_now (), &held, error);
}

typedef struct
{
  const char *name;
  gboolean (*end) (CpdDb *db, const CpdOutboxRow *row, GError **error);
  gint64 next; /* mails that the run tells which brings more */
} Case;

static gboolean
end_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Case *c = data;
  CpTime now = cp_time_now ();
  g_autoptr (CpdOutboxRow) row = cpd_store_outbox_take (db, CPD_OUTBOX_MAIL, now, now + CP_TIME_MINUTE, error);

  return row != NULL && c->end (db, row, error);
}

static gboolean
tidy (CpdDb *db, gpointer data, GError **error)
{
  CpdTidy old;
  gboolean more;

  return cpd_tidy_init (&old, db, cp_time_now (), 1, error) && cpd_tidy_batch (&old, db, &more, error);
}

/* later: so much time passes, and what is old by then is deleted. */
static void
look_at_next (const Case *c, CpTime later)
{
  World world = { 0 };
  gint64 after;

  store_kit_set_now (NOW);
  store_kit_set_up (&world.kit);
  store_kit_write (&world.kit, fill, NULL);
  store_kit_set_now (NOW + CP_TIME_MINUTE);
  store_kit_write (&world.kit, run, &world);
  g_assert_cmpint (world.mails, ==, 1);
  store_kit_write (&world.kit, end_in_writer, (gpointer) c);
  store_kit_set_now (NOW + later);
  store_kit_write (&world.kit, tidy, NULL);
  store_kit_write (&world.kit, run, &world);
  g_assert_cmpint (world.told, ==, c->next);
  after = world.mails;
  /* The one that was written then waits. */
  store_kit_set_now (NOW + later + CP_TIME_HOUR);
  store_kit_write (&world.kit, run, &world);
  g_assert_cmpint (world.told, ==, 0);
  g_assert_cmpint (world.mails, ==, after);
  store_kit_tear_down (&world.kit);
}

static void
test_next (gconstpointer data)
{
  look_at_next (data, CP_TIME_HOUR);
}

/* Its row is not there any more. */
static void
test_next_month (gconstpointer data)
{
  look_at_next (data, 31 * CP_TIME_DAY);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "refused", refuse, 1 }, { "dropped", drop, 1 }, { "restored", restore, 1 },
    { "again", again, 0 },    { "sent", send, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = g_strconcat ("/news-failed/", cases[i].name, NULL);
      g_autofree char *next_month = g_strconcat ("/news-failed/a-month/", cases[i].name, NULL);

      g_test_add_data_func (next, &cases[i], test_next);
      g_test_add_data_func (next_month, &cases[i], test_next_month);
    }
  return g_test_run ();
}
