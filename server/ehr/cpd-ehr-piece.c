/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include <string.h>

#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define MANY 1000
#define TEXT_MAX CPD_EHR_TEXT_MAX

static const CpField ref_fields[] = { { "key", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanRef, key) },
                                      { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL,
                                        G_STRUCT_OFFSET (CpdPlanRef, text) },
                                      { NULL } };
CP_DEFINE_RECORD (CpdPlanRef, cpd_plan_ref, "PlanRef", ref_fields)

static const CpField aim_fields[] = {
  { "hidden", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, hidden) },
  { "key", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, key) },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, text), .max = TEXT_MAX },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpdPlanAim, state), .names = cp_goal_state_names },
  { "start", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpdPlanAim, start) },
  { "before", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpdPlanAim, before) },
  { "note", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, note), .max = TEXT_MAX },
  { "evaluations", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, evaluations),
    .record = &cp_plan_evaluation_record },
  { "judgement", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, judgement),
    .record = &cp_plan_evaluation_record },
  { "outcomes", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanAim, outcomes), .max = MANY },
  { NULL }
};
CP_DEFINE_RECORD (CpdPlanAim, cpd_plan_aim, "PlanAim", aim_fields)

static const CpField work_fields[] = {
  { "hidden", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, hidden) },
  { "key", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, key) },
  { "refers", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, refers),
    .record = &cpd_plan_ref_record },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, text), .max = TEXT_MAX },
  { "do_not", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, do_not) },
  { "note", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, note), .max = TEXT_MAX },
  { "timing", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, timing), .record = &cp_timing_record },
  { "who", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, who) },
  { "goals", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, goals),
    .record = &cpd_plan_ref_record },
  { "based_on", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, based_on), .max = MANY },
  { "replaces", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, replaces), .max = MANY },
  { "evaluations", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, evaluations),
    .record = &cp_plan_evaluation_record },
  { "outcomes", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanWork, outcomes), .max = MANY },
  { NULL }
};
CP_DEFINE_RECORD (CpdPlanWork, cpd_plan_work, "PlanWork", work_fields)

static const CpField own_fields[] = {
  { "part_of", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, part_of), .max = MANY },
  { "replaces", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, replaces), .max = MANY },
  { "author", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, author) },
  { "author_role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, author_role) },
  { "discussed_on", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpdPlanOwn, discussed_on) },
  { "discussed_with", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, discussed_with) },
  { "teams", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, teams) },
  { "goals", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, goals), .record = &cpd_plan_ref_record },
  { "aims", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, aims), .record = &cpd_plan_aim_record },
  { "works", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, works),
    .record = &cpd_plan_work_record },
  { "held", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpdPlanOwn, held), .record = &cpd_plan_work_record },
  { NULL }
};
CP_DEFINE_RECORD (CpdPlanOwn, cpd_plan_own, "PlanOwn", own_fields)

/* (transfer full) (nullable) */
static char *
key_of (const CpdEhrMapper *mapper, JsonObject *reference)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);

  return parsed != NULL && parsed->contained != NULL ? g_strconcat ("#", parsed->contained, NULL)
                                                     : cpd_ehr_names_key (mapper->names, reference);
}

/**
 * cpd_ehr_map_ref:
 * @reference: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
CpdPlanRef *
cpd_ehr_map_ref (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  g_autoptr (CpdPlanRef) ref = cpd_plan_ref_new ();

  ref->key = key_of (mapper, reference);
  ref->text = cpd_ehr_text_line (cpd_ehr_map_display (mapper, reference, container));
  return ref->key != NULL || ref->text != NULL ? g_steal_pointer (&ref) : NULL;
}

/**
 * cpd_ehr_map_keys:
 * @references: (nullable):
 *
 * Returns: (transfer full): never NULL.
 */
GStrv
cpd_ehr_map_keys (const CpdEhrMapper *mapper, JsonArray *references)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (cpd_fhir_length (references), MANY); i++)
    {
      char *key = key_of (mapper, cpd_fhir_nth (references, i));

      if (key != NULL)
        g_ptr_array_add (keys, key);
    }
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_steal (keys, NULL);
}

/**
 * cpd_ehr_map_people:
 * @references: (nullable): of performers
 *
 * Clients are never named: in a plan that is wrong about its subject that would be somebody else's data.
 *
 * Returns: (transfer full): never NULL; each name once.
 */
GStrv
cpd_ehr_map_people (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (cpd_fhir_length (references), 100); i++)
    {
      JsonObject *reference = cpd_fhir_nth (references, i);
      g_autofree char *name = NULL;

      if (reference == NULL || cpd_ehr_map_may_be_patient (mapper, reference, container))
        continue;
      name = cpd_ehr_map_name (mapper, reference, container, NULL);
      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

/* (transfer full) (nullable) */
static char *
annotation_author (const CpdEhrMapper *mapper, JsonObject *annotation, JsonObject *container, char **role)
{
  JsonObject *reference = cpd_fhir_object (annotation, "authorReference");

  if (reference == NULL)
    return cpd_ehr_text_line (cpd_fhir_string (annotation, "authorString"));
  return cpd_ehr_map_name (mapper, reference, container, role);
}

/* Who wrote it and when stand above the words, as far as they are told. */
static void
append_note (const CpdEhrMapper *mapper, JsonObject *annotation, JsonObject *container, const char *text, GString *rest)
{
  g_autofree char *role = NULL;
  g_autofree char *author = annotation_author (mapper, annotation, container, &role);
  g_autofree char *when = cpd_ehr_date_words (cpd_fhir_string (annotation, "time"), mapper->zone);

  if (rest->len > 0)
    g_string_append (rest, "\n\n");
  if (author != NULL || when != NULL)
    g_string_append_printf (rest, "%s%s%s:\n", author != NULL ? author : "", author != NULL && when != NULL ? ", " : "",
                            when != NULL ? when : "");
  g_string_append (rest, text);
}

/**
 * cpd_ehr_map_annotations:
 * @annotations: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_annotations (const CpdEhrMapper *mapper, JsonArray *annotations, JsonObject *container,
                         GPtrArray *evaluations)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (annotations); i++)
    {
      JsonObject *annotation = cpd_fhir_nth (annotations, i);
      g_autofree char *text = cpd_ehr_text_block (cpd_fhir_string (annotation, "text"), CPD_EHR_TEXT_MAX, NULL);
      CpPlanEvaluation *evaluation;
      gboolean date_only;
      CpTime at;

      if (text == NULL)
        continue;
      if (evaluations == NULL || evaluations->len == MANY ||
          !cpd_ehr_date_parse (cpd_fhir_string (annotation, "time"), mapper->zone, &at, &date_only))
        {
          append_note (mapper, annotation, container, text, rest);
          continue;
        }
      evaluation = cp_plan_evaluation_new ();
      evaluation->at = at;
      evaluation->date_only = date_only;
      evaluation->partial_date = cpd_ehr_date_partial (cpd_fhir_string (annotation, "time"));
      evaluation->text = g_steal_pointer (&text);
      evaluation->author = annotation_author (mapper, annotation, container, &evaluation->author_role);
      g_ptr_array_add (evaluations, evaluation);
    }
  return cpd_ehr_text_block (rest->str, CPD_EHR_TEXT_MAX, NULL);
}
