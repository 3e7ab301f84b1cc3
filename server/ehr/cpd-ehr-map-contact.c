/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include <string.h>

#include "cpd-ehr-name.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-words.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define RELATED_PERSON "http://hl7.org/fhir/StructureDefinition/patient-relatedPerson"
#define PHONE_DIGITS 8 /* the last ones: the same number with +31, 0031 or 0 in front */

static void
take_word (char **where, const char *word)
{
  if (*where == NULL)
    *where = cpd_ehr_text_line (word);
}

/* One CodeableConcept says what somebody is (RoleCode), another what somebody does (VEKT), each in its own order. */
static void
map_relationship (JsonArray *relationship, CpdEhrContact *contact)
{
  const char *other = NULL;

  for (guint i = 0; i < cpd_fhir_length (relationship); i++)
    {
      JsonObject *concept = cpd_fhir_nth (relationship, i);
      JsonArray *codings = cpd_fhir_array (concept, "coding");
      gboolean known = FALSE;

      for (guint j = 0; j < cpd_fhir_length (codings); j++)
        {
          JsonObject *coding = cpd_fhir_nth (codings, j);
          const char *system = cpd_fhir_string (coding, "system");
          const char *code = cpd_fhir_string (coding, "code");
          gboolean is_role = g_strcmp0 (system, CPD_SYSTEM_VEKT_ROLE) == 0;
          gboolean is_relation = g_strcmp0 (system, CPD_SYSTEM_ROLE_CODE) == 0;
          const char *word = is_role ? cpd_ehr_words_role (code) : is_relation ? cpd_ehr_words_relation (code) : NULL;

          if (!is_role && !is_relation)
            continue;
          take_word (is_role ? &contact->role : &contact->relation,
                     word != NULL ? word : cpd_fhir_concept_text (concept));
          known = TRUE;
        }
      if (!known && other == NULL)
        other = cpd_fhir_concept_text (concept);
    }
  take_word (&contact->relation, other);
}

/* (transfer full): NULL without a name. */
static CpdEhrContact *
contact_new (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *name)
{
  g_autoptr (CpdEhrContact) contact = g_new0 (CpdEhrContact, 1);
  g_autofree char *mobile = NULL;

  contact->name = cpd_ehr_name_full (name);
  if (contact->name == NULL)
    return NULL;
  map_relationship (cpd_fhir_array (object, "relationship"), contact);
  cpd_ehr_map_telecom (mapper, cpd_fhir_array (object, "telecom"), &contact->phone, &mobile, &contact->email);
  if (mobile != NULL)
    {
      g_free (contact->phone);
      contact->phone = g_steal_pointer (&mobile);
    }
  contact->position = cpd_ehr_words_role_rank (contact->role);
  contact->hidden = !cpd_fhir_bool (object, "active", TRUE) || cpd_ehr_map_has_ended (mapper, object);
  return g_steal_pointer (&contact);
}

/**
 * cpd_ehr_map_related_person:
 *
 * Returns: CPD_EHR_SHOWN with @content (which may be hidden: inactive or past), or CPD_EHR_STRANGE without a name.
 */
CpdEhrMapped
cpd_ehr_map_related_person (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrContact **content,
                            const char **reason)
{
  JsonObject *object = resource->object;

  *content = contact_new (mapper, object, cpd_ehr_name_best (mapper, cpd_fhir_array (object, "name")));
  if (*content != NULL)
    return CPD_EHR_SHOWN;
  *reason = "no name";
  return CPD_EHR_STRANGE;
}

static void
patient_contact_free (gpointer data)
{
  CpdEhrPatientContact *contact = data;

  g_free (contact->id);
  g_free (contact->related);
  cpd_ehr_contact_free (contact->content);
  g_free (contact);
}

/**
 * cpd_ehr_map_patient_contacts:
 * @resource: a Patient
 *
 * Returns: (transfer full) (element-type CpdEhrPatientContact): those with a name; organisations are no persons, and of
 * a Patient that is withheld none are told.
 */
GPtrArray *
cpd_ehr_map_patient_contacts (const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (patient_contact_free);
  JsonArray *contacts = cpd_fhir_array (resource->object, "contact");

  for (guint i = 0; i < cpd_fhir_length (contacts) && !cpd_ehr_is_withheld (resource->object); i++)
    {
      JsonObject *object = cpd_fhir_nth (contacts, i);
      CpdEhrContact *content = contact_new (mapper, object, cpd_fhir_object (object, "name"));
      JsonObject *extension = cpd_fhir_extension (object, RELATED_PERSON);
      const char *element = cpd_fhir_string (object, "id");
      gboolean has_id = cpd_ehr_is_id (element);
      CpdEhrPatientContact *contact;

      if (content == NULL)
        continue;
      contact = g_new0 (CpdEhrPatientContact, 1);
      contact->id =
          has_id ? g_strdup_printf ("%s#%s", resource->id, element) : g_strdup_printf ("%s#%u", resource->id, i + 1);
      contact->own = has_id && element[strspn (element, "0123456789")] != '\0';
      contact->related = cpd_ehr_names_key (mapper->names, cpd_fhir_object (extension, "valueReference"));
      contact->content = content;
      g_ptr_array_add (result, contact);
    }
  return result;
}

/**
 * cpd_ehr_contact_fingerprint:
 *
 * Returns: (transfer full): equal for two records of the same person of one patient.
 */
char *
cpd_ehr_contact_fingerprint (const CpdEhrContact *contact)
{
  g_autofree char *name = g_utf8_casefold (contact->name, -1);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = contact->phone != NULL ? contact->phone : ""; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  if (digits->len > PHONE_DIGITS)
    g_string_erase (digits, 0, digits->len - PHONE_DIGITS);
  return g_strconcat (name, "\n", digits->str, NULL);
}
