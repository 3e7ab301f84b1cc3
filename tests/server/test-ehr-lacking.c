/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-freshness.h"
#include "fhir-kit.h"

/* What a FHIR server cannot give now, or never: names, the questions of forms, files. Nothing else waits for it. */

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_both (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* A run in which each type goes well, but for so many resources that wait. */
static void
run_waiting (Fixture *kit, int n)
{
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_waiting (kit), ==, n);
}

static void
test_name_not_given (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Practitioner", 100, FHIR_ANSWER, 403, NULL, "{}" };

  fhir_kit_reports (kit, 1);
  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'A. de Wit'"), ==, 1);
}

/* A name that cannot be fetched now: what it is in shows without it, and is read again until the name is there. */
static void
test_name_not_now (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Practitioner", 4, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_reports (kit, 2);
  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'names cannot%'"), ==,
                   1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'A. de Wit'"), ==, 2);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'Anna de Wit'"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT max (version) FROM item"), ==, 1);
}

static gint64
by_author (Fixture *kit, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE author = '%s'", name);

  return ehr_kit_count (&kit->ehr, sql);
}

static void
put_report_by (Fixture *kit, const char *id, const char *reference, const char *display)
{
  g_autofree char *report = g_strdup_printf (
      "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
      "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-02-01','valueString':'x',"
      "'performer':[{'reference':'%s','display':'%s'}]",
      reference, display);

  fhir_kit_put (kit, "Observation", id, "wil", LONG_AGO, report);
}

/* One carer makes the server fail each time: the others have their names, nothing is read twice but what names that
 * carer, and when the server is mended that name comes too. */
static void
test_name_never (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "bad", 1000, FHIR_ANSWER, 500, NULL, "" };

  for (int i = 0; i < 9; i++)
    {
      g_autofree char *carer = i == 4 ? g_strdup ("bad") : g_strdup_printf ("p%d", i);
      g_autofree char *name = g_strdup_printf ("'name':[{'text':'Naam %d'}]", i);
      g_autofree char *id = g_strdup_printf ("n%d", i);
      g_autofree char *reference = g_strconcat ("Practitioner/", carer, NULL);

      fhir_kit_put (kit, "Practitioner", carer, NULL, LONG_AGO, name);
      put_report_by (kit, id, reference, "Iemand");
    }
  fhir_kit_fault (kit, &fault);
  for (int run = 0; run < 2; run++)
    {
      CpTime began = FHIR_NOW + run * CP_TIME_DAY;

      store_kit_set_now (began);
      fhir_kit_forget_requests (kit);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (by_author (kit, "Iemand"), ==, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author LIKE 'Naam _'"), ==, 8);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation?_id=n4 "), ==, run);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT min (mark) FROM ehr_mark WHERE type = 'Observation'"), ==,
                       began);
    }
  fhir_kit_clear_faults (kit);
  store_kit_set_now (cp_time_now () + CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (by_author (kit, "Naam 4"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

/* Some carers make the server fail each time: all others have their names, and in the next run nobody is asked for
 * together with those. */
static void
test_names_never (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "bad", 100000, FHIR_ANSWER, 500, NULL, "" };

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *carer = g_strdup_printf ("%s%d", i % 10 == 0 ? "bad" : "p", i);
      g_autofree char *id = g_strdup_printf ("n%d", i);
      g_autofree char *reference = g_strconcat ("Practitioner/", carer, NULL);

      fhir_kit_put (kit, "Practitioner", carer, NULL, LONG_AGO, "'name':[{'text':'Een naam'}]");
      put_report_by (kit, id, reference, "Iemand");
    }
  fhir_kit_fault (kit, &fault);
  for (int run = 0; run < 2; run++)
    {
      store_kit_set_now (FHIR_NOW + run * CP_TIME_DAY);
      fhir_kit_forget_requests (kit);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (by_author (kit, "Een naam"), ==, 54);
      g_assert_cmpint (by_author (kit, "Iemand"), ==, 6);
    }
  g_assert_cmpuint (fhir_kit_requests (kit, "_id=bad10 "), >, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, ",bad") + fhir_kit_requests (kit, "/bad10,"), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, "bad10,"), ==, 0);
  fhir_kit_clear_faults (kit);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (by_author (kit, "Een naam"), ==, 60);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_name WHERE body = ''"), ==, 0);
}

