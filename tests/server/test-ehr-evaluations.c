/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include "cpd-store-care-plan.h"

/* How it goes, told by the plan and by resources of their own. */

#define NOTE(day) "{'time':'2026-02-" day "T10:00:00+01:00','text':'Gaat goed op de " day "e'}"

typedef EhrKit Fixture;

static void
plan (Fixture *kit, const char *goals)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'CarePlan','id':'p','status':'active','subject':"
                                           "{'reference':'Patient/wil'},'title':'Plan','goal':[%s]}\n",
                                           goals);

  ehr_kit_file (kit, "CarePlan.ndjson", text);
}

static void
goal (Fixture *kit, const char *notes)
{
  g_autofree char *text =
      g_strdup_printf ("{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'Lopen'},"
                       "'subject':{'reference':'Patient/wil'},'note':[%s]}\n",
                       notes);

  ehr_kit_file (kit, "Goal.ndjson", text);
}

/* How often it stands in the dossier and in the plan, as the app gets that. */
static void
assert_told (Fixture *kit, const char *text, int times)
{
  const CpdGrant grant = { .patient = 1, .shared = ~0u };
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE removed IS NULL AND text = '%s'", text);
  g_autofree char *public_id = ehr_kit_text (kit, "SELECT public_id FROM care_plan WHERE fhir_id = 'p'");
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  gint64 row;
  g_autoptr (CpCarePlan) whole = cpd_store_care_plan (db, &grant, public_id, 0, "2026-03-03", &row, NULL);
  int n = 0;

  for (guint i = 0; i < whole->evaluations->len; i++)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (whole->evaluations, i);

      g_assert_nonnull (evaluation->item);
      n += g_str_equal (evaluation->text, text);
    }
  g_assert_cmpint (n, ==, times);
  g_assert_cmpint (ehr_kit_count (kit, sql), ==, times);
}

#define EVALUATION(about, when, text)                                                                                  \
  "{'resourceType':'Observation','id':'o','status':'final','code':{'coding':[{'system':'http://loinc.org','code':"     \
  "'18776-5'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'" when "'," about "'valueString':'" text    \
  "'}\n"
#define OF_PLAN "'basedOn':[{'reference':'CarePlan/p'}],"
#define OF_GOAL "'focus':[{'reference':'Goal/other'}],"

/* An evaluation that is told by the plan and by a resource of its own is one card, and stands in the plan once. */
static void
test_told_twice (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *resource; /* (nullable) */
    int times;
  } steps[] = {
    { EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed op de 01e"), 1 },
    { NULL, 1 },
    { EVALUATION (OF_PLAN, "2026-02-01T15:00:00+01:00", "Gaat goed op de 01e"), 1 },
    { EVALUATION (OF_PLAN, "2026-02-02", "Gaat goed op de 01e"), 2 },
    { EVALUATION (OF_PLAN, "2026-02", "Gaat goed op de 01e"), 2 },
    { EVALUATION (OF_GOAL, "2026-02-01", "Gaat goed op de 01e"), 2 },
    { EVALUATION (OF_PLAN, "2026-02-01", "Iets anders"), 1 },
  };

  plan (kit, "{'reference':'Goal/g'},{'reference':'Goal/other','display':'Een ander doel'}");
  goal (kit, NOTE ("01"));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ehr_kit_file (kit, "Observation.ndjson", steps[i].resource);
      ehr_kit_run_whole (kit);
      assert_told (kit, "Gaat goed op de 01e", steps[i].times);
      assert_told (kit, "Iets anders", i == G_N_ELEMENTS (steps) - 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM care_plan WHERE fhir_id = 'p'"), ==, 1);
    }
}

