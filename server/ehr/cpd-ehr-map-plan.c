/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define CODE_HELP_FROM_OTHERS "243114000"
#define CODE_INTERVENTION "9632001"
#define ACTIVITIES_MAX 1000 /* the limits of CpCarePlan */
#define GOALS_MAX 1000

typedef enum
{
  SHOW,
  HIDE
} Visible;

/* FHIR CarePlan.status; whether the period has ended is judged when it is read. */
static const struct
{
  const char *status;
  Visible visible;
  CpCarePlanState state;
} states[] = {
  { "active", SHOW, CP_CARE_PLAN_CURRENT },           { "on-hold", SHOW, CP_CARE_PLAN_ON_HOLD },
  { "revoked", SHOW, CP_CARE_PLAN_EXPIRED },          { "completed", SHOW, CP_CARE_PLAN_EXPIRED },
  { "unknown", SHOW, CP_CARE_PLAN_UNKNOWN },          { "draft", HIDE, CP_CARE_PLAN_UNKNOWN },
  { "entered-in-error", HIDE, CP_CARE_PLAN_UNKNOWN },
};

/* FHIR CarePlan.intent: a plan that was only proposed is no plan yet, nor is one of several to choose from. It must be
 * there; where it is not, the status tells enough. */
static const struct
{
  const char *intent;
  Visible visible;
} intents[] = { { "plan", SHOW }, { "order", SHOW }, { "proposal", HIDE }, { "option", HIDE } };

/* FALSE with reason when it is none that is known. */
static gboolean
judge_intent (JsonObject *object, Visible *visible, const char **reason)
{
  const char *intent = cpd_fhir_string (object, "intent");

  *visible = SHOW;
  for (gsize i = 0; intent != NULL && i < G_N_ELEMENTS (intents); i++)
    if (g_str_equal (intents[i].intent, intent))
      {
        *visible = intents[i].visible;
        return TRUE;
      }
  if (intent != NULL)
    *reason = "no intent that FHIR R4 knows";
  return intent == NULL;
}

static gboolean
has_category (JsonObject *object, const char *code)
{
  JsonArray *categories = cpd_fhir_array (object, "category");

  for (guint i = 0; i < cpd_fhir_length (categories); i++)
    if (cpd_fhir_has_code (cpd_fhir_nth (categories, i), CPD_SYSTEM_SNOMED, code))
      return TRUE;
  return FALSE;
}

/* (nullable): the plans that it is part of. An intervention that is a CarePlan of its own may say only on which plan it
 * is based; of any other plan that tells nothing of where it stands. */
static JsonArray *
parents_of (JsonObject *object)
{
  JsonArray *parents = cpd_fhir_array (object, "partOf");

  return cpd_fhir_length (parents) == 0 && has_category (object, CODE_INTERVENTION) ? cpd_fhir_array (object, "basedOn")
                                                                                    : parents;
}

/* FHIR CarePlan.activity.detail.status that take it out of the plan, but not how it went. "completed" does not: it
 * stands on care that still runs. */
static const char *const ended[] = { "cancelled", "stopped", NULL };

static void
add_refs (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container, GPtrArray *refs)
{
  for (guint i = 0; i < cpd_fhir_length (references) && refs->len < GOALS_MAX; i++)
    {
      CpdPlanRef *ref = cpd_ehr_map_ref (mapper, cpd_fhir_nth (references, i), container);

      if (ref != NULL)
        g_ptr_array_add (refs, ref);
    }
}

/* activity.outcomeCodeableConcept has no time of its own: it is as old as the newest progress of the activity, or else
 * as what the resource says; without any it stands with the activity. */
static void
add_outcomes (const CpdEhrResource *resource, JsonObject *activity, CpdPlanWork *work)
{
  JsonArray *outcomes = cpd_fhir_array (activity, "outcomeCodeableConcept");
  const CpPlanEvaluation changed = { .at = resource->last_updated, .date_only = TRUE };
  const CpPlanEvaluation *when = &changed;

  for (guint i = 0; i < work->evaluations->len; i++)
    {
      const CpPlanEvaluation *progress = g_ptr_array_index (work->evaluations, i);

      if (when == &changed || progress->at > when->at)
        when = progress;
    }
  for (guint i = 0; i < cpd_fhir_length (outcomes) && work->evaluations->len < GOALS_MAX; i++)
    {
      g_autofree char *text =
          cpd_ehr_text_block (cpd_fhir_concept_text (cpd_fhir_nth (outcomes, i)), CPD_EHR_TEXT_MAX, NULL);

      if (text == NULL)
        continue;
      if (when->at != 0)
        {
          CpPlanEvaluation *evaluation = cp_plan_evaluation_new ();

          evaluation->at = when->at;
          evaluation->date_only = when->date_only;
          evaluation->partial_date = g_strdup (when->partial_date);
          evaluation->text = g_steal_pointer (&text);
          g_ptr_array_add (work->evaluations, evaluation);
        }
      else
        {
          g_autofree char *note = g_steal_pointer (&work->note);

          work->note = note != NULL ? g_strconcat (note, "\n\n", text, NULL) : g_steal_pointer (&text);
        }
    }
}

