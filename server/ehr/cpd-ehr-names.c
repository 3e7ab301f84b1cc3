/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-names-private.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-ehr-owner.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-title.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

const char *const cpd_ehr_names_types[] = { "CarePlan",      "CareTeam",         "Goal",          "HealthcareService",
                                            "Location",      "Organization",     "Patient",       "Practitioner",
                                            "Questionnaire", "PractitionerRole", "RelatedPerson", NULL };

const char *const cpd_ehr_names_members[] = { "resourceType", "id",      "name",      "title",        "description",
                                              "category",     "code",    "specialty", "practitioner", "organization",
                                              "url",          "item",    "status",    "partOf",       "patient",
                                              "subject",      "version", "intent",    "meta",         NULL };

static void
entry_free (gpointer data)
{
  CpdEhrNamed *entry = data;

  g_free (entry->text);
  g_free (entry->role);
  g_clear_pointer (&entry->person, json_object_unref);
  g_clear_pointer (&entry->organization, json_object_unref);
  g_clear_pointer (&entry->patient, json_object_unref);
  g_free (entry);
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
  names->forms = cpd_ehr_forms_new ();
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
  g_free (names);
}

static JsonObject *
object_ref (JsonObject *object)
{
  return object != NULL ? json_object_ref (object) : NULL;
}

static CpdEhrNamed *
entry_new (JsonObject *object)
{
  const char *type = cpd_fhir_string (object, "resourceType");
  CpdEhrNamed *entry = g_new0 (CpdEhrNamed, 1);

  entry->withheld = cpd_ehr_is_withheld (object);
  entry->text = cpd_ehr_title_of (object);
  entry->patient = object_ref (cpd_ehr_owner_of (object, &entry->owned));
  if (g_strcmp0 (type, "PractitionerRole") == 0)
    {
      entry->role = cpd_ehr_title_role (object);
      entry->person = object_ref (cpd_fhir_object (object, "practitioner"));
      entry->organization = object_ref (cpd_fhir_object (object, "organization"));
      if (entry->text == NULL)
        entry->text = cpd_ehr_text_line (cpd_fhir_string (entry->person, "display"));
    }
  return entry;
}

/* (transfer full): of two keys, or of one and such a type, "Type/", or "/" when they are not of one type. */
static char *
shared_type (const char *one, const char *other)
{
  gsize length = strcspn (one, "/") + 1;

  return strncmp (one, other, length) == 0 ? g_strndup (one, length) : g_strdup ("/");
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
        g_hash_table_replace (names->urls, g_strdup (resource->full_url), shared_type (known, key));
    }
  else if (g_str_has_suffix (resource->full_url, key) && strlen (resource->full_url) > strlen (key))
    g_hash_table_add (names->bases, g_strndup (resource->full_url, strlen (resource->full_url) - strlen (key) - 1));
}

/**
 * cpd_ehr_names_add_address:
 *
 * Remembers where @resource is, when its Bundle says so: references may use that.
 */
void
cpd_ehr_names_add_address (CpdEhrNames *names, const CpdEhrResource *resource)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);

  add_url (names, resource, key);
}

/**
 * cpd_ehr_names_set_later:
 */
void
cpd_ehr_names_set_later (CpdEhrNames *names, CpdEhrNamesLater func, gpointer data)
{
  names->later = func;
  names->later_data = data;
}

/**
 * cpd_ehr_names_entry:
 * @key: (nullable):
 *
 * Returns: (nullable)
 */
const CpdEhrNamed *
cpd_ehr_names_entry (CpdEhrNames *names, const char *key)
{
  const CpdEhrNamed *entry = key != NULL ? g_hash_table_lookup (names->entries, key) : NULL;
  g_autoptr (CpdEhrResource) resource = NULL;

  if (entry != NULL || key == NULL || names->later == NULL)
    return entry;
  resource = names->later (key, names->later_data);
  if (resource != NULL)
    cpd_ehr_names_add (names, resource);
  return resource != NULL ? g_hash_table_lookup (names->entries, key) : NULL;
}

/**
 * cpd_ehr_names_add:
 *
 * Remembers how @resource is called. The first of two with the same id counts.
 *
 * Returns: TRUE when it was the first.
 */
gboolean
cpd_ehr_names_add (CpdEhrNames *names, const CpdEhrResource *resource)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);
  CpdEhrNamed *entry;

  add_url (names, resource, key);
  if (g_str_equal (resource->type, "Questionnaire"))
    cpd_ehr_forms_add (names->forms, resource);
  if (cpd_ehr_names_entry (names, key) != NULL)
    return FALSE;
  entry = entry_new (resource->object);
  if (entry->role != NULL && entry->person != NULL)
    g_ptr_array_add (names->carers, entry);
  g_hash_table_insert (names->entries, g_steal_pointer (&key), entry);
  return TRUE;
}

/**
 * cpd_ehr_names_add_base:
 *
 * Absolute references that begin with @base belong to this source.
 */
void
cpd_ehr_names_add_base (CpdEhrNames *names, const char *base)
{
  g_hash_table_add (names->bases, g_strdup (base));
}

/**
 * cpd_ehr_names_has_base:
 *
 * Returns: TRUE when an absolute reference may belong to this source.
 */
gboolean
cpd_ehr_names_has_base (CpdEhrNames *names)
{
  return g_hash_table_size (names->bases) > 0;
}

/**
 * cpd_ehr_names_forget:
 *
 * The next resource with @key counts.
 */
