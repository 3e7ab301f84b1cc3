/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading of FHIR JSON that trusts nothing: a member that is absent, null or of another type is "not there", and so is
 * an empty string. Every function takes NULL for "not there", so that calls can be nested. Nothing is owned by the
 * caller unless it says (transfer full). */

#define CPD_SYSTEM_SNOMED "http://snomed.info/sct"
#define CPD_SYSTEM_LOINC "http://loinc.org"
#define CPD_SYSTEM_ROLE_CODE "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
#define CPD_SYSTEM_VEKT_ROLE "urn:oid:2.16.840.1.113883.2.4.3.11.22.472"

const char *cpd_fhir_string (JsonObject *object, const char *name);
JsonObject *cpd_fhir_object (JsonObject *object, const char *name);
JsonArray *cpd_fhir_array (JsonObject *object, const char *name);
/* A boolean member, or otherwise when it is not there. */
gboolean cpd_fhir_bool (JsonObject *object, const char *name, gboolean otherwise);
/* A number member as it is written in Dutch ("3,25"); (transfer full), NULL when not there. */
char *cpd_fhir_number_text (JsonObject *object, const char *name);

guint cpd_fhir_length (JsonArray *array);
JsonObject *cpd_fhir_nth (JsonArray *array, guint i);
const char *cpd_fhir_nth_string (JsonArray *array, guint i);

/* The extension with that url among the extensions of object. */
JsonObject *cpd_fhir_extension (JsonObject *object, const char *url);
/* Its valueString or valueCode. */
const char *cpd_fhir_extension_string (JsonObject *object, const char *url);

/* TRUE when a CodeableConcept has that coding. */
gboolean cpd_fhir_has_code (JsonObject *concept, const char *system, const char *code);
/* TRUE when it has one of those: "system|code", NULL-terminated; codes (nullable). */
gboolean cpd_fhir_has_code_of (JsonObject *concept, const char *const *codes);
/* The words of a CodeableConcept: text, else the first display; NULL without words. */
const char *cpd_fhir_concept_text (JsonObject *concept);
/* The same for an array of CodeableConcept: the first that has words. */
const char *cpd_fhir_concepts_text (JsonArray *concepts);

G_END_DECLS
