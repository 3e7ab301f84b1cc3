/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-mail-html.h"

#include <string.h>

#include "cp-color.h"
#include "cpd-mail-words.h"
#include "cpd-token.h"

/* Clients that know no style sheet take what stands in the elements; in the dark the colours turn, the button stays. */
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
    "<title>{subject}</title>\n<style>\n"
    ":root { color-scheme: light dark; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    ".page { background-color: #1e1e1e !important; }\n"
    ".card { background-color: #2b2b2b !important; color: #eeeeee !important; }\n"
    ".quiet, .quiet a { color: #b8b8b8 !important; }\n"
    ".value { background-color: #3a3a3a !important; color: #ffffff !important; }\n"
    ".line { border-color: #4a4a4a !important; }\n"
    "}\n</style>\n</head>\n"
    "<body class=\"page\" style=\"margin: 0; padding: 0; background-color: #f4f4f2;\">\n"
    "<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
    " style=\"background-color: #f4f4f2;\">\n<tr><td align=\"center\" style=\"padding: 24px 12px;\">\n"
    "<table role=\"presentation\" class=\"card\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
    " style=\"max-width: 600px; background-color: #ffffff; color: #222222; border-radius: 6px;"
    " font-family: Cantarell, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 17px; line-height: 1.5;\">\n"
    "<tr><td style=\"background-color: {color}; color: {ink}; padding: 16px 28px; font-size: 19px; font-weight: bold;"
    " border-radius: 6px 6px 0 0;\">{organization}</td></tr>\n"
    "<tr><td style=\"padding: 12px 28px 28px 28px; text-align: left;\">\n";

static const char foot[] = "</td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n";

static const char button[] =
    "<a href=\"{link}\" style=\"display: inline-block; margin: 4px 0 6px 0; padding: 11px 22px; border-radius: 6px;"
    " background-color: {color}; color: {ink}; text-decoration: none; font-weight: bold;\">{words}</a><br>\n"
    "<a href=\"{link}\" class=\"quiet\" style=\"font-size: 14px; color: #555555; word-break: break-all;\">{link}</a>";

/* What is being written. */
typedef struct
{
  GString *out;
  GHashTable *values; /* (borrowed): escaped */
  GHashTable *style;  /* (borrowed): of the pieces above */
  const char *open;   /* (nullable): the element that is open */
} Page;

static void
close_element (Page *page)
{
  if (page->open != NULL)
    g_string_append_printf (page->out, "</%s>\n", page->open);
  page->open = NULL;
}

/* Opens it, or goes on in it on a line of its own. */
static void
open_element (Page *page, const char *element, const char *attributes, const char *between)
{
  if (g_strcmp0 (page->open, element) == 0)
    {
      g_string_append (page->out, between);
      return;
    }
  close_element (page);
  g_string_append_printf (page->out, "<%s%s>", element, attributes);
  page->open = element;
}

static void
append_value (Page *page, const char *line)
{
  const char *colon = strstr (line, ": ");
  g_autofree char *label = g_strndup (line, colon - line);
  char *value = cpd_template_fill (colon + 2, page->values);

  open_element (page, "p", " style=\"margin: 14px 0;\"", "<br>\n");
  g_string_append_printf (page->out,
                          "%s: <span class=\"value\" style=\"font-family: 'DejaVu Sans Mono', Consolas, monospace;"
                          " background-color: #eeeeec; color: #111111; padding: 1px 8px; border-radius: 4px; "
                          "overflow-wrap: anywhere; display: inline-block;\">%s</span>",
                          label, value);
  cpd_secret_free (value);
}

/* The words of the line before are those of the button, unless it has its own. */
static void
append_button (Page *page, const char *line, const char *before)
{
  g_autofree char *own = cpd_mail_line_button (line);
  g_autofree char *words = own != NULL ? g_markup_escape_text (own, -1) : g_strdup (before);
  char *text;

  if (g_str_has_suffix (words, ":"))
    words[strlen (words) - 1] = '\0';
  if (g_strcmp0 (page->open, "ol") != 0)
    {
      close_element (page);
      open_element (page, "p", " style=\"margin: 14px 0;\"", "");
    }
  g_hash_table_insert (page->style, (gpointer) "words", words);
  text = cpd_template_fill (button, page->style);
  g_string_append (page->out, text);
  g_hash_table_remove (page->style, "words");
  cpd_secret_free (text);
}

static gboolean
names_button (GStrv lines, int i)
{
  return lines[i + 1] != NULL && strcmp (lines[i + 1], "{link}") == 0;
}

static void
append_line (Page *page, GStrv lines, int i)
{
  g_autofree char *escaped = g_markup_escape_text (lines[i], -1);
  gboolean is_button = names_button (lines, i);
  char *filled = cpd_template_fill (escaped, page->values);
  const char *step = filled + (g_ascii_isdigit (*filled) ? 3 : 0);

  switch (cpd_mail_line_kind (lines[i]))
    {
    case CPD_LINE_STEP:
      open_element (page, "ol", " style=\"margin: 10px 0; padding-left: 26px;\"", "\n");
      g_string_append (page->out, "<li style=\"margin: 6px 0;\">");
      if (is_button)
        append_button (page, lines[i + 1], step);
      else
        g_string_append (page->out, step);
      g_string_append (page->out, "</li>");
      break;
    case CPD_LINE_VALUE:
      append_value (page, lines[i]);
      break;
    case CPD_LINE_TEXT:
      if (is_button)
        append_button (page, lines[i + 1], filled);
      else
        {
          open_element (page, "p", " style=\"margin: 14px 0;\"", "<br>\n");
          g_string_append (page->out, filled);
        }
      break;
    case CPD_LINE_LINK:
      if (strcmp (lines[i], "{link}") != 0)
        append_button (page, lines[i], NULL);
      break;
    case CPD_LINE_SIGNATURE:
      break;
    case CPD_LINE_EMPTY:
    default:
      close_element (page);
    }
  cpd_secret_free (filled);
}

static void
append_words (Page *page, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    append_line (page, lines, i);
  close_element (page);
}

static GHashTable *
escape_all (GHashTable *values)
{
  GHashTable *escaped = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cpd_secret_free);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (escaped, key, g_markup_escape_text (value, -1));
  return escaped;
}

