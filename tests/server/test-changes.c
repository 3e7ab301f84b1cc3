/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has news: whose access changed and who manages it, after the commit and not for what was undone; and what ends by
 * itself. */
#include "cp-part.h"
#include "cpd-stmt.h"
#include "cpd-store-change.h"
#include "cpd-store-member-put.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)

/* Accounts 1 to 3 are members of patient 1 by memberships of the same numbers, 4 of patient 2. 1 manages, 2 did, 3 does
 * not; 4 manages the other. */
static const char people[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, created) VALUES"
    " (1, 'a', 'a', 'A', 'A', 'a@a.example', 0), (2, 'b', 'b', 'B', 'B', 'b@b.example', 0),"
    " (3, 'c', 'c', 'C', 'C', 'c@c.example', 0), (4, 'd', 'd', 'D', 'D', 'd@d.example', 0);"
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created) VALUES"
    " (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1), (2, 'q', 'ecd', x'02', x'00', 'Henk', 'H.', 1);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted) VALUES"
    " (1, 'm', 1, 1, 2, 1, 1), (2, 'n', 2, 1, 2, 1, 1), (3, 'o', 3, 1, 2, 1, 1), (4, 'r', 4, 2, 2, 1, 1);"
    "INSERT INTO membership_part (membership, part, given, ended) VALUES"
    " (1, 16, 1, NULL), (2, 16, 1, 2), (3, 1, 1, NULL), (4, 16, 1, NULL);";

typedef struct
{
  StoreKit kit;
  CpdWriterWatch watch;
  GArray *told; /* (owned) of gint64, under the writer's thread until a job after it is done */
} World;

static gboolean
add_people (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, people, error);
}

static void
changed_cb (const gint64 *accounts, guint n, gpointer data)
{
  g_array_append_vals (data, accounts, n);
}

static void
set_up (World *world, gconstpointer data)
{
  store_kit_set_up (&world->kit);
  store_kit_write (&world->kit, add_people, NULL);
  world->told = g_array_new (FALSE, FALSE, sizeof (gint64));
  world->watch = (CpdWriterWatch){ changed_cb, world->told };
  cpd_writer_set_watch (world->kit.writer, &world->watch);
}

static void
tear_down (World *world, gconstpointer data)
{
  store_kit_tear_down (&world->kit);
  g_array_unref (world->told);
}

static gboolean
end_third (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_member_end (db, 3, NOW, error) && cpd_store_change_add_member (db, 3, NOW, error);
}

static guint
topics_of (CpdDb *db, gint64 account)
{
  guint topics = 0;

  g_assert_true (cpd_store_change_since (db, account, 0, &topics, NULL));
  return topics;
}

static gboolean
check_end (CpdDb *db, gpointer data, GError **error)
{
  CpdChangeSpan span;

  g_assert_cmpint (topics_of (db, 1), ==, CP_TOPIC_MEMBERS);
  g_assert_cmpint (topics_of (db, 2), ==, 0);
  g_assert_cmpint (topics_of (db, 3), ==, CP_TOPIC_RIGHTS | CP_TOPIC_INVITATIONS);
  g_assert_cmpint (topics_of (db, 4), ==, 0);
  g_assert_true (cpd_store_change_span (db, &span, NULL));
  g_assert_cmpint (span.oldest, ==, 1);
  g_assert_cmpint (span.newest, ==, 3);
  return TRUE;
}

static void
test_an_end_is_told (World *world, gconstpointer data)
{
  store_kit_write (&world->kit, end_third, NULL);
  g_assert_cmpint (world->told->len, ==, 3);
  g_assert_cmpint (g_array_index (world->told, gint64, 0), ==, 3);
  g_assert_cmpint (g_array_index (world->told, gint64, 2), ==, 1);
  store_kit_write (&world->kit, check_end, NULL);
  g_assert_cmpint (world->told->len, ==, 3);
}

static gboolean
add_to_nobody (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_change_add (db, 1, CP_TOPIC_RIGHTS, NOW, error) &&
         cpd_store_change_add (db, 99, CP_TOPIC_RIGHTS, NOW, error);
}

static gboolean
check_nothing (CpdDb *db, gpointer data, GError **error)
{
  g_assert_cmpint (topics_of (db, 1), ==, 0);
  return TRUE;
}

/* The foreign key of the second one fails in the end: nothing is there, whoever was woken. */
static void
test_what_was_undone_is_not_there (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cpd_writer_run (world->kit.writer, add_to_nobody, NULL, &error));
  store_kit_write (&world->kit, check_nothing, NULL);
}

static gboolean
set_ends (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (
      db,
      "UPDATE membership SET until = 1000 WHERE id = 1;"
      "INSERT INTO membership (id, public_id, account, patient, state, created, until) VALUES"
      " (5, 's', 1, 2, 1, 1, 500);"
      "INSERT INTO invitation (public_id, membership, state, created, expires) VALUES ('i', 5, 0, 50, 2000)",
      error);
}

static gboolean
check_ends (CpdDb *db, gpointer data, GError **error)
{
  static const struct
  {
    CpTime since;
    CpTime now;
    guint topics;
    CpTime next;
  } rows[] = {
    { 0, 40, 0, 50 }, /* an invitation that goes out later */
    { 0, 60, CP_TOPIC_INVITATIONS, 1000 },
    { 60, 400, 0, 1000 }, /* what was not accepted opens nothing that could end */
    { 400, 999, 0, 1000 },
    { 999, 1000, CP_TOPIC_RIGHTS, 2000 },
    { 1000, 1000, 0, 2000 },
    { 1000, 2000, CP_TOPIC_INVITATIONS, 0 },
    { 0, 5000, CP_TOPIC_RIGHTS | CP_TOPIC_INVITATIONS, 0 },
    { 5000, 5000, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint topics = 0;
      CpTime next = 0;

      g_assert_true (cpd_store_change_ends (db, 1, rows[i].since, rows[i].now, &topics, &next, NULL));
      g_assert_cmpint (topics, ==, rows[i].topics);
      g_assert_cmpint (next, ==, rows[i].next);
    }
  return TRUE;
}

static void
test_what_begins_or_ends_by_itself (World *world, gconstpointer data)
{
  store_kit_write (&world->kit, set_ends, NULL);
  store_kit_write (&world->kit, check_ends, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/changes/an-end-is-told", World, NULL, set_up, test_an_end_is_told, tear_down);
  g_test_add ("/changes/what-was-undone-is-not-there", World, NULL, set_up, test_what_was_undone_is_not_there,
              tear_down);
  g_test_add ("/changes/what-ends-by-itself", World, NULL, set_up, test_what_begins_or_ends_by_itself, tear_down);
  return g_test_run ();
}