static void
map_detail (const CpdEhrMapper *mapper, JsonObject *detail, JsonObject *container, CpdPlanWork *work)
{
  const char *code = cpd_fhir_concept_text (cpd_fhir_object (detail, "code"));
  const char *description = cpd_fhir_string (detail, "description");
  const char *when = cpd_fhir_string (detail, "scheduledString");

  work->text = cpd_ehr_text_block (code != NULL ? code : description, CPD_EHR_TEXT_MAX, NULL);
  work->do_not = cpd_fhir_bool (detail, "doNotPerform", FALSE);
  work->note = code != NULL ? cpd_ehr_text_block (description, CPD_EHR_TEXT_MAX, NULL) : NULL;
  work->timing = cpd_ehr_map_timing (mapper, cpd_fhir_object (detail, "scheduledTiming"), FALSE);
  cpd_ehr_map_timing_days (mapper, cpd_fhir_object (detail, "scheduledPeriod"), NULL, &work->timing);
  if (work->timing == NULL && when != NULL)
    {
      work->timing = cp_timing_new ();
      work->timing->text = cpd_ehr_text_line (when);
    }
  g_strfreev (work->who);
  work->who = cpd_ehr_map_people (mapper, cpd_fhir_array (detail, "performer"), container);
}

static void
add_activity (const CpdEhrMapper *mapper, const CpdEhrResource *resource, JsonObject *activity, GPtrArray *works)
{
  g_autoptr (CpdPlanWork) work = cpd_plan_work_new ();
  JsonObject *detail = cpd_fhir_object (activity, "detail");
  const char *status = cpd_fhir_string (detail, "status");
  g_autofree char *rest = NULL;

  if (g_strcmp0 (status, "entered-in-error") == 0)
    return;
  work->hidden = status != NULL && g_strv_contains (ended, status);
  work->refers = cpd_ehr_map_ref (mapper, cpd_fhir_object (activity, "reference"), resource->object);
  if (!work->hidden)
    map_detail (mapper, detail, resource->object, work);
  add_refs (mapper, cpd_fhir_array (detail, "goal"), resource->object, work->goals);
  rest = cpd_ehr_map_annotations (mapper, cpd_fhir_array (activity, "progress"), resource->object, work->evaluations);
  if (rest != NULL)
    {
      g_autofree char *note = g_steal_pointer (&work->note);

      work->note = note != NULL ? g_strconcat (note, "\n\n", rest, NULL) : g_steal_pointer (&rest);
    }
  add_outcomes (resource, activity, work);
  g_strfreev (work->outcomes);
  work->outcomes = cpd_ehr_map_keys (mapper, cpd_fhir_array (activity, "outcomeReference"));
  if (work->hidden || work->text != NULL || work->refers != NULL || work->evaluations->len > 0)
    g_ptr_array_add (works, g_steal_pointer (&work));
}

/* Goals and requests that lie in the CarePlan itself; one that cannot be understood, or is of another client, is
 * left out. */
static void
add_contained (const CpdEhrMapper *mapper, JsonObject *container, CpdPlanOwn *own)
{
  JsonArray *contained = cpd_fhir_array (container, "contained");

  for (guint i = 0; i < cpd_fhir_length (contained); i++)
    {
      JsonObject *object = cpd_fhir_nth (contained, i);
      const char *type = cpd_fhir_string (object, "resourceType");
      const char *id = cpd_fhir_string (object, "id");
      const char *reason = NULL;
      CpdPlanAim *aim = NULL;
      CpdPlanWork *work = NULL;

      if (id == NULL || type == NULL || cpd_ehr_map_holds_other (mapper, object))
        continue;
      if (g_str_equal (type, "Goal"))
        aim = cpd_ehr_map_aim (mapper, object, container, &reason);
      else if (cpd_ehr_kind_of (type) == CPD_EHR_PIECE && !g_str_equal (type, "CareTeam"))
        work = cpd_ehr_map_work (mapper, object, container, &reason);
      if (aim != NULL)
        {
          aim->key = g_strconcat ("#", id, NULL);
          g_ptr_array_add (own->aims, aim);
        }
      if (work != NULL)
        {
          work->key = g_strconcat ("#", id, NULL);
          g_ptr_array_add (own->held, work);
        }
    }
}

