/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-print-paper.h"

G_BEGIN_DECLS

/* So many pages are drawn in one go. */
#define CPA_PRINT_PDF_PAGES 8

/* A paper on its way to a tagged PDF, on A4. */
typedef struct _CpaPrintPdf CpaPrintPdf;

/* paper stays the caller's, laid out as a whole, and has to stay while this is used. */
CpaPrintPdf *cpa_print_pdf_new (const CpaPrintPaper *paper);
void cpa_print_pdf_free (CpaPrintPdf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPrintPdf, cpa_print_pdf_free)

/* Draws the next pages; FALSE when all are drawn. */
gboolean cpa_print_pdf_draw (CpaPrintPdf *self);
guint cpa_print_pdf_get_drawn (const CpaPrintPdf *self);
/* (transfer full): when all are drawn; after it only cpa_print_pdf_free() may be called. */
GBytes *cpa_print_pdf_finish (CpaPrintPdf *self, GError **error);

G_END_DECLS
