/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-forms.h"

#include <string.h>

#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

typedef struct
{
  char *title;       /* (nullable) */
  GHashTable *words; /* linkId -> text */
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->title);
  g_hash_table_unref (form->words);
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
add_words (Form *form, JsonArray *items)
{
  for (guint i = 0; i < cpd_fhir_length (items); i++)
    {
      JsonObject *item = cpd_fhir_nth (items, i);
      const char *link_id = cpd_fhir_string (item, "linkId");
      g_autofree char *text = cpd_ehr_text_line (cpd_fhir_string (item, "text"));

      if (link_id != NULL && text != NULL)
        g_hash_table_replace (form->words, g_strdup (link_id), g_steal_pointer (&text));
      add_words (form, cpd_fhir_array (item, "item"));
    }
}

/**
 * cpd_ehr_forms_add:
 *
 * The last with an address counts.
 */
void
cpd_ehr_forms_add (GHashTable *forms, const CpdEhrResource *questionnaire)
{
  const char *url = cpd_fhir_string (questionnaire->object, "url");
  Form *form = g_new0 (Form, 1);

  form->title = cpd_ehr_text_line (cpd_fhir_string (questionnaire->object, "title"));
  form->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_words (form, cpd_fhir_array (questionnaire->object, "item"));
  g_hash_table_replace (forms, url != NULL ? g_strdup (url) : g_strconcat ("Questionnaire/", questionnaire->id, NULL),
                        form);
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

static const Form *
find (GHashTable *forms, const char *address)
{
  return address != NULL ? g_hash_table_lookup (forms, address) : NULL;
}

/**
 * cpd_ehr_forms_title:
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_forms_title (GHashTable *forms, const char *address)
{
  const Form *form = find (forms, address);

  return form != NULL ? form->title : NULL;
}

/**
 * cpd_ehr_forms_question:
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_forms_question (GHashTable *forms, const char *address, const char *link_id)
{
  const Form *form = find (forms, address);

  return form != NULL && link_id != NULL ? g_hash_table_lookup (form->words, link_id) : NULL;
}

static void
each_word (void (*func) (const char *key, const char *text, gpointer data), gpointer data, const char *key,
           const Form *form, GString *text)
{
  GHashTableIter iter;
  gpointer link_id;
  gpointer words;

  g_string_printf (text, "form\n%s", form->title != NULL ? form->title : "");
  func (key, text->str, data);
  g_hash_table_iter_init (&iter, form->words);
  while (g_hash_table_iter_next (&iter, &link_id, &words))
    {
      g_string_printf (text, "word\n%s\n%s", (const char *) link_id, (const char *) words);
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
    each_word (func, data, key, form, text);
}
