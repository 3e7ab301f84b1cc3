/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include "cpd-ehr-answer.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define SYSTEM_ACHIEVEMENT "http://terminology.hl7.org/CodeSystem/goal-achievement"

/* FHIR Goal.lifecycleStatus: whether it stands in a plan, whether how it goes still counts, and how it stands without
 * an achievement. */
static const struct
{
  const char *status;
  gboolean hidden;
  gboolean running;
  int state; /* CpGoalState */
} lifecycles[] = {
  { "proposed", FALSE, FALSE, CP_GOAL_PLANNED },  { "planned", FALSE, TRUE, CP_GOAL_PLANNED },
  { "accepted", FALSE, TRUE, CP_GOAL_PLANNED },   { "active", FALSE, TRUE, CP_GOAL_IN_PROGRESS },
  { "on-hold", FALSE, FALSE, CP_GOAL_ON_HOLD },   { "completed", FALSE, FALSE, CP_GOAL_CLOSED },
  { "cancelled", FALSE, FALSE, CP_GOAL_STOPPED }, { "entered-in-error", TRUE, FALSE, CP_GOAL_UNKNOWN },
  { "rejected", TRUE, FALSE, CP_GOAL_UNKNOWN },
};

/* FHIR Goal.achievementStatus: final ones count also when the goal is not pursued any more. */
static const struct
{
  const char *code;
  gboolean final;
  int state; /* CpGoalState */
} achievements[] = {
  { "in-progress", FALSE, CP_GOAL_IN_PROGRESS },
  { "improving", FALSE, CP_GOAL_BETTER },
  { "worsening", FALSE, CP_GOAL_WORSE },
  { "no-change", FALSE, CP_GOAL_SAME },
  { "no-progress", FALSE, CP_GOAL_NO_PROGRESS },
  { "achieved", TRUE, CP_GOAL_ACHIEVED },
  { "sustaining", TRUE, CP_GOAL_ACHIEVED },
  { "not-achieved", TRUE, CP_GOAL_NOT_ACHIEVED },
  { "not-attainable", TRUE, CP_GOAL_NOT_FEASIBLE },
};

/* The place in achievements, -1 for none that is known. */
static int
find_achievement (JsonObject *concept)
{
  for (gsize i = 0; i < G_N_ELEMENTS (achievements); i++)
    if (cpd_fhir_has_code (concept, SYSTEM_ACHIEVEMENT, achievements[i].code))
      return i;
  return -1;
}

/* The date by which something of the goal is to be reached: the last of its targets. */
static char *
due_date (const CpdEhrMapper *mapper, JsonArray *targets)
{
  g_autofree char *last = NULL;
  const char *due = NULL;

  for (guint i = 0; i < cpd_fhir_length (targets); i++)
    {
      const char *date = cpd_fhir_string (cpd_fhir_nth (targets, i), "dueDate");
      g_autofree char *day = cpd_ehr_date_day (date, TRUE, mapper->zone);

      if (day != NULL && g_strcmp0 (day, last) > 0)
        {
          g_free (last);
          last = g_steal_pointer (&day);
          due = date;
        }
    }
  return cpd_ehr_date_known (due, mapper->zone);
}

static char *
quantity_text (JsonObject *quantity)
{
  const char *unit = cpd_fhir_string (quantity, "unit");
  const char *comparator = cpd_fhir_string (quantity, "comparator");
  g_autofree char *value = cpd_fhir_number_text (quantity, "value");

  if (unit == NULL)
    unit = cpd_fhir_string (quantity, "code");
  if (value == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s%s%s", comparator != NULL ? comparator : "", comparator != NULL ? " " : "", value,
                          unit != NULL ? " " : "", unit != NULL ? unit : "");
}

static char *
ratio_text (JsonObject *ratio)
{
  g_autofree char *numerator = quantity_text (cpd_fhir_object (ratio, "numerator"));
  g_autofree char *denominator = quantity_text (cpd_fhir_object (ratio, "denominator"));

  return numerator != NULL && denominator != NULL ? g_strconcat (numerator, " / ", denominator, NULL) : NULL;
}

/* Whether what is measured is to be so; without what is measured that says nothing. */
static char *
boolean_text (const CpdEhrMapper *mapper, JsonObject *target)
{
  gboolean wanted = cpd_fhir_bool (target, "detailBoolean", FALSE);

  if (cpd_fhir_bool (target, "detailBoolean", TRUE) != wanted ||
      cpd_fhir_concept_text (cpd_fhir_object (target, "measure")) == NULL)
    return NULL;
  return cpd_ehr_answer_words (mapper, CP_ANSWER_YES_NO, wanted ? "yes" : "no");
}

/* (transfer full) (nullable): the value that Goal.target.detail[x] wants. */
static char *
detail_text (const CpdEhrMapper *mapper, JsonObject *target)
{
  JsonObject *range = cpd_fhir_object (target, "detailRange");
  const char *words = cpd_fhir_string (target, "detailString");
  g_autofree char *low = quantity_text (cpd_fhir_object (range, "low"));
  g_autofree char *high = quantity_text (cpd_fhir_object (range, "high"));

  if (words == NULL)
    words = cpd_fhir_concept_text (cpd_fhir_object (target, "detailCodeableConcept"));
  if (words != NULL)
    return g_strdup (words);
  if (low != NULL && high != NULL)
    return g_strconcat (low, " – ", high, NULL);
  if (low != NULL || high != NULL)
    return g_strconcat (low != NULL ? "≥ " : "≤ ", low != NULL ? low : high, NULL);
  if (cpd_fhir_object (target, "detailQuantity") != NULL)
    return quantity_text (cpd_fhir_object (target, "detailQuantity"));
  if (cpd_fhir_object (target, "detailRatio") != NULL)
    return ratio_text (cpd_fhir_object (target, "detailRatio"));
  if (target != NULL && json_object_has_member (target, "detailBoolean"))
    return boolean_text (mapper, target);
  return cpd_fhir_number_text (target, "detailInteger");
}

