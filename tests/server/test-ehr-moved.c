/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of the same name is another server, or a directory, from one run to the next. */
#include "fhir-kit.h"

#define FILE_REPORT                                                                                                    \
  "{'resourceType':'Observation','id':'%s','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"     \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01T09:00:00+01:00',"  \
  "'valueString':'%s'}\n"

typedef FhirKit Fixture;

static void
run (Fixture *kit)
{
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

static void
carer (Fixture *kit, const char *name)
{
  g_autofree char *members = g_strdup_printf ("'name':[{'text':'%s'}]", name);

  fhir_kit_put (kit, "Practitioner", "anna", NULL, LONG_AGO, members);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  carer (kit, "Anna de Wit");
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "Een");
  fhir_kit_report (kit, "b", "wil", LONG_AGO, "Twee");
  run (kit);
  run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  fhir_kit_forget_requests (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static gint64
count (Fixture *kit, const char *where)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM item WHERE removed IS NULL AND ", where, NULL);

  return ehr_kit_count (&kit->ehr, sql);
}

/* The server of the kit looks only at what comes after the first part of a path. */
static void
move_to (Fixture *kit, const char *path)
{
  CpdConfig *config = kit->ehr.store.config;

  g_clear_pointer (&config->source_directory, g_free);
  g_free (config->ehr_server);
  config->ehr_server = g_strdup_printf ("http://127.0.0.1:%d/%s", fhir_kit_port (kit), path);
}

/* A directory in which Wil has one report. */
static void
move_to_directory (Fixture *kit, const char *id, const char *text)
{
  CpdConfig *config = kit->ehr.store.config;
  g_autofree char *parent = g_path_get_dirname (config->database);
  g_autofree char *line = g_strdup_printf (FILE_REPORT, id, text);

  g_clear_pointer (&config->ehr_server, g_free);
  config->source_directory = g_build_filename (parent, "ehr", NULL);
  ehr_kit_file (&kit->ehr, "Patient.ndjson", EHR_KIT_PATIENT ("wil", "123456782", "Wil Bruin"));
  ehr_kit_file (&kit->ehr, "Observation.ndjson", line);
}

/* What changed on the new server before the old one was read last comes too, by the names that the new one gives; what
 * it does not have goes, on the same day. */
static void
test_server (Fixture *kit, gconstpointer data)
{
  move_to (kit, "other");
  carer (kit, "Anna Zwart");
  fhir_kit_report (kit, "a", "wil", LONG_AGO + CP_TIME_DAY, "Anders");
  fhir_kit_delete (kit, "Observation", "b", LONG_AGO);
  fhir_kit_report (kit, "c", "wil", LONG_AGO + CP_TIME_DAY, "Drie");
  run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (count (kit, "fhir_id = 'c' AND author = 'Anna Zwart'"), ==, 1);
  g_assert_cmpint (count (kit, "fhir_id = 'b'"), ==, 0);
  /* It is not our reading that is another. */
  g_assert_cmpint (count (kit, "fhir_id = 'a' AND text = 'Anders' AND version = 2"), ==, 1);
  /* From then on only what changed is asked for. */
  fhir_kit_forget_requests (kit);
  run (kit);
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /other/Practitioner"), ==, 0);
}

/* At another address with the same content nothing is new to anybody. */
static void
test_same_content (Fixture *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();

  move_to (kit, "other");
  run (kit);
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, 1);
  g_assert_cmpint (fhir_kit_written (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT max(max(seen), max(first_seen)) FROM item"), <=, since);
}

/* Of a program that did not note the address nothing is asked for again. */
static void
test_not_noted (Fixture *kit, gconstpointer data)
{
  ehr_kit_exec (&kit->ehr, "DELETE FROM meta WHERE key LIKE 'ehr-place-of-%'");
  run (kit);
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, 0);
  move_to (kit, "other");
  run (kit);
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, 1);
}

/* What another reading makes of the same is no correction, at another address either. */
static void
test_read_otherwise (Fixture *kit, gconstpointer data)
{
  ehr_kit_read_otherwise (&kit->ehr);
  g_assert_cmpint (count (kit, "text LIKE 'Vroeger %'"), ==, 2);
  move_to (kit, "other");
  run (kit);
  g_assert_cmpint (count (kit, "text LIKE 'Vroeger %'"), ==, 0);
  g_assert_cmpint (count (kit, "version = 1"), ==, 2);
}

/* There and back: what the directory did not have the server has still, and what it said otherwise. A broken line of a
 * directory is not asked for by its place, and does not stay in quarantine. */
