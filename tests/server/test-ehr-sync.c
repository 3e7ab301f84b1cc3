/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <glib/gstdio.h>

#include "cpd-demo-ehr.h"
#include "cpd-ehr-reader.h"

#define WIL                                                                                                            \
  "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil',"              \
  "'family':'Bruin','given':['Wil']}]}\n"
#define HENK                                                                                                           \
  "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'2'}],'name':[{'text':'Henk'}]}\n"
#define REPORT                                                                                                         \
  "{'resourceType':'Observation','id':'%s','status':'%s','code':{'coding':[{'system':"                                 \
  "'http://snomed.info/sct','code':'11591000146107'}]},'subject':{'reference':'Patient/%s'},"                          \
  "'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'%s'}\n"

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up (kit);
  ehr_kit_enrol (kit, "s|1", "Wil");
  ehr_kit_file (kit, "Patient.ndjson", WIL HENK);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static void
reports (Fixture *kit, const char *first, ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  va_list rest;

  va_start (rest, first);
  for (const char *id = first; id != NULL; id = va_arg (rest, const char *))
    {
      const char *status = va_arg (rest, const char *);
      const char *patient = va_arg (rest, const char *);

      g_string_append_printf (text, REPORT, id, status, patient, va_arg (rest, const char *));
    }
  va_end (rest);
  ehr_kit_file (kit, "Observation.ndjson", text->str);
}

static gboolean
run (Fixture *kit)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  return ehr_kit_run (kit, &report, 0) && cpd_ehr_sync_report_is_fine (&report);
}

static void
test_only_enrolled (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Van Wil", "b", "final", "henk", "Van Henk", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text LIKE '%Van Wil%'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE name = 'Wil' AND short_name = 'W. Bruin'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_type WHERE last_success IS NOT NULL"), ==,
                   CPD_EHR_N_TYPES);
}

/* A record that is not in use any more is that of the same person: care has ended. Nothing of it goes, it is not told
 * as a death, and what is still written comes. */
static void
test_inactive (Fixture *kit, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  before = ehr_kit_dump (kit);
  ehr_kit_file (kit, "Patient.ndjson",
                "{'resourceType':'Patient','id':'wil','active':false,'identifier':[{'system':'s','value':'1'}],"
                "'name':[{'text':'Wil','family':'Bruin','given':['Wil']}]}\n");
  g_assert_true (run (kit));
  after = ehr_kit_dump (kit);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE deceased = 0"), ==, 1);
  reports (kit, "a", "final", "wil", "Van Wil", "b", "final", "wil", "Nog iets", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
}

static void
test_two_hits (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (
      kit, "Patient-2.ndjson",
      "{'resourceType':'Patient','id':'other','identifier':[{'system':'s','value':'1'}],'name':[{'text':'X'}]}\n");
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE fhir_id IS NOT NULL"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'more than one%'"), ==, 1);
}

