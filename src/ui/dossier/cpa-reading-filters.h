/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-reason.h"

G_BEGIN_DECLS

/* What Lezen shows: which reports, of which time, by whom. Signal "changed": the person chose something else. */
#define CPA_TYPE_READING_FILTERS (cpa_reading_filters_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadingFilters, cpa_reading_filters, CPA, READING_FILTERS, GtkWidget)

GtkWidget *cpa_reading_filters_new (CpaContext *context);
/* (transfer full): of what is asked, encoded ("report=general&from=2026-01-03"); text (nullable) is what is searched,
 * in everything, whichever reports are chosen. */
char *cpa_reading_filters_get_query (CpaReadingFilters *self, const char *text);
/* (transfer full): what is asked in words: which reports; of which days (nullable). */
char *cpa_reading_filters_get_heading (CpaReadingFilters *self);
char *cpa_reading_filters_get_period (CpaReadingFilters *self);
/* (nullable): whose reports alone are asked. */
const char *cpa_reading_filters_get_author (CpaReadingFilters *self);
/* Why nothing is there: when all of these reports are asked, and (transfer full) when fewer are. */
CpaReasonKind cpa_reading_filters_get_reason (CpaReadingFilters *self);
char *cpa_reading_filters_get_nothing (CpaReadingFilters *self);
/* Whether less than everything is asked. */
gboolean cpa_reading_filters_is_narrowed (CpaReadingFilters *self);
/* Back to everything, of everyone. Emits nothing. */
void cpa_reading_filters_clear (CpaReadingFilters *self);
/* While one searches the choice of reports does not count. */
void cpa_reading_filters_set_searching (CpaReadingFilters *self, gboolean searching);
void cpa_reading_filters_set_authors (CpaReadingFilters *self, const char *const *authors);
void cpa_reading_filters_set_unread (CpaReadingFilters *self, gint64 general, gint64 plan);
/* Narrow, both choices of reports share the whole width. */
void cpa_reading_filters_set_narrow (CpaReadingFilters *self, gboolean narrow);

G_END_DECLS
