/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define PERTAINS_TO_GOAL "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
#define GOALS_MAX 100

/* The statuses that take something out of a plan. Any other of FHIR R4 leaves it in: "completed" too, as it stands on
 * care that still runs. */
static const struct
{
  const char *type;
  const char *hiding[6];
} statuses[] = {
  { "ServiceRequest", { "draft", "revoked", "entered-in-error", NULL } },
  { "Task", { "draft", "rejected", "cancelled", "failed", "entered-in-error", NULL } },
  { "Procedure", { "not-done", "stopped", "entered-in-error", NULL } },
};

/* Where each type says in which days, or on which. */
static const struct
{
  const char *period, *moment;
} days[] = { { "occurrencePeriod", "occurrenceDateTime" }, { "performedPeriod", "performedDateTime" } };

/* FHIR request-intent: what is not (yet) to be done. */
static const char *const proposals[] = { "proposal", "option", NULL };

static gboolean
is_hidden (const char *type, const char *status, const char *intent)
{
  if (intent != NULL && g_strv_contains (proposals, intent))
    return TRUE;
  for (gsize i = 0; status != NULL && i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].type, type) == 0)
      return g_strv_contains (statuses[i].hiding, status);
  return FALSE;
}

/* The references under one name of the elements of an array: Procedure.performer[].actor. */
static JsonArray *
actors_of (JsonArray *performers)
{
  JsonArray *actors = json_array_new ();

  for (guint i = 0; i < cpd_fhir_length (performers); i++)
    {
      JsonObject *actor = cpd_fhir_object (cpd_fhir_nth (performers, i), "actor");

      if (actor != NULL)
        json_array_add_object_element (actors, json_object_ref (actor));
    }
  return actors;
}

/* Who does it: an array of References, of elements with an actor, or the owner of a Task. */
static GStrv
map_who (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container, const char *type)
{
  g_autoptr (JsonArray) list = NULL;
  JsonObject *owner = cpd_fhir_object (object, "owner");

  if (g_strcmp0 (type, "Procedure") == 0)
    list = actors_of (cpd_fhir_array (object, "performer"));
  else if (g_strcmp0 (type, "Task") == 0)
    {
      list = json_array_new ();
      if (owner != NULL)
        json_array_add_object_element (list, json_object_ref (owner));
    }
  else if (cpd_fhir_array (object, "performer") != NULL)
    list = json_array_ref (cpd_fhir_array (object, "performer"));
  return cpd_ehr_map_people (mapper, list, container);
}

static CpTiming *
map_timing (const CpdEhrMapper *mapper, JsonObject *object)
{
  gboolean as_needed =
      cpd_fhir_bool (object, "asNeededBoolean", FALSE) || cpd_fhir_object (object, "asNeededCodeableConcept") != NULL;
  const char *when = cpd_fhir_concept_text (cpd_fhir_object (object, "asNeededCodeableConcept"));
  g_autofree char *line = cpd_ehr_text_line (when);
  CpTiming *result = cpd_ehr_map_timing (mapper, cpd_fhir_object (object, "occurrenceTiming"), as_needed);

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    cpd_ehr_map_timing_days (mapper, cpd_fhir_object (object, days[i].period), cpd_fhir_string (object, days[i].moment),
                             &result);
  /* Of a Task. */
  cpd_ehr_map_timing_days (mapper, cpd_fhir_object (cpd_fhir_object (object, "restriction"), "period"), NULL, &result);
  /* For what it is needed. */
  if (line != NULL)
    {
      g_autofree char *text = g_steal_pointer (&result->text);

      result->text = text != NULL ? g_strconcat (text, ". ", line, NULL) : g_steal_pointer (&line);
    }
  return result;
}

static void
append_paragraph (GString *text, const char *more)
{
  if (more != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", more);
}

/* The goals that it names; FHIR R4 has no field for them. */
static void
map_goals (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container, GPtrArray *goals)
{
  JsonArray *extensions = cpd_fhir_array (object, "extension");

  for (guint i = 0; i < cpd_fhir_length (extensions) && goals->len < GOALS_MAX; i++)
    {
      JsonObject *extension = cpd_fhir_nth (extensions, i);
      CpdPlanRef *ref = NULL;

      if (g_strcmp0 (cpd_fhir_string (extension, "url"), PERTAINS_TO_GOAL) == 0)
        ref = cpd_ehr_map_ref (mapper, cpd_fhir_object (extension, "valueReference"), container);
      if (ref != NULL)
        g_ptr_array_add (goals, ref);
    }
}

/* What it is called, and what is said beside that: of the fields that have words, the first is the name. */
static void
map_words (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container, CpdPlanWork *work)
{
  const char *const words[] = { cpd_fhir_concept_text (cpd_fhir_object (object, "code")),
                                cpd_fhir_string (object, "description"),
                                cpd_fhir_string (object, "patientInstruction") };
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autofree char *notes = cpd_ehr_map_annotations (mapper, cpd_fhir_array (object, "note"), container, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = cpd_ehr_text_block (words[i], CPD_EHR_TEXT_MAX, NULL);

      if (work->text == NULL)
        work->text = g_steal_pointer (&text);
      else
        append_paragraph (rest, text);
    }
  append_paragraph (rest, cpd_fhir_concept_text (cpd_fhir_object (object, "outcome")));
  append_paragraph (rest, notes);
  work->note = cpd_ehr_text_block (rest->str, CPD_EHR_TEXT_MAX, NULL);
}

/**
 * cpd_ehr_map_work:
 * @object: a ServiceRequest, Task or Procedure
 *
 * Returns: (transfer full) (nullable): NULL with @reason when it cannot be understood.
 */
CpdPlanWork *
cpd_ehr_map_work (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container, const char **reason)
{
  const char *type = cpd_fhir_string (object, "resourceType");
  g_autoptr (CpdPlanWork) work = cpd_plan_work_new ();

  work->hidden = cpd_ehr_is_withheld (object) ||
                 is_hidden (type, cpd_fhir_string (object, "status"), cpd_fhir_string (object, "intent"));
  if (work->hidden)
    return g_steal_pointer (&work);
  map_words (mapper, object, container, work);
  if (work->text == NULL)
    {
      *reason = "no words for what is done";
      return NULL;
    }
  work->do_not = cpd_fhir_bool (object, "doNotPerform", FALSE);
  work->timing = map_timing (mapper, object);
  g_strfreev (work->who);
  work->who = map_who (mapper, object, container, type);
  map_goals (mapper, object, container, work->goals);
  g_strfreev (work->based_on);
  work->based_on = cpd_ehr_map_keys (mapper, cpd_fhir_array (object, "basedOn"));
  g_strfreev (work->replaces);
  work->replaces = cpd_ehr_map_keys (mapper, cpd_fhir_array (object, "replaces"));
  return g_steal_pointer (&work);
}

/**
 * cpd_ehr_map_request:
 *
 * Returns: what became of the ServiceRequest, Task or Procedure.
 */
CpdEhrMapped
cpd_ehr_map_request (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                     const char **reason)
{
  g_autoptr (CpdPlanWork) work = cpd_ehr_map_work (mapper, resource->object, resource->object, reason);

  if (work == NULL)
    return CPD_EHR_STRANGE;
  *content = g_new0 (CpdEhrPiece, 1);
  (*content)->body = cp_record_to_text (&cpd_plan_work_record, work, NULL, NULL);
  return CPD_EHR_SHOWN;
}
