/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-member-list.h"

#include <string.h>

#include "cp-relation.h"
#include "cpd-content.h"
#include "cpd-invite.h"
#include "cpd-member-version.h"
#include "cpd-service-member.h"
#include "cpd-username.h"

/**
 * cpd_member_asker:
 */
CpdMemberAsker
cpd_member_asker (const CpdCall *call)
{
  return (CpdMemberAsker){ call->actor.account, call->grant.parts, call->grant.until, call->grant.deceased };
}

/**
 * cpd_member_judge:
 * @managers: (nullable) (element-type CpdManager)
 * @row: (nullable)
 * @rule: (out caller-allocates)
 */
void
cpd_member_judge (CpdCall *call, GArray *managers, const CpdMemberRow *row, CpdMemberRule *rule)
{
  const CpdMemberAsker asker = cpd_member_asker (call);
  gboolean is_open;
  guint open = row != NULL ? call->judge (&row->facts, call->now, &is_open) : 0;
  gboolean others_stay = row != NULL && cpd_managers_stay_without (managers, row->facts.membership);

  cpd_member_rule (&asker, row, open, others_stay, call->now, call->services->config->zone, rule);
}

/**
 * cpd_member_judge_one:
 * @rule: (out caller-allocates)
 */
gboolean
cpd_member_judge_one (CpdCall *call, const CpdMemberRow *row, CpdMemberRule *rule, GError **error)
{
  g_autoptr (GArray) managers = cpd_store_managers (call->db, call->grant.patient, call->now, error);

  if (managers == NULL)
    return FALSE;
  cpd_member_judge (call, managers, row, rule);
  return TRUE;
}

static void
fill_times (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule, CpMember *member)
{
  GTimeZone *zone = call->services->config->zone;

  if (row->facts.until != 0)
    member->until = cp_time_date (row->facts.until, zone);
  if (rule->renewed != 0)
    member->renew_until = cp_time_date (rule->renewed, zone);
  if (rule->latest != 0)
    member->until_max = cp_time_date (rule->latest, zone);
  if (rule->state == CP_MEMBER_ENDED)
    member->ended_at = row->facts.ended != 0 ? row->facts.ended : row->facts.until;
  if (rule->state == CP_MEMBER_INVITED || rule->state == CP_MEMBER_EXPIRED)
    member->invited_until = row->expires;
  if (rule->state == CP_MEMBER_NOT_INVITED && row->invited > call->now)
    {
      member->goes_out_at = row->invited;
      member->goes_out_seconds = (row->invited - call->now + CP_TIME_SECOND - 1) / CP_TIME_SECOND;
    }
}

static void
add_refusals (const CpdMemberRule *rule, CpMember *member)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    if (rule->refused[i] >= 0)
      {
        CpRefusal *refusal = cp_refusal_new ();
        refusal->part = i;
        refusal->reason = rule->refused[i];
        g_ptr_array_add (member->refused, refusal);
      }
}

/**
 * cpd_member_fill:
 * @row: (nullable)
 */
void
cpd_member_fill (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule, CpMember *member)
{
  member->state = rule->state;
  member->parts = rule->parts;
  member->pending = rule->pending;
  g_strfreev (member->allowed);
  member->allowed = cpd_member_allowed (rule);
  add_refusals (rule, member);
  if (row == NULL)
    return;
  member->self = row->account == call->actor.account;
  g_free (member->version);
  member->version = cpd_member_version (call, row, rule);
  fill_times (call, row, rule, member);
  /* Where else somebody logs in, once they see nothing of this client, is nobody's business here. */
  if (cpd_member_is_over (rule->state))
    member->last_login = 0;
}

/**
 * cpd_member_answer:
 */
gboolean
cpd_member_answer (CpdCall *call, const char *public_id, GError **error)
{
  g_autoptr (CpdMemberRow) row = cpd_store_member_get (call->db, &call->grant, public_id, call->now, error);
  CpdMemberRule rule;

  if (row == NULL || !cpd_member_judge_one (call, row, &rule, error))
    return FALSE;
  cpd_member_fill (call, row, &rule, row->member);
  cpd_call_answer (call, &cp_member_record, row->member);
  return TRUE;
}

