/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Text of the dossier in reading type, with lines of at most 75 characters. What a search found in it is marked, and
 * each term that is explained carries a button with its explanation, where it stands for the first time. */
#define CPA_TYPE_READING_TEXT (cpa_reading_text_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadingText, cpa_reading_text, CPA, READING_TEXT, GtkWidget)

/* css_class (nullable) comes beside reading type. */
GtkWidget *cpa_reading_text_new (CpaContext *context, const char *text, const char *css_class);
/* marks (nullable) of CpTextMark; what lies outside the text is left out. */
void cpa_reading_text_set (CpaReadingText *self, const char *text, const GPtrArray *marks);
/* Whether it is a text to stop at with the keyboard, of which words can be selected where copying is allowed; it is,
 * until this is said. */
void cpa_reading_text_set_selectable (CpaReadingText *self, gboolean selectable);
/* The mark that the person went to last; -1 for none. */
void cpa_reading_text_set_current (CpaReadingText *self, int mark);
/* Where a mark is, in the widget; FALSE before it has a place. */
gboolean cpa_reading_text_get_place (CpaReadingText *self, int mark, graphene_rect_t *place);

G_END_DECLS
