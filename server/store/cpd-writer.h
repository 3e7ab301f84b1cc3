/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* The one thread that changes the database. It takes what is queued into one transaction, a savepoint for each job,
 * commits once (synchronous=FULL), and only then tells each job its end. */
typedef struct _CpdWriter CpdWriter;

/* Runs in the writer thread inside the job's savepoint; FALSE with error undoes this job and no other. */
typedef gboolean (*CpdWriteFunc) (CpdDb *db, gpointer data, GError **error);
/* Runs in the writer thread after the commit; error is NULL when the change is on disk. */
typedef void (*CpdWriteDone) (gpointer data, const GError *error);

CpdWriter *cpd_writer_new (const char *path, GError **error);
/* Runs what is queued, then ends the thread. */
void cpd_writer_free (CpdWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdWriter, cpd_writer_free)

/* Whether the newest batch reached the disk. */
gboolean cpd_writer_is_healthy (CpdWriter *writer);

/* FALSE with CP_ERROR_BUSY when the queue is full: then done is not called. done may be NULL. */
gboolean cpd_writer_submit (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data, GError **error);
/* Submits and waits; not from the writer thread itself. Waits for room in the queue. */
gboolean cpd_writer_run (CpdWriter *writer, CpdWriteFunc func, gpointer data, GError **error);

G_END_DECLS