/* Of two in the same words the one that a resource does not tell stays the card that it was. */
static void
test_told_of_two (Fixture *kit, gconstpointer data)
{
  static const char later[] = "SELECT public_id FROM item WHERE removed IS NULL AND text = 'Gaat goed'"
                              " ORDER BY at DESC LIMIT 1";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  plan (kit, "{'reference':'Goal/g'}");
  goal (kit, "{'time':'2026-02-01','text':'Gaat goed'},{'time':'2026-02-20','text':'Gaat goed'}");
  ehr_kit_run_whole (kit);
  before = ehr_kit_text (kit, later);
  ehr_kit_file (kit, "Observation.ndjson", EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed"));
  ehr_kit_run_whole (kit);
  after = ehr_kit_text (kit, later);
  g_assert_cmpstr (after, ==, before);
  assert_told (kit, "Gaat goed", 2);
}

/* What a resource told and tells no more the plan tells again. */
static void
test_told_no_more (Fixture *kit, gconstpointer data)
{
  static const char *const others[] = {
    EVALUATION ("", "2026-02-01", "Iets anders"),
    ("{'resourceType':'Observation','id':'o','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"
     "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-02-01'," OF_PLAN
     "'valueString':'Iets anders'}\n"),
    ("{'resourceType':'Observation','id':'o','status':'entered-in-error','code':{'coding':[{'system':"
     "'http://loinc.org','code':'18776-5'}]},'subject':{'reference':'Patient/wil'}}\n"),
  };

  plan (kit, "{'reference':'Goal/g'}");
  goal (kit, NOTE ("01"));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      ehr_kit_file (kit, "Observation.ndjson", EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed op de 01e"));
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'o'"), ==, 1);
      assert_told (kit, "Gaat goed op de 01e", 1);
      ehr_kit_file (kit, "Observation.ndjson", others[i]);
      ehr_kit_run_whole (kit);
      assert_told (kit, "Gaat goed op de 01e", 1);
    }
}

#define BY(name) "{'time':'2026-02-01','text':'Gaat goed','authorString':'" name "'}"
#define FROM(name) EVALUATION (OF_PLAN "'performer':[{'display':'" name "'}],", "2026-02-01", "Gaat goed")

/* The same words of two carers on one day are two; what one of them says both ways is one. */
static void
test_of_two_carers (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *notes;
    const char *resource;
    int times;
  } steps[] = {
    { BY ("Anna"), FROM ("Anna"), 1 },
    { BY ("Anna"), FROM ("Bea"), 2 },
    { BY ("Anna") "," BY ("Bea"), "", 2 },
    { BY ("Anna") "," BY ("Bea"), FROM ("Bea"), 2 },
    { BY ("Anna") "," BY ("Bea"), FROM ("Cas"), 3 },
    /* Of one that does not say who: one of them, and not both. */
    { BY ("Anna") "," BY ("Bea"), EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed"), 2 },
    { "{'time':'2026-02-01','text':'Gaat goed'}", FROM ("Bea"), 1 },
    { "{'time':'2026-02-01','text':'Gaat goed'}," BY ("Anna") "," BY ("Bea"), "", 2 },
  };

  plan (kit, "{'reference':'Goal/g'}");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      goal (kit, steps[i].notes);
      ehr_kit_file (kit, "Observation.ndjson", steps[i].resource);
      ehr_kit_run_whole (kit);
      assert_told (kit, "Gaat goed", steps[i].times);
    }
}

/* A plan is put together again for what it left to a resource, or tells as a resource does, and for nothing else that
 * a resource tells. */
