/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

#define CPD_CLOCK_ALLOWED CP_TIME_MINUTE /* a clock that is kept right is set back by less */
#define CPD_CLOCK_ALLOWED_SQL "60000000"
G_STATIC_ASSERT (CPD_CLOCK_ALLOWED == 60000000);

/* What is made for a moment to come, so that it can be undone until then, is so for this long at most. What is of
 * longer after now was made by a clock that was fast. */
#define CPD_CLOCK_WAIT CP_TIME_MINUTE
#define CPD_CLOCK_LATER (CPD_CLOCK_WAIT + CPD_CLOCK_ALLOWED)
#define CPD_CLOCK_LATER_SQL "120000000"
G_STATIC_ASSERT (CPD_CLOCK_LATER == 120000000);

/* Whether what happened at a moment happened by a clock that was fast, and is set right now. What counts from such a
 * moment is over: it would last longer by as much as the clock was fast. */
gboolean cpd_clock_was_fast (CpTime moment, CpTime now);

G_END_DECLS
