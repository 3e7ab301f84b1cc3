/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-store-reading.h"

G_BEGIN_DECLS

/* Coming: not over yet at now, nearest first. Past: the rest, latest first. Without a start: coming, at the end. One
 * more than limit tells that there is a next page; next is set for it (id 0: none). (element-type CpAppointment) */
GPtrArray *cpd_store_appointments (CpdDb *db, const CpdGrant *grant, gboolean coming, CpTime now,
                                   CpTime since_cancelled, const CpdCursor *cursor, int limit, CpdCursor *next,
                                   GError **error);
/* The first ones of what is coming, for the start screen; each may be a record that is written already. */
GPtrArray *cpd_store_appointments_next (CpdDb *db, const CpdGrant *grant, CpTime now, CpTime since_cancelled, int limit,
                                        GError **error);
/* *came: since then one was planned that is still to come. */
gboolean cpd_store_appointments_came (CpdDb *db, const CpdGrant *grant, CpTime since, CpTime now, gboolean *came,
                                      GError **error);
/* Keeps in the patient's summary what cpd_store_appointments_next() reads: for cpd-store-summary.c. */
gboolean cpd_store_appointments_keep (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error);

G_END_DECLS
