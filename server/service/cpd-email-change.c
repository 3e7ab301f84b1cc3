/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-email-change.h"

#include "cp-changes.h"
#include "cpd-links.h"
#include "cpd-notify.h"
#include "cpd-store-account.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-own.h"

static char *
waiting (CpdDb *db, gint64 account, gint64 change, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *email = cpd_store_email_change_get (db, account, change, now, &local);

  if (local == NULL && email == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "this address does not wait any more");
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return email;
}

/**
 * cpd_email_change_confirm:
 *
 * The address of before gets a mail, in case it was somebody else, and what went there lets nobody in any more: neither
 * a link that chooses a password nor a temporary one.
 */
gboolean
cpd_email_change_confirm (CpdDb *db, const CpdKeys *keys, gint64 account, gint64 change, CpTime now, GError **error)
{
  g_autofree char *email = waiting (db, account, change, now, error);
  g_autoptr (CpdAccount) before = email != NULL ? cpd_store_account_get (db, account, error) : NULL;
  const CpdAudit audit = { .at = now, .action = CPD_AUDIT_EMAIL_CHANGED, .account = account };

  return before != NULL && cpd_store_email_change_apply (db, account, email, error) &&
         cpd_links_end_passwords (db, account, now, error) && cpd_store_account_drop_temporary (db, account, error) &&
         cpd_store_change_add (db, account, CP_TOPIC_SESSION, now, error) &&
         cpd_notify_mail_to (db, keys, "email-changed", account, before->email, now, error) &&
         cpd_store_audit_add (db, &audit, error);
}
