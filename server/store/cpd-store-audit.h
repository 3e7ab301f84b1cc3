/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-audit.h"
#include "cpd-chain.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* A row of the log, by what no other row has. */
typedef struct
{
  gint64 id; /* 0: none */
  CpTime at;
  guchar h[CPD_HASH_SIZE];
} CpdAuditRow;

/* What the log tells of itself: rows that went missing, that this was looked into, that a copy was put back. */
typedef struct
{
  gint64 id;
  CpdAudit row;
} CpdAuditTold;

gboolean cpd_store_audit_add (CpdDb *db, const CpdAudit *audit, GError **error);
/* Whether the log could be written now; changes the disk, but no row. */
gboolean cpd_store_audit_try (CpdDb *db, CpTime now, GError **error);
/* Whether the same session has a row of the same reading since a time. */
gboolean cpd_store_audit_has (CpdDb *db, const CpdAudit *audit, CpTime since, gboolean *has, GError **error);
/* Whether the same session has looked at the same thing, whatever its range, other than by a refresh. */
gboolean cpd_store_audit_opened (CpdDb *db, const CpdAudit *audit, gboolean *opened, GError **error);
/* The newest row; its id is 0 when there is none. */
gboolean cpd_store_audit_newest (CpdDb *db, CpdAuditRow *newest, GError **error);
/* Whether the log still has that row, or has deleted it for its age; id 0: always. */
gboolean cpd_store_audit_reaches (CpdDb *db, const CpdAuditRow *row, gboolean *reaches, GError **error);
/* When the oldest row was written; 0 when there is none. */
gboolean cpd_store_audit_oldest (CpdDb *db, CpTime *at, GError **error);
/* Deletes the oldest rows up to the first that is not from before a time, and adds the row that says so. */
gboolean cpd_store_audit_forget (CpdDb *db, CpTime now, CpTime before, int max, int *n, GError **error);
/* Follows the chain from where it was cut; FALSE with the id of the first row that does not fit in the message. */
gboolean cpd_store_audit_verify (CpdDb *db, gint64 *n_rows, GError **error);
/* (transfer full) (element-type CpdAuditTold): what the log says of its own gaps, the oldest first. NULL with error. */
GArray *cpd_store_audit_told (CpdDb *db, GError **error);

G_END_DECLS
