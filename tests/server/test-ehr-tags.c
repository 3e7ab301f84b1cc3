/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that are known by their tags are not read: what is read is what would have been read without. */
#include "cpd-db-private.h"
#include "cpd-ehr-reader.h"
#include "cpd-stmt.h"
#include "ehr-kit.h"

#include <string.h>

#define N_LINES 3000
#define REPORT(id, text)                                                                                               \
  "{'resourceType':'Observation','id':'" id "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct'," \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01',"                 \
  "'valueString':'" text "'}\n"
#define LAST_FILE "Reports.ndjson" /* nothing is read after it */
#define ONE REPORT ("a", "Een")

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_two (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

typedef struct
{
  gsize length[N_LINES];
  gboolean skipped[N_LINES];
} Lines;

static gboolean
skip_cb (const char *path, guint line, gsize *length, gpointer data)
{
  const Lines *lines = data;

  if (line > N_LINES || !lines->skipped[line - 1])
    return FALSE;
  *length = lines->length[line - 1];
  return TRUE;
}

/* Lines of a few bytes and of more than is read at once, none, one or hundreds of them left out. */
static Lines *
write_lines (EhrKit *kit, gboolean ends)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (ends);
  g_autoptr (GString) text = g_string_new (NULL);
  Lines *lines = g_new0 (Lines, 1);
  gboolean skipped = FALSE;

  for (guint i = 0; i < N_LINES; i++)
    {
      g_autofree char *more = g_strnfill ((gsize) g_rand_int_range (rand, 0, i % 50 == 0 ? 300000 : 300), 'x');
      gsize before = text->len;

      g_string_append_printf (text, "{'resourceType':'Goal','id':'%u','x':'%s'}", i + 1, more);
      lines->length[i] = text->len - before;
      if (g_rand_int_range (rand, 0, skipped ? 100 : 5) == 0)
        skipped = !skipped;
      lines->skipped[i] = skipped || i == N_LINES - 1;
      if (i < N_LINES - 1 || ends)
        g_string_append_c (text, '\n');
    }
  ehr_kit_file (kit, "Goal.ndjson", text->str);
  return lines;
}

static void
test_skipped (Fixture *kit, gconstpointer data)
{
  for (int ends = 0; ends < 2; ends++)
    {
      g_autofree Lines *lines = write_lines (kit, ends);
      g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (kit->store.config->source_directory, NULL, NULL);
      g_autoptr (GHashTable) only = g_hash_table_new (g_str_hash, g_str_equal);
      CpdEhrResource *resource;
      CpdEhrProblem *problem;
      goffset offset = 0;
      guint next = 0;

      g_hash_table_add (only, (gpointer) "Goal.ndjson");
      cpd_ehr_reader_set_paths (reader, only);
      cpd_ehr_reader_set_skip (reader, skip_cb, lines);
      while (cpd_ehr_reader_next (reader, &resource, &problem) != CPD_EHR_READ_END)
        {
          g_autofree char *place = NULL;

          for (; lines->skipped[next]; next++)
            offset += (goffset) lines->length[next] + 1;
          place = g_strdup_printf ("Goal.ndjson:%u", next + 1);
          g_assert_null (problem);
          g_assert_cmpstr (resource->place, ==, place);
          g_assert_cmpstr (resource->id, ==, place + strlen ("Goal.ndjson:"));
          g_assert_cmpint (cpd_ehr_reader_offset (reader), ==, offset);
          offset += (goffset) lines->length[next++] + 1;
          cpd_ehr_resource_free (resource);
        }
      for (; next < N_LINES; next++)
        g_assert_true (lines->skipped[next]);
    }
}

typedef struct
{
  EhrKit *kit;
  const char *text;
} Change;

static void
change_file (sqlite3_context *context, int n, sqlite3_value **values)
{
  const Change *change = sqlite3_user_data (context);

  ehr_kit_file (change->kit, LAST_FILE, change->text);
}

/* When somebody is linked, which is after the first pass and before the second. */
static gboolean
change_when_linked (CpdDb *db, gpointer data, GError **error)
{
  g_assert_cmpint (sqlite3_create_function (db->handle, "change_file", 0, SQLITE_UTF8, data, change_file, NULL, NULL),
                   ==, SQLITE_OK);
  return cpd_db_exec (db,
                      "CREATE TEMP TRIGGER changes AFTER UPDATE OF fhir_id ON patient"
                      " BEGIN SELECT change_file (); END",
                      error);
}

/* What the line that is to be read has become: it says something else, is a part of a longer one, says nothing, or is
 * gone. */
static const char *const changes[] = { ONE REPORT ("b", "Drie"), "  " ONE REPORT ("b", "Twee"), ONE "\n\n\n", ONE, "" };

static void
test_changed_between_the_passes (Fixture *kit, gconstpointer data)
{
  Change change = { kit, changes[GPOINTER_TO_INT (data)] };
  g_auto (CpdEhrSyncReport) first = { 0 };
  g_auto (CpdEhrSyncReport) second = { 0 };

  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO EHR_KIT_PATIENT ("truus", "3", "Truus"));
  ehr_kit_file (kit, LAST_FILE, ONE REPORT ("b", "Nul!"));
  ehr_kit_run_well (kit);
  ehr_kit_enrol (kit, "s|3", "Truus");
  store_kit_write (&kit->store, change_when_linked, &change);
  ehr_kit_file (kit, LAST_FILE, ONE REPORT ("b", "Twee"));
  g_assert_false (ehr_kit_run (kit, &first, 0));
  g_assert_cmpstr (first.types[0].error, ==, "a file was changed while it was read");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT sum (version) FROM item"), ==, 2);
  ehr_kit_file (kit, LAST_FILE, ONE REPORT ("b", "Drie"));
  g_assert_true (ehr_kit_run (kit, &second, 0));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text IN ('Een', 'Drie')"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ehr-tags/skipped", Fixture, NULL, set_up, test_skipped, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strdup_printf ("/ehr-tags/changed-between-the-passes/%" G_GSIZE_FORMAT, i);

      g_test_add (name, Fixture, GINT_TO_POINTER (i), set_up, test_changed_between_the_passes, tear_down);
    }
  return g_test_run ();
}