/* A carer whom the server could not give, and who is not there after all, is asked for with the others from then on. */
static void
test_name_gone (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Practitioner", 1000, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_reports (kit, 1);
  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_name WHERE body = ''"), ==, 1);
  fhir_kit_clear_faults (kit);
  fhir_kit_delete (kit, "Practitioner", "anna", FHIR_NOW);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_name WHERE body = ''"), ==, 0);
  g_assert_cmpint (by_author (kit, "A. de Wit"), ==, 1);
}

/* A role whose person cannot be fetched now. */
static void
test_person_of_a_role_not_now (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "Practitioner?_count=200&_id=anna", 4, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "PractitionerRole", "role", NULL, LONG_AGO, "'practitioner':{'reference':'Practitioner/anna'}");
  put_report_by (kit, "r", "PractitionerRole/role", "Verzorgende");
  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (by_author (kit, "Verzorgende"), ==, 1);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (by_author (kit, "Anna de Wit"), ==, 1);
}

/* A form whose questions cannot be fetched now comes with them, and not without them first. */
static void
test_questions_not_now (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Questionnaire?url", 4, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "Questionnaire", "q", NULL, LONG_AGO,
                "'url':'http://forms/q','title':'Afspraak','item':[{'linkId':'1','text':'Hoe laat wilt u opstaan?'}]");
  fhir_kit_put (kit, "QuestionnaireResponse", "a", "wil", LONG_AGO,
                "'status':'completed','questionnaire':'http://forms/q','subject':{'reference':'Patient/wil'},"
                "'authored':'2026-02-01','item':[{'linkId':'1','answer':[{'valueString':'Om acht uur'}]}]");
  fhir_kit_put (kit, "QuestionnaireResponse", "b", "wil", LONG_AGO + CP_TIME_MINUTE,
                "'status':'completed','subject':{'reference':'Patient/wil'},'authored':'2026-02-01',"
                "'item':[{'linkId':'1','text':'En verder?','answer':[{'valueString':'Niets'}]}]");
  fhir_kit_fault (kit, &fault);
  run_waiting (kit, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  run_waiting (kit, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE 'Hoe laat wilt u opstaan?%'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT max (version) FROM item"), ==, 1);
}

#define ANSWERED(status, whose)                                                                                        \
  "'status':'" status "','questionnaire':'http://forms/q','subject':{'reference':'Patient/" whose "'},"                \
  "'authored':'2026-02-01','item':[{'linkId':'1','answer':[{'valueString':'Om acht uur'}]}]"

/* What is withdrawn or turns out to be somebody else's goes, whether its questions can be fetched or not; and nothing
 * of somebody else waits for them. */
static void
test_form_goes_without_questions (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Questionnaire?url", 1000, FHIR_ANSWER, 500, NULL, "" };

  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%d", i);

      fhir_kit_put (kit, "QuestionnaireResponse", id, "wil", LONG_AGO, ANSWERED ("completed", "wil"));
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_fault (kit, &fault);
  fhir_kit_put (kit, "QuestionnaireResponse", "f0", "wil", cp_time_now (), ANSWERED ("entered-in-error", "wil"));
  fhir_kit_put (kit, "QuestionnaireResponse", "f1", "henk", cp_time_now (), ANSWERED ("completed", "henk"));
  fhir_kit_put (kit, "QuestionnaireResponse", "f2", "wil", cp_time_now (), ANSWERED ("amended", "wil"));
  run_waiting (kit, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE fhir_id = 'f2'"
                                             " AND reason LIKE '%questions of a form%'"),
                   ==, 1);
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr,
                     "SELECT count(*) FROM item JOIN patient ON patient.id = patient"
                     " WHERE removed IS NULL AND patient.fhir_id = 'wil' AND item.fhir_id = 'f2' AND amended = 0"),
      ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item JOIN patient ON patient.id = patient"
                                             " WHERE removed IS NULL AND patient.fhir_id = 'wil'"),
                   ==, 1);
  /* Everything before this run is here of both, but the form that is asked for by itself. */
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_mark WHERE type = 'QuestionnaireResponse' AND mark >= (SELECT"
                                " max (mark) FROM ehr_mark)"),
      ==, 2);
  fhir_kit_clear_faults (kit);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT amended FROM item WHERE fhir_id = 'f2'"), ==, 1);
}

