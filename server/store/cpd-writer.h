/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-keys.h"

G_BEGIN_DECLS

/* The one thread that changes the database. It takes what is queued into one transaction, a savepoint for each change,
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

/* From here on the mark of how far the log has come (see cpd-audit-mark.h) follows what is written; returns when it is
 * known whether rows are missing that were there when the database was last open. keys live as long as the writer. */
void cpd_writer_keep_mark (CpdWriter *writer, const CpdKeys *keys);

/* Now, and when the writer ends, cpd_audit_mark_log(); returns at once. */
void cpd_writer_log_mark (CpdWriter *writer);
/* Whether the mark lay beside the database as it was left (see cpd_audit_mark_look()); waits. */
gboolean cpd_writer_look_at_mark (CpdWriter *writer, gboolean *as_left, GError **error);

/* Who is told, in the writer thread and before the jobs are, which accounts have news that is on disk now. One that is
 * named may have none: its job was undone. */
typedef struct
{
  void (*changed) (const gint64 *accounts, guint n, gpointer data);
  gpointer data;
} CpdWriterWatch;
void cpd_writer_set_watch (CpdWriter *writer, const CpdWriterWatch *watch);

/* Whether the newest batch that had something to write reached the disk. */
gboolean cpd_writer_is_healthy (CpdWriter *writer);

/* FALSE with CP_ERROR_BUSY when the queue is full: then done is not called. done may be NULL. */
gboolean cpd_writer_submit (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data, GError **error);
/* The same for a job that reads, and writes at most the rows that record it, after all its reading. It has no
 * savepoint: when it fails after it has written something, nothing of the batch is committed. */
gboolean cpd_writer_submit_reading (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data,
                                    GError **error);
/* A change of many rows on its way, in a transaction of its own. Each begin needs its end; neither from the writer
 * thread itself. Changes are made in the order in which they were begun. */
typedef struct _CpdWriting CpdWriting;
CpdWriting *cpd_writer_begin (CpdWriter *writer, CpdWriteFunc func, gpointer data);
gboolean cpd_writer_end (CpdWriting *writing, GError **error);

/* For a change of many rows, while it is made: somebody waits for the writer, so it had better leave the rest for
 * another one. */
gboolean cpd_writer_is_wanted (CpdWriter *writer);

/* Submits a change and waits. */
gboolean cpd_writer_run (CpdWriter *writer, CpdWriteFunc func, gpointer data, GError **error);

G_END_DECLS
