/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that are read once more by their place, and what becomes of a run when they do not stand there any more. */
#include <glib/gstdio.h>
#include <string.h>

#include "cpd-db-private.h"
#include "cpd-ehr-places.h"
#include "cpd-stmt.h"
#include "ehr-kit.h"

#define N_FILES 40
#define PRACTITIONER(name) "{'resourceType':'Practitioner','id':'p','name':[{'text':'" name "'}]}\n"
#define REPORT                                                                                                         \
  "{'resourceType':'Observation','id':'a','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"      \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/truus'},'performer':[{'reference':'Practitioner/p'}],"   \
  "'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'Een'}\n"

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

static CpdEhrPlace
place_of (CpdEhrPlaces *places, const CpdQuickTag *quick, const char *path, goffset offset, const char *text)
{
  return (CpdEhrPlace){ offset, (guint32) strlen (text), cpd_ehr_places_file (places, path),
                        cpd_quick_tag (quick, text, strlen (text)) };
}

/* More files than are held open. */
static void
test_read (Fixture *kit, gconstpointer data)
{
  CpdQuickTag quick;
  g_autoptr (CpdEhrPlaces) places = NULL;
  CpdEhrPlace all[N_FILES][2];

  cpd_quick_tag_init (&quick, kit->store.keys, "test");
  places = cpd_ehr_places_new (kit->store.config->source_directory, &quick);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.ndjson", i);
      g_autofree char *second = g_strdup_printf ("second of %u", i);
      g_autofree char *text = g_strdup_printf ("first\n%s\n", second);

      ehr_kit_file (kit, name, text);
      all[i][0] = place_of (places, &quick, name, 0, "first");
      all[i][1] = place_of (places, &quick, name, 6, second);
    }
  for (guint times = 0; times < 2; times++)
    for (guint i = 0; i < N_FILES; i++)
      {
        g_autofree char *second = g_strdup_printf ("second of %u", i);

        g_assert_cmpmem (cpd_ehr_places_read (places, &all[i][1]), all[i][1].length, second, strlen (second));
        g_assert_cmpmem (cpd_ehr_places_read (places, &all[i][0]), all[i][0].length, "first", 5);
      }
  g_assert_false (cpd_ehr_places_changed (places));
}

/* Something else stands there, the file ends before it, or is not there. */
static void
test_changed (Fixture *kit, gconstpointer data)
{
  static const char *const texts[] = { "fiRst\n", "fir", NULL };
  CpdQuickTag quick;

  cpd_quick_tag_init (&quick, kit->store.keys, "test");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CpdEhrPlaces) places = cpd_ehr_places_new (kit->store.config->source_directory, &quick);
      CpdEhrPlace place = place_of (places, &quick, "a.ndjson", 0, "first");

      ehr_kit_file (kit, "a.ndjson", "first\n");
      ehr_kit_file (kit, "a.ndjson", texts[i]);
      g_assert_null (cpd_ehr_places_read (places, &place));
      g_assert_true (cpd_ehr_places_changed (places));
    }
}

static void
change_file (sqlite3_context *context, int n, sqlite3_value **values)
{
  ehr_kit_file (sqlite3_user_data (context), "Practitioner.ndjson", PRACTITIONER ("Sanne"));
}

/* When somebody is linked, which is after the names were read and before the lines. */
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

/* A name that was put off is not there any more when somebody asks: nothing comes of that run, and the next is right.
 */
static void
test_changed_between_the_passes (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) first = { 0 };
  g_auto (CpdEhrSyncReport) second = { 0 };

  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO EHR_KIT_PATIENT ("truus", "3", "Truus"));
  ehr_kit_file (kit, "Practitioner.ndjson", PRACTITIONER ("Ineke"));
  ehr_kit_file (kit, "Observation.ndjson", REPORT);
  ehr_kit_run_well (kit);
  ehr_kit_enrol (kit, "s|3", "Truus");
  store_kit_write (&kit->store, change_when_linked, kit);
  g_assert_false (ehr_kit_run (kit, &first, 0));
  g_assert_cmpstr (first.types[0].error, ==, "a file was changed while it was read");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 0);
  g_assert_true (ehr_kit_run (kit, &second, 0));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE author = 'Sanne'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
}

#define ADD(name) g_test_add ("/ehr-places/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (read);
  ADD (changed);
  ADD (changed_between_the_passes);
  return g_test_run ();
}
