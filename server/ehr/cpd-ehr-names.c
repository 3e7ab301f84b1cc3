/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-names.h"

#include <string.h>

#include "cpd-ehr-name.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define MAX_HOPS 4 /* a role that points at a person, and so on */

typedef struct
{
  char *text;               /* (nullable) */
  char *role;               /* (nullable) */
  JsonObject *person;       /* (owned) (nullable) PractitionerRole.practitioner */
  JsonObject *organization; /* (owned) (nullable) PractitionerRole.organization */
} Entry;

typedef struct
{
  char *title;       /* (nullable) */
  GHashTable *words; /* linkId -> text */
} Form;

struct _CpdEhrNames
{
  GHashTable *entries; /* key -> Entry */
  GHashTable *urls;    /* fullUrl of a urn -> key; "" when two resources share it */
  GHashTable *bases;   /* set of the addresses in front of absolute fullUrls */
  char *base;          /* (nullable): of the first absolute reference, when no fullUrl tells one */
  GPtrArray *carers;   /* (borrowed) of Entry *: with a role that is not in roles yet */
  GHashTable *roles;   /* key of a Practitioner -> role; "" when several */
  GHashTable *forms;   /* canonical without version -> Form */
};

const char *const cpd_ehr_names_types[] = { "CarePlan",      "CareTeam",         "Goal",          "HealthcareService",
                                            "Location",      "Organization",     "Patient",       "Practitioner",
                                            "Questionnaire", "PractitionerRole", "RelatedPerson", NULL };

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->text);
  g_free (entry->role);
  g_clear_pointer (&entry->person, json_object_unref);
  g_clear_pointer (&entry->organization, json_object_unref);
  g_free (entry);
}

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->title);
  g_hash_table_unref (form->words);
  g_free (form);
}

/**
 * cpd_ehr_names_new:
 *
 * Returns: (transfer full): knowing nothing yet.
 */
CpdEhrNames *
cpd_ehr_names_new (void)
{
  CpdEhrNames *names = g_new0 (CpdEhrNames, 1);

  names->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  names->urls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->carers = g_ptr_array_new ();
  names->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, form_free);
  return names;
}

/**
 * cpd_ehr_names_free:
 * @names: (nullable):
 */
void
cpd_ehr_names_free (CpdEhrNames *names)
{
  if (names == NULL)
    return;
  g_ptr_array_unref (names->carers);
  g_hash_table_unref (names->entries);
  g_hash_table_unref (names->urls);
  g_hash_table_unref (names->bases);
  g_hash_table_unref (names->roles);
  g_hash_table_unref (names->forms);
  g_free (names->base);
  g_free (names);
}

/* (transfer full) (nullable): what a carer does. */
static char *
role_of (JsonObject *object)
{
  const char *text = cpd_fhir_concepts_text (cpd_fhir_array (object, "code"));

  return cpd_ehr_text_line (text != NULL ? text : cpd_fhir_concepts_text (cpd_fhir_array (object, "specialty")));
}

/* (transfer full) (nullable): how a resource is called. */
static char *
text_of (JsonObject *object)
{
  const char *type = cpd_fhir_string (object, "resourceType");
  const char *title = cpd_fhir_string (object, "title");

  if (g_strcmp0 (type, "CarePlan") == 0)
    return cpd_ehr_text_line (title != NULL ? title : cpd_fhir_concepts_text (cpd_fhir_array (object, "category")));
  if (g_strcmp0 (type, "Goal") == 0)
    return cpd_ehr_text_line (cpd_fhir_concept_text (cpd_fhir_object (object, "description")));
  if (cpd_fhir_array (object, "name") != NULL)
    return cpd_ehr_name_full (cpd_ehr_name_best (cpd_fhir_array (object, "name")));
  return cpd_ehr_text_line (cpd_fhir_string (object, "name"));
}

static JsonObject *
object_ref (JsonObject *object)
{
  return object != NULL ? json_object_ref (object) : NULL;
}

static Entry *
entry_new (JsonObject *object)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->text = text_of (object);
  if (g_strcmp0 (cpd_fhir_string (object, "resourceType"), "PractitionerRole") == 0)
    {
      entry->role = role_of (object);
      entry->person = object_ref (cpd_fhir_object (object, "practitioner"));
      entry->organization = object_ref (cpd_fhir_object (object, "organization"));
      if (entry->text == NULL)
        entry->text = cpd_ehr_text_line (cpd_fhir_string (entry->person, "display"));
    }
  return entry;
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

