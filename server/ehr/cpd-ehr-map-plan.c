/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include "cp-dossier-item.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define CODE_HELP_FROM_OTHERS "243114000"

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

static gboolean
has_category (JsonObject *object, const char *code)
{
  JsonArray *categories = cpd_fhir_array (object, "category");

  for (guint i = 0; i < cpd_fhir_length (categories); i++)
    if (cpd_fhir_has_code (cpd_fhir_nth (categories, i), CPD_SYSTEM_SNOMED, code))
      return TRUE;
  return FALSE;
}

/* An intervention of a plan that is there itself is a part of that plan and no plan of its own. */
static gboolean
is_part (const CpdEhrMapper *mapper, JsonObject *object)
{
  JsonArray *parents = cpd_fhir_array (object, "partOf");

  for (guint i = 0; i < cpd_fhir_length (parents); i++)
    {
      g_autofree char *key = cpd_ehr_names_key (mapper->names, cpd_fhir_nth (parents, i));

      if (cpd_ehr_names_knows (mapper->names, key))
        return TRUE;
    }
  return FALSE;
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
  CpdEhrPlan *plan;
  gsize i = 0;

  while (i < G_N_ELEMENTS (states) && g_strcmp0 (states[i].status, status) != 0)
    i++;
  if (i == G_N_ELEMENTS (states))
    {
      *reason = "no status that FHIR R4 knows";
      return CPD_EHR_STRANGE;
    }
  if (states[i].visible == HIDE || has_category (object, CODE_HELP_FROM_OTHERS) || is_part (mapper, object))
    return CPD_EHR_HIDDEN;
  plan = *content = g_new0 (CpdEhrPlan, 1);
  plan->state = states[i].state;
  plan->title = title_of (object);
  plan->description = cpd_ehr_text_block (cpd_fhir_string (object, "description"), CPD_EHR_TEXT_MAX, &cut);
  plan->from = cpd_ehr_date_day (cpd_fhir_string (period, "start"), FALSE, mapper->zone);
  plan->until = cpd_ehr_date_day (cpd_fhir_string (period, "end"), TRUE, mapper->zone);
  if (cut)
    *reason = "the description is longer than 1,000,000 characters and was cut";
  return CPD_EHR_SHOWN;
}
