/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-sync.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

#define CPD_EHR_BATCH_ROWS 500
#define CPD_EHR_BATCH_BYTES (4 * 1024 * 1024)

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
/* Rows that reached the database. */
gint64 cpd_ehr_batch_written (CpdEhrBatch *batch);

G_END_DECLS
