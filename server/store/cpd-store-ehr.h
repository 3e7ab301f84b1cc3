/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"
#include "cpd-store-item.h"

G_BEGIN_DECLS

#define CPD_EHR_AHEAD (10 * CP_TIME_MINUTE) /* that two clocks may differ */

/* What is kept of a resource, to tell whether it changed. */
typedef struct
{
  gint64 row; /* 0: not kept */
  gint64 patient;
  CpTime last_updated; /* 0: not known */
  guchar hash[32];
  gboolean removed;
} CpdEhrKnown;

/* What is kept of when something changed, if that moment has been. */
CpTime cpd_store_ehr_past_moment (CpTime kept);

gboolean cpd_store_ehr_find (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *id,
                             CpdEhrKnown *known, GError **error);
/* An appointment of one client is kept under its id, one of several under an id for each of them ("x#Patient/7"). What
 * has that id as it shows to the patient under another of these; known->row 0 when it does not, or is of another kind.
 */
gboolean cpd_store_ehr_find_alike (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *id,
                                   gint64 patient, CpdEhrKnown *known, GError **error);

/* fresh: no row of the type is kept, not even a tombstone. FALSE for a kind that is one row of a patient. */
gboolean cpd_store_ehr_is_fresh (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, gboolean *fresh,
                                 GError **error);

/* Both say when they changed, and row did before what is kept. */
gboolean cpd_store_ehr_is_older (const CpdEhrKnown *known, const CpdEhrRow *row);
/* TRUE when putting row would change nothing: it says the same, or is older than what is kept. */
gboolean cpd_store_ehr_is_unchanged (const CpdEhrKnown *known, const CpdEhrRow *row);

/* TRUE when a later version of what is kept of one patient says that it is about another: it goes over. */
gboolean cpd_store_ehr_moves (const CpdEhrKnown *known, const CpdEhrRow *row);

/* Keeps n rows: each a new one, a new version of one, or a tombstone. What belongs to another patient is never
 * overwritten: it is removed there, and a row of its own is stored for the row's when it moves; when nothing says which
 * of the two came later, none is. In a writer job, which ends with cpd_store_items_finish() for items. changed (a set
 * of gint64 *, owned by the caller) gets the patients whose data became different. */
gboolean cpd_store_ehr_put (CpdDb *db, const char *source, CpdEhrRow *const *rows, guint n, CpTime now,
                            CpdStoreItems *items, GHashTable *changed, GError **error);

/* Gets a row of a kind: whose it is, and its id. */
typedef void (*CpdEhrLiveFunc) (CpdEhrKind kind, gint64 patient, const char *id, gpointer data);
/* Calls func for each row of the type that is shown. */
gboolean cpd_store_ehr_each_live (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, CpdEhrLiveFunc func,
                                  gpointer data, GError **error);
/* For each that is not: it was, or it is a plan that never was and is known all the same. */
gboolean cpd_store_ehr_each_removed (CpdDb *db, CpdEhrKind kind, const char *source, const char *type,
                                     CpdEhrLiveFunc func, gpointer data, GError **error);
/* For each that is shown of one patient, of whatever type. */
typedef void (*CpdEhrLiveOfFunc) (gint64 patient, CpdEhrKind kind, const char *type, const char *id, gpointer data);
gboolean cpd_store_ehr_each_live_of (CpdDb *db, gint64 patient, const char *source, CpdEhrLiveOfFunc func,
                                     gpointer data, GError **error);

G_END_DECLS
