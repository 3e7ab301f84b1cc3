/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <string.h>

/* What the EHR keeps back itself: by a label, or by taking the words away. */

#define NOPAT "{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'NOPAT'}"
#define VERY "{'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'V'}"
#define RESTRICTED "{'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'R'}"
#define OTHER_SYSTEM "{'system':'urn:een','code':'V'}"
#define META(label) ",'meta':{'security':[" label "]}"
#define OF_WIL "'subject':{'reference':'Patient/wil'}"
#define REPORT_CODE "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]}"
#define REPORT "'resourceType':'Observation','id':'a','status':'final','effectiveDateTime':'2026-03-01'," REPORT_CODE
#define NOTE_TYPE "'type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]}"
#define DOCUMENT                                                                                                       \
  "'resourceType':'DocumentReference','id':'a','status':'current','date':'2026-03-01T09:00:00Z'," NOTE_TYPE            \
  ",'content':[{'attachment':{'contentType':'text/plain','data':'R2VoZWlt'}}]"
#define COMPOSITION                                                                                                    \
  "'resourceType':'Composition','id':'a','status':'final','date':'2026-03-01'," NOTE_TYPE                              \
  ",'section':[{'text':{'div':'<div>Geheim</div>'}}]"
#define WITH_LINE(more)                                                                                                \
  "'resourceType':'Composition','id':'a','status':'final','date':'2026-03-01'," NOTE_TYPE ",'contained':[{" REPORT     \
  ",'valueString':'Geheim'" more "}],'section':[{'text':{'div':'<div>Gewoon</div>'}},"                                 \
  "{'entry':[{'reference':'#a','display':'Geheim'}]}]"
#define WITH_GOAL(more)                                                                                                \
  "'resourceType':'CarePlan','id':'a','status':'active','title':'Plan'," OF_WIL                                        \
  ",'contained':[{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'Geheim'}" more      \
  "}],'goal':[{'reference':'#g','display':'Geheim'}]"
#define ABSENT "'dataAbsentReason':{'coding':[{'code':'masked'}]}"

static CpdEhrMapper mapper;

/* Everything of it that is text. */
static char *
words_of (const char *type, gconstpointer content)
{
  if (g_str_equal (type, "CarePlan"))
    return g_strdup (((const CpdEhrPlan *) content)->own);
  if (cpd_ehr_kind_of (type) == CPD_EHR_PIECE)
    return g_strdup (((const CpdEhrPiece *) content)->body);
  if (cpd_ehr_kind_of (type) == CPD_EHR_ITEM)
    return g_strconcat (((const CpdEhrItem *) content)->text, "\n", ((const CpdEhrItem *) content)->about, NULL);
  return g_strdup ("Geheim");
}

