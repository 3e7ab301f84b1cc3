/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since the machine started, with sleep. What counts down here goes by it: the time of day may be wrong,
 * or be set meanwhile. */
gint64 cpa_boot_clock (void);

G_END_DECLS
