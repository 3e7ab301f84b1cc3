/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include <string.h>

#include "cpd-fhir.h"
#include "ehr-kit.h"

static CpdEhrMapper mapper;

/* FHIR Timing to numbers, as JSON of the wire; NULL: nothing is said. */
static void
test_timing (void)
{
  static const struct
  {
    const char *timing;
    const char *expected;
  } cases[] = {
    { "{'repeat':{'frequency':2,'period':1,'periodUnit':'d'}}", "{'count':2,'period':1,'unit':'day'}" },
    { "{'repeat':{'frequency':1,'period':2,'periodUnit':'wk','dayOfWeek':['mon','sun']}}",
      "{'count':1,'period':2,'unit':'week','days':['monday','sunday']}" },
    { "{'repeat':{'period':1,'periodUnit':'mo'}}", "{'count':1,'period':1,'unit':'month'}" },
    { "{'repeat':{'frequency':3,'period':1,'periodUnit':'a'}}", "{'count':3,'period':1,'unit':'year'}" },
    { "{'repeat':{'frequency':1,'period':6,'periodUnit':'h'}}", "{'count':1,'period':6,'unit':'hour'}" },
    { "{'repeat':{'frequency':1,'period':7,'periodUnit':'h'}}", "{'count':1,'period':7,'unit':'hour'}" },
    { "{'repeat':{'period':4,'periodMax':6,'periodUnit':'h'}}", "{'count':1,'period':4,'period_max':6,'unit':'hour'}" },
    /* A range leaves the days and the words as they are. */
    { "{'repeat':{'frequency':1,'frequencyMax':2,'period':1,'periodUnit':'d','dayOfWeek':['mon']},"
      "'code':{'text':'na het eten'}}",
      "{'count':1,'count_max':2,'period':1,'unit':'day','days':['monday'],'text':'na het eten'}" },
    { "{'repeat':{'dayOfWeek':['wed'],'timeOfDay':['07:30:00','23:30:00',null]}}",
      "{'unit':'none','days':['wednesday'],'times':['07:30','23:30']}" },
    { "{'repeat':{'when':['MORN','AFT.late',null,'NIGHT']}}",
      "{'unit':'none','day_parts':['morning','late-afternoon','night']}" },
    { "{'repeat':{'when':['HS','PCM','AC','WAKE']}}",
      "{'unit':'none','day_parts':['waking','after-breakfast','before-meals','before-sleep']}" },
    /* Of what there are no words for it is said that there is more: no number is made up. */
    { "{'repeat':{'when':['straks','EVE']}}", "{'unit':'none','day_parts':['evening'],'more':true}" },
    { "{'code':{'text':'na het eten'}}", "{'unit':'none','text':'na het eten'}" },
    { "{'repeat':{'frequency':1,'period':0.5,'periodUnit':'d'}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'frequency':'2','period':1,'periodUnit':'d'}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'frequency':99999,'period':1,'periodUnit':'d'}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'frequency':3,'frequencyMax':2,'period':1,'periodUnit':'d'}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'frequency':2}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'period':30,'periodUnit':'min'}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'count':10,'frequency':1,'period':1,'periodUnit':'d'}}",
      "{'count':1,'period':1,'unit':'day','more':true}" },
    { "{'repeat':{'timeOfDay':['straks']}}", "{'unit':'none','more':true}" },
    { "{'repeat':{'dayOfWeek':['vandaag']}}", "{'unit':'none','more':true}" },
    { "{'event':['2026-03-03']}", "{'unit':'none','more':true}" },
    /* The words of the code are all of it, but not until when. */
    { "{'repeat':{'frequency':'2'},'code':{'text':'voor het eten'}}", "{'unit':'none','text':'voor het eten'}" },
    { "{'repeat':{'boundsPeriod':{'start':'2026-01-01'},'frequency':1,'period':1,'periodUnit':'d'}}",
      "{'count':1,'period':1,'unit':'day','from':'2026-01-01'}" },
    { "{'repeat':{'boundsPeriod':{'end':'2026-04'}},'code':{'text':'dagelijks'}}",
      "{'unit':'none','until':'2026-04','text':'dagelijks'}" },
    { "{'repeat':{'boundsPeriod':{'start':'2026','end':'2027'}}}", "{'unit':'none','from':'2026','until':'2027'}" },
    { "{'repeat':{'boundsPeriod':{'end':'ooit'}},'code':{'text':'dagelijks'}}",
      "{'unit':'none','text':'dagelijks','more':true}" },
    { "{'repeat':{'boundsDuration':{'value':2,'unit':'weken'}},'code':{'text':'dagelijks'}}",
      "{'unit':'none','text':'dagelijks','more':true}" },
    { "{}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'ServiceRequest','id':'s','t':%s}", cases[i].timing);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpTiming) timing = cpd_ehr_map_timing (&mapper, cpd_fhir_object (resource->object, "t"), FALSE);
      g_autofree char *text = timing != NULL ? cp_record_to_text (&cp_timing_record, timing, NULL, NULL) : NULL;
      g_autofree char *expected = g_strdup (cases[i].expected);

      g_assert_cmpstr (text, ==, expected != NULL ? g_strdelimit (expected, "'", '"') : NULL);
    }
}

