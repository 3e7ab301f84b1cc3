/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-sync.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* Each batch writes anew the pages that it touches, so it is large; and while others wait for the writer it is cut into
 * pieces of so many rows. */
#define CPD_EHR_BATCH_ROWS 4000
#define CPD_EHR_BATCH_PIECE 500
#define CPD_EHR_BATCH_BYTES (2 * 1024 * 1024)

/* Rows of one type on their way to the writer, a job for each batch. While one is written the next is gathered. */
typedef struct _CpdEhrBatch CpdEhrBatch;

/* A row that could not be kept; (nullable) func. */
typedef void (*CpdEhrBatchProblem) (const CpdEhrRow *row, const char *reason, gpointer data);

CpdEhrBatch *cpd_ehr_batch_new (const CpdEhrSync *sync, CpdEhrBatchProblem problem, gpointer data);
void cpd_ehr_batch_free (CpdEhrBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrBatch, cpd_ehr_batch_free)

/* Takes row; begins to write when the batch is full. FALSE with error when the database takes nothing at all. */
gboolean cpd_ehr_batch_add (CpdEhrBatch *batch, CpdEhrRow *row, GError **error);
/* Writes what there is, and waits until it is on disk. */
gboolean cpd_ehr_batch_flush (CpdEhrBatch *batch, GError **error);
/* The same when a row of that resource is on its way: id, or id, '#' and more. */
gboolean cpd_ehr_batch_flush_of (CpdEhrBatch *batch, const char *id, GError **error);
/* Before a run and after it: merges the index of words (see cpd_store_items_merge()) until there is nothing to merge,
 * or it is cancelled. Not a part of any row: what is left is merged by the next run. */
void cpd_ehr_batch_merge_words (const CpdEhrSync *sync, GCancellable *cancellable);
/* Rows that reached the database. */
gint64 cpd_ehr_batch_written (CpdEhrBatch *batch);

G_END_DECLS
