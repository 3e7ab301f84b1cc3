/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-part.h"
#include "cp-validate.h"
#include "cpd-invite.h"
#include "cpd-links.h"
#include "cpd-member-address.h"
#include "cpd-member-list.h"
#include "cpd-member-version.h"
#include "cpd-phone.h"
#include "cpd-service-member.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-invitation.h"
#include "cpd-store-member-put.h"
#include "cpd-store-outbox.h"
#include "cpd-store-own.h"
#include "cpd-store-session.h"
#include "cpd-throttle.h"

/* The member of the path, and what the asker may do with it. */
typedef struct
{
  CpdMemberRow *row; /* (owned) */
  CpdMemberRule rule;
  gboolean seen; /* it is as the asker saw it */
} Subject;

static void
subject_clear (Subject *subject)
{
  g_clear_pointer (&subject->row, cpd_member_row_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static gboolean
find (CpdCall *call, CpdMemberSeen what, Subject *subject, GError **error)
{
  subject->row = cpd_store_member_get (call->db, &call->grant, call->request->ids[1], call->now, error);
  return subject->row != NULL && cpd_member_judge_one (call, subject->row, &subject->rule, error) &&
         cpd_member_was_seen (call, subject->row, &subject->rule, what, &subject->seen, error);
}

static gboolean
must_be_seen (const Subject *subject, GError **error)
{
  if (!subject->seen)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE, "the member is not as the asker saw it");
  return subject->seen;
}

/* For something that must be allowed: what the list did not offer is no longer so. */
static gboolean
may (CpdCall *call, CpdMemberAction action, const Subject *subject, GError **error)
{
  if (!must_be_seen (subject, error))
    return FALSE;
  if ((subject->rule.actions & action) != 0)
    return TRUE;
  if ((action & (CPD_MEMBER_END | CPD_MEMBER_UNTIL)) != 0 && subject->rule.last)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_LAST_SETTINGS, "the last who manages users stays");
  else if (subject->row->account == call->actor.account)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_SELF, "not for oneself");
  else if (call->grant.deceased && (action & CPD_MEMBER_MAILS) != 0)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_DECEASED, "nobody is invited after the client's death");
  else if (action == CPD_MEMBER_RENEW && !subject->rule.prolong)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_HELD, "it prolongs a part that the asker does not hold");
  else
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "not in this state of the member");
  return FALSE;
}

static gboolean
find_for (CpdCall *call, CpdMemberSeen what, CpdMemberAction action, Subject *subject, GError **error)
{
  return find (call, what, subject, error) && may (call, action, subject, error);
}

/* The row of a change; and its two screens are told. */
static gboolean
record (CpdCall *call, CpdAuditAction action, const Subject *subject, guint part, CpTime last, GError **error)
{
  const CpdAudit row = {
    .at = call->now,
    .action = action,
    .account = call->actor.account,
    .session = call->actor.session,
    .patient = call->grant.patient,
    .membership = subject->row->facts.membership,
    .part = part,
    .last = last,
  };

  return cpd_store_audit_add (call->db, &row, error) &&
         cpd_store_change_add_member (call->db, row.membership, call->now, error);
}

static gboolean
answer (CpdCall *call, GError **error)
{
  return cpd_member_answer (call, call->request->ids[1], error);
}

/* Nothing was changed, so what is shown is recorded as what it is: read. */
static gboolean
answer_same (CpdCall *call, const Subject *subject, GError **error)
{
  if (!answer (call, error))
    return FALSE;
  cpd_call_read (call, CP_PART_SETTINGS, subject->row->facts.membership, 0, 0, 1);
  call->audit.refresh = FALSE; /* whatever the caller says: a change is never asked by itself */
  return cpd_store_audit_add (call->db, &call->audit, error);
}

static gboolean
invite (CpdCall *call, const Subject *subject, CpTime when, GError **error)
{
  const CpdMemberRow *row = subject->row;
  gboolean open = row->invitation != 0 && row->invitation_state == CP_INVITATION_OPEN;

  return cpd_invite (call, row->facts.membership, row->account, open ? row->invitation : 0, when, error);
}

