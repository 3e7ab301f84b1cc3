/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-names.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* From FHIR R4 to what the portal keeps: pure functions of the resource, the names and the moment (and, of a document,
 * of what it points at). */

/* What lies beside a resource and is read with it, the Binary or the Observation with that key ("Binary/7"): (transfer
 * full), NULL when there is none. */
typedef CpdEhrResource *(*CpdEhrBesideFunc) (const char *key, gpointer data);
/* TRUE when two keys of Patients ("Patient/1") stand for one person: one of them replaced the other. */
typedef gboolean (*CpdEhrSameFunc) (const char *key, const char *other, gpointer data);
/* The key of who has that identifier ("system|value"): (transfer full), NULL when nobody has who is read. */
typedef char *(*CpdEhrPatientFunc) (const char *identifier, gpointer data);
/* What was judged by the clock will be judged otherwise, when a time that is still to come has passed. */
typedef void (*CpdEhrPassingFunc) (gpointer data);
/* Words about another client were left out. */
typedef void (*CpdEhrOtherFunc) (gpointer data);

typedef struct
{
  GTimeZone *zone;     /* (borrowed) of the organisation */
  CpTime now;          /* judges what has ended */
  CpdEhrNames *names;  /* (borrowed) */
  const char *patient; /* (borrowed) (nullable): key of the Patient whose readers see what is made; NULL: nobody yet */
  CpdEhrSameFunc same; /* (nullable): no two keys do */
  CpdEhrPatientFunc by_identifier; /* (nullable): nobody */
  CpdEhrPassingFunc passing;       /* (nullable) */
  CpdEhrOtherFunc other;           /* (nullable) */
  gpointer patient_data;           /* for these four */
  /* "system|code": what is a report, an evaluation, a document; (borrowed) (nullable: none). */
  const char *const *report_codes;
  const char *const *evaluation_codes;
  const char *const *document_codes;
  CpdEhrBesideFunc beside; /* (nullable) */
  gpointer beside_data;
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

CpdEhrMapped cpd_ehr_map_goal (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                               const char **reason);
/* ServiceRequest, Task and Procedure */
CpdEhrMapped cpd_ehr_map_request (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                                  const char **reason);
CpdEhrMapped cpd_ehr_map_care_team (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                                    const char **reason);
CpdEhrMapped cpd_ehr_map_document (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                                   const char **reason);
CpdEhrMapped cpd_ehr_map_composition (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrItem **content,
                                      const char **reason);

/* The kind of row that a resource of a type makes (a Patient makes contacts beside its profile); CPD_EHR_N_KINDS for a
 * type that makes none. */
CpdEhrKind cpd_ehr_kind_of (const char *type);
/* The one of these functions that is for the type of resource; content is of its kind. */
CpdEhrMapped cpd_ehr_map (const CpdEhrMapper *mapper, const CpdEhrResource *resource, gpointer *content,
                          const char **reason);

/* TRUE when the status of an Observation lets it be shown, and nothing keeps its words back. */
gboolean cpd_ehr_map_observation_is_shown (JsonObject *observation);

/* TRUE when a Patient says that who it is has died. */
gboolean cpd_ehr_map_patient_died (JsonObject *patient);

/* The contacts inside a Patient. Elements: CpdEhrPatientContact. (transfer full). */
typedef struct
{
  char *id;      /* of the row: "Patient id#" and the id of the element, or its place in the list */
  gboolean own;  /* it is that of the element, and no number, which may be its place too */
  char *related; /* (nullable) "RelatedPerson/7": it says that it is that one (patient-relatedPerson) */
  CpdEhrContact *content;
} CpdEhrPatientContact;
GPtrArray *cpd_ehr_map_patient_contacts (const CpdEhrMapper *mapper, const CpdEhrResource *resource);

/* A string that is the same for two records of one person: name and telephone number without their spelling. */
char *cpd_ehr_contact_fingerprint (const CpdEhrContact *contact);

/* TRUE when object (nullable) has a period that has ended. */
gboolean cpd_ehr_map_has_ended (const CpdEhrMapper *mapper, JsonObject *object);
/* Telephone (mobile or not) and e-mail of a telecom array (nullable); each (transfer full) (nullable) out. */
void cpd_ehr_map_telecom (const CpdEhrMapper *mapper, JsonArray *telecom, char **phone, char **mobile, char **email);

/* TRUE when a Reference (nullable) points at a Patient, or by an identifier alone at what may be one. */
gboolean cpd_ehr_map_may_be_patient (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container);
/* TRUE when a Reference (nullable) points, by mistake or not, at another client than mapper->patient, or at who is with
 * another, or at a plan, goal or team of another. */
gboolean cpd_ehr_map_is_of_other (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container);
/* TRUE when two keys of Patients stand for one person. */
gboolean cpd_ehr_map_is_same (const CpdEhrMapper *mapper, const char *key, const char *other);
/* TRUE, and told to mapper->other, when what a resource holds in itself says that it is of another client. */
gboolean cpd_ehr_map_holds_other (const CpdEhrMapper *mapper, JsonObject *contained);
/* The display of a Reference (nullable); NULL, and told to mapper->other, when it points at what is of another client.
 * (transfer none) (nullable) */
const char *cpd_ehr_map_display (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container);
/* The one way to a name: of what a Reference (nullable) points at, else its display; NULL for what is of another
 * client. role (nullable) gets the function of a carer. (transfer full) (nullable) */
char *cpd_ehr_map_name (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container, char **role);
/* The same where clients stand often: not of an identifier that may be that of another one. */
char *cpd_ehr_map_person (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container, char **role);
/* The author of an array of References: a person before an organisation. */
char *cpd_ehr_map_author (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container, char **role);

/* Looks in references (nullable) for the plan and the goal that an item is about, and fills what item does not know
 * yet: its about_key is the plan, or else the goal. */
void cpd_ehr_map_about (const CpdEhrMapper *mapper, JsonObject *container, JsonArray *references, CpdEhrItem *item);

/* The ids of resources of the same type in whose place this one comes, a space between them; (transfer full)
 * (nullable).
 */
char *cpd_ehr_map_replaces (const CpdEhrMapper *mapper, const CpdEhrResource *resource);

/* The keys "Patient/1" of whom the resource is about, in the order of the resource, each once; (transfer full). */
GPtrArray *cpd_ehr_map_patients (const CpdEhrMapper *mapper, const CpdEhrResource *resource);

G_END_DECLS
