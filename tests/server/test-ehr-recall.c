/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#define REPORT(more)                                                                                                   \
  "{'resourceType':'Observation','id':'%s','status':'%s',%s'code':{'coding':[{'system':'http://snomed.info/sct',"      \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/%s'},'performer':[{'reference':'Practitioner/p'}],"      \
  "'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'%s'" more "}\n"
#define ON_PLAN ",'basedOn':[{'reference':'CarePlan/plan'}]"
#define N_REPORTS 40

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_two (kit);
  ehr_kit_file (kit, "Practitioner.ndjson", "{'resourceType':'Practitioner','id':'p','name':[{'text':'Ineke'}]}\n");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static gint64
run (Fixture *kit)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  g_assert_true (ehr_kit_run (kit, &report, 0));
  return report.recalled;
}

static void
two_reports (Fixture *kit, const char *first, const char *second)
{
  g_autofree char *text =
      g_strdup_printf (REPORT ("") REPORT (ON_PLAN), "a", "final", "", "wil", first, "b", "final", "", "henk", second);

  ehr_kit_file (kit, "Observation.ndjson", text);
}

static void
test_only_what_changed (Fixture *kit, gconstpointer data)
{
  two_reports (kit, "Een", "Twee");
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (run (kit), ==, 2);
  two_reports (kit, "Een", "Anders");
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Anders' AND version = 2"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT read_count FROM sync_type WHERE type = 'Observation'"), ==, 2);
}

/* What a line refers to is called otherwise: it is read again, and no other. */
static void
test_names (Fixture *kit, gconstpointer data)
{
  two_reports (kit, "Een", "Twee");
  run (kit);
  ehr_kit_file (kit, "CarePlan.ndjson",
                "{'resourceType':'CarePlan','id':'plan','status':'active','intent':'plan','title':'Wond',"
                "'subject':{'reference':'Patient/henk'}}\n");
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE about_key LIKE 'CarePlan/%'"), ==, 1);
  ehr_kit_file (kit, "Practitioner.ndjson", "{'resourceType':'Practitioner','id':'p','name':[{'text':'Sanne'}]}\n");
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE author = 'Sanne'"), ==, 2);
}

static void
test_enrolled_later (Fixture *kit, gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (REPORT (""), "a", "final", "", "truus", "Van Truus");

  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO EHR_KIT_PATIENT ("truus", "3", "Truus"));
  ehr_kit_file (kit, "Observation.ndjson", text);
  run (kit);
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 0);
  ehr_kit_enrol (kit, "s|3", "Truus");
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE patient = 3"), ==, 1);
}

/* A run was killed after it wrote something; then the line is what it was before that. */
static void
test_changed_back_after_a_kill (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  two_reports (kit, "Een", "Twee");
  run (kit);
  two_reports (kit, "Anders", "Twee");
  g_assert_false (ehr_kit_run (kit, &report, 1));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Anders'"), ==, 1);
  two_reports (kit, "Een", "Twee");
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Een'"), ==, 1);
  g_assert_cmpint (run (kit), ==, 2);
}

/* The last good copy of a report that cannot be understood goes when the report is gone. */
static void
test_strange_goes (Fixture *kit, gconstpointer data)
{
  g_autofree char *strange = g_strdup_printf (REPORT (""), "a", "vreemd", "", "wil", "Een");

  two_reports (kit, "Een", "Twee");
  run (kit);
  ehr_kit_file (kit, "Observation.ndjson", strange);
  run (kit);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem"), ==, 1);
  ehr_kit_file (kit, "Observation.ndjson", NULL);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
}

#define TOLD                                                                                                           \
  "SELECT count(*) FROM sync_problem p JOIN sync_quarantine q ON q.fhir_id = p.fhir_id AND q.place = p.place AND"      \
  " q.reason = p.reason AND q.seen = p.at AND q.patient = 1 WHERE p.fhir_id = 'a' AND p.place = "

