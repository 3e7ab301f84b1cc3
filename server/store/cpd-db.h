/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

/* One SQLite connection. It belongs to the thread that opened it, and every function asserts so. Above store/ it is
 * opaque: services pass it to store functions and know no SQL. */
typedef struct _CpdDb CpdDb;

typedef enum
{
  CPD_DB_WRITER,
  CPD_DB_READER /* PRAGMA query_only */
} CpdDbMode;

CpdDb *cpd_db_open (const char *path, CpdDbMode mode, GError **error);
void cpd_db_close (CpdDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdDb, cpd_db_close)

/* A number that stays the same only while everything but what records readings (audit rows, when a session was last
 * used) stays the same: what was made of a row may be kept along with it. No other connection has the same number,
 * ever. 0 when nothing is known, which is so for every connection but the writer's. */
guint64 cpd_db_generation (CpdDb *db);

/* One read transaction: everything between sees the same state. */
gboolean cpd_db_begin_read (CpdDb *db, GError **error);
void cpd_db_end_read (CpdDb *db);

/* Part of a change, which may go wrong while the rest stays: each mark needs keep or undo, and marks may be nested.
 * undo is FALSE when nothing is left to go on with, because the database gave the whole transaction up. */
gboolean cpd_db_mark (CpdDb *db, GError **error);
gboolean cpd_db_keep (CpdDb *db, GError **error);
gboolean cpd_db_undo (CpdDb *db);

G_END_DECLS