/* Nobody's mailbox is filled from here. */
static gboolean
count_mail (CpdCall *call, const Subject *subject, GError **error)
{
  CpdThrottleKey key;

  cpd_throttle_key_of (call->services->keys, CPD_THROTTLE_INVITATION, subject->row->facts.membership, &key);
  return cpd_throttle_take (call->db, &key, 1, call->now, error);
}

/* Whose access is over begins anew in the same row, for as long as the asker may give it. */
static gboolean
restart (CpdCall *call, Subject *subject, GError **error)
{
  const CpdMemberAsker asker = cpd_member_asker (call);
  int days = asker.until != 0 ? cp_time_days_between (call->now, asker.until, call->services->config->zone) : 0;
  const CpdMemberRow *row = subject->row;

  /* An invitation of before stays as it was answered; one that nobody answered is over. */
  if (row->invitation != 0 && row->invitation_state == CP_INVITATION_OPEN &&
      !cpd_store_invitation_withdraw (call->db, row->invitation, call->now, error))
    return FALSE;
  if (!cpd_store_member_restart (call->db, row->facts.membership, asker.until, days, call->now, error) ||
      !record (call, CPD_AUDIT_MEMBER_ADDED, subject, 0, asker.until, error))
    return FALSE;
  subject_clear (subject);
  return find (call, CPD_SEEN_ANYHOW, subject, error);
}

static gboolean
restart_if_over (CpdCall *call, Subject *subject, GError **error)
{
  return !cpd_member_is_over (subject->rule.state) || restart (call, subject, error);
}

/* A box of somebody whose invitation is over is one more mail. */
static gboolean
count_and_restart (CpdCall *call, Subject *subject, GError **error)
{
  return !cpd_member_is_over (subject->rule.state) ||
         (count_mail (call, subject, error) && restart (call, subject, error));
}

static gboolean
keep_ground (CpdCall *call, const Subject *subject, CpPart part, const char *ground, GError **error)
{
  const CpMember *member = subject->row->member;

  if (!cpd_member_check_ground (ground, member->ground, part, subject->row->client, error))
    return FALSE;
  return ground == NULL || *ground == '\0' || g_strcmp0 (ground, member->ground) == 0 ||
         (cpd_store_member_set_ground (call->db, subject->row->facts.membership, ground, error) &&
          record (call, CPD_AUDIT_GROUND_SET, subject, part, 0, error));
}

static gboolean
give (CpdCall *call, Subject *subject, CpPart part, const char *ground, GError **error)
{
  if (!must_be_seen (subject, error) || !cpd_member_may_give (&subject->rule, part, error) ||
      !keep_ground (call, subject, part, ground, error) || !count_and_restart (call, subject, error) ||
      !cpd_store_member_give (call->db, subject->row->facts.membership, part, call->actor.account, call->now, error) ||
      !record (call, CPD_AUDIT_RIGHT_GIVEN, subject, part, 0, error))
    return FALSE;
  /* The first right of somebody whom nobody invited yet. */
  if (subject->rule.state != CP_MEMBER_NOT_INVITED || subject->row->invited > call->now)
    return TRUE;
  return invite (call, subject, call->now + CPD_INVITE_WAIT, error);
}

/* With the last right that waited goes the invitation that had not gone out. */
static gboolean
take (CpdCall *call, Subject *subject, CpPart part, GError **error)
{
  const CpdMemberRow *row = subject->row;

  if ((subject->rule.take & part) == 0)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_LAST_SETTINGS, "the last who manages users stays");
      return FALSE;
    }
  if (!cpd_store_member_take (call->db, row->facts.membership, part, call->now, error) ||
      !record (call, CPD_AUDIT_RIGHT_TAKEN, subject, part, 0, error))
    return FALSE;
  if (subject->rule.state != CP_MEMBER_NOT_INVITED || row->invited <= call->now || subject->rule.pending != part)
    return TRUE;
  return cpd_store_invitation_forget (call->db, row->invitation, error) &&
         record (call, CPD_AUDIT_INVITATION_UNDONE, subject, 0, 0, error);
}

