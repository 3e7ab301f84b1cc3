/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-time-bar-layout.h"
#include "cpa-timeline-months.h"

G_BEGIN_DECLS

/* How the time bar is painted: in the named colours of the style sheet and the fonts of its widget. */
typedef struct _CpaTimeBarPaint CpaTimeBarPaint;

/* widget is borrowed. */
CpaTimeBarPaint *cpa_time_bar_paint_new (GtkWidget *widget);
void cpa_time_bar_paint_free (CpaTimeBarPaint *self);
/* Fonts or texts have changed. */
void cpa_time_bar_paint_forget (CpaTimeBarPaint *self);
/* How wide a date is in the handle. */
double cpa_time_bar_paint_handle_width (CpaTimeBarPaint *self, const char *text);
/* left: where the months begin. date stands in the handle, which is on month. */
void cpa_time_bar_paint_draw (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, CpaMonths *months,
                              double left, const char *date, int month);

G_END_DECLS
