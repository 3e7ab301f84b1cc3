/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-drawing.h"

#include <string.h>

#define SVG(inside) "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">" inside "</svg>"
#define DATA "\"data:image/png;base64,iVBORw0KGgo=\""

static const struct
{
  const char *text;
  const char *says; /* NULL: it is fine */
} cases[] = {
  { SVG ("<rect width=\"9\" height=\"9\"/>"), NULL },
  { "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- made by a program -->\n"
    "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n" SVG (
        "<style><![CDATA[.a { fill: url(#b) }]]></style><path class=\"a\" d=\"M0 0\"/><title>é &amp; ë</title>"),
    NULL },
  { "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\"><svg:use href=\"#a\"/></svg:svg>", NULL },
  { SVG ("<image href=" DATA "/>"), "<image>" },
  { SVG ("<defs><g><image xlink:href=\"logo.png\"/></g></defs>"), "<image>" },
  { "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:image s:href=" DATA "/></s:svg>", "<s:image>" },
  { SVG ("<filter><feImage href=" DATA "/></filter>"), "<feImage>" },
  { SVG ("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"data:text/xml,x\"/>"), "<xi:include>" },
  { "<!DOCTYPE svg [<!ENTITY p \"&#60;image href='a.png'/>\">]>" SVG ("&p;"), "<!entity" },
  { "<?xml version='1.0' encoding='UTF-7'?>" SVG ("+ADw-image/+AD4-"), "UTF-8" },
  { "<?xml version='1.0' encoding='UTF-7' was='utf-8'?>" SVG (""), "UTF-8" },
  { SVG ("<use href=\"data:image/svg+xml,x#a\"/>"), "data:" },
  { SVG ("<use xlink:href=\" da&#10;ta:image/svg+xml,x#a\"/>"), "data:" },
  { SVG ("<g filter=\"url(DATA:image/svg+xml,x#f)\"/>"), "data:" },
  { SVG ("<g style=\"filter: url(\\64 ata:image/svg+xml,x#f)\"/>"), "styles" },
  { SVG ("<style>@import 'data:text/css,x'</style>"), "data:" },
  { SVG ("<style>@import '\\64 ata:text/css,x'</style>"), "styles" },
  { SVG ("<style><![CDATA[@import '\\64 ata:text/css,x']]></style>"), "styles" },
  { "<?xml-stylesheet href='data:text/css,x'?>" SVG (""), "data:" },
  { "<!DOCTYPE svg [<!ATTLIST use href CDATA '&#100;ata:image/svg+xml,x'>]>" SVG ("<use/>"), "<!attlist" },
  { SVG ("<!-- data: --><title>Meta data: none</title>"), NULL },
  { SVG ("<g i:file=\"C:\\logo.svg\"/>"), NULL },
  { SVG ("&p;"), "no SVG file" },
  { "<html><svg/></html>", "<html>" },
  { "<svg>", "no SVG file" },
  { "GIF89a", "no SVG file" },
  { "\x1f\x8b\x08", "no SVG file" },
  { "<svg>\xff</svg>", "no SVG file" },
  { "", "no SVG file" },
};

static void
test_what_is_in_it (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean fine = cpd_drawing_check (cases[i].text, strlen (cases[i].text), &error);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (fine, ==, error == NULL);
      g_assert_cmpint (fine, ==, cases[i].says == NULL);
      if (fine)
        continue;
      g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* Exactly the bytes that are there: a file is read without a NUL byte behind it. */
static void
test_no_byte_more (void)
{
  const char *text = SVG ("");
  gsize size = strlen (text);
  g_autofree char *bytes = g_memdup2 (text, size);

  g_assert_true (cpd_drawing_check (bytes, size, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawing/what-is-in-it", test_what_is_in_it);
  g_test_add_func ("/drawing/no-byte-more", test_no_byte_more);
  return g_test_run ();
}