static gboolean
add_members (CpdCall *call, GPtrArray *rows, CpMemberList *list, GError **error)
{
  g_autoptr (GArray) managers = cpd_store_managers (call->db, call->grant.patient, call->now, error);

  for (guint i = 0; managers != NULL && i < rows->len; i++)
    {
      CpdMemberRow *row = rows->pdata[i];
      CpdMemberRule rule;

      cpd_member_judge (call, managers, row, &rule);
      cpd_member_fill (call, row, &rule, row->member);
      g_ptr_array_add (list->members, g_steal_pointer (&row->member));
    }
  return managers != NULL;
}

/**
 * cpd_member_rows_have_client:
 */
gboolean
cpd_member_rows_have_client (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (((const CpdMemberRow *) rows->pdata[i])->client)
      return TRUE;
  return FALSE;
}

/**
 * cpd_member_rows_have_contact:
 */
gboolean
cpd_member_rows_have_contact (GPtrArray *rows, gint64 contact)
{
  for (guint i = 0; i < rows->len; i++)
    if (((const CpdMemberRow *) rows->pdata[i])->contact == contact)
      return TRUE;
  return FALSE;
}

/* Without a membership: nothing but boxes that can be ticked. */
static void
add_unknown (CpdCall *call, CpMember *member, CpMemberList *list)
{
  CpdMemberRule rule;

  g_ptr_array_add (list->members, member);
  cpd_member_judge (call, NULL, NULL, &rule);
  cpd_member_fill (call, NULL, &rule, member);
}

static gboolean
add_contacts (CpdCall *call, GPtrArray *rows, CpMemberList *list, GError **error)
{
  g_autoptr (GPtrArray) contacts = cpd_store_member_contacts (call->db, &call->grant, error);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      CpdContactRow *contact = contacts->pdata[i];
      if (!cpd_member_rows_have_contact (rows, contact->id))
        add_unknown (call, g_steal_pointer (&contact->member), list);
    }
  return contacts != NULL;
}

/* The client, the asker, then by name. */
static int
compare_members (gconstpointer a, gconstpointer b)
{
  const CpMember *left = *(CpMember *const *) a;
  const CpMember *right = *(CpMember *const *) b;
  int left_place = left->kind == CP_MEMBER_CLIENT ? 0 : left->self ? 1 : 2;
  int right_place = right->kind == CP_MEMBER_CLIENT ? 0 : right->self ? 1 : 2;
  g_autofree char *left_key = NULL;
  g_autofree char *right_key = NULL;

  if (left_place != right_place)
    return left_place - right_place;
  left_key = g_utf8_casefold (left->name, -1);
  right_key = g_utf8_casefold (right->name, -1);
  return g_utf8_collate (left_key, right_key);
}

static CpMemberOptions *
new_options (const CpdCall *call)
{
  const CpdConfig *config = call->services->config;
  CpMemberOptions *options = cp_member_options_new ();

  options->invitation_at = config->invitation_at;
  options->invitation_with = config->invitation_with;
  options->invitation_days = config->invitation_days;
  options->invitation_seconds = CPD_INVITE_WAIT / CP_TIME_SECOND;
  options->warning_days = CPD_WARNING_DAYS;
  return options;
}

static gboolean
fill_list (CpdCall *call, GPtrArray *rows, CpMemberList *list, GError **error)
{
  if (!cpd_member_rows_have_client (rows))
    {
      CpMember *client = cpd_store_member_client (call->db, &call->grant, error);
      if (client == NULL)
        return FALSE;
      add_unknown (call, client, list);
    }
  if (cpd_content_is_shown (call, CP_FRESH_CONTACTS) && !add_contacts (call, rows, list, error))
    return FALSE;
  /* For the form that opens with the first box of each. */
  return cpd_username_propose (call->db, list->members, error) && add_members (call, rows, list, error);
}

/**
 * cpd_service_members:
 */
gboolean
cpd_service_members (CpdCall *call, GError **error)
{
  g_autoptr (CpMemberList) list = cp_member_list_new ();
  g_autoptr (GPtrArray) rows = cpd_store_members (call->db, &call->grant, call->now, error);

  if (rows == NULL || !fill_list (call, rows, list, error))
    return FALSE;
  list->freshness = cpd_content_freshness_of (call, 1u << CP_FRESH_CONTACTS, error);
  if (list->freshness == NULL)
    return FALSE;
  g_ptr_array_sort (list->members, compare_members);
  list->options = new_options (call);
  g_strfreev (list->allowed);
  list->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_SETTINGS, 0, 0, 0, list->members->len);
  cpd_call_answer (call, &cp_member_list_record, list);
  return TRUE;
}
