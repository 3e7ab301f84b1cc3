/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* A heading over a card of rows, each a name and a value under it. */
GtkWidget *cpa_profile_group_new (const char *heading);
/* Adds a row when value is there; value may be NULL or "". */
void cpa_profile_group_add (GtkWidget *group, CpaContext *context, const char *name, const char *value);
/* Adds a row of any widget. */
void cpa_profile_group_add_row (GtkWidget *group, GtkWidget *row);

G_END_DECLS
