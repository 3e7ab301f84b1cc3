/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpd-actor.h"
#include "cpd-config.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* How old the data of those kinds (bits of CpFreshKind) of the grant's patient is: as that of everybody, unless
 * something of theirs waits. (transfer full), NULL with error when the database fails. */
CpFreshness *cpd_ehr_freshness (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime now, guint kinds,
                                GError **error);

G_END_DECLS
