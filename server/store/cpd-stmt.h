/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* A prepared statement of a connection, from its cache, which knows a statement by the address of its text: that must
 * live as long as the connection, as a literal does. Only store/ includes this.
 *
 * Arguments are given by a format with a letter each: t text (const char *, NULL is null), i gint64, b blob (const void
 * *, gsize), n null without an argument, o gint64 that is null when 0, y GBytes * (NULL is null).
 *
 *   g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT id FROM account WHERE username = ?", "t", name);
 *   while (cpd_stmt_next (stmt, error)) ...
 *
 * SQLITE_FULL, IOERR and NOMEM become CP_ERROR_SERVER_FULL; a broken UNIQUE or CHECK CP_ERROR_CONFLICT; anything else
 * CP_ERROR_INTERNAL. */
typedef struct _CpdStmt CpdStmt;

CpdStmt *cpd_db_query (CpdDb *db, GError **error, const char *sql, const char *format, ...);
/* Runs a statement that gives no rows. */
gboolean cpd_db_run (CpdDb *db, GError **error, const char *sql, const char *format, ...);
gint64 cpd_db_last_id (CpdDb *db);
gint64 cpd_db_changes (CpdDb *db);
gint64 cpd_db_total_changes (CpdDb *db);
/* Runs statements as they stand, without arguments: schema and pragmas only. */
gboolean cpd_db_exec (CpdDb *db, const char *sql, GError **error);

/* TRUE with a row. FALSE at the end, or with error set. stmt may be NULL (then FALSE: the query has set error). */
gboolean cpd_stmt_next (CpdStmt *stmt, GError **error);
gint64 cpd_stmt_int (CpdStmt *stmt, int column);
const char *cpd_stmt_text (CpdStmt *stmt, int column); /* (nullable), until the next step */
char *cpd_stmt_dup_text (CpdStmt *stmt, int column);   /* (nullable) (transfer full) */
const void *cpd_stmt_blob (CpdStmt *stmt, int column, gsize *size);
gboolean cpd_stmt_is_null (CpdStmt *stmt, int column);
void cpd_stmt_finish (CpdStmt *stmt);  /* (nullable): back into the cache */
void cpd_stmt_destroy (CpdStmt *stmt); /* when its connection closes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdStmt, cpd_stmt_finish)

G_END_DECLS
