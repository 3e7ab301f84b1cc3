/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include <string.h>

#include "cpd-ehr-date.h"
#include "cpd-ehr-owner.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define CODE_SPECIFICATION "http://nictiz.nl/fhir/StructureDefinition/ext-CodeSpecification"
#define ADDRESS_USE "http://terminology.hl7.org/CodeSystem/v3-AddressUse"

static gboolean
is_mobile (JsonObject *point, const char *value)
{
  JsonObject *extension = cpd_fhir_extension (cpd_fhir_object (point, "_system"), CODE_SPECIFICATION);
  g_autofree char *digits = NULL;

  if (g_strcmp0 (cpd_fhir_string (point, "use"), "mobile") == 0 ||
      cpd_fhir_has_code (cpd_fhir_object (extension, "valueCodeableConcept"), ADDRESS_USE, "MC"))
    return TRUE;
  digits = g_strdup (value);
  g_strdelimit (digits, " -.()", ' ');
  for (char *from = digits, *to = digits;; from++)
    if (*from != ' ' && (*to++ = *from) == '\0')
      break;
  return g_str_has_prefix (digits, "06") || g_str_has_prefix (digits, "+316") || g_str_has_prefix (digits, "00316");
}

static void
keep_first (char **where, const char *value)
{
  if (*where == NULL)
    *where = cpd_ehr_text_line (value);
}

/**
 * cpd_ehr_map_has_ended:
 * @object: (nullable): something with a period
 *
 * Returns: TRUE when its end is in the past.
 */
gboolean
cpd_ehr_map_has_ended (const CpdEhrMapper *mapper, JsonObject *object)
{
  const char *end = cpd_fhir_string (cpd_fhir_object (object, "period"), "end");
  gboolean ended = cpd_ehr_date_is_past (end, mapper->now, mapper->zone);

  if (end != NULL && !ended && mapper->passing != NULL)
    mapper->passing (mapper->patient_data);
  return ended;
}

/**
 * cpd_ehr_map_telecom:
 * @telecom: (nullable): ContactPoints; old and ended ones do not count
 */
void
cpd_ehr_map_telecom (const CpdEhrMapper *mapper, JsonArray *telecom, char **phone, char **mobile, char **email)
{
  *phone = *mobile = *email = NULL;
  for (guint i = 0; i < cpd_fhir_length (telecom); i++)
    {
      JsonObject *point = cpd_fhir_nth (telecom, i);
      const char *value = cpd_fhir_string (point, "value");
      const char *system = cpd_fhir_string (point, "system");

      if (value == NULL || g_strcmp0 (cpd_fhir_string (point, "use"), "old") == 0 ||
          cpd_ehr_map_has_ended (mapper, point))
        continue;
      if (g_strcmp0 (system, "email") == 0)
        keep_first (email, value);
      else if (g_strcmp0 (system, "phone") == 0)
        keep_first (is_mobile (point, value) ? mobile : phone, value);
    }
}

static gboolean
is_group (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  return cpd_ehr_names_is_a (mapper->names, reference, container, "Organization") ||
         cpd_ehr_names_is_a (mapper->names, reference, container, "CareTeam");
}

/**
 * cpd_ehr_map_is_same:
 *
 * Returns: TRUE also for one key twice.
 */
gboolean
cpd_ehr_map_is_same (const CpdEhrMapper *mapper, const char *key, const char *other)
{
  return g_str_equal (key, other) || (mapper->same != NULL && mapper->same (key, other, mapper->patient_data));
}

/* What is given out to those who give care, and to nobody else: by number in the registers of the Netherlands. */
static const char *const carer_systems[] = { "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers",
                                             "http://fhir.nl/fhir/NamingSystem/uzi-nr-sys",
                                             "http://fhir.nl/fhir/NamingSystem/ura",
                                             "http://fhir.nl/fhir/NamingSystem/agb-z",
                                             "http://fhir.nl/fhir/NamingSystem/big",
                                             "urn:oid:2.16.528.1.1007.3.1",       /* UZI, persons */
                                             "urn:oid:2.16.528.1.1007.3.2",       /* UZI, systems */
                                             "urn:oid:2.16.528.1.1007.3.3",       /* URA */
                                             "urn:oid:2.16.840.1.113883.2.4.6.1", /* AGB */
                                             "urn:oid:2.16.528.1.1007.5.1",       /* BIG */
                                             NULL };

/* The number of a citizen: who gives care is not told by it. */
static const char *const client_systems[] = { "http://fhir.nl/fhir/NamingSystem/bsn",
                                              "urn:oid:2.16.840.1.113883.2.4.6.3", NULL };