static void
test_of_its_own (Fixture *kit, gconstpointer data)
{
  static const char marked[] = "SELECT count(*) FROM care_plan_key WHERE goal = 77";
  static const struct
  {
    const char *resource; /* (nullable) */
    gboolean again;
  } steps[] = {
    { EVALUATION (OF_PLAN, "2026-02-01", "Iets anders"), FALSE },
    { EVALUATION (OF_PLAN, "2026-02-20", "Gaat goed"), FALSE },
    { EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed"), TRUE },
    { EVALUATION (OF_PLAN, "2026-02-01", "Gaat beter"), TRUE },
    { EVALUATION (OF_PLAN, "2026-02-01", "Gaat nog beter"), FALSE },
    { NULL, FALSE },
    { EVALUATION (OF_PLAN, "2026-02-01", "Gaat goed"), TRUE },
    { NULL, TRUE },
  };

  plan (kit, "{'reference':'Goal/g'}");
  goal (kit, "{'time':'2026-02-01','text':'Gaat goed'}");
  ehr_kit_run_whole (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ehr_kit_exec (kit, "UPDATE care_plan_key SET goal = 77 WHERE key = 'Goal/g'");
      ehr_kit_file (kit, "Observation.ndjson", steps[i].resource);
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, marked), ==, !steps[i].again);
    }
}

/* What is not done any more leaves the plan, and not how it went: only what was never done does. */
static void
test_stopped (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *status;
    int activities;
    int goals;
    int times;
  } steps[] = {
    { "in-progress", 1, 1, 1 }, { "stopped", 0, 1, 1 },          { "cancelled", 0, 1, 1 }, { "completed", 1, 1, 1 },
    { "cancelled", 0, 1, 1 },   { "entered-in-error", 0, 0, 0 }, { "stopped", 0, 1, 1 },
  };
  const char *activities = "SELECT json_array_length (body ->> '$.activities') FROM care_plan";
  const char *goals = "SELECT json_array_length (body ->> '$.goals') FROM care_plan";
  const char *key = "SELECT count(*) FROM care_plan_key WHERE key = 'Observation/x'";

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'resourceType':'CarePlan','id':'p','status':'active','title':'Plan','subject':{'reference':'Patient/wil'},"
          "'activity':[{'detail':{'status':'%s','code':{'text':'Oefenen'},'goal':[{'display':'Lopen'}]},"
          "'progress':[{'time':'2026-02-01','text':'Gaat goed'}],'outcomeCodeableConcept':[{'text':'Gelukt'}],"
          "'outcomeReference':[{'reference':'Observation/x'}]}]}\n",
          steps[i].status);

      ehr_kit_file (kit, "CarePlan.ndjson", text);
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, activities), ==, steps[i].activities);
      g_assert_cmpint (ehr_kit_count (kit, goals), ==, steps[i].goals);
      g_assert_cmpint (ehr_kit_count (kit, key), ==, steps[i].times);
      assert_told (kit, "Gaat goed", steps[i].times);
      assert_told (kit, "Gelukt", steps[i].times);
    }
}

static void
judge_goal (Fixture *kit, const char *id, const char *words, const char *lifecycle, const char *code, const char *rest)
{
  g_autofree char *text =
      g_strdup_printf ("{'resourceType':'Goal','id':'%s','lifecycleStatus':'%s','description':{'text':'%s'},"
                       "'subject':{'reference':'Patient/wil'},'achievementStatus':{'coding':[{'system':"
                       "'http://terminology.hl7.org/CodeSystem/goal-achievement','code':'%s'}]}%s}\n",
                       id, lifecycle, words, code, rest);

  ehr_kit_file (kit, "Goal.ndjson", text);
  ehr_kit_run_whole (kit);
}

static void
judge (Fixture *kit, const char *lifecycle, const char *code, const char *rest)
{
  judge_goal (kit, "g", "Lopen", lifecycle, code, rest);
}

#define ON(day) ",'statusDate':'" day "'"

