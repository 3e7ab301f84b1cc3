/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-audit.h"
#include "cpd-db.h"

G_BEGIN_DECLS

gboolean cpd_store_audit_add (CpdDb *db, const CpdAudit *audit, GError **error);
/* Whether the log could be written now; changes the disk, but no row. */
gboolean cpd_store_audit_try (CpdDb *db, CpTime now, GError **error);
/* Whether the same session has a row of the same reading since a time. */
gboolean cpd_store_audit_has (CpdDb *db, const CpdAudit *audit, CpTime since, gboolean *has, GError **error);
/* Follows the chain; FALSE with the id of the first row that does not fit in the message. */
gboolean cpd_store_audit_verify (CpdDb *db, gint64 *n_rows, GError **error);

G_END_DECLS
