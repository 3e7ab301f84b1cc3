/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <string.h>

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

static void
test_first_load (Fixture *kit, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  kit->ahead = -3 * CP_TIME_MINUTE;
  fhir_kit_reports (kit, 5);
  fhir_kit_report (kit, "other", "henk", LONG_AGO, "Van Henk");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE fhir_id = 'wil'"), ==, 1);
  /* The number of a person stands in no address. */
  g_assert_cmpuint (fhir_kit_requests (kit, "POST /fhir/Patient/_search HTTP/1.1"), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (kit, "?identifier"), ==, 0);
  before = ehr_kit_dump (&kit->ehr);
  fhir_kit_forget_requests (kit);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_written (kit), ==, 0);
  after = ehr_kit_dump (&kit->ehr);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (fhir_kit_requests (kit, "_search"), ==, 0);
  /* From ten minutes before the last run, by the clock of the server, which is behind. */
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_lastUpdated=ge2026-03-03T11:47:00.000Z&_sort=_lastUpdated"), ==,
                    1);
}

static void
test_names (Fixture *kit, gconstpointer data)
{
  fhir_kit_reports (kit, 2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'Anna de Wit'"), ==, 2);
  fhir_kit_forget_requests (kit);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_report (kit, "r9", "wil", FHIR_NOW + CP_TIME_MINUTE, "nieuw");
  g_assert_true (fhir_kit_run (kit));
  /* It is known by now. */
  g_assert_cmpuint (fhir_kit_requests (kit, "/Practitioner"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'Anna de Wit'"), ==, 3);
}

/* Whose a plan is is kept with its title: a later run, which does not read the plan again, names it to who it is of. */
static void
test_plan_of_an_earlier_run (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "CarePlan", "c", "wil", LONG_AGO,
                "'status':'active','intent':'plan','title':'Zorgplan','subject':{'reference':'Patient/wil'}");
  g_assert_true (fhir_kit_run (kit));
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_put (kit, "Observation", "on-plan", "wil", FHIR_NOW + CP_TIME_MINUTE,
                "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
                "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01','valueString':'x',"
                "'basedOn':[{'reference':'CarePlan/c'}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE about_key LIKE 'CarePlan/%'"), ==, 1);
}

/* Each form has the words of the version that was filled in, also of one that comes in a later run; a version that the
 * server does not have has those of another. */
static void
test_form_versions (Fixture *kit, gconstpointer data)
{
  for (int version = 1; version <= 2; version++)
    {
      g_autofree char *id = g_strdup_printf ("q%d", version);
      g_autofree char *members =
          g_strdup_printf ("'status':'active','url':'http://x/q','version':'%d','title':'Versie %d'", version, version);

      fhir_kit_put (kit, "Questionnaire", id, NULL, LONG_AGO, members);
    }
  for (int version = 1; version <= 3; version++)
    {
      g_autofree char *id = g_strdup_printf ("f%d", version);
      g_autofree char *members = g_strdup_printf ("'status':'completed','authored':'2026-03-01','questionnaire':"
                                                  "'http://x/q|%d','subject':{'reference':'Patient/wil'}",
                                                  version);

      store_kit_set_now (FHIR_NOW + version * CP_TIME_HOUR);
      fhir_kit_put (kit, "QuestionnaireResponse", id, "wil", FHIR_NOW + version * CP_TIME_HOUR, members);
      g_assert_true (fhir_kit_run (kit));
    }
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE title = 'Versie ' || substr (fhir_id, 2)"), ==, 2);
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id = 'f3' AND title LIKE 'Versie _'"), ==, 1);
}

/* The server answers with everybody's. */
static void
test_wrong_patient (Fixture *kit, gconstpointer data)
{
  kit->ignores_patient = TRUE;
  fhir_kit_reports (kit, 2);
  fhir_kit_report (kit, "other", "henk", LONG_AGO, "Van Henk");
  fhir_kit_report (kit, "other2", "henk", FHIR_NOW, "Van Henk");
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (count) FROM audit WHERE action = 14"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%discarded%'"), ==,
                   1);
}

#define ENTRY(mode, resource) "{'search':{" mode "},'resource':{'resourceType':" resource "}}"
#define OF(who) ",'id':'x','subject':{'reference':'Patient/" who "'}"

