/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A GtkCalendar that speaks the language of the app. GTK takes its months and days from the locale of the desktop,
 * which may be another one, or on a small system none at all; and its four arrows have no names. It also emits
 * "day-selected" when the day that is marked is pressed again. */
GtkWidget *cpa_calendar_new (void);

G_END_DECLS
