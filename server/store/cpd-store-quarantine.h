/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* A resource that could not be understood, or that the database refused: its last good copy stays. Never content. */
typedef struct
{
  char *type;
  char *id; /* place, when there is none */
  char *place;
  char *reason;
  CpTime since;   /* when it was met first */
  gint64 patient; /* whose it is; 0: not known */
} CpdQuarantined;
void cpd_quarantined_free (CpdQuarantined *quarantined);

/* In a writer job. */
gboolean cpd_store_quarantine_put (CpdDb *db, const char *source, const CpdQuarantined *quarantined, CpTime now,
                                   GError **error);
/* A good version came. */
gboolean cpd_store_quarantine_release (CpdDb *db, const char *source, const char *type, const char *id, GError **error);
/* After a run that met everything: what it did not meet as bad is good, or gone. */
gboolean cpd_store_quarantine_release_before (CpdDb *db, const char *source, CpTime before, GError **error);

/* The first max in the order of their type; (transfer full) (element-type CpdQuarantined). total gets how many there
 * are. */
GPtrArray *cpd_store_quarantine_list (CpdDb *db, const char *source, guint max, gint64 *total, GError **error);

G_END_DECLS
