/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* Which lines reports are made of. */

typedef struct
{
  char *line; /* id of the Observation */
  char *version_id;
  CpTime last_updated; /* this one 0 and version_id NULL: it was not there */
  gboolean told;       /* its words stand in the report */
  gboolean earlier;    /* they stand in an earlier version of it only */
  gint64 item;
  gint64 patient;
  char *report; /* id of the Composition */
} CpdStoreLine;
void cpd_store_line_free (CpdStoreLine *line);

#define CPD_STORE_LINES_MAX 50

/* (transfer full) (element-type CpdStoreLine): some lines of reports that show, those after a line of an item, at most
 * CPD_STORE_LINES_MAX; empty at the end, NULL with error. */
GPtrArray *cpd_store_lines_after (CpdDb *db, const char *source, const char *line, gint64 item, GError **error);

/* Both in a writer job. lines (nullable): those of the report as it is now. lost: (out) what was told by one of them
 * may be told no more: it is withdrawn, gone or somebody else's. */
gboolean cpd_store_lines_put (CpdDb *db, gint64 item, const GPtrArray *lines, gboolean *lost, GError **error);
/* What earlier versions of a report said is told no more. */
gboolean cpd_store_lines_forget (CpdDb *db, gint64 item, GError **error);

G_END_DECLS
