/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include "cpd-store-care-plan.h"
#include "cpd-store-dossier.h"
#include "cpd-store-summary.h"

/* Of what no day is told none is made up, from the EHR to what the app gets. */

#define SUBJECT "'subject':{'reference':'Patient/wil'}"
#define PLAN                                                                                                           \
  "{'resourceType':'CarePlan','id':'p','status':'active','title':'Plan'," SUBJECT ",'goal':[{'reference':'Goal/g'}],"  \
  "'period':{'start':'2026-02','end':'2026-03'},'created':'2025-12','contributor':[{'reference':'Practitioner/x',"     \
  "'display':'Ineke'}],'activity':[{'detail':{'status':'in-progress','code':{'text':'Lopen'},'scheduledPeriod':"       \
  "{'start':'2026'}},'progress':[{'time':'2025-11','text':'Begonnen'}]}]}\n"
#define GOAL                                                                                                           \
  "{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'Lopen'}," SUBJECT                 \
  ",'startDate':'2025','target':[{'dueDate':'2026-05'},{'dueDate':'2026-05-03'}],'statusDate':'2026',"                 \
  "'achievementStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/goal-achievement','code':"          \
  "'improving'}]},'note':[{'time':'2026-02','text':'Gaat goed'}]}\n"
#define REPORT(when)                                                                                                   \
  "{'resourceType':'Observation','id':'o','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"      \
  "'code':'11591000146107'}]}," SUBJECT ",'effectiveDateTime':'" when "','valueString':'Een maand'}\n"

typedef struct
{
  EhrKit ehr;
  CpdDb *db; /* (owned): a reader of what the first run made */
} Fixture;

static const CpdGrant grant = { .patient = 1 };

static void
set_up (Fixture *kit, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ehr_kit_set_up_wil (&kit->ehr);
  ehr_kit_file (&kit->ehr, "CarePlan.ndjson", PLAN);
  ehr_kit_file (&kit->ehr, "Goal.ndjson", GOAL);
  ehr_kit_file (&kit->ehr, "Observation.ndjson", REPORT ("2026-03"));
  ehr_kit_run_well (&kit->ehr);
  kit->db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  cpd_db_close (kit->db);
  ehr_kit_tear_down (&kit->ehr);
}

/* The plan, and what it tells itself, which are cards too. */
static void
test_plan (Fixture *kit, gconstpointer data)
{
  static const char *const expected[][2] = {
    { "$.discussed_on", "2025-12" },
    { "$.goals[0].start", "2025" },
    { "$.goals[0].before", "2026-05" },
    { "$.activities[0].timing.from", "2026" },
    { "$.evaluations[0].partial_date", "2026-02" },
    { "$.evaluations[1].partial_date", "2026" },
    { "$.evaluations[2].partial_date", "2025-11" },
  };
  g_autofree char *id = ehr_kit_text (&kit->ehr, "SELECT public_id FROM care_plan");
  g_autoptr (GError) error = NULL;
  gint64 row;
  g_autoptr (CpCarePlan) plan = cpd_store_care_plan (kit->db, &grant, id, 0, "2026-03-31", &row, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (((CpPlanEvaluation *) g_ptr_array_index (plan->evaluations, 0))->partial_date, ==, "2026-02");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT body ->> '%s' FROM care_plan", expected[i][0]);
      g_autofree char *text = ehr_kit_text (&kit->ehr, sql);

      g_assert_cmpstr (text, ==, expected[i][1]);
    }
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE type = 'CarePlan#evaluation'"
                                             " AND partial_date IN ('2025-11', '2026-02', '2026')"),
                   ==, 3);
}

/* A month is over with its last day. */
static void
test_period (Fixture *kit, gconstpointer data)
{
  static const char *const days[][2] = { { "2026-03-31", "current" }, { "2026-04-01", "expired" } };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GPtrArray) plans = cpd_store_care_plans (kit->db, &grant, days[i][0], NULL);
      const CpCarePlan *plan = g_ptr_array_index (plans, 0);

      g_assert_cmpstr (plan->from, ==, "2026-02");
      g_assert_cmpstr (plan->until, ==, "2026-03");
      g_assert_cmpstr (cp_care_plan_state_names[plan->state], ==, days[i][1]);
    }
}

/* Until the day becomes known: that makes no version more. */
static void
test_card (Fixture *kit, gconstpointer data)
{
  g_autofree char *id = ehr_kit_text (&kit->ehr, "SELECT public_id FROM item WHERE fhir_id = 'o'");
  g_autoptr (GError) error = NULL;
  gint64 row;
  g_autoptr (CpDossierItem) item = cpd_store_dossier_item (kit->db, &grant, ~0u, id, 0, 1, &row, &error);
  g_autoptr (CpStartDossier) start = cp_start_dossier_new ();
  const CpdConfig config = { .unshared = 0 };

  g_assert_no_error (error);
  g_assert_cmpstr (item->partial_date, ==, "2026-03");
  g_assert_true (cpd_store_summary_read (kit->db, &config, &grant, 0, start, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (start->latest->partial_date, ==, "2026-03");
  ehr_kit_file (&kit->ehr, "Observation.ndjson", REPORT ("2026-03-01"));
  ehr_kit_run_well (&kit->ehr);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id = 'o' AND partial_date IS NULL"
                                             " AND date_only AND version = 1"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-dates/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (plan);
  ADD (period);
  ADD (card);
  return g_test_run ();
}
