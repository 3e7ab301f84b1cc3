/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): when something is done, in words: "2 times a day, in the morning". NULL when nothing is
 * known about it. */
char *cpa_timing_text (const CpTiming *timing);

G_END_DECLS
