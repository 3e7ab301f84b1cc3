/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "cp-time.h"

G_BEGIN_DECLS

/* One resource of a source, with where it stood. */
typedef struct
{
  JsonNode *node;      /* (owned) */
  JsonObject *object;  /* (borrowed) of node */
  char *type;          /* resourceType */
  char *id;            /* its id, or the uuid of its fullUrl */
  char *full_url;      /* (nullable) of its Bundle entry */
  char *version_id;    /* (nullable) meta.versionId */
  CpTime last_updated; /* meta.lastUpdated; 0: not given */
  char *place;         /* "file:line", "file" or "file:entry 3" */
} CpdEhrResource;

/* How bad it is, for what may be concluded from what was not seen. */
typedef enum
{
  CPD_EHR_ODD,  /* reported; nothing is missing */
  CPD_EHR_HOLE, /* something could not be read: what is missing in this run may still exist */
  CPD_EHR_CUT   /* a file is unreadable or ends in the middle: the run of its type has failed */
} CpdEhrSeverity;

/* Something odd: where, and why in English without any content. */
typedef struct
{
  CpdEhrSeverity severity;
  char *place;
  char *type; /* (nullable): not known; a hole may then be of any type */
  char *id;   /* (nullable) */
  char *reason;
} CpdEhrProblem;

/* (transfer full). Takes node, whose root is an object with a resourceType. */
CpdEhrResource *cpd_ehr_resource_new (JsonNode *node, const char *id, const char *full_url, const char *place);
void cpd_ehr_resource_free (CpdEhrResource *resource);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrResource, cpd_ehr_resource_free)

CpdEhrProblem *cpd_ehr_problem_new (CpdEhrSeverity severity, const char *place, const char *type, const char *id,
                                    const char *format, ...) G_GNUC_PRINTF (5, 6);
void cpd_ehr_problem_free (CpdEhrProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrProblem, cpd_ehr_problem_free)

/* FHIR's id: 1 to 64 of A-Z a-z 0-9 - . */
gboolean cpd_ehr_is_id (const char *text);
/* A name of a resource type: letters, at most 64. */
gboolean cpd_ehr_is_type (const char *text);

/* NULL when each member of object that the mapping of its type uses has the JSON type that FHIR R4 gives it, else the
 * name of the first that has not. */
const char *cpd_ehr_wrong_field (JsonObject *object, const char *type);

G_END_DECLS
