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

/* One read transaction: everything between sees the same state. */
gboolean cpd_db_begin_read (CpdDb *db, GError **error);
void cpd_db_end_read (CpdDb *db);

G_END_DECLS
