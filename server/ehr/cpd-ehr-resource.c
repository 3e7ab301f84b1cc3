/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-resource.h"
#include "cpd-fhir.h"

#include <string.h>

#include "cp-json.h"

typedef enum
{
  STRING,
  OBJECT,
  ARRAY,
  BOOL,
  NUMBER
} Shape;

/* What the mapping reads at the top of each type; "" stands for every type. */
static const struct
{
  const char *type;
  const char *field;
  Shape shape;
} fields[] = {
  { "", "id", STRING },
  { "", "meta", OBJECT },
  { "", "text", OBJECT },
  { "", "contained", ARRAY },
  { "", "extension", ARRAY },
  { "", "identifier", ARRAY },
  { "Patient", "name", ARRAY },
  { "Patient", "telecom", ARRAY },
  { "Patient", "birthDate", STRING },
  { "Patient", "deceasedBoolean", BOOL },
  { "Patient", "deceasedDateTime", STRING },
  { "Patient", "address", ARRAY },
  { "Patient", "contact", ARRAY },
  { "Patient", "generalPractitioner", ARRAY },
  { "Patient", "link", ARRAY },
  { "RelatedPerson", "active", BOOL },
  { "RelatedPerson", "patient", OBJECT },
  { "RelatedPerson", "relationship", ARRAY },
  { "RelatedPerson", "name", ARRAY },
  { "RelatedPerson", "telecom", ARRAY },
  { "RelatedPerson", "period", OBJECT },
  { "CarePlan", "status", STRING },
  { "CarePlan", "subject", OBJECT },
  { "CarePlan", "category", ARRAY },
  { "CarePlan", "title", STRING },
  { "CarePlan", "description", STRING },
  { "CarePlan", "period", OBJECT },
  { "CarePlan", "partOf", ARRAY },
  { "CarePlan", "basedOn", ARRAY },
  { "CarePlan", "careTeam", ARRAY },
  { "CarePlan", "replaces", ARRAY },
  { "CarePlan", "created", STRING },
  { "CarePlan", "author", OBJECT },
  { "CarePlan", "contributor", ARRAY },
  { "CarePlan", "goal", ARRAY },
  { "CarePlan", "activity", ARRAY },
  { "CarePlan", "note", ARRAY },
  { "Goal", "lifecycleStatus", STRING },
  { "Goal", "achievementStatus", OBJECT },
  { "Goal", "description", OBJECT },
  { "Goal", "subject", OBJECT },
  { "Goal", "startDate", STRING },
  { "Goal", "target", ARRAY },
  { "Goal", "statusDate", STRING },
  { "Goal", "statusReason", STRING },
  { "Goal", "note", ARRAY },
  { "Goal", "outcomeReference", ARRAY },
  { "CareTeam", "status", STRING },
  { "CareTeam", "name", STRING },
  { "CareTeam", "subject", OBJECT },
  { "CareTeam", "period", OBJECT },
  { "CareTeam", "participant", ARRAY },
  { "ServiceRequest", "status", STRING },
  { "ServiceRequest", "subject", OBJECT },
  { "ServiceRequest", "replaces", ARRAY },
  { "ServiceRequest", "code", OBJECT },
  { "ServiceRequest", "doNotPerform", BOOL },
  { "ServiceRequest", "patientInstruction", STRING },
  { "ServiceRequest", "occurrenceTiming", OBJECT },
  { "ServiceRequest", "asNeededBoolean", BOOL },
  { "ServiceRequest", "asNeededCodeableConcept", OBJECT },
  { "ServiceRequest", "performer", ARRAY },
  { "ServiceRequest", "basedOn", ARRAY },
  { "ServiceRequest", "note", ARRAY },
  { "Task", "status", STRING },
  { "Task", "for", OBJECT },
  { "Task", "code", OBJECT },
  { "Task", "description", STRING },
  { "Task", "owner", OBJECT },
  { "Task", "basedOn", ARRAY },
  { "Task", "note", ARRAY },
  { "Procedure", "status", STRING },
  { "Procedure", "subject", OBJECT },
  { "Procedure", "code", OBJECT },
  { "Procedure", "performer", ARRAY },
  { "Procedure", "basedOn", ARRAY },
  { "Procedure", "outcome", OBJECT },
  { "Procedure", "note", ARRAY },
  { "DocumentReference", "status", STRING },
  { "DocumentReference", "docStatus", STRING },
  { "DocumentReference", "type", OBJECT },
  { "DocumentReference", "subject", OBJECT },
  { "DocumentReference", "date", STRING },
  { "DocumentReference", "author", ARRAY },
  { "DocumentReference", "description", STRING },
  { "DocumentReference", "content", ARRAY },
  { "DocumentReference", "context", OBJECT },
  { "DocumentReference", "relatesTo", ARRAY },
  { "Composition", "status", STRING },
  { "Composition", "type", OBJECT },
  { "Composition", "subject", OBJECT },
  { "Composition", "date", STRING },
  { "Composition", "author", ARRAY },
  { "Composition", "title", STRING },
  { "Composition", "event", ARRAY },
  { "Composition", "section", ARRAY },
  { "Composition", "relatesTo", ARRAY },
  { "Binary", "contentType", STRING },
  { "Binary", "securityContext", OBJECT },
  { "Binary", "data", STRING },
  { "Observation", "status", STRING },
  { "Observation", "code", OBJECT },
  { "Observation", "subject", OBJECT },
  { "Observation", "effectiveDateTime", STRING },
  { "Observation", "effectiveInstant", STRING },
  { "Observation", "effectivePeriod", OBJECT },
  { "Observation", "issued", STRING },
  { "Observation", "performer", ARRAY },
  { "Observation", "valueString", STRING },
  { "Observation", "note", ARRAY },
  { "Observation", "basedOn", ARRAY },
  { "Observation", "focus", ARRAY },
  { "QuestionnaireResponse", "status", STRING },
  { "QuestionnaireResponse", "subject", OBJECT },
  { "QuestionnaireResponse", "authored", STRING },
  { "QuestionnaireResponse", "author", OBJECT },
  { "QuestionnaireResponse", "source", OBJECT },
  { "QuestionnaireResponse", "questionnaire", STRING },
  { "QuestionnaireResponse", "basedOn", ARRAY },
  { "QuestionnaireResponse", "item", ARRAY },
  { "Questionnaire", "url", STRING },
  { "Questionnaire", "version", STRING },
  { "Questionnaire", "title", STRING },
  { "Questionnaire", "item", ARRAY },
  { "Appointment", "status", STRING },
  { "Appointment", "start", STRING },
  { "Appointment", "end", STRING },
  { "Appointment", "minutesDuration", NUMBER },
  { "Appointment", "description", STRING },
  { "Appointment", "serviceType", ARRAY },
  { "Appointment", "participant", ARRAY },
  { "Appointment", "patientInstruction", STRING },
  { "Appointment", "comment", STRING },
  { "Appointment", "cancelationReason", OBJECT },
  { "Practitioner", "name", ARRAY },
  { "PractitionerRole", "practitioner", OBJECT },
  { "PractitionerRole", "organization", OBJECT },
  { "Organization", "name", STRING },
};

