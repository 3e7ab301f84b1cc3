/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-compose.h"

G_BEGIN_DECLS

/* The organisation's gateway for text messages, spoken to by HTTP as its configuration says. */
typedef struct _CpdGateway CpdGateway;

#define CPD_GATEWAY_SECONDS 20

CpdGateway *cpd_gateway_new (const CpdConfig *config);
void cpd_gateway_free (CpdGateway *gateway);

/* FALSE with CPD_TRANSPORT_ERROR. */
gboolean cpd_gateway_send (CpdGateway *gateway, const CpdMessage *message, GCancellable *cancellable, GError **error);
gboolean cpd_gateway_check (const CpdConfig *config, GError **error);

G_END_DECLS
