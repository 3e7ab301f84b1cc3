/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-pdf.h"

#include <gio/gio.h>

struct _CpaPrintPdf
{
  const CpaPrintPaper *paper; /* (borrowed) */
  GByteArray *bytes;          /* (owned) (nullable): until it is finished */
  cairo_surface_t *surface;   /* (owned) */
  cairo_t *cr;                /* (owned) */
  guint drawn;                /* pages */
};

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

CpaPrintPdf *
cpa_print_pdf_new (const CpaPrintPaper *paper)
{
  CpaPrintPdf *self = g_new0 (CpaPrintPdf, 1);

  self->paper = paper;
  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self->bytes, CPA_PAPER_WIDTH, CPA_PAPER_HEIGHT);
  self->cr = cairo_create (self->surface);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, cpa_print_paper_get_title (paper));
  cairo_tag_begin (self->cr, "Document", NULL);
  return self;
}

/* The surface writes its end still when it goes. */
void
cpa_print_pdf_free (CpaPrintPdf *self)
{
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

/* All of it ends on the last page: what comes after that begins another one, which is empty, in cairo 1.18. */
static void
draw_page (CpaPrintPdf *self, gboolean last)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, CPA_PAPER_MARGIN, CPA_PAPER_MARGIN);
  cpa_print_paper_draw (self->paper, self->cr, self->drawn);
  cairo_restore (self->cr);
  if (last)
    cairo_tag_end (self->cr, "Document");
  cairo_show_page (self->cr);
  self->drawn++;
}

gboolean
cpa_print_pdf_draw (CpaPrintPdf *self)
{
  guint n = cpa_print_paper_get_n_pages (self->paper);

  for (guint i = 0; i < CPA_PRINT_PDF_PAGES && self->drawn < n; i++)
    draw_page (self, self->drawn + 1 == n);
  return self->drawn < n;
}

guint
cpa_print_pdf_get_drawn (const CpaPrintPdf *self)
{
  return self->drawn;
}

GBytes *
cpa_print_pdf_finish (CpaPrintPdf *self, GError **error)
{
  cairo_status_t status = cairo_status (self->cr);

  cairo_surface_finish (self->surface);
  status = status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The PDF cannot be made: %s", cairo_status_to_string (status));
  return NULL;
}
