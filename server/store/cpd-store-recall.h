/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What a run over a directory keeps for the next one: see ehr/cpd-ehr-recall.c. */
typedef struct
{
  gboolean trusted; /* no run has changed anything since without coming to its end */
  CpTime whole;     /* when every line was read last */
  guint settled;    /* a bit for each type */
  GBytes *context;  /* (nullable): nothing is kept */
  GBytes *known;    /* (nullable) */
  GBytes *named;    /* (nullable) */
  GBytes *kept;     /* (nullable): an array of gint64 */
} CpdStoreRecall;

void cpd_store_recall_clear (CpdStoreRecall *recall);

gboolean cpd_store_recall_read (CpdDb *db, const char *source, CpdStoreRecall *recall, GError **error);
/* Of a run that began at started and came to its end. Writes nothing when that is what is kept, and when the run let go
 * of what something replaced: that is in lines that did not change, so the next one reads them all. */
gboolean cpd_store_recall_write (CpdDb *db, const char *source, CpTime started, const CpdStoreRecall *recall,
                                 GError **error);
/* In each job that changes what the EHR says: what is kept counts no more until a run has come to its end. */
gboolean cpd_store_recall_doubt (CpdDb *db, const char *source, GError **error);

/* A page of a file, into body; FALSE also when there is none. */
gboolean cpd_store_recall_page (CpdDb *db, const char *source, const char *path, guint page, GByteArray *body,
                                GError **error);
/* (transfer full) of char *: the files that have pages. */
GPtrArray *cpd_store_recall_paths (CpdDb *db, const char *source, GError **error);
gboolean cpd_store_recall_put_page (CpdDb *db, const char *source, const char *path, guint page, const void *body,
                                    gsize size, GError **error);
/* The file has so many pages and no more. */
gboolean cpd_store_recall_cut (CpdDb *db, const char *source, const char *path, guint pages, GError **error);

G_END_DECLS
