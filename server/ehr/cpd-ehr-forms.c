/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-forms.h"

#include <string.h>

#include "cpd-ehr-reference.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

typedef struct
{
  char *title;           /* (nullable) */
  GHashTable *questions; /* linkId -> CpdEhrQuestion */
} Form;

static void
question_free (gpointer data)
{
  CpdEhrQuestion *question = data;

  g_free (question->text);
  g_free (question);
}

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->title);
  g_hash_table_unref (form->questions);
  g_free (form);
}

/**
 * cpd_ehr_forms_new:
 *
 * Returns: (transfer full)
 */
GHashTable *
cpd_ehr_forms_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, form_free);
}

static void
add_questions (Form *form, JsonArray *items)
{
  for (guint i = 0; i < cpd_fhir_length (items); i++)
    {
      JsonObject *item = cpd_fhir_nth (items, i);
      const char *link_id = cpd_fhir_string (item, "linkId");
      const char *type = cpd_fhir_string (item, "type");

      if (link_id != NULL)
        {
          CpdEhrQuestion *question = g_new0 (CpdEhrQuestion, 1);

          question->text = cpd_ehr_text_line (cpd_fhir_string (item, "text"));
          question->group = g_strcmp0 (type, "group") == 0;
          question->display = g_strcmp0 (type, "display") == 0;
          g_hash_table_replace (form->questions, g_strdup (link_id), question);
        }
      add_questions (form, cpd_fhir_array (item, "item"));
    }
}

static Form *
form_new (JsonObject *questionnaire)
{
  Form *form = g_new0 (Form, 1);

  form->title = cpd_ehr_text_line (cpd_fhir_string (questionnaire, "title"));
  form->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);
  add_questions (form, cpd_fhir_array (questionnaire, "item"));
  return form;
}

/**
 * cpd_ehr_forms_add:
 *
 * Of two with the same address, and of two with the same version of it, the last counts.
 */
void
cpd_ehr_forms_add (GHashTable *forms, const CpdEhrResource *questionnaire)
{
  const char *url = cpd_fhir_string (questionnaire->object, "url");
  const char *version = cpd_fhir_string (questionnaire->object, "version");
  g_autofree char *address = url != NULL ? g_strdup (url) : g_strconcat ("Questionnaire/", questionnaire->id, NULL);

  if (version != NULL)
    g_hash_table_replace (forms, g_strconcat (address, "|", version, NULL), form_new (questionnaire->object));
  g_hash_table_replace (forms, g_steal_pointer (&address), form_new (questionnaire->object));
}

/**
 * cpd_ehr_forms_contained:
 * @canonical: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
GHashTable *
cpd_ehr_forms_contained (JsonObject *container, const char *canonical)
{
  JsonObject *object =
      canonical != NULL && *canonical == '#' ? cpd_ehr_reference_contained (container, canonical + 1) : NULL;
  GHashTable *forms;

  if (g_strcmp0 (cpd_fhir_string (object, "resourceType"), "Questionnaire") != 0)
    return NULL;
  forms = cpd_ehr_forms_new ();
  g_hash_table_insert (forms, g_strdup (canonical), form_new (object));
  return forms;
}

/**
 * cpd_ehr_forms_address:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_forms_address (const char *canonical)
{
  return canonical != NULL ? g_strndup (canonical, strcspn (canonical, "|")) : NULL;
}

/* The version that was filled in; any other has words for it too, and no words are worse. */
static const Form *
find (GHashTable *forms, const char *canonical)
{
  const Form *form = canonical != NULL ? g_hash_table_lookup (forms, canonical) : NULL;
  g_autofree char *address = cpd_ehr_forms_address (canonical);

  return form == NULL && address != NULL ? g_hash_table_lookup (forms, address) : form;
}

/**
 * cpd_ehr_forms_knows:
 * @canonical: (nullable):
 *
 * Returns: TRUE when there is nothing more to look for.
 */
gboolean
cpd_ehr_forms_knows (GHashTable *forms, const char *canonical)
{
  return canonical != NULL && g_hash_table_contains (forms, canonical);
}

/**
 * cpd_ehr_forms_title:
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_forms_title (GHashTable *forms, const char *canonical)
{
  const Form *form = find (forms, canonical);

  return form != NULL ? form->title : NULL;
}

/**
 * cpd_ehr_forms_question:
 *
 * Returns: (nullable)
 */
const CpdEhrQuestion *
cpd_ehr_forms_question (GHashTable *forms, const char *canonical, const char *link_id)
{
  const Form *form = find (forms, canonical);

  return form != NULL && link_id != NULL ? g_hash_table_lookup (form->questions, link_id) : NULL;
}

static void
each_question (void (*func) (const char *key, const char *text, gpointer data), gpointer data, const char *key,
               const Form *form, GString *text)
{
  GHashTableIter iter;
  gpointer link_id;
  gpointer value;

  g_string_printf (text, "form\n%s", form->title != NULL ? form->title : "");
  func (key, text->str, data);
  g_hash_table_iter_init (&iter, form->questions);
  while (g_hash_table_iter_next (&iter, &link_id, &value))
    {
      const CpdEhrQuestion *question = value;

      g_string_printf (text, "question\n%s\n%d%d\n%s", (const char *) link_id, question->group, question->display,
                       question->text != NULL ? question->text : "");
      func (key, text->str, data);
    }
}

/**
 * cpd_ehr_forms_each:
 *
 * Tells all that is known.
 */
void
cpd_ehr_forms_each (GHashTable *forms, void (*func) (const char *key, const char *text, gpointer data), gpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer form;

  g_hash_table_iter_init (&iter, forms);
  while (g_hash_table_iter_next (&iter, &key, &form))
    each_question (func, data, key, form, text);
}