/* (nullable): the identifier of a Reference that gives no address, and may be that of a Patient. */
static JsonObject *
patient_identifier (JsonObject *reference)
{
  JsonObject *identifier = cpd_fhir_object (reference, "identifier");
  g_autofree char *type = cpd_ehr_reference_type (reference);
  const char *system = cpd_fhir_string (identifier, "system");

  if (cpd_fhir_string (reference, "reference") != NULL || (type != NULL && !g_str_equal (type, "Patient")) ||
      (system != NULL && g_strv_contains (carer_systems, system)))
    return NULL;
  return identifier;
}

/* (transfer full) (nullable): the Patient of a Reference that gives no address, only an identifier. */
static char *
key_of_identifier (const CpdEhrMapper *mapper, JsonObject *reference)
{
  JsonObject *identifier = patient_identifier (reference);
  const char *system = cpd_fhir_string (identifier, "system");
  const char *value = cpd_fhir_string (identifier, "value");
  g_autofree char *text = NULL;

  if (mapper->by_identifier == NULL || system == NULL || value == NULL)
    return NULL;
  text = g_strconcat (system, "|", value, NULL);
  return mapper->by_identifier (text, mapper->patient_data);
}

/* It says so, or does not say what it is and has the number of a citizen. */
static gboolean
is_patient (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  const char *system = cpd_fhir_string (cpd_fhir_object (reference, "identifier"), "system");
  g_autofree char *type = cpd_ehr_names_type (mapper->names, reference, container);

  if (type == NULL)
    return system != NULL && g_strv_contains (client_systems, system);
  return g_str_equal (type, "Patient");
}

/* (transfer full) (nullable): owner (transfer full) (nullable); where that is somebody who is not told by a key, ""
 * (cpd_ehr_names_owner()), who is meant by the identifier of said, the reference that says so. */
static char *
owner_by_identifier (const CpdEhrMapper *mapper, char *owner, JsonObject *said)
{
  char *key = owner != NULL && *owner == '\0' ? key_of_identifier (mapper, said) : NULL;

  if (key == NULL)
    return owner;
  g_free (owner);
  return key;
}

/* (transfer full) (nullable): as cpd_ehr_names_owner() tells it, and by an identifier. */
static char *
owner_of (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  char *key = key_of_identifier (mapper, reference);

  if (key != NULL)
    return key;
  return owner_by_identifier (mapper, cpd_ehr_names_owner (mapper->names, reference, container),
                              cpd_ehr_names_owner_said (mapper->names, reference, container));
}

/**
 * cpd_ehr_map_may_be_patient:
 * @reference: (nullable):
 *
 * One that gives an identifier alone need not say of what type it is (FHIR R4, Reference.type is optional).
 *
 * Returns: FALSE for what is surely no client.
 */
gboolean
cpd_ehr_map_may_be_patient (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  return is_patient (mapper, reference, container) || patient_identifier (reference) != NULL;
}

/**
 * cpd_ehr_map_is_of_other:
 * @reference: (nullable):
 *
 * Returns: TRUE when its name must not be told.
 */
gboolean
cpd_ehr_map_is_of_other (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  g_autofree char *owner = owner_of (mapper, reference, container);

  /* Of a Patient without an address, and with an identifier of nobody here, it is not clear who that is. */
  if (owner == NULL)
    return is_patient (mapper, reference, container);
  return mapper->patient == NULL || !cpd_ehr_map_is_same (mapper, owner, mapper->patient);
}

static void
tell_other (const CpdEhrMapper *mapper)
{
  if (mapper->other != NULL)
    mapper->other (mapper->patient_data);
}

/**
 * cpd_ehr_map_holds_other:
 *
 * Returns: FALSE when it does not say of whom it is.
 */
gboolean
cpd_ehr_map_holds_other (const CpdEhrMapper *mapper, JsonObject *contained)
{
  gboolean always;
  g_autofree char *owner = owner_by_identifier (mapper, cpd_ehr_names_owner_of_contained (mapper->names, contained),
                                                cpd_ehr_owner_of (contained, &always));

  if (owner == NULL || mapper->patient == NULL || cpd_ehr_map_is_same (mapper, owner, mapper->patient))
    return FALSE;
  tell_other (mapper);
  return TRUE;
}

/**
 * cpd_ehr_map_display:
 * @reference: (nullable):
 *
 * Returns: (nullable): also NULL for what the EHR withholds.
 */
const char *
cpd_ehr_map_display (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  const char *display = cpd_fhir_string (reference, "display");

  if (display == NULL || cpd_ehr_names_is_withheld (mapper->names, reference, container))
    return NULL;
  if (!cpd_ehr_map_is_of_other (mapper, reference, container))
    return display;
  tell_other (mapper);
  return NULL;
}

