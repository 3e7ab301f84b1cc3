/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-struck.h"

#define STRUCK "[doorgehaald: "

/* Of what a table is made of, the smallest first. */
static const struct
{
  const char *name;
  guint rank;
} table_parts[] = { { "td", 1 },    { "th", 1 },    { "tr", 2 },   { "tbody", 3 },
                    { "thead", 3 }, { "tfoot", 3 }, { "table", 4 } };

/* Each may end where the next one begins. */
static const char *const items[] = { "li", "dd", "dt", NULL };
static const char *const lists[] = { "ol", "ul", "dl", NULL };

/* 0: it is no part of a table. */
static guint
rank_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table_parts); i++)
    if (g_str_equal (name, table_parts[i].name))
      return table_parts[i].rank;
  return 0;
}

/* What stands in a cell ends with it, and a cell with its row (HTML, "Optional tags" and "The stack of open elements").
 */
static gboolean
ends_with_table_part (const CpdEhrStruck *struck, const CpdEhrStruckTag *tag)
{
  guint own = rank_of (struck->name);
  guint rank = rank_of (tag->name);

  if (tag->tables != struck->tables || (own == 0 && struck->tables == 0) || (rank == 4 && !tag->closes))
    return FALSE;
  return rank >= MAX (own, 1);
}

/* HTML lets these end without a tag of their own. */
static gboolean
ends_by_itself (const CpdEhrStruck *struck, const CpdEhrStruckTag *tag)
{
  if (ends_with_table_part (struck, tag))
    return TRUE;
  if (g_str_equal (struck->name, "p"))
    return tag->breaks && !g_str_equal (tag->name, "br");
  return g_strv_contains (items, struck->name) && tag->lists == struck->lists &&
         (g_strv_contains (items, tag->name) || (tag->closes && g_strv_contains (lists, tag->name)));
}

/* The words that were told of end here. */
static void
end_words (CpdEhrStruck *struck, GString *text)
{
  gsize end = text->len;

  while (end > 0 && g_ascii_isspace (text->str[end - 1]))
    end--;
  if (struck->told)
    g_string_insert_c (text, end, ']');
  struck->told = FALSE;
}

/**
 * cpd_ehr_struck_end:
 *
 * What is struck out ends here at the latest, in @text.
 */
void
cpd_ehr_struck_end (CpdEhrStruck *struck, GString *text)
{
  end_words (struck, text);
  g_clear_pointer (&struck->name, g_free);
}

/**
 * cpd_ehr_struck_begin:
 *
 * An element whose words are struck out begins when @strikes, or another one within it.
 */
void
cpd_ehr_struck_begin (CpdEhrStruck *struck, const CpdEhrStruckTag *tag, gboolean strikes)
{
  if (struck->name != NULL)
    struck->open += g_str_equal (tag->name, struck->name);
  else if (strikes)
    *struck = (CpdEhrStruck){ .name = g_strdup (tag->name), .open = 1, .lists = tag->lists, .tables = tag->tables };
}

/**
 * cpd_ehr_struck_see_tag:
 *
 * A tag comes, before the table or the lists know of it. What ends with it is ended in @text.
 */
void
cpd_ehr_struck_see_tag (CpdEhrStruck *struck, const CpdEhrStruckTag *tag, GString *text)
{
  if (struck->name == NULL)
    return;
  if (tag->closes && g_str_equal (tag->name, struck->name))
    struck->open--;
  if (struck->open == 0 || ends_by_itself (struck, tag))
    cpd_ehr_struck_end (struck, text);
  else if (rank_of (tag->name) > 0)
    end_words (struck, text); /* each cell says it of its own words */
}

/**
 * cpd_ehr_struck_see_word:
 *
 * A word or sign stands in @text from @start, in bytes.
 */
void
cpd_ehr_struck_see_word (CpdEhrStruck *struck, GString *text, gsize start)
{
  if (struck->name == NULL || struck->told)
    return;
  struck->told = TRUE;
  struck->start = start;
  g_string_insert (text, start, STRUCK);
}