static void
test_directory (Fixture *kit, gconstpointer data)
{
  move_to_directory (kit, "a", "Volgens de map");
  ehr_kit_file (&kit->ehr, "Goal.ndjson", "{'resourceType':'Goal','id':\n");
  fhir_kit_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (count (kit, "fhir_id = 'a' AND text = 'Volgens de map'"), ==, 1);
  move_to (kit, "fhir");
  run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (count (kit, "fhir_id = 'a' AND text = 'Een'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

static char *
linked_to (Fixture *kit)
{
  return ehr_kit_text (&kit->ehr, "SELECT fhir_id FROM patient WHERE id = 1");
}

/* The new server knows her by another id, and somebody else by hers: who is who is told by the identifier. */
static void
test_other_ids (Fixture *kit, gconstpointer data)
{
  g_autofree char *linked = NULL;

  move_to (kit, "other");
  fhir_kit_delete (kit, "Observation", "a", LONG_AGO);
  fhir_kit_delete (kit, "Observation", "b", LONG_AGO);
  fhir_kit_patient (kit, "wil", "999", "Karel Bruin");
  fhir_kit_patient (kit, "w2", "123456782", "Wil Bruin");
  fhir_kit_report (kit, "k", "wil", LONG_AGO, "Van Karel");
  fhir_kit_report (kit, "n", "w2", LONG_AGO, "Nieuw");
  for (int i = 0; i < 2; i++)
    {
      fhir_kit_forget_requests (kit);
      run (kit);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
      g_assert_cmpint (count (kit, "fhir_id = 'n' AND patient = 1"), ==, 1);
      g_clear_pointer (&linked, g_free);
      linked = linked_to (kit);
      g_assert_cmpstr (linked, ==, "w2");
      g_assert_cmpuint (fhir_kit_requests (kit, "Patient/wil"), ==, 0);
    }
}

/* Who is not there by the identifier is nobody there: what is of the old id is not hers, and what is here stays as old
 * as it was. */
static void
test_not_there (Fixture *kit, gconstpointer data)
{
  static const char read_at[] = "SELECT read_at FROM patient WHERE id = 1";
  gint64 before = ehr_kit_count (&kit->ehr, read_at);

  move_to (kit, "other");
  fhir_kit_delete (kit, "Patient", "wil", LONG_AGO);
  fhir_kit_report (kit, "k", "wil", LONG_AGO, "Van een ander");
  for (int i = 0; i < 2; i++)
    {
      fhir_kit_days_later (2 * i + 1);
      run (kit);
      g_assert_cmpint (count (kit, "fhir_id IN ('a', 'b')"), ==, 2);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, read_at), ==, before);
      g_assert_cmpuint (fhir_kit_requests (kit, "patient=Patient/wil"), ==, 0);
    }
  fhir_kit_patient (kit, "w2", "123456782", "Wil Bruin");
  fhir_kit_report (kit, "n", "w2", LONG_AGO, "Nieuw");
  run (kit);
  g_assert_cmpint (count (kit, "fhir_id = 'n'"), ==, 1);
  g_assert_cmpint (count (kit, "fhir_id = 'k'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, read_at), >, before);
}

/* Two that had changed places. */
static void
test_swapped_ids (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|222", "H. Bruin");
  fhir_kit_patient (kit, "henk", "222", "Henk Bruin");
  run (kit);
  move_to (kit, "other");
  fhir_kit_patient (kit, "wil", "222", "Henk Bruin");
  fhir_kit_patient (kit, "henk", "123456782", "Wil Bruin");
  fhir_kit_report (kit, "a", "wil", LONG_AGO - CP_TIME_DAY, "Van Henk");
  fhir_kit_report (kit, "b", "henk", LONG_AGO - CP_TIME_DAY, "Van Wil");
  run (kit);
  run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (count (kit, "fhir_id = 'a' AND patient = 2 AND text = 'Van Henk'"), ==, 1);
  g_assert_cmpint (count (kit, "fhir_id = 'b' AND patient = 1 AND text = 'Van Wil'"), ==, 1);
}

/* The same of a directory. */
static void
test_directory_of_other_ids (Fixture *kit, gconstpointer data)
{
  g_autofree char *line = g_strdup_printf (FILE_REPORT, "n", "Nieuw");
  g_autofree char *linked = NULL;
  g_auto (GStrv) parts = g_strsplit (line, "Patient/wil", 2);
  g_autofree char *of_other = g_strjoinv ("Patient/w2", parts);
  g_autofree char *both = NULL;

  move_to_directory (kit, "k", "Van Karel");
  ehr_kit_file (&kit->ehr, "Patient.ndjson",
                EHR_KIT_PATIENT ("wil", "999", "Karel Bruin") EHR_KIT_PATIENT ("w2", "123456782", "Wil Bruin"));
  g_clear_pointer (&line, g_free);
  line = g_strdup_printf (FILE_REPORT, "k", "Van Karel");
  both = g_strconcat (line, of_other, NULL);
  ehr_kit_file (&kit->ehr, "Observation.ndjson", both);
  run (kit);
  linked = linked_to (kit);
  g_assert_cmpstr (linked, ==, "w2");
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (count (kit, "fhir_id = 'n' AND patient = 1"), ==, 1);
}

/* A slash at its end makes an address no other. */
static void
test_slash (Fixture *kit, gconstpointer data)
{
  static const char *const addresses[] = { "https://ecd.example.org/fhir", "https://ecd.example.org/fhir/" };
  g_autofree char *path = g_build_filename (kit->ehr.store.directory, "portal.conf", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (CpdConfig) config = NULL;

      g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
      g_key_file_remove_key (file, "ehr", "directory", NULL);
      g_key_file_set_string (file, "ehr", "server", addresses[i]);
      g_assert_true (g_key_file_save_to_file (file, path, NULL));
      config = cpd_config_load (path, NULL);
      g_assert_nonnull (config);
      g_assert_cmpstr (config->ehr_server, ==, addresses[0]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-moved/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (server);
  ADD (same_content);
  ADD (not_noted);
  ADD (read_otherwise);
  ADD (directory);
  ADD (other_ids);
  ADD (not_there);
  ADD (swapped_ids);
  ADD (directory_of_other_ids);
  ADD (slash);
  return g_test_run ();
}
