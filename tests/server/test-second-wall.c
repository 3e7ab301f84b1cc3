/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Behind the gate: whatever is asked, a store function gives what is of the patient of the grant, and nothing else. */
#include <string.h>

#include "cpd-stmt.h"
#include "cpd-store-appointment.h"
#include "cpd-store-attachment.h"
#include "cpd-store-care-plan.h"
#include "cpd-store-member.h"
#include "cpd-store-membership.h"
#include "cpd-store-reading.h"
#include "cpd-store-search.h"
#include "cpd-store-summary.h"
#include "cpd-store-timeline.h"
#include "cpd-store-unread.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND)
#define LIMIT 50
#define ALL 0x1fu

typedef struct
{
  StoreKit kit;
  CpdDb *db;
} World;

/* Two of each, and each text says whose it is. */
static const char rows[] =
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, fhir_id, name, short_name, "
    "created)"
    " VALUES ({n}, 'patient{n}', 's', x'0{n}', x'', '{n}', 'of {n}', 'of {n}', 0);"
    "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, title, author, preview, text, hash,"
    " first_seen, changed, month, about_key) VALUES ({n} << 32 | 1, 'item{n}', {n}, 's', 'Observation', '{n}', 0, 1,"
    " 'of {n}', 'by {n}', 'of {n}', 'of {n}', x'', 1, 1, 197001, 'CarePlan/{n}');"
    "INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item WHERE patient = {n};"
    "INSERT INTO item_month (patient, month, kind, count) VALUES ({n}, 197001, 0, {n});"
    "INSERT INTO item_author (patient, author, kind, count) VALUES ({n}, 'by {n}', 0, 1);"
    "INSERT INTO attachment (public_id, item, position, since, media_type, size, hash, file)"
    " VALUES ('file{n}', {n} << 32 | 1, 0, 1, 'x', 1, x'', 'of {n}');"
    "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts, description, hash, first_seen,"
    " changed) VALUES ('coming{n}', {n}, 's', 'Appointment', '{n}', 0, 9000000000000000, 'of {n}', x'', 1, 1),"
    " ('past{n}', {n}, 's', 'Appointment', 'p{n}', 0, 1, 'of {n}', x'', 1, 1);"
    "INSERT INTO care_plan (public_id, patient, source, type, fhir_id, title, state, hash, first_seen, changed)"
    " VALUES ('plan{n}', {n}, 's', 'CarePlan', '{n}', 'of {n}', 0, x'', 1, 1);"
    "INSERT INTO care_plan_key (care_plan, key, goal) SELECT id, 'CarePlan/{n}', 0 FROM care_plan WHERE patient = {n};"
    "INSERT INTO profile (patient, body, hash, changed) VALUES ({n}, '{\"name\":\"of {n}\",\"contacts\":[]}', x'', 1);"
    "INSERT INTO contact (public_id, patient, source, type, fhir_id, name, hash, first_seen, changed)"
    " VALUES ('contact{n}', {n}, 's', 'RelatedPerson', '{n}', 'of {n}', x'', 1, 1);"
    "INSERT INTO summary (patient, latest, newest_seen, plan_changed, name)"
    " VALUES ({n}, {n} << 32 | 1, 1, 0, 'of {n}');";

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  for (int patient = 1; patient <= 2; patient++)
    {
      g_autofree char *digit = g_strdup_printf ("%d", patient);
      g_autoptr (GString) sql = g_string_new (rows);

      g_string_replace (sql, "{n}", digit, 0);
      if (!cpd_db_exec (db, sql->str, error))
        return FALSE;
    }
  return cpd_store_summary_rewrite (db, NOW, NULL, error) &&
         cpd_db_exec (db,
                      "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                      " VALUES (1, 'a', 'a', 'A', 'A', 'a@a.example', 0)",
                      error);
}

static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&world->kit);
  store_kit_write (&world->kit, fill, NULL);
  world->db = cpd_db_open (world->kit.database, CPD_DB_READER, &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world)
{
  cpd_db_close (world->db);
  store_kit_tear_down (&world->kit);
}

static void
append_records (GString *text, const CpRecordType *type, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    cp_record_write (type, records->pdata[i], NULL, text);
  g_ptr_array_unref (records);
}

static void
append_record (GString *text, const CpRecordType *type, gpointer record)
{
  if (record != NULL)
    cp_record_write (type, record, NULL, text);
  cp_record_free (type, record);
}