/* (transfer full) (nullable): what is to be reached, a line for each target, and under them the notes. */
static char *
add_targets (const CpdEhrMapper *mapper, JsonArray *targets, const char *notes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (targets); i++)
    {
      JsonObject *target = cpd_fhir_nth (targets, i);
      const char *measure = cpd_fhir_concept_text (cpd_fhir_object (target, "measure"));
      g_autofree char *detail = detail_text (mapper, target);

      if (detail != NULL)
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", measure != NULL ? measure : "",
                                measure != NULL ? ": " : "", detail);
    }
  if (notes != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", notes);
  return cpd_ehr_text_block (text->str, CPD_EHR_TEXT_MAX, NULL);
}

/* (transfer full) (nullable): why it stands so; a state that has no word of ours comes with those of the EHR. */
static char *
judgement_text (JsonObject *object, int achievement)
{
  const char *reason = cpd_fhir_string (object, "statusReason");
  const char *words = achievement < 0 ? cpd_fhir_concept_text (cpd_fhir_object (object, "achievementStatus")) : NULL;
  g_autofree char *both = NULL;

  if (words == NULL || reason == NULL)
    return cpd_ehr_text_block (words != NULL ? words : reason, CPD_EHR_TEXT_MAX, NULL);
  both = g_strconcat (words, "\n", reason, NULL);
  return cpd_ehr_text_block (both, CPD_EHR_TEXT_MAX, NULL);
}

/* (transfer full) (nullable): when the state was judged on a day, that is an evaluation. */
static CpPlanEvaluation *
map_judgement (const CpdEhrMapper *mapper, JsonObject *object, int achievement)
{
  const char *date = cpd_fhir_string (object, "statusDate");
  g_autofree char *text = judgement_text (object, achievement);
  CpPlanEvaluation *evaluation;
  gboolean date_only;
  CpTime at;

  if (cpd_fhir_object (object, "achievementStatus") == NULL || (achievement < 0 && text == NULL) ||
      !cpd_ehr_date_parse (date, mapper->zone, &at, &date_only))
    return NULL;
  evaluation = cp_plan_evaluation_new ();
  evaluation->at = at;
  evaluation->date_only = date_only;
  evaluation->partial_date = cpd_ehr_date_partial (date);
  evaluation->state = achievement < 0 ? CP_GOAL_UNKNOWN : achievements[achievement].state;
  evaluation->text = text != NULL ? g_steal_pointer (&text) : g_strdup ("");
  return evaluation;
}

/**
 * cpd_ehr_map_aim:
 * @object: a Goal
 *
 * Returns: (transfer full) (nullable): NULL with @reason when it cannot be understood.
 */
CpdPlanAim *
cpd_ehr_map_aim (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container, const char **reason)
{
  const char *status = cpd_fhir_string (object, "lifecycleStatus");
  gboolean withheld = cpd_ehr_is_withheld (object);
  int achievement = find_achievement (cpd_fhir_object (object, "achievementStatus"));
  g_autoptr (CpdPlanAim) aim = cpd_plan_aim_new ();
  g_autofree char *notes = NULL;
  gsize i = 0;

  while (i < G_N_ELEMENTS (lifecycles) && g_strcmp0 (lifecycles[i].status, status) != 0)
    i++;
  if (i == G_N_ELEMENTS (lifecycles) && !withheld)
    {
      *reason = "no status that FHIR R4 knows";
      return NULL;
    }
  aim->hidden = withheld || lifecycles[i].hidden;
  if (aim->hidden)
    return g_steal_pointer (&aim);
  aim->text =
      cpd_ehr_text_block (cpd_fhir_concept_text (cpd_fhir_object (object, "description")), CPD_EHR_TEXT_MAX, NULL);
  if (aim->text == NULL)
    {
      *reason = "no description";
      return NULL;
    }
  aim->state = lifecycles[i].state;
  if (achievement >= 0 && (achievements[achievement].final || lifecycles[i].running))
    aim->state = achievements[achievement].state;
  aim->start = cpd_ehr_date_known (cpd_fhir_string (object, "startDate"), mapper->zone);
  aim->before = due_date (mapper, cpd_fhir_array (object, "target"));
  notes = cpd_ehr_map_annotations (mapper, cpd_fhir_array (object, "note"), container, aim->evaluations);
  aim->note = add_targets (mapper, cpd_fhir_array (object, "target"), notes);
  aim->judgement = map_judgement (mapper, object, achievement);
  g_strfreev (aim->outcomes);
  aim->outcomes = cpd_ehr_map_keys (mapper, cpd_fhir_array (object, "outcomeReference"));
  return g_steal_pointer (&aim);
}

/**
 * cpd_ehr_map_goal:
 *
 * Returns: what became of the Goal.
 */
CpdEhrMapped
cpd_ehr_map_goal (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                  const char **reason)
{
  g_autoptr (CpdPlanAim) aim = cpd_ehr_map_aim (mapper, resource->object, resource->object, reason);

  if (aim == NULL)
    return CPD_EHR_STRANGE;
  *content = g_new0 (CpdEhrPiece, 1);
  (*content)->body = cp_record_to_text (&cpd_plan_aim_record, aim, NULL, NULL);
  return CPD_EHR_SHOWN;
}
