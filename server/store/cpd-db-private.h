/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pthread.h>
#include <sqlite3.h>
#include "cpd-db.h"
#include "cpd-store-audit.h"

/* What one transaction wrote into the audit log. */
typedef struct
{
  CpdAuditRow before; /* the newest when it began to: id 0 also when there was none */
  CpdAuditRow newest; /* id 0: ask for it */
} CpdLogGrowth;

struct _CpdDb
{
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): SQL text (address of the literal) -> CpdStmt */
  pthread_t thread;       /* the one that may use it */
  guint64 generation;     /* see cpd_db_generation(); 0 from a change until the next transaction */
  gint64 others;          /* SQLite's count of the commits of other connections */
  CpdLogGrowth growing;   /* by the transaction that is under way */
  CpdLogGrowth grown;     /* by the newest that was committed; all zero when it wrote nothing there */
  GArray *changed;        /* (owned) of gint64: accounts with news, since the writer last looked */
};

/* Sets error from the connection's state; see cpd-stmt.h for the codes. Always returns FALSE. */
gboolean cpd_db_fail (CpdDb *db, int result, GError **error);
void cpd_db_assert_thread (CpdDb *db);
/* At the beginning of a transaction of the writer: a new generation when there is none, or when another connection has
 * committed anything. */
gboolean cpd_db_renew_generation (CpdDb *db, GError **error);
/* Somebody has news (see cpd-store-change.c), if what is under way is committed. */
void cpd_db_note_changed (CpdDb *db, gint64 account);
/* The connection now belongs to the calling thread. */
void cpd_db_adopt (CpdDb *db);
/* From now on what the connection does is broken off (SQLITE_INTERRUPT) when that is cancelled. (borrowed) (nullable)
 */
void cpd_db_stop_by (CpdDb *db, GCancellable *stopping);
/* What SQLite needs room for besides, to sort rows for an index or for a copy, goes to a file and not to memory: all of
 * the dossiers may be more than fits there. Outside a transaction; the process has one such connection at a time. */
gboolean cpd_db_sort_in_files (CpdDb *db, gboolean in_files, GError **error);
/* Writes the database anew, without what is not used any more. Outside a transaction, and while no other connection of
 * the process is used. */
gboolean cpd_db_vacuum (CpdDb *db, GError **error);
/* Writes a copy as the database is now into path: a new file, or an empty one. Outside a transaction. */
gboolean cpd_db_vacuum_into (CpdDb *db, const char *path, GError **error);
