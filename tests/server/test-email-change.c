/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new e-mail address counts once, in time, and not when somebody else has it by then. */
#include <string.h>

#include "cp-changes.h"
#include "cpd-email-change.h"
#include "cpd-store-account.h"
#include "cpd-store-own.h"
#include "cpd-stmt.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)

typedef struct
{
  StoreKit kit;
  gint64 account;
  gint64 other;
  gint64 change;
  gint64 of; /* whose link it is */
  CpTime at;
  int code; /* of the failure, -1: none */
  char *email;
  gint64 told; /* mails to the address of before */
  gint64 news; /* for screens that are open */
  gint64 temporary;
} World;

static gint64
add_account (CpdDb *db, const char *name, GError **error)
{
  g_autofree char *email = g_strconcat (name, "@old.example", NULL);
  CpdAccount account = { .username = (char *) name,
                         .name = (char *) name,
                         .given_name = (char *) name,
                         .email = email,
                         .language = (char *) "nl" };

  return cpd_store_account_add (db, &account, NOW, error) ? account.id : 0;
}

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;

  world->account = add_account (db, "anna", error);
  world->other = add_account (db, "bert", error);
  return world->account != 0 && world->other != 0 &&
         cpd_store_account_add_temporary (db, world->account, "x", FALSE, NOW, NOW + CP_TIME_DAY, error) &&
         cpd_store_email_change_add (db, world->account, "anna@new.example", NOW, NOW + CP_TIME_DAY, &world->change,
                                     error);
}

static gboolean
try (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdAccount) account = NULL;
  g_autoptr (CpdStmt) stmt = NULL;

  world->code =
      cpd_email_change_confirm (db, world->kit.keys, world->of, world->change, world->at, &failed) ? -1 : failed->code;
  account = cpd_store_account_get (db, world->account, error);
  stmt =
      cpd_db_query (db, error,
                    "SELECT (SELECT count (*) FROM outbox WHERE template = 'email-changed' AND to_sealed IS NOT NULL),"
                    " (SELECT count (*) FROM change WHERE account = ?1 AND topic = ?2),"
                    " (SELECT count (*) FROM credential WHERE account = ?1)",
                    "ii", world->account, (gint64) CP_TOPIC_SESSION);
  if (account == NULL || !cpd_stmt_next (stmt, error))
    return FALSE;
  g_free (world->email);
  world->email = g_strdup (account->email);
  world->told = cpd_stmt_int (stmt, 0);
  world->news = cpd_stmt_int (stmt, 1);
  world->temporary = cpd_stmt_int (stmt, 2);
  return TRUE;
}

static void
set_up (World *world)
{
  memset (world, 0, sizeof *world);
  store_kit_set_up (&world->kit);
  store_kit_write (&world->kit, fill, world);
  world->of = world->account;
  world->at = NOW + CP_TIME_HOUR;
}

static void
check (World *world, int code, const char *email, gint64 told)
{
  store_kit_write (&world->kit, try, world);
  g_assert_cmpint (world->code, ==, code);
  g_assert_cmpstr (world->email, ==, email);
  g_assert_cmpint (world->told, ==, told);
  g_assert_cmpint (world->news, ==, told);
  /* What was mailed to the address of before lets nobody in any more. */
  g_assert_cmpint (world->temporary, ==, 1 - told);
}

static void
tear_down (World *world)
{
  store_kit_tear_down (&world->kit);
  g_free (world->email);
}

static void
test_once (void)
{
  World world;

  set_up (&world);
  check (&world, -1, "anna@new.example", 1);
  check (&world, CP_ERROR_NOT_FOUND, "anna@new.example", 1);
  tear_down (&world);
}

static void
test_in_time (void)
{
  World world;

  set_up (&world);
  world.at = NOW + CP_TIME_DAY;
  check (&world, CP_ERROR_NOT_FOUND, "anna@old.example", 0);
  tear_down (&world);
}

static void
test_of_nobody_else (void)
{
  World world;

  set_up (&world);
  world.of = world.other;
  check (&world, CP_ERROR_NOT_FOUND, "anna@old.example", 0);
  tear_down (&world);
}

static gboolean
ask_another (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  gint64 newer;

  return cpd_store_email_change_add (db, world->account, "anna@newest.example", NOW, NOW + CP_TIME_DAY, &newer, error);
}

static void
test_the_newest_one (void)
{
  World world;

  set_up (&world);
  store_kit_write (&world.kit, ask_another, &world);
  check (&world, CP_ERROR_NOT_FOUND, "anna@old.example", 0);
  tear_down (&world);
}

static gboolean
take_it (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, "UPDATE account SET email = 'ANNA@new.example' WHERE username = 'bert'", error);
}

static void
test_taken_meanwhile (void)
{
  World world;

  set_up (&world);
  store_kit_write (&world.kit, take_it, &world);
  check (&world, CP_ERROR_CONFLICT, "anna@old.example", 0);
  tear_down (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email-change/once", test_once);
  g_test_add_func ("/email-change/in-time", test_in_time);
  g_test_add_func ("/email-change/of-nobody-else", test_of_nobody_else);
  g_test_add_func ("/email-change/the-newest-one", test_the_newest_one);
  g_test_add_func ("/email-change/taken-meanwhile", test_taken_meanwhile);
  return g_test_run ();
}
