/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* The hash that the pool made becomes the account's own password: the temporary one, all other sessions, the trust of
 * all other devices, every link with which a password is chosen and an e-mail address that waits end, for somebody else
 * may have asked for that; the person gets a mail. keep_session and
 * keep_device (0: none) stay. */
gboolean cpd_password_set (CpdCall *call, gint64 account, gint64 keep_session, gint64 keep_device,
                           CpdAuditAction action, GError **error);

G_END_DECLS
