/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>
#include "cpd-db.h"

struct _CpdDb
{
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): SQL text (address of the literal) -> idle CpdStmt */
  GThread *thread;        /* (borrowed): the one that may use it */
};

/* Sets error from the connection's state; see cpd-stmt.h for the codes. Always returns FALSE. */
gboolean cpd_db_fail (CpdDb *db, int result, GError **error);
void cpd_db_assert_thread (CpdDb *db);
/* The connection now belongs to the calling thread. */
void cpd_db_adopt (CpdDb *db);