/* For what it is needed stands with when it is done. */
static void
test_as_needed (void)
{
  static const char *const cases[][2] = {
    { "'asNeededBoolean':true", "{'unit':'none','as_needed':true}" },
    { "'asNeededCodeableConcept':{'text':'bij pijn'}", "{'unit':'none','as_needed':true,'text':'bij pijn'}" },
    { "'asNeededCodeableConcept':{'text':'bij pijn'},'occurrenceTiming':{'code':{'text':'na het eten'}}",
      "{'unit':'none','as_needed':true,'text':'na het eten. bij pijn'}" },
    { "'asNeededCodeableConcept':{'coding':[{'code':'1'}]}", "{'unit':'none','as_needed':true}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'ServiceRequest','id':'s','status':'active','code':{'text':'x'},%s}", cases[i][0]);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanWork) work = cpd_ehr_map_work (&mapper, resource->object, resource->object, &reason);
      g_autofree char *text = cp_record_to_text (&cp_timing_record, work->timing, NULL, NULL);
      g_autofree char *expected = g_strdelimit (g_strdup (cases[i][1]), "'", '"');

      g_assert_cmpstr (text, ==, expected);
    }
}

/* In which days, where each type says so. */
static void
test_days (void)
{
  static const char *const cases[][3] = {
    { "ServiceRequest", "'occurrencePeriod':{'start':'2026-03-01','end':'2026-03-31T22:30:00Z'}",
      "{'unit':'none','from':'2026-03-01','until':'2026-04-01'}" },
    { "ServiceRequest", "'occurrenceDateTime':'2026-03-01T10:00:00Z'",
      "{'unit':'none','from':'2026-03-01','until':'2026-03-01'}" },
    { "ServiceRequest", "'asNeededBoolean':true,'occurrencePeriod':{'end':'2026-03-31'}",
      "{'unit':'none','as_needed':true,'until':'2026-03-31'}" },
    { "Procedure", "'performedPeriod':{'start':'2026-03-01'}", "{'unit':'none','from':'2026-03-01'}" },
    { "Procedure", "'performedDateTime':'2026-03'", "{'unit':'none','from':'2026-03','until':'2026-03'}" },
    { "Task", "'restriction':{'period':{'end':'2026-03-31'}}", "{'unit':'none','until':'2026-03-31'}" },
    { "Task", "'restriction':{'period':{'end':'ooit'}}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'%s','id':'s','status':'active','code':{'text':'x'},%s}", cases[i][0], cases[i][1]);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanWork) work = cpd_ehr_map_work (&mapper, resource->object, resource->object, &reason);
      g_autofree char *text =
          work->timing != NULL ? cp_record_to_text (&cp_timing_record, work->timing, NULL, NULL) : NULL;
      g_autofree char *expected = g_strdup (cases[i][2]);

      g_assert_cmpstr (text, ==, expected != NULL ? g_strdelimit (expected, "'", '"') : NULL);
    }
}

