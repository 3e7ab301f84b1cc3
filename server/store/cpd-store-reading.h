/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What members read. Every function takes the patient from the grant: the second wall behind the gate. */

/* A place in a list ordered by time and row id; zero: the beginning. */
typedef struct
{
  CpTime at;
  gint64 id;
} CpdCursor;

/* Coming: not over yet at now, nearest first. Past: the rest, latest first. Without a start: coming, at the end. One
 * more than limit tells that there is a next page; next is set for it (id 0: none). (element-type CpAppointment) */
GPtrArray *cpd_store_appointments (CpdDb *db, const CpdGrant *grant, gboolean coming, CpTime now,
                                   CpTime since_cancelled, const CpdCursor *cursor, int limit, CpdCursor *next,
                                   GError **error);

/* Newest first, without text; forms: those too. New: first seen after since (0: nothing is new). */
GPtrArray *cpd_store_dossier (CpdDb *db, const CpdGrant *grant, gboolean forms, CpTime since, const CpdCursor *cursor,
                              int limit, CpdCursor *next, GError **error);
/* (nullable) (transfer full): one item with its text; *id is its row. NULL without error: not there. */
CpDossierItem *cpd_store_dossier_item (CpdDb *db, const CpdGrant *grant, gboolean forms, const char *public_id,
                                       CpTime since, gint64 *id, GError **error);
/* today "2026-03-03" judges the end of a period. (element-type CpCarePlan) */
GPtrArray *cpd_store_care_plans (CpdDb *db, const CpdGrant *grant, const char *today, GError **error);

/* (nullable) (transfer full): NULL without error when nothing was fetched. account's own contact row keeps its numbers,
 * a holder of settings sees all. */
CpProfile *cpd_store_profile (CpdDb *db, const CpdGrant *grant, gint64 account, GError **error);

/* Whether the EHR knows the patient: until then nothing of them was ever fetched. */
gboolean cpd_store_patient_is_linked (CpdDb *db, const CpdGrant *grant, gboolean *linked, GError **error);

G_END_DECLS