static void
add_form (CpdEhrNames *names, const CpdEhrResource *resource)
{
  const char *url = cpd_fhir_string (resource->object, "url");
  Form *form = g_new0 (Form, 1);

  form->title = cpd_ehr_text_line (cpd_fhir_string (resource->object, "title"));
  form->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_words (form, cpd_fhir_array (resource->object, "item"));
  g_hash_table_replace (names->forms, url != NULL ? g_strdup (url) : g_strconcat ("Questionnaire/", resource->id, NULL),
                        form);
}

static void
add_url (CpdEhrNames *names, const CpdEhrResource *resource, const char *key)
{
  const char *known;

  if (resource->full_url == NULL)
    return;
  if (g_str_has_prefix (resource->full_url, "urn:"))
    {
      known = g_hash_table_lookup (names->urls, resource->full_url);
      if (known == NULL || g_str_equal (known, key))
        g_hash_table_replace (names->urls, g_strdup (resource->full_url), g_strdup (key));
      else
        g_hash_table_replace (names->urls, g_strdup (resource->full_url), g_strdup (""));
    }
  else if (g_str_has_suffix (resource->full_url, key) && strlen (resource->full_url) > strlen (key))
    g_hash_table_add (names->bases, g_strndup (resource->full_url, strlen (resource->full_url) - strlen (key) - 1));
}

/**
 * cpd_ehr_names_add:
 *
 * Remembers how @resource is called. The first of two with the same id counts.
 */
void
cpd_ehr_names_add (CpdEhrNames *names, const CpdEhrResource *resource)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);
  Entry *entry;

  add_url (names, resource, key);
  if (g_str_equal (resource->type, "Questionnaire"))
    add_form (names, resource);
  if (g_hash_table_contains (names->entries, key))
    return;
  entry = entry_new (resource->object);
  if (entry->role != NULL && entry->person != NULL)
    g_ptr_array_add (names->carers, entry);
  g_hash_table_insert (names->entries, g_steal_pointer (&key), entry);
}

/* An absolute reference belongs to this source when its address is one of the source's own. */
static gboolean
is_own_base (CpdEhrNames *names, const char *base)
{
  if (g_hash_table_size (names->bases) > 0)
    return g_hash_table_contains (names->bases, base);
  if (names->base == NULL)
    names->base = g_strdup (base);
  return g_str_equal (names->base, base);
}

/**
 * cpd_ehr_names_key:
 * @reference: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_names_key (CpdEhrNames *names, JsonObject *reference)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  const char *key;

  if (parsed == NULL || parsed->contained != NULL)
    return NULL;
  if (parsed->urn != NULL)
    {
      key = g_hash_table_lookup (names->urls, parsed->urn);
      return key != NULL && *key != '\0' ? g_strdup (key) : NULL;
    }
  if (parsed->base != NULL && !is_own_base (names, parsed->base))
    return NULL;
  return g_strconcat (parsed->type, "/", parsed->id, NULL);
}

/**
 * cpd_ehr_names_knows:
 * @key: (nullable):
 *
 * Returns: TRUE when a resource with that key was added.
 */
gboolean
cpd_ehr_names_knows (CpdEhrNames *names, const char *key)
{
  return key != NULL && g_hash_table_contains (names->entries, key);
}

/**
 * cpd_ehr_names_is_a:
 * @reference: (nullable):
 *
 * Returns: TRUE when it points at a resource of that @type.
 */
gboolean
cpd_ehr_names_is_a (CpdEhrNames *names, JsonObject *reference, JsonObject *container, const char *type)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key (names, reference);
  JsonObject *contained;

  if (parsed == NULL)
    return g_strcmp0 (cpd_fhir_string (reference, "type"), type) == 0;
  if (parsed->contained != NULL)
    {
      contained = cpd_ehr_reference_contained (container, parsed->contained);
      return g_strcmp0 (cpd_fhir_string (contained, "resourceType"), type) == 0;
    }
  if (key != NULL)
    return g_str_has_prefix (key, type) && key[strlen (type)] == '/';
  return g_strcmp0 (parsed->type, type) == 0;
}

