/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"

/* One invented client with something in every row of the mapping (tests/data/ehr): what a run makes of it. */

static EhrKit kit;
static CpdEhrSyncReport report;

static void
is (gint64 expected, const char *sql)
{
  gint64 found = ehr_kit_count (&kit, sql);

  if (found != expected)
    g_error ("%" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT ": %s", found, expected, sql);
}

static void
test_patient (void)
{
  is (1, "SELECT count(*) FROM profile WHERE body ->> 'name' = 'Wil de Bruin-Hofstra'"
         " AND body ->> 'address' = 'De Lindehof' || char (10) || 'Lindelaan 4' || char (10) || '1234 AB Oudwoude'"
         " AND body ->> 'gp' = 'Dokter Van Leeuwen' AND body ->> 'phone' = '088 000 00 01'");
  is (1, "SELECT count(*) FROM patient WHERE fhir_id IS NOT NULL");
  is (0, "SELECT count(*) FROM item WHERE patient <> 1");
}

static void
test_contacts (void)
{
  is (2, "SELECT count(*) FROM contact WHERE removed IS NULL AND hidden = 0");
  is (1, "SELECT count(*) FROM contact WHERE removed IS NULL AND name = 'Marijke de Bruin' AND relation = 'daughter'"
         " AND role = 'first-contact' AND type = 'RelatedPerson'");
  is (1, "SELECT count(*) FROM contact WHERE name = 'Buurman Piet' AND type = 'Patient'");
  is (2, "SELECT count(*) FROM contact WHERE hidden = 1");
}

static void
test_care_team (void)
{
  is (1, "SELECT count(*) FROM plan_piece WHERE type = 'CareTeam'");
  is (1, "SELECT count(*) FROM plan_piece WHERE type = 'CareTeam' AND body = '{\"members\":["
         "{\"name\":\"Ineke Bos\",\"role\":\"eerstverantwoordelijk verzorgende\"},"
         "{\"name\":\"Marijke de Bruin\",\"role\":\"Mantelzorger\"},{\"name\":\"Vrijwilligers\"}]}'");
}

static void
test_appointments (void)
{
  is (4, "SELECT count(*) FROM appointment");
  is (1, "SELECT count(*) FROM appointment WHERE fhir_id = 'koffie' AND with_whom = 'Ineke Bos'"
         " AND ends - starts = 3600000000");
  is (1, "SELECT count(*) FROM appointment WHERE fhir_id = 'wachtlijst' AND starts IS NULL"
         " AND description = 'Fysiotherapie'");
  is (1, "SELECT count(*) FROM appointment WHERE fhir_id = 'af' AND cancel_reason = 'Ziek'");
}

static void
test_plans (void)
{
  is (3, "SELECT count(*) FROM care_plan WHERE part_of IS NULL AND removed IS NULL");
  is (2, "SELECT count(*) FROM care_plan WHERE part_of = (SELECT id FROM care_plan WHERE fhir_id = 'plan')");
  is (1, "SELECT count(*) FROM care_plan WHERE fhir_id = 'los' AND part_of IS NULL");
  is (0, "SELECT count(*) FROM care_plan WHERE fhir_id IN ('kladje', 'onder-kladje', 'hulp', 'fout')"
         " AND part_of IS NULL AND removed IS NULL");
  is (1, "SELECT count(*) FROM care_plan WHERE fhir_id = 'vorig' AND body ->> 'state' = 'expired'"
         " AND body ->> 'until' = '2026-01-11'");
  is (1, "SELECT count(*) FROM care_plan WHERE fhir_id = 'plan' AND body ->> 'discussed_on' = '2026-01-05'"
         " AND body -> 'discussed_with' = '[\"Marijke de Bruin\"]'"
         " AND body ->> 'description' = 'Wat wij doen.' || char (10, 10) || 'Samen opgesteld.'");
}

