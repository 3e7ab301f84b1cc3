/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Every page by name ("start", "appointments", ...), for what shows or tests them all. */
extern const char *const page_table_names[];
GtkWidget *page_table_new_page (const char *name, CpaContext *context);
/* The page under its header. */
GtkWidget *page_table_frame (CpaContext *context, GtkWidget *page);

G_END_DECLS