#define LETTER(n)                                                                                                      \
  "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},'date':'2026-02-01',"         \
  "'subject':{'reference':'Patient/wil'},'content':[{'attachment':{'contentType':'text/plain','url':'Binary/" n "'}}]"

/* The bytes of a document are read when it comes; when they cannot be, the document is read again by the next run. */
static void
test_file_not_now (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Binary/", 4, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "Binary", "b1", NULL, LONG_AGO, "'contentType':'text/plain','data':'SGFsbG8gYWxsZW1hYWw='");
  fhir_kit_put (kit, "DocumentReference", "d1", "wil", LONG_AGO,
                "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},"
                "'subject':{'reference':'Patient/wil'},'date':'2026-02-01T10:00:00Z',"
                "'content':[{'attachment':{'contentType':'text/plain','url':'Binary/b1'}}]");
  fhir_kit_fault (kit, &fault);
  run_waiting (kit, 1);
  run_waiting (kit, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Hallo allemaal%'"), ==, 1);
}

/* A file that the server can never give keeps nothing else away. */
static void
test_file_never (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Binary/b0", 1000, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "DocumentReference", "d0", "wil", LONG_AGO, LETTER ("b0"));
  fhir_kit_put (kit, "DocumentReference", "d1", "wil", LONG_AGO + CP_TIME_MINUTE, LETTER ("b1"));
  fhir_kit_put (kit, "Binary", "b0", NULL, LONG_AGO, "'contentType':'text/plain','data':'QQ=='");
  fhir_kit_put (kit, "Binary", "b1", NULL, LONG_AGO, "'contentType':'text/plain','data':'Qg=='");
  fhir_kit_fault (kit, &fault);
  for (int run = 0; run < 2; run++)
    {
      run_waiting (kit, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'B'"), ==, 1);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
    }
  fhir_kit_clear_faults (kit);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
}

static void
wait_for_file (Fixture *kit)
{
  const FhirFault never = { "/fhir/Binary/b0", 1000, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "DocumentReference", "d0", "wil", cp_time_now (), LETTER ("b0"));
  fhir_kit_put (kit, "Binary", "b0", NULL, LONG_AGO, "'contentType':'text/plain','data':'QQ=='");
  fhir_kit_fault (kit, &never);
  run_waiting (kit, 1);
}

/* What waits is let go when the server says that it is gone, not when it just does not come. */
static void
test_empty_answer (Fixture *kit, gconstpointer data)
{
  const FhirFault empty = {
    "DocumentReference?_id=d0", 1, FHIR_ANSWER, 200, NULL, "{'resourceType':'Bundle','type':'searchset'}"
  };
  const FhirFault refused = { "GET /fhir/DocumentReference/d0 ", 1, FHIR_ANSWER, 403, NULL, "" };

  wait_for_file (kit);
  for (int run = 0; run < 2; run++)
    {
      CpTime began = cp_time_now () + CP_TIME_HOUR;

      store_kit_set_now (began);
      fhir_kit_fault (kit, &empty);
      if (run == 1)
        fhir_kit_fault (kit, &refused);
      run_waiting (kit, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking WHERE patient IS NOT NULL"), ==, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT since FROM ehr_lacking"), >=, began);
    }
  fhir_kit_clear_faults (kit);
  fhir_kit_fault (kit, &empty);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

/* A server that does not look at which are asked for gives all that it has of everybody: that is not read. What waits
 * is asked for by itself then. */
static void
test_ids_ignored (Fixture *kit, gconstpointer data)
{
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("h%d", i);

      fhir_kit_put (kit, "DocumentReference", id, "henk", LONG_AGO, "'status':'current'");
    }
  wait_for_file (kit);
  fhir_kit_clear_faults (kit);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  kit->page = 1;
  kit->ignores_ids = TRUE;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_requests (kit, "GET /fhir/DocumentReference?_id=d0"), ==, 50);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
}