/* (transfer full): what the CarePlan says of its goals and activities, as JSON. */
static char *
map_own (const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  JsonObject *object = resource->object;
  JsonArray *activities = cpd_fhir_array (object, "activity");
  g_autoptr (CpdPlanOwn) own = cpd_plan_own_new ();

  g_strfreev (own->part_of);
  own->part_of = cpd_ehr_map_keys (mapper, parents_of (object));
  g_strfreev (own->replaces);
  own->replaces = cpd_ehr_map_keys (mapper, cpd_fhir_array (object, "replaces"));
  own->author = cpd_ehr_map_name (mapper, cpd_fhir_object (object, "author"), object, &own->author_role);
  g_strfreev (own->discussed_with);
  own->discussed_with = cpd_ehr_map_people (mapper, cpd_fhir_array (object, "contributor"), object);
  if (own->discussed_with[0] != NULL)
    own->discussed_on = cpd_ehr_date_known (cpd_fhir_string (object, "created"), mapper->zone);
  g_strfreev (own->teams);
  own->teams = cpd_ehr_map_people (mapper, cpd_fhir_array (object, "careTeam"), object);
  add_refs (mapper, cpd_fhir_array (object, "goal"), object, own->goals);
  add_contained (mapper, object, own);
  for (guint i = 0; i < cpd_fhir_length (activities) && own->works->len < ACTIVITIES_MAX; i++)
    if (cpd_fhir_nth (activities, i) != NULL)
      add_activity (mapper, resource, cpd_fhir_nth (activities, i), own->works);
  return cp_record_to_text (&cpd_plan_own_record, own, NULL, NULL);
}

/* (transfer full) (nullable): the description, and under it the notes. */
static char *
map_description (const CpdEhrMapper *mapper, JsonObject *object, gboolean *cut)
{
  const char *description = cpd_fhir_string (object, "description");
  g_autofree char *notes = cpd_ehr_map_annotations (mapper, cpd_fhir_array (object, "note"), object, NULL);
  g_autofree char *both = NULL;

  if (description == NULL || notes == NULL)
    return cpd_ehr_text_block (description != NULL ? description : notes, CPD_EHR_TEXT_MAX, cut);
  both = g_strconcat (description, "\n\n", notes, NULL);
  return cpd_ehr_text_block (both, CPD_EHR_TEXT_MAX, cut);
}

/* (transfer full) (nullable): title, else what is done, else the kind of plan. */
static char *
title_of (JsonObject *object)
{
  JsonArray *activities = cpd_fhir_array (object, "activity");
  const char *title = cpd_fhir_string (object, "title");

  for (guint i = 0; title == NULL && i < cpd_fhir_length (activities); i++)
    {
      JsonObject *detail = cpd_fhir_object (cpd_fhir_nth (activities, i), "detail");

      title = cpd_fhir_concept_text (cpd_fhir_object (detail, "code"));
    }
  if (title == NULL)
    title = cpd_fhir_concepts_text (cpd_fhir_array (object, "category"));
  return cpd_ehr_text_line (title);
}

/**
 * cpd_ehr_map_plan:
 *
 * Returns: what became of the CarePlan.
 */
CpdEhrMapped
cpd_ehr_map_plan (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPlan **content, const char **reason)
{
  JsonObject *object = resource->object;
  const char *status = cpd_fhir_string (object, "status");
  JsonObject *period = cpd_fhir_object (object, "period");
  gboolean cut = FALSE;
  Visible intended = SHOW;
  CpdEhrPlan *plan;
  gsize i = 0;

  while (i < G_N_ELEMENTS (states) && g_strcmp0 (states[i].status, status) != 0)
    i++;
  if (i == G_N_ELEMENTS (states))
    {
      *reason = "no status that FHIR R4 knows";
      return CPD_EHR_STRANGE;
    }
  if (states[i].visible == SHOW && !judge_intent (object, &intended, reason))
    return CPD_EHR_STRANGE;
  if (states[i].visible == HIDE || intended == HIDE || has_category (object, CODE_HELP_FROM_OTHERS))
    return CPD_EHR_HIDDEN;
  plan = *content = g_new0 (CpdEhrPlan, 1);
  plan->state = states[i].state;
  plan->title = title_of (object);
  plan->description = map_description (mapper, object, &cut);
  plan->from = cpd_ehr_date_known (cpd_fhir_string (period, "start"), mapper->zone);
  plan->until = cpd_ehr_date_known (cpd_fhir_string (period, "end"), mapper->zone);
  plan->own = map_own (mapper, resource);
  if (cut)
    *reason = "the description is longer than 1,000,000 characters and was cut";
  return CPD_EHR_SHOWN;
}
