/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a Reference points at: of what type that is, whose, and how it is called. */
#include "cpd-ehr-names-private.h"

#include <string.h>

#include "cpd-ehr-owner.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-title.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define MAX_HOPS 4 /* a role that points at a person, and so on */

/* FALSE: it lies elsewhere. *object (nullable) is what container holds by that reference. */
static gboolean
is_contained (const CpdEhrReference *parsed, JsonObject *container, JsonObject **object)
{
  if (parsed == NULL || parsed->contained == NULL)
    return FALSE;
  *object = cpd_ehr_reference_contained (container, parsed->contained);
  return TRUE;
}

/* (nullable): "Type/" of two resources with one address, "/" when those are of different types. */
static const char *
type_of_shared_url (CpdEhrNames *names, const CpdEhrReference *parsed)
{
  const char *known = parsed != NULL && parsed->urn != NULL ? g_hash_table_lookup (names->urls, parsed->urn) : NULL;

  return known != NULL && cpd_ehr_names_is_shared (known) ? known : NULL;
}

static gboolean
is_nobodys (const char *type)
{
  static const char *const types[] = { "Practitioner/",      "PractitionerRole/", "Organization/",
                                       "HealthcareService/", "Location/",         NULL };

  return g_strv_contains (types, type);
}

/**
 * cpd_ehr_names_owner_said:
 * @reference: (nullable):
 *
 * Returns: (transfer none) (nullable): the Reference by which it says so
 */
JsonObject *
cpd_ehr_names_owner_said (CpdEhrNames *names, JsonObject *reference, JsonObject *container)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  const CpdEhrNamed *entry;
  JsonObject *object;
  gboolean always;

  if (is_contained (parsed, container, &object))
    return cpd_ehr_owner_of (object, &always);
  entry = cpd_ehr_names_entry (names, key);
  return entry != NULL ? entry->patient : NULL;
}

/**
 * cpd_ehr_names_owner_of_contained:
 * @object: (nullable):
 *
 * Nobody points by mistake at what lies in a resource itself, so without a word it is of whom the resource is.
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_names_owner_of_contained (CpdEhrNames *names, JsonObject *object)
{
  gboolean always;
  JsonObject *said = cpd_ehr_owner_of (object, &always);
  const char *address = cpd_fhir_string (said, "reference");
  char *key = cpd_ehr_names_key (names, said);

  if (key != NULL || (address == NULL && cpd_fhir_object (said, "identifier") == NULL) ||
      (address != NULL && *address == '#'))
    return key;
  return g_strdup ("");
}

/**
 * cpd_ehr_names_owner:
 * @reference: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_names_owner (CpdEhrNames *names, JsonObject *reference, JsonObject *container)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  const char *shared = type_of_shared_url (names, parsed);
  const CpdEhrNamed *entry;
  JsonObject *object;
  char *owner;

  if (is_contained (parsed, container, &object))
    return cpd_ehr_names_owner_of_contained (names, object);
  if (shared != NULL)
    return is_nobodys (shared) ? NULL : g_strdup ("");
  if (key != NULL && g_str_has_prefix (key, "Patient/"))
    return g_steal_pointer (&key);
  entry = cpd_ehr_names_entry (names, key);
  if (entry == NULL || (entry->patient == NULL && !entry->owned))
    return NULL;
  owner = cpd_ehr_names_key (names, entry->patient);
  return owner != NULL ? owner : g_strdup ("");
}

/**
 * cpd_ehr_names_type:
 * @reference: (nullable):
 *
 * Returns: (transfer full) (nullable): what it is that is found there, else what the reference says that it is
 */
char *
cpd_ehr_names_type (CpdEhrNames *names, JsonObject *reference, JsonObject *container)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  const char *found = key != NULL ? key : type_of_shared_url (names, parsed);
  JsonObject *object;

  if (is_contained (parsed, container, &object) && object != NULL)
    return g_strdup (cpd_fhir_string (object, "resourceType"));
  if (found != NULL && *found != '/')
    return g_strndup (found, strcspn (found, "/"));
  return cpd_ehr_reference_type (reference);
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
  g_autofree char *found = cpd_ehr_names_type (names, reference, container);

  return g_strcmp0 (found, type) == 0;
}

