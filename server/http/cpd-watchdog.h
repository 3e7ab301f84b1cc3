/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-listener.h"

G_BEGIN_DECLS

/* Tells the service manager that all is well, as long as a new connection is answered. It begins each look in the main
 * loop, so that loop is looked at too. NULL when nobody asks for it. */
typedef struct _CpdWatchdog CpdWatchdog;

/* listener lives longer. */
CpdWatchdog *cpd_watchdog_new (CpdListener *listener);
void cpd_watchdog_free (CpdWatchdog *watchdog); /* (nullable) */

G_END_DECLS
