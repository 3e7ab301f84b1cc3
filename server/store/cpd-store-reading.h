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

/* (nullable) (transfer full): NULL without error when nothing was fetched. The contact row of whose eyes it is seen
 * with keeps its numbers, a holder of settings sees all. */
CpProfile *cpd_store_profile (CpdDb *db, const CpdGrant *grant, GError **error);

G_END_DECLS
