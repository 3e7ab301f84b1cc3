/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): what stands in a row of Profielinstellingen: below (nullable) is smaller. */
GtkWidget *cpa_account_row_texts_new (const char *title, const char *below);
/* (transfer floating): the same in a CpaWrap, to which what can be done with it is appended. */
GtkWidget *cpa_account_row_new (const char *title, const char *below);

G_END_DECLS
