/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-enrol-member.h"

#include "cp-part.h"
#include "cpd-invite.h"
#include "cpd-policy.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"

/* All that the organisation does to one membership happens at one moment. */
typedef struct
{
  CpdDb *db;               /* (borrowed) */
  const CpdConfig *config; /* (borrowed) */
  CpdAudit audit;          /* by nobody: the organisation */
} Enrolling;

static gboolean
record (const Enrolling *enrolling, CpdAuditAction action, guint part, GError **error)
{
  CpdAudit row = enrolling->audit;

  row.action = action;
  row.part = part;
  return cpd_store_audit_add (enrolling->db, &row, error);
}

static gboolean
give (const Enrolling *enrolling, guint parts, gboolean audited, GError **error)
{
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    if ((parts & part) != 0 &&
        (!cpd_store_member_give (enrolling->db, enrolling->audit.membership, part, 0, enrolling->audit.at, error) ||
         (audited && !record (enrolling, CPD_AUDIT_RIGHT_GIVEN, part, error))))
      return FALSE;
  return TRUE;
}

/* The person looks again, and so does whoever manages the users by now. */
static gboolean
tell (const Enrolling *enrolling, gint64 account, CpTopic topic, GError **error)
{
  return cpd_store_change_add (enrolling->db, account, topic, enrolling->audit.at, error) &&
         cpd_store_change_add_managers (enrolling->db, enrolling->audit.patient, enrolling->audit.at, error);
}

/* open: an invitation of before that nobody answered, or 0. */
static gboolean
invite (const Enrolling *enrolling, gint64 account, gint64 open, GError **error)
{
  CpdAudit enrolled = enrolling->audit;
  const CpdInvited invited = { enrolled.patient, enrolled.membership, account, 0, open, enrolled.at };

  enrolled.action = CPD_AUDIT_ENROLLED;
  enrolled.account = account;
  return give (enrolling, CP_PART_ALL, FALSE, error) &&
         cpd_invite_person (enrolling->db, enrolling->config, &invited, error) &&
         cpd_store_audit_add (enrolling->db, &enrolled, error) &&
         tell (enrolling, account, CP_TOPIC_INVITATIONS, error);
}

static gboolean
invite_anew (const Enrolling *enrolling, const CpdMemberRow *row, GError **error)
{
  gboolean open = row->invitation != 0 && row->invitation_state == CP_INVITATION_OPEN;

  return cpd_store_member_restart (enrolling->db, row->facts.membership, 0, 0, enrolling->audit.at, error) &&
         invite (enrolling, row->account, open ? row->invitation : 0, error);
}

/* The portal is open to this person: what is held stays as it was given. */
static gboolean
complete (const Enrolling *enrolling, const CpdMemberRow *row, CpdEnrolled *done, GError **error)
{
  if (done->endless && (!cpd_store_member_set_until (enrolling->db, row->facts.membership, 0, 0, error) ||
                        !record (enrolling, CPD_AUDIT_UNTIL_SET, 0, error)))
    return FALSE;
  return give (enrolling, done->given, TRUE, error) &&
         ((done->given == 0 && !done->endless) || tell (enrolling, row->account, CP_TOPIC_RIGHTS, error));
}

static gboolean
enrol_known (const Enrolling *enrolling, const CpdMemberRow *row, CpdEnrolled *done, GError **error)
{
  guint held = cpd_policy_judge (&row->facts, enrolling->audit.at, &done->open);

  if (!done->open)
    return invite_anew (enrolling, row, error);
  done->given = CP_PART_ALL & ~held;
  done->endless = row->facts.until != 0;
  return complete (enrolling, row, done, error);
}

/**
 * cpd_enrol_member:
 * @done: (out caller-allocates)
 *
 * There is one row for a person and a client: whoever was a member before begins anew in it.
 */
gboolean
cpd_enrol_member (CpdDb *db, const CpdConfig *config, const CpdMemberNew *member, CpTime now, CpdEnrolled *done,
                  GError **error)
{
  Enrolling enrolling = { db, config, { .at = now, .patient = member->patient } };
  g_autoptr (CpdMemberRow) row = NULL;

  *done = (CpdEnrolled){ 0 };
  if (!cpd_store_member_find (db, member->patient, member->account, now, &row, error))
    return FALSE;
  done->before = row != NULL;
  if (row == NULL)
    return cpd_store_member_add (db, member, now, &enrolling.audit.membership, NULL, error) &&
           invite (&enrolling, member->account, 0, error);
  enrolling.audit.membership = row->facts.membership;
  return enrol_known (&enrolling, row, done, error);
}
