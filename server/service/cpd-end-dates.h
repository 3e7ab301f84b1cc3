/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cp-start.h"

G_BEGIN_DECLS

/* In a writer job: tells of access that ends within 14 days (once, the person and who manages users), and writes down
 * what has ended by its date. A few at a time; *more: there are others. */
gboolean cpd_end_dates_keep (CpdDb *db, const CpdConfig *config, CpTime now, gboolean *more, GError **error);

/* What the start screen tells of ends and of declined invitations: (transfer none), into start. */
gboolean cpd_end_dates_start (CpdCall *call, CpStart *start, GError **error);

G_END_DECLS
