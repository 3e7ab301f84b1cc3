/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A place for what one can do without: child is shown where there is room for it, and takes none where there is not. */
GtkWidget *cpa_where_it_fits_new (GtkWidget *child);

G_END_DECLS
