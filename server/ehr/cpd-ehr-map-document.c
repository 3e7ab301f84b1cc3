/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-ehr-content.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define LINE "Observation/"

typedef struct
{
  const char *status;
  gboolean shown;
  gboolean amended;
} Status;

/* FHIR DocumentReference.status; one that was superseded has another in its place. */
static const Status statuses[] = {
  { "current", TRUE, FALSE },
  { "superseded", FALSE, FALSE },
  { "entered-in-error", FALSE, FALSE },
  { NULL },
};

/* FHIR DocumentReference.docStatus (may be absent) and Composition.status. */
static const Status doc_statuses[] = {
  { "final", TRUE, FALSE },
  { "amended", TRUE, TRUE },
  { "preliminary", FALSE, FALSE },
  { "entered-in-error", FALSE, FALSE },
  { NULL },
};

static const Status *
find_status (const Status *table, const char *status)
{
  while (table->status != NULL && g_strcmp0 (table->status, status) != 0)
    table++;
  return table->status != NULL ? table : NULL;
}

static gboolean
is_ours (const CpdEhrMapper *mapper, JsonObject *concept)
{
  return cpd_fhir_has_code_of (concept, mapper->document_codes) ||
         cpd_fhir_has_code_of (concept, mapper->report_codes) ||
         cpd_fhir_has_code_of (concept, mapper->evaluation_codes);
}

static gboolean
find_time (const CpdEhrMapper *mapper, const CpdEhrResource *resource, const char *const *times, CpdEhrItem *item)
{
  for (; *times != NULL; times++)
    if (cpd_ehr_date_parse (*times, mapper->zone, &item->at, &item->date_only))
      {
        item->partial_date = cpd_ehr_date_partial (*times);
        return TRUE;
      }
  item->at = resource->last_updated;
  return item->at != 0;
}

/* A report is one also when all of it is a file. An evaluation has its place in a plan, where its words stand: without
 * any it is a document. */
static CpDossierKind
kind_of (const CpdEhrMapper *mapper, const CpdEhrResource *resource, const CpdEhrItem *item)
{
  if (cpd_fhir_has_code_of (cpd_fhir_object (resource->object, "type"), mapper->evaluation_codes))
    return item->text != NULL ? CP_DOSSIER_EVALUATION : CP_DOSSIER_DOCUMENT;
  return item->about_key != NULL ? CP_DOSSIER_REPORT_PLAN : CP_DOSSIER_REPORT_GENERAL;
}

/* What both have: who, about what, how it reads in a list. */
static void
fill_item (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem *item)
{
  JsonObject *object = resource->object;

  item->kind = kind_of (mapper, resource, item);
  item->author = cpd_ehr_map_author (mapper, cpd_fhir_array (object, "author"), object, &item->author_role);
  item->preview = cpd_ehr_text_preview (item->text);
  if (item->text == NULL)
    item->text = g_strdup ("");
  item->replaces = cpd_ehr_map_replaces (mapper, resource);
  if (item->amended)
    item->amended_at = resource->last_updated;
  item->month = cp_time_month (item->at, mapper->zone);
}

