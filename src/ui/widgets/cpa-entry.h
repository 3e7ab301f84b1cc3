/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sentence under a field; NULL takes it away. */
void cpa_entry_set_error (GtkLabel *label, GtkEditable *field, const char *text);
/* (transfer full): without spaces around it. */
char *cpa_entry_dup_text (GtkEditable *field);

G_END_DECLS