/* What is odd is not read again, and told in each run all the same: where it stands now, and since when. */
static void
test_odd (Fixture *kit, gconstpointer data)
{
  g_autofree char *odd = g_strdup_printf (REPORT (""), "a", "vreemd", "", "wil", "Een");
  g_autofree char *good = g_strdup_printf (REPORT (""), "b", "final", "", "wil", "Twee");
  g_autofree char *behind = g_strconcat (good, odd, NULL);

  ehr_kit_file (kit, "Observation.ndjson", odd);
  g_assert_cmpint (run (kit), ==, 0);
  for (int times = 1; times <= 2; times++)
    {
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_cmpint (run (kit), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, TOLD "'Observation.ndjson:1'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT odd_count FROM sync_type WHERE type = 'Observation'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT seen - since FROM sync_quarantine"), ==, times * CP_TIME_HOUR);
    }
  ehr_kit_file (kit, "Observation.ndjson", behind);
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'Observation.ndjson:2'"), ==, 1);
  /* A run that broke off before it could tell. */
  ehr_kit_exec (kit, "DELETE FROM sync_quarantine");
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'Observation.ndjson:2'"), ==, 1);
  ehr_kit_file (kit, "Observation.ndjson", good);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

#define LETTER                                                                                                         \
  "{'resourceType':'DocumentReference','id':'d','status':'current','type':{'coding':[{'system':'http://loinc.org',"    \
  "'code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':'2026-03-01','content':[{'attachment':"            \
  "{'contentType':'text/plain','url':'Binary/b'}}]}\n"
#define LETTERS "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Hallo'"

/* Odd for what is not there: it is read when that comes. */
static void
test_odd_without_file (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "DocumentReference.ndjson", LETTER);
  run (kit);
  g_assert_cmpint (run (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 1);
  ehr_kit_file (kit, "Binary.ndjson",
                "{'resourceType':'Binary','id':'b','contentType':'text/plain','data':'SGFsbG8='}\n");
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, LETTERS), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

#define CODE "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]}"

/* One that is odd in its own way, one that may be somebody else's, and one of two clients are read each time. */
static void
test_odd_is_read (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *name, *text, *problems;
  } files[] = {
    { "Observation.ndjson",
      "{'resourceType':'Observation','id':'a','status':'vreemd','subject':{'reference':'Patient/wil'}," CODE "}\n"
      "{'resourceType':'Observation','id':'a','status':'final','subject':{'reference':'Patient/wil'}," CODE
      ",'meta':{'lastUpdated':'2026-03-02T09:00:00Z'},'effectiveDateTime':'2026-03-01'}\n",
      "no status that FHIR R4 knows, no text" },
    { "Observation.ndjson",
      "{'resourceType':'Observation','id':'a','status':'vreemd','subject':{'identifier':{'system':'s','value':'1'}}"
      "," CODE "}\n",
      "no status that FHIR R4 knows" },
    { "Appointment.ndjson",
      "{'resourceType':'Appointment','id':'a','status':'vreemd','participant':[{'actor':{'reference':'Patient/wil'}},"
      "{'actor':{'reference':'Patient/henk'}}]}\n",
      "no status that FHIR R4 knows, no status that FHIR R4 knows" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ehr_kit_file (kit, files[i].name, files[i].text);
      for (int times = 0; times < 2; times++)
        {
          g_autofree char *told = NULL;

          g_assert_cmpint (run (kit), ==, 0);
          told = ehr_kit_text (kit, "SELECT group_concat (reason, ', ') FROM (SELECT * FROM sync_problem"
                                    " WHERE fhir_id = 'a' ORDER BY place)");
          g_assert_cmpstr (told, ==, files[i].problems);
        }
      ehr_kit_file (kit, files[i].name, NULL);
    }
}

/* By mistake a second line has the id of a report, about somebody else. As soon as it goes the report is back. */
static void
test_doubled (Fixture *kit, gconstpointer data)
{
  /* In front of the file of the report, and behind it. */
  static const char *const files[] = { "Observation-2.ndjson", "Observation2.ndjson" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *wrong = g_strdup_printf (
          REPORT (""), "a", "final", "'meta':{'lastUpdated':'2026-03-02T09:00:00Z'},", "henk", "Van een ander");

      two_reports (kit, "Een", "Twee");
      run (kit);
      ehr_kit_file (kit, files[i], wrong);
      for (int times = 0; times < 3; times++)
        {
          run (kit);
          g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
        }
      ehr_kit_file (kit, files[i], NULL);
      g_assert_cmpint (run (kit), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Een' AND removed IS NULL"), ==, 1);
      g_assert_cmpint (run (kit), ==, 2);
    }
}

/* It hides nothing when it does not say that it is the newer: of somebody who is enrolled behind the report, of nobody
 * wherever it stands. */
static void
test_doubled_in_vain (Fixture *kit, gconstpointer data)
{
  static const char *const others[][2] = { { "henk", "Observation2.ndjson" },
                                           { "niemand", "Observation2.ndjson" },
                                           { "niemand", "Observation-2.ndjson" } };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *wrong = g_strdup_printf (REPORT (""), "a", "final", "", others[i][0], "Van een ander");

      two_reports (kit, "Een", "Twee");
      run (kit);
      ehr_kit_file (kit, others[i][1], wrong);
      for (int times = 0; times < 3; times++)
        {
          run (kit);
          g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Een' AND removed IS NULL"), ==,
                           1);
        }
      ehr_kit_file (kit, others[i][1], NULL);
      run (kit);
    }
}