/**
 * cpd_ehr_map_name:
 * @reference: (nullable):
 * @role: (out) (optional) (nullable) (transfer full): what the carer does
 *
 * What is of another client is not named, also not by the display of a mistaken reference; nor is what is withheld.
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_name (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container, char **role)
{
  if (role != NULL)
    *role = NULL;
  if (reference == NULL || cpd_ehr_map_is_of_other (mapper, reference, container) ||
      cpd_ehr_names_is_withheld (mapper->names, reference, container))
    return NULL;
  return cpd_ehr_names_resolve (mapper->names, reference, container, role);
}

/**
 * cpd_ehr_map_person:
 * @reference: (nullable):
 * @role: (out) (optional) (nullable) (transfer full): what the carer does
 *
 * Of whom a form tells: it is often the client, so who is known by an identifier of nobody here may be another one.
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_person (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container, char **role)
{
  g_autofree char *key = key_of_identifier (mapper, reference);

  if (role != NULL)
    *role = NULL;
  if (key == NULL && patient_identifier (reference) != NULL)
    return NULL;
  return cpd_ehr_map_name (mapper, reference, container, role);
}

/**
 * cpd_ehr_map_author:
 * @references: (nullable):
 * @role: (out) (nullable) (transfer full): what the carer does
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_author (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container, char **role)
{
  *role = NULL;
  for (int groups = 0; groups <= 1; groups++)
    for (guint i = 0; i < cpd_fhir_length (references); i++)
      {
        JsonObject *reference = cpd_fhir_nth (references, i);
        char *name;

        if (reference == NULL || is_group (mapper, reference, container) != groups)
          continue;
        name = cpd_ehr_map_name (mapper, reference, container, role);
        if (name != NULL)
          return name;
        g_clear_pointer (role, g_free);
      }
  return NULL;
}

static void
take_about (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container, char **key, char **title)
{
  if (*key != NULL || cpd_ehr_map_is_of_other (mapper, reference, container))
    return;
  *key = cpd_ehr_names_key (mapper->names, reference);
  /* What that is called now is asked when the card is shown: of one that is hidden since, or still, only the words of
   * the card itself are left. */
  if (*key != NULL && *title == NULL)
    *title = cpd_ehr_text_line (cpd_ehr_map_display (mapper, reference, container));
}

/**
 * cpd_ehr_map_about:
 * @references: (nullable):
 */
void
cpd_ehr_map_about (const CpdEhrMapper *mapper, JsonObject *container, JsonArray *references, CpdEhrItem *item)
{
  for (guint i = 0; i < cpd_fhir_length (references); i++)
    if (cpd_ehr_names_is_a (mapper->names, cpd_fhir_nth (references, i), container, "CarePlan"))
      take_about (mapper, cpd_fhir_nth (references, i), container, &item->about_key, &item->about);
  for (guint i = 0; i < cpd_fhir_length (references); i++)
    if (cpd_ehr_names_is_a (mapper->names, cpd_fhir_nth (references, i), container, "Goal"))
      take_about (mapper, cpd_fhir_nth (references, i), container, &item->goal_key, &item->about);
  if (item->about_key == NULL)
    item->about_key = g_strdup (item->goal_key);
}

/* A row of the table below, for a function that fills a content of its own type. */
#define AS_ITS_TYPE(name, Content)                                                                                     \
  static CpdEhrMapped as_##name (const CpdEhrMapper *mapper, const CpdEhrResource *resource, gpointer *content,        \
                                 const char **reason)                                                                  \
  {                                                                                                                    \
    Content *mapped = NULL;                                                                                            \
    CpdEhrMapped result = cpd_ehr_map_##name (mapper, resource, &mapped, reason);                                      \
                                                                                                                       \
    *content = mapped;                                                                                                 \
    return result;                                                                                                     \
  }

AS_ITS_TYPE (profile, CpdEhrProfile)
AS_ITS_TYPE (related_person, CpdEhrContact)
AS_ITS_TYPE (plan, CpdEhrPlan)
AS_ITS_TYPE (goal, CpdEhrPiece)
AS_ITS_TYPE (request, CpdEhrPiece)
AS_ITS_TYPE (care_team, CpdEhrPiece)
AS_ITS_TYPE (observation, CpdEhrItem)
AS_ITS_TYPE (document, CpdEhrItem)
AS_ITS_TYPE (composition, CpdEhrItem)
AS_ITS_TYPE (form, CpdEhrItem)
AS_ITS_TYPE (appointment, CpdEhrAppointment)

