/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-end-dates.h"

#include "cpd-invite.h"
#include "cpd-member-list.h"
#include "cpd-member-version.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-member-put.h"
#include "cpd-store-outbox.h"

#define BATCH 100
#define DECLINED_DAYS 30 /* so long somebody may wonder */

static gboolean
mail (CpdDb *db, const char *template_name, gint64 account, gint64 membership, CpTime now, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, template_name, .account = account, .membership = membership };

  return cpd_store_outbox_add_message (db, &message, now, error);
}

static gboolean
tell_managers (CpdDb *db, const CpdMemberEnd *end, CpTime now, GError **error)
{
  g_autoptr (GArray) managers = cpd_store_managers (db, end->patient, now, error);

  for (guint i = 0; managers != NULL && i < managers->len; i++)
    {
      gint64 account = g_array_index (managers, CpdManager, i).account;
      if (account != end->account && !mail (db, "access-ends-soon-admin", account, end->membership, now, error))
        return FALSE;
    }
  return managers != NULL;
}

static gboolean
tell (CpdDb *db, const CpdMemberEnd *end, CpTime now, GError **error)
{
  return (end->deceased || (mail (db, "access-ends-soon", end->account, end->membership, now, error) &&
                            tell_managers (db, end, now, error))) &&
         cpd_store_member_told (db, end->membership, end->until, error);
}

static gboolean
close_access (CpdDb *db, const CpdMemberEnd *end, CpTime now, GError **error)
{
  const CpdAudit audit = {
    .at = now,
    .action = CPD_AUDIT_ACCESS_ENDED,
    .patient = end->patient,
    .membership = end->membership,
    .last = end->until,
  };

  return cpd_store_member_end (db, end->membership, end->until, error) &&
         (end->deceased || mail (db, "access-ended", end->account, end->membership, now, error)) &&
         cpd_store_change_add_member (db, end->membership, now, error) && cpd_store_audit_add (db, &audit, error);
}

static gboolean
for_each (CpdDb *db, GArray *ends, gboolean (*func) (CpdDb *, const CpdMemberEnd *, CpTime, GError **), CpTime now,
          gboolean *more, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GArray) owned = ends;

  for (guint i = 0; ends != NULL && i < ends->len; i++)
    if (!func (db, &g_array_index (ends, CpdMemberEnd, i), now, error))
      return FALSE;
  *more = *more || (ends != NULL && ends->len == BATCH);
  return ends != NULL;
}

/* The last moment of the day that is so many days away. */
static CpTime
warning_until (const CpdConfig *config, CpTime now)
{
  return cp_time_day_ends (now, 0, CPD_WARNING_DAYS, config->zone);
}

/**
 * cpd_end_dates_keep:
 * @more: (out)
 */
gboolean
cpd_end_dates_keep (CpdDb *db, const CpdConfig *config, CpTime now, gboolean *more, GError **error)
{
  *more = FALSE;
  return for_each (db, cpd_store_member_over (db, now, BATCH, error), close_access, now, more, error) &&
         for_each (db, cpd_store_member_ends (db, now, warning_until (config, now), BATCH, error), tell, now, more,
                   error);
}

static void
add_end (CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule, CpStart *start)
{
  GTimeZone *zone = call->services->config->zone;
  CpAccessEnd *end = cp_access_end_new ();

  end->member = g_strdup (row->member->id);
  end->self = row->account == call->grant.account;
  end->name = g_strdup (row->member->name);
  end->until = cp_time_date (row->facts.until, zone);
  end->days = cp_time_days_between (call->now, row->facts.until, zone);
  if (rule->renewed != 0 && !call->grant.viewed)
    {
      end->renew_until = cp_time_date (rule->renewed, zone);
      end->version = cpd_member_version (call, row, rule);
    }
  g_ptr_array_add (start->access_ends, end);
}

static void
add_declined (const CpdMemberRow *row, CpStart *start)
{
  CpDeclined *declined = cp_declined_new ();

  declined->member = g_strdup (row->member->id);
  declined->name = g_strdup (row->member->name);
  declined->at = row->answered;
  g_ptr_array_add (start->declined, declined);
}

static void
add_row (CpdCall *call, GArray *managers, const CpdMemberRow *row, CpStart *start)
{
  CpdMemberRule rule;

  cpd_member_judge (call, managers, row, &rule);
  if (rule.state == CP_MEMBER_DECLINED)
    add_declined (row, start);
  if (rule.state == CP_MEMBER_ACTIVE)
    add_end (call, row, &rule, start);
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const CpAccessEnd *left = *(CpAccessEnd *const *) a;
  const CpAccessEnd *right = *(CpAccessEnd *const *) b;

  return (int) (left->days - right->days);
}

static int
compare_declined (gconstpointer a, gconstpointer b)
{
  const CpDeclined *left = *(CpDeclined *const *) a;
  const CpDeclined *right = *(CpDeclined *const *) b;

  return left->at > right->at ? -1 : left->at < right->at;
}

/* One's own end stands in the grant, so that most start screens ask nothing more of the database. */
static gboolean
add_own (CpdCall *call, CpStart *start)
{
  GTimeZone *zone = call->services->config->zone;
  CpTime until = call->grant.until;
  CpAccessEnd *end;

  if (until <= call->now || until > warning_until (call->services->config, call->now))
    return TRUE;
  end = cp_access_end_new ();
  end->self = TRUE;
  end->until = cp_time_date (until, zone);
  end->days = cp_time_days_between (call->now, until, zone);
  g_ptr_array_add (start->access_ends, end);
  return TRUE;
}

static gboolean
holds_settings (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if ((((const CpdMemberRow *) rows->pdata[i])->facts.parts & CP_PART_SETTINGS) != 0)
      return TRUE;
  return FALSE;
}

/**
 * cpd_end_dates_start:
 *
 * Who else manages the users is asked only where one of those who are told of does, for the rules want to know it of
 * nobody else.
 */
gboolean
cpd_end_dates_start (CpdCall *call, CpStart *start, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) managers = NULL;

  if ((call->grant.parts & CP_PART_SETTINGS) == 0)
    return add_own (call, start);
  rows = cpd_store_members_told (call->db, &call->grant, call->now, warning_until (call->services->config, call->now),
                                 call->grant.account, call->now - DECLINED_DAYS * CP_TIME_DAY, error);
  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  if (holds_settings (rows))
    {
      managers = cpd_store_managers (call->db, call->grant.patient, call->now, error);
      if (managers == NULL)
        return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    add_row (call, managers, rows->pdata[i], start);
  g_ptr_array_sort (start->access_ends, compare_ends);
  g_ptr_array_sort (start->declined, compare_declined);
  return TRUE;
}
