/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-recall-old.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* Pages of what is understood of the lines of a file, on their way to the writer: a few at a time, while the next are
 * gathered. Until cpd_store_recall_write() nothing that is kept counts. */
typedef struct _CpdEhrRecallPages CpdEhrRecallPages;

/* source is borrowed. */
CpdEhrRecallPages *cpd_ehr_recall_pages_new (CpdWriter *writer, const char *source);
void cpd_ehr_recall_pages_free (CpdEhrRecallPages *pages);

/* Takes body; NULL: the file has number pages and no more. */
void cpd_ehr_recall_pages_send (CpdEhrRecallPages *pages, const char *path, guint number, GByteArray *body);
/* When all is on disk; FALSE with error when one of them is not. */
gboolean cpd_ehr_recall_pages_settle (CpdEhrRecallPages *pages, GError **error);
/* Each line on disk of that file which test tells is to be read by the next run. */
gboolean cpd_ehr_recall_pages_doubt (CpdEhrRecallPages *pages, CpdDb *db, const char *path, CpdEhrOldTest test,
                                     gpointer data, GError **error);

G_END_DECLS