/* A report moved to somebody who is not enrolled, and the file from before that is still there. */
static void
test_moved_to_nobody (Fixture *kit, gconstpointer data)
{
  g_autofree char *before =
      g_strdup_printf (REPORT (""), "a", "final", "'meta':{'lastUpdated':'2026-03-01T09:00:00Z'},", "wil", "Een");
  g_autofree char *after =
      g_strdup_printf (REPORT (""), "a", "final", "'meta':{'lastUpdated':'2026-03-02T09:00:00Z'},", "niemand", "Een");

  ehr_kit_file (kit, "Observation-03-01.ndjson", before);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  ehr_kit_file (kit, "Observation-03-02.ndjson", after);
  for (int times = 0; times < 4; times++)
    {
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
      if (times == 1)
        ehr_kit_exec (kit, "DELETE FROM ehr_recall");
    }
}

#define WITH(id) "{'actor':{'reference':'Patient/" id "'}}"

/* An appointment of both, and a line that says of the same one that it is nobody's: the newer counts from the second
 * run on, in whichever order they stand, and also when both came with one run. */
static void
test_appointment_of_nobody (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *first, *second; /* whose it is */
    const char *days[2];
    int left;
  } cases[] = {
    { WITH ("wil") "," WITH ("henk"), WITH ("niemand"), { "01", "02" }, 0 },
    { WITH ("niemand"), WITH ("wil") "," WITH ("henk"), { "02", "01" }, 0 },
    { WITH ("niemand"), WITH ("wil"), { "02", "01" }, 0 },
    { WITH ("wil") "," WITH ("henk"), WITH ("niemand"), { "02", "01" }, 2 },
    { WITH ("niemand"), WITH ("wil") "," WITH ("henk"), { "01", "02" }, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *left = g_strdup_printf (
          "SELECT count(*) FROM appointment WHERE fhir_id GLOB 'x%" G_GSIZE_FORMAT "*' AND removed IS NULL", i);

      for (int n = 0; n < 2; n++)
        {
          g_autofree char *line = g_strdup_printf (
              "{'resourceType':'Appointment','id':'x%" G_GSIZE_FORMAT "','meta':{'lastUpdated':'2026-03-%sT09:00:00Z'},"
              "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[%s]}\n",
              i, cases[i].days[n], n == 0 ? cases[i].first : cases[i].second);
          ehr_kit_file (kit, n == 0 ? "Appointment-1.ndjson" : "Appointment-2.ndjson", line);
        }
      run (kit);
      for (int times = 0; times < 3; times++)
        {
          run (kit);
          g_test_message ("%" G_GSIZE_FORMAT, i);
          g_assert_cmpint (ehr_kit_count (kit, left), ==, cases[i].left);
        }
    }
}

/* What was no report is one by other settings: the lines are read again although they are the same. */
static void
test_other_codes (Fixture *kit, gconstpointer data)
{
  g_auto (GStrv) codes = g_strsplit ("http://loinc.org|34109-9", " ", -1);
  GStrv usual = kit->store.config->report_codes;

  two_reports (kit, "Een", "Twee");
  ehr_kit_file (kit, "Observation-2.ndjson",
                "{'resourceType':'Observation','id':'note','status':'final','code':{'coding':[{'system':"
                "'http://loinc.org','code':'34109-9'}]},'subject':{'reference':'Patient/wil'},"
                "'effectiveDateTime':'2026-03-01','valueString':'Notitie'}\n");
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
  kit->store.config->report_codes = codes;
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Notitie' AND removed IS NULL"), ==, 1);
  g_assert_cmpint (run (kit), ==, 3);
  kit->store.config->report_codes = usual;
}