/* The question begins anew, and what it brought before does not count: it would be read twice. */
static void
test_page_gone (Fixture *kit, gconstpointer data)
{
  const FhirFault never = { "/fhir/Binary/", 1000, FHIR_ANSWER, 500, NULL, "" };
  const FhirFault gone = { "&_offset=1", 1, FHIR_ANSWER, 410, NULL, "" };

  fhir_kit_put (kit, "DocumentReference", "d0", "wil", LONG_AGO, LETTER ("b0"));
  fhir_kit_put (kit, "DocumentReference", "d1", "wil", LONG_AGO, LETTER ("b1"));
  fhir_kit_put (kit, "Binary", "b0", NULL, LONG_AGO, "'contentType':'text/plain','data':'QQ=='");
  fhir_kit_put (kit, "Binary", "b1", NULL, LONG_AGO, "'contentType':'text/plain','data':'Qg=='");
  fhir_kit_fault (kit, &never);
  run_waiting (kit, 2);
  fhir_kit_clear_faults (kit);
  fhir_kit_forget_requests (kit);
  fhir_kit_fault (kit, &gone);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  kit->page = 1;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_requests (kit, "GET /fhir/DocumentReference?_id=d0,d1"), ==, 4);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (fhir_kit_requests (kit, "GET /fhir/Binary/b0"), ==, 1);
}

static void
test_gone (Fixture *kit, gconstpointer data)
{
  wait_for_file (kit);
  fhir_kit_delete (kit, "DocumentReference", "d0", cp_time_now ());
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
assert_fresh (Fixture *kit, const char *whose, CpFreshKind kind, CpFreshState state, CpTime fetched_at)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM patient WHERE fhir_id = '%s'", whose);
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  const CpdGrant grant = store_kit_grant (db, ehr_kit_count (&kit->ehr, sql));
  g_autoptr (CpFreshness) freshness =
      cpd_ehr_freshness (db, kit->ehr.store.config, &grant, cp_time_now (), 1u << kind, &error);

  g_assert_no_error (error);
  g_assert_cmpint (freshness->state, ==, state);
  g_assert_cmpint (freshness->fetched_at, ==, fetched_at);
}

/* What waits makes the reports of whose it is older, and nothing else: not what else is theirs, nor what is another's.
 */
static void
test_others_are_fresh (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  g_assert_true (fhir_kit_run (kit));
  for (int run = 1; run < 3; run++)
    {
      CpTime began = FHIR_NOW + run * CP_TIME_HOUR;

      store_kit_set_now (began);
      wait_for_file (kit);
      assert_fresh (kit, "wil", CP_FRESH_REPORTS, CP_FRESH_FAILED, FHIR_NOW);
      assert_fresh (kit, "wil", CP_FRESH_FORMS, CP_FRESH_CURRENT, began);
      assert_fresh (kit, "henk", CP_FRESH_REPORTS, CP_FRESH_CURRENT, began);
    }
  fhir_kit_clear_faults (kit);
  store_kit_set_now (FHIR_NOW + 3 * CP_TIME_HOUR);
  run_waiting (kit, 0);
  assert_fresh (kit, "wil", CP_FRESH_REPORTS, CP_FRESH_CURRENT, FHIR_NOW + 3 * CP_TIME_HOUR);
}

