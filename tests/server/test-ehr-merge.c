/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* Two Patients at a FHIR server that turn out to be one person. */

#define WIL "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}]"
#define WITHOUT_IDENTIFIER "'name':[{'text':'Wil Bruin'}]"
#define LINK(type, id) ",'link':[{'other':{'reference':'Patient/" id "'},'type':'" type "'}]"
#define REPLACED ",'active':false" LINK ("replaced-by", "nieuw")

typedef FhirKit Fixture;

static void
put_patient (Fixture *kit, const char *id, const char *members)
{
  fhir_kit_put (kit, "Patient", id, id, cp_time_now () - CP_TIME_MINUTE, members);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up (kit);
  ehr_kit_enrol (&kit->ehr, "s|123456782", "W. Bruin");
  put_patient (kit, "wil", WIL);
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "Van vroeger");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static gint64
shown (Fixture *kit)
{
  return ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL AND patient = 1");
}

static gboolean
run_after (Fixture *kit, CpTime duration)
{
  store_kit_set_now (cp_time_now () + duration);
  return fhir_kit_run (kit);
}

typedef struct
{
  const char *name;
  const char *old;
  const char *new;
  gboolean old_goes; /* after the run of the merge */
} Merge;

static const Merge merges[] = {
  { "both-say-so", WITHOUT_IDENTIFIER REPLACED, WIL LINK ("replaces", "wil"), FALSE },
  { "the-old-one-says-so", WIL REPLACED, WIL, FALSE },
  { "identifier-stays-behind", WIL REPLACED, WITHOUT_IDENTIFIER, FALSE },
  { "the-old-one-goes", WIL REPLACED, WIL, TRUE },
};

/* What is about the old Patient stays, in the runs after that of the merge and when what is missing is looked for. */
static void
test_merged (Fixture *kit, gconstpointer data)
{
  const Merge *merge = data;

  g_assert_true (fhir_kit_run (kit));
  put_patient (kit, "wil", merge->old);
  put_patient (kit, "nieuw", merge->new);
  fhir_kit_report (kit, "b", "nieuw", FHIR_NOW, "Van nu");
  g_assert_true (run_after (kit, CP_TIME_HOUR));
  g_assert_cmpint (shown (kit), ==, 2);
  if (merge->old_goes)
    fhir_kit_delete (kit, "Patient", "wil", FHIR_NOW + CP_TIME_HOUR);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (run_after (kit, CP_TIME_DAY));
      g_assert_cmpint (shown (kit), ==, 2);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem"), ==, 0);
    }
  /* And what is still written about it is read. */
  fhir_kit_report (kit, "c", "wil", cp_time_now (), "Nagekomen");
  g_assert_true (run_after (kit, CP_TIME_HOUR));
  g_assert_cmpint (shown (kit), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE fhir_id = 'nieuw'"), ==, 1);
}

/* Somebody who is enrolled after the merge has the earlier dossier too. */
static void
test_enrolled_after (Fixture *kit, gconstpointer data)
{
  put_patient (kit, "wil", WITHOUT_IDENTIFIER REPLACED);
  put_patient (kit, "nieuw", WIL LINK ("replaces", "wil"));
  fhir_kit_report (kit, "b", "nieuw", FHIR_NOW, "Van nu");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown (kit), ==, 2);
}

/* One that says of another that it takes its place, and the other does not. */
static void
test_only_claimed (Fixture *kit, gconstpointer data)
{
  put_patient (kit, "wil", WITHOUT_IDENTIFIER);
  put_patient (kit, "nieuw", WIL LINK ("replaces", "wil"));
  fhir_kit_report (kit, "b", "nieuw", FHIR_NOW, "Van nu");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'Van vroeger'"), ==, 0);
}