/* A goal says only how it stands by now: what it said of an earlier day was not withdrawn by that. */
static void
test_judged_again (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *lifecycle;
    const char *code;
    const char *rest;
    const char *cards; /* (nullable): none */
  } steps[] = {
    { "active", "improving", ON ("2026-02-01") ",'statusReason':'Tot de deur'", "Gaat vooruit. Tot de deur" },
    { "active", "worsening", ON ("2026-02-10"), "Gaat vooruit. Tot de deur|Gaat achteruit." },
    { "active", "worsening", ON ("2026-02-10"), "Gaat vooruit. Tot de deur|Gaat achteruit." },
    /* Of that day it was wrong. */
    { "active", "no-change", ON ("2026-02-10"), "Gaat vooruit. Tot de deur|Blijft gelijk." },
    /* In the same words it is judged again all the same. */
    { "active", "no-change", ON ("2026-02-20"), "Gaat vooruit. Tot de deur|Blijft gelijk.|Blijft gelijk." },
    { "active", "no-change", ON ("2026-02-15"), "Gaat vooruit. Tot de deur|Blijft gelijk.|Blijft gelijk." },
    { "active", "achieved", ON ("2026-03"), "Gaat vooruit. Tot de deur|Blijft gelijk.|Blijft gelijk.|Bereikt." },
    { "active", "achieved", ON ("2026-03-02"), "Gaat vooruit. Tot de deur|Blijft gelijk.|Blijft gelijk.|Bereikt." },
    { "entered-in-error", "achieved", ON ("2026-03-02"), NULL },
    { "active", "achieved", ON ("2026-03-02"), "Bereikt." },
    { "active", "worsening", ON ("2026-03-03"), "Bereikt.|Gaat achteruit." },
    { "active", "worsening", "", NULL },
  };
  static const char cards[] = "SELECT group_concat (text, '|') FROM (SELECT text FROM item WHERE removed IS NULL"
                              " ORDER BY at)";
  static const char first[] = "SELECT min (id) FROM item WHERE removed IS NULL";
  gint64 before;

  plan (kit, "{'reference':'Goal/g'}");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *told = NULL;

      judge (kit, steps[i].lifecycle, steps[i].code, steps[i].rest);
      told = ehr_kit_text (kit, cards);
      g_assert_cmpstr (told, ==, steps[i].cards);
    }
  /* It is the card that it was, and goes with its plan. */
  judge (kit, "active", "improving", ON ("2026-02-01"));
  before = ehr_kit_count (kit, first);
  judge (kit, "active", "achieved", ON ("2026-02-10"));
  g_assert_cmpint (ehr_kit_count (kit, first), ==, before);
  ehr_kit_file (kit, "CarePlan.ndjson",
                "{'resourceType':'CarePlan','id':'p','status':'entered-in-error','subject':{'reference':"
                "'Patient/wil'}}\n");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
}

#define INSIDE(id, words, code, day)                                                                                   \
  "{'resourceType':'Goal','id':'" id "','lifecycleStatus':'active','description':{'text':'" words "'},"                \
  "'achievementStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/goal-achievement','code':'" code    \
  "'}]}" ON (day) "}"

/* A plan with its goals inside it. */
static void
hold (Fixture *kit, const char *title, const char *contained, const char *goals)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'CarePlan','id':'p','status':'active','subject':"
                                           "{'reference':'Patient/wil'},'title':'%s','contained':[%s],'goal':[%s]}\n",
                                           title, contained, goals);

  ehr_kit_file (kit, "CarePlan.ndjson", text);
  ehr_kit_run_whole (kit);
}

#define FIRST "{'reference':'#1'}"
#define SECOND "{'reference':'#2'}"
#define SHOWN "SELECT count(*) FROM item WHERE removed IS NULL"

/* What a goal inside the plan is called says nothing: another goal may be called so in the next version. */
static void
test_judged_inside (Fixture *kit, gconstpointer data)
{
  static const char eating[] = "SELECT public_id FROM item WHERE removed IS NULL AND text = 'Gaat achteruit.'";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  hold (kit, "Plan",
        INSIDE ("1", "Lopen", "improving", "2026-02-01") "," INSIDE ("2", "Eten", "worsening", "2026-03-01"),
        FIRST "," SECOND);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 2);
  before = ehr_kit_text (kit, eating);
  hold (kit, "Plan", INSIDE ("1", "Eten", "worsening", "2026-03-01"), FIRST);
  after = ehr_kit_text (kit, eating);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
  /* Judged again, it is known as the goal that it was. */
  hold (kit, "Plan", INSIDE ("7", "Eten", "achieved", "2026-03-08"), "{'reference':'#7'}");
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 2);
}

