/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made of text as it comes from the EHR. */
#include "cpd-ehr-text.h"

#include <string.h>
#include <time.h>

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (CPD_EHR_TEXT_MAX + 10, 'x');
  gboolean cut = FALSE;
  g_autofree char *kept = cpd_ehr_text_block (text, CPD_EHR_TEXT_MAX, &cut);
  g_autofree char *preview = cpd_ehr_text_preview (text);

  g_assert_true (cut);
  g_assert_cmpint (strlen (kept), ==, CPD_EHR_TEXT_MAX);
  g_assert_cmpint (g_utf8_strlen (preview, -1), <=, CPD_EHR_PREVIEW_MAX);
}

/* (transfer full): n times what. */
static char *
repeat (const char *what, int n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, what);
  return g_string_free (text, FALSE);
}

/* Nothing looks on to the end of the text for each piece of it: then these would take minutes. */
static void
test_long_xhtml (void)
{
  static const char *const pieces[] = { "&",
                                        "<b>",
                                        "a &amp; b",
                                        "<",
                                        "<b",
                                        "<b a=\">\" ",
                                        "<b a=\"'\" '",
                                        "<b a='>' \"=\"",
                                        "<s>",
                                        "<s>a</s>",
                                        "<sup>",
                                        "<sup>9</sup>",
                                        "<td>",
                                        "<td>a",
                                        "<table>",
                                        "<table><tr><td>",
                                        "<table><tr><td rowspan=99 colspan=99>" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *xhtml = repeat (pieces[i], 2000000 / strlen (pieces[i]));
      clock_t began = clock ();

      g_free (cpd_ehr_text_of_xhtml (xhtml, NULL, NULL));
      g_assert_cmpfloat ((double) (clock () - began) / CLOCKS_PER_SEC, <, 3);
    }
}