/* lifecycleStatus and achievementStatus, and how the goal stands; -1: it stands in no plan. */
static void
test_goal_states (void)
{
  static const struct
  {
    const char *lifecycle;
    const char *achievement; /* (nullable) */
    int state;
  } cases[] = {
    { "proposed", NULL, CP_GOAL_PLANNED },
    { "planned", NULL, CP_GOAL_PLANNED },
    { "accepted", NULL, CP_GOAL_PLANNED },
    { "accepted", "improving", CP_GOAL_BETTER },
    { "active", NULL, CP_GOAL_IN_PROGRESS },
    { "active", "in-progress", CP_GOAL_IN_PROGRESS },
    { "active", "worsening", CP_GOAL_WORSE },
    { "active", "no-change", CP_GOAL_SAME },
    { "active", "no-progress", CP_GOAL_NO_PROGRESS },
    { "active", "sustaining", CP_GOAL_ACHIEVED },
    { "active", "made-up", CP_GOAL_IN_PROGRESS },
    { "on-hold", NULL, CP_GOAL_ON_HOLD },
    { "on-hold", "improving", CP_GOAL_ON_HOLD },
    { "on-hold", "achieved", CP_GOAL_ACHIEVED },
    { "completed", NULL, CP_GOAL_CLOSED },
    { "completed", "improving", CP_GOAL_CLOSED },
    { "completed", "achieved", CP_GOAL_ACHIEVED },
    { "completed", "not-achieved", CP_GOAL_NOT_ACHIEVED },
    { "cancelled", "not-attainable", CP_GOAL_NOT_FEASIBLE },
    { "cancelled", "in-progress", CP_GOAL_STOPPED },
    { "rejected", "achieved", -1 },
    { "entered-in-error", NULL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'Goal','id':'g','lifecycleStatus':'%s','description':{'text':'x'},'achievementStatus':"
          "{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/goal-achievement','code':'%s'}]}}",
          cases[i].lifecycle, cases[i].achievement != NULL ? cases[i].achievement : "");
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanAim) aim = cpd_ehr_map_aim (&mapper, resource->object, resource->object, &reason);

      g_assert_cmpint (aim->hidden, ==, cases[i].state < 0);
      if (!aim->hidden)
        g_assert_cmpint (aim->state, ==, cases[i].state);
    }
}

#define IMPROVING "'coding':[{'system':'http://terminology.hl7.org/CodeSystem/goal-achievement','code':'improving'}]"
#define OWN_CODE "'coding':[{'system':'https://zorg.example/doelen','code':'7','display':'Deels bereikt'}]"
#define DAY ",'statusDate':'2026-03-01'"

/* How a goal stood on a day is told as a state, with what was written beside it or without. */
static void
test_judgement (void)
{
  static const struct
  {
    const char *achievement;
    const char *rest;
    int state;
    const char *text; /* (nullable): nothing is told */
  } cases[] = {
    { IMPROVING, DAY, CP_GOAL_BETTER, "" },
    { IMPROVING, DAY ",'statusReason':'Loopt weer naar de tuin'", CP_GOAL_BETTER, "Loopt weer naar de tuin" },
    { IMPROVING, "", 0, NULL },
    /* A state that we have no word for comes with those of the EHR. */
    { "'text':'Deels bereikt'", DAY, CP_GOAL_UNKNOWN, "Deels bereikt" },
    { OWN_CODE, DAY, CP_GOAL_UNKNOWN, "Deels bereikt" },
    { OWN_CODE, DAY ",'statusReason':'Loopt tot de deur'", CP_GOAL_UNKNOWN, "Deels bereikt\nLoopt tot de deur" },
    { "'coding':[{'code':'7'}]", DAY ",'statusReason':'Loopt tot de deur'", CP_GOAL_UNKNOWN, "Loopt tot de deur" },
    { "'coding':[{'code':'7'}]", DAY, 0, NULL },
    { OWN_CODE, "", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'x'},'achievementStatus':"
          "{%s}%s}",
          cases[i].achievement, cases[i].rest);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanAim) aim = cpd_ehr_map_aim (&mapper, resource->object, resource->object, &reason);

      g_assert_cmpint (aim->judgement != NULL, ==, cases[i].text != NULL);
      if (aim->judgement == NULL)
        continue;
      g_assert_cmpint (aim->judgement->state, ==, cases[i].state);
      g_assert_cmpstr (aim->judgement->text, ==, cases[i].text);
    }
}

