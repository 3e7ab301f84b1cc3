/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-link.h"

#include "cp-link.h"
#include "cp-validate.h"
#include "cpd-store-link.h"
#include "cpd-store-outbox.h"
#include "cpd-throttle.h"

/* Whoever asked waits for it: an hour later it only surprises. */
#define GIVE_UP CP_TIME_HOUR
/* Handing over begins a while after the answer, so that the next answer does not tell whether there is a mail. */
#define SOONEST_MS 1000
#define LATEST_MS 4000

/* By CpForgotten. */
static const struct
{
  const char *template_name;
  int link_kind;
} mails[] = {
  [CP_FORGOTTEN_LINK] = { "reset-link", CPD_LINK_RESET },
  [CP_FORGOTTEN_TEMPORARY] = { "reset-temporary", 0 },
};

/* Only who knows both can fill the first, so nobody keeps somebody else from asking; who has many addresses fills only
 * what their network has of the whole. */
static gboolean
count (CpdCall *call, const char *username, const char *email, GError **error)
{
  const CpdKeys *keys = call->services->keys;
  g_autofree char *both = g_strconcat (username, "\n", email, NULL);
  CpdThrottleKey buckets[4];

  cpd_throttle_key (keys, CPD_THROTTLE_FORGOT_ACCOUNT, both, &buckets[0]);
  cpd_throttle_key (keys, CPD_THROTTLE_FORGOT_ADDRESS, call->request->address, &buckets[1]);
  cpd_throttle_key_of_network (keys, CPD_THROTTLE_FORGOT_NETWORK, call->request->address, &buckets[2]);
  cpd_throttle_key (keys, CPD_THROTTLE_FORGOT_GLOBAL, "", &buckets[3]);
  return cpd_throttle_take (call->db, buckets, G_N_ELEMENTS (buckets), call->now, error);
}

/* The account of that name when the address is its own; 0: nobody. */
static gboolean
find (CpdCall *call, const char *username, const char *email, gint64 *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = cpd_store_account_find (call->db, username, &local);
  g_autofree char *own = g_utf8_casefold (account != NULL ? account->email : "", -1);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *id = account != NULL && g_strcmp0 (own, email) == 0 ? account->id : 0;
  return TRUE;
}

/**
 * cpd_service_forgot:
 *
 * The same for everybody: a row for nobody is queued, and given up when it is its turn, where there is no such account.
 */
gboolean
cpd_service_forgot (CpdCall *call, GError **error)
{
  const CpForgotRequest *request = call->body;
  g_autofree char *username = cpd_account_fold_username (request->username);
  g_autofree char *stripped = g_strstrip (g_strdup (request->email));
  g_autofree char *email = g_utf8_casefold (stripped, -1);
  int way = call->services->config->organisation->forgotten;
  CpTime turn = call->now + g_random_int_range (SOONEST_MS, LATEST_MS) * CP_TIME_SECOND / 1000;
  CpdOutboxNew mail = { .kind = CPD_OUTBOX_MAIL,
                        .template_name = mails[way].template_name,
                        .link_kind = mails[way].link_kind,
                        .give_up = turn + GIVE_UP };

  if (!cp_validate_email (stripped, error) || !count (call, username, email, error) ||
      !find (call, username, email, &mail.account, error))
    return FALSE;
  if (request->language != NULL && !cpd_store_account_set_language (call->db, mail.account, request->language, error))
    return FALSE;
  return cpd_store_outbox_add_message (call->db, &mail, turn, error) &&
         cpd_call_audit (call, CPD_AUDIT_FORGOT, mail.account, 0, 0, error);
}
