/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-member-address.h"

#include "cpd-content.h"
#include "cpd-store-member.h"
#include "cpd-throttle.h"

static gboolean
refuse (GError **error, const char *reason, const char *text)
{
  cp_error_set_field_reason (error, "email", reason, text);
  return FALSE;
}

static gboolean
count_lookup (CpdCall *call, GError **error)
{
  g_autoptr (GError) local = NULL;
  CpdThrottleKey key;

  cpd_throttle_key_of (call->services->keys, CPD_THROTTLE_LOOKUP, call->actor.account, &key);
  if (cpd_throttle_take (call->db, &key, 1, call->now, &local))
    return TRUE;
  if (g_error_matches (local, CP_ERROR, CP_ERROR_THROTTLED))
    local->code = CP_ERROR_LOOKUPS_TODAY;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
looked_up_key (const CpdCall *call, const char *email, CpdThrottleKey *key)
{
  g_autofree char *folded = g_ascii_strdown (email, -1);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", call->actor.account, folded);

  cpd_throttle_key (call->services->keys, CPD_THROTTLE_LOOKED_UP, text, key);
}

/**
 * cpd_member_count_lookup:
 */
gboolean
cpd_member_count_lookup (CpdCall *call, const char *email, GError **error)
{
  CpdThrottleKey key;

  looked_up_key (call, email, &key);
  return count_lookup (call, error) && cpd_throttle_take (call->db, &key, 1, call->now, error) &&
         cpd_call_audit (call, CPD_AUDIT_ADDRESS_LOOKED_UP, call->actor.account, call->grant.patient,
                         call->grant.membership, error);
}

/**
 * cpd_member_count_address:
 */
gboolean
cpd_member_count_address (CpdCall *call, const char *email, GError **error)
{
  CpdThrottleKey key;
  gboolean has;

  looked_up_key (call, email, &key);
  if (!cpd_throttle_has (call->db, &key, call->now, &has, error))
    return FALSE;
  return has || cpd_member_count_lookup (call, email, error);
}

/* By what the list shows. Of who is not named here that is the address of then: another that this account has by now
 * is nobody's business, and is not looked for. */
static const char *
name_in_rows (GPtrArray *rows, const char *email, gint64 except)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CpdMemberRow *row = rows->pdata[i];
      if (row->facts.membership != except && g_ascii_strcasecmp (row->member->email, email) == 0)
        return row->member->name;
    }
  return NULL;
}

static const char *
contact_with_email (GPtrArray *contacts, const char *email)
{
  for (guint i = 0; i < contacts->len; i++)
    {
      const CpdContactRow *row = contacts->pdata[i];
      if (row->member->email != NULL && g_ascii_strcasecmp (row->member->email, email) == 0)
        return row->member->name;
    }
  return NULL;
}

/* Whose address stands in the list already is found there. */
static gboolean
check_list (CpdCall *call, GPtrArray *rows, const char *email, const CpdAddressFor *whose, GError **error)
{
  g_autoptr (CpdAccount) own = cpd_store_account_get (call->db, call->actor.account, error);
  g_autoptr (GPtrArray) contacts = NULL;
  const char *name;

  if (own == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (own->email, email) == 0)
    return refuse (error, "own", NULL);
  name = name_in_rows (rows, email, whose->membership);
  if (name != NULL)
    return refuse (error, "in-list", name);
  if (whose->is_contact || !cpd_content_is_shown (call, CP_FRESH_CONTACTS))
    return TRUE;
  contacts = cpd_store_member_contacts (call->db, &call->grant, error);
  if (contacts == NULL)
    return FALSE;
  name = contact_with_email (contacts, email);
  return name == NULL || refuse (error, "in-list", name);
}

/**
 * cpd_member_find_address:
 * @account: (out)
 */
gboolean
cpd_member_find_address (CpdCall *call, GPtrArray *rows, const char *email, const CpdAddressFor *whose,
                         CpdAccount **account, GError **error)
{
  g_autoptr (GError) local = NULL;

  *account = cpd_store_account_find_email (call->db, email, &local);
  if (local == NULL)
    return check_list (call, rows, email, whose, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