static void
test_other_patient_takes_identifier (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  ehr_kit_file (
      kit, "Patient.ndjson",
      "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'1'}],'name':[{'text':'H'}]}\n");
  reports (kit, "b", "final", "henk", "Van Henk", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
}

/* A mistyped identifier is somebody's: the name that was enrolled has to be theirs, the whole word and the initial. */
static void
test_another_name_is_not_linked (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *enrolled;
    const char *name; /* of the Patient with the identifier */
    gboolean linked;
  } cases[] = {
    { "P. Jansen", "{'text':'Henk Bosman'}", FALSE },
    { "H. Bos", "{'text':'Henk Bosman'}", FALSE },
    { "H. Bos", "{'family':'Bosman','given':['Henk']}", FALSE },
    { "W. de Bruin", "{'family':'de Bruin','given':['Henk']}", FALSE },
    { "W. de Bruin", "{'text':'Henk de Bruin'}", FALSE },
    { "W. de Bruin", "{'text':'W. de Bruin','family':'de Bruin','given':['Henk']}", FALSE },
    { "W. de Bruin", "{'family':'de Bruin-Hofstra','given':['Anna','Wilhelmina']}", TRUE },
    { "A. de Bruin-Hofstra", "{'family':'DE BRUIN','given':['A.W.']}", TRUE },
    { "W. de Bruin", "{'text':'Mw. W. de Bruin'}", TRUE },
    { "W. de Bruin", "{'family':'de Bruin'}", FALSE },
    { "D. de Bruin", "{'family':'de Bruin'}", FALSE },
    { "K. Jansen", "{'family':'Jansen','given':['Piet']},{'use':'maiden','family':'Klaas'}", FALSE },
    { "V. Jansen", "{'family':'Jansen','given':['Piet']},{'use':'maiden','text':'Piet van Klaas'}", FALSE },
    { "É. Émile", "{'family':'émile','given':['élan']}", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *identifier = g_strdup_printf ("s|1%" G_GSIZE_FORMAT, i);
      g_autofree char *id = g_strdup_printf ("p%" G_GSIZE_FORMAT, i);
      g_autofree char *patient =
          g_strdup_printf ("{'resourceType':'Patient','id':'%s','identifier':[{'system':'s','value':'1%" G_GSIZE_FORMAT
                           "'}],'name':[%s]}\n",
                           id, i, cases[i].name);
      g_autofree char *linked = g_strdup_printf ("SELECT count(*) FROM patient WHERE fhir_id = '%s'", id);

      ehr_kit_enrol (kit, identifier, cases[i].enrolled);
      ehr_kit_file (kit, "Patient.ndjson", patient);
      reports (kit, "a", "final", id, "Van een ander", NULL);
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, linked), ==, cases[i].linked);
      g_assert_cmpint (
          ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%family name or initial%'"), >=,
          !cases[i].linked);
    }
}

/* The id of a Patient that has lost its identifier may be somebody else's now. */
static void
test_patient_loses_identifier (Fixture *kit, gconstpointer data)
{
  CpTime read = cp_time_now ();

  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT read_at FROM patient WHERE id = 1"), ==, read);
  store_kit_set_now (read + CP_TIME_HOUR);
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (
      kit, "Patient.ndjson",
      "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'2'}],'name':[{'text':'Henk'}]}\n");
  reports (kit, "a", "final", "wil", "Van Wil", "b", "final", "wil", "Van Henk", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE name = 'Henk' AND fhir_id = 'wil'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%identifier any more%'"),
                   ==, 1);
  /* Each type went well; what is shown of Wil is as old as it was. */
  g_assert_cmpint (ehr_kit_count (kit, "SELECT min (last_success) FROM sync_type"), ==, read + CP_TIME_HOUR);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT read_at FROM patient WHERE id = 1"), ==, read);
}

#define REPLACED(by)                                                                                                   \
  "{'resourceType':'Patient','id':'wil','birthDate':'1931-02-03','identifier':[{'system':'s','value':'1'}],'name':[{'" \
  "text':"                                                                                                             \
  "'Wil Bruin'}],'link':[{'other':{'reference':'Patient/" by "'},'type':'replaced-by'}]}\n"
#define NEW(id, name, rest) "{'resourceType':'Patient','id':'" id "','name':[{'text':'" name "'}]" rest "}\n"

/* Merged in the EHR: what is about either is about the person, in each run after it too. The identifier may go along or
 * stay behind, and there may be more than one step. */
static void
test_replaced (Fixture *kit, gconstpointer data)
{
  static const char *const patients[] = {
    REPLACED ("nieuw") NEW ("nieuw", "Wil Bruin", ",'identifier':[{'system':'s','value':'1'}]"),
    REPLACED ("nieuw") NEW ("nieuw", "Wil Bruin", ""),
    NEW ("nieuw", "Wil Bruin", "")
        NEW ("tussen", "Wil Bruin", ",'link':[{'other':{'reference':'Patient/nieuw'},'type':'replaced-by'}]")
            REPLACED ("tussen"),
  };

  reports (kit, "a", "final", "wil", "Van vroeger", NULL);
  g_assert_true (run (kit));
  for (gsize i = 0; i < G_N_ELEMENTS (patients); i++)
    {
      ehr_kit_file (kit, "Patient.ndjson", patients[i]);
      reports (kit, "a", "final", "wil", "Van vroeger", "b", "final", "nieuw", "Van nu", NULL);
      g_assert_true (run (kit));
      g_assert_true (run (kit));
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND patient = 1"), ==, 2);
      /* The profile is that of the new one. */
      g_assert_cmpint (
          ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE fhir_id = 'nieuw' AND birth_date IS NULL"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem"), ==, 0);
    }
}