/**
 * cpd_service_member_parts:
 *
 * A box that is as it is asked to be already is no mistake: somebody else was faster, or this is the second try.
 */
gboolean
cpd_service_member_parts (CpdCall *call, GError **error)
{
  const CpMemberPartRequest *request = call->body;
  CpPart part = cp_part_from_name (request->part);
  g_auto (Subject) subject = { 0 };
  gboolean ticked;

  if (part == CP_PART_NONE)
    {
      cp_error_set_field_reason (error, "part", "unknown", NULL);
      return FALSE;
    }
  if (!find (call, request->held ? CPD_SEEN_BUT_BOXES : CPD_SEEN_ANYHOW, &subject, error))
    return FALSE;
  ticked = ((subject.rule.parts | subject.rule.pending) & part) != 0;
  if (!request->held == !ticked)
    return answer_same (call, &subject, error);
  return (request->held ? give (call, &subject, part, request->ground, error) : take (call, &subject, part, error)) &&
         answer (call, error);
}

static gboolean
refuse_until (const CpdCall *call, const char *reason, CpTime limit, GError **error)
{
  g_autofree char *date = limit != 0 ? cp_time_date (limit, call->services->config->zone) : NULL;

  cp_error_set_field_reason (error, "until", reason, date);
  return FALSE;
}

/* Why an end is too late, or why there must be one. */
static gboolean
refuse_later (const CpdCall *call, const CpdMemberRule *rule, gboolean none, GError **error)
{
  const CpdMemberAsker asker = cpd_member_asker (call);
  CpTime latest = cpd_member_latest_end (&asker, call->now, call->services->config->zone);
  const char *own = none ? "required" : asker.until == latest ? "own-end" : "too-late";
  gboolean not_held = rule->latest < latest || (none && asker.until == 0);

  return refuse_until (call, not_held ? "not-held" : own, rule->latest, error);
}

/* A day after today, at most the latest that the rule has. */
static gboolean
check_until (const CpdCall *call, const CpdMemberRule *rule, const char *date, CpTime *end, GError **error)
{
  GTimeZone *zone = call->services->config->zone;

  *end = 0;
  if (date == NULL)
    return (rule->actions & CPD_MEMBER_ENDLESS) != 0 || refuse_later (call, rule, TRUE, error);
  *end = cpd_member_end_of_day (date, zone);
  if (*end == 0)
    return refuse_until (call, "not-a-date", 0, error);
  if (*end > rule->latest)
    return refuse_later (call, rule, FALSE, error);
  return cp_time_days_between (call->now, *end, zone) > 0 || refuse_until (call, "past", 0, error);
}

static gboolean
set_until (CpdCall *call, const Subject *subject, CpTime end, int days, GError **error)
{
  /* An end that is near is told within the hour, by the timer: the person and the other managers do not know it yet. */
  return cpd_store_member_set_until (call->db, subject->row->facts.membership, end, days, error) &&
         record (call, CPD_AUDIT_UNTIL_SET, subject, 0, end, error) && answer (call, error);
}

static gboolean
has_until (const CpdCall *call, const Subject *subject, const char *date)
{
  CpTime end = date != NULL ? cpd_member_end_of_day (date, call->services->config->zone) : 0;

  return (date == NULL || end != 0) && subject->row->facts.until == end;
}

/**
 * cpd_service_member_until:
 *
 * Like ground, number and address below: what is so already is answered without a change when another version was seen,
 * for the answer to the first try may have been lost (RFC 9110, 13.1.1).
 */
gboolean
cpd_service_member_until (CpdCall *call, GError **error)
{
  const CpMemberUntilRequest *request = call->body;
  g_auto (Subject) subject = { 0 };
  CpTime end;
  int days;

  if (!find (call, CPD_SEEN_WHOLE, &subject, error))
    return FALSE;
  if (!subject.seen && has_until (call, &subject, request->until))
    return answer_same (call, &subject, error);
  if (!may (call, CPD_MEMBER_UNTIL, &subject, error) || !check_until (call, &subject.rule, request->until, &end, error))
    return FALSE;
  days = end != 0 ? cp_time_days_between (call->now, end, call->services->config->zone) : 0;
  return set_until (call, &subject, end, days, error);
}