/**
 * cpd_mail_html:
 *
 * Returns: (transfer full)
 */
char *
cpd_mail_html (const CpOrganisation *organisation, CpdLanguage language, const char *subject, const char *words,
               const char *signature, GHashTable *values)
{
  const char *color = organisation->color != NULL ? organisation->color : CP_COLOR_ACCENT;
  g_autofree char *title = g_markup_escape_text (subject, -1);
  g_autoptr (GHashTable) escaped = escape_all (values);
  g_autoptr (GHashTable) style = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *top = NULL;
  Page page = { g_string_new (NULL), escaped, style };

  g_hash_table_insert (style, (gpointer) "lang", (gpointer) cpd_language_code (language));
  g_hash_table_insert (style, (gpointer) "color", (gpointer) color);
  g_hash_table_insert (style, (gpointer) "ink", (gpointer) cp_color_ink (color));
  g_hash_table_insert (style, (gpointer) "subject", title);
  g_hash_table_insert (style, (gpointer) "organization", g_hash_table_lookup (escaped, "organization"));
  g_hash_table_insert (style, (gpointer) "link", g_hash_table_lookup (escaped, "link"));
  top = cpd_template_fill (head, style);
  g_string_append (page.out, top);
  append_words (&page, words);
  g_string_append (page.out, "<div class=\"quiet line\" style=\"margin-top: 24px; border-top: 1px solid #dddddd;"
                             " font-size: 15px; color: #555555;\">\n");
  append_words (&page, signature);
  g_string_append_printf (page.out, "</div>\n%s", foot);
  return g_string_free (page.out, FALSE);
}
