/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"
#include "cpd-keys.h"
#include "cpd-store-ehr-sync.h"

G_BEGIN_DECLS

/* Which Patient of the source is which enrolled patient: by identifier, exactly one hit. Filled in the first pass. */
typedef struct _CpdEhrLink CpdEhrLink;

/* Takes enrolled (of cpd_store_ehr_enrolled). */
CpdEhrLink *cpd_ehr_link_new (const CpdKeys *keys, const char *source, GPtrArray *enrolled);
void cpd_ehr_link_free (CpdEhrLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrLink, cpd_ehr_link_free)

/* First pass: a Patient or a RelatedPerson; others do nothing. */
void cpd_ehr_link_add (CpdEhrLink *link, const CpdEhrMapper *mapper, const CpdEhrResource *resource);

/* After the first pass: who is to be linked to which id, one call each of func (FALSE: it could not be kept), and who
 * is left out of this run, one call each of problem with a reason. */
typedef gboolean (*CpdEhrLinkFunc) (gint64 patient, const char *fhir_id, gpointer data);
typedef void (*CpdEhrLinkProblem) (const char *fhir_id, const char *reason, gpointer data);
void cpd_ehr_link_settle (CpdEhrLink *link, CpdEhrLinkFunc func, CpdEhrLinkProblem problem, gpointer data);

/* 0 when key ("Patient/1") is nobody who is read in this run. */
gint64 cpd_ehr_link_patient (CpdEhrLink *link, const char *key);
/* TRUE when whom the key is of had died before this run: only the Patient itself is read still, as that may have been a
 * mistake. */
gboolean cpd_ehr_link_has_died (CpdEhrLink *link, const char *key);
/* The one rule for what the source deletes, in whatever way that is found out: of who has died it stays, for the source
 * may close or clear away a dossier that family may still see. What it withdraws (entered-in-error), puts right or says
 * to be about somebody else is no deletion, and comes through. */
gboolean cpd_ehr_link_keeps (CpdEhrLink *link, gint64 patient);
/* The id of each Patient that is read in this run, and whose row id that is. */
typedef void (*CpdEhrLinkEach) (const char *fhir_id, gint64 patient, gpointer data);
void cpd_ehr_link_each (CpdEhrLink *link, CpdEhrLinkEach func, gpointer data);
/* TRUE when that Patient is the one that its profile is made of, and not one that it replaced. */
gboolean cpd_ehr_link_is_main (CpdEhrLink *link, const char *fhir_id);
/* The key of the Patient that who has the identifier ("system|value") is linked to in this run; (transfer full), NULL
 * when nobody is. */
char *cpd_ehr_link_by_identifier (CpdEhrLink *link, const char *identifier);
/* TRUE when what is missing for the patient may be concluded to be gone: the patient itself was there. */
gboolean cpd_ehr_link_is_whole (CpdEhrLink *link, gint64 patient);
/* TRUE when a RelatedPerson is the same person as contact of that Patient. */
gboolean cpd_ehr_link_has_contact (CpdEhrLink *link, const char *patient_key, const CpdEhrPatientContact *contact);

G_END_DECLS