static gboolean
is_withheld (CpdEhrNames *names, JsonObject *reference, JsonObject *container, int hops)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  const CpdEhrNamed *entry;
  JsonObject *object;

  if (hops == 0)
    return FALSE;
  if (is_contained (parsed, container, &object))
    return cpd_ehr_is_withheld (object) ||
           is_withheld (names, cpd_fhir_object (object, "practitioner"), container, hops - 1);
  entry = cpd_ehr_names_entry (names, key);
  return entry != NULL && (entry->withheld || is_withheld (names, entry->person, NULL, hops - 1));
}

/**
 * cpd_ehr_names_is_withheld:
 * @reference: (nullable):
 *
 * Of a PractitionerRole it is the person that counts too: nothing else is named by it.
 *
 * Returns: FALSE also for what is not known.
 */
gboolean
cpd_ehr_names_is_withheld (CpdEhrNames *names, JsonObject *reference, JsonObject *container)
{
  return is_withheld (names, reference, container, MAX_HOPS);
}

/* (transfer full) (nullable) */
static char *text_of (CpdEhrNames *names, JsonObject *reference, JsonObject *container, char **role, int hops);

static void
set_role (char **role, const char *known)
{
  if (role != NULL && *role == NULL && known != NULL && *known != '\0')
    *role = g_strdup (known);
}

/* (transfer full) (nullable) */
static char *
text_of_entry (CpdEhrNames *names, const char *key, char **role, int hops)
{
  const CpdEhrNamed *entry = cpd_ehr_names_entry (names, key);
  char *text;

  if (entry == NULL)
    return NULL;
  set_role (role, entry->role != NULL ? entry->role : g_hash_table_lookup (names->roles, key));
  text = text_of (names, entry->person, NULL, role, hops - 1);
  return text != NULL ? text : g_strdup (entry->text);
}

/* (transfer full) (nullable) */
static char *
text_of_contained (CpdEhrNames *names, JsonObject *object, JsonObject *container, char **role, int hops)
{
  JsonObject *person = cpd_fhir_object (object, "practitioner");
  g_autofree char *text = cpd_ehr_title_of (object);
  g_autofree char *said = cpd_ehr_title_role (object);

  set_role (role, said);
  if (text == NULL)
    text = text_of (names, person, container, role, hops - 1);
  return text != NULL ? g_steal_pointer (&text) : cpd_ehr_text_line (cpd_fhir_string (person, "display"));
}

static char *
text_of (CpdEhrNames *names, JsonObject *reference, JsonObject *container, char **role, int hops)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  JsonObject *object = NULL;

  if (hops == 0)
    return NULL;
  if (is_contained (parsed, container, &object))
    return object != NULL ? text_of_contained (names, object, container, role, hops) : NULL;
  return text_of_entry (names, key, role, hops);
}

/* (transfer full) (nullable): for whom somebody works of whom there is no name. */
static char *
text_of_organization (CpdEhrNames *names, JsonObject *reference, JsonObject *container)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);
  g_autofree char *key = cpd_ehr_names_key_of (names, parsed);
  JsonObject *organization = NULL;
  const CpdEhrNamed *entry;
  char *text;

  if (is_contained (parsed, container, &organization))
    organization = cpd_fhir_object (organization, "organization");
  else if ((entry = cpd_ehr_names_entry (names, key)) != NULL)
    organization = entry->organization;
  if (organization == NULL || cpd_ehr_names_is_withheld (names, organization, container))
    return NULL;
  text = text_of (names, organization, container, NULL, 1);
  return text != NULL ? text : cpd_ehr_text_line (cpd_fhir_string (organization, "display"));
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
  char *text;

  cpd_ehr_names_settle_roles (names);
  text = text_of (names, reference, container, role, MAX_HOPS);
  if (text == NULL)
    text = cpd_ehr_text_line (cpd_fhir_string (reference, "display"));
  return text != NULL ? text : text_of_organization (names, reference, container);
}
