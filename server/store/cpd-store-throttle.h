/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Counters in windows that begin with their first event. Rows, so that a restart does not reset them. */
gboolean cpd_store_throttle_count (CpdDb *db, int bucket, const guchar *key, CpTime now, CpTime window, int *count,
                                   CpTime *window_start, GError **error);
/* One more; begins a new window when the one before is over. */
gboolean cpd_store_throttle_add (CpdDb *db, int bucket, const guchar *key, CpTime now, CpTime window, GError **error);
gboolean cpd_store_throttle_clear (CpdDb *db, int bucket, const guchar *key, GError **error);

G_END_DECLS
