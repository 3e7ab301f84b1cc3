/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Hears from the desktop and from the system that nobody is at the computer any more. Signal "locked": its screen is
 * locked, or it goes to sleep. Where neither tells it, it is silent. */
#define CPA_TYPE_LOCK_WATCH (cpa_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (CpaLockWatch, cpa_lock_watch, CPA, LOCK_WATCH, GObject)

CpaLockWatch *cpa_lock_watch_new (void);

G_END_DECLS