/* (transfer full): an answer in which five things are about Henk, and none of it was asked for. */
static char *
dup_beside (void)
{
  static const char *const entries[] = {
    ENTRY ("'mode':'include'", "'Patient','id':'henk'"),
    ENTRY ("'mode':'include'", "'Observation'" OF ("henk")),
    ENTRY ("'mode':'beside'", "'Observation'" OF ("henk")),
    ENTRY ("", "'Encounter'" OF ("henk")),
    ENTRY ("'mode':'match'", "'RelatedPerson','id':'x','patient':{'reference':'Patient/henk'}"),
    ENTRY ("'mode':'include'", "'Patient','id':'wil'"),
    ENTRY ("", "'Encounter'" OF ("wil")),
    ENTRY ("'mode':'include'", "'Practitioner','id':'anna','name':[{'text':'Anna'}]"),
    ENTRY ("'mode':'outcome'", "'OperationOutcome'"),
    NULL,
  };
  g_autofree char *all = g_strjoinv (",", (char **) entries);

  return g_strconcat ("{'resourceType':'Bundle','type':'searchset','entry':[", all, "]}", NULL);
}

/* Also what came along, or is of another type, is nobody else's; who wrote it may come. */
static void
test_wrong_patient_beside (Fixture *kit, gconstpointer data)
{
  g_autofree char *body = dup_beside ();
  const FhirFault fault = { "18776-5&_sort=_lastUpdated&_count=200", 1, FHIR_ANSWER, 200, NULL, body };

  fhir_kit_fault (kit, &fault);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (count) FROM audit WHERE action = 14"), ==, 5);
}

/* The same of what is asked for by its id, as it could not be read before. */
static void
test_wrong_patient_beside_id (Fixture *kit, gconstpointer data)
{
  g_autofree char *body = dup_beside ();
  const FhirFault fault = { "Observation?_id=bad", 1, FHIR_ANSWER, 200, NULL, body };

  fhir_kit_put (kit, "Observation", "bad", "wil", LONG_AGO, "'status':7,'subject':{'reference':'Patient/wil'}");
  fhir_kit_run (kit);
  fhir_kit_fault (kit, &fault);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_run (kit);
  g_assert_cmpuint (fhir_kit_requests (kit, "Observation?_id=bad"), ==, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (count) FROM audit WHERE action = 14"), ==, 5);
}

/* What was Wil's turns out to be about Henk: it goes from Wil's screens, and to nobody else. */
static void
test_becomes_somebody_elses (Fixture *kit, gconstpointer data)
{
  fhir_kit_reports (kit, 2);
  g_assert_true (fhir_kit_run (kit));
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_report (kit, "r000", "henk", FHIR_NOW + CP_TIME_MINUTE, "Van Henk");
  kit->ignores_patient = TRUE;
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
}

/* A server that ignores identifier= answers with every Patient: the others are discarded, one hit remains. */
static void
test_identifier_ignored (Fixture *kit, gconstpointer data)
{
  kit->ignores_identifier = TRUE;
  kit->page = 1;
  fhir_kit_reports (kit, 1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE fhir_id = 'wil'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM audit WHERE action = 14 AND patient = 1"), ==, 1);
}

static void
test_two_hits (Fixture *kit, gconstpointer data)
{
  fhir_kit_patient (kit, "wil2", "123456782", "Wil Bruin");
  fhir_kit_reports (kit, 1);
  fhir_kit_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE fhir_id IS NOT NULL"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'more than one%'"),
                   ==, 1);
}

static void
test_another_name (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "P. Jansen");
  fhir_kit_report (kit, "h", "henk", LONG_AGO, "Van Henk");
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE fhir_id = 'henk'"), ==, 0);
}

static void
test_old_version_of_fhir (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  kit->version = "3.0.2";
  error = fhir_kit_run_error (kit, NULL);
  g_assert_nonnull (strstr (error, "FHIR 3.0.2; the portal reads R4"));
  g_assert_cmpuint (fhir_kit_requests (kit, "/Patient"), ==, 0);
}

/* Between two pages something of the first changes: with offsets, what stood on the border is skipped. */
static void
move_between_pages (gpointer fixture, guint request, const char *line)
{
  FhirKit *kit = fixture;
  static guint pages;

  if (request == 1)
    pages = 0;
  if (strstr (line, "GET /fhir/Observation?") == NULL || strstr (line, "gt2099") != NULL || ++pages % 2 != 0)
    return;
  /* Each second page the oldest report that is left moves to the end. */
  g_autofree char *id = g_strdup_printf ("r%03u", pages / 2 - 1);
  fhir_kit_report (kit, id, "wil", FHIR_NOW - CP_TIME_HOUR + pages * CP_TIME_SECOND, "veranderd");
}

