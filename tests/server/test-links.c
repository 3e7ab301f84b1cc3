/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A link works for its time and once, is nowhere in clear, and one of an invitation ends with it. */
#include "cpd-links.h"

#include <string.h>

#include "cp-validate.h"
#include "cpd-stmt.h"
#include "cpd-store-account.h"
#include "cpd-token.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)
#define LIFE (5 * CP_TIME_MINUTE)
#define INVITATION 7
#define PREFIX "https://portal.example.org/"

typedef struct
{
  StoreKit kit;
  CpdLinkKind kind;
  gint64 object;
  const char *sql;
  char *address; /* (owned) */
  char *token;   /* (owned) */
  CpTime now;
  int code; /* 0: it counts */
} World;

static gboolean
run_sql (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, ((World *) data)->sql, error);
}

static void
change (World *world, const char *sql)
{
  world->sql = sql;
  store_kit_write (&world->kit, run_sql, world);
}

static void
set_up (World *world, gconstpointer data)
{
  store_kit_set_up (&world->kit);
  change (world, "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                 " VALUES (1, 'a', 'a', 'A', 'A', 'a@a.example', 0), (2, 'b', 'b', 'B', 'B', 'b@b.example', 0);"
                 "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name,"
                 " created) VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1);"
                 "INSERT INTO membership (id, public_id, account, patient, state, created)"
                 " VALUES (1, 'm', 1, 1, 0, 1)");
  change (world, "INSERT INTO invitation (id, public_id, membership, state, created, expires)"
                 " VALUES (7, 'i', 1, 0, 1772539200000000, 1773144000000000)");
}

static void
tear_down (World *world, gconstpointer data)
{
  cpd_secret_free (world->address);
  cpd_secret_free (world->token);
  store_kit_tear_down (&world->kit);
}

static gboolean
make (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;

  g_clear_pointer (&world->address, cpd_secret_free);
  g_clear_pointer (&world->token, cpd_secret_free);
  world->address = cpd_links_new (db, world->kit.keys, world->kit.config, world->kind, 1, world->object, NOW,
                                  world->kind == CPD_LINK_INVITATION ? 30 * CP_TIME_DAY : LIFE, error);
  world->token = world->address != NULL ? g_strdup (strrchr (world->address, '/') + 1) : NULL;
  return world->address != NULL;
}

static void
make_link (World *world, CpdLinkKind kind, gint64 object)
{
  world->kind = kind;
  world->object = object;
  store_kit_write (&world->kit, make, world);
}

static gboolean
find (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (GError) local = NULL;
  CpdLink link;

  world->code = 0;
  if (!cpd_links_find (db, world->kit.keys, world->token, world->now, &link, &local))
    world->code = local->code;
  else
    g_assert_cmpint (link.account, ==, 1);
  return TRUE;
}

static int
found (World *world, CpTime now)
{
  world->now = now;
  store_kit_write (&world->kit, find, world);
  return world->code;
}

static gboolean
use (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (GError) second = NULL;
  CpdLink link;

  g_assert_true (cpd_links_find (db, world->kit.keys, world->token, NOW, &link, error));
  g_assert_true (cpd_links_use (db, &link, NOW, error));
  g_assert_false (cpd_links_use (db, &link, NOW, &second));
  g_assert_error (second, CP_ERROR, CP_ERROR_LINK_ENDED);
  return TRUE;
}

static void
test_its_time_and_once (World *world, gconstpointer data)
{
  make_link (world, CPD_LINK_RESET, 0);
  g_assert_true (g_str_has_prefix (world->address, PREFIX "reset/"));
  g_assert_true (cp_validate_is_token (world->token));
  g_assert_cmpint (found (world, NOW), ==, 0);
  g_assert_cmpint (found (world, NOW + LIFE - 1), ==, 0);
  g_assert_cmpint (found (world, NOW + LIFE), ==, CP_ERROR_LINK_ENDED);
  store_kit_write (&world->kit, use, world);
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
  memset (world->token, 'A', strlen (world->token));
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
}