/* The file of a letter may be kept for whom the Patient has replaced. */
static void
test_file_of_the_old_one (Fixture *kit, gconstpointer data)
{
  put_patient (kit, "wil", WITHOUT_IDENTIFIER REPLACED);
  put_patient (kit, "nieuw", WIL LINK ("replaces", "wil"));
  fhir_kit_put (kit, "Binary", "b1", NULL, LONG_AGO,
                "'contentType':'text/plain','securityContext':{'reference':'Patient/wil'},'data':'QnJpZWY='");
  fhir_kit_put (kit, "DocumentReference", "d", "nieuw", LONG_AGO,
                "'status':'current','type':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
                "'subject':{'reference':'Patient/nieuw'},'date':'2026-03-01T10:00:00Z','content':[{'attachment':{"
                "'contentType':'text/plain','url':'Binary/b1'}}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE patient = 1 AND text = 'Brief'"), ==, 1);
}

/* Several steps, met one by one. */
static void
test_chain (Fixture *kit, gconstpointer data)
{
  g_assert_true (fhir_kit_run (kit));
  put_patient (kit, "wil", WITHOUT_IDENTIFIER LINK ("replaced-by", "tussen"));
  put_patient (kit, "tussen", WITHOUT_IDENTIFIER LINK ("replaced-by", "later"));
  put_patient (kit, "later", WITHOUT_IDENTIFIER REPLACED);
  put_patient (kit, "nieuw", WIL LINK ("replaces", "later"));
  fhir_kit_report (kit, "b", "tussen", FHIR_NOW, "Van tussendoor");
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (run_after (kit, CP_TIME_DAY));
      g_assert_cmpint (shown (kit), ==, 2);
    }
}

/* The merge was a mistake and is undone: what is about the other person is not shown any more. */
static void
test_undone (Fixture *kit, gconstpointer data)
{
  g_assert_true (fhir_kit_run (kit));
  put_patient (kit, "wil", WITHOUT_IDENTIFIER REPLACED);
  put_patient (kit, "nieuw", WIL);
  fhir_kit_report (kit, "b", "nieuw", FHIR_NOW, "Van nu");
  g_assert_true (run_after (kit, CP_TIME_HOUR));
  put_patient (kit, "wil", WITHOUT_IDENTIFIER);
  g_assert_true (run_after (kit, CP_TIME_DAY));
  g_assert_cmpint (shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'b'"), ==,
                   1);
}

#define REPORT(id, at)                                                                                                 \
  "{'resourceType':'Observation','id':'" id "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct'," \
  "'code':'11591000146107'}]},'effectiveDateTime':'2026-03-01','valueString':'x','subject':{'reference':'https://" at  \
  "/fhir/Patient/wil'}}\n"
#define SHOWN "SELECT count(*) FROM item WHERE removed IS NULL"

/* A directory that gives no fullUrl, with addresses everywhere: what a Patient is seen at elsewhere does not make that
 * address the source's own. Of somebody with that id at another address nothing is taken. */
static void
test_seen_elsewhere (EhrKit *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "ecd.example") REPORT ("b", "ecd.example"));
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 2);
    }
  ehr_kit_file (kit, "Patient.ndjson",
                "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':"
                "'Wil Bruin'}],'link':[{'type':'seealso','other':{'reference':'https://other.example/fhir/Patient/9'}}"
                "]}\n");
  ehr_kit_file (kit, "Observation.ndjson",
                REPORT ("a", "ecd.example") REPORT ("b", "ecd.example") REPORT ("c", "other.example"));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND fhir_id = 'c'"), ==, 0);
}

#define ADD(name, func) g_test_add ("/ehr/merge/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/merge/", merges[i].name, NULL);

      g_test_add (path, Fixture, &merges[i], set_up, test_merged, tear_down);
    }
  ADD ("enrolled-after", test_enrolled_after);
  ADD ("only-claimed", test_only_claimed);
  ADD ("file-of-the-old-one", test_file_of_the_old_one);
  ADD ("chain", test_chain);
  ADD ("undone", test_undone);
  g_test_add ("/ehr/merge/seen-elsewhere", EhrKit, NULL, ehr_kit_begin_wil, test_seen_elsewhere, ehr_kit_end);
  return g_test_run ();
}
