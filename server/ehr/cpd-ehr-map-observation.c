/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include "cp-dossier-item.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

typedef enum
{
  REPORT,
  EVALUATION
} Meaning;

/* A note that the patient wrote: whatever is configured, not a report of carers. */
#define LOINC_PATIENT_NOTE "51855-5"

static const struct
{
  const char *status;
  gboolean shown;
  gboolean amended;
} statuses[] = {
  { "final", TRUE, FALSE },
  { "amended", TRUE, TRUE },
  { "corrected", TRUE, TRUE },
  { "registered", FALSE, FALSE },
  { "preliminary", FALSE, FALSE },
  { "cancelled", FALSE, FALSE },
  { "entered-in-error", FALSE, FALSE },
  { "unknown", FALSE, FALSE },
};

#define DATA_ABSENT "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

static const char *const title_extensions[] = {
  "http://medmij.nl/fhir/StructureDefinition/ext-NursingReport.ReportTitle",
  "http://medmij.nl/fhir/StructureDefinition/ext-NursingReport.Title",
};

static gboolean
find_meaning (const CpdEhrMapper *mapper, JsonObject *object, Meaning *meaning)
{
  JsonObject *code = cpd_fhir_object (object, "code");

  if (cpd_fhir_has_code (code, CPD_SYSTEM_LOINC, LOINC_PATIENT_NOTE))
    return FALSE;
  *meaning = cpd_fhir_has_code_of (code, mapper->evaluation_codes) ? EVALUATION : REPORT;
  return *meaning == EVALUATION || cpd_fhir_has_code_of (code, mapper->report_codes);
}

