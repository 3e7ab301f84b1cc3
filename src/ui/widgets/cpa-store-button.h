/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (nullable): opens the page of this program in the software store. NULL where no program opens that. */
GtkWidget *cpa_store_button_new (void);

G_END_DECLS
