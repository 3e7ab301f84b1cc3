/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts its children beside each other, each as wide as it likes, and goes on below when a line is full. With "spread"
 * the last child stands at the far end while all fit on one line. */
#define CPA_TYPE_WRAP (cpa_wrap_get_type ())
G_DECLARE_FINAL_TYPE (CpaWrap, cpa_wrap, CPA, WRAP, GtkWidget)

GtkWidget *cpa_wrap_new (void);
void cpa_wrap_append (CpaWrap *self, GtkWidget *child);

G_END_DECLS
