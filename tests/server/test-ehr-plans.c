/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include "cpd-store-dossier.h"

/* Care plans of a FHIR server of which only what changed is read again. */

typedef FhirKit Fixture;

#define WIL "'subject':{'reference':'Patient/wil'}"
#define PART "'status':'active','intent':'plan','title':'Douchen'," WIL ",'partOf':[{'reference':'CarePlan/c'}]"

/* Of the list of plans. */
#define LISTED "SELECT count(*) FROM care_plan WHERE removed IS NULL AND part_of IS NULL"

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
plan (Fixture *kit, CpTime updated, const char *status, const char *rest)
{
  g_autofree char *members =
      g_strdup_printf ("'status':'%s','intent':'plan','title':'Zorgplan'," WIL "%s", status, rest);

  fhir_kit_put (kit, "CarePlan", "c", "wil", updated, members);
}

/* The run of hour, in which nothing is read but what changed after the one before. */
static void
run_at (Fixture *kit, int hour)
{
  store_kit_set_now (FHIR_NOW + hour * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

static gint64
count (Fixture *kit, const char *sql)
{
  return ehr_kit_count (&kit->ehr, sql);
}

static gint64
with_part (Fixture *kit)
{
  return count (kit, LISTED " AND title = 'Zorgplan' AND body LIKE '%Douchen%'");
}

static void
test_part_of_draft (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "draft", "");
  fhir_kit_put (kit, "CarePlan", "d", "wil", LONG_AGO + CP_TIME_SECOND, PART);
  run_at (kit, 0);
  g_assert_cmpint (count (kit, LISTED), ==, 0);
  /* Of what is not shown no word is kept. */
  g_assert_cmpint (count (kit, "SELECT count(*) FROM care_plan WHERE title = 'Zorgplan'"), ==, 0);
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "active", "");
  run_at (kit, 1);
  g_assert_cmpint (count (kit, LISTED), ==, 1);
  g_assert_cmpint (with_part (kit), ==, 1);
}

static void
test_part_of_error (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", "");
  fhir_kit_put (kit, "CarePlan", "d", "wil", LONG_AGO + CP_TIME_SECOND, PART);
  run_at (kit, 0);
  g_assert_cmpint (with_part (kit), ==, 1);
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "entered-in-error", "");
  run_at (kit, 1);
  g_assert_cmpint (count (kit, LISTED), ==, 0);
  plan (kit, FHIR_NOW + 61 * CP_TIME_MINUTE, "active", "");
  run_at (kit, 2);
  g_assert_cmpint (count (kit, LISTED), ==, 1);
  g_assert_cmpint (with_part (kit), ==, 1);
}

/* A draft that is to replace a plan does not do so yet. */
static void
test_replaced_by_draft (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", "");
  fhir_kit_put (kit, "CarePlan", "next", "wil", LONG_AGO,
                "'status':'draft','intent':'plan','title':'Nieuw'," WIL ",'replaces':[{'reference':'CarePlan/c'}]");
  run_at (kit, 0);
  g_assert_cmpint (count (kit, LISTED " AND replaced = 0"), ==, 1);
}

#define CARDS "SELECT count(*) FROM item WHERE removed IS NULL AND kind = 3"
#define BETTER "{'time':'2026-03-02','text':'Gaat beter','authorString':'Anna de Wit'}"
#define ALONE "{'time':'2026-03-03','text':'Loopt weer alleen'}"
#define WALKS(progress)                                                                                                \
  ",'activity':[{'progress':[" progress "],'detail':{'status':'in-progress','code':{'text':'Lopen'}}}]"