/* What is to be reached stands with the goal, before what is noted. */
static void
test_targets (void)
{
  static const char *const cases[][2] = {
    { "{'dueDate':'2026-06-01'}", "Let op de knie" },
    { "{'measure':{'text':'Gewicht'},'detailQuantity':{'value':70.5,'unit':'kg'}}",
      "Gewicht: 70,5 kg\n\nLet op de knie" },
    { "{'measure':{'text':'Gewicht'},'detailRange':{'low':{'value':68,'unit':'kg'},'high':{'value':72,'unit':'kg'}}},"
      "{'detailString':'Zelf de trap op'}",
      "Gewicht: 68 kg – 72 kg\nZelf de trap op\n\nLet op de knie" },
    { "{'measure':{'text':'Lopen'},'detailRange':{'low':{'value':20,'code':'m'}}}", "Lopen: ≥ 20 m\n\nLet op de knie" },
    { "{'measure':{'text':'Stappen'},'detailInteger':1000}", "Stappen: 1000\n\nLet op de knie" },
    { "{'detailCodeableConcept':{'text':'zelfstandig'}}", "zelfstandig\n\nLet op de knie" },
    { "{'measure':{'text':'Gewicht'}}", "Let op de knie" },
    { "{'measure':{'text':'Zelf douchen'},'detailBoolean':true},{'measure':{'text':'Valt'},'detailBoolean':false}",
      "Zelf douchen: Ja\nValt: Nee\n\nLet op de knie" },
    { "{'detailBoolean':true},null,{'measure':{'text':'x'},'detailBoolean':'ja'}", "Let op de knie" },
    { "{'measure':{'text':'Lopen'},'detailRatio':{'numerator':{'value':3,'unit':'keer'},'denominator':{'value':1,"
      "'unit':'week'}}}",
      "Lopen: 3 keer / 1 week\n\nLet op de knie" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'x'},"
                           "'note':[{'text':'Let op de knie'}],'target':[%s]}",
                           cases[i][0]);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanAim) aim = cpd_ehr_map_aim (&mapper, resource->object, resource->object, &reason);

      g_assert_cmpstr (aim->note, ==, cases[i][1]);
    }
}

/* Who wrote a note, and when, stand above it. */
static void
test_notes (void)
{
  static const char goal[] = "{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'x'},"
                             "'note':[{'authorString':'Anna de Wit','text':'Let op de knie'},"
                             "{'time':'2026-03-02','text':'Gaat goed'},{'text':'Zonder naam'}]}";
  static const char care_plan[] =
      "{'resourceType':'CarePlan','id':'p','status':'active','description':'Het plan','note':["
      "{'authorString':'Anna de Wit','time':'2026-03-02','text':'Besproken'},{'time':'2026-03','text':'Nog eens'}]}";
  g_autoptr (CpdEhrResource) of_goal = ehr_kit_resource (goal);
  g_autoptr (CpdEhrResource) of_plan = ehr_kit_resource (care_plan);
  g_autoptr (CpdEhrPlan) plan = NULL;
  const char *reason = NULL;
  g_autoptr (CpdPlanAim) aim = cpd_ehr_map_aim (&mapper, of_goal->object, of_goal->object, &reason);

  g_assert_cmpstr (aim->note, ==, "Anna de Wit:\nLet op de knie\n\nZonder naam");
  g_assert_cmpint (aim->evaluations->len, ==, 1);
  g_assert_cmpint (cpd_ehr_map_plan (&mapper, of_plan, &plan, &reason), ==, CPD_EHR_SHOWN);
  g_assert_cmpstr (plan->description, ==, "Het plan\n\nAnna de Wit, 2 maart 2026:\nBesproken\n\nmaart 2026:\nNog eens");
}