/* Of two goals in the same words each has its card, as often as the plan is read. */
static void
test_judged_alike (Fixture *kit, gconstpointer data)
{
  static const char *const titles[] = { "Plan", "Ander plan" };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      hold (kit, titles[i],
            INSIDE ("1", "Lopen", "improving", "2026-02-01") "," INSIDE ("2", "Lopen", "improving", "2026-02-01"),
            FIRST "," SECOND);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Gaat vooruit.'"), ==, 2);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count (DISTINCT e.value ->> 'item') FROM care_plan p,"
                                           " json_each (p.body, '$.evaluations') e"),
                       ==, 2);
    }
}

/* The cards were called otherwise before, and the EHR changed the plan in the same run: what it told already is
 * the card that it was, also when the goal gets other words, and what it tells of one goal more is new. */
static void
test_judged_before (Fixture *kit, gconstpointer data)
{
  static const char cards[] = "SELECT group_concat (public_id) FROM (SELECT public_id FROM item WHERE removed IS NULL"
                              " ORDER BY id)";
  static const char called[] = "SELECT group_concat (fhir_id) FROM (SELECT fhir_id FROM item ORDER BY id)";
  g_autofree char *before = NULL;
  g_autofree char *id_before = NULL;

  hold (kit, "Plan",
        INSIDE ("1", "Lopen", "improving", "2026-02-01") "," INSIDE ("2", "Eten", "improving", "2026-03-01"),
        FIRST "," SECOND);
  before = ehr_kit_text (kit, cards);
  id_before = ehr_kit_text (kit, called);
  ehr_kit_exec (kit, "UPDATE item SET fhir_id = replace (fhir_id, '#', '#0') WHERE type = 'CarePlan#evaluation'");
  for (int step = 0; step < 3; step++)
    {
      static const char *const steps[] = {
        INSIDE ("1", "Eten", "improving", "2026-03-01") "," INSIDE ("2", "Lopen", "improving", "2026-02-01"),
        INSIDE ("1", "Eten", "improving", "2026-03-01") "," INSIDE ("2", "Buiten lopen", "improving", "2026-02-01"),
        INSIDE ("1", "Eten", "improving", "2026-03-01") "," INSIDE (
            "2", "Buiten lopen", "improving", "2026-02-01") "," INSIDE ("3", "Slapen", "improving", "2026-03-01"),
      };
      g_autofree char *after = NULL;
      g_autofree char *id_after = NULL;

      hold (kit, "Ander plan", steps[step], step < 2 ? FIRST "," SECOND : FIRST "," SECOND ",{'reference':'#3'}");
      after = ehr_kit_text (kit, cards);
      id_after = ehr_kit_text (kit, called);
      if (step < 2)
        g_assert_cmpstr (after, ==, before);
      else
        g_assert_true (g_str_has_prefix (after, before));
      g_assert_cmpint (g_strcmp0 (id_after, id_before) == 0, ==, step == 0);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, step < 2 ? 2 : 3);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, step < 2 ? 2 : 3);
    }
  g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND first_seen > (SELECT max (seen) FROM care_plan_version)"), ==, 1);
}