static void
test_once_a_week (Fixture *kit, gconstpointer data)
{
  two_reports (kit, "Een", "Twee");
  run (kit);
  store_kit_set_now (cp_time_now () + 6 * CP_TIME_DAY);
  g_assert_cmpint (run (kit), ==, 2);
  store_kit_set_now (cp_time_now () + 2 * CP_TIME_DAY);
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (run (kit), ==, 2);
}

static void
many_reports (Fixture *kit, int first, int left_out, int last)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = first; i <= last; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      if (i < left_out || i >= left_out + 1000)
        g_string_append_printf (text, REPORT (""), id, "final", "", i % 1000 == 0 ? "wil" : "niemand", "Een");
    }
  ehr_kit_file (kit, "Observation.ndjson", text->str);
}

/* More than one page of them; some come in front, a thousand in the middle go. */
static void
test_many (Fixture *kit, gconstpointer data)
{
  many_reports (kit, 1, 99999, 10000);
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (run (kit), ==, 10000);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_recall_page WHERE path LIKE 'Obs%'"), ==, 3);
  many_reports (kit, -9, 5001, 10000);
  /* Until it is clear how many went, a few are read that need not be. */
  g_assert_cmpint (run (kit), >, 8900);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 10);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), ==, 1);
  many_reports (kit, 1, 99999, 3000);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_recall_page WHERE path LIKE 'Obs%'"), ==, 1);
}

static const char *
one_of (GRand *rand, const char *first, const char *second, const char *third)
{
  const char *const all[] = { first, first, first, second, third };

  return all[g_rand_int_range (rand, 0, G_N_ELEMENTS (all))];
}

/* A report that changes little by little: what it says, whose it is, whether it counts, in which file it stands. */
typedef struct
{
  const char *status;
  const char *patient;
  const char *text;
  const char *meta;
  gboolean on_plan;
  gboolean there;
  gboolean twice; /* in the other file too, perhaps as something else */
  int file;
  struct
  {
    const char *patient;
    const char *text;
    const char *meta;
  } copy;
} Report;

static void
change_report (GRand *rand, Report *report)
{
  report->status = one_of (rand, "final", "entered-in-error", "vreemd");
  report->patient = one_of (rand, "wil", "henk", "niemand");
  report->text = one_of (rand, "Goed geslapen", "Onrustig", "Veel gedronken");
  report->meta = one_of (rand, "", "", "'meta':{'lastUpdated':'2026-03-02T09:00:00Z'},");
  report->on_plan = g_rand_boolean (rand);
  report->there = g_rand_int_range (rand, 0, 8) > 0;
  report->twice = g_rand_int_range (rand, 0, 10) == 0;
  report->copy.patient = one_of (rand, report->patient, "henk", "niemand");
  report->copy.text = one_of (rand, report->text, "Anders", "Weer anders");
  report->copy.meta = one_of (rand, report->meta, "", "");
  report->file = g_rand_int_range (rand, 0, 2);
  /* Of nobody's line in front of the first that is somebody's nothing is known when that comes: only a run that reads
   * everything takes it for the newer. */
  if (report->file == 0 && g_rand_boolean (rand))
    report->copy.meta = "'meta':{'lastUpdated':'2026-03-02T09:00:01Z'},";
}

static void
write_reports (Fixture *kits, const Report *reports)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  GString *const texts[] = { first, second };

  for (int i = 0; i < N_REPORTS; i++)
    for (int times = 0; reports[i].there && times <= reports[i].twice; times++)
      {
        const Report *report = &reports[i];
        g_autofree char *id = g_strdup_printf ("r%d", i);

        g_string_append_printf (texts[(report->file + times) % 2], report->on_plan ? REPORT (ON_PLAN) : REPORT (""), id,
                                report->status, times == 0 ? report->meta : report->copy.meta,
                                times == 0 ? report->patient : report->copy.patient,
                                times == 0 ? report->text : report->copy.text);
      }
  for (int kit = 0; kit < 2; kit++)
    {
      ehr_kit_file (&kits[kit], "Observation-1.ndjson", texts[0]->str);
      ehr_kit_file (&kits[kit], "Observation-2.ndjson", texts[1]->str);
    }
}