/* Gives the people of PractitionerRoles their role; done late, because a urn may come before its target. */
static void
settle_roles (CpdEhrNames *names)
{
  for (guint i = 0; i < names->carers->len; i++)
    {
      const Entry *entry = g_ptr_array_index (names->carers, i);
      char *key = cpd_ehr_names_key (names, entry->person);
      const char *known = key != NULL ? g_hash_table_lookup (names->roles, key) : NULL;

      if (key != NULL)
        g_hash_table_replace (names->roles, key,
                              g_strdup (known == NULL || g_str_equal (known, entry->role) ? entry->role : ""));
    }
  g_ptr_array_set_size (names->carers, 0);
}

/* (transfer full) (nullable) */
static char *text_of_reference (CpdEhrNames *names, JsonObject *reference, char **role, int hops);

/* (transfer full) (nullable) */
static char *
text_of_entry (CpdEhrNames *names, const char *key, char **role, int hops)
{
  const Entry *entry = key != NULL && hops > 0 ? g_hash_table_lookup (names->entries, key) : NULL;
  const char *known;
  g_autofree char *text = NULL;

  if (entry == NULL)
    return NULL;
  known = entry->role != NULL ? entry->role : g_hash_table_lookup (names->roles, key);
  if (role != NULL && *role == NULL && known != NULL && *known != '\0')
    *role = g_strdup (known);
  text = text_of_reference (names, entry->person, role, hops - 1);
  if (text == NULL)
    text = g_strdup (entry->text);
  return text != NULL ? g_steal_pointer (&text) : text_of_reference (names, entry->organization, NULL, hops - 1);
}

static char *
text_of_reference (CpdEhrNames *names, JsonObject *reference, char **role, int hops)
{
  g_autofree char *key = cpd_ehr_names_key (names, reference);

  return text_of_entry (names, key, role, hops);
}

/* (transfer full) (nullable) */
static char *
text_of_contained (CpdEhrNames *names, JsonObject *object, JsonObject *container, char **role, int hops)
{
  g_autofree char *text = object != NULL ? text_of (object) : NULL;
  JsonObject *person = cpd_fhir_object (object, "practitioner");
  g_autoptr (CpdEhrReference) inner = cpd_ehr_reference_parse (person);

  if (role != NULL && *role == NULL && object != NULL)
    *role = role_of (object);
  if (text != NULL || person == NULL || hops == 0)
    return g_steal_pointer (&text);
  if (inner != NULL && inner->contained != NULL)
    return text_of_contained (names, cpd_ehr_reference_contained (container, inner->contained), container, role,
                              hops - 1);
  text = text_of_reference (names, person, role, hops);
  return text != NULL ? g_steal_pointer (&text) : cpd_ehr_text_line (cpd_fhir_string (person, "display"));
}

/**
 * cpd_ehr_names_resolve:
 * @reference: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_names_resolve (CpdEhrNames *names, JsonObject *reference, JsonObject *container, char **role)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *text = NULL;

  settle_roles (names);
  text = text_of_reference (names, reference, role, MAX_HOPS);
  if (text == NULL && parsed != NULL && parsed->contained != NULL)
    text = text_of_contained (names, cpd_ehr_reference_contained (container, parsed->contained), container, role,
                              MAX_HOPS);
  return text != NULL ? g_steal_pointer (&text) : cpd_ehr_text_line (cpd_fhir_string (reference, "display"));
}

static const Form *
find_form (CpdEhrNames *names, const char *canonical)
{
  g_autofree char *url = g_strdup (canonical);
  char *bar = url != NULL ? strchr (url, '|') : NULL;

  if (bar != NULL)
    *bar = '\0';
  return url != NULL ? g_hash_table_lookup (names->forms, url) : NULL;
}

/**
 * cpd_ehr_names_form_title:
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_names_form_title (CpdEhrNames *names, const char *canonical)
{
  const Form *form = find_form (names, canonical);

  return form != NULL ? form->title : NULL;
}

/**
 * cpd_ehr_names_question:
 * @link_id: (nullable):
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_names_question (CpdEhrNames *names, const char *canonical, const char *link_id)
{
  const Form *form = find_form (names, canonical);

  return form != NULL && link_id != NULL ? g_hash_table_lookup (form->words, link_id) : NULL;
}
