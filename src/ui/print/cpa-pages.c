/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-pages.h"

/* Paragraphs of so few lines are not divided. */
#define WHOLE 3

/* The first line that does not fit on the page that begins at start. */
static guint
fill_page (const CpaPagesLine *lines, guint n, guint start, double height)
{
  double used = lines[start].height;
  guint end = start + 1;

  while (end < n && used + lines[end].gap + lines[end].height <= height)
    {
      used += lines[end].gap + lines[end].height;
      end++;
    }
  return end;
}

GArray *
cpa_pages_break (const CpaPagesLine *lines, guint n, double height)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  guint start = 0;

  while (start < n)
    {
      guint full = fill_page (lines, n, start, height), end = full;

      g_array_append_val (pages, start);
      while (end < n && end > start && lines[end - 1].glue)
        end--;
      start = end > start ? end : full;
    }
  return pages;
}

gboolean
cpa_pages_glue (guint line, guint n, gboolean heading)
{
  gboolean last = line + 1 == n;

  if (heading || last)
    return heading;
  return n <= WHOLE || line == 0 || line + 2 == n;
}