static void
test_strange (void)
{
  static const char *const cases[] = {
    "{'resourceType':'Goal','id':'x','lifecycleStatus':'bogus','description':{'text':'x'}}",
    "{'resourceType':'Goal','id':'x','lifecycleStatus':'active'}",
    "{'resourceType':'ServiceRequest','id':'x','status':'active'}",
    "{'resourceType':'Task','id':'x','status':'requested','description':' '}",
    "{'resourceType':'CarePlan','id':'x','status':'bogus'}",
    "{'resourceType':'DocumentReference','id':'x','status':'current','type':{'coding':[{'system':'http://loinc.org',"
    "'code':'34746-8'}]},'date':'2026-03-03','content':[]}",
    "{'resourceType':'DocumentReference','id':'x','status':'bogus','type':{'coding':[{'system':'http://loinc.org',"
    "'code':'34746-8'}]}}",
    "{'resourceType':'Composition','id':'x','status':'final','date':'2026-03-03','type':{'coding':[{'system':"
    "'http://loinc.org','code':'34746-8'}]},'section':[{'title':'Leeg'}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (cases[i]);
      const char *reason = NULL;
      gpointer content = NULL;

      g_assert_cmpint (cpd_ehr_map (&mapper, resource, &content, &reason), ==, CPD_EHR_STRANGE);
      g_assert_nonnull (reason);
      g_assert_null (content);
    }
}

/* What may turn round the meaning of a resource, and is not known here: it is not shown as if it were. */
static void
test_modifiers (void)
{
  static const struct
  {
    const char *rest;
    CpdEhrMapped mapped;
  } cases[] = {
    { "'status':'active'", CPD_EHR_SHOWN },
    { "'status':'active','modifierExtension':[]", CPD_EHR_SHOWN },
    { "'status':'active','modifierExtension':null,'extension':[{'url':'http://x'}]", CPD_EHR_SHOWN },
    { "'status':'active','modifierExtension':[{'url':'http://x/negated','valueBoolean':true}]", CPD_EHR_STRANGE },
    { "'status':'active','activity':[{'detail':{'status':'unknown','modifierExtension':[{'url':'http://x'}]}}]",
      CPD_EHR_STRANGE },
    { "'status':'active','contained':[{'resourceType':'Goal','id':'g','modifierExtension':[{'url':'http://x'}]}]",
      CPD_EHR_STRANGE },
    { "'status':'active','implicitRules':'http://x/rules'", CPD_EHR_STRANGE },
    { "'status':'entered-in-error','modifierExtension':[{'url':'http://x'}]", CPD_EHR_HIDDEN },
    { "'status':'bogus','implicitRules':'http://x/rules'", CPD_EHR_STRANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'CarePlan','id':'x','title':'Tillen',%s}", cases[i].rest);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      gpointer content = NULL;

      g_assert_cmpint (cpd_ehr_map (&mapper, resource, &content, &reason), ==, cases[i].mapped);
      g_assert_cmpint (content != NULL, ==, cases[i].mapped == CPD_EHR_SHOWN);
      g_assert_cmpint (reason != NULL, ==, cases[i].mapped == CPD_EHR_STRANGE);
      cpd_ehr_plan_free (content);
    }
}

/* Each status of what an activity refers to: whether it stays in the plan. */
static void
test_work_status (void)
{
  static const struct
  {
    const char *type;
    const char *status;
    gboolean hidden;
    const char *intent;
  } cases[] = {
    { "ServiceRequest", "active", TRUE, "proposal" },
    { "ServiceRequest", "active", TRUE, "option" },
    { "ServiceRequest", "active", FALSE, "order" },
    { "Task", "requested", TRUE, "proposal" },
    { "Task", "requested", FALSE, "unknown" },
    { "ServiceRequest", "completed", FALSE },
    { "ServiceRequest", "on-hold", FALSE },
    { "ServiceRequest", "revoked", TRUE },
    { "ServiceRequest", "draft", TRUE },
    { "Task", "completed", FALSE },
    { "Task", "rejected", TRUE },
    { "Task", "failed", TRUE },
    { "Procedure", "completed", FALSE },
    { "Procedure", "not-done", TRUE },
    { "Procedure", "entered-in-error", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'%s','id':'x','status':'%s','code':{'text':'Iets'},'intent':'%s'}",
                           cases[i].type, cases[i].status, cases[i].intent != NULL ? cases[i].intent : "plan");
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      const char *reason = NULL;
      g_autoptr (CpdPlanWork) work = cpd_ehr_map_work (&mapper, resource->object, resource->object, &reason);

      g_assert_cmpint (work->hidden, ==, cases[i].hidden);
      /* Nothing of what is hidden is kept. */
      g_assert_cmpint (work->text == NULL, ==, cases[i].hidden);
    }
}

