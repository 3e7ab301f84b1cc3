/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-notify.h"

#include "cpd-store-link.h"
#include "cpd-store-outbox.h"

/**
 * cpd_notify_mail:
 *
 * To the account's own address.
 */
gboolean
cpd_notify_mail (CpdDb *db, const char *template_name, gint64 account, CpTime now, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, template_name, .account = account };

  return cpd_store_outbox_add_message (db, &message, now, error);
}

/**
 * cpd_notify_new_device:
 *
 * Who knows somebody's password and holds that person's telephone for a moment is seen by it.
 */
gboolean
cpd_notify_new_device (CpdDb *db, gint64 account, gint64 device, CpTime now, GError **error)
{
  /* A shared computer is in the list of sessions only. */
  const char *template_name = device != 0 ? "new-device" : "new-device-shared";
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, template_name, .account = account, .device = device };

  return cpd_store_outbox_add_message (db, &message, now, error);
}

/**
 * cpd_notify_mail_to:
 */
gboolean
cpd_notify_mail_to (CpdDb *db, const CpdKeys *keys, const char *template_name, gint64 account, const char *address,
                    CpTime now, GError **error)
{
  g_autoptr (GBytes) to = cpd_store_outbox_seal (keys, address);
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, template_name, .account = account, .to_sealed = to };

  return cpd_store_outbox_add_message (db, &message, now, error);
}

/**
 * cpd_notify_confirm_email:
 * @change: row of email_change that the link is about
 */
gboolean
cpd_notify_confirm_email (CpdDb *db, const CpdKeys *keys, gint64 account, gint64 change, const char *address,
                          CpTime now, GError **error)
{
  g_autoptr (GBytes) to = cpd_store_outbox_seal (keys, address);
  const CpdOutboxNew message = {
    CPD_OUTBOX_MAIL,       "email-confirm", .account = account, .link_kind = CPD_LINK_CONFIRM,
    .link_object = change, .to_sealed = to,
  };

  return cpd_store_outbox_add_message (db, &message, now, error);
}

/**
 * cpd_notify_number:
 * @before: the account as it was
 *
 * Whoever had the number of before sees that codes go elsewhere now.
 */
gboolean
cpd_notify_number (CpdDb *db, const CpdKeys *keys, const CpdAccount *before, CpTime now, GError **error)
{
  g_autoptr (GBytes) to = before->mobile != NULL ? cpd_store_outbox_seal (keys, before->mobile) : NULL;
  /* It is no code: a day later it still says what must be known. */
  const CpdOutboxNew message = { CPD_OUTBOX_SMS, "mobile-replaced", .account = before->id, .to_sealed = to,
                                 .give_up = now + CP_TIME_DAY };

  return cpd_notify_mail (db, "mobile-changed", before->id, now, error) &&
         (to == NULL || cpd_store_outbox_add_message (db, &message, now, error));
}