static void
test_nowhere_in_clear (World *world, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (world->kit.database, "-wal", NULL);
  const char *const files[] = { world->kit.database, wal };

  make_link (world, CPD_LINK_RESET, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *bytes = NULL;
      gsize size;
      g_assert_true (g_file_get_contents (files[i], &bytes, &size, NULL));
      g_assert_null (memmem (bytes, size, world->token, strlen (world->token)));
    }
}

/* What the invitation becomes, and whether its link then works. */
static void
test_an_invitation (World *world, gconstpointer data)
{
  make_link (world, CPD_LINK_INVITATION, INVITATION);
  g_assert_true (g_str_has_prefix (world->address, PREFIX "invitation/"));
  g_assert_cmpint (found (world, NOW + 7 * CP_TIME_DAY - 1), ==, 0);
  g_assert_cmpint (found (world, NOW + 7 * CP_TIME_DAY), ==, CP_ERROR_LINK_ENDED);
  change (world, "UPDATE invitation SET state = 4");
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
  change (world, "UPDATE invitation SET state = 0");
  g_assert_cmpint (found (world, NOW), ==, 0);
  change (world, "INSERT INTO credential (account, kind, pepper, hash, created) VALUES (1, 1, 0, 'x', 0),"
                 " (2, 0, 0, 'x', 0)");
  g_assert_cmpint (found (world, NOW), ==, 0);
  change (world, "INSERT INTO credential (account, kind, pepper, hash, created) VALUES (1, 0, 0, 'x', 0)");
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
}

static gboolean
end_passwords (CpdDb *db, gpointer data, GError **error)
{
  return cpd_links_end_passwords (db, 1, NOW, error);
}

/* The address waits as long as nobody else has it. */
static void
test_an_address (World *world, gconstpointer data)
{
  change (world,
          "INSERT INTO email_change (id, account, email, created, expires) VALUES (7, 1, 'a@new.example', 0, 1)");
  make_link (world, CPD_LINK_CONFIRM, 7);
  g_assert_cmpint (found (world, NOW), ==, 0);
  change (world, "UPDATE account SET email = 'A@new.example' WHERE id = 2");
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
  change (world, "UPDATE account SET email = 'b@b.example' WHERE id = 2");
  g_assert_cmpint (found (world, NOW), ==, 0);
  change (world, "DELETE FROM email_change");
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
  change (world,
          "INSERT INTO email_change (id, account, email, created, expires) VALUES (7, 2, 'a@new.example', 0, 1)");
  g_assert_cmpint (found (world, NOW), ==, CP_ERROR_LINK_ENDED);
}

static void
test_the_end_of_all (World *world, gconstpointer data)
{
  static const CpdLinkKind kinds[] = { CPD_LINK_RESET, CPD_LINK_INVITATION, CPD_LINK_CONFIRM };

  change (world,
          "INSERT INTO email_change (id, account, email, created, expires) VALUES (7, 1, 'a@new.example', 0, 1)");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      make_link (world, kinds[i], INVITATION);
      g_assert_cmpint (found (world, NOW), ==, 0);
      store_kit_write (&world->kit, end_passwords, world);
      g_assert_cmpint (found (world, NOW), ==, kinds[i] == CPD_LINK_CONFIRM ? 0 : CP_ERROR_LINK_ENDED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/links/its-time-and-once", World, NULL, set_up, test_its_time_and_once, tear_down);
  g_test_add ("/links/nowhere-in-clear", World, NULL, set_up, test_nowhere_in_clear, tear_down);
  g_test_add ("/links/an-invitation", World, NULL, set_up, test_an_invitation, tear_down);
  g_test_add ("/links/an-address", World, NULL, set_up, test_an_address, tear_down);
  g_test_add ("/links/the-end-of-all", World, NULL, set_up, test_the_end_of_all, tear_down);
  return g_test_run ();
}