/* A merge with somebody of another name is not believed; what was read before stays. */
static void
test_replaced_by_another_name (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  ehr_kit_file (kit, "Patient.ndjson", REPLACED ("henk") NEW ("henk", "Henk Smit", ""));
  reports (kit, "a", "final", "wil", "Van Wil", "b", "final", "henk", "Van Henk", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Van Wil'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
  g_assert_cmpint (
      ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%another family name or%'"), ==, 1);
}

/* While somebody is in doubt nothing is concluded, not even that it is gone. */
static void
test_doubt_keeps_what_was_read (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  ehr_kit_file (
      kit, "Patient-2.ndjson",
      "{'resourceType':'Patient','id':'other','identifier':[{'system':'s','value':'1'}],'name':[{'text':'X'}]}\n");
  reports (kit, "b", "final", "other", "Van X", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'a'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
}

static void
test_changes_subject (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Henk");
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  reports (kit, "a", "final", "henk", "Van Wil", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE fhir_id = 'a'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE patient = 2"), ==, 0);
  reports (kit, "a", "final", "nobody", "Van Wil", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
}

#define WIL_WHO_DIED                                                                                                   \
  "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil',"              \
  "'family':'Bruin','given':['Wil']}],'deceasedDateTime':'2026-03-01'}\n"

/* Nothing new is taken; it comes after all when that was a mistake. What is here follows the source. */
static void
test_died (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Van Wil", NULL);
  g_assert_true (run (kit));
  ehr_kit_file (kit, "Patient.ndjson", WIL_WHO_DIED HENK);
  g_assert_true (run (kit));
  reports (kit, "a", "amended", "wil", "Anders", "b", "final", "wil", "Nagekomen", NULL);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (run (kit));
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Anders'"), ==,
                       1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
    }
  ehr_kit_file (kit, "Patient.ndjson", WIL HENK);
  g_assert_true (run (kit));
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
}

static void
test_second_run_writes_nothing (Fixture *kit, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 changes;

  reports (kit, "a", "final", "wil", "Een", "b", "amended", "wil", "Twee", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (kit->refreshed, >, 0);
  before = ehr_kit_dump (kit);
  changes = ehr_kit_count (kit, "SELECT max(changed) FROM item");
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (run (kit));
  after = ehr_kit_dump (kit);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (kit->refreshed, ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT max(changed) FROM item"), ==, changes);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT sum(written_count) FROM sync_type"), ==, 0);
}

static void
test_versions_and_removal (Fixture *kit, gconstpointer data)
{
  reports (kit, "a", "final", "wil", "Eerst", "b", "final", "wil", "Blijft", NULL);
  g_assert_true (run (kit));
  reports (kit, "a", "amended", "wil", "Daarna", "b", "final", "wil", "Blijft", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version WHERE text LIKE '%Eerst%'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item WHERE fhir_id = 'a'"), ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT amended FROM item WHERE fhir_id = 'a'"), ==, 1);
  reports (kit, "a", "entered-in-error", "wil", "Daarna", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), ==, 2);
  reports (kit, "b", "final", "wil", "Blijft", NULL);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'b'"), ==, 1);
}

static void
write_many (Fixture *kit, int n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      g_string_append_printf (text, REPORT, id, "final", "wil", "Goed geslapen");
    }
  ehr_kit_file (kit, "Observation.ndjson", text->str);
}

static void
test_mass_deletion (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  write_many (kit, 30);
  g_assert_true (run (kit));
  write_many (kit, 23);
  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_nonnull (ehr_kit_type (&report, "Observation")->error);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 30);
  write_many (kit, 24);
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 24);
}

static void
test_nothing_there (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  write_many (kit, 3);
  g_assert_true (run (kit));
  ehr_kit_file (kit, "Observation.ndjson", NULL);
  ehr_kit_file (kit, "Patient.ndjson", NULL);
  g_assert_false (ehr_kit_run (kit, &report, 0));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 3);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), ==, CPD_EHR_N_TYPES);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_type WHERE last_success IS NOT NULL"), ==,
                   CPD_EHR_N_TYPES);
}

