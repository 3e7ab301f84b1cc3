/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"
#include "cpd-store-audit.h"

G_BEGIN_DECLS

/* How far the log has come, kept outside the database under a key of the key file. The chain tells of every row whether
 * it fits the one before; that the newest are gone it cannot tell, and who has no key cannot make a mark that says so
 * either. Beside the database lies the newest mark; older ones are in the server's own log, once an hour. */

/* (transfer full): the mark of a row, on one line. */
char *cpd_audit_mark_text (const CpdKeys *keys, const CpdAuditRow *row);
/* FALSE when it was not made with these keys, or was changed. */
gboolean cpd_audit_mark_parse (const CpdKeys *keys, const char *text, CpdAuditRow *row);
/* The newest mark of a database. FALSE when there is none, or none that can be read. */
gboolean cpd_audit_mark_read (const CpdKeys *keys, const char *database, CpdAuditRow *row);

/* In place of the newest mark: of a database that was put back. */
gboolean cpd_audit_mark_set (const CpdKeys *keys, const char *database, const CpdAuditRow *row, GError **error);

/* Keeps the mark of a database while its writer runs. In the thread of the writer, outside its transactions. */
typedef struct _CpdAuditMark CpdAuditMark;
CpdAuditMark *cpd_audit_mark_new (const CpdKeys *keys, const char *database);
void cpd_audit_mark_free (CpdAuditMark *mark);
/* After each transaction: adds the row that tells of it when the rows of the mark before are not there, and moves the
 * mark to the newest row. What cannot be written now is by the next call. */
void cpd_audit_mark_follow (CpdAuditMark *mark, CpdDb *db, CpTime now);
/* FALSE when another file lies beside the database than the one that was left there, or something else in it: that is
 * warned of, and the mark is written again. */
gboolean cpd_audit_mark_look (CpdAuditMark *mark);
/* The newest mark, once, to the server's own log: as it is in memory, for who can replace the file must not choose what
 * is told of it. Looks at the file as well. */
void cpd_audit_mark_log (CpdAuditMark *mark);

G_END_DECLS
