/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-ehr-http.h"

G_BEGIN_DECLS

/* How the portal shows a FHIR server who it is: a token, got by SMART Backend Services (a signed assertion) or a client
 * secret, or one that never changes. */

/* (transfer full): reads the key or secret of the configuration. NULL with error, also when others can read its file.
 */
CpdEhrAccess *cpd_ehr_access_new (const CpdConfig *config, GError **error);
void cpd_ehr_access_free (CpdEhrAccess *access);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrAccess, cpd_ehr_access_free)

/* Whether the key or secret of the configuration can be used; FALSE with error that names the key and the file. */
gboolean cpd_ehr_access_check (const CpdConfig *config, GError **error);

/* The value of the Authorization header, fetched or renewed when that is due; NULL in *value when none is needed. FALSE
 * with error. */
gboolean cpd_ehr_access_authorization (CpdEhrAccess *access, CpdEhrHttp *http, const char **value, GError **error);
/* The server does not take the token any more. FALSE when there is no way to another one. */
gboolean cpd_ehr_access_forget (CpdEhrAccess *access);
/* Whether what was granted covers searching and reading type. */
gboolean cpd_ehr_access_allows (const CpdEhrAccess *access, const char *type);

G_END_DECLS