static void
test_changes_between_pages (Fixture *kit, gconstpointer data)
{
  kit->page = 3;
  fhir_kit_reports (kit, 30);
  kit->hook = move_between_pages;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 30);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'veranderd'"), >, 3);
}

/* More than a page changed in one moment, and some of it moves away while it is read. */
static void
move_out_of_the_moment (gpointer fixture, guint request, const char *line)
{
  static guint pages;
  FhirKit *kit = fixture;

  if (request == 1)
    pages = 0;
  if (strstr (line, "_offset=") != NULL && strstr (line, "Observation") != NULL && ++pages == 2)
    fhir_kit_report (kit, "r000", "wil", FHIR_NOW, "veranderd");
}

static void
test_one_moment (Fixture *kit, gconstpointer data)
{
  kit->page = 4;
  for (int i = 0; i < 17; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO, id);
    }
  for (int i = 17; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO + i, id);
    }
  kit->hook = move_out_of_the_moment;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 30);
}

/* A full page is not taken for the last one, also when the server does not say that there is more; of a list of ids,
 * which can be gone through in no other way, nothing is concluded then. */
static void
test_full_page_without_link (Fixture *kit, gconstpointer data)
{
  kit->without_next = TRUE;
  fhir_kit_reports (kit, 450);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 450);
  store_kit_set_now (FHIR_NOW + CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 450);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE type = 'Observation' AND reason"
                                             " LIKE '250 are missing, but not everything%'"),
                   ==, 1);
}

typedef struct
{
  const char *name;
  gsize flag; /* of FhirKit; 0: none */
  FhirFault fault;
} WholeCase;

#define COMPLAINT(about)                                                                                               \
  "{'resourceType':'OperationOutcome','issue':[{'severity':'error','code':'not-supported','diagnostics':'" about "'}]" \
  "}"

static const WholeCase whole_cases[] = {
  { "ignores-updated", G_STRUCT_OFFSET (FhirKit, ignores_updated), { NULL } },
  { "ignores-sort", G_STRUCT_OFFSET (FhirKit, ignores_sort), { NULL } },
  { "without-updated", G_STRUCT_OFFSET (FhirKit, without_updated), { NULL } },
  { "complains-of-updated", 0, { "_lastUpdated=", 100, FHIR_ANSWER, 400, NULL, COMPLAINT ("no _lastUpdated here") } },
  { "complains-of-sort", 0, { "_sort=", 100, FHIR_ANSWER, 422, NULL, COMPLAINT ("_sort") } },
  { "complains-last",
    0,
    { "_sort=", 100, FHIR_ANSWER, 400, NULL,
      "{'resourceType':'OperationOutcome','issue':[{'severity':'information','code':'informational','diagnostics':"
      "'received'},{'severity':'error','code':'not-supported','details':{'text':'unknown parameter'},"
      "'location':['http._sort']}]}" } },
  { "complains-of-count",
    0,
    { "Observation?patient=Patient/"
      "wil&code=http%3A%2F%2Fsnomed.info%2Fsct%7C11591000146107,http%3A%2F%2Floinc.org%7C18776"
      "-5&_count=",
      100, FHIR_ANSWER, 400, NULL, COMPLAINT ("unknown: _count") } },
};

/* Then everything is read each time, and only what changed is written. */
static void
test_whole (Fixture *kit, gconstpointer data)
{
  const WholeCase *whole = data;

  kit->page = 3;
  if (whole->flag != 0)
    G_STRUCT_MEMBER (gboolean, kit, whole->flag) = TRUE;
  else
    fhir_kit_fault (kit, &whole->fault);
  if (g_str_has_suffix (whole->name, "count"))
    kit->ignores_updated = TRUE;
  fhir_kit_reports (kit, 8);
  /* Put in another order than by time. */
  fhir_kit_report (kit, "a-late", "wil", LONG_AGO - CP_TIME_DAY, "oud");
  fhir_kit_report (kit, "z-early", "wil", LONG_AGO - 2 * CP_TIME_DAY, "ouder");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 10);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT mode FROM ehr_type WHERE type = 'Observation'"), ==, 2);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_written (kit), ==, 0);
  fhir_kit_report (kit, "r001", "wil", LONG_AGO + CP_TIME_DAY, "anders");
  fhir_kit_delete (kit, "Observation", "r002", FHIR_NOW);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_written (kit), ==, 2);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 9);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'anders'"), ==, 1);
}

