/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "cp-time.h"

G_BEGIN_DECLS

/* Where a resource of a directory stands, to read it again. */
typedef struct
{
  char *path;     /* of its file, below the directory */
  goffset offset; /* of its line in an .ndjson file */
  guint entry;    /* in a Bundle, from 1; 0: the whole file, or a line */
} CpdEhrSpot;

CpdEhrSpot *cpd_ehr_spot_new (const char *path, goffset offset, guint entry);
CpdEhrSpot *cpd_ehr_spot_copy (const CpdEhrSpot *spot);
void cpd_ehr_spot_free (CpdEhrSpot *spot);

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
  CpdEhrSpot *spot;    /* (nullable): of a Binary or an Observation in a directory */
} CpdEhrResource;

/* How bad it is, for what may be concluded from what was not seen. */
typedef enum
{
  CPD_EHR_ODD,  /* reported; nothing is missing */
  CPD_EHR_HOLE, /* something could not be read: what is missing in this run may still exist; of a directory its type was
                 * not read whole, and has failed */
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
  CpdEhrResource *refused; /* (owned) (nullable): what cannot be used, but may say whose it is */
} CpdEhrProblem;

/* (transfer full). Takes node, whose root is an object with a resourceType. */
CpdEhrResource *cpd_ehr_resource_new (JsonNode *node, const char *id, const char *full_url, const char *place);
void cpd_ehr_resource_free (CpdEhrResource *resource);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrResource, cpd_ehr_resource_free)

/* (transfer full): text of it with only those members (NULL-terminated) and its id; of patient and subject only that it
 * is of owner (nullable). */
char *cpd_ehr_resource_part (const CpdEhrResource *resource, const char *const *members, const char *owner);

CpdEhrProblem *cpd_ehr_problem_new (CpdEhrSeverity severity, const char *place, const char *type, const char *id,
                                    const char *format, ...) G_GNUC_PRINTF (5, 6);
void cpd_ehr_problem_free (CpdEhrProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrProblem, cpd_ehr_problem_free)

/* The one door for resources: takes node (an object), checks type, id and the fields that are read. NULL with problem:
 * (transfer full). full_url is nullable. */
CpdEhrResource *cpd_ehr_resource_take (JsonNode *node, const char *full_url, const char *place,
                                       CpdEhrProblem **problem);

#define CPD_EHR_ID_MAX 64
/* FHIR's id: 1 to 64 of A-Z a-z 0-9 - . */
gboolean cpd_ehr_is_id (const char *text);
/* A name of a resource type: letters, at most 64. */
gboolean cpd_ehr_is_type (const char *text);

/* NULL when each member of object that the mapping of its type uses has the JSON type that FHIR R4 gives it, else the
 * name of the first that has not. */
const char *cpd_ehr_wrong_field (JsonObject *object, const char *type);

G_END_DECLS