/**
 * cpd_service_member_renew:
 *
 * As many days again, as far as they may be given.
 */
gboolean
cpd_service_member_renew (CpdCall *call, GError **error)
{
  g_auto (Subject) subject = { 0 };

  return find_for (call, CPD_SEEN_WHOLE, CPD_MEMBER_RENEW, &subject, error) &&
         set_until (call, &subject, subject.rule.renewed, (int) subject.row->until_days, error);
}

/* Of a correction, after which no mail goes while nothing has gone out yet. */
static gboolean
count_mail_of_invited (CpdCall *call, const Subject *subject, GError **error)
{
  return subject->rule.state == CP_MEMBER_NOT_INVITED || count_mail (call, subject, error);
}

/**
 * cpd_service_member_invitation:
 *
 * Now instead of in a minute; once more; or anew to whose access is over.
 */
gboolean
cpd_service_member_invitation (CpdCall *call, GError **error)
{
  g_auto (Subject) subject = { 0 };

  return find_for (call, CPD_SEEN_BUT_BOXES, CPD_MEMBER_SEND | CPD_MEMBER_RESEND, &subject, error) &&
         count_mail (call, &subject, error) && restart_if_over (call, &subject, error) &&
         invite (call, &subject, call->now, error) && answer (call, error);
}

/**
 * cpd_service_member_withdraw:
 */
gboolean
cpd_service_member_withdraw (CpdCall *call, GError **error)
{
  g_auto (Subject) subject = { 0 };

  return find_for (call, CPD_SEEN_ANYHOW, CPD_MEMBER_WITHDRAW, &subject, error) &&
         cpd_store_invitation_withdraw (call->db, subject.row->invitation, call->now, error) &&
         cpd_store_member_take_all (call->db, subject.row->facts.membership, call->now, error) &&
         record (call, CPD_AUDIT_INVITATION_WITHDRAWN, &subject, 0, 0, error) && answer (call, error);
}

static gboolean
tell_end (CpdCall *call, const Subject *subject, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, "access-ended", .account = subject->row->account,
                                 .membership = subject->row->facts.membership };

  return subject->rule.state != CP_MEMBER_ACTIVE || subject->row->account == call->actor.account ||
         cpd_store_outbox_add_message (call->db, &message, call->now, error);
}

/**
 * cpd_service_member_end:
 *
 * From this moment on. An invitation that had not gone out does not go.
 */
gboolean
cpd_service_member_end (CpdCall *call, GError **error)
{
  g_auto (Subject) subject = { 0 };

  if (!find_for (call, CPD_SEEN_ANYHOW, CPD_MEMBER_END, &subject, error))
    return FALSE;
  if (subject.row->invited > call->now && !cpd_store_invitation_forget (call->db, subject.row->invitation, error))
    return FALSE;
  return cpd_store_member_end (call->db, subject.row->facts.membership, call->now, error) &&
         record (call, CPD_AUDIT_ACCESS_ENDED, &subject, 0, 0, error) && tell_end (call, &subject, error) &&
         answer (call, error);
}

/**
 * cpd_service_member_ground:
 *
 * It gives nothing: what somebody holds on one ground is held on another.
 */
gboolean
cpd_service_member_ground (CpdCall *call, GError **error)
{
  const CpMemberGroundRequest *request = call->body;
  g_auto (Subject) subject = { 0 };
  gboolean same;

  if (!find (call, CPD_SEEN_BUT_BOXES, &subject, error))
    return FALSE;
  same = g_strcmp0 (subject.row->member->ground, request->ground) == 0;
  if (!(same && !subject.seen) && (!may (call, CPD_MEMBER_GROUND, &subject, error) ||
                                   !cpd_member_check_ground (request->ground, NULL, CP_PARTS_GROUNDED, FALSE, error)))
    return FALSE;
  if (same)
    return answer_same (call, &subject, error);
  return keep_ground (call, &subject, CP_PART_NONE, request->ground, error) && answer (call, error);
}

static gboolean
check_mobile (const CpdCall *call, const char *typed, char **number, GError **error)
{
  return cpd_phone_check (typed, (const char *const *) call->services->config->sms_countries, number, error);
}

