/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* In a writer job: what a clock that was fast wrote, and is yet to come now that it is set right. What lets somebody in
 * is over; what else happened then has happened now, or what comes after it would be nothing new until that moment.
 * At most so many rows of each kind; more is set when there are others. */
gboolean cpd_past_put_right (CpdDb *db, CpTime now, int batch, gboolean *more, GError **error);

G_END_DECLS
