/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-link.h"

#include "cp-link.h"
#include "cpd-link-kinds.h"
#include "cpd-links.h"
#include "cpd-password-rules.h"
#include "cpd-password-set.h"
#include "cpd-throttle.h"

static void
link_buckets (const CpdCall *call, const char *token, CpdThrottleKey buckets[2])
{
  const CpdKeys *keys = call->services->keys;

  cpd_throttle_key (keys, CPD_THROTTLE_LINK, token, &buckets[0]);
  cpd_throttle_key (keys, CPD_THROTTLE_LINK_ADDRESS, call->request->address, &buckets[1]);
}

/* A link of which one wants to use: the count of the try stays, so what is wrong with it is call->failed. */
static gboolean
count_and_find (CpdCall *call, const char *token, CpdLink *link, GError **error)
{
  CpdThrottleKey buckets[2];
  g_autoptr (GError) ended = NULL;

  link_buckets (call, token, buckets);
  if (!cpd_throttle_take (call->db, buckets, G_N_ELEMENTS (buckets), call->now, error))
    return FALSE;
  if (cpd_links_find (call->db, call->services->keys, token, call->now, link, &ended))
    return TRUE;
  if (g_error_matches (ended, CP_ERROR, CP_ERROR_LINK_ENDED))
    {
      call->failed = g_steal_pointer (&ended);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&ended));
  return FALSE;
}

static void
fail (CpdCall *call, CpErrorCode code, const char *message)
{
  call->failed = g_error_new_literal (CP_ERROR, code, message);
}

/**
 * cpd_service_link_look:
 *
 * Uses nothing up: programs that look through mail for viruses open every link.
 */
gboolean
cpd_service_link_look (CpdCall *call, GError **error)
{
  const CpLinkRequest *request = call->body;
  g_autoptr (CpLink) answer = cp_link_new ();
  CpdLink link;

  if (!cpd_links_find (call->db, call->services->keys, request->token, call->now, &link, error))
    return FALSE;
  answer->kind = (int) link.kind - 1;
  answer->until = link.expires;
  answer->seconds_left = (link.expires - call->now) / CP_TIME_SECOND;
  cpd_call_answer (call, &cp_link_record, answer);
  return TRUE;
}

/* Which words the password may not have depends on whose it is, so this is told only to who knows the user name. */
static gboolean
prepare (CpdCall *call, const CpdLink *link, GError **error)
{
  const CpLinkPasswordRequest *request = call->body;
  g_autofree char *username = cpd_account_fold_username (request->username);
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, link->account, error);

  if (account == NULL)
    return FALSE;
  if (g_strcmp0 (account->username, username) != 0)
    {
      fail (call, CP_ERROR_LINK_USER, "another user name");
      return cpd_call_audit (call, CPD_AUDIT_LINK_USER_WRONG, account->id, 0, 0, error);
    }
  call->work->account = account->id;
  call->work->new_password = g_strdup (request->new_password);
  return cpd_password_rules_check (call->services->config, account, NULL, request->new_password, error);
}

/**
 * cpd_service_link_password_begin:
 *
 * A wrong user name counts, and the link stays.
 */
gboolean
cpd_service_link_password_begin (CpdCall *call, GError **error)
{
  const CpLinkPasswordRequest *request = call->body;
  CpdLink link;

  if (!count_and_find (call, request->token, &link, error))
    return FALSE;
  if (call->failed == NULL && cpd_link_use (link.kind)->password == 0)
    fail (call, CP_ERROR_LINK_ENDED, "no password is chosen with this link");
  return call->failed != NULL || prepare (call, &link, error);
}

static gboolean
forgive (CpdCall *call, const char *token, GError **error)
{
  CpdThrottleKey buckets[2];

  link_buckets (call, token, buckets);
  return cpd_throttle_forgive (call->db, buckets, G_N_ELEMENTS (buckets), error);
}

/**
 * cpd_service_link_password_finish:
 *
 * Does not log in: the next login asks for a code, since no device is trusted any more. Accepts no invitation either.
 */
gboolean
cpd_service_link_password_finish (CpdCall *call, GError **error)
{
  const CpLinkPasswordRequest *request = call->body;
  CpdLink link;

  if (call->work->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&call->work->error));
      return FALSE;
    }
  /* Somebody may have been first while the pool was busy. */
  return cpd_links_find (call->db, call->services->keys, request->token, call->now, &link, error) &&
         cpd_links_use (call->db, &link, call->now, error) && forgive (call, request->token, error) &&
         cpd_password_set (call, link.account, 0, 0, cpd_link_use (link.kind)->password, error);
}

/**
 * cpd_service_link_confirm:
 */
gboolean
cpd_service_link_confirm (CpdCall *call, GError **error)
{
  const CpLinkRequest *request = call->body;
  const CpdLinkUse *use;
  CpdLink link;

  if (!count_and_find (call, request->token, &link, error))
    return FALSE;
  if (call->failed != NULL)
    return TRUE;
  use = cpd_link_use (link.kind);
  if (use->confirm == NULL)
    {
      fail (call, CP_ERROR_LINK_ENDED, "nothing is confirmed with this link");
      return TRUE;
    }
  return cpd_links_use (call->db, &link, call->now, error) && use->confirm (call, &link, error);
}
