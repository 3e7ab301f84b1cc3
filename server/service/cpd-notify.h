/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"
#include "cpd-store-account.h"

G_BEGIN_DECLS

/* What a person is told when something about the way in changes, in the transaction of the change. */
gboolean cpd_notify_mail (CpdDb *db, const char *template_name, gint64 account, CpTime now, GError **error);
/* device 0: a shared computer. */
gboolean cpd_notify_new_device (CpdDb *db, gint64 account, gint64 device, CpTime now, GError **error);
/* To an address that is not the account's, or not any more. */
gboolean cpd_notify_mail_to (CpdDb *db, const CpdKeys *keys, const char *template_name, gint64 account,
                             const char *address, CpTime now, GError **error);
/* With a link that makes the address count. */
gboolean cpd_notify_confirm_email (CpdDb *db, const CpdKeys *keys, gint64 account, gint64 change, const char *address,
                                   CpTime now, GError **error);
/* A mail, and a text message to the number of before. */
gboolean cpd_notify_number (CpdDb *db, const CpdKeys *keys, const CpdAccount *before, CpTime now, GError **error);

G_END_DECLS
