/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* How old the data is: a button with the one line, which opens the list per kind. */
GtkWidget *cpa_fresh_line_new (CpaContext *context, const CpFreshness *freshness);
/* The same in box, instead of what is in it. When it says that already it is left alone, with its list that may be
 * open.
 */
void cpa_fresh_line_show (GtkBox *box, CpaContext *context, const CpFreshness *freshness);

/* Whether it says something that one has to know where every text says itself how old it is: that not all is as it
 * should be, or that nothing is added any more. */
gboolean cpa_fresh_line_is_needed (CpaContext *context, const CpFreshness *freshness);

G_END_DECLS