void
cpd_ehr_names_forget (CpdEhrNames *names, const char *key)
{
  /* Until then its roles are borrowed. */
  cpd_ehr_names_settle_roles (names);
  g_hash_table_remove (names->entries, key);
}

/* (nullable) */
static void
note (CpdEhrNames *names, const char *key)
{
  guint32 hash = key != NULL ? g_str_hash (key) : 0;

  if (names->asked == NULL || key == NULL)
    return;
  for (guint i = 0; i < names->asked->len; i++)
    if (g_array_index (names->asked, guint32, i) == hash)
      return;
  g_array_append_val (names->asked, hash);
}

/* An absolute reference belongs to this source when its address is one of the source's own. */
static gboolean
is_own_base (CpdEhrNames *names, const char *base)
{
  note (names, base);
  return g_hash_table_contains (names->bases, base);
}

/**
 * cpd_ehr_names_key_of:
 * @parsed: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_names_key_of (CpdEhrNames *names, const CpdEhrReference *parsed)
{
  char *key = NULL;

  if (parsed == NULL || parsed->contained != NULL)
    return NULL;
  if (parsed->urn != NULL)
    {
      const char *known = g_hash_table_lookup (names->urls, parsed->urn);

      note (names, parsed->urn);
      key = known != NULL && !cpd_ehr_names_is_shared (known) ? g_strdup (known) : NULL;
    }
  else if (parsed->base == NULL || is_own_base (names, parsed->base))
    key = g_strconcat (parsed->type, "/", parsed->id, NULL);
  note (names, key);
  return key;
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

  return cpd_ehr_names_key_of (names, parsed);
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
  note (names, key);
  return cpd_ehr_names_entry (names, key) != NULL;
}

/**
 * cpd_ehr_names_settle_roles:
 *
 * What came until now has its role after it.
 */
void
cpd_ehr_names_settle_roles (CpdEhrNames *names)
{
  for (guint i = 0; i < names->carers->len; i++)
    {
      const CpdEhrNamed *entry = g_ptr_array_index (names->carers, i);
      char *key = cpd_ehr_names_key (names, entry->person);
      const char *known = key != NULL ? g_hash_table_lookup (names->roles, key) : NULL;

      if (key != NULL)
        g_hash_table_replace (names->roles, key,
                              g_strdup (known == NULL || g_str_equal (known, entry->role) ? entry->role : ""));
    }
  g_ptr_array_set_size (names->carers, 0);
}

static void
note_form (CpdEhrNames *names, const char *canonical)
{
  g_autofree char *address = cpd_ehr_forms_address (canonical);

  note (names, canonical);
  note (names, address);
}

/**
 * cpd_ehr_names_knows_form:
 * @canonical: (nullable):
 *
 * Returns: TRUE when that very version is known, or any when it names none.
 */
gboolean
cpd_ehr_names_knows_form (CpdEhrNames *names, const char *canonical)
{
  return cpd_ehr_forms_knows (names->forms, canonical);
}

/**
 * cpd_ehr_names_form_title:
 *
 * Returns: (nullable)
 */
const char *
cpd_ehr_names_form_title (CpdEhrNames *names, const char *canonical)
{
  note_form (names, canonical);
  return cpd_ehr_forms_title (names->forms, canonical);
}

/**
 * cpd_ehr_names_question:
 * @link_id: (nullable):
 *
 * Returns: (nullable)
 */
const CpdEhrQuestion *
cpd_ehr_names_question (CpdEhrNames *names, const char *canonical, const char *link_id)
{
  note_form (names, canonical);
  return cpd_ehr_forms_question (names->forms, canonical, link_id);
}

/**
 * cpd_ehr_names_listen:
 * @asked: (nullable):
 */
void
cpd_ehr_names_listen (CpdEhrNames *names, GArray *asked)
{
  cpd_ehr_names_settle_roles (names);
  names->asked = asked;
}

static void
append_object (GString *text, JsonObject *object)
{
  g_autoptr (JsonNode) node = object != NULL ? json_node_init_object (json_node_alloc (), object) : NULL;
  g_autofree char *json = node != NULL ? cp_json_text (node, NULL) : NULL;

  g_string_append_printf (text, "\n%s", json != NULL ? json : "");
}

/**
 * cpd_ehr_names_describe:
 *
 * Returns: (transfer full)
 */
char *
cpd_ehr_names_describe (CpdEhrNames *names, const char *key)
{
  const CpdEhrNamed *entry = g_hash_table_lookup (names->entries, key);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "entry%s\n%s\n%s", entry->withheld ? " withheld" : "", entry->text != NULL ? entry->text : "",
                   entry->role != NULL ? entry->role : "");
  append_object (text, entry->person);
  append_object (text, entry->organization);
  append_object (text, entry->patient);
  return g_strdup (text->str);
}

static void
each_text (GHashTable *table, const char *what, CpdEhrNamesFunc func, gpointer data, GString *text)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_string_printf (text, "%s\n%s", what, (const char *) value);
      func (key, text->str, data);
    }
}

/**
 * cpd_ehr_names_each:
 *
 * Tells all that is known beside the resources.
 */
void
cpd_ehr_names_each (CpdEhrNames *names, CpdEhrNamesFunc func, gpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  cpd_ehr_names_settle_roles (names);
  each_text (names->roles, "role", func, data, text);
  each_text (names->urls, "url", func, data, text);
  each_text (names->bases, "base", func, data, text);
  cpd_ehr_forms_each (names->forms, func, data);
}