static gboolean
find_time (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem *item)
{
  JsonObject *object = resource->object;
  const char *const times[] = {
    cpd_fhir_string (object, "effectiveDateTime"),
    cpd_fhir_string (object, "effectiveInstant"),
    cpd_fhir_string (cpd_fhir_object (object, "effectivePeriod"), "start"),
    cpd_fhir_string (object, "issued"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (cpd_ehr_date_parse (times[i], mapper->zone, &item->at, &item->date_only))
      {
        item->partial_date = cpd_ehr_date_partial (times[i]);
        return TRUE;
      }
  item->at = resource->last_updated;
  return item->at != 0;
}

/* TRUE when it is about a plan or a goal, also one that is not known or lies in the resource. */
static gboolean
find_about (const CpdEhrMapper *mapper, JsonObject *object, const char *name, const char *type, CpdEhrItem *item)
{
  JsonArray *references = cpd_fhir_array (object, name);

  cpd_ehr_map_about (mapper, object, references, item);
  for (guint i = 0; i < cpd_fhir_length (references); i++)
    if (cpd_ehr_names_is_a (mapper->names, cpd_fhir_nth (references, i), object, type))
      {
        /* In the resource itself, or known by nothing but its words. */
        if (item->about == NULL && item->about_key == NULL)
          item->about = cpd_ehr_map_name (mapper, cpd_fhir_nth (references, i), object, NULL);
        return TRUE;
      }
  return FALSE;
}

/* TRUE when it says itself that it has no words, and why ("masked"): so an EHR takes them back. */
static gboolean
is_absent (JsonObject *object)
{
  return cpd_fhir_string (object, "valueString") == NULL &&
         (cpd_fhir_object (object, "dataAbsentReason") != NULL ||
          cpd_fhir_extension (cpd_fhir_object (object, "_valueString"), DATA_ABSENT) != NULL);
}

static gboolean
has_notes (JsonObject *object)
{
  JsonArray *notes = cpd_fhir_array (object, "note");

  for (guint i = 0; i < cpd_fhir_length (notes); i++)
    if (cpd_fhir_string (cpd_fhir_nth (notes, i), "text") != NULL)
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): the value and the notes; the narrative only where there is neither. */
static char *
find_text (JsonObject *object, gboolean *cut, gboolean *pictures)
{
  JsonArray *notes = cpd_fhir_array (object, "note");
  g_autoptr (GString) text = g_string_new (cpd_fhir_string (object, "valueString"));

  for (guint i = 0; i < cpd_fhir_length (notes); i++)
    {
      const char *note = cpd_fhir_string (cpd_fhir_nth (notes, i), "text");

      if (note != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", note);
    }
  if (text->len > 0)
    return cpd_ehr_text_block (text->str, CPD_EHR_TEXT_MAX, cut);
  return cpd_ehr_text_of_xhtml (cpd_fhir_string (cpd_fhir_object (object, "text"), "div"), cut, pictures);
}

static char *
find_title (JsonObject *object)
{
  const char *title = NULL;

  for (gsize i = 0; title == NULL && i < G_N_ELEMENTS (title_extensions); i++)
    title = cpd_fhir_extension_string (object, title_extensions[i]);
  return cpd_ehr_text_line (title);
}

static void
fill_item (const CpdEhrMapper *mapper, const CpdEhrResource *resource, Meaning meaning, CpdEhrItem *item)
{
  JsonObject *object = resource->object;
  gboolean on_plan = find_about (mapper, object, "basedOn", "CarePlan", item);
  gboolean on_goal = find_about (mapper, object, "focus", "Goal", item);
  CpTime issued;
  gboolean date_only;

  if (meaning == EVALUATION)
    item->kind = CP_DOSSIER_EVALUATION;
  else
    item->kind = on_plan || on_goal ? CP_DOSSIER_REPORT_PLAN : CP_DOSSIER_REPORT_GENERAL;
  item->title = find_title (object);
  item->author = cpd_ehr_map_author (mapper, cpd_fhir_array (object, "performer"), object, &item->author_role);
  if (!item->amended)
    return;
  if (cpd_ehr_date_parse (cpd_fhir_string (object, "issued"), mapper->zone, &issued, &date_only) && issued > item->at)
    item->amended_at = issued;
  else
    item->amended_at = resource->last_updated;
}

/* G_N_ELEMENTS (statuses) for none that FHIR R4 knows. */
static gsize
find_status (JsonObject *object)
{
  const char *status = cpd_fhir_string (object, "status");
  gsize i = 0;

  while (i < G_N_ELEMENTS (statuses) && g_strcmp0 (statuses[i].status, status) != 0)
    i++;
  return i;
}

/**
 * cpd_ehr_map_observation_is_shown:
 *
 * Returns: FALSE also for a status that FHIR R4 does not know, and for one whose words the EHR keeps back.
 */
gboolean
cpd_ehr_map_observation_is_shown (JsonObject *observation)
{
  gsize i = find_status (observation);

  return i < G_N_ELEMENTS (statuses) && statuses[i].shown && !is_absent (observation) &&
         !cpd_ehr_is_withheld (observation);
}

/**
 * cpd_ehr_map_observation:
 *
 * Returns: what became of the Observation: a report, an evaluation of the plan, or nothing for the portal.
 */
CpdEhrMapped
cpd_ehr_map_observation (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                         const char **reason)
{
  gsize i = find_status (resource->object);
  g_autoptr (CpdEhrItem) item = g_new0 (CpdEhrItem, 1);
  g_autofree char *text = NULL;
  gboolean cut = FALSE;
  Meaning meaning;

  if (!find_meaning (mapper, resource->object, &meaning))
    return CPD_EHR_HIDDEN;
  if (i == G_N_ELEMENTS (statuses))
    *reason = "no status that FHIR R4 knows";
  else if (!statuses[i].shown || (is_absent (resource->object) && !has_notes (resource->object)))
    return CPD_EHR_HIDDEN;
  else if (!find_time (mapper, resource, item))
    *reason = "no time";
  else if ((text = find_text (resource->object, &cut, &item->unshown)) == NULL)
    *reason = "no text";
  if (*reason != NULL)
    return CPD_EHR_STRANGE;
  item->amended = statuses[i].amended;
  item->unshown |= cut;
  fill_item (mapper, resource, meaning, item);
  item->preview = cpd_ehr_text_preview (text);
  item->text = g_steal_pointer (&text);
  item->month = cp_time_month (item->at, mapper->zone);
  if (cut)
    *reason = "the text is longer than 1,000,000 characters and was cut";
  *content = g_steal_pointer (&item);
  return CPD_EHR_SHOWN;
}
