/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-invitation.h"
#include "cp-member.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What the rows say of one member of a patient, before any judgement. */
typedef struct
{
  CpdMembershipFacts facts;
  gint64 account;
  gint64 contact;        /* of the EHR that is the same person; 0: none */
  guint counting;        /* CpPart of facts.parts: those whose granter still holds them */
  gboolean client;       /* the patient */
  gboolean made_account; /* for this membership */
  gboolean untouched;    /* the account: nobody was in, nor chose a password, nor is it another client's member */
  CpTime last_login;     /* 0: never */
  gint64 until_days;     /* 0: not known */
  gint64 invitation;     /* the newest since the membership began, or began anew; 0: none */
  int invitation_state;  /* CpInvitationState */
  CpTime invited;        /* when it began, or begins */
  CpTime expires;
  CpTime answered;
  gint64 inviter;       /* account; 0: the organisation */
  gboolean undelivered; /* its newest mail was given up */
  CpMember *member;     /* (owned): who it is; the rest is the service's */
} CpdMemberRow;

void cpd_member_row_free (CpdMemberRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdMemberRow, cpd_member_row_free)

/* Every membership of the grant's patient. (element-type CpdMemberRow) (transfer full) */
GPtrArray *cpd_store_members (CpdDb *db, const CpdGrant *grant, CpTime now, GError **error);
/* Those among them whose access ends in (now, before], or who declined an invitation of inviter after since. Of a row
 * only what tells that and what cpd_member_version() is of: facts, account, until_days, made_account, last_login,
 * answered, and of the member id, name, ground, email and mobile. */
GPtrArray *cpd_store_members_told (CpdDb *db, const CpdGrant *grant, CpTime now, CpTime before, gint64 inviter,
                                   CpTime since, GError **error);
/* (transfer full): CP_ERROR_NOT_FOUND when the grant's patient has none of that id. */
CpdMemberRow *cpd_store_member_get (CpdDb *db, const CpdGrant *grant, const char *public_id, CpTime now,
                                    GError **error);
/* (out) (transfer full) (nullable): the membership that an account has or had of a patient, without what the EHR calls
 * them. */
gboolean cpd_store_member_find (CpdDb *db, gint64 patient, gint64 account, CpTime now, CpdMemberRow **row,
                                GError **error);

/* Somebody whom the EHR knows around the grant's patient. */
typedef struct
{
  gint64 id;
  CpMember *member; /* (owned): with name, words, number and address as the EHR has them */
} CpdContactRow;
void cpd_contact_row_free (CpdContactRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdContactRow, cpd_contact_row_free)
/* (element-type CpdContactRow) (transfer full) */
GPtrArray *cpd_store_member_contacts (CpdDb *db, const CpdGrant *grant, GError **error);
/* (transfer full): the client, as long as there is no membership of the client's own. */
CpMember *cpd_store_member_client (CpdDb *db, const CpdGrant *grant, GError **error);

G_END_DECLS
