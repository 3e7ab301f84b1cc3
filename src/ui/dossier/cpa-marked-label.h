/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label in which what a search found is marked. */
#define CPA_TYPE_MARKED_LABEL (cpa_marked_label_get_type ())
G_DECLARE_FINAL_TYPE (CpaMarkedLabel, cpa_marked_label, CPA, MARKED_LABEL, GtkWidget)

/* css_class (nullable) */
GtkWidget *cpa_marked_label_new (const char *css_class);
/* marks (nullable) of CpTextMark count characters of text from byte at on. attributes (nullable) (transfer full) are
 * how it looks without them. */
void cpa_marked_label_show (CpaMarkedLabel *self, const char *text, PangoAttrList *attributes, const GPtrArray *marks,
                            gsize at);
/* The mark that the person went to last; -1 for none. */
void cpa_marked_label_set_current (CpaMarkedLabel *self, int mark);
/* Where a mark is, in the widget; FALSE before it has a place. */
gboolean cpa_marked_label_get_place (CpaMarkedLabel *self, int mark, graphene_rect_t *place);

G_END_DECLS
