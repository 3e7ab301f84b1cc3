/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-pdf.h"

#define LEFT 72
#define TOP 770
#define LEADING 18
#define OBJECTS 5

/* A string of the page in WinAnsiEncoding. */
static void
append_text (GString *out, const char *text)
{
  g_autofree char *bytes = g_convert_with_fallback (text, -1, "WINDOWS-1252", "UTF-8", "?", NULL, NULL, NULL);

  g_string_append_c (out, '(');
  for (const char *c = bytes != NULL ? bytes : ""; *c != '\0'; c++)
    if (*c == '(' || *c == ')' || *c == '\\')
      g_string_append_printf (out, "\\%c", *c);
    else if ((guchar) *c >= 0x80)
      g_string_append_printf (out, "\\%03o", (guchar) *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, ')');
}

static GString *
page (const char *heading, const char *const *lines)
{
  GString *content = g_string_new (NULL);

  g_string_append_printf (content, "BT /F1 18 Tf %d %d Td ", LEFT, TOP);
  append_text (content, heading);
  g_string_append_printf (content, " Tj /F1 12 Tf 0 -%d Td", 2 * LEADING);
  for (; *lines != NULL; lines++)
    {
      g_string_append_c (content, ' ');
      append_text (content, *lines);
      g_string_append_printf (content, " Tj 0 -%d Td", LEADING);
    }
  g_string_append (content, " ET");
  return content;
}

/**
 * cpd_demo_pdf:
 *
 * Returns: (transfer full): ISO 32000, with a table of where its objects stand.
 */
GString *
cpd_demo_pdf (const char *heading, const char *const *lines)
{
  GString *pdf = g_string_new ("%PDF-1.4\n");
  GString *content = page (heading, lines);
  g_autofree char *stream =
      g_strdup_printf ("<</Length %" G_GSIZE_FORMAT ">>\nstream\n%s\nendstream", content->len, content->str);
  const char *const objects[OBJECTS] = {
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    stream,
  };
  gsize offsets[OBJECTS];
  gsize table;

  for (int i = 0; i < OBJECTS; i++)
    {
      offsets[i] = pdf->len;
      g_string_append_printf (pdf, "%d 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
  table = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
  for (int i = 0; i < OBJECTS; i++)
    g_string_append_printf (pdf, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (pdf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          OBJECTS + 1, table);
  g_string_free (content, TRUE);
  return pdf;
}
