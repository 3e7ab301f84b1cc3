/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"

G_BEGIN_DECLS

/* CpaApi over HTTPS: no redirect is followed, no doubtful certificate accepted, and there is no way round that. */
#define CPA_TYPE_TRANSPORT (cpa_transport_get_type ())
G_DECLARE_FINAL_TYPE (CpaTransport, cpa_transport, CPA, TRANSPORT, CpaApi)

/* address is as cp_validate_address () gives it. ca_file (nullable) is a PEM file: only what it holds is trusted;
 * otherwise what the system trusts. NULL with CP_ERROR_BAD_CERTIFICATE when the file cannot be used. */
CpaTransport *cpa_transport_new (const char *address, const char *ca_file, GError **error);

G_END_DECLS
