/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* Brings the database to the schema of this version: each step a transaction, a copy of the file is made before the
 * first step on a database that has one already; a database of a newer version is refused. */
gboolean cpd_migrate (CpdDb *db, const char *path, GError **error);

/* Copies of before a step that broke off while they were made. */
void cpd_migrate_remove_unfinished (const char *path);

/* The schema version that this program writes. */
int cpd_migrate_version (void);

G_END_DECLS
