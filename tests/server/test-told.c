/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the start screen tells of has the version that the list and an edit reckon: or each "renew" would be refused. */
#include "cpd-member-list.h"
#include "cpd-member-version.h"
#include "cpd-policy.h"
#include "cpd-stmt.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)
#define SOON (NOW + 14 * CP_TIME_DAY)

/* All end soon; each differs in what a version is of, and in whether that shows. */
static const char rows[] =
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
    " VALUES (1, 'wil', 's', x'01', x'', 'Wil', 'Wil', 0);"
    "INSERT INTO account (id, public_id, username, name, given_name, email, mobile, created, last_login) VALUES"
    " (1, 'a1', 'a', 'Anna', 'Anna', 'a@x.example', '+31612345671', 0, NULL),"
    " (2, 'a2', 'b', 'Bert', 'Bert', 'b@x.example', '+31612345672', 0, 5),"
    " (3, 'a3', 'c', 'Cor', 'Cor', 'c@x.example', '+31612345673', 0, NULL),"
    " (4, 'a4', 'd', 'Dirk', 'Dirk', 'd@x.example', NULL, 0, 5);"
    "INSERT INTO membership (id, public_id, account, patient, relation, ground, state, created, accepted, until,"
    " until_days, made_account, named, email) VALUES"
    " (1, 'made', 1, 1, 'son', 'mentor', 2, 1, 2, 1772800000000000, 30, 1, 1, NULL),"
    " (2, 'been-in', 2, 1, 'son', NULL, 2, 1, 2, 1772800000000000, 30, 1, 1, NULL),"
    " (3, 'known', 3, 1, 'son', 'family', 2, 1, 2, 1772800000000000, 30, 0, 1, NULL),"
    " (4, 'typed', 4, 1, 'son', 'curator', 2, 1, 2, 1772800000000000, NULL, 0, 0, 'typed@x.example');"
    "INSERT INTO membership_part (membership, part, given) SELECT id, 4, 1 FROM membership;";

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, rows, error);
}

static char *
version_of (CpdCall *call, const CpdMemberRow *row)
{
  CpdMemberRule rule;

  cpd_member_judge (call, NULL, row, &rule);
  return cpd_member_version (call, row, &rule);
}

static void
compare (CpdCall *call, const CpdMemberRow *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdMemberRow) whole = cpd_store_member_get (call->db, &call->grant, told->member->id, NOW, &error);
  g_autofree char *told_version = version_of (call, told);
  g_autofree char *version = NULL;

  g_assert_no_error (error);
  version = version_of (call, whole);
  g_test_message ("%s", told->member->id);
  g_assert_cmpstr (told_version, ==, version);
  g_assert_cmpstr (told->member->name, ==, whole->member->name);
}

static void
test_versions (void)
{
  StoreKit kit;
  CpdServices services = { 0 };
  const guchar key[CPD_TAG_KEY_SIZE] = "of the test";
  CpdCall call = { .services = &services,
                   .grant = { .patient = 1, .shared = ~0u },
                   .judge = cpd_policy_judge,
                   .tag_key = key,
                   .now = NOW };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) told = NULL;

  store_kit_set_up (&kit);
  store_kit_write (&kit, fill, NULL);
  services.config = kit.config;
  call.db = cpd_db_open (kit.database, CPD_DB_READER, &error);
  g_assert_no_error (error);
  told = cpd_store_members_told (call.db, &call.grant, NOW, SOON, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told->len, ==, 4);
  for (guint i = 0; i < told->len; i++)
    compare (&call, told->pdata[i]);
  cpd_db_close (call.db);
  store_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/told/versions", test_versions);
  return g_test_run ();
}