static gboolean
has_mobile (const CpdCall *call, const Subject *subject, const char *typed)
{
  g_autofree char *number = NULL;

  return check_mobile (call, typed, &number, NULL) && g_strcmp0 (number, subject->row->member->mobile) == 0;
}

/**
 * cpd_service_member_mobile:
 *
 * Only of an account that was made here and that nobody has been in with: the mail then goes again, since the code of
 * the first try went to the wrong number.
 */
gboolean
cpd_service_member_mobile (CpdCall *call, GError **error)
{
  const CpMemberMobileRequest *request = call->body;
  g_auto (Subject) subject = { 0 };
  g_autofree char *number = NULL;

  if (!find (call, CPD_SEEN_BUT_BOXES, &subject, error))
    return FALSE;
  if (!subject.seen && has_mobile (call, &subject, request->mobile))
    return answer_same (call, &subject, error);
  if (!may (call, CPD_MEMBER_MOBILE, &subject, error) || !check_mobile (call, request->mobile, &number, error) ||
      !count_mail_of_invited (call, &subject, error) ||
      !cpd_store_account_set_mobile (call->db, subject.row->account, number, error) ||
      !record (call, CPD_AUDIT_MOBILE_SET, &subject, 0, 0, error))
    return FALSE;
  if (subject.rule.state != CP_MEMBER_NOT_INVITED && !invite (call, &subject, call->now, error))
    return FALSE;
  return answer (call, error);
}

/* What came by the mail to the address of before opens nothing any more, whoever reads it there. */
static gboolean
close_ways_in (CpdCall *call, gint64 account, GError **error)
{
  return cpd_links_end_passwords (call->db, account, call->now, error) &&
         cpd_store_account_drop_temporary (call->db, account, error) &&
         cpd_store_session_end_others (call->db, account, 0, CPD_SESSION_END_ELSEWHERE, call->now, error);
}

static gboolean
find_new_address (CpdCall *call, const Subject *subject, const char *email, GError **error)
{
  const CpdMemberRow *row = subject->row;
  const CpdAddressFor whose = { row->facts.membership, row->contact != 0 };
  g_autoptr (GPtrArray) rows = cpd_store_members (call->db, &call->grant, call->now, error);
  g_autoptr (CpdAccount) account = NULL;

  if (rows == NULL || !cpd_member_find_address (call, rows, email, &whose, &account, error))
    return FALSE;
  if (account == NULL || account->id == row->account)
    return TRUE;
  cp_error_set_field_reason (error, "email", "known", NULL);
  return FALSE;
}

static gboolean
correct_address (CpdCall *call, GError **error)
{
  const CpMemberEmailRequest *request = call->body;
  g_auto (Subject) subject = { 0 };

  if (!find (call, CPD_SEEN_BUT_BOXES, &subject, error))
    return FALSE;
  if (!subject.seen && g_strcmp0 (subject.row->member->email, request->email) == 0)
    return answer_same (call, &subject, error);
  if (!may (call, CPD_MEMBER_EMAIL, &subject, error) || !find_new_address (call, &subject, request->email, error) ||
      !count_mail_of_invited (call, &subject, error) || !close_ways_in (call, subject.row->account, error) ||
      !cpd_store_email_change_apply (call->db, subject.row->account, request->email, error) ||
      !record (call, CPD_AUDIT_EMAIL_SET, &subject, 0, 0, error))
    return FALSE;
  if (subject.rule.state != CP_MEMBER_NOT_INVITED && !invite (call, &subject, call->now, error))
    return FALSE;
  return answer (call, error);
}

/**
 * cpd_service_member_email:
 *
 * Only of an account that was made here and that nobody has used, nor anybody else invited. One that is somebody's
 * already is not moved to: that person is added by that address.
 */
gboolean
cpd_service_member_email (CpdCall *call, GError **error)
{
  const CpMemberEmailRequest *request = call->body;

  return cp_validate_email (request->email, error) && cpd_member_count_address (call, request->email, error) &&
         cpd_call_go_on (call, correct_address, error);
}
