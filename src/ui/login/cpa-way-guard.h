/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"
#include "cpa-settings.h"

G_BEGIN_DECLS

/* What somebody leaves behind on the screens before the portal: a password that was typed, a login that goes halfway, a
 * link of a mail. Whoever comes next must not find it, so it goes when nobody uses it for as long as a session may be
 * unused, and on a shared computer when the screen is locked or the computer goes to sleep. Signal "left" (char
 * *sentence): that is so now, and dialogs and clipboards are empty. */
#define CPA_TYPE_WAY_GUARD (cpa_way_guard_get_type ())
G_DECLARE_FINAL_TYPE (CpaWayGuard, cpa_way_guard, CPA, WAY_GUARD, GObject)

/* The screens are those in place. */
CpaWayGuard *cpa_way_guard_new (AdwBin *place, CpaSettings *settings);
/* Another screen is there, or other things on it. organisation (nullable) is the one that one is at. has_link: a link
 * waits to be opened. */
void cpa_way_guard_look (CpaWayGuard *self, const CpOrganisation *organisation, gboolean has_link);
/* One is in: the portal has its own clock. */
void cpa_way_guard_stop (CpaWayGuard *self);
/* Somebody said on the login page that the computer is a shared one. That counts on this computer, for whoever comes
 * next too, until somebody unticks it there: who sits down at it need not know. */
gboolean cpa_way_guard_is_ticked (CpaWayGuard *self);

G_END_DECLS
