/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* What the run before understood of each line of a directory. A line that is still the same, while everything it refers
 * to is still called the same, is not read again: the rows that it made are there. Only what is different is read, and
 * the state is that of a run that reads everything. */

/* The purpose of a tag of a line. */
#define CPD_EHR_RECALL_TAG "quick-tag"

/* Begins with what run->source kept; everything is read when that is of another version, of other settings, in doubt,
 * or older than a week. */
CpdEhrRecall *cpd_ehr_recall_new (CpdEhrRun *run, GError **error);
void cpd_ehr_recall_free (CpdEhrRecall *recall);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrRecall, cpd_ehr_recall_free)

/* Of the first pass, before a line is read, which stands at offset: TRUE when it need not be, because what it tells is
 * known; the names read it when somebody asks. people: (out) whether it is a Patient or RelatedPerson. */
gboolean cpd_ehr_recall_name_line (CpdEhrRecall *recall, const char *path, goffset offset, const char *text,
                                   gsize length, gboolean *people);
/* After each read of the first pass; resource: what the names have of it, NULL when it told them nothing. */
void cpd_ehr_recall_named (CpdEhrRecall *recall, const CpdEhrResource *resource);
/* In that pass: what key ("Binary/7") stands for. */
void cpd_ehr_recall_tell (CpdEhrRecall *recall, const char *key, const char *text);
/* After that, and after it is known who is who: which keys stand for something else than in the run before. */
void cpd_ehr_recall_begin (CpdEhrRecall *recall);

/* tag: of the line. TRUE: it need not be read; odd (nullable) (borrowed) is what was told of it, and is to be told
 * again. Else cpd_ehr_recall_keep() follows when it was. */
gboolean cpd_ehr_recall_line (CpdEhrRecall *recall, const char *path, guint64 tag, const CpdQuarantined **odd);
/* Of the line that is being read: it names this row (type -1: rows that another line may make); it must be read in each
 * run; it must be, unless what was told of it is in quarantine still. */
void cpd_ehr_recall_names (CpdEhrRecall *recall, int type, gsize key);
void cpd_ehr_recall_again (CpdEhrRecall *recall);
void cpd_ehr_recall_odd (CpdEhrRecall *recall);
/* Of the row that was just named: another line named it already. */
void cpd_ehr_recall_doubled (CpdEhrRecall *recall, gsize key);
gboolean cpd_ehr_recall_keep (CpdEhrRecall *recall, GError **error);

/* After the last line. */
gboolean cpd_ehr_recall_end (CpdEhrRecall *recall, GError **error);
/* TRUE when a row of the type may be shown that the directory does not name any more; those of who was kept aside. */
gboolean cpd_ehr_recall_must_sweep (const CpdEhrRecall *recall, int type);
/* settled: nothing of the type is shown that the directory does not name, but of those who are kept. */
void cpd_ehr_recall_swept (CpdEhrRecall *recall, int type, gboolean settled);
/* The rows of those who were kept by the run before, (borrowed). */
const gint64 *cpd_ehr_recall_kept (const CpdEhrRecall *recall, gsize *n);
/* When all is on disk: the next run may use what this one kept. */
gboolean cpd_ehr_recall_trust (CpdEhrRecall *recall, GError **error);

G_END_DECLS
