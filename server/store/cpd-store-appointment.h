/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-stmt.h"
#include "cpd-store-reading.h"

G_BEGIN_DECLS

#define CPD_TIME_RANGE_OPEN G_MAXINT64

typedef struct
{
  CpTime since;
  CpTime until; /* that moment not any more; CPD_TIME_RANGE_OPEN: without an end */
} CpdTimeRange;

/* Coming: not over yet at now, nearest first. Past: the rest, latest first. Without a start: coming, at the end. One
 * more than limit tells that there is a next page; next is set for it (id 0: none). (element-type CpAppointment) */
GPtrArray *cpd_store_appointments (CpdDb *db, const CpdGrant *grant, gboolean coming, CpTime now,
                                   const CpdTimeRange *cancelled, const CpdCursor *cursor, int limit, CpdCursor *next,
                                   GError **error);
/* What cpd_store_appointments() gives of what is coming from its beginning, for the start screen. */
typedef struct
{
  CpTime now;
  CpdTimeRange cancelled; /* as there */
  int limit;
  GPtrArray *items; /* out (owned) (nullable): each may be a record that is written already, to be written only */
} CpdNextAppointments;

/* SQL: what cpd_store_appointments_keep() writes into the summary s. */
#define CPD_KEPT_COLUMNS "s.coming, s.coming_all, s.coming_at, s.coming_run"
/* Of those, as far as that is enough; otherwise items stay NULL. */
void cpd_store_appointments_take_kept (CpdStmt *row, int column, CpdNextAppointments *next);
/* *came: since then one was planned that is still to come. */
gboolean cpd_store_appointments_came (CpdDb *db, const CpdGrant *grant, CpTime since, CpTime now, gboolean *came,
                                      GError **error);
/* Keeps in the patient's summary what cpd_store_appointments_take_kept() reads: for cpd-store-summary.c. */
gboolean cpd_store_appointments_keep (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error);

G_END_DECLS
