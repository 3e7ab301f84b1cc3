/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-store-reading.h"

G_BEGIN_DECLS

/* A page with text ends here, in bytes, however few cards it has. */
#define CPD_DOSSIER_TEXT_MAX (1024 * 1024)

/* Which cards of the grant's patient; what is 0 or NULL narrows nothing down. */
typedef struct
{
  guint kinds;        /* bits of CpDossierKind that may be shown; 0: none */
  int month;          /* 202601: of that month, the oldest first; otherwise the newest first */
  CpTime from;        /* at or after */
  CpTime until;       /* before */
  const char *author; /* (nullable) */
  gint64 plan;        /* row of a care plan: only what belongs to it */
  gboolean text;      /* with text, entries and attachments; otherwise with the preview */
} CpdDossierFilter;

/* since: what was first seen after it is new (0: nothing is). One page, (element-type CpDossierItem). */
GPtrArray *cpd_store_dossier (CpdDb *db, const CpdGrant *grant, const CpdDossierFilter *filter, CpTime since,
                              const CpdCursor *cursor, int limit, CpdCursor *next, GError **error);
/* (nullable) (transfer full): one card of kinds in full, as it stands (version 0) or stood; *id is its row. NULL
 * without error: not there. */
CpDossierItem *cpd_store_dossier_item (CpdDb *db, const CpdGrant *grant, guint kinds, const char *public_id,
                                       gint64 version, CpTime since, gint64 *id, GError **error);
/* (transfer full): a card that a search has found among those of the grant's patient, with the text that was searched.
 */
CpDossierItem *cpd_store_dossier_found (CpdDb *db, const CpdGrant *grant, gint64 id, CpTime since, GError **error);

G_END_DECLS