/**
 * cpd_ehr_spot_new:
 *
 * Returns: (transfer full)
 */
CpdEhrSpot *
cpd_ehr_spot_new (const char *path, goffset offset, guint entry)
{
  CpdEhrSpot *spot = g_new0 (CpdEhrSpot, 1);

  spot->path = g_strdup (path);
  spot->offset = offset;
  spot->entry = entry;
  return spot;
}

/**
 * cpd_ehr_spot_copy:
 *
 * Returns: (transfer full)
 */
CpdEhrSpot *
cpd_ehr_spot_copy (const CpdEhrSpot *spot)
{
  return cpd_ehr_spot_new (spot->path, spot->offset, spot->entry);
}

/**
 * cpd_ehr_spot_free:
 * @spot: (nullable):
 */
void
cpd_ehr_spot_free (CpdEhrSpot *spot)
{
  if (spot == NULL)
    return;
  g_free (spot->path);
  g_free (spot);
}

/**
 * cpd_ehr_resource_new:
 * @node: (transfer full): an object with a resourceType
 *
 * Returns: (transfer full): the resource with what its meta says.
 */
CpdEhrResource *
cpd_ehr_resource_new (JsonNode *node, const char *id, const char *full_url, const char *place)
{
  CpdEhrResource *resource = g_new0 (CpdEhrResource, 1);
  JsonObject *meta;
  const char *updated;

  resource->node = node;
  resource->object = json_node_get_object (node);
  resource->type = g_strdup (cpd_fhir_string (resource->object, "resourceType"));
  resource->id = g_strdup (id);
  resource->full_url = g_strdup (full_url);
  resource->place = g_strdup (place);
  meta = cpd_fhir_object (resource->object, "meta");
  resource->version_id = g_strdup (cpd_fhir_string (meta, "versionId"));
  updated = cpd_fhir_string (meta, "lastUpdated");
  if (updated == NULL || !cp_time_parse (updated, &resource->last_updated))
    resource->last_updated = 0;
  return resource;
}

/**
 * cpd_ehr_resource_free:
 * @resource: (nullable):
 */
void
cpd_ehr_resource_free (CpdEhrResource *resource)
{
  if (resource == NULL)
    return;
  json_node_unref (resource->node);
  g_free (resource->type);
  g_free (resource->id);
  g_free (resource->full_url);
  g_free (resource->version_id);
  g_free (resource->place);
  cpd_ehr_spot_free (resource->spot);
  g_free (resource);
}

/**
 * cpd_ehr_problem_new:
 * @format: why, in English and without content of the resource
 *
 * Returns: (transfer full)
 */
CpdEhrProblem *
cpd_ehr_problem_new (CpdEhrSeverity severity, const char *place, const char *type, const char *id, const char *format,
                     ...)
{
  CpdEhrProblem *problem = g_new0 (CpdEhrProblem, 1);
  va_list arguments;

  problem->severity = severity;
  problem->place = g_strdup (place);
  problem->type = g_strdup (type);
  problem->id = g_strdup (id);
  va_start (arguments, format);
  problem->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return problem;
}