/* What a plan tells of how it goes is a card: new once, found by its words, counted, and gone with the plan. */
static void
test_evaluation (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", WALKS (BETTER));
  run_at (kit, 0);
  g_assert_cmpint (count (kit, CARDS " AND text = 'Gaat beter' AND author = 'Anna de Wit' AND about = 'Zorgplan'"
                                     " AND about_key = 'CarePlan/c' AND date_only AND month = 202603"),
                   ==, 1);
  g_assert_cmpint (count (kit, "SELECT count(*) FROM item_search WHERE item_search MATCH 'beter'"), ==, 1);
  /* The same again, of a plan that was written once more. */
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "active", ",'description':'Anders'" WALKS (BETTER));
  run_at (kit, 1);
  g_assert_cmpint (count (kit, "SELECT count(*) FROM item WHERE kind = 3"), ==, 1);
  g_assert_cmpint (count (kit, "SELECT first_seen = seen AND version = 1 FROM item WHERE kind = 3"), ==, 1);
  /* One more, in front of it. */
  plan (kit, FHIR_NOW + 61 * CP_TIME_MINUTE, "active", WALKS (ALONE "," BETTER));
  run_at (kit, 2);
  g_assert_cmpint (count (kit, CARDS), ==, 2);
  g_assert_cmpint (count (kit, CARDS " AND text = 'Loopt weer alleen' AND seen > (SELECT seen FROM item WHERE text ="
                                     " 'Gaat beter')"),
                   ==, 1);
  g_assert_cmpint (count (kit, "SELECT sum (count) FROM item_month WHERE kind = 3"), ==, 2);
  /* The plan names its cards, and is not given them twice. */
  g_assert_cmpint (count (kit, "SELECT count(*) FROM care_plan p, json_each (p.body, '$.evaluations') e"
                               " JOIN item i ON i.public_id = e.value ->> 'item' AND i.text = e.value ->> 'text'"),
                   ==, 2);
  plan (kit, FHIR_NOW + 121 * CP_TIME_MINUTE, "entered-in-error", "");
  run_at (kit, 3);
  g_assert_cmpint (count (kit, CARDS), ==, 0);
  g_assert_cmpint (count (kit, "SELECT count(*) FROM item_search WHERE item_search MATCH 'beter'"), ==, 0);
}

/* How a goal stands is told of that goal, in words; the same words on another day are another card. */
static void
test_evaluation_of_goal (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", ",'goal':[{'reference':'Goal/g'}]");
  fhir_kit_put (kit, "Goal", "g", "wil", LONG_AGO,
                "'lifecycleStatus':'active','description':{'text':'Veilig lopen'}," WIL ",'statusDate':'2026-03-01',"
                "'achievementStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/goal-achievement',"
                "'code':'improving'}]},'note':[{'time':'2026-02-01','text':'Gaat goed'},"
                "{'time':'2026-02-08','text':'Gaat goed'}]");
  run_at (kit, 0);
  g_assert_cmpint (count (kit, CARDS " AND goal_key = 'Goal/g' AND about_key = 'CarePlan/c'"), ==, 3);
  g_assert_cmpint (count (kit, CARDS " AND text = 'Gaat vooruit.'"), ==, 1);
  g_assert_cmpint (count (kit, CARDS " AND text = 'Gaat goed'"), ==, 2);
}

/* Plans that told it before there were cards: nobody gets what is old as new. */
static void
test_evaluation_from_before (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", WALKS (BETTER));
  run_at (kit, 0);
  ehr_kit_exec (&kit->ehr, "DELETE FROM item; DELETE FROM item_month; DELETE FROM item_author;"
                           "INSERT INTO item_search (item_search) VALUES ('rebuild');"
                           "UPDATE care_plan SET body = json_remove (body, '$.evaluations[0].item');"
                           "UPDATE patient SET plans_dirty = 1");
  run_at (kit, 5);
  g_assert_cmpint (count (kit, CARDS " AND first_seen = (SELECT seen FROM care_plan) AND seen = first_seen"), ==, 1);
}

#define REPORT                                                                                                         \
  "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]}," WIL              \
  ",'effectiveDateTime':'2026-03-01','valueString':'Gegeten'"

/* What the only report belongs to, as it is read now. */
static void
belongs_to (Fixture *kit, const char *about)
{
  const CpdGrant grant = { .patient = 1, .shared = ~0u };
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, NULL);
  g_autofree char *id = ehr_kit_text (&kit->ehr, "SELECT public_id FROM item WHERE removed IS NULL AND kind <> 3");
  g_autoptr (CpDossierItem) item = NULL;
  gint64 row;

  item = cpd_store_dossier_item (db, &grant, G_MAXUINT, id, 0, 0, &row, NULL);
  g_assert_nonnull (item);
  g_assert_cmpstr (item->about, ==, about);
}