/**
 * cpd_ehr_map_replaces:
 *
 * Of the ways in which FHIR relates two documents: one that transforms, signs or adds to another stands beside it.
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_replaces (const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  JsonArray *related = cpd_fhir_array (resource->object, "relatesTo");
  const char *target = g_str_equal (resource->type, "Composition") ? "targetReference" : "target";
  g_autofree char *prefix = g_strconcat (resource->type, "/", NULL);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (related); i++)
    {
      JsonObject *relation = cpd_fhir_nth (related, i);
      g_autofree char *key = cpd_ehr_names_key (mapper->names, cpd_fhir_object (relation, target));

      if (key != NULL && g_str_has_prefix (key, prefix) &&
          g_strcmp0 (cpd_fhir_string (relation, "code"), "replaces") == 0)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", key + strlen (prefix));
    }
  return ids->len > 0 ? g_strdup (ids->str) : NULL;
}

static char *
title_of (JsonObject *object)
{
  JsonArray *contents = cpd_fhir_array (object, "content");
  const char *title = cpd_fhir_string (object, "description");

  for (guint i = 0; title == NULL && i < cpd_fhir_length (contents); i++)
    title = cpd_fhir_string (cpd_fhir_object (cpd_fhir_nth (contents, i), "attachment"), "title");
  return cpd_ehr_text_line (title != NULL ? title : cpd_fhir_concept_text (cpd_fhir_object (object, "type")));
}

/* FALSE: it hides the document. */
static gboolean
judge_document (JsonObject *object, gboolean *amended, const char **reason)
{
  const char *doc = cpd_fhir_string (object, "docStatus");
  const Status *status = find_status (statuses, cpd_fhir_string (object, "status"));
  const Status *doc_status = find_status (doc_statuses, doc != NULL ? doc : "final");

  if (status == NULL || doc_status == NULL)
    {
      *reason = "no status that FHIR R4 knows";
      return FALSE;
    }
  *amended = doc_status->amended;
  return status->shown && doc_status->shown;
}

static void
add_contents (const CpdEhrMapper *mapper, JsonObject *object, CpdEhrContent *content)
{
  JsonArray *contents = cpd_fhir_array (object, "content");
  g_autofree char *patient = cpd_ehr_names_key (mapper->names, cpd_fhir_object (object, "subject"));

  for (guint i = 0; i < cpd_fhir_length (contents); i++)
    cpd_ehr_content_add (content, mapper, cpd_fhir_object (cpd_fhir_nth (contents, i), "attachment"), object, patient);
}

/**
 * cpd_ehr_map_document:
 *
 * One of which nothing can be shown here, because of what kind of file it is, is a card all the same: who reads that
 * can ask for it.
 *
 * Returns: what became of the DocumentReference: a report in text, with files, or with neither.
 */
CpdEhrMapped
cpd_ehr_map_document (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                      const char **reason)
{
  JsonObject *object = resource->object;
  JsonObject *context = cpd_fhir_object (object, "context");
  const char *const times[] = { cpd_fhir_string (object, "date"),
                                cpd_fhir_string (cpd_fhir_object (context, "period"), "start"), NULL };
  g_autoptr (CpdEhrItem) item = g_new0 (CpdEhrItem, 1);
  g_auto (CpdEhrContent) found = { 0 };

  if (!is_ours (mapper, cpd_fhir_object (object, "type")))
    return CPD_EHR_HIDDEN;
  if (!judge_document (object, &item->amended, reason))
    return *reason != NULL ? CPD_EHR_STRANGE : CPD_EHR_HIDDEN;
  cpd_ehr_content_init (&found);
  add_contents (mapper, object, &found);
  if (!find_time (mapper, resource, times, item))
    *reason = "no time";
  else if (found.text == NULL && found.files->len == 0 && !found.exists)
    *reason = found.reason != NULL ? found.reason : "no content";
  if (*reason != NULL)
    return CPD_EHR_STRANGE;
  *reason = found.cut ? "the text is longer than 1,000,000 characters and was cut" : found.reason;
  item->unshown = found.unshown;
  item->text = g_steal_pointer (&found.text);
  if (found.files->len > 0)
    item->attachments = g_steal_pointer (&found.files);
  item->title = title_of (object);
  cpd_ehr_map_about (mapper, object, cpd_fhir_array (context, "related"), item);
  fill_item (mapper, resource, item);
  *content = g_steal_pointer (&item);
  return CPD_EHR_SHOWN;
}

/* Never trust a reference: who it is about is read from the Observation. One that lies in the report itself and names
 * nobody is about whom the report is: it is nothing by itself (FHIR, "Contained Resources"). */
