/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include "cpd-store-care-plan.h"

/* What an earlier version of a plan says, and what it does not say any more. */

typedef EhrKit Fixture;

static void
plan (Fixture *kit, const char *rest)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'CarePlan','id':'p','status':'active','subject':"
                                           "{'reference':'Patient/wil'},%s}\n",
                                           rest);

  ehr_kit_file (kit, "CarePlan.ndjson", text);
}

#define GOAL                                                                                                           \
  "{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'Lopen'},"                         \
  "'subject':{'reference':'Patient/wil'},'note':[{'time':'2026-02-01T10:00:00+01:00','text':'Gaat goed'}]}\n"
#define EVALUATION(about, when, text)                                                                                  \
  "{'resourceType':'Observation','id':'o','status':'final','code':{'coding':[{'system':'http://loinc.org','code':"     \
  "'18776-5'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'" when "'," about "'valueString':'" text    \
  "'}\n"
#define OF_GOAL "'focus':[{'reference':'Goal/other'}],"
#define ACTIVITIES "SELECT json_array_length (body, '$.activities') FROM care_plan"

#define HENKS_GOAL(who, changed)                                                                                       \
  "{'resourceType':'Goal','id':'h'," changed "'lifecycleStatus':'active','description':{'text':'Van Henk'},"           \
  "'subject':{'reference':'Patient/" who "'}}\n"

/* It stood at the wrong client until it was put right: then it is told in no earlier version of the plan either. What
 * comes after that is a version like any other. */
static void
test_goal_goes_to_another (Fixture *kit, gconstpointer data)
{
  static const char *const goals[][2] = {
    { HENKS_GOAL ("wil", ""), HENKS_GOAL ("henk", "") },
    { HENKS_GOAL ("wil", "'meta':{'lastUpdated':'2026-03-01T10:00:00Z'},"),
      HENKS_GOAL ("henk", "'meta':{'lastUpdated':'2026-03-02T10:00:00Z'},") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (goals); i++)
    {
      ehr_kit_tear_down (kit);
      ehr_kit_set_up_wil (kit);
      ehr_kit_enrol (kit, "s|2", "Henk");
      ehr_kit_file (kit, "Patient-2.ndjson", EHR_KIT_PATIENT ("henk", "2", "Henk"));
      ehr_kit_file (kit, "Goal.ndjson", goals[i][0]);
      plan (kit, "'title':'Een','goal':[{'reference':'Goal/h'}]");
      ehr_kit_run_whole (kit);
      plan (kit, "'title':'Twee','goal':[{'reference':'Goal/h'}]");
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version WHERE body LIKE '%Van Henk%'"), ==,
                       1);
      ehr_kit_file (kit, "Goal.ndjson", goals[i][1]);
      for (int run = 0; run < 2; run++)
        {
          ehr_kit_run_whole (kit);
          g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Van Henk%'"), ==, 0);
          g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version"), ==, 0);
        }
      plan (kit, "'title':'Drie','goal':[{'reference':'Goal/h'}]");
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version"), ==, 1);
    }
}

/* What the plan says of a request of another client goes when that comes later. */
static void
test_request_of_other (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "Patient-2.ndjson", EHR_KIT_PATIENT ("henk", "2", "Henk"));
  plan (kit, "'title':'Plan','activity':[{'reference':{'reference':'ServiceRequest/3','display':'Wondzorg Henk'}}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, ACTIVITIES), ==, 1);
  ehr_kit_file (
      kit, "ServiceRequest.ndjson",
      "{'resourceType':'ServiceRequest','id':'3','status':'active','intent':'order','code':{'text':'Wondzorg'},"
      "'subject':{'reference':'Patient/henk'}}\n");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, ACTIVITIES), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version"), ==, 0);
}

static guint
evaluations_of (Fixture *kit, gint64 version)
{
  const CpdGrant grant = { .patient = 1, .shared = ~0u };
  g_autofree char *public_id = ehr_kit_text (kit, "SELECT public_id FROM care_plan WHERE fhir_id = 'p'");
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  gint64 row;
  g_autoptr (CpCarePlan) whole = cpd_store_care_plan (db, &grant, public_id, version, "2026-03-03", &row, NULL);

  g_assert_nonnull (whole);
  return whole->evaluations->len;
}

/* What is told beside the plan stands under the goals of the present one: in an earlier one their numbers are others'.
 */
static void
test_earlier_version (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Goal.ndjson", GOAL);
  ehr_kit_file (kit, "Observation.ndjson", EVALUATION (OF_GOAL, "2026-02-03", "Iets anders"));
  plan (kit, "'title':'Plan','goal':["
             "{'reference':'Goal/other','display':'Een ander doel'},{'reference':'Goal/g'}"
             "]");
  ehr_kit_run_whole (kit);
  plan (kit, "'title':'Plan','goal':["
             "{'reference':'Goal/g'},{'reference':'Goal/other','display':'Een ander doel'}"
             "]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (evaluations_of (kit, 0), ==, 2);
  g_assert_cmpint (evaluations_of (kit, 2), ==, 2);
  g_assert_cmpint (evaluations_of (kit, 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-plan-versions/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)
  ADD (goal_goes_to_another);
  ADD (request_of_other);
  ADD (earlier_version);
  return g_test_run ();
}