/* A report comes before its plan, or the plan gets another name: the report is not read again for it. */
static void
test_title (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Observation", "r", "wil", LONG_AGO,
                REPORT ",'basedOn':[{'reference':'CarePlan/c','display':'Plan van toen'}]");
  run_at (kit, 0);
  belongs_to (kit, "Plan van toen");
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "active", "");
  run_at (kit, 1);
  belongs_to (kit, "Zorgplan");
  fhir_kit_put (kit, "CarePlan", "c", "wil", FHIR_NOW + 61 * CP_TIME_MINUTE,
                "'status':'active','intent':'plan','title':'Zorgleefplan'," WIL);
  run_at (kit, 2);
  belongs_to (kit, "Zorgleefplan");
  /* Of a plan that is withdrawn the words that came with the report are left. */
  plan (kit, FHIR_NOW + 121 * CP_TIME_MINUTE, "entered-in-error", "");
  run_at (kit, 3);
  belongs_to (kit, "Plan van toen");
}

/* Without words of its own a report of a plan or goal that is hidden tells nothing of that. */
static void
test_hidden_title (Fixture *kit, gconstpointer data)
{
  static const char goal[] = "'lifecycleStatus':'%s','description':{'text':'Lopen'}," WIL;
  g_autofree char *shown = g_strdup_printf (goal, "active");
  g_autofree char *hidden = g_strdup_printf (goal, "entered-in-error");

  plan (kit, LONG_AGO, "draft", "");
  fhir_kit_put (kit, "Observation", "r", "wil", LONG_AGO, REPORT ",'basedOn':[{'reference':'CarePlan/c'}]");
  run_at (kit, 0);
  belongs_to (kit, NULL);
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "active", "");
  run_at (kit, 1);
  belongs_to (kit, "Zorgplan");
  fhir_kit_put (kit, "Observation", "r", "wil", FHIR_NOW + 61 * CP_TIME_MINUTE,
                REPORT ",'basedOn':[{'reference':'CarePlan/c'}]");
  run_at (kit, 2);
  plan (kit, FHIR_NOW + 121 * CP_TIME_MINUTE, "entered-in-error", "");
  run_at (kit, 3);
  belongs_to (kit, NULL);
  fhir_kit_put (kit, "Goal", "g", "wil", FHIR_NOW + 181 * CP_TIME_MINUTE, shown);
  run_at (kit, 4);
  fhir_kit_put (kit, "Observation", "r", "wil", FHIR_NOW + 241 * CP_TIME_MINUTE,
                REPORT ",'focus':[{'reference':'Goal/g'}]");
  run_at (kit, 5);
  belongs_to (kit, "Lopen");
  fhir_kit_put (kit, "Goal", "g", "wil", FHIR_NOW + 301 * CP_TIME_MINUTE, hidden);
  run_at (kit, 6);
  belongs_to (kit, NULL);
}

static void
test_goal_title (Fixture *kit, gconstpointer data)
{
  static const char goal[] = "'lifecycleStatus':'active','description':{'text':'%s'}," WIL;
  g_autofree char *before = g_strdup_printf (goal, "Lopen");
  g_autofree char *after = g_strdup_printf (goal, "Veilig lopen");

  fhir_kit_put (kit, "Goal", "g", "wil", LONG_AGO, before);
  fhir_kit_put (kit, "Observation", "r", "wil", LONG_AGO, REPORT ",'focus':[{'reference':'Goal/g'}]");
  run_at (kit, 0);
  belongs_to (kit, "Lopen");
  fhir_kit_put (kit, "Goal", "g", "wil", FHIR_NOW + CP_TIME_MINUTE, after);
  run_at (kit, 1);
  belongs_to (kit, "Veilig lopen");
}

#define ADD(name, func) g_test_add ("/ehr/plans/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("part-of-draft", test_part_of_draft);
  ADD ("part-of-error", test_part_of_error);
  ADD ("replaced-by-draft", test_replaced_by_draft);
  ADD ("evaluation", test_evaluation);
  ADD ("evaluation-of-goal", test_evaluation_of_goal);
  ADD ("evaluation-from-before", test_evaluation_from_before);
  ADD ("title", test_title);
  ADD ("hidden-title", test_hidden_title);
  ADD ("goal-title", test_goal_title);
  return g_test_run ();
}
