/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-word-finder.h"

G_BEGIN_DECLS

/* How a term of carers is explained. */

/* (transfer full): the meanings in one line, for a screen reader. */
char *cpa_explanation_text (const GPtrArray *words);
/* The term and all its meanings. term is how the text writes it; max_chars of a line, -1 where there is a width anyway.
 */
GtkWidget *cpa_explanation_new (CpaContext *context, const char *term, const GPtrArray *words, int max_chars);
/* That a word list explains, and not the writer; and a button that opens all words. */
GtkWidget *cpa_explanation_caution_new (CpaContext *context, int max_chars);

G_END_DECLS
