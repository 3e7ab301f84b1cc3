/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line that is to be set on a page. */
typedef struct
{
  double height;
  double gap;    /* above it, unless it is the first of a page */
  gboolean glue; /* no page ends with it: the next line has to follow */
} CpaPagesLine;

/* (element-type guint) (transfer full): the first line of each page; none for no lines. Every line is on one page, in
 * their order. A page is never higher than height, unless one line alone is; a line with glue ends a page only when
 * what is glued together fits on none. */
GArray *cpa_pages_break (const CpaPagesLine *lines, guint n, double height);

/* Of a block of text with so many lines, whether the one at that place keeps the next with it: no line of a paragraph
 * stands alone at the top or foot of a page, and a heading stands above what it is about. */
gboolean cpa_pages_glue (guint line, guint n, gboolean heading);

G_END_DECLS