/* A file that ends in the middle: what is whole is stored, nothing is removed, and only its type has failed. */
static void
test_half_written (Fixture *kit, gconstpointer data)
{
  static const char *const ends[] = { "{'resourceType':'Observation','id':'b','sta", "{'resourceType':'Obs" };
  g_autofree char *first = g_strdup_printf (REPORT, "a", "final", "wil", "Nieuw");

  write_many (kit, 2);
  g_assert_true (run (kit));
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (CpdEhrSyncReport) report = { 0 };
      g_autofree char *text = g_strconcat (first, ends[i], NULL);

      ehr_kit_file (kit, "Observation.ndjson", text);
      g_assert_true (ehr_kit_run (kit, &report, 0));
      g_assert_nonnull (ehr_kit_type (&report, "Observation")->error);
      g_assert_null (ehr_kit_type (&report, "CarePlan")->error);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 3);
    }
}

/* What is broken in place of a whole resource; NULL: more than a line may have. */
static const struct
{
  const char *name, *file, *place, *text;
} broken[] = {
  { "file", "one.json", "one.json", "{'resourceType':'Observation','id':'one','sta" },
  { "line", "Observation.ndjson", "Observation.ndjson:1", "{'resourceType':'Observation','id':'one','sta\n" },
  { "no-id", "Observation.ndjson", "Observation.ndjson:1", "{'resourceType':'Observation'}\n" },
  { "no-type", "Observation.ndjson", "Observation.ndjson:1", "nonsense\n" },
  { "too-long", "Observation.ndjson", "Observation.ndjson:1", NULL },
};

/* It is told, lies in quarantine, and the last good copy stays. Whose it is nobody knows: its type was not read whole,
 * and is no newer than the last run that did. */
static void
test_broken (Fixture *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *whole = g_strdup_printf (REPORT, "one", "final", "wil", "Heel");
  g_autofree char *filling = g_strnfill (CPD_EHR_LINE_MAX + 1, 'x');
  g_autofree char *line = g_strconcat (broken[i].text != NULL ? broken[i].text : filling, "\n", NULL);
  g_autofree char *in_quarantine = g_strconcat (
      "SELECT since FROM sync_quarantine WHERE type = 'Observation' AND place = '", broken[i].place, "'", NULL);
  CpTime read_at;

  ehr_kit_file (kit, broken[i].file, whole);
  ehr_kit_run_well (kit);
  read_at = cp_time_now ();
  ehr_kit_file (kit, broken[i].file, line);
  for (int times = 0; times < 2; times++)
    {
      g_auto (CpdEhrSyncReport) report = { 0 };

      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_true (ehr_kit_run (kit, &report, 0));
      g_assert_nonnull (ehr_kit_type (&report, "Observation")->error);
      g_assert_null (ehr_kit_type (&report, "CarePlan")->error);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Heel'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, in_quarantine), ==, read_at + CP_TIME_HOUR);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT last_success FROM sync_type WHERE type = 'Observation'"), ==,
                       read_at);
    }
  ehr_kit_file (kit, broken[i].file, whole);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
  ehr_kit_assert_current (kit);
}

/* A report that says by an identifier only who it is about is theirs; with a number of nobody it is nobody's, and so is
 * one of another kind of thing. */
static void
test_identifier_only (Fixture *kit, gconstpointer data)
{
#define OF(id, subject)                                                                                                \
  "{'resourceType':'Observation','id':'" id "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct'," \
  "'code':'11591000146107'}]},'effectiveDateTime':'2026-03-01','valueString':'" id "','subject':{" subject "}}\n"
  ehr_kit_file (kit, "Observation.ndjson",
                OF ("mine", "'identifier':{'system':'s','value':'1'}")
                    OF ("typed", "'type':'Patient','identifier':{'system':'s','value':'1'}")
                        OF ("other", "'identifier':{'system':'s','value':'999'}")
                            OF ("group", "'type':'Group','identifier':{'system':'s','value':'1'}")
                                OF ("elsewhere", "'reference':'Patient/henk','identifier':{'system':'s','value':'1'}"));
#undef OF
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (run (kit));
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE fhir_id IN ('mine', 'typed')"), ==, 2);
    }
  /* Who is enrolled later gets what was there. */
  ehr_kit_enrol (kit, "s|999", "Henk");
  ehr_kit_file (kit, "Patient-999.ndjson",
                "{'resourceType':'Patient','id':'p999','identifier':[{'system':'s','value':'999'}],"
                "'name':[{'text':'Henk'}]}\n");
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE fhir_id = 'other' AND removed IS NULL"), ==, 1);
}

