/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-invitation.h"
#include "cp-session.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What the rows say of an account and a patient (by its public id). facts->membership is 0 when there is none, which is
 * the same as when there is no such patient. */
gboolean cpd_store_membership_facts (CpdDb *db, gint64 account, const char *patient_id, CpdMembershipFacts *facts,
                                     GError **error);

/* Every membership of an account with what a list shows of the patient, in the order of acceptance. The policy decides
 * which of them are open. */
typedef struct
{
  CpdMembershipFacts facts;
  CpPatientAccess *access; /* (owned) */
} CpdMembershipRow;
void cpd_membership_row_free (CpdMembershipRow *row);
/* (element-type CpdMembershipRow) (transfer full) */
GPtrArray *cpd_store_membership_list (CpdDb *db, gint64 account, GError **error);

gboolean cpd_store_membership_add (CpdDb *db, gint64 account, gint64 patient, const char *relation, CpTime now,
                                   CpTime until, gint64 *id, GError **error);
/* given_by 0: the organisation. */
gboolean cpd_store_membership_give (CpdDb *db, gint64 membership, guint parts, gint64 given_by, CpTime now,
                                    GError **error);
gboolean cpd_store_membership_end (CpdDb *db, gint64 membership, CpTime now, GError **error);

/* Invitations of an account: open ones, and those that ended after since. (element-type CpInvitation) */
GPtrArray *cpd_store_invitation_list (CpdDb *db, gint64 account, CpTime now, CpTime since, GTimeZone *zone,
                                      GError **error);
gboolean cpd_store_invitation_count (CpdDb *db, gint64 account, CpTime now, gint64 *n, GError **error);
gboolean cpd_store_invitation_add (CpdDb *db, gint64 membership, gint64 inviter, CpTime now, CpTime expires,
                                   GError **error);
/* Answers an open invitation of this account. CP_ERROR_NOT_FOUND when there is none of that id; CP_ERROR_CONFLICT when
 * it is not open any more. Accepting opens the membership; parts whose granter no longer holds them are ended. */
gboolean cpd_store_invitation_answer (CpdDb *db, gint64 account, const char *invitation_id, gboolean accept, CpTime now,
                                      CpdMembershipFacts *facts, GError **error);

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
gboolean cpd_store_patient_add (CpdDb *db, const char *source, const guchar *identifier_hash, GBytes *identifier_sealed,
                                const char *name, const char *short_name, CpTime now, gint64 *id, GError **error);

G_END_DECLS