static gboolean
is_line_of_patient (const CpdEhrMapper *mapper, JsonObject *observation, gboolean contained)
{
  JsonObject *subject = cpd_fhir_object (observation, "subject");
  g_autofree char *key = cpd_ehr_names_key (mapper->names, subject);

  if (contained && !json_object_has_member (observation, "subject"))
    return TRUE;
  return key != NULL && !cpd_ehr_map_is_of_other (mapper, subject, observation);
}

/* A report while its text is put together. */
typedef struct
{
  const CpdEhrMapper *mapper;
  JsonObject *object;
  CpdEhrItem *item;
} Report;

/* beside: (nullable): it is not there. Of two references to one line it is told when one of them tells it. */
static void
note_line (const Report *report, const char *id, const CpdEhrResource *beside, gboolean told)
{
  GPtrArray *lines = report->item->lines;
  CpdEhrSoapLine *line = NULL;

  if (lines == NULL)
    lines = report->item->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_soap_line_free);
  for (guint i = 0; line == NULL && i < lines->len; i++)
    if (g_str_equal (((const CpdEhrSoapLine *) g_ptr_array_index (lines, i))->id, id))
      line = g_ptr_array_index (lines, i);
  if (line == NULL)
    {
      line = g_new0 (CpdEhrSoapLine, 1);
      line->id = g_strdup (id);
      line->version_id = g_strdup (beside != NULL ? beside->version_id : NULL);
      line->last_updated = beside != NULL ? beside->last_updated : 0;
      g_ptr_array_add (lines, line);
    }
  line->told |= told;
}

static gboolean
is_observation (JsonObject *line)
{
  return g_strcmp0 (cpd_fhir_string (line, "resourceType"), "Observation") == 0;
}

static gboolean
may_be_told (const Report *report, JsonObject *line, gboolean contained)
{
  return !is_observation (line) ||
         (is_line_of_patient (report->mapper, line, contained) && cpd_ehr_map_observation_is_shown (line));
}

/* (nullable): the line that an entry names, in the Composition or beside it; *beside gets the latter. */
static JsonObject *
find_line (const Report *report, JsonObject *entry, CpdEhrResource **beside)
{
  const CpdEhrMapper *mapper = report->mapper;
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (entry);
  g_autofree char *key = cpd_ehr_names_key (mapper->names, entry);

  if (parsed != NULL && parsed->contained != NULL)
    return cpd_ehr_reference_contained (report->object, parsed->contained);
  if (key == NULL || !g_str_has_prefix (key, LINE) || !cpd_ehr_is_id (key + strlen (LINE)) || mapper->beside == NULL)
    return NULL;
  *beside = mapper->beside (key, mapper->beside_data);
  note_line (report, key + strlen (LINE), *beside, *beside != NULL && may_be_told (report, (*beside)->object, FALSE));
  return *beside != NULL ? (*beside)->object : NULL;
}

/* The plan or goal that a report is about is no part of it, and neither is what is of another client. */
static gboolean
is_part (const Report *report, JsonObject *entry)
{
  const CpdEhrMapper *mapper = report->mapper;

  return entry != NULL && !cpd_ehr_names_is_a (mapper->names, entry, report->object, "CarePlan") &&
         !cpd_ehr_names_is_a (mapper->names, entry, report->object, "Goal") &&
         !cpd_ehr_map_is_of_other (mapper, entry, report->object);
}

/* (transfer full) (nullable): of a report that is in lines (nl-core SOAPLine) each is an Observation. Of one that is
 * not to be shown the display is not either. */
static char *
words_of_entry (const Report *report, JsonObject *entry)
{
  g_autoptr (CpdEhrResource) beside = NULL;
  JsonObject *line = find_line (report, entry, &beside);
  const char *words = is_observation (line) ? cpd_fhir_string (line, "valueString") : NULL;

  if (!may_be_told (report, line, beside == NULL))
    return NULL;
  if (words == NULL)
    words = cpd_ehr_map_display (report->mapper, entry, report->object);
  report->item->unshown |= words == NULL && is_part (report, entry);
  return g_strdup (words);
}