/* Also when it waits since the first run, in which everything else came. */
static void
test_waits_from_the_first (Fixture *kit, gconstpointer data)
{
  wait_for_file (kit);
  assert_fresh (kit, "wil", CP_FRESH_REPORTS, CP_FRESH_FAILED, FHIR_NOW);
}

static void
put_letter (Fixture *kit, int number, CpTime updated)
{
  g_autofree char *id = g_strdup_printf ("n%02d", number);
  g_autofree char *file = g_strdup_printf ("%sn%02d", number < 12 ? "bad" : "good", number);
  g_autofree char *members =
      g_strdup_printf ("'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},"
                       "'date':'2026-02-01','subject':{'reference':'Patient/wil'},"
                       "'content':[{'attachment':{'contentType':'text/plain','url':'Binary/%s'}}]",
                       file);

  fhir_kit_put (kit, "Binary", file, NULL, LONG_AGO, "'contentType':'text/plain','data':'QQ=='");
  fhir_kit_put (kit, "DocumentReference", id, "wil", updated, members);
}

/* Not even many of them: only where so many are new at once the rest comes with a later run. */
static void
test_files_never (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Binary/bad", 100000, FHIR_ANSWER, 500, NULL, "" };

  for (int i = 0; i < 13; i++)
    put_letter (kit, i, LONG_AGO + i * CP_TIME_MINUTE);
  fhir_kit_fault (kit, &fault);
  for (int run = 0; run < 4; run++)
    {
      g_autofree char *error = fhir_kit_run_error (kit, "DocumentReference");

      g_assert_cmpint (error != NULL, ==, run == 0);
      g_assert_cmpint (fhir_kit_shown (kit), ==, run);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      if (run > 0)
        put_letter (kit, 12 + run, cp_time_now () - CP_TIME_MINUTE);
    }
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 12);
  fhir_kit_clear_faults (kit);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 16);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
assert_stay (Fixture *kit, int n)
{
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, n);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, n);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'more than once%'"),
                   ==, 0);
}

/* Of a server that does not tell when something changed, what was asked for by itself comes once more with all that
 * there is: that is no news of it, and no problem. */
static void
test_undated (Fixture *kit, gconstpointer data)
{
  kit->without_updated = TRUE;
  kit->page = 3;
  fhir_kit_reports (kit, 5);
  fhir_kit_put (kit, "Observation", "odd", "wil", LONG_AGO,
                "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
                "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01'");
  wait_for_file (kit);
  assert_stay (kit, 1);
  for (int run = 1; run < 4; run++)
    {
      store_kit_set_now (FHIR_NOW + run * CP_TIME_HOUR);
      run_waiting (kit, 1);
      assert_stay (kit, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT since FROM sync_quarantine"), ==, FHIR_NOW);
    }
  fhir_kit_clear_faults (kit);
  fhir_kit_report (kit, "odd", "wil", LONG_AGO, "nu goed");
  store_kit_set_now (FHIR_NOW + 4 * CP_TIME_HOUR);
  run_waiting (kit, 0);
  assert_stay (kit, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 7);
}

#define ADD(name, func) g_test_add ("/ehr/lacking/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("name-not-given", test_name_not_given);
  ADD ("name-not-now", test_name_not_now);
  ADD ("name-never", test_name_never);
  ADD ("name-gone", test_name_gone);
  ADD ("names-never", test_names_never);
  ADD ("person-of-a-role-not-now", test_person_of_a_role_not_now);
  ADD ("questions-not-now", test_questions_not_now);
  ADD ("form-goes-without-questions", test_form_goes_without_questions);
  ADD ("file-not-now", test_file_not_now);
  ADD ("file-never", test_file_never);
  ADD ("files-never", test_files_never);
  ADD ("empty-answer", test_empty_answer);
  ADD ("gone", test_gone);
  ADD ("ids-ignored", test_ids_ignored);
  ADD ("page-gone", test_page_gone);
  ADD ("others-are-fresh", test_others_are_fresh);
  ADD ("undated", test_undated);
  ADD ("waits-from-the-first", test_waits_from_the_first);
  return g_test_run ();
}
