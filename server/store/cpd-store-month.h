/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* Before anything is read or kept: months are of the organisation's zone. When that is not the one in which they were
 * judged (or they never were: the database is of an older version) all are judged anew, a batch at a time; a run that
 * breaks off begins again. Waits until it is done. */
gboolean cpd_store_months_judge (CpdWriter *writer, const char *zone_name, GTimeZone *zone, GError **error);

G_END_DECLS