/* A client who is enrolled later is read from the beginning, beside one who was read before. */
static void
test_enrolled_later (Fixture *kit, gconstpointer data)
{
  fhir_kit_reports (kit, 2);
  fhir_kit_report (kit, "h1", "henk", LONG_AGO, "Van Henk");
  g_assert_true (fhir_kit_run (kit));
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_report (kit, "r001", "wil", FHIR_NOW + CP_TIME_MINUTE, "anders");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE patient = 2"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'anders'"), ==, 1);
}

/* Of 60 clients no more than 50 are in one question. */
static void
test_many_clients (Fixture *kit, gconstpointer data)
{
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%d", i);
      g_autofree char *identifier = g_strdup_printf ("s|%d", 1000 + i);
      g_autofree char *report = g_strdup_printf ("report-%d", i);

      ehr_kit_enrol (&kit->ehr, identifier, "A. Bruin");
      fhir_kit_patient (kit, id, identifier + 2, "Ans Bruin");
      fhir_kit_report (kit, report, id, LONG_AGO, id);
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 60);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item JOIN patient ON patient.id = item.patient"
                                             " WHERE item.text = patient.fhir_id"),
                   ==, 60);
}

static void
test_contact_once (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Patient", "wil", "wil", LONG_AGO,
                "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}],"
                "'contact':[{'name':{'text':'Anna Smit'},'telecom':[{'system':'phone','value':'020 123'}]},"
                "{'name':{'text':'Bert Smit'}}]");
  fhir_kit_put (kit, "RelatedPerson", "anna", "wil", LONG_AGO,
                "'patient':{'reference':'Patient/wil'},'name':[{'text':'Anna Smit'}],"
                "'telecom':[{'system':'phone','value':'020 123'}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 2);
  /* The Patient names Bert no more. */
  fhir_kit_put (kit, "Patient", "wil", "wil", FHIR_NOW,
                "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}]");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
}

/* Left out of a run in which each type goes well: what is shown of Wil is as old as it was, and Henk's is new. */
static void
test_left_out (Fixture *kit, gconstpointer data)
{
  const char *wil = "SELECT read_at FROM patient WHERE fhir_id = 'wil'";
  const char *henk = "SELECT read_at FROM patient WHERE fhir_id = 'henk'";

  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, wil), ==, FHIR_NOW);
  fhir_kit_put (kit, "Patient", "wil", "wil", FHIR_NOW, "'name':[{'text':'Wil Bruin'}]");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, wil), ==, FHIR_NOW);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, henk), ==, FHIR_NOW + CP_TIME_HOUR);
}

/* What was no report when it was read is one by other settings: it is read again, however long ago it changed. */
static void
test_other_codes (Fixture *kit, gconstpointer data)
{
  g_auto (GStrv) codes = g_strsplit ("http://loinc.org|34109-9", " ", -1);
  GStrv usual = kit->ehr.store.config->report_codes;

  fhir_kit_put (kit, "Observation", "note", "wil", LONG_AGO,
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'34109-9'}]},"
                "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01','valueString':'Notitie'");
  g_assert_true (fhir_kit_run (kit));
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'Notitie'"), ==, 0);
  kit->ehr.store.config->report_codes = codes;
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'Notitie'"), ==, 1);
  /* And then only what changed. */
  fhir_kit_forget_requests (kit);
  store_kit_set_now (FHIR_NOW + 3 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_lastUpdated=ge2026-03-03T13:50:00.000Z&_sort=_lastUpdated"), ==,
                    1);
  kit->ehr.store.config->report_codes = usual;
}

static void
fill (Fixture *kit)
{
  kit->page = 3;
  fhir_kit_reports (kit, 10);
  fhir_kit_put (
      kit, "Appointment", "x", "wil", LONG_AGO,
      "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]");
  fhir_kit_put (kit, "CarePlan", "plan", "wil", LONG_AGO,
                "'status':'active','intent':'plan','title':'Zorgplan','subject':{'reference':'Patient/wil'}");
}