/* Each place of a label, what says something else, and words that are taken away. */
static void
test_places (void)
{
  static const struct
  {
    const char *json;
    CpdEhrMapped mapped;
    gboolean told; /* of what is shown: the word is in it */
  } cases[] = {
    { REPORT ",'valueString':'Geheim'", CPD_EHR_SHOWN, TRUE },
    { REPORT ",'valueString':'Geheim'" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { REPORT ",'valueString':'Geheim'" META (RESTRICTED "," VERY), CPD_EHR_HIDDEN, FALSE },
    { REPORT ",'valueString':'Geheim'" META (RESTRICTED "," OTHER_SYSTEM), CPD_EHR_SHOWN, TRUE },
    /* Hidden before it is odd. */
    { REPORT ",'valueString':'Geheim','implicitRules':'urn:een'" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { DOCUMENT, CPD_EHR_SHOWN, TRUE },
    { DOCUMENT ",'securityLabel':[{'coding':[" RESTRICTED "]}]", CPD_EHR_SHOWN, TRUE },
    { DOCUMENT ",'securityLabel':[{'text':'x'},{'coding':[" RESTRICTED "," NOPAT "]}]", CPD_EHR_HIDDEN, FALSE },
    { DOCUMENT ",'securityLabel':[{'coding':[" VERY "]}]", CPD_EHR_HIDDEN, FALSE },
    { COMPOSITION ",'confidentiality':'R'", CPD_EHR_SHOWN, TRUE },
    { COMPOSITION ",'confidentiality':'V'", CPD_EHR_HIDDEN, FALSE },
    { WITH_LINE (""), CPD_EHR_SHOWN, TRUE },
    { WITH_LINE (META (NOPAT)), CPD_EHR_SHOWN, FALSE },
    { "'resourceType':'Composition','id':'a','status':'final','date':'2026-03-01'," NOTE_TYPE ",'contained':[{" REPORT
      "," ABSENT
      "}],'section':[{'text':{'div':'<div>Gewoon</div>'}},{'entry':[{'reference':'#a','display':'Geheim'}]}]",
      CPD_EHR_SHOWN, FALSE },
    { WITH_GOAL (""), CPD_EHR_SHOWN, TRUE },
    { WITH_GOAL (META (VERY)), CPD_EHR_SHOWN, FALSE },
    { "'resourceType':'Goal','id':'a','lifecycleStatus':'active','description':{'text':'Geheim'}" META (NOPAT),
      CPD_EHR_SHOWN, FALSE },
    { "'resourceType':'ServiceRequest','id':'a','status':'active','code':{'text':'Geheim'}" META (NOPAT), CPD_EHR_SHOWN,
      FALSE },
    { "'resourceType':'CareTeam','id':'a','name':'Geheim'" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { "'resourceType':'CarePlan','id':'a','status':'active','title':'Geheim'" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { "'resourceType':'Appointment','id':'a','status':'booked'" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { "'resourceType':'RelatedPerson','id':'a','name':[{'text':'Geheim'}]" META (NOPAT), CPD_EHR_HIDDEN, FALSE },
    { "'resourceType':'Patient','id':'a','name':[{'text':'Wil'}]" META (NOPAT), CPD_EHR_STRANGE, FALSE },
    /* What is named by what is shown. */
    { REPORT ",'valueString':'x','focus':[{'reference':'Goal/secret','display':'Geheim'}]", CPD_EHR_SHOWN, FALSE },
    /* Whose words are asked for when they are shown. */
    { REPORT ",'valueString':'x','focus':[{'reference':'Goal/open'}]", CPD_EHR_SHOWN, FALSE },
    /* Words that are taken away. */
    { REPORT "," ABSENT, CPD_EHR_HIDDEN, FALSE },
    { REPORT "," ABSENT ",'text':{'div':'<div>Geheim</div>'}", CPD_EHR_HIDDEN, FALSE },
    { REPORT "," ABSENT ",'note':[{'text':'Geheim'}]", CPD_EHR_SHOWN, TRUE },
    { REPORT ",'_valueString':{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason',"
             "'valueCode':'masked'}]}",
      CPD_EHR_HIDDEN, FALSE },
    { REPORT ",'_valueString':{'extension':[{'url':'urn:een','valueCode':'masked'}]}", CPD_EHR_STRANGE, FALSE },
    { REPORT, CPD_EHR_STRANGE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strconcat ("{", cases[i].json, "}", NULL);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autofree char *words = NULL;
      gpointer content = NULL;
      const char *reason = NULL;

      g_test_message ("%s", json);
      g_assert_cmpint (cpd_ehr_map (&mapper, resource, &content, &reason), ==, cases[i].mapped);
      g_assert_cmpint (content != NULL, ==, cases[i].mapped == CPD_EHR_SHOWN);
      g_assert_cmpint (reason != NULL, ==, cases[i].mapped == CPD_EHR_STRANGE);
      if (content == NULL)
        continue;
      words = words_of (resource->type, content);
      g_assert_cmpint (strstr (words, "Geheim") != NULL, ==, cases[i].told);
      cpd_ehr_content_free (cpd_ehr_kind_of (resource->type), content);
    }
}

static void
tear_down (FhirKit *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
set_up (FhirKit *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
}

static void
know (const char *json)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);

  cpd_ehr_names_add (mapper.names, resource);
}

/* A later version that keeps the words back takes away what was shown, also of a directory. */
static void
test_goes (FhirKit *kit, gconstpointer data)
{
  static const char document[] = "'status':'current','date':'2026-03-01T09:00:00Z'," OF_WIL "," NOTE_TYPE
                                 ",'content':[{'attachment':{'contentType':'text/plain','data':'R2VoZWlt'}}]";
  g_autofree char *labelled = g_strconcat (document, ",'securityLabel':[{'coding':[" NOPAT "]}]", NULL);

  fhir_kit_report (kit, "r", "wil", LONG_AGO, "Geheim");
  fhir_kit_put (kit, "DocumentReference", "d", "wil", LONG_AGO, document);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  fhir_kit_put (kit, "Observation", "r", "wil", FHIR_NOW + CP_TIME_MINUTE,
                "'status':'amended','effectiveDateTime':'2026-03-01'," OF_WIL "," REPORT_CODE "," ABSENT);
  fhir_kit_put (kit, "DocumentReference", "d", "wil", FHIR_NOW + CP_TIME_MINUTE, labelled);
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
}

#define LINE(version, more)                                                                                            \
  "{" REPORT ",'meta':{'lastUpdated':'2026-03-0" version "T09:00:00Z'" more "}," OF_WIL ",'valueString':'Geheim'}\n"

static void
test_goes_from_directory (EhrKit *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", LINE ("1", ""));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  ehr_kit_file (kit, "Observation.ndjson", LINE ("2", ",'security':[" VERY "]"));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
  ehr_kit_file (kit, "Observation.ndjson", LINE ("3", ""));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
}

#define GOAL(more)                                                                                                     \
  "{'resourceType':'Goal','id':'g'" more ",'lifecycleStatus':'active'," OF_WIL ",'description':{'text':'Geheim'}}\n"

/* Nor is a goal that gains the label still named by a report that did not change, or by its plan. */
static void
test_goal_goes (EhrKit *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson",
                "{" REPORT "," OF_WIL ",'valueString':'x','focus':[{'reference':'Goal/g','display':'Geheim'}]}\n");
  ehr_kit_file (kit, "CarePlan.ndjson",
                "{'resourceType':'CarePlan','id':'p','status':'active','title':'Plan'," OF_WIL
                ",'goal':[{'reference':'Goal/g'}]}\n");
  ehr_kit_file (kit, "Goal.ndjson", GOAL (""));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE about = 'Geheim'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Geheim%'"), ==, 1);
  ehr_kit_file (kit, "Goal.ndjson", GOAL (META (NOPAT)));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE about = 'Geheim'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Geheim%'"), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  mapper.names = cpd_ehr_names_new ();
  mapper.patient = "Patient/wil";
  ehr_kit_set_codes (&mapper);
  g_assert_true (cp_time_parse ("2026-03-03T12:00:00Z", &mapper.now));
  know ("{'resourceType':'Goal','id':'secret'," OF_WIL ",'description':{'text':'Geheim'}" META (NOPAT) "}");
  know ("{'resourceType':'Goal','id':'open'," OF_WIL ",'description':{'text':'Geheim'}}");
  g_test_add_func ("/ehr-withheld/places", test_places);
  g_test_add ("/ehr-withheld/goes", FhirKit, NULL, set_up, test_goes, tear_down);
  g_test_add ("/ehr-withheld/goes-from-directory", EhrKit, NULL, ehr_kit_begin_wil, test_goes_from_directory,
              ehr_kit_end);
  g_test_add ("/ehr-withheld/goal-goes", EhrKit, NULL, ehr_kit_begin_wil, test_goal_goes, ehr_kit_end);
  result = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return result;
}