/* The codes of the configuration decide, and not those of the program. */
static void
test_own_codes (void)
{
  static const char *const own[] = { "https://zorg.example/codes|rapport dag", NULL };
  static const char json[] = "{'resourceType':'Observation','id':'a','status':'final','code':{'coding':[{'system':"
                             "'https://zorg.example/codes','code':'rapport dag'}]},'effectiveDateTime':'2026-03-03',"
                             "'valueString':'x'}";
  CpdEhrMapper other = mapper;
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
  g_autoptr (CpdEhrItem) item = NULL;
  CpdEhrItem *none = NULL;
  const char *reason = NULL;

  other.report_codes = own;
  g_assert_cmpint (cpd_ehr_map_observation (&mapper, resource, &none, &reason), ==, CPD_EHR_HIDDEN);
  g_assert_cmpint (cpd_ehr_map_observation (&other, resource, &item, &reason), ==, CPD_EHR_SHOWN);
}

/* Codes are system|code; anything else is told with file, line and key. */
static void
test_configuration (void)
{
  static const struct
  {
    const char *codes;
    const char *second; /* (nullable): it is wrong */
  } cases[] = {
    { "http://een|1; http://twee|2 3 ;", "http://twee|2 3" },
    { "http://een", NULL },
    { "|1", NULL },
    { "http://een|", NULL },
    { "http://een|1|2", NULL },
  };
  StoreKit kit = { 0 };
  g_autofree char *path = NULL;

  store_kit_set_up (&kit);
  path = g_build_filename (kit.directory, "portal.conf", NULL);
  g_assert_cmpstr (kit.config->report_codes[0], ==, "http://snomed.info/sct|11591000146107");
  g_assert_cmpint (g_strv_length (kit.config->document_codes), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (CpdConfig) config = NULL;

      g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
      g_key_file_set_value (file, "ehr", "document-codes", cases[i].codes);
      g_assert_true (g_key_file_save_to_file (file, path, NULL));
      config = cpd_config_load (path, &error);
      g_assert_cmpint (config != NULL, ==, cases[i].second != NULL);
      if (config != NULL)
        g_assert_cmpstr (config->document_codes[1], ==, cases[i].second);
      else
        g_assert_nonnull (strstr (error->message, "[ehr] document-codes"));
    }
  store_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  mapper.names = cpd_ehr_names_new ();
  ehr_kit_set_codes (&mapper);
  g_test_add_func ("/ehr-map-plan/timing", test_timing);
  g_test_add_func ("/ehr-map-plan/as-needed", test_as_needed);
  g_test_add_func ("/ehr-map-plan/days", test_days);
  g_test_add_func ("/ehr-map-plan/goal-states", test_goal_states);
  g_test_add_func ("/ehr-map-plan/judgement", test_judgement);
  g_test_add_func ("/ehr-map-plan/targets", test_targets);
  g_test_add_func ("/ehr-map-plan/notes", test_notes);
  g_test_add_func ("/ehr-map-plan/strange", test_strange);
  g_test_add_func ("/ehr-map-plan/modifiers", test_modifiers);
  g_test_add_func ("/ehr-map-plan/work-status", test_work_status);
  g_test_add_func ("/ehr-map-plan/own-codes", test_own_codes);
  g_test_add_func ("/ehr-map-plan/configuration", test_configuration);
  status = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return status;
}
