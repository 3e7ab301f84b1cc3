/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo-pdf.h>

#include "cpa-print-doc.h"

G_BEGIN_DECLS

/* A4 with its margin, in points. */
#define CPA_PAPER_WIDTH 595.276
#define CPA_PAPER_HEIGHT 841.89
#define CPA_PAPER_MARGIN 45.0

/* A document set on pages of one size. Needs no display. */
typedef struct _CpaPrintPaper CpaPrintPaper;

/* Keeps doc. width and height are the room within the margins, in points; family is that of the font. */
CpaPrintPaper *cpa_print_paper_new (CpaPrintDoc *doc, const char *family, double width, double height);
void cpa_print_paper_free (CpaPrintPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPrintPaper, cpa_print_paper_free)

guint cpa_print_paper_get_n_pages (const CpaPrintPaper *self);
/* Draws a page (from 0) with its upper left corner at the origin of cr, whose unit is a point. */
void cpa_print_paper_draw (const CpaPrintPaper *self, cairo_t *cr, guint page);

/* (transfer full): all of it as a tagged PDF on A4. */
GBytes *cpa_print_paper_to_pdf (CpaPrintDoc *doc, const char *family, GError **error);
/* How many pages of A4 it is. */
guint cpa_print_paper_count (CpaPrintDoc *doc, const char *family);

G_END_DECLS
