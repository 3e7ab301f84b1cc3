/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-session.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What the rows say of a row of user management of the grant's patient, by its id. */
gboolean cpd_store_membership_viewed (CpdDb *db, const CpdGrant *grant, const char *public_id, CpTime now,
                                      CpdViewed *viewed, GError **error);

/* Every membership of an account with what a list shows of the patient, in the order of acceptance. The policy decides
 * which of them are open. */
typedef struct
{
  CpdMembershipFacts facts;
  CpPatientAccess *access; /* (owned) */
} CpdMembershipRow;
void cpd_membership_row_free (CpdMembershipRow *row);
/* (element-type CpdMembershipRow) (transfer full) */
GPtrArray *cpd_store_membership_list (CpdDb *db, gint64 account, CpTime now, GError **error);

/* Patients, for enrolment. */
typedef struct
{
  gint64 id; /* 0: none */
  char *public_id;
  char *name;
} CpdPatient;
void cpd_patient_clear (CpdPatient *patient);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdPatient, cpd_patient_clear)
gboolean cpd_store_patient_find (CpdDb *db, const guchar *identifier_hash, CpdPatient *patient, GError **error);
/* *deceased: the client died, so nothing is mailed about them. FALSE for a row id that is none. */
gboolean cpd_store_patient_deceased (CpdDb *db, gint64 patient, gboolean *deceased, GError **error);
/* Purpose under which the identifier of a client is sealed. */
#define CPD_IDENTIFIER_SEAL "identifier"
gboolean cpd_store_patient_add (CpdDb *db, const char *source, const guchar *identifier_hash, GBytes *identifier_sealed,
                                const char *name, const char *short_name, CpTime now, gint64 *id, GError **error);

G_END_DECLS