/* Of each type: the kind of row that it makes, where it says who it is about, and who maps it. */
static const struct
{
  const char *type;
  CpdEhrKind kind;
  const char *patient; /* (nullable): a reference; a Patient and an Appointment say it otherwise */
  CpdEhrMapped (*map) (const CpdEhrMapper *mapper, const CpdEhrResource *resource, gpointer *content,
                       const char **reason);
} types[] = {
  { "Patient", CPD_EHR_PROFILE, NULL, as_profile },
  { "RelatedPerson", CPD_EHR_CONTACT, "patient", as_related_person },
  { "CareTeam", CPD_EHR_PIECE, "subject", as_care_team },
  { "Goal", CPD_EHR_PIECE, "subject", as_goal },
  { "CarePlan", CPD_EHR_PLAN, "subject", as_plan },
  { "ServiceRequest", CPD_EHR_PIECE, "subject", as_request },
  { "Task", CPD_EHR_PIECE, "for", as_request },
  { "Procedure", CPD_EHR_PIECE, "subject", as_request },
  { "Observation", CPD_EHR_ITEM, "subject", as_observation },
  { "DocumentReference", CPD_EHR_ITEM, "subject", as_document },
  { "Composition", CPD_EHR_ITEM, "subject", as_composition },
  { "QuestionnaireResponse", CPD_EHR_ITEM, "subject", as_form },
  { "Appointment", CPD_EHR_APPOINTMENT, NULL, as_appointment },
};

static int
find_type (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].type, type) == 0)
      return i;
  return -1;
}

/**
 * cpd_ehr_kind_of:
 *
 * Returns: the kind of row.
 */
CpdEhrKind
cpd_ehr_kind_of (const char *type)
{
  int i = find_type (type);

  return i >= 0 ? types[i].kind : CPD_EHR_N_KINDS;
}

static gboolean is_modified (JsonNode *node);

static gboolean
is_object_modified (JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (cpd_fhir_length (cpd_fhir_array (object, "modifierExtension")) > 0)
    return TRUE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (is_modified (member))
      return TRUE;
  return FALSE;
}

/* TRUE when something in it may mean the opposite of what it says (FHIR R4 2.4.0.1); none of those is known here. */
static gboolean
is_modified (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return is_object_modified (json_node_get_object (node));
  for (guint i = 0; i < cpd_fhir_length (array); i++)
    if (is_modified (json_array_get_element (array, i)))
      return TRUE;
  return FALSE;
}

/* (nullable): why a resource must not be shown as if it were understood. */
static const char *
strange_rule (const CpdEhrResource *resource)
{
  if (cpd_fhir_string (resource->object, "implicitRules") != NULL)
    return "it follows implicitRules, and those are not known";
  return is_modified (resource->node) ? "it has a modifierExtension, and none is known" : NULL;
}

/**
 * cpd_ehr_map:
 *
 * Returns: what became of the resource.
 */
CpdEhrMapped
cpd_ehr_map (const CpdEhrMapper *mapper, const CpdEhrResource *resource, gpointer *content, const char **reason)
{
  int i = find_type (resource->type);

  gboolean withheld = cpd_ehr_is_withheld (resource->object);
  const char *rule = i >= 0 && !withheld ? strange_rule (resource) : NULL;
  CpdEhrMapped mapped;

  *content = NULL;
  if (i < 0)
    return CPD_EHR_HIDDEN;
  /* A piece hides itself, so that a plan does not fall back on the words of who points at it. */
  if (withheld && types[i].kind == CPD_EHR_PROFILE)
    {
      *reason = "it is labelled as not for client or family: the profile stays as it was";
      return CPD_EHR_STRANGE;
    }
  if (withheld && types[i].kind != CPD_EHR_PIECE)
    return CPD_EHR_HIDDEN;
  mapped = types[i].map (mapper, resource, content, reason);
  /* What its status hides goes all the same. */
  if (rule == NULL || mapped == CPD_EHR_HIDDEN)
    return mapped;
  if (*content != NULL)
    cpd_ehr_content_free (types[i].kind, g_steal_pointer (content));
  *reason = rule;
  return CPD_EHR_STRANGE;
}

static void
add_patient (const CpdEhrMapper *mapper, JsonObject *reference, GPtrArray *keys)
{
  g_autofree char *by_address = cpd_ehr_names_key (mapper->names, reference);
  g_autofree char *key = by_address != NULL ? g_steal_pointer (&by_address) : key_of_identifier (mapper, reference);

  if (key != NULL && g_str_has_prefix (key, "Patient/") &&
      !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, g_steal_pointer (&key));
}

/**
 * cpd_ehr_map_patients:
 *
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *
cpd_ehr_map_patients (const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  JsonArray *participants = cpd_fhir_array (resource->object, "participant");
  int type = find_type (resource->type);

  if (g_str_equal (resource->type, "Patient"))
    g_ptr_array_add (keys, g_strconcat ("Patient/", resource->id, NULL));
  for (guint i = 0; g_str_equal (resource->type, "Appointment") && i < cpd_fhir_length (participants); i++)
    add_patient (mapper, cpd_fhir_object (cpd_fhir_nth (participants, i), "actor"), keys);
  if (type >= 0 && types[type].patient != NULL)
    add_patient (mapper, cpd_fhir_object (resource->object, types[type].patient), keys);
  return keys;
}