/* Two goals that are judged alike on one day and come in another order, where cards were called otherwise before. */
static void
test_judged_swapped (Fixture *kit, gconstpointer data)
{
  static const char eating[] = "SELECT e.value ->> 'item' FROM care_plan p, json_each (p.body, '$.evaluations') e,"
                               " json_each (p.body, '$.goals') g WHERE g.value ->> 'number' = e.value ->> 'goal'"
                               " AND g.value ->> 'text' = 'Eten'";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  hold (kit, "Plan",
        INSIDE ("1", "Lopen", "improving", "2026-03-01") "," INSIDE ("2", "Eten", "improving", "2026-03-01"),
        FIRST "," SECOND);
  before = ehr_kit_text (kit, eating);
  g_assert_nonnull (before);
  ehr_kit_exec (kit, "UPDATE item SET fhir_id = replace (fhir_id, '#', '#0') WHERE type = 'CarePlan#evaluation'");
  hold (kit, "Ander plan",
        INSIDE ("1", "Eten", "improving", "2026-03-01") "," INSIDE ("2", "Lopen", "improving", "2026-03-01"),
        FIRST "," SECOND);
  after = ehr_kit_text (kit, eating);
  g_assert_cmpstr (after, ==, before);
}

/* Another goal in the place of one that was withdrawn, judged alike: its card is its own, and nobody has read it. */
static void
test_judged_replaced (Fixture *kit, gconstpointer data)
{
  plan (kit, "{'reference':'Goal/g'}");
  judge (kit, "active", "improving", ON ("2026-02-01"));
  plan (kit, "{'reference':'Goal/h'}");
  judge_goal (kit, "h", "Eten", "active", "improving", ON ("2026-02-01"));
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 2);
}

#define OF_G "'focus':[{'reference':'Goal/g'}],"
#define OBSERVED(day) EVALUATION (OF_G, day, "Gaat vooruit.")

/* What a goal said of an earlier day and a resource tells too is one card as well, whichever came first. When the
 * resource is withdrawn, what the goal said is there again, as the card that it was. */
static void
test_judged_and_observed (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *code;
    const char *day;
    const char *resource;
    const char *cards;
  } steps[] = {
    { "improving", ON ("2026-02-01"), "", "Gaat vooruit." },
    { "worsening", ON ("2026-02-10"), "", "Gaat vooruit.|Gaat achteruit." },
    { "worsening", ON ("2026-02-10"), OBSERVED ("2026-02-01"), "o|Gaat achteruit." },
    { "worsening", ON ("2026-02-10"), OBSERVED ("2026-02-02"), "Gaat vooruit.|o|Gaat achteruit." },
    { "worsening", ON ("2026-02-10"), OBSERVED ("2026-02-01"), "o|Gaat achteruit." },
    { "no-change", ON ("2026-02-20"), OBSERVED ("2026-02-01"), "o|Gaat achteruit.|Blijft gelijk." },
    { "no-change", ON ("2026-02-20"), "", "Gaat vooruit.|Gaat achteruit.|Blijft gelijk." },
    /* The resource first, and the goal says it no more when that goes. */
    { "no-change", "", OBSERVED ("2026-03-01"), "o" },
    { "improving", ON ("2026-03-01"), OBSERVED ("2026-03-01"), "o" },
    { "worsening", ON ("2026-03-02"), OBSERVED ("2026-03-01"), "o|Gaat achteruit." },
    { "worsening", ON ("2026-03-02"), "", "Gaat vooruit.|Gaat achteruit." },
    /* Of a day that it says was another there is nothing to come back. */
    { "improving", ON ("2026-03-03"), OBSERVED ("2026-03-03"), "Gaat vooruit.|Gaat achteruit.|o" },
    { "no-change", ON ("2026-03-03"), OBSERVED ("2026-03-03"), "Gaat vooruit.|Gaat achteruit.|o|Blijft gelijk." },
    { "no-change", ON ("2026-03-03"), "", "Gaat vooruit.|Gaat achteruit.|Blijft gelijk." },
  };
  static const char cards[] =
      "SELECT group_concat (told, '|') FROM (SELECT iif (type = 'Observation', 'o', text) AS told FROM item"
      " WHERE removed IS NULL ORDER BY at, id)";
  static const char first[] = "SELECT public_id FROM item WHERE removed IS NULL ORDER BY at LIMIT 1";
  g_autofree char *before = NULL;

  plan (kit, "{'reference':'Goal/g'}");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *told = NULL;
      g_autofree char *now = NULL;

      g_test_message ("step %d", (int) i);
      ehr_kit_file (kit, "Observation.ndjson", steps[i].resource);
      judge (kit, "active", steps[i].code, steps[i].day);
      told = ehr_kit_text (kit, cards);
      g_assert_cmpstr (told, ==, steps[i].cards);
      now = ehr_kit_text (kit, first);
      if (i == 0)
        before = g_steal_pointer (&now);
      else if (i == 6)
        g_assert_cmpstr (now, ==, before);
    }
}

