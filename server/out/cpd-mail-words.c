/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-mail-words.h"

#include <string.h>

#include "cpd-templates.h"
#include "cpd-token.h"

#define INDENT "   "
#define ALONE 12
#define NARROWEST 56

/**
 * cpd_mail_line_kind:
 */
CpdLineKind
cpd_mail_line_kind (const char *line)
{
  const char *colon = strstr (line, ": {");

  if (*line == '\0')
    return CPD_LINE_EMPTY;
  if (strcmp (line, "{signature}") == 0)
    return CPD_LINE_SIGNATURE;
  if (g_str_has_prefix (line, "{link}") || g_str_has_prefix (line, "{link: "))
    return CPD_LINE_LINK;
  if (g_ascii_isdigit (line[0]) && g_str_has_prefix (line + 1, ". "))
    return CPD_LINE_STEP;
  if (colon != NULL && g_str_has_suffix (line, "}") && strpbrk (line, ".?!") == NULL)
    return CPD_LINE_VALUE;
  return CPD_LINE_TEXT;
}

/**
 * cpd_mail_line_button:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_mail_line_button (const char *line)
{
  if (!g_str_has_prefix (line, "{link: "))
    return NULL;
  line += strlen ("{link: ");
  return g_strndup (line, strcspn (line, "}"));
}

/* (transfer full): text, broken at spaces before width; what comes after the first line begins with indent. *last is
 * the length of the last line, *n how many there are. */
static GString *
wrap (GStrv words, const char *indent, glong width, glong *last, int *n)
{
  GString *out = g_string_new (NULL);

  *last = 0;
  *n = 1;
  for (int i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (length == 0)
        continue;
      if (*last > 0 && *last + 1 + length > width)
        {
          g_string_append_printf (out, "\n%s", indent);
          *last = (glong) strlen (indent);
          (*n)++;
        }
      else if (*last > 0)
        {
          g_string_append_c (out, ' ');
          (*last)++;
        }
      g_string_append (out, words[i]);
      *last += length;
    }
  return out;
}

/* No word stays alone on the last line, where somewhat shorter lines before it help. */
static void
append_wrapped (GString *out, const char *text, const char *indent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong last;
  int n;
  GString *lines = wrap (words, indent, CPD_MAIL_WIDTH, &last, &n);

  for (glong width = CPD_MAIL_WIDTH - 1; width >= NARROWEST && n > 1 && last < ALONE; width--)
    {
      glong its_last;
      int its_n;
      GString *narrower = wrap (words, indent, width, &its_last, &its_n);

      if (its_n == n && its_last >= ALONE)
        {
          last = its_last;
          g_string_assign (lines, narrower->str);
        }
      explicit_bzero (narrower->str, narrower->len);
      g_string_free (narrower, TRUE);
    }
  g_string_append_printf (out, "%s\n", lines->str);
  explicit_bzero (lines->str, lines->len);
  g_string_free (lines, TRUE);
}

static void
append_lines (GString *out, const char *words, GHashTable *values)
{
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  CpdLineKind before = CPD_LINE_EMPTY;

  for (int i = 0; lines[i] != NULL; i++)
    {
      CpdLineKind kind = cpd_mail_line_kind (lines[i]);
      char *filled = cpd_template_fill (lines[i], values);

      if (kind == CPD_LINE_LINK)
        g_string_append_printf (out, "%s%s\n", before == CPD_LINE_STEP ? INDENT : "",
                                (const char *) g_hash_table_lookup (values, "link"));
      else if (kind != CPD_LINE_SIGNATURE)
        append_wrapped (out, filled, kind == CPD_LINE_STEP ? INDENT : "");
      before = kind;
      cpd_secret_free (filled);
    }
}

/**
 * cpd_mail_plain:
 * @values: of the placeholders; "link" must be one
 *
 * Returns: (transfer full)
 */
char *
cpd_mail_plain (const char *words, const char *signature, GHashTable *values)
{
  GString *out = g_string_new (NULL);

  append_lines (out, words, values);
  append_lines (out, signature, values);
  return g_string_free (out, FALSE);
}