/* As an order that somebody follows: the numbers are what is referred to. */
static void
test_xhtml (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "<ol><li>Opstaan</li><li>Wassen</li></ol>Klaar", "1. Opstaan\n2. Wassen\nKlaar" },
    { "<ol><li><p>Opstaan</p></li>\n<li>\n<b>Wassen</b></li></ol>", "1. Opstaan\n2. Wassen" },
    { "<OL start=\"3\"><LI>Eten</LI><LI VALUE='7' value='7'>Slapen</LI><li>Rust</li></OL>",
      "3. Eten\n7. Slapen\n8. Rust" },
    { "<ol><li>Been<ul><li>links</li></ul></li><li>Arm<ol><li>rechts</li></ol></li><li>Rug</li></ol>",
      "1. Been\nlinks\n2. Arm\n1. rechts\n3. Rug" },
    { "<ol/><ul><li>los</li></ul><li>ook</li></ol></ul>", "los\nook" },
    { "<ol><li></li><li>Twee</li></ol>", "1. \n2. Twee" },
    { "<ol\n  class=\"restart=9\"\tstart='3'><li>Eten</li></ol>", "3. Eten" },
    { "<ol type=\"1\" start=2><li>Eten</li></ol>", "2. Eten" },
    { "<ol type='a'><li>Eten</li></ol><ol reversed><li>Slapen</li></ol>", "Eten\nSlapen" },
    { "<ol style=\"list-style-type: lower-alpha\"><li>Eten</li></ol>", "Eten" },
    { "Tijd:<pre>8.00  eten\n12.00   rust\n</pre>en  dan", "Tijd:\n8.00  eten\n12.00   rust\nen dan" },
    { "a<pre>  b</pre></pre>  c", "a\n  b\nc" },
    { "a<br/>b", "a\nb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What is no tag is words: of a value below a limit nobody may read that it is not there. */
static void
test_no_tags (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "<p>Bloeddruk <90 en pols 80</p><p>Rest</p>", "Bloeddruk <90 en pols 80\nRest" },
    { "a < b <= c <- d <é <> e", "a < b <= c <- d <é <> e" },
    { "<p>Rust</p> CRP <laag", "Rust\nCRP <laag" },
    { "a <", "a <" },
    { "<a title=\"a > b\">c</a>", "c" },
    { "<a title = 'a > b' rel=\"<p>\">c</a>", "c" },
    { "<a title=a\"b>c</a> d\"e", "c d\"e" },
    { "<p it's>Geef</p> 's avonds", "Geef\n's avonds" },
    { "<a title=\"a>b</a> <i title='>'>c</i>", "b '>c" },
    { "<?xml version=\"1.0\"?><!DOCTYPE html><!-- <p> -->a<!-->b", "ab" },
    { "<html><head><meta charset=\"utf-8\"><title>Brief</title><style>p > a { }</style><body>Tekst", "Tekst" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

#define LINE_THROUGH "style='text-decoration:line-through'"

/* What does not count any more must not be read as what does. */
static void
test_struck (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "Furosemide <s>40 mg</s> 20 mg", "Furosemide [doorgehaald: 40 mg] 20 mg" },
    { "<del>40 <b>mg</b></del><STRIKE class=\"a\">30 mg</STRIKE>", "[doorgehaald: 40 mg][doorgehaald: 30 mg]" },
    { "<s>40 <del>mg</del> <s>per</s> dag</s> 20", "[doorgehaald: 40 mg per dag] 20" },
    { "a<del><p>b</p>\n<p>c</p> </del><p>d</p>", "a\n[doorgehaald: b\nc]\nd" },
    { "a <s></s> <s/> <del> <br/></del> b", "a \nb" },
    { "<span style=\"color: red; text-decoration: line-through\">40 <span>mg</span></span> 20",
      "[doorgehaald: 40 mg] 20" },
    { "<P STYLE='TEXT-DECORATION: LINE-THROUGH'>40 mg</P><p title='line-through'>20 mg</p>",
      "[doorgehaald: 40 mg]\n20 mg" },
    { "<ul><li style=\"text-decoration:line-through\">a<ul><li>b</li></ul></li><li>c</li></ul>",
      "[doorgehaald: a\nb]\nc" },
    { "<ol><li><s>a</s></li><li>b</li></ol>", "1. [doorgehaald: a]\n2. b" },
    { "<hr style=\"text-decoration:line-through\">a<br style='text-decoration:line-through'>b", "a\nb" },
    { "20 <s>40 mg ", "20 [doorgehaald: 40 mg]" },
    { "</s>20", "20" },
    { "<s>&nbsp;</s><s>\302\240</s>20 <s>&#160;40</s>", "20 \302\240[doorgehaald: 40]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* HTML lets what is struck out end without a tag: what comes after it counts. */
static void
test_struck_without_end (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "<p " LINE_THROUGH ">a<p>b", "[doorgehaald: a]\nb" },
    { "<p " LINE_THROUGH ">oud<br>ouder<div>nieuw</div>", "[doorgehaald: oud\nouder]\nnieuw" },
    { "<ul><li " LINE_THROUGH ">a<li>b</ul>", "[doorgehaald: a]\nb" },
    { "<ul><li " LINE_THROUGH ">40 mg</ul><p>20 mg</p><p>Rest", "[doorgehaald: 40 mg]\n20 mg\nRest" },
    { "<ul><li " LINE_THROUGH ">a<ol><li>b</ol>c<li>d</ul>", "[doorgehaald: a\n1. b\nc]\nd" },
    { "<dl><dt " LINE_THROUGH ">a<dd>b<dt>c<dd " LINE_THROUGH ">d</dl>e",
      "[doorgehaald: a]\nb\nc\n[doorgehaald: d]\ne" },
    { "<table><tr " LINE_THROUGH "><td>a<td>b<tr><td>c</table>d", "[doorgehaald: a] | [doorgehaald: b]\nc\nd" },
    { "<table><tr><td " LINE_THROUGH ">40 mg<td>20 mg</table>", "[doorgehaald: 40 mg] | 20 mg" },
    { "<table><tr><td " LINE_THROUGH ">a<table><tr><td>b<td>c</table>d<td>e</table>",
      "[doorgehaald: a]\n[doorgehaald: b] | [doorgehaald: c]\n[doorgehaald: d] | e" },
    { "<table><tr><td><p " LINE_THROUGH ">40 mg</td><td>20 mg</td></tr></table>", "[doorgehaald: 40 mg] | 20 mg" },
    { "<table><tr><td><s>40</td><td></s></td><td>3</td></tr></table>", "[doorgehaald: 40] | – | 3" },
    { "<table><thead " LINE_THROUGH "><tr><th>a<tbody><tr><td>b</table>", "[doorgehaald: a]\nb" },
    { "<div " LINE_THROUGH ">a<table><tr><td>b<td>c</table>d</div>e",
      "[doorgehaald: a]\n[doorgehaald: b] | [doorgehaald: c]\n[doorgehaald: d]\ne" },
    { "<table><tr><td><s>\302\240</s></td><td>a", "– | a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Each value keeps its place below its heading. */
static void
test_tables (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "<table><tr><th>Dag</th><th>Pols</th><th>Pijn</th></tr><tr><td>ma</td><td></td><td>3</td></tr></table>Rest",
      "Dag | Pols | Pijn\nma | – | 3\nRest" },
    { "a<table>\n<tbody>\n <tr>\n  <td>b</td>\n  <td/>\n <td>&#160;</td> <td> c </td>\n </tr>\n</tbody></table>\nd",
      "a\nb | – | – | c\nd" },
    { "<table><tr><td>a<td><td>b<tr><td><td>c</table>", "a | – | b\n– | c" },
    { "<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>", "a\nb | c" },
    { "<table><tr><td>a</td></tr><tr><td>\n</td></tr><tr><td></td><td></td></tr><tr></tr><tr><td>b</td></tr></table>",
      "a\nb" },
    { "<table><tr><th colspan=\"2\">RR</th><th>Pols</th></tr><tr><td>120</td><td>80</td><td>60</td></tr>"
      "<tr><td colspan=3>Rustig</td></tr></table>",
      "RR | – | Pols\n120 | 80 | 60\nRustig" },
    { "<table><tr><td rowspan='2'>ma</td><td>8.00</td><td rowspan=3>x</td></tr><tr><td>9.00</td></tr>"
      "<tr><td>di</td><td>8.00</td></tr><tr><td>wo</td></tr></table>",
      "ma | 8.00 | x\n– | 9.00\ndi | 8.00\nwo" },
    { "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
      "a | – | b\n– | – | c\nd" },
    { "<table><tr><td>a<table><tr><td>b</td><td></td></tr></table></td><td>c</td></tr></table>", "a\nb | – | c" },
    { "<table><tr style=\"text-decoration:line-through\"><td>a</td><td>b</td></tr><tr><td><s>c</s></td><td>d</td></tr>"
      "<tr style=\"text-decoration:line-through\"><td></td><td></td></tr></table>e",
      "[doorgehaald: a] | [doorgehaald: b]\n[doorgehaald: c] | d\ne" },
    { "<ol><li><table><tr><td>a</td><td>b</td></tr></table></li></ol>", "1. a | b" },
    { "<td>a</td><td>b</td></table><tr>c", "a b\nc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* A power reads as one; what is written below the line is read, and searched for, on it: B12. */
static void
test_raised (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "10<sup>9</sup>/L", "10⁹/L" },
    { "10<sup><b>-12</b></sup> 10<sup>&#8722;3</sup> Ca<sup>2+</sup> 2<SUP>n</SUP>", "10⁻¹² 10⁻³ Ca²⁺ 2ⁿ" },
    { "10<sup> 1,5 </sup> 10<sup>9x</sup> mg<sup>1)</sup>", "10^1,5 10^9x mg^1)" },
    { "1<sup>e</sup> 2<sup>de</sup> cliënt<sup>é</sup>", "1e 2de cliënté" },
    { "vitamine B<sub>12</sub> en O<sub>2</sub>", "vitamine B12 en O2" },
    { "a<sup></sup>b<sup/>c<sup> </sup>9", "abc 9" },
    { "10<sup>9<sup>8</sup></sup> 7", "10⁹⁸ 7" },
    { "10<sup>9<p>8</p></sup>7 <sup>6", "109\n8\n7 6" },
    { "<s>10<sup>9</sup></s> <sup><s>2</sup></s>é", "[doorgehaald: 10⁹] [doorgehaald: 2]é" },
    { "</sup>2", "2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The names of HTML 4, and what is told by number. */
static void
test_characters (void)
{
  static const struct
  {
    const char *xhtml;
    const char *text;
  } cases[] = {
    { "Cli&euml;nt &Eacute;&eacute;n &euro; 5 &rsquo;s &ndash; &thetasym;&zwj;&hearts;&frac12;",
      "Cliënt Één € 5 ’s – ϑ‍♥½" },
    { "a&lt;b&gt;c &amp;euml; &quot;d&apos;", "a<b>c &euml; \"d'" },
    { "&EUML; &euml &eumlx; & &; &#; &#x; &#-5; &# 5; &#5a;", "&EUML; &euml &eumlx; & &; &#; &#x; &#-5; &# 5; &#5a;" },
    { "&#235;&#xeb;&#XEB;&#x1F600;", "ëëë😀" },
    { "a&#0;b&#xD800;c&#x110000;d&#99999999;e", "a�b�c�d�e" },
    { "&#128; 5 &#146;s &#150; &#x95; &#129;", "€ 5 ’s – • �" },
    { "cli&shy;&euml;nt cli\302\255ënt", "cliënt cliënt" },
    { "a<section>b</section><blockquote>c</blockquote>d<hr>e<article>f</article><header>g</header><footer>h</footer>"
      "<aside>i</aside><figure>j<figcaption>k</figcaption></figure><address>l</address><dl><dt>m</dt><dd>n</dd></dl>o"
      "<table><caption>p</caption><tr><td>q</td></tr></table>",
      "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Whatever the order in which tags come: it is text, and the words that no tag hides are all there. */
static void
test_soup (void)
{
  static const char *const pieces[] = { "<s>",     "</s>",
                                        "<sup>",   "</sup>",
                                        "<table>", "</table>",
                                        "<tr>",    "</tr>",
                                        "<td>",    "</td>",
                                        "<p>",     "<ol>",
                                        "</ol>",   "<li>",
                                        "é",       "–",
                                        " ",       "9",
                                        "<pre>",   "</pre>",
                                        "&#160;",  "<tr style='line-through'>" };

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) xhtml = g_string_new (NULL);
      g_autofree char *text = NULL;
      int letters = 0;
      int kept = 0;

      for (int n = g_test_rand_int_range (1, 30); n > 0; n--)
        {
          const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

          letters += g_str_equal (piece, "é");
          g_string_append (xhtml, piece);
        }
      text = cpd_ehr_text_of_xhtml (xhtml->str, NULL, NULL);
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      for (const char *at = text; at != NULL && (at = strstr (at, "é")) != NULL; at += strlen ("é"))
        kept++;
      if (kept != letters)
        g_error ("%s became %s", xhtml->str, text);
    }
}

/* Nothing is read but what was written; letters that are written from right to left stay as they are. */
static void
test_turned_text (void)
{
  static const guint32 turning[] = { 0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c,
                                     0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069 };

  for (gsize i = 0; i < G_N_ELEMENTS (turning); i++)
    {
      char c[7] = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *xhtml = g_strdup_printf ("<p>Geef &#%u;51 mg</p>", turning[i]);
      g_autofree char *block = NULL;
      g_autofree char *line = NULL;
      g_autofree char *words = cpd_ehr_text_of_xhtml (xhtml, NULL, NULL);

      g_unichar_to_utf8 (turning[i], c);
      text = g_strconcat (c, "Geef ", c, "51 mg", c, NULL);
      block = cpd_ehr_text_block (text, CPD_EHR_TEXT_MAX, NULL);
      line = cpd_ehr_text_line (text);
      g_assert_cmpstr (block, ==, "Geef 51 mg");
      g_assert_cmpstr (line, ==, "Geef 51 mg");
      g_assert_cmpstr (words, ==, "Geef 51 mg");
    }
}

/* The joiners in a name or a picture are none of these. */
static void
test_names_of_everybody (void)
{
  static const char *const names[] = { "فاطمة الزهراء", "Zoë van ’t Hoff-Ðorđević", "مهدی\342\200\214زاده",
                                       "👩\342\200\215⚕️" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = cpd_ehr_text_line (names[i]);
      g_assert_cmpstr (line, ==, names[i]);
    }
}

/* What no words tell is noticed, once and for all; what tells nothing is not. */
static void
test_pictures (void)
{
  static const struct
  {
    const char *xhtml;
    gboolean pictures;
  } cases[] = {
    { "<p>Hallo</p><hr/><br>", FALSE },
    { "<p>Hallo <IMG src='a' alt='Een foto'></p>", TRUE },
    { "<p>Hallo <img src='a' alt=''/></p>", FALSE },
    { "<p>Hallo <img src='a' alt=\"\"></p>", FALSE },
    { "<p>Hallo <img src='a'/></p><p>Nog iets</p>", TRUE },
    { "<p><input type='checkbox' checked> Gegeten</p>", TRUE },
    { "<p><input type='hidden' value='1'> Gegeten</p>", FALSE },
    { "<p>Hallo</p><iframe src='a'></iframe>", TRUE },
    { "<p>Hallo</p><style>img { width: 1px }</style>", FALSE },
    { "<p>pols <img 90</p>", TRUE },
    { "<p>&lt;img&gt; is een woord</p><!-- <img> -->", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean pictures = FALSE;

      g_free (cpd_ehr_text_of_xhtml (cases[i].xhtml, NULL, &pictures));
      if (pictures != cases[i].pictures)
        g_error ("pictures in %s: %d", cases[i].xhtml, pictures);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ehr-text/long-text", test_long_text);
  g_test_add_func ("/ehr-text/long-xhtml", test_long_xhtml);
  g_test_add_func ("/ehr-text/xhtml", test_xhtml);
  g_test_add_func ("/ehr-text/no-tags", test_no_tags);
  g_test_add_func ("/ehr-text/struck", test_struck);
  g_test_add_func ("/ehr-text/struck-without-end", test_struck_without_end);
  g_test_add_func ("/ehr-text/tables", test_tables);
  g_test_add_func ("/ehr-text/raised", test_raised);
  g_test_add_func ("/ehr-text/characters", test_characters);
  g_test_add_func ("/ehr-text/soup", test_soup);
  g_test_add_func ("/ehr-text/turned-text", test_turned_text);
  g_test_add_func ("/ehr-text/pictures", test_pictures);
  g_test_add_func ("/ehr-text/names-of-everybody", test_names_of_everybody);
  return g_test_run ();
}
