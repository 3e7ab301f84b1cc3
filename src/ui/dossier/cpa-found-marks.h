/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a search found in the text of a label: where it is, and how it is drawn. The label stands at the upper left of
 * the widget that it is the child of. */
typedef struct _CpaFoundMarks CpaFoundMarks;

/* label (borrowed) outlives it. */
CpaFoundMarks *cpa_found_marks_new (GtkLabel *label);
void cpa_found_marks_free (CpaFoundMarks *self);
/* marks (nullable) of CpTextMark count characters of the label's text from byte at on; what lies outside is left out.
 * attributes (nullable) (transfer full) are how the text looks without them. */
void cpa_found_marks_show (CpaFoundMarks *self, PangoAttrList *attributes, const GPtrArray *marks, gsize at);
/* The mark that the person went to last; -1 for none. */
void cpa_found_marks_set_current (CpaFoundMarks *self, int mark);
/* For the snapshot of the label's parent, after its own. */
void cpa_found_marks_snapshot (CpaFoundMarks *self, GtkSnapshot *snapshot);
/* Where a mark is, in the label; FALSE before it has a place. */
gboolean cpa_found_marks_get_place (CpaFoundMarks *self, int mark, graphene_rect_t *place);

/* Where these bytes of its text stand in the label; of what goes over two lines, what is on the first. */
graphene_rect_t cpa_found_marks_place_of (GtkLabel *label, guint start, guint end);

G_END_DECLS
