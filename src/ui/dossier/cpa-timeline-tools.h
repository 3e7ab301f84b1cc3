/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-adaptive.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* Beside the tabs: to what is new, to a date, to today. Signals "next-unread", "read-all", "today", and "go-to-date"
 * (char *date): "2026-01-12". */
#define CPA_TYPE_TIMELINE_TOOLS (cpa_timeline_tools_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineTools, cpa_timeline_tools, CPA, TIMELINE_TOOLS, GtkWidget)

GtkWidget *cpa_timeline_tools_new (CpaContext *context);
void cpa_timeline_tools_set_unread (CpaTimelineTools *self, gint64 unread);
/* What there is no room for goes: the bar does it too. */
void cpa_timeline_tools_set_narrow (CpaTimelineTools *self, gboolean narrow);
/* On one line while that is tight. */
void cpa_timeline_tools_follow (CpaTimelineTools *self, CpaAdaptive *around);

G_END_DECLS
