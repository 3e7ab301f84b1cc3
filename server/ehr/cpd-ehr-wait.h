/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "cp-time.h"

G_BEGIN_DECLS

#define CPD_EHR_WAIT_MAX (15 * CP_TIME_MINUTE) /* a server that asks for more is left for the next run */

/* Waits. FALSE when it was cancelled. Tests put a function of their own in its place, that moves their clock. */
typedef gboolean (*CpdEhrWaitFunc) (CpTime duration, GCancellable *cancellable);
gboolean cpd_ehr_wait (CpTime duration, GCancellable *cancellable);
void cpd_ehr_wait_set_source (CpdEhrWaitFunc func);

/* How long a server that is too busy wants to be left alone: Retry-After (nullable; seconds or a date, of which date
 * is the server's own now), else t of RateLimit (nullable), else a backoff for the try (1 is the first) with jitter. */
CpTime cpd_ehr_wait_busy (const char *retry_after, const char *rate_limit, CpTime date, int tries);
/* How long to wait before the same page is asked again. */
CpTime cpd_ehr_wait_again (int tries);

G_END_DECLS
