/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each try of a mail has a temporary password of its own: those of one mail push out none that an invitation brought.
 */
#include "cpd-store-account.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)
#define TRIES 20

typedef struct
{
  StoreKit kit;
  gint64 account;
  CpdCredentials found;
} World;

static gboolean
add_account (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  CpdAccount account = { .username = (char *) "anna",
                         .name = (char *) "Anna",
                         .given_name = (char *) "Anna",
                         .email = (char *) "anna@x.example",
                         .language = (char *) "nl" };

  if (!cpd_store_account_add (db, &account, NOW, error))
    return FALSE;
  world->account = account.id;
  return TRUE;
}

static gboolean
add (CpdDb *db, World *world, const char *hash, CpTime expires, GError **error)
{
  return cpd_store_account_add_temporary (db, world->account, hash, TRUE, NOW, expires, error);
}

static gboolean
add_asked (CpdDb *db, World *world, const char *hash, CpTime when, GError **error)
{
  return cpd_store_account_add_temporary (db, world->account, hash, FALSE, when, when + CP_TIME_HOUR, error);
}

/* One mail arrives; another is tried over and over. */
static gboolean
arrive_and_try (CpdDb *db, gpointer data, GError **error)
{
  if (!add (db, data, "arrived", NOW + 7 * CP_TIME_DAY, error))
    return FALSE;
  for (int i = 0; i < TRIES; i++)
    {
      g_autofree char *hash = g_strdup_printf ("try %d", i);
      if (!add (db, data, hash, NOW + 8 * CP_TIME_DAY, error))
        return FALSE;
    }
  return TRUE;
}

/* Two mails with an invitation arrive; one that was asked for is tried over and over. */
static gboolean
arrive_and_ask (CpdDb *db, gpointer data, GError **error)
{
  if (!add (db, data, "invited 7", NOW + 7 * CP_TIME_DAY, error) ||
      !add (db, data, "invited 8", NOW + 8 * CP_TIME_DAY, error))
    return FALSE;
  for (int i = 0; i < TRIES; i++)
    {
      g_autofree char *hash = g_strdup_printf ("asked %d", i);
      if (!add_asked (db, data, hash, NOW + i * CP_TIME_MINUTE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
invite_often (CpdDb *db, gpointer data, GError **error)
{
  for (int i = 0; i < 2 * CPD_TEMPORARY_MOST; i++)
    {
      g_autofree char *hash = g_strdup_printf ("mail %d", i);
      if (!add (db, data, hash, NOW + (9 + i) * CP_TIME_DAY, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;

  cpd_credentials_clear (&world->found);
  return cpd_store_account_credentials (db, world->account, &world->found, error);
}

static gboolean
opens (World *world, const char *hash)
{
  return cpd_credentials_find_temporary (&world->found, hash) != NULL;
}

static void
test_tries (void)
{
  World world = { 0 };

  store_kit_set_up (&world.kit);
  store_kit_write (&world.kit, add_account, &world);
  store_kit_write (&world.kit, arrive_and_try, &world);
  store_kit_write (&world.kit, find, &world);
  g_assert_true (opens (&world, "arrived"));
  g_assert_true (opens (&world, "try 19"));
  /* A try whose answer was lost may have arrived too. */
  g_assert_true (opens (&world, "try 16"));
  g_assert_false (opens (&world, "try 15"));
  /* No more than are looked through, whatever they came with. */
  store_kit_write (&world.kit, invite_often, &world);
  store_kit_write (&world.kit, find, &world);
  g_assert_cmpuint (world.found.n_temporary, ==, CPD_TEMPORARY_MOST);
  g_assert_false (opens (&world, "arrived"));
  g_assert_true (opens (&world, "mail 31"));
  cpd_credentials_clear (&world.found);
  store_kit_tear_down (&world.kit);
}

/* Each try of what was asked for ends an hour after it was made: they are no mail with an invitation each. */
static void
test_asked (void)
{
  World world = { 0 };

  store_kit_set_up (&world.kit);
  store_kit_write (&world.kit, add_account, &world);
  store_kit_write (&world.kit, arrive_and_ask, &world);
  store_kit_write (&world.kit, find, &world);
  g_assert_true (opens (&world, "invited 7"));
  g_assert_true (opens (&world, "invited 8"));
  g_assert_true (opens (&world, "asked 19"));
  g_assert_true (opens (&world, "asked 12"));
  g_assert_false (opens (&world, "asked 11"));
  cpd_credentials_clear (&world.found);
  store_kit_tear_down (&world.kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/temporary/tries", test_tries);
  g_test_add_func ("/temporary/asked", test_asked);
  return g_test_run ();
}
