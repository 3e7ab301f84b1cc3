/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-store-dossier.h"

G_BEGIN_DECLS

/* What the query of a list of cards asks: month, or report, from, until, author and plan. What it may show (kinds) is
 * what the organisation shares. FALSE with CP_ERROR_BAD_REQUEST, whose field names the parameter. Strings are borrowed
 * from the request. */
gboolean cpd_dossier_query_read (const CpdCall *call, CpdDossierFilter *filter, GError **error);
/* report alone: bits of CpDossierKind. */
gboolean cpd_dossier_query_kinds (const CpdCall *call, guint *kinds, GError **error);
/* version: 0 when it is not asked. */
gboolean cpd_dossier_query_version (const CpdCall *call, gint64 *version, GError **error);
/* Always FALSE, with CP_ERROR_BAD_REQUEST about a parameter. */
gboolean cpd_dossier_query_refuse (const char *name, const char *what, GError **error);

G_END_DECLS
