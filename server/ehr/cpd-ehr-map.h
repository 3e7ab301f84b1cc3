/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-names.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* From FHIR R4 to what the portal keeps: pure functions of the resource, the names and the moment. */

typedef struct
{
  GTimeZone *zone;    /* (borrowed) of the organisation */
  CpTime now;         /* judges what has ended */
  CpdEhrNames *names; /* (borrowed) */
} CpdEhrMapper;

typedef enum
{
  CPD_EHR_SHOWN,  /* content is set */
  CPD_EHR_HIDDEN, /* no portal content, or its status hides it: it goes from the screens when it was there */
  CPD_EHR_STRANGE /* cannot be understood: the last good copy stays */
} CpdEhrMapped;

/* reason (a static English phrase without content) is set with CPD_EHR_STRANGE, and with CPD_EHR_SHOWN when something
 * was left out. content is (transfer full). */
CpdEhrMapped cpd_ehr_map_profile (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrProfile **content,
                                  const char **reason);
CpdEhrMapped cpd_ehr_map_plan (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPlan **content,
                               const char **reason);
CpdEhrMapped cpd_ehr_map_observation (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                                      const char **reason);
CpdEhrMapped cpd_ehr_map_form (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                               const char **reason);
CpdEhrMapped cpd_ehr_map_appointment (const CpdEhrMapper *mapper, const CpdEhrResource *resource,
                                      CpdEhrAppointment **content, const char **reason);
CpdEhrMapped cpd_ehr_map_related_person (const CpdEhrMapper *mapper, const CpdEhrResource *resource,
                                         CpdEhrContact **content, const char **reason);

/* The contacts inside a Patient: id of the row ("Patient id#1") and, when the contact names the RelatedPerson that it
 * is (patient-relatedPerson), the key of that. Elements: CpdEhrPatientContact. (transfer full). */
typedef struct
{
  char *id;
  char *related; /* (nullable) "RelatedPerson/7" */
  CpdEhrContact *content;
} CpdEhrPatientContact;
GPtrArray *cpd_ehr_map_patient_contacts (const CpdEhrMapper *mapper, const CpdEhrResource *resource);

/* A string that is the same for two records of one person: name and telephone number without their spelling. */
char *cpd_ehr_contact_fingerprint (const CpdEhrContact *contact);

/* Telephone (mobile or not) and e-mail of a telecom array (nullable); each (transfer full) (nullable) out. */
void cpd_ehr_map_telecom (const CpdEhrMapper *mapper, JsonArray *telecom, char **phone, char **mobile, char **email);

/* The author of an array of References: a person before an organisation. */
char *cpd_ehr_map_author (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container, char **role);

/* The keys "Patient/1" of whom the resource is about, in the order of the resource, each once; (transfer full). */
GPtrArray *cpd_ehr_map_patients (const CpdEhrMapper *mapper, const CpdEhrResource *resource);

G_END_DECLS