/* The cards of the grant in each of the ways in which they are listed. */
static void
read_cards (CpdDb *db, const CpdGrant *grant, GString *text, GError **error)
{
  static const CpdDossierFilter filters[] = {
    { .kinds = ALL },
    { .kinds = ALL, .month = 197001 },
    { .kinds = ALL, .text = TRUE },
    { .kinds = ALL, .plan = 1, .text = TRUE },
    { .kinds = ALL, .plan = 2, .text = TRUE },
  };
  const CpdCursor beginning = { 0, 0 };
  CpdCursor next;
  g_autoptr (CpdSought) sought = cpd_sought_new (db, "of", error);
  CpSearchPage *page = cp_search_page_new ();
  CpTimeline *timeline = cp_timeline_new ();
  g_auto (GStrv) authors = cpd_store_authors (db, grant, ALL, error);
  g_autofree char *names = g_strjoinv (", ", authors);
  gboolean any;

  page->freshness = cp_freshness_new ();
  timeline->freshness = cp_freshness_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    append_records (text, &cp_dossier_item_record,
                    cpd_store_dossier (db, grant, &filters[i], 1, &beginning, LIMIT, &next, error));
  g_assert_true (cpd_store_search (db, grant, sought, &filters[0], 1, &beginning, LIMIT, page, &next, error));
  g_assert_cmpint (page->reports, ==, grant->patient != 0);
  append_record (text, &cp_search_page_record, page);
  g_assert_true (cpd_store_timeline (db, grant, ALL, timeline, error));
  for (guint i = 0; i < timeline->months->len; i++)
    g_assert_cmpint (((CpTimelineMonth *) timeline->months->pdata[i])->count, ==, grant->patient);
  append_record (text, &cp_timeline_record, timeline);
  g_assert_true (cpd_store_timeline_any (db, grant, ALL, &any, error));
  g_assert_cmpint (any, ==, grant->patient != 0);
  g_string_append (text, names);
}

/* What is asked by its name, also by that of somebody else's. */
static void
read_named (CpdDb *db, const CpdGrant *grant, int n, GString *text, GError **error)
{
  g_autofree char *item = g_strdup_printf ("item%d", n);
  g_autofree char *plan = g_strdup_printf ("plan%d", n);
  g_autofree char *file = g_strdup_printf ("file%d", n);
  g_auto (CpdAttachmentFound) found = { 0 };
  gint64 id = 0;

  append_record (text, &cp_dossier_item_record, cpd_store_dossier_item (db, grant, ALL, item, 0, 1, &id, error));
  append_record (text, &cp_care_plan_record, cpd_store_care_plan (db, grant, plan, 0, "2026-03-03", &id, error));
  g_assert_true (cpd_store_care_plan_row (db, grant, plan, &id, error));
  g_assert_cmpint (id != 0, ==, grant->patient == n);
  g_assert_true (cpd_store_attachment_find (db, grant, ALL, item, file, &found, error));
  g_string_append (text, found.file != NULL ? found.file : "");
}

