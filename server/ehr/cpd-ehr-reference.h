/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a Reference points at, taken apart; its texts lie behind it in the same piece of memory. */
typedef struct
{
  const char *base;      /* (nullable): "http://host/fhir" of an absolute one */
  const char *type;      /* (nullable): not said by "urn:uuid:..." and "#..." without Reference.type */
  const char *id;        /* (nullable): NULL for one that gives an identifier only */
  const char *urn;       /* (nullable): "urn:uuid:..." as it stands */
  const char *contained; /* (nullable): id of a contained resource */
} CpdEhrReference;

/* NULL when reference (nullable) points at nothing that can be found. (transfer full). */
CpdEhrReference *cpd_ehr_reference_parse (JsonObject *reference);
void cpd_ehr_reference_free (CpdEhrReference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrReference, cpd_ehr_reference_free)

/* The type that reference (nullable) says it points at, also where that cannot be found; (transfer full) (nullable). */
char *cpd_ehr_reference_type (JsonObject *reference);

/* The contained resource of container with that id; (nullable). */
JsonObject *cpd_ehr_reference_contained (JsonObject *container, const char *id);

G_END_DECLS