/**
 * cpd_ehr_problem_free:
 * @problem: (nullable):
 */
void
cpd_ehr_problem_free (CpdEhrProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->place);
  g_free (problem->type);
  g_free (problem->id);
  g_free (problem->reason);
  cpd_ehr_resource_free (problem->refused);
  g_free (problem);
}

/**
 * cpd_ehr_is_id:
 * @text: (nullable):
 *
 * Returns: TRUE for an id of FHIR R4 (2.24.0.1).
 */
gboolean
cpd_ehr_is_id (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > CPD_EHR_ID_MAX)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.')
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_is_type:
 * @text: (nullable):
 *
 * Returns: TRUE for what can be the name of a resource type.
 */
gboolean
cpd_ehr_is_type (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > CPD_EHR_ID_MAX || !g_ascii_isupper (*text))
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalpha (*c))
      return FALSE;
  return TRUE;
}

static gboolean
has_shape (JsonNode *node, Shape shape)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  switch (shape)
    {
    case STRING:
      return type == G_TYPE_STRING;
    case OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    case ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node);
    case BOOL:
      return type == G_TYPE_BOOLEAN;
    case NUMBER:
      return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
    }
  return FALSE;
}

/**
 * cpd_ehr_wrong_field:
 *
 * Returns: (nullable): the name of the first member that has not the JSON type of FHIR R4; null counts as absent.
 */
const char *
cpd_ehr_wrong_field (JsonObject *object, const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonNode *node;

      if (*fields[i].type != '\0' && (*fields[i].type != *type || !g_str_equal (fields[i].type, type)))
        continue;
      node = json_object_get_member (object, fields[i].field);
      if (node == NULL || JSON_NODE_HOLDS_NULL (node) || has_shape (node, fields[i].shape))
        continue;
      /* QuestionnaireResponse and a few others have one identifier and not a list of them. */
      if (g_str_equal (fields[i].field, "identifier") && JSON_NODE_HOLDS_OBJECT (node))
        continue;
      return fields[i].field;
    }
  return NULL;
}

/* The uuid of "urn:uuid:...", else the last part of an address, when that can be an id. */
static char *
id_of_full_url (const char *full_url)
{
  const char *last;

  if (full_url == NULL)
    return NULL;
  last = g_str_has_prefix (full_url, "urn:uuid:") ? full_url + strlen ("urn:uuid:") : strrchr (full_url, '/');
  if (last != NULL && *last == '/')
    last++;
  return cpd_ehr_is_id (last) ? g_strdup (last) : NULL;
}

/**
 * cpd_ehr_resource_take:
 * @node: (transfer full): an object
 * @problem: (out): set when it cannot be used
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrResource *
cpd_ehr_resource_take (JsonNode *node, const char *full_url, const char *place, CpdEhrProblem **problem)
{
  g_autoptr (JsonNode) owned = node;
  JsonObject *object = json_node_get_object (node);
  const char *type = cpd_fhir_string (object, "resourceType");
  const char *given = cpd_fhir_string (object, "id");
  g_autofree char *id = given != NULL ? g_strdup (given) : id_of_full_url (full_url);
  const char *wrong;

  if (!cpd_ehr_is_type (type))
    *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, place, NULL, NULL, "not a resource: no resourceType");
  else if (id == NULL)
    *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, place, type, NULL, "no id");
  else if (!cpd_ehr_is_id (id))
    *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, place, type, NULL, "the id is not one of FHIR");
  else if ((wrong = cpd_ehr_wrong_field (object, type)) != NULL)
    {
      *problem = cpd_ehr_problem_new (CPD_EHR_ODD, place, type, id, "%s has the wrong type", wrong);
      (*problem)->refused = cpd_ehr_resource_new (g_steal_pointer (&owned), id, full_url, place);
    }
  else
    return cpd_ehr_resource_new (g_steal_pointer (&owned), id, full_url, place);
  return NULL;
}

/* A Reference may tell the name of a client, or a number that is sealed everywhere else. */
static void
set_owner (JsonObject *object, const char *member, const char *owner)
{
  JsonObject *reference;

  if (!json_object_has_member (object, member))
    return;
  reference = json_object_new ();
  if (owner != NULL)
    json_object_set_string_member (reference, "reference", owner);
  json_object_set_object_member (object, member, reference);
}

/**
 * cpd_ehr_resource_part:
 * @members: (array zero-terminated=1): which of its members
 * @owner: (nullable): the key of whom it is of, which is all that patient and subject say
 *
 * Returns: (transfer full): JSON of those, and its id.
 */
char *
cpd_ehr_resource_part (const CpdEhrResource *resource, const char *const *members, const char *owner)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonNode *member = json_object_get_member (resource->object, members[i]);

      if (member != NULL)
        json_object_set_member (object, members[i], json_node_ref (member));
    }
  set_owner (object, "patient", owner);
  set_owner (object, "subject", owner);
  json_object_set_string_member (object, "id", resource->id);
  json_node_set_object (node, object);
  return cp_json_text (node, NULL);
}