/* (transfer full): everything that can be read under that grant, also by the names of what is of somebody else. */
static char *
read_all (CpdDb *db, const CpdGrant *grant)
{
  const CpdCursor beginning = { 0, 0 };
  const CpdConfig config = { .unshared = 0 };
  const CpdTimeRange cancelled = { NOW, CPD_TIME_RANGE_OPEN };
  CpdNextAppointments first = { NOW, cancelled, LIMIT, NULL };
  CpdCursor next;
  gboolean came;
  GString *text = g_string_new (NULL);
  CpStartAppointments *appointments = cp_start_appointments_new ();
  CpStartDossier *dossier = cp_start_dossier_new ();
  CpStartProfile *profile = cp_start_profile_new ();
  g_autoptr (GError) error = NULL;

  for (int coming = 0; coming <= 1; coming++)
    append_records (text, &cp_appointment_record,
                    cpd_store_appointments (db, grant, coming, NOW, &cancelled, &beginning, LIMIT, &next, &error));
  g_ptr_array_unref (appointments->items);
  g_assert_true (cpd_store_summary_read (db, &config, grant, 1, dossier, profile, &first, &error));
  appointments->items = first.items;
  append_record (text, &cp_start_appointments_record, appointments);
  g_assert_true (cpd_store_appointments_came (db, grant, 0, NOW, &came, &error));
  g_assert_cmpint (came, ==, grant->patient != 0);
  g_assert_true (cpd_store_summary_came (db, &config, grant, 1, &came, &error));
  g_assert_true (grant->patient != 0 || !came);
  read_cards (db, grant, text, &error);
  for (int n = 1; n <= 2; n++)
    read_named (db, grant, n, text, &error);
  append_records (text, &cp_care_plan_record, cpd_store_care_plans (db, grant, "2026-03-03", &error));
  append_record (text, &cp_profile_record, cpd_store_profile (db, grant, &error));
  append_record (text, &cp_start_dossier_record, dossier);
  append_record (text, &cp_start_profile_record, profile);
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* Somebody else's card cannot be marked either. */
static gboolean
mark_other (CpdDb *db, gpointer data, GError **error)
{
  const CpdGrant *grant = data;

  return cpd_store_unread_read (db, grant, 1, ALL, grant->patient == 1 ? "item2" : "item1", NOW, error);
}

/* What is marked all at once is of the client of the grant, and of that membership. */
static gboolean
mark_all (CpdDb *db, gpointer data, GError **error)
{
  static const char before[] =
      "INSERT INTO membership (id, public_id, account, patient, state, created, accepted) VALUES"
      " (1, 'm1', 1, 1, 2, 0, 1), (2, 'm2', 1, 2, 2, 0, 1);"
      "INSERT INTO item_read (account, item, at) VALUES (1, 1 << 32 | 1, 5), (1, 2 << 32 | 1, 5);";
  const CpdGrant *grant = data;
  g_autoptr (CpdStmt) stmt = NULL;

  if (!cpd_db_exec (db, before, error) || !cpd_store_unread_read_all (db, grant, 1, NOW, error))
    return FALSE;
  stmt = cpd_db_query (db, error,
                       "SELECT (SELECT group_concat (item >> 32) FROM item_read),"
                       " (SELECT group_concat (id) FROM membership WHERE unread_since IS NOT NULL)",
                       "");
  g_assert_true (cpd_stmt_next (stmt, error));
  g_assert_cmpint (cpd_stmt_int (stmt, 0), ==, 3 - grant->patient);
  g_assert_cmpint (cpd_stmt_int (stmt, 1), ==, grant->membership);
  return TRUE;
}

static void
test_marked_all_at_once (void)
{
  for (int patient = 1; patient <= 2; patient++)
    {
      World world;
      const CpdGrant grant = { .patient = patient, .membership = patient, .parts = CP_PART_ALL, .shared = ~0u };
      const CpdGrant of_other = { .patient = patient, .membership = 3 - patient, .parts = CP_PART_ALL, .shared = ~0u };
      g_autoptr (GError) error = NULL;
      g_autoptr (CpDossierItem) item = NULL;
      CpdUnread unread;

      set_up (&world);
      store_kit_write (&world.kit, mark_all, (gpointer) &grant);
      g_assert_true (cpd_store_unread_find (world.db, &grant, &unread, &error));
      g_assert_cmpint (unread.account, ==, 1);
      g_assert_cmpint (unread.since, ==, NOW);
      g_assert_true (cpd_store_unread_find (world.db, &of_other, &unread, &error));
      g_assert_cmpint (unread.since, ==, 1);
      item = cpd_store_dossier_found (world.db, &grant, (gint64) (3 - patient) << 32 | 1, 1, &error);
      g_assert_null (item);
      g_assert_error (error, CP_ERROR, CP_ERROR_INTERNAL);
      tear_down (&world);
    }
}

static guint
count (const char *text, const char *word)
{
  g_auto (GStrv) pieces = g_strsplit (text, word, -1);

  return g_strv_length (pieces) - 1;
}

static void
test_only_of_the_grant (void)
{
  World world;

  set_up (&world);
  for (int patient = 1; patient <= 2; patient++)
    {
      const CpdGrant grant = { .patient = patient, .membership = 1, .parts = CP_PART_ALL, .shared = ~0u };
      g_autofree char *own = g_strdup_printf ("of %d", patient);
      g_autofree char *other = g_strdup_printf ("of %d", 3 - patient);
      g_autofree char *own_author = g_strdup_printf ("by %d", patient);
      g_autofree char *other_author = g_strdup_printf ("by %d", 3 - patient);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (world.db, &grant);

      g_test_message ("%s", text);
      g_assert_cmpuint (count (text, other), ==, 0);
      g_assert_cmpuint (count (text, other_author), ==, 0);
      g_assert_cmpuint (count (text, own_author), >, 5);
      /* Two appointments, what is kept of the coming one; the cards in four lists, a search and one alone, each with
       * two texts and what its plan is called; a plan twice, a file, the profile, a contact, and of the summary the
       * latest report with two texts and the name. */
      g_assert_cmpuint (count (text, own), ==, 2 + 1 + 6 * 3 + 2 + 1 + 1 + 1 + 2 + 1);
      g_assert_false (cpd_writer_run (world.kit.writer, mark_other, (gpointer) &grant, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_NOT_FOUND);
    }
  tear_down (&world);
}

static void
test_nothing_without_a_grant (void)
{
  World world;
  const CpdGrant none = { 0 };
  g_autofree char *text = NULL;

  set_up (&world);
  text = read_all (world.db, &none);
  g_assert_cmpuint (count (text, "of "), ==, 0);
  tear_down (&world);
}

/* Of a membership, a contact, an end and a declined invitation each, whose patient is in its name. */
static const char member_rows[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
    " VALUES (10 + {n}, 'account{n}', 'user{n}', 'of {n}', 'of {n}', 'of{n}@x.example', 0);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted, until, named) VALUES"
    " ({n}, 'member{n}', 10 + {n}, {n}, 2, 0, 1, 1772625600000000, 1), (10 + {n}, 'declined{n}', 1, {n}, 3, 0, NULL, "
    "NULL, 1);"
    "INSERT INTO membership_part (membership, part, given) VALUES ({n}, 16, 0);"
    "INSERT INTO invitation (public_id, membership, inviter, state, created, expires, answered)"
    " VALUES ('invitation{n}', 10 + {n}, 10 + {n}, 2, 0, 1, 1);";

static gboolean
fill_members (CpdDb *db, gpointer data, GError **error)
{
  for (int patient = 1; patient <= 2; patient++)
    {
      g_autofree char *digit = g_strdup_printf ("%d", patient);
      g_autoptr (GString) sql = g_string_new (member_rows);

      g_string_replace (sql, "{n}", digit, 0);
      if (!cpd_db_exec (db, sql->str, error))
        return FALSE;
    }
  return TRUE;
}

static void
append_members (GString *text, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    cp_record_write (&cp_member_record, ((CpdMemberRow *) rows->pdata[i])->member, NULL, text);
  g_ptr_array_unref (rows);
}

static void
append_contacts (GString *text, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    cp_record_write (&cp_member_record, ((CpdContactRow *) rows->pdata[i])->member, NULL, text);
  g_ptr_array_unref (rows);
}

static void
assert_not_viewed (const World *world, const CpdGrant *grant, const char *what, int patient)
{
  g_autofree char *id = g_strdup_printf ("%s%d", what, patient);
  g_autoptr (GError) error = NULL;
  CpdViewed viewed;

  g_assert_true (cpd_store_membership_viewed (world->db, grant, id, NOW, &viewed, &error));
  g_assert_false (viewed.found);
  g_assert_cmpint (viewed.facts.patient, ==, 0);
}

/* Who manages the users of one sees those of nobody else, also by their ids. */
static void
test_members_of_the_grant (void)
{
  World world;

  set_up (&world);
  store_kit_write (&world.kit, fill_members, NULL);
  for (int patient = 1; patient <= 2; patient++)
    {
      const CpdGrant grant = { .patient = patient, .membership = patient, .parts = CP_PART_ALL, .shared = ~0u };
      g_autofree char *own = g_strdup_printf ("member%d", patient);
      g_autofree char *other = g_strdup_printf ("member%d", 3 - patient);
      g_autofree char *of_other = g_strdup_printf ("of %d", 3 - patient);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CpdMemberRow) found = NULL;
      CpdViewed viewed;

      append_members (text, cpd_store_members (world.db, &grant, NOW, &error));
      append_members (text, cpd_store_members_told (world.db, &grant, NOW, G_MAXINT64, 10 + patient, 0, &error));
      append_contacts (text, cpd_store_member_contacts (world.db, &grant, &error));
      append_record (text, &cp_member_record, cpd_store_member_client (world.db, &grant, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (count (text->str, own), ==, 2);
      g_assert_null (strstr (text->str, other));
      g_assert_null (strstr (text->str, of_other));
      g_assert_true (cpd_store_membership_viewed (world.db, &grant, own, NOW, &viewed, &error));
      g_assert_cmpint (viewed.facts.membership, ==, patient);
      assert_not_viewed (&world, &grant, "member", 3 - patient);
      assert_not_viewed (&world, &grant, "contact", 3 - patient);
      assert_not_viewed (&world, &grant, "patient", 3 - patient);
      found = cpd_store_member_get (world.db, &grant, other, NOW, &error);
      g_assert_error (error, CP_ERROR, CP_ERROR_NOT_FOUND);
    }
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/second-wall/only-of-the-grant", test_only_of_the_grant);
  g_test_add_func ("/second-wall/marked-all-at-once", test_marked_all_at_once);
  g_test_add_func ("/second-wall/members-of-the-grant", test_members_of_the_grant);
  g_test_add_func ("/second-wall/nothing-without-a-grant", test_nothing_without_a_grant);
  return g_test_run ();
}
