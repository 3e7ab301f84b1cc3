/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

#define CPD_CLOCK_ALLOWED CP_TIME_MINUTE /* a clock that is kept right is set back by less */

/* Whether what happened at a moment happened by a clock that was fast, and is set right now. What counts from such a
 * moment is over: it would last longer by as much as the clock was fast. */
gboolean cpd_clock_was_fast (CpTime moment, CpTime now);

G_END_DECLS
