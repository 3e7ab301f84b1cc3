/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A QR code on white with its quiet zone, also where the rest is dark. modules: '1' where it is dark, row after row, as
 * many rows as columns; anything else draws nothing. */
GtkWidget *cpa_qr_new (const char *modules, const char *name);

G_END_DECLS