/* Broken off at each request in turn, then run to its end: the same as one that was never broken off. */
static void
test_broken_off (Fixture *kit, gconstpointer data)
{
  g_autofree char *wanted = NULL;
  guint n;

  fill (kit);
  g_assert_true (fhir_kit_run (kit));
  wanted = ehr_kit_dump (&kit->ehr);
  n = fhir_kit_requests (kit, "/fhir/");
  g_assert_cmpuint (n, >, 15);
  for (fhir_kit_cancel_at = 1; fhir_kit_cancel_at <= n; fhir_kit_cancel_at++)
    {
      FhirKit other = { 0 };
      g_autofree char *got = NULL;

      set_up (&other, NULL);
      fill (&other);
      other.hook = fhir_kit_cancel_hook;
      g_assert_false (fhir_kit_run (&other));
      other.hook = NULL;
      g_assert_true (fhir_kit_run (&other));
      got = ehr_kit_dump (&other.ehr);
      g_assert_cmpstr (got, ==, wanted);
      tear_down (&other, NULL);
    }
}

/* A plan and a report of Wil that point at what is of Henk: what they say of that stands nowhere, and is told. */
static void
test_words_of_another (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_put (kit, "Goal", "h", "henk", LONG_AGO,
                "'lifecycleStatus':'active','description':{'text':'Henk doel'},'subject':{'reference':'Patient/henk'}");
  fhir_kit_put (kit, "ServiceRequest", "hs", "henk", LONG_AGO,
                "'status':'active','intent':'plan','code':{'text':'Henk zalven'},'subject':{'reference':"
                "'Patient/henk'}");
  fhir_kit_put (
      kit, "CarePlan", "c", "wil", LONG_AGO,
      "'status':'active','intent':'plan','title':'Zorgplan','subject':{'reference':'Patient/wil'},'contained':[{"
      "'resourceType':'Task','id':'t','status':'requested','intent':'plan','description':'Henk wassen','for':{"
      "'reference':'Patient/henk'}}],'goal':[{'reference':'Goal/h','display':'Henk doel'},{'display':"
      "'Eigen doel'}],'activity':[{'reference':{'reference':'ServiceRequest/hs','display':'Henk zalven'}},{"
      "'reference':{'reference':'#t','display':'Henk wassen'}},{'reference':{'reference':"
      "'MedicationRequest/1','display':'Eigen pil'}}]");
  fhir_kit_put (kit, "Composition", "k", "wil", LONG_AGO,
                "'status':'final','type':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
                "'subject':{'reference':'Patient/wil'},'date':'2026-03-01','title':'Verslag','section':[{'entry':[{"
                "'reference':'Goal/h','display':'Henk doel'},{'display':'Eigen woorden'}]}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr,
                                  "SELECT count(*) FROM care_plan WHERE patient = 1 AND body LIKE '%Eigen doel%'"
                                  " AND body LIKE '%Eigen pil%' AND body NOT LIKE '%Henk%'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE patient = 1 AND text = 'Eigen woorden'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE fhir_id = 'k'"
                                             " AND reason LIKE '%of another client%'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE fhir_id = 'c'"
                                             " AND reason LIKE '%of another client%'"),
                   ==, 2);
}

#define ADD(name, func) g_test_add ("/ehr/server/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-load", test_first_load);
  ADD ("names", test_names);
  ADD ("plan-of-an-earlier-run", test_plan_of_an_earlier_run);
  ADD ("form-versions", test_form_versions);
  ADD ("wrong-patient", test_wrong_patient);
  ADD ("wrong-patient-beside", test_wrong_patient_beside);
  ADD ("wrong-patient-beside-id", test_wrong_patient_beside_id);
  ADD ("becomes-somebody-elses", test_becomes_somebody_elses);
  ADD ("identifier-ignored", test_identifier_ignored);
  ADD ("left-out", test_left_out);
  ADD ("two-hits", test_two_hits);
  ADD ("another-name", test_another_name);
  ADD ("old-version-of-fhir", test_old_version_of_fhir);
  ADD ("changes-between-pages", test_changes_between_pages);
  ADD ("one-moment", test_one_moment);
  ADD ("full-page-without-link", test_full_page_without_link);
  ADD ("enrolled-later", test_enrolled_later);
  ADD ("many-clients", test_many_clients);
  ADD ("contact-once", test_contact_once);
  ADD ("other-codes", test_other_codes);
  ADD ("broken-off", test_broken_off);
  ADD ("words-of-another", test_words_of_another);
  for (gsize i = 0; i < G_N_ELEMENTS (whole_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/server/whole/", whole_cases[i].name, NULL);

      g_test_add (path, Fixture, &whole_cases[i], set_up, test_whole, tear_down);
    }
  return g_test_run ();
}
