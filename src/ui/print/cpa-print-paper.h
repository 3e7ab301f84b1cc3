/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo-pdf.h>

#include "cpa-print-doc.h"

G_BEGIN_DECLS

/* A4 with its margin, in points. */
#define CPA_PAPER_WIDTH 595.276
#define CPA_PAPER_HEIGHT 841.89
#define CPA_PAPER_MARGIN 45.0

/* So many bytes of text are laid out in one go, or up to twice as many: a few hundredths of a second. */
#define CPA_PRINT_SLICE 8000

/* A document set on pages of one size. Needs no display. */
typedef struct _CpaPrintPaper CpaPrintPaper;

/* Keeps doc, and has nothing of it on pages yet. width and height are the room within the margins, in points; family
 * is that of the font. */
CpaPrintPaper *cpa_print_paper_new (CpaPrintDoc *doc, const char *family, double width, double height);
void cpa_print_paper_free (CpaPrintPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPrintPaper, cpa_print_paper_free)

/* The same on A4. */
CpaPrintPaper *cpa_print_paper_new_a4 (CpaPrintDoc *doc, const char *family);

/* Lays out the next part: a large document takes seconds, in which the window must not stand still. FALSE when that
 * was the last; only then there are pages. */
gboolean cpa_print_paper_lay_out (CpaPrintPaper *self);
/* How far it is: bytes of text, of how many. */
gsize cpa_print_paper_get_done (const CpaPrintPaper *self);
gsize cpa_print_paper_get_total (const CpaPrintPaper *self);

const char *cpa_print_paper_get_title (const CpaPrintPaper *self);
guint cpa_print_paper_get_n_pages (const CpaPrintPaper *self);
/* Draws a page (from 0) with its upper left corner at the origin of cr, whose unit is a point. */
void cpa_print_paper_draw (const CpaPrintPaper *self, cairo_t *cr, guint page);

G_END_DECLS
