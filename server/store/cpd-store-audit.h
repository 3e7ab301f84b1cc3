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
/* Whether the same session has looked at the same thing, whatever its range, other than by a refresh. */
gboolean cpd_store_audit_opened (CpdDb *db, const CpdAudit *audit, gboolean *opened, GError **error);
/* When the oldest row was written; 0 when there is none. */
gboolean cpd_store_audit_oldest (CpdDb *db, CpTime *at, GError **error);
/* Deletes the oldest rows up to the first that is not from before a time, and adds the row that says so. */
gboolean cpd_store_audit_forget (CpdDb *db, CpTime now, CpTime before, int max, int *n, GError **error);
/* Follows the chain from where it was cut; FALSE with the id of the first row that does not fit in the message. */
gboolean cpd_store_audit_verify (CpdDb *db, gint64 *n_rows, GError **error);

G_END_DECLS
