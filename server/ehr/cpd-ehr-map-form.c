/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include "cp-dossier-item.h"
#include "cp-json.h"
#include "cpd-ehr-answer.h"
#include "cpd-ehr-content.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define ENTRIES_MAX 5000 /* the limits of CpDossierItem */
#define ANSWERS_MAX 1000
#define DISPLAY "http://hl7.org/fhir/StructureDefinition/display"
#define PREVIEW_ANSWERS 4

static const struct
{
  const char *status;
  gboolean shown;
  gboolean amended;
  gboolean unfinished;
} statuses[] = {
  { "completed", TRUE, FALSE, FALSE },         { "amended", TRUE, TRUE, FALSE },
  { "in-progress", TRUE, FALSE, TRUE },        { "stopped", FALSE, FALSE, FALSE },
  { "entered-in-error", FALSE, FALSE, FALSE },
};

typedef struct
{
  const CpdEhrMapper *mapper;
  JsonObject *object;    /* (borrowed) the QuestionnaireResponse */
  const char *canonical; /* (nullable) */
  GHashTable *inside;    /* (borrowed) (nullable) of cpd-ehr-forms.h: it brings its questions itself */
  const char *patient;   /* (nullable): key of whom it is about */
  GPtrArray *entries;    /* of CpFormEntry */
  CpdEhrContent *files;  /* of all its answers */
  gboolean cut;
} Walk;

static void walk_items (Walk *walk, JsonArray *items, int level);

/* Answers of one question that are not of one kind are all told in words. */
static void
make_words (Walk *walk, GPtrArray *texts, CpFormEntry *entry)
{
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *answer = g_ptr_array_index (texts, i);

      g_ptr_array_index (texts, i) = cpd_ehr_answer_words (walk->mapper, entry->kind, answer);
    }
  entry->kind = CP_ANSWER_TEXT;
}

/* (transfer text) */
static void
add_answer (Walk *walk, GPtrArray *texts, CpFormEntry *entry, char *text, int kind)
{
  g_autofree char *answer = text;

  if (texts->len == ANSWERS_MAX)
    {
      walk->cut = TRUE;
      return;
    }
  if (texts->len == 0)
    entry->kind = kind;
  if (entry->kind != kind)
    {
      make_words (walk, texts, entry);
      g_ptr_array_add (texts, cpd_ehr_answer_words (walk->mapper, kind, answer));
    }
  else
    g_ptr_array_add (texts, g_steal_pointer (&answer));
}

/* The file of an answer goes with the form, and without a title of its own is called as its question. One that is text
 * is no file: its words are the answer. (transfer text) */
static char *
take_file (Walk *walk, JsonObject *answer, const CpFormEntry *entry, char *text, int *kind)
{
  CpdEhrContent *files = walk->files;
  guint before = files->files->len;
  g_autofree char *words = NULL;

  cpd_ehr_content_add (files, walk->mapper, cpd_fhir_object (answer, "valueAttachment"), walk->object, walk->patient);
  if (files->files->len > before)
    {
      CpdEhrAttachment *file = g_ptr_array_index (files->files, before);

      if (file->title == NULL)
        file->title = cpd_ehr_text_line (entry->label);
    }
  words = g_steal_pointer (&files->text);
  if (words == NULL)
    return text;
  g_free (text);
  *kind = CP_ANSWER_TEXT;
  return cpd_ehr_text_block (words, CPD_EHR_ANSWER_MAX, &walk->cut);
}

/* What stands under an answer comes after its question. */
static void
walk_answers (Walk *walk, JsonArray *answers, CpFormEntry *entry, int level)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cpd_fhir_length (answers); i++)
    {
      int kind;
      char *text = cpd_ehr_answer (walk->mapper, cpd_fhir_nth (answers, i), walk->object, &kind);

      if (text != NULL && kind == CP_ANSWER_FILE)
        text = take_file (walk, cpd_fhir_nth (answers, i), entry, text, &kind);
      if (text != NULL)
        add_answer (walk, texts, entry, text, kind);
    }
  g_ptr_array_add (texts, NULL);
  g_strfreev (entry->answers);
  entry->answers = (GStrv) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
  for (guint i = 0; i < cpd_fhir_length (answers); i++)
    walk_items (walk, cpd_fhir_array (cpd_fhir_nth (answers, i), "item"), level + 1);
}

/* (nullable) */
static const CpdEhrQuestion *
question_of (const Walk *walk, JsonObject *item)
{
  const char *link_id = cpd_fhir_string (item, "linkId");

  return walk->inside != NULL ? cpd_ehr_forms_question (walk->inside, walk->canonical, link_id)
                              : cpd_ehr_names_question (walk->mapper->names, walk->canonical, link_id);
}

static void
walk_items (Walk *walk, JsonArray *items, int level)
{
  for (guint i = 0; i < cpd_fhir_length (items); i++)
    {
      JsonObject *item = cpd_fhir_nth (items, i);
      JsonArray *answers = cpd_fhir_array (item, "answer");
      JsonArray *children = cpd_fhir_array (item, "item");
      const char *label = cpd_fhir_string (item, "text");
      const CpdEhrQuestion *question;
      CpFormEntry *entry;

      if (item == NULL)
        continue;
      if (walk->entries->len == ENTRIES_MAX)
        {
          walk->cut = TRUE;
          return;
        }
      question = question_of (walk, item);
      if (label == NULL && question != NULL)
        label = question->text;
      entry = cp_form_entry_new ();
      entry->level = level;
      entry->label = cpd_ehr_text_block (label, CPD_EHR_ANSWER_MAX, &walk->cut);
      if (cpd_fhir_length (answers) == 0)
        {
          entry->display = question != NULL && question->display;
          entry->group = !entry->display && (cpd_fhir_length (children) > 0 || (question != NULL && question->group));
        }
      g_ptr_array_add (walk->entries, entry);
      walk_answers (walk, answers, entry, level);
      walk_items (walk, children, level + 1);
    }
}

