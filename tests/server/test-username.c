/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User names that are proposed: made of the person's name, and nobody's. */
#include "cpd-stmt.h"
#include "cpd-username.h"
#include "store-kit.h"

static const char *const taken[] = { "m.debruin", "m.debruin2", "m.debruin4", "m.debruin.oud", "m.debruinen", "jo01" };

static const struct
{
  const char *name, *username;
} proposals[] = {
  { "Marijke de Bruin", "m.debruin3" },
  { "Maud de Bruin", "m.debruin3" },
  { "Max de Bruine", "m.debruine" },
  { "Mies de Bruinen", "m.debruinen2" },
  { "Jo", "jo02" },
  { "J\u00f3zef W\u0119glarz", "j.weglarz" },
  { "\u5f20\u4f1f", "gebruiker" },
  { "\u0130 \"; DROP TABLE account; --", "i.droptableaccount" },
};

static gboolean
add_accounts (CpdDb *db, gpointer data, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!cpd_db_run (db, error,
                     "INSERT INTO account (public_id, username, name, given_name, email, created)"
                     " VALUES (?1, ?1, ?1, ?1, ?1, 0)",
                     "t", taken[i]))
      return FALSE;
  return TRUE;
}

static gboolean
propose (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_member_free);

  for (gsize i = 0; i < G_N_ELEMENTS (proposals); i++)
    {
      CpMember *member = cp_member_new ();
      member->name = g_strdup (proposals[i].name);
      g_ptr_array_add (members, member);
    }
  g_assert_true (cpd_username_propose (db, members, error));
  for (gsize i = 0; i < G_N_ELEMENTS (proposals); i++)
    g_assert_cmpstr (((CpMember *) members->pdata[i])->username, ==, proposals[i].username);
  g_ptr_array_set_size (members, 0);
  return cpd_username_propose (db, members, error);
}

static gboolean
propose_another (CpdDb *db, gpointer data, GError **error)
{
  g_autofree char *username = NULL;

  g_assert_true (cpd_username_other (db, "M.deBruin", &username, error));
  g_assert_cmpstr (username, ==, "m.debruin3");
  return TRUE;
}

/* As many as there are people called so: each is found in one look. */
static gboolean
propose_many (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_member_free);
  CpMember *member = cp_member_new ();

  g_ptr_array_add (members, member);
  member->name = g_strdup ("Jan Jansen");
  g_assert_true (cpd_db_exec (db,
                              "WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)"
                              " INSERT INTO account (public_id, username, name, given_name, email, created)"
                              " SELECT name, name, name, name, name, 0 FROM"
                              "  (SELECT 'j.jansen' AS name UNION ALL SELECT 'j.jansen' || n FROM n)",
                              error));
  g_assert_true (cpd_username_propose (db, members, error));
  g_assert_cmpstr (member->username, ==, "j.jansen3001");
  return TRUE;
}

static void
test_proposals (void)
{
  StoreKit kit;

  store_kit_set_up (&kit);
  store_kit_write (&kit, add_accounts, NULL);
  store_kit_write (&kit, propose, NULL);
  store_kit_write (&kit, propose_another, NULL);
  store_kit_write (&kit, propose_many, NULL);
  store_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/username/proposals", test_proposals);
  return g_test_run ();
}
