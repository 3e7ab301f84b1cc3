/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Beside the tabs: searching, reading large, and all abbreviations. Signals "search" (char *text): the person has
 * typed, or wiped it out; "read-large"; "print". */
#define CPA_TYPE_READING_TOOLS (cpa_reading_tools_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadingTools, cpa_reading_tools, CPA, READING_TOOLS, GtkWidget)

GtkWidget *cpa_reading_tools_new (CpaContext *context);
void cpa_reading_tools_set_narrow (CpaReadingTools *self, gboolean narrow);
/* Where it is tight only a button is shown, with what is shown now in words, and the one that reads large, until it is
 * pressed: "folded" is emitted when it is. */
void cpa_reading_tools_set_tight (CpaReadingTools *self, gboolean tight, const char *words);
gboolean cpa_reading_tools_is_folded (CpaReadingTools *self);
/* After a choice. */
void cpa_reading_tools_fold (CpaReadingTools *self);
/* What is found is not printed. */
void cpa_reading_tools_set_searching (CpaReadingTools *self, gboolean searching);
/* What is typed is not right; label says it, and is told to a screen reader. NULL takes it away. */
void cpa_reading_tools_set_error (CpaReadingTools *self, GtkLabel *label, const char *text);
/* FALSE when nothing is searched. */
gboolean cpa_reading_tools_clear_search (CpaReadingTools *self);

G_END_DECLS