static void
entry_free (gpointer data)
{
  cp_form_entry_free (data);
}

/* (transfer full): as JSON */
static char *
entries_of (GPtrArray *entries)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < entries->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      cp_record_write (&cp_form_entry_record, g_ptr_array_index (entries, i), NULL, text);
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* (transfer full): the answers of a question in words. */
static char *
words_of (const CpdEhrMapper *mapper, const CpFormEntry *entry)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; entry->answers[i] != NULL; i++)
    {
      g_autofree char *answer = cpd_ehr_answer_words (mapper, entry->kind, entry->answers[i]);

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", answer);
    }
  return g_string_free (words, FALSE);
}

/* (transfer full): a line for each question with its answers. */
static char *
text_of (const CpdEhrMapper *mapper, GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const CpFormEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *answers = words_of (mapper, entry);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, "%s%s%s", entry->label != NULL ? entry->label : "", answers[0] != '\0' ? ": " : "",
                              answers);
    }
  return g_string_free (text, FALSE);
}

/* (transfer full): the first answers, as JSON: the app makes words of them in its own language. */
static char *
preview_of (GPtrArray *entries)
{
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < entries->len && first->len < PREVIEW_ANSWERS; i++)
    {
      const CpFormEntry *entry = g_ptr_array_index (entries, i);
      CpFormEntry *answer;

      if (entry->answers[0] == NULL)
        continue;
      answer = cp_form_entry_new ();
      answer->kind = entry->kind;
      g_strfreev (answer->answers);
      answer->answers = g_new0 (char *, 2);
      answer->answers[0] = cpd_ehr_text_preview (entry->answers[0]);
      g_ptr_array_add (first, answer);
    }
  return entries_of (first);
}

static char *
title_of (const Walk *walk, JsonObject *object)
{
  const char *title = walk->inside != NULL ? cpd_ehr_forms_title (walk->inside, walk->canonical)
                                           : cpd_ehr_names_form_title (walk->mapper->names, walk->canonical);

  return cpd_ehr_text_line (
      title != NULL ? title : cpd_fhir_extension_string (cpd_fhir_object (object, "_questionnaire"), DISPLAY));
}

static void
fill_item (const Walk *walk, const CpdEhrResource *resource, CpdEhrItem *item)
{
  const CpdEhrMapper *mapper = walk->mapper;
  JsonObject *object = resource->object;

  item->kind = CP_DOSSIER_FORM;
  item->title = title_of (walk, object);
  item->author = cpd_ehr_map_person (mapper, cpd_fhir_object (object, "author"), object, &item->author_role);
  item->informant = cpd_ehr_map_person (mapper, cpd_fhir_object (object, "source"), object, NULL);
  cpd_ehr_map_about (mapper, object, cpd_fhir_array (object, "basedOn"), item);
  if (item->amended)
    item->amended_at = resource->last_updated;
}

/**
 * cpd_ehr_map_form:
 *
 * Returns: what became of the QuestionnaireResponse.
 */
CpdEhrMapped
cpd_ehr_map_form (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content, const char **reason)
{
  JsonObject *object = resource->object;
  const char *status = cpd_fhir_string (object, "status");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autofree char *patient = cpd_ehr_names_key (mapper->names, cpd_fhir_object (object, "subject"));
  g_auto (CpdEhrContent) files = { 0 };
  const char *canonical = cpd_fhir_string (object, "questionnaire");
  g_autoptr (GHashTable) inside = cpd_ehr_forms_contained (object, canonical);
  Walk walk = { mapper, object, canonical, inside, patient, entries, &files, FALSE };
  g_autoptr (CpdEhrItem) item = g_new0 (CpdEhrItem, 1);
  gsize i = 0;

  while (i < G_N_ELEMENTS (statuses) && g_strcmp0 (statuses[i].status, status) != 0)
    i++;
  if (i == G_N_ELEMENTS (statuses))
    {
      *reason = "no status that FHIR R4 knows";
      return CPD_EHR_STRANGE;
    }
  if (!statuses[i].shown)
    return CPD_EHR_HIDDEN;
  if (!cpd_ehr_date_parse (cpd_fhir_string (object, "authored"), mapper->zone, &item->at, &item->date_only))
    item->at = resource->last_updated;
  item->partial_date = cpd_ehr_date_partial (cpd_fhir_string (object, "authored"));
  if (item->at == 0)
    {
      *reason = "no time";
      return CPD_EHR_STRANGE;
    }
  item->amended = statuses[i].amended;
  item->unfinished = statuses[i].unfinished;
  fill_item (&walk, resource, item);
  cpd_ehr_content_init (&files);
  walk_items (&walk, cpd_fhir_array (object, "item"), 0);
  if (files.files->len > 0)
    item->attachments = g_steal_pointer (&files.files);
  item->preview = preview_of (entries);
  item->text = text_of (mapper, entries);
  item->entries = entries_of (entries);
  item->month = cp_time_month (item->at, mapper->zone);
  *reason = files.reason;
  item->unshown = files.unshown || walk.cut;
  if (walk.cut || files.cut)
    *reason = "the form is longer than the portal shows and was cut";
  *content = g_steal_pointer (&item);
  return CPD_EHR_SHOWN;
}