static void
change_names (GRand *rand, Fixture *kits)
{
  g_autofree char *carer = g_strdup_printf ("{'resourceType':'Practitioner','id':'%s','name':[{'text':'%s'}]}\n",
                                            one_of (rand, "p", "p", "q"), one_of (rand, "Ineke", "Sanne", "Bo"));
  /* Of two with one id the first counts, in front of that file or behind it. */
  g_autofree char *other = g_strdup_printf ("{'resourceType':'Practitioner','id':'%s','name':[{'text':'%s'}]}\n",
                                            one_of (rand, "q", "p", "r"), one_of (rand, "Mo", "Ans", "Ineke"));
  g_autofree char *plan =
      g_strdup_printf ("{'resourceType':'CarePlan','id':'%s','status':'active','intent':'plan','title':'%s',"
                       "'subject':{'reference':'Patient/wil'}}\n",
                       one_of (rand, "plan", "plan", "ander"), one_of (rand, "Wond", "Huid", "Lopen"));
  const char *people = one_of (rand, EHR_KIT_TWO, EHR_KIT_PATIENT ("wil", "1", "Wil"),
                               EHR_KIT_PATIENT ("wil", "1", "Wil") EHR_KIT_PATIENT ("henk", "9", "Henk"));

  for (int kit = 0; kit < 2; kit++)
    {
      ehr_kit_file (&kits[kit], "Practitioner.ndjson", carer);
      ehr_kit_file (&kits[kit], "Practitioner-2.ndjson", other);
      ehr_kit_file (&kits[kit], "CarePlan.ndjson", plan);
      ehr_kit_file (&kits[kit], "Patient.ndjson", people);
    }
}

static void
forget_all (EhrKit *kit)
{
  ehr_kit_exec (kit, "DELETE FROM ehr_recall");
}

static const char problems[] =
    "SELECT group_concat (place || ' ' || coalesce (fhir_id, '') || ' ' || reason, char (10))"
    " FROM (SELECT * FROM sync_problem ORDER BY place, fhir_id, reason)";

static const char quarantine[] =
    "SELECT group_concat (place || ' ' || fhir_id || ' ' || reason || ' ' || coalesce (patient, 0) || ' ' || seen,"
    " char (10)) FROM (SELECT * FROM sync_quarantine ORDER BY fhir_id)";

/* Whatever changes, a run that recalls ends where one ends that reads everything, and reports the same. */
static void
test_same_as_reading_all (void)
{
  gint64 recalled = 0;

  for (guint32 seed = 1; seed <= 3; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      Report reports[N_REPORTS];
      EhrKit kits[2] = { 0 };

      set_up (&kits[0], NULL);
      set_up (&kits[1], NULL);
      for (int i = 0; i < N_REPORTS; i++)
        change_report (rand, &reports[i]);
      for (int step = 0; step < 15; step++)
        {
          char *dumps[2] = { NULL, NULL };
          char *told[2] = { NULL, NULL };
          char *kept[2] = { NULL, NULL };

          for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
            change_report (rand, &reports[g_rand_int_range (rand, 0, N_REPORTS)]);
          write_reports (kits, reports);
          if (g_rand_int_range (rand, 0, 3) == 0)
            change_names (rand, kits);
          forget_all (&kits[1]);
          recalled += run (&kits[0]);
          g_assert_cmpint (run (&kits[1]), ==, 0);
          for (int kit = 0; kit < 2; kit++)
            {
              dumps[kit] = ehr_kit_dump (&kits[kit]);
              told[kit] = ehr_kit_text (&kits[kit], problems);
              kept[kit] = ehr_kit_text (&kits[kit], quarantine);
            }
          g_assert_cmpstr (dumps[0], ==, dumps[1]);
          g_assert_cmpstr (told[0], ==, told[1]);
          g_assert_cmpstr (kept[0], ==, kept[1]);
          for (int kit = 0; kit < 2; kit++)
            {
              g_free (dumps[kit]);
              g_free (told[kit]);
              g_free (kept[kit]);
            }
        }
      tear_down (&kits[0], NULL);
      tear_down (&kits[1], NULL);
    }
  g_assert_cmpint (recalled, >, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-recall/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (only_what_changed);
  ADD (names);
  ADD (enrolled_later);
  ADD (changed_back_after_a_kill);
  ADD (strange_goes);
  ADD (odd);
  ADD (odd_without_file);
  ADD (odd_is_read);
  ADD (doubled);
  ADD (doubled_in_vain);
  ADD (moved_to_nobody);
  ADD (appointment_of_nobody);
  ADD (other_codes);
  ADD (once_a_week);
  ADD (many);
  g_test_add_func ("/ehr-recall/same_as_reading_all", test_same_as_reading_all);
  return g_test_run ();
}
