/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-text.h"

#include <string.h>

/* How many bytes, at most that many, are printable ASCII to which nothing is done: nearly all of a report is. A space
 * is one of them only behind others. */
static glong
plain_length (const char *text, glong most, gboolean one_line)
{
  glong length = 0;

  while (length < most &&
         ((text[length] > ' ' && text[length] < 0x7f) || (text[length] == ' ' && length > 0 && !one_line)))
    length++;
  return length;
}

/* White space of one line: a newline and a tab count as a space. */
static char *
clean (const char *text, glong max, gboolean one_line, gboolean *cut)
{
  g_autoptr (GString) result = NULL;
  glong length = 0;

  if (text == NULL)
    return NULL;
  result = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      glong plain = plain_length (at, max - length, one_line);
      gunichar c;
      gboolean space;

      if (plain > 1)
        {
          /* All but the last, which the loop moves on from. */
          g_string_append_len (result, at, plain - 1);
          length += plain - 1;
          at += plain - 1;
        }
      c = g_utf8_get_char (at);
      space = one_line ? g_unichar_isspace (c) : c == ' ';
      if (g_unichar_iscntrl (c) && (c != '\n' && c != '\t'))
        continue;
      if (result->len == 0 && g_unichar_isspace (c))
        continue;
      if (one_line && space && result->str[result->len - 1] == ' ')
        continue;
      if (length == max)
        {
          if (cut != NULL)
            *cut = TRUE;
          break;
        }
      g_string_append_unichar (result, one_line && space ? ' ' : c);
      length++;
    }
  g_strchomp (result->str);
  return *result->str != '\0' ? g_strdup (result->str) : NULL;
}

/**
 * cpd_ehr_text_block:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_text_block (const char *text, glong max, gboolean *cut)
{
  return clean (text, max, FALSE, cut);
}

/**
 * cpd_ehr_text_line:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_text_line (const char *text)
{
  return clean (text, CPD_EHR_LINE_TEXT_MAX, TRUE, NULL);
}

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", "\302\240" }
};

static const char *const breaking[] = { "p",  "br", "div", "li", "ul", "ol", "tr", "table", "h1",
                                        "h2", "h3", "h4",  "h5", "h6", "dt", "dd", NULL };

#define ENTITY_MAX 11 /* bytes, with & and ; */

/* Appends what an entity stands for; returns where the text goes on. An unknown one stays as it is written. */
static const char *
append_entity (GString *result, const char *at)
{
  const char *end = memchr (at, ';', strnlen (at, ENTITY_MAX));
  g_autofree char *name = end != NULL ? g_strndup (at + 1, end - at - 1) : NULL;
  guint64 code;

  if (name != NULL && *name == '#')
    {
      code = name[1] == 'x' ? g_ascii_strtoull (name + 2, NULL, 16) : g_ascii_strtoull (name + 1, NULL, 10);
      if (code > 0 && code <= 0x10ffff && g_unichar_validate (code))
        {
          g_string_append_unichar (result, code);
          return end + 1;
        }
    }
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (entities); i++)
    if (g_str_equal (name, entities[i].name))
      {
        g_string_append (result, entities[i].text);
        return end + 1;
      }
  g_string_append_c (result, '&');
  return at + 1;
}

/* What stands inside is not for reading. */
static const char *const unread[] = { "script", "style", "head", "title", "template", NULL };

/* Where the element ends that begins with a tag whose name is tag; at the end of the text when it does not. */
static const char *
skip_element (const char *at, const char *tag)
{
  gsize length = strlen (tag);

  for (const char *end = strstr (at, "</"); end != NULL; end = strstr (end + 2, "</"))
    if (g_ascii_strncasecmp (end + 2, tag, length) == 0 && !g_ascii_isalnum (end[2 + length]))
      return end;
  return at + strlen (at);
}

/* Returns where the text goes on after the tag or comment at at. */
static const char *
append_tag (GString *result, const char *at)
{
  const char *end;
  const char *name = at[1] == '/' ? at + 2 : at + 1;
  g_autofree char *tag = NULL;
  gsize length = 0;

  /* Newer GLibs measure the whole text for g_str_has_prefix(). */
  if (strncmp (at, "<!--", 4) == 0)
    {
      end = strstr (at, "-->");
      return end != NULL ? end + 3 : at + strlen (at);
    }
  while (g_ascii_isalnum (name[length]))
    length++;
  tag = g_ascii_strdown (name, length);
  if (g_strv_contains (breaking, tag) && result->len > 0 && result->str[result->len - 1] != '\n')
    g_string_append_c (result, '\n');
  else if (g_str_equal (tag, "td") || g_str_equal (tag, "th"))
    g_string_append_c (result, ' ');
  end = strchr (at, '>');
  if (end == NULL)
    return at + strlen (at);
  if (at[1] != '/' && end[-1] != '/' && g_strv_contains (unread, tag))
    return skip_element (end + 1, tag);
  return end + 1;
}

/**
 * cpd_ehr_text_of_xhtml:
 * @xhtml: (nullable): text.div of a resource
 *
 * Returns: (transfer full) (nullable): its words.
 */
char *
cpd_ehr_text_of_xhtml (const char *xhtml)
{
  g_autoptr (GString) result = g_string_new (NULL);
  const char *at = xhtml != NULL ? xhtml : "";

  while (*at != '\0')
    {
      if (*at == '<')
        at = append_tag (result, at);
      else if (*at == '&')
        at = append_entity (result, at);
      else if (g_ascii_isspace (*at))
        {
          if (result->len > 0 && !g_ascii_isspace (result->str[result->len - 1]))
            g_string_append_c (result, ' ');
          at++;
        }
      else
        g_string_append_c (result, *at++);
    }
  return cpd_ehr_text_block (result->str, CPD_EHR_TEXT_MAX, NULL);
}

/**
 * cpd_ehr_text_preview:
 * @text: (nullable):
 *
 * Returns: (transfer full): its beginning, with an ellipsis when there is more.
 */
char *
cpd_ehr_text_preview (const char *text)
{
  g_autofree char *start = NULL;
  char *space;

  if (text == NULL)
    return g_strdup ("");
  if (g_utf8_strlen (text, -1) <= CPD_EHR_PREVIEW_MAX)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, CPD_EHR_PREVIEW_MAX - 1);
  space = strrchr (start, ' ');
  if (space != NULL && space > start)
    *space = '\0';
  return g_strconcat (g_strchomp (start), "…", NULL);
}
