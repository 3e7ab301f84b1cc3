/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-text.h"

#include <string.h>

#include "cp-validate.h"

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

/* What is not for reading, or makes another text be read than was written: with one U+202E "51 mg" reads "gm 15".
 * Arabic and Hebrew letters know their own direction without these; the marks U+200E, U+200F and U+061C change the
 * order of the numbers around them only. A soft hyphen (U+00AD) is not seen, and makes two words of one to a search. */
static gboolean
is_dropped (gunichar c)
{
  return (g_unichar_iscntrl (c) && c != '\n' && c != '\t') || cp_validate_turns (c) || c == 0x200e || c == 0x200f ||
         c == 0x061c || c == 0x00ad;
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
      if (is_dropped (c))
        continue;
      /* At the end nothing is lost with it either. */
      if ((result->len == 0 || length == max) && g_unichar_isspace (c))
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