/* What a section has no narrative for: the words of what it points at. */
static void
append_entries (const Report *report, JsonObject *section, GString *text)
{
  JsonArray *entries = cpd_fhir_array (section, "entry");

  for (guint i = 0; i < cpd_fhir_length (entries); i++)
    {
      g_autofree char *words = words_of_entry (report, cpd_fhir_nth (entries, i));
      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
}

/* Heading and words of each section, the sections inside it after it. FHIR allows them to any depth; the reader does
 * not. */
static void
append_sections (const Report *report, JsonArray *sections, GString *text, gboolean *cut)
{
  for (guint i = 0; i < cpd_fhir_length (sections); i++)
    {
      JsonObject *section = cpd_fhir_nth (sections, i);
      const char *title = cpd_fhir_string (section, "title");
      g_autofree char *heading =
          cpd_ehr_text_line (title != NULL ? title : cpd_fhir_concept_text (cpd_fhir_object (section, "code")));
      g_autofree char *narrative = cpd_ehr_text_of_xhtml (cpd_fhir_string (cpd_fhir_object (section, "text"), "div"),
                                                          cut, &report->item->unshown);
      g_autoptr (GString) words = g_string_new (narrative);

      if (narrative == NULL)
        append_entries (report, section, words);
      if (words->len > 0)
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n\n" : "", heading != NULL ? heading : "",
                                heading != NULL ? "\n" : "", words->str);
      append_sections (report, cpd_fhir_array (section, "section"), text, cut);
    }
}

/* The plan or goal that an event of the Composition or one of its sections names. */
static void
find_about (const CpdEhrMapper *mapper, JsonObject *object, CpdEhrItem *item)
{
  JsonArray *events = cpd_fhir_array (object, "event");
  JsonArray *sections = cpd_fhir_array (object, "section");

  for (guint i = 0; i < cpd_fhir_length (events); i++)
    cpd_ehr_map_about (mapper, object, cpd_fhir_array (cpd_fhir_nth (events, i), "detail"), item);
  for (guint i = 0; i < cpd_fhir_length (sections); i++)
    cpd_ehr_map_about (mapper, object, cpd_fhir_array (cpd_fhir_nth (sections, i), "entry"), item);
}

/**
 * cpd_ehr_map_composition:
 *
 * Returns: what became of the Composition: a report of its sections.
 */
CpdEhrMapped
cpd_ehr_map_composition (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                         const char **reason)
{
  JsonObject *object = resource->object;
  const Status *status = find_status (doc_statuses, cpd_fhir_string (object, "status"));
  const char *const times[] = { cpd_fhir_string (object, "date"), NULL };
  g_autoptr (CpdEhrItem) item = g_new0 (CpdEhrItem, 1);
  const Report report = { mapper, object, item };
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean cut = FALSE;

  if (!is_ours (mapper, cpd_fhir_object (object, "type")))
    return CPD_EHR_HIDDEN;
  if (status != NULL && !status->shown)
    return CPD_EHR_HIDDEN;
  append_sections (&report, cpd_fhir_array (object, "section"), text, &cut);
  item->text = cpd_ehr_text_block (text->str, CPD_EHR_TEXT_MAX, &cut);
  if (status == NULL)
    *reason = "no status that FHIR R4 knows";
  else if (!find_time (mapper, resource, times, item))
    *reason = "no time";
  else if (item->text == NULL)
    *reason = "no text";
  if (*reason != NULL)
    return CPD_EHR_STRANGE;
  item->amended = status->amended;
  item->unshown |= cut;
  item->title = cpd_ehr_text_line (cpd_fhir_string (object, "title"));
  find_about (mapper, object, item);
  fill_item (mapper, resource, item);
  if (cut)
    *reason = "the text is longer than 1,000,000 characters and was cut";
  *content = g_steal_pointer (&item);
  return CPD_EHR_SHOWN;
}
