/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail that there is something new, to who has two clients: a visit is one to a client. */
#include "cpd-store-account.h"
#include "cpd-store-news.h"
#include "cpd-store-session.h"
#include "cpd-stmt.h"
#include "store-kit.h"

#define WRITTEN "SELECT count(*) FROM outbox"

/* Marijke reads the appointments of Wil and Henk, and is mailed between eight and nine. */
static const char rows[] =
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, fhir_id, name, short_name,"
    " created, loaded) VALUES (1, 'wil', 's', x'01', x'', 'wil', 'Wil', 'Wil', 0, 1),"
    " (2, 'henk', 's', x'02', x'', 'henk', 'Henk', 'Henk', 0, 1);"
    "INSERT INTO account (id, public_id, username, name, given_name, email, created, last_login, quiet_from,"
    " quiet_until) VALUES (1, 'a', 'm', 'Marijke', 'Marijke', 'm@x.example', 1, 3, 1260, 480);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
    " VALUES (1, 'm1', 1, 1, 2, 1, 2), (2, 'm2', 1, 2, 2, 1, 2);"
    "INSERT INTO membership_part (membership, part, given) VALUES (1, 2, 1), (2, 2, 1);";

typedef StoreKit Fixture;

static void
set_now (const char *text)
{
  CpTime now;

  g_assert_true (cp_time_parse (text, &now));
  store_kit_set_now (now);
}

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, rows, error);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  set_now ("2026-03-04T20:00:00+01:00");
  store_kit_set_up (kit);
  store_kit_write (kit, fill, NULL);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  store_kit_tear_down (kit);
}

/* A run brings an appointment of this client. */
static gboolean
came (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts, hash,"
                     " first_seen, changed) VALUES (hex (randomblob (8)), ?1, 's', 'Appointment', hex (randomblob (8)),"
                     " 0, 9000000000000000, x'', ?2, 1)",
                     "ii", (gint64) GPOINTER_TO_INT (data), cp_time_now ());
}

/* It ends. */
static gboolean
told (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (GArray) accounts = cpd_store_news_accounts (db, error);

  return accounts != NULL && (accounts->len == 0 || cpd_store_news_tell (db, data, 1, cp_time_now (), error));
}

/* The person logs in, and looks at the client of this membership. */
static gboolean
looked_at (CpdDb *db, gpointer data, GError **error)
{
  const CpdActor actor = { .account = 1, .visit = cp_time_now () };

  return cpd_store_account_visited (db, 1, actor.visit, error) &&
         cpd_store_session_visit (db, &actor, GPOINTER_TO_INT (data), error);
}

typedef struct
{
  const CpdConfig *config;
  gboolean due, held;
} Handing;

static gboolean
hand_over (CpdDb *db, gpointer data, GError **error)
{
  Handing *handing = data;
  CpTime now = cp_time_now ();
  g_autoptr (CpdOutboxRow) row = cpd_store_outbox_take (db, CPD_OUTBOX_MAIL, now, now + CP_TIME_MINUTE, error);
  gboolean ours;

  handing->due = row != NULL;
  if (row == NULL)
    return TRUE;
  return cpd_store_news_hold (db, handing->config, row, now, &handing->held, error) &&
         (handing->held || cpd_store_outbox_sent (db, row, now, &ours, error));
}

static void
assert_handed (Fixture *kit, gboolean sent)
{
  Handing handing = { .config = kit->config };

  store_kit_write (kit, hand_over, &handing);
  g_assert_true (handing.due);
  g_assert_cmpint (handing.held, ==, !sent);
}

static gint64
number (Fixture *kit, const char *sql)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->database, CPD_DB_READER, NULL);

  return store_kit_number (db, sql);
}

/* Something comes of Wil in the quiet hours, and before they end the person looks at this one. */
static void
wait_and_look (Fixture *kit, int membership)
{
  set_now ("2026-03-04T22:00:00+01:00");
  store_kit_write (kit, came, GINT_TO_POINTER (1));
  set_now ("2026-03-04T22:00:01+01:00");
  store_kit_write (kit, told, (gpointer) kit->config);
  assert_handed (kit, FALSE);
  set_now ("2026-03-05T07:30:00+01:00");
  store_kit_write (kit, looked_at, GINT_TO_POINTER (membership));
}

/* It still is to be told; and that is one mail for everything, and the last before the next visit. */
static void
test_at_another (Fixture *kit, gconstpointer data)
{
  wait_and_look (kit, 2);
  set_now ("2026-03-05T08:00:00+01:00");
  assert_handed (kit, TRUE);
  set_now ("2026-03-05T09:00:00+01:00");
  store_kit_write (kit, came, GINT_TO_POINTER (1));
  set_now ("2026-03-05T09:00:01+01:00");
  store_kit_write (kit, told, (gpointer) kit->config);
  g_assert_cmpint (number (kit, WRITTEN), ==, 1);
}

static void
test_at_it (Fixture *kit, gconstpointer data)
{
  wait_and_look (kit, 1);
  set_now ("2026-03-05T08:00:00+01:00");
  assert_handed (kit, FALSE);
  g_assert_cmpint (number (kit, WRITTEN " WHERE reason = 'dropped'"), ==, 1);
}

/* More came of the other one meanwhile: one mail goes, the later. */
static void
test_two_wait (Fixture *kit, gconstpointer data)
{
  wait_and_look (kit, 2);
  set_now ("2026-03-05T07:45:00+01:00");
  store_kit_write (kit, came, GINT_TO_POINTER (2));
  set_now ("2026-03-05T07:45:01+01:00");
  store_kit_write (kit, told, (gpointer) kit->config);
  assert_handed (kit, FALSE);
  set_now ("2026-03-05T08:00:00+01:00");
  assert_handed (kit, FALSE);
  assert_handed (kit, TRUE);
}

/* It came before a login that was not for it, and the run ends after that. */
static void
test_in_before_it_was_told (Fixture *kit, gconstpointer data)
{
  set_now ("2026-03-05T10:00:00+01:00");
  store_kit_write (kit, came, GINT_TO_POINTER (1));
  set_now ("2026-03-05T10:00:01+01:00");
  store_kit_write (kit, looked_at, (gpointer) data);
  set_now ("2026-03-05T10:00:02+01:00");
  store_kit_write (kit, told, (gpointer) kit->config);
  g_assert_cmpint (number (kit, WRITTEN), ==, GPOINTER_TO_INT (data) == 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/news-clients/at-another", Fixture, NULL, set_up, test_at_another, tear_down);
  g_test_add ("/news-clients/at-it", Fixture, NULL, set_up, test_at_it, tear_down);
  g_test_add ("/news-clients/two-wait", Fixture, NULL, set_up, test_two_wait, tear_down);
  g_test_add ("/news-clients/told-after/it", Fixture, GINT_TO_POINTER (1), set_up, test_in_before_it_was_told,
              tear_down);
  g_test_add ("/news-clients/told-after/another", Fixture, GINT_TO_POINTER (2), set_up, test_in_before_it_was_told,
              tear_down);
  return g_test_run ();
}
