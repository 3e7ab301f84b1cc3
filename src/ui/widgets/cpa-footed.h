/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A body above a foot. Where that would leave the body less than "least" (times the text scale) of height the foot
 * gives way: it is not shown, and asks for no room. */
#define CPA_TYPE_FOOTED (cpa_footed_get_type ())
G_DECLARE_FINAL_TYPE (CpaFooted, cpa_footed, CPA, FOOTED, GtkWidget)

GtkWidget *cpa_footed_new (GtkWidget *body, GtkWidget *foot, int least);

G_END_DECLS