#define PLAN " FROM care_plan WHERE fhir_id = 'plan'"
#define GOAL(n, text, state)                                                                                           \
  is (1, "SELECT count(*) FROM care_plan, json_each (body, '$.goals') WHERE fhir_id = 'plan' AND value ->> 'number'"   \
         " = " #n " AND value ->> 'text' = '" text "' AND value ->> 'state' = '" state "'")

static void
test_goals (void)
{
  is (5, "SELECT json_array_length (body, '$.goals')" PLAN);
  GOAL (1, "Zelf wassen", "better");
  GOAL (2, "Rustig slapen", "in-progress");
  GOAL (3, "Contact met anderen", "unknown");
  GOAL (4, "Een doel dat nog komt", "unknown");
  GOAL (5, "Veilig lopen", "planned");
  is (1, "SELECT body ->> '$.goals[0].before' = '2026-06' AND body ->> '$.goals[0].note' = 'Graag in de ochtend.'"
         " AND body ->> '$.goals[0].start' = '2026-01-12'" PLAN);
  is (0, "SELECT count(*) FROM care_plan WHERE body LIKE '%Henk%' OR body LIKE '%iemand anders%'");
}

/* text, where in the plan, and what else is said of it */
#define WORK(n, text, condition)                                                                                       \
  is (1, "SELECT count(*) FROM (SELECT value AS a FROM care_plan, json_each (body, '$.activities') WHERE fhir_id ="    \
         " 'plan' AND key = " #n ") WHERE a ->> 'text' = '" text "' AND " condition)

static void
test_activities (void)
{
  is (10, "SELECT json_array_length (body, '$.activities')" PLAN);
  WORK (0, "Helpen bij het wassen",
        "a ->> 'note' = 'Alles klaarleggen.' AND a -> 'timing' ="
        " '{\"count\":1,\"period\":1,\"unit\":\"day\",\"day_parts\":[\"early-morning\"]}'"
        " AND a -> 'who' = '[\"Ineke Bos\"]' AND a ->> 'goal' = 1");
  WORK (1, "Samen oefenen", "a ->> '$.timing.text' = 'als het zonnetje schijnt' AND a ->> 'goal' = 5");
  WORK (2, "Wandelen met een vrijwilliger",
        "a ->> 'note' = 'Trek een jas aan.' AND a -> 'who' = '[\"Vrijwilligers\"]' AND a -> 'timing' ="
        " '{\"count\":1,\"period\":1,\"unit\":\"week\",\"days\":[\"wednesday\"],\"times\":[\"14:00\"]}'");
  WORK (3, "Bril poetsen", "a -> 'who' = '[\"Fatima El Amrani\"]'");
  WORK (4, "Thee voor het slapen", "a ->> '$.timing.as_needed'");
  WORK (5, "Koffie in de tuinkamer", "TRUE");
  WORK (6, "Wordt nog ingevuld", "TRUE");
  WORK (7, "Steunkousen aantrekken", "a ->> 'goal' = 5 AND a ->> '$.timing.count' = 2");
  WORK (8, "Medicijnen aanreiken", "a ->> 'goal' IS NULL");
  WORK (9, "Nagels geknipt", "a -> 'who' = '[\"Fatima El Amrani\"]'");
}

static void
test_evaluations (void)
{
  is (4, "SELECT json_array_length (body, '$.evaluations')" PLAN);
  is (1, "SELECT body ->> '$.evaluations[0].text' = 'Gaat goed, doel blijft staan.'"
         " AND body ->> '$.evaluations[0].author_role' = 'eerstverantwoordelijk verzorgende'"
         " AND body ->> '$.evaluations[0].goal' = 1" PLAN);
  is (1, "SELECT body ->> '$.evaluations[1].text' = 'Wassen met hulp bij de rug.'" PLAN);
  is (1, "SELECT body ->> '$.evaluations[2].text' = 'Bovenlichaam gaat zelf.'"
         " AND body ->> '$.evaluations[2].state' = 'better'"
         " AND body ->> '$.evaluations[2].date_only'" PLAN);
  is (1, "SELECT body ->> '$.evaluations[3].text' = 'Wil het zelf proberen.'" PLAN);
  /* Observations are joined when read, by these keys. */
  is (1, "SELECT count(*) FROM item WHERE kind = 3 AND about_key = 'CarePlan/plan' AND type = 'Observation'");
  is (4, "SELECT count(*) FROM item WHERE kind = 3 AND about_key = 'CarePlan/plan' AND type <> 'Observation'");
  is (1, "SELECT goal FROM care_plan_key WHERE key = 'Observation/doel'");
  is (5, "SELECT goal FROM care_plan_key JOIN item ON key = goal_key WHERE fhir_id = 'doel'"
         " AND care_plan = (SELECT id FROM care_plan WHERE fhir_id = 'plan')");
  is (0, "SELECT goal FROM care_plan_key WHERE key = 'CarePlan/kousen'");
}

static void
test_reports (void)
{
  is (5, "SELECT count(*) FROM item WHERE type = 'Observation'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'dag' AND kind = 0 AND title = 'Dagrapportage'"
         " AND author = 'Zorggroep De Linde'"
         " AND text = 'Goed geslapen.' || char (10) || 'Liep < 10 meter & was trots.'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'plan' AND kind = 1 AND about_key = 'CarePlan/plan'"
         " AND goal_key = 'Goal/wassen' AND about IS NULL");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'doel' AND kind = 1 AND about_key = 'Goal/lopen'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'verbeterd' AND amended");
}

static void
test_documents (void)
{
  is (5, "SELECT count(*) FROM item WHERE type = 'DocumentReference'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'tekst' AND kind = 1 AND title = 'Fysiotherapie'"
         " AND text = 'Loopt 20 meter – zonder pijn.' AND author = 'Fatima El Amrani'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'html' AND kind = 0"
         " AND text = 'Eén & twee' || char (10) || 'drie'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'oud-schrift' AND text = 'crème' AND amended");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'pdf' AND kind = 0 AND title = 'Brief' AND text = ''");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'soep' AND kind = 0 AND title = 'Hoesten' AND date_only"
         " AND text = 'Subjectief' || char (10) || 'Sinds twee weken hoesten.' || char (10, 10)"
         " || 'Medicijnen' || char (10) || 'Andere tabletten.' || char (10, 10)"
         " || 'Objectief' || char (10) || 'Longen schoon'");
  is (1, "SELECT count(*) FROM item WHERE type = 'Composition'");
}

static void
test_attachments (void)
{
  g_autofree char *directory = cpd_store_attachments_directory (kit.store.database);
  g_autoptr (CpdDb) db = cpd_db_open (kit.store.database, CPD_DB_READER, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file = NULL;
  guchar hash[CPD_HASH_SIZE];
  static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

  is (2, "SELECT count(*) FROM attachment JOIN item ON item.id = item WHERE fhir_id = 'pdf'");
  is (1, "SELECT count(*) FROM attachment WHERE position = 0 AND media_type = 'application/pdf'"
         " AND title = 'Brief van de huisarts' AND size = 69");
  is (1, "SELECT count(*) FROM attachment WHERE position = 1 AND media_type = 'image/png'");
  cpd_hash (pdf, strlen (pdf), hash);
  file = cpd_store_attachment_file (db, ehr_kit_count (&kit, "SELECT id FROM item WHERE fhir_id = 'pdf'"), hash, NULL);
  g_assert_nonnull (file);
  bytes = cpd_seal_file_read (kit.store.keys, directory, file, 1000, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pdf, strlen (pdf));
}

static void
test_forms (void)
{
  static const char text[] = "Waarover?: Wassen\nIedereen eens?: Ja\nHoe vaak?: 7\nWie?\nDe zorg: Legt klaar\n"
                             "Liter: 1,5\nVanaf: maart 2026\nAfgesproken op: 1 maart 2026 09:00\nHoe laat: 08:30\n"
                             "Uitleg: https://zorg.example/uitleg\nFoto: Bijlage: Foto van de bril\n"
                             "Lukt het?: Soms\nDrinken: 1,5 liter\nMet wie: Ineke Bos\nOpmerkingen";
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM item WHERE fhir_id = 'af' AND kind = 2 AND amended AND title ="
                       " 'Afspraak = afspraak' AND about_key = 'CarePlan/plan' AND text = '%s'"
                       " AND informant = 'Wil de Bruin-Hofstra'",
                       text);

  is (2, "SELECT count(*) FROM item WHERE type = 'QuestionnaireResponse'");
  is (1, sql);
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'bezig' AND unfinished");
  /* By mistake it is another client who told it: then nobody is named. */
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'bezig' AND informant IS NULL");
}

/* What could not be understood, and no word of it anywhere. */
static void
test_quarantine (void)
{
  g_autofree char *dump = ehr_kit_dump (&kit);

  is (4, "SELECT count(*) FROM sync_quarantine");
  is (2, "SELECT count(*) FROM sync_quarantine WHERE type = 'Observation' AND fhir_id IN ('raar', 'vorm')");
  is (1, "SELECT count(*) FROM sync_quarantine WHERE fhir_id = 'van-henk' AND reason LIKE '%somebody else%'");
  is (1, "SELECT count(*) FROM sync_quarantine WHERE fhir_id = 'zoek' AND reason LIKE '%not found%'");
  is (1, "SELECT count(*) FROM item WHERE fhir_id = 'nep' AND text = '' AND kind = 0");
  g_assert_null (strstr (dump, "kwartjesvinder"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ehr_kit_set_up (&kit);
  g_free (kit.store.config->source_directory);
  kit.store.config->source_directory = g_strdup (g_getenv ("EHR_ROWS"));
  ehr_kit_enrol (&kit, "https://zorg.example/client|1", "W. de Bruin");
  g_assert_true (ehr_kit_run (&kit, &report, 0));
  g_test_add_func ("/ehr-rows/patient", test_patient);
  g_test_add_func ("/ehr-rows/contacts", test_contacts);
  g_test_add_func ("/ehr-rows/care-team", test_care_team);
  g_test_add_func ("/ehr-rows/appointments", test_appointments);
  g_test_add_func ("/ehr-rows/plans", test_plans);
  g_test_add_func ("/ehr-rows/goals", test_goals);
  g_test_add_func ("/ehr-rows/activities", test_activities);
  g_test_add_func ("/ehr-rows/evaluations", test_evaluations);
  g_test_add_func ("/ehr-rows/reports", test_reports);
  g_test_add_func ("/ehr-rows/documents", test_documents);
  g_test_add_func ("/ehr-rows/attachments", test_attachments);
  g_test_add_func ("/ehr-rows/forms", test_forms);
  g_test_add_func ("/ehr-rows/quarantine", test_quarantine);
  status = g_test_run ();
  cpd_ehr_sync_report_clear (&report);
  ehr_kit_tear_down (&kit);
  return status;
}