/* While a resource tells it nothing is written in a run that changes nothing. */
static void
test_judged_and_left (Fixture *kit, gconstpointer data)
{
  static const char state[] = "SELECT group_concat (id || ' ' || version || ' ' || coalesce (removed, '') || ' ' ||"
                              " changed || ' ' || hex (hash)) FROM item";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  plan (kit, "{'reference':'Goal/g'}");
  ehr_kit_file (kit, "Observation.ndjson", OBSERVED ("2026-02-01"));
  judge (kit, "active", "improving", ON ("2026-02-01"));
  judge (kit, "active", "worsening", ON ("2026-02-10"));
  before = ehr_kit_text (kit, state);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  ehr_kit_exec (kit, "UPDATE patient SET plans_dirty = 1");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE plans_dirty <> 0"), ==, 0);
  after = ehr_kit_text (kit, state);
  g_assert_cmpstr (after, ==, before);
}

/* A goal inside the plan whose words are corrected keeps what it said of earlier days, also while a resource tells
 * that, or how it stands now. */
static void
test_judged_reworded (Fixture *kit, gconstpointer data)
{
  static const char cards[] = "SELECT group_concat (public_id || ' ' || first_seen || ' ' || seen) FROM (SELECT * FROM"
                              " item WHERE removed IS NULL ORDER BY id)";
  static const struct
  {
    const char *words;
    const char *resource;
  } steps[] = {
    { "Buiten lopen", "" },
    { "Zelf buiten lopen", EVALUATION (OF_PLAN, "2026-02-01", "Gaat vooruit.") },
    { "Lopen", "" },
    { "Lopen", EVALUATION (OF_PLAN, "2026-02-20", "Blijft gelijk.") },
    { "Zelf lopen", EVALUATION (OF_PLAN, "2026-02-20", "Blijft gelijk.") },
    { "Zelf lopen", "" },
  };
  g_autofree char *before = NULL;

  hold (kit, "Plan", INSIDE ("1", "Lopen", "improving", "2026-02-01"), FIRST);
  hold (kit, "Plan", INSIDE ("1", "Lopen", "worsening", "2026-02-10"), FIRST);
  hold (kit, "Plan", INSIDE ("1", "Lopen", "no-change", "2026-02-20"), FIRST);
  before = ehr_kit_text (kit, cards);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *goal = g_strdup_printf (INSIDE ("1", "%s", "no-change", "2026-02-20"), steps[i].words);
      g_autofree char *after = NULL;

      ehr_kit_file (kit, "Observation.ndjson", steps[i].resource);
      hold (kit, "Plan", goal, FIRST);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 3);
      after = ehr_kit_text (kit, cards);
      if (*steps[i].resource == '\0')
        g_assert_cmpstr (after, ==, before);
    }
}

#define ADD(name) g_test_add ("/ehr-evaluations/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (told_twice);
  ADD (told_of_two);
  ADD (told_no_more);
  ADD (of_its_own);
  ADD (of_two_carers);
  ADD (stopped);
  ADD (judged_again);
  ADD (judged_inside);
  ADD (judged_alike);
  ADD (judged_before);
  ADD (judged_swapped);
  ADD (judged_replaced);
  ADD (judged_and_observed);
  ADD (judged_and_left);
  ADD (judged_reworded);
  return g_test_run ();
}
