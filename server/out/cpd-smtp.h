/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-compose.h"

G_BEGIN_DECLS

/* The organisation's mail server, spoken to by SMTP (RFC 5321) over TLS. */
typedef struct _CpdSmtp CpdSmtp;

#define CPD_SMTP_SECONDS 60

CpdSmtp *cpd_smtp_new (const CpdConfig *config);
void cpd_smtp_free (CpdSmtp *smtp);

/* FALSE with CPD_TRANSPORT_ERROR. */
gboolean cpd_smtp_send (CpdSmtp *smtp, const CpdMessage *message, CpTime now, GCancellable *cancellable,
                        GError **error);
gboolean cpd_smtp_check (const CpdConfig *config, GError **error);

G_END_DECLS