/* Each of two clients reads who they come with themselves, and not who comes with the other. */
static void
test_shared_appointment (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "RelatedPerson.ndjson",
                "{'resourceType':'RelatedPerson','id':'m','patient':{'reference':'Patient/wil'},"
                "'name':[{'text':'Marijke'}]}\n"
                "{'resourceType':'RelatedPerson','id':'a','patient':{'reference':'Patient/henk'},"
                "'name':[{'text':'An'}]}\n");
  ehr_kit_file (kit, "Appointment.ndjson",
                "{'resourceType':'Appointment','id':'x','status':'booked','start':'2026-03-04T10:00:00+01:00',"
                "'participant':[{'actor':{'reference':'Patient/wil','display':'Wil'}},"
                "{'actor':{'reference':'Patient/henk','display':'Henk'}},{'actor':{'display':'Wie is dit'}},"
                "{'actor':{'type':'Practitioner','display':'Ineke'}},{'actor':{'reference':'RelatedPerson/m'}},"
                "{'actor':{'reference':'RelatedPerson/a','display':'An'}}]}\n");
  g_assert_true (run (kit));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM appointment WHERE with_whom = 'Ineke, Marijke'"
                                       " AND patient = (SELECT id FROM patient WHERE public_id = 's|1')"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM appointment WHERE with_whom = 'Ineke, An'"
                                       " AND patient = (SELECT id FROM patient WHERE public_id = 's|2')"),
                   ==, 1);
}

/* Killed after any number of batches, the next run ends where one that was never killed ends. */
static void
test_killed (void)
{
  g_autofree char *expected = NULL;
  int killed = 0;

  for (int stop_after = 0; stop_after < 12; stop_after++)
    {
      EhrKit kit = { 0 };
      g_auto (CpdEhrSyncReport) report = { 0 };
      g_auto (CpdEhrSyncReport) second = { 0 };
      g_autofree char *dump = NULL;
      CpdDemoEhrOptions options = { .patients = 3, .days = 300, .seed = 7, .today = "2026-03-03" };

      ehr_kit_set_up (&kit);
      options.output = kit.store.config->source_directory;
      g_assert_true (cpd_demo_ehr_write (&options, NULL));
      ehr_kit_enrol (&kit, CPD_DEMO_EHR_SYSTEM "|DL-000001", "W. de Bruin");
      ehr_kit_enrol (&kit, CPD_DEMO_EHR_SYSTEM "|DL-000002", "H. de Bruin");
      killed += !ehr_kit_run (&kit, &report, stop_after);
      if (stop_after > 0)
        g_assert_true (ehr_kit_run (&kit, &second, 0));
      dump = ehr_kit_dump (&kit);
      if (expected == NULL)
        expected = g_steal_pointer (&dump);
      else
        g_assert_cmpstr (dump, ==, expected);
      g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM contact"), ==, 10);
      ehr_kit_tear_down (&kit);
    }
  g_assert_cmpint (killed, >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-sync/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (only_enrolled);
  ADD (inactive);
  ADD (two_hits);
  ADD (other_patient_takes_identifier);
  ADD (another_name_is_not_linked);
  ADD (patient_loses_identifier);
  ADD (replaced);
  ADD (replaced_by_another_name);
  ADD (doubt_keeps_what_was_read);
  ADD (changes_subject);
  ADD (died);
  ADD (second_run_writes_nothing);
  ADD (versions_and_removal);
  ADD (mass_deletion);
  ADD (nothing_there);
  ADD (half_written);
  ADD (identifier_only);
  ADD (shared_appointment);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr-sync/broken/", broken[i].name, NULL);

      g_test_add (path, Fixture, GINT_TO_POINTER (i), set_up, test_broken, tear_down);
    }
  g_test_add_func ("/ehr-sync/killed", test_killed);
  return g_test_run ();
}
