/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"
#include "cpd-keys.h"

G_BEGIN_DECLS

/* The link in the mail to a new address was opened: change (a row of email_change) counts from now on.
 * CP_ERROR_NOT_FOUND when it does not wait any more: too late, or another was asked for since; CP_ERROR_CONFLICT when
 * somebody else has the address by now. */
gboolean cpd_email_change_confirm (CpdDb *db, const CpdKeys *keys, gint64 account, gint64 change, CpTime now,
                                   GError **error);

G_END_DECLS
