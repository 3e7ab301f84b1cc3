/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cpd-ehr-entity.h"
#include "cpd-ehr-struck.h"
#include "cpd-ehr-table.h"
#include "cpd-ehr-text.h"

/* These begin and end lines. */
static const char *const breaking[] = { "address",    "article", "aside",   "blockquote", "body", "br",      "caption",
                                        "center",     "dd",      "details", "div",        "dl",   "dt",      "fieldset",
                                        "figcaption", "figure",  "footer",  "form",       "h1",   "h2",      "h3",
                                        "h4",         "h5",      "h6",      "header",     "hr",   "legend",  "li",
                                        "main",       "nav",     "ol",      "p",          "pre",  "section", "summary",
                                        "table",      "tr",      "ul",      NULL };

#define ENTITY_MAX 11 /* bytes, with & and ; */

/* Appends what an entity stands for; returns where the text goes on. An unknown one stays as it is written. */
static const char *
append_entity (GString *result, const char *at)
{
  const char *end = memchr (at, ';', strnlen (at, ENTITY_MAX));
  g_autofree char *name = end != NULL ? g_strndup (at + 1, end - at - 1) : NULL;
  gunichar c = name != NULL ? cpd_ehr_entity (name) : 0;

  if (c == 0)
    {
      g_string_append_c (result, '&');
      return at + 1;
    }
  g_string_append_unichar (result, c);
  return end + 1;
}

/* What stands inside is not for reading. */
static const char *const unread[] = { "script", "style", "title", "template", NULL };

/* Which have nothing inside, also where they do not close themselves. */
static const char *const without_content[] = { "br", "col", "hr", "img", "input", "link", "meta", "wbr", NULL };

/* What these show no words tell; those between them, if any, are for where it cannot be shown. */
static const char *const wordless[] = { "applet", "audio",  "canvas", "embed", "iframe", "img",
                                        "input",  "object", "svg",    "video", NULL };

static const char *const cells[] = { "td", "th", NULL };

static const char *const striking[] = { "s", "del", "strike", NULL };

#define TABLES_MAX 16
#define NO_BREAK_SPACE "\302\240"

#define BULLETS G_MININT64 /* the next number of a list that has none */

/* The words of a narrative, and where in it one is. */
typedef struct
{
  GString *text;
  GArray *lists; /* of gint64: the next number of each list that is open, the innermost last */
  gsize marked;  /* the length of text right behind a mark, as a number: what follows goes on the same line */
  guint pre;     /* <pre> that are open: in these white space counts */
  CpdEhrStruck struck;
  guint raised_open;  /* <sup> that are open */
  gsize raised_start; /* where in text the outermost begins */
  CpdEhrTable tables[TABLES_MAX];
  guint tables_open;    /* may be more than these: the words of a cell that lies deeper have only a space between */
  const char *last_end; /* (nullable): the last ">" of all: no tag begins behind it */
  gboolean quotes_end;  /* FALSE: somewhere one does not, so that they tell nothing */
  gboolean pictures;    /* something in it is told by no words */
} Narrative;

typedef struct
{
  const char *at;  /* all of it in lower case */
  const char *end; /* its ">" */
  char *name;
  gboolean closes;
  gboolean empty; /* it closes itself */
} Tag;

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

static void
break_line (Narrative *narrative, gboolean always)
{
  GString *text = narrative->text;

  if (text->len > 0 && text->str[text->len - 1] != '\n' && (always || text->len != narrative->marked))
    g_string_append_c (text, '\n');
}

/* attribute: with "=" behind it; (nullable): what stands behind that. */
static const char *
value_of (const Tag *tag, const char *attribute)
{
  const char *found = tag->at;

  while ((found = g_strstr_len (found, tag->end - found, attribute)) != NULL && !g_ascii_isspace (found[-1]))
    found++;
  return found != NULL ? found + strlen (attribute) : NULL;
}

static gint64
number_of (const Tag *tag, const char *attribute, gint64 otherwise)
{
  const char *value = value_of (tag, attribute);

  if (value == NULL)
    return otherwise;
  if (*value == '"' || *value == '\'')
    value++;
  return g_ascii_isdigit (*value) || *value == '-' ? CLAMP (g_ascii_strtoll (value, NULL, 10), -99999, 99999)
                                                   : otherwise;
}

static gboolean
has_value (const Tag *tag, const char *attribute, const char *value)
{
  const char *at = value_of (tag, attribute);
  gboolean quoted = at != NULL && (*at == '"' || *at == '\'');

  return at != NULL && strncmp (at + quoted, value, strlen (value)) == 0 &&
         (quoted ? at[1 + strlen (value)] == *at : !g_ascii_isalnum (at[strlen (value)]));
}

/* An empty alt says that a picture tells nothing (HTML, "A purely decorative image"). */
static gboolean
is_wordless (const Tag *tag)
{
  return !tag->closes && g_strv_contains (wordless, tag->name) && !has_value (tag, "alt=", "") &&
         !has_value (tag, "type=", "hidden");
}

static void
begin_item (Narrative *narrative, const Tag *tag)
{
  gint64 *next =
      narrative->lists->len > 0 ? &g_array_index (narrative->lists, gint64, narrative->lists->len - 1) : NULL;

  if (next == NULL || *next == BULLETS)
    return;
  *next = number_of (tag, "value=", *next);
  g_string_append_printf (narrative->text, "%" G_GINT64_FORMAT ". ", (*next)++);
  narrative->marked = narrative->text->len;
}

/* A list of letters, or one that counts down, would get other numbers than those that the text speaks of. */
static gboolean
is_numbered (const Tag *tag)
{
  const char *type = value_of (tag, "type=");

  return g_str_equal (tag->name, "ol") && (type == NULL || type[strspn (type, "\"'")] == '1') &&
         g_strstr_len (tag->at, tag->end - tag->at, "list-style") == NULL &&
         g_strstr_len (tag->at, tag->end - tag->at, "reversed") == NULL;
}

static void
begin_or_end_list (Narrative *narrative, const Tag *tag)
{
  gint64 first = is_numbered (tag) ? number_of (tag, "start=", 1) : BULLETS;

  if (!tag->closes && !tag->empty)
    g_array_append_val (narrative->lists, first);
  else if (tag->closes && narrative->lists->len > 0)
    g_array_set_size (narrative->lists, narrative->lists->len - 1);
}

static void
begin_or_end_pre (Narrative *narrative, const Tag *tag)
{
  if (!tag->closes && !tag->empty)
    narrative->pre++;
  else if (tag->closes && narrative->pre > 0)
    narrative->pre--;
}

static gboolean
is_struck (const Tag *tag)
{
  const char *style = value_of (tag, "style=");

  return g_strv_contains (striking, tag->name) ||
         (style != NULL && g_strstr_len (style, tag->end - style, "line-through") != NULL);
}

static const char *const raised_digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

/* (nullable) */
static const char *
raised_sign (gunichar c)
{
  if (c >= '0' && c <= '9')
    return raised_digits[c - '0'];
  if (c == '-' || c == 0x2212 || c == 0x2013)
    return "⁻";
  return c == '+' ? "⁺" : c == 'n' ? "ⁿ" : NULL;
}

/* (transfer full): text as it is read behind a number: 10⁹ is not 109. Letters are no power: 1e, 2de. */
static char *
raise_text (const char *text)
{
  g_autoptr (GString) raised = g_string_new (NULL);
  gboolean letters = TRUE;
  gboolean signs = TRUE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *sign = raised_sign (g_utf8_get_char (at));

      letters = letters && g_unichar_isalpha (g_utf8_get_char (at));
      signs = signs && sign != NULL;
      if (signs)
        g_string_append (raised, sign);
    }
  return signs ? g_strdup (raised->str) : g_strconcat (letters ? "" : "^", text, NULL);
}

static void
end_raised (Narrative *narrative)
{
  GString *text = narrative->text;
  gsize start = narrative->raised_start;
  g_autofree char *raised = NULL;
  gboolean space;

  if (narrative->raised_open == 0 || --narrative->raised_open > 0)
    return;
  /* What is struck out goes on behind it, and would begin elsewhere. */
  if (narrative->struck.told && narrative->struck.start >= start)
    return;
  space = text->len > start && g_ascii_isspace (text->str[text->len - 1]);
  raised = raise_text (g_strstrip (text->str + start));
  g_string_truncate (text, start);
  g_string_append (text, raised);
  if (space)
    g_string_append_c (text, ' ');
}

static void
begin_or_end_raised (Narrative *narrative, const Tag *tag)
{
  if (tag->closes)
    end_raised (narrative);
  else if (!tag->empty && narrative->raised_open++ == 0)
    narrative->raised_start = narrative->text->len;
}

/* (nullable): the table in whose cells words go. */
static CpdEhrTable *
table_of (Narrative *narrative)
{
  return narrative->tables_open > 0 && narrative->tables_open <= TABLES_MAX
             ? &narrative->tables[narrative->tables_open - 1]
             : NULL;
}

static void
begin_cell (Narrative *narrative, const Tag *tag)
{
  CpdEhrTable *table = table_of (narrative);

  if (table == NULL)
    {
      g_string_append_c (narrative->text, ' ');
      return;
    }
  cpd_ehr_table_begin_cell (table, narrative->text, CLAMP (number_of (tag, "colspan=", 1), 1, CPD_EHR_TABLE_COLUMNS),
                            MAX (number_of (tag, "rowspan=", 1), 1));
  narrative->marked = narrative->text->len;
  if (tag->empty)
    cpd_ehr_table_end_cell (table, narrative->text);
}

/* Before the line is broken. */
static void
end_cell_or_row (Narrative *narrative, const Tag *tag)
{
  CpdEhrTable *table = table_of (narrative);

  if (table == NULL)
    return;
  if (g_str_equal (tag->name, "tr") || (tag->closes && g_str_equal (tag->name, "table")))
    cpd_ehr_table_end_row (table, narrative->text);
  else if (tag->closes && g_strv_contains (cells, tag->name))
    cpd_ehr_table_end_cell (table, narrative->text);
}

static void
begin_or_end_table (Narrative *narrative, const Tag *tag)
{
  if (tag->closes)
    narrative->tables_open -= narrative->tables_open > 0;
  else if (!tag->empty && ++narrative->tables_open <= TABLES_MAX)
    *table_of (narrative) = (CpdEhrTable){ 0 };
}

static CpdEhrStruckTag
struck_tag (const Narrative *narrative, const Tag *tag, gboolean breaks)
{
  return (CpdEhrStruckTag){ .name = tag->name,
                            .closes = tag->closes,
                            .breaks = breaks,
                            .lists = narrative->lists->len,
                            .tables = narrative->tables_open };
}

static void
append_named (Narrative *narrative, const Tag *tag)
{
  gboolean item = g_str_equal (tag->name, "li");
  gboolean cell = g_strv_contains (cells, tag->name);
  gboolean breaks = g_strv_contains (breaking, tag->name);
  CpdEhrStruckTag seen = struck_tag (narrative, tag, breaks);

  cpd_ehr_struck_see_tag (&narrative->struck, &seen, narrative->text);
  end_cell_or_row (narrative, tag);
  if (breaks)
    break_line (narrative, item);
  if (cell || breaks)
    narrative->raised_open = 0;
  if (cell && !tag->closes)
    begin_cell (narrative, tag);
  else if (g_str_equal (tag->name, "tr") && !tag->closes && table_of (narrative) != NULL)
    cpd_ehr_table_begin_row (table_of (narrative), narrative->text);
  else if (g_str_equal (tag->name, "table"))
    begin_or_end_table (narrative, tag);
  else if (item && !tag->closes)
    begin_item (narrative, tag);
  else if (g_str_equal (tag->name, "ol") || g_str_equal (tag->name, "ul"))
    begin_or_end_list (narrative, tag);
  else if (g_str_equal (tag->name, "pre"))
    begin_or_end_pre (narrative, tag);
  else if (g_str_equal (tag->name, "sup"))
    begin_or_end_raised (narrative, tag);
  seen = struck_tag (narrative, tag, breaks);
  if (!tag->closes && !tag->empty)
    cpd_ehr_struck_begin (&narrative->struck, &seen, is_struck (tag));
}

/* Also where there is room for it: "pols <90" has no tag (HTML, "Tag open state"). */
static gboolean
is_tag (const Narrative *narrative, const char *at)
{
  return (g_ascii_isalpha (at[1]) || (at[1] != '\0' && strchr ("/!?", at[1]) != NULL)) && narrative->last_end != NULL &&
         at < narrative->last_end;
}

/* (nullable): the ">" of the tag at at that stands in no quoted value. */
static const char *
unquoted_end (const char *at)
{
  gboolean value = FALSE; /* behind "=" */

  for (; at != NULL && *at != '\0'; at++)
    {
      if (*at == '>')
        return at;
      if (value && (*at == '"' || *at == '\''))
        at = strchr (at + 1, *at);
      if (at == NULL)
        return NULL;
      value = *at == '=' || (value && g_ascii_isspace (*at));
    }
  return NULL;
}

static const char *
end_of_tag (Narrative *narrative, const char *at)
{
  const char *end = narrative->quotes_end ? unquoted_end (at) : NULL;

  if (end != NULL)
    return end;
  /* So no tag but this one looks on to the end of the text. */
  narrative->quotes_end = FALSE;
  return strchr (at, '>');
}

/* Returns where the text goes on after the tag or comment at at. */
static const char *
append_tag (Narrative *narrative, const char *at)
{
  const char *end;
  g_autofree char *lower = NULL;
  g_autofree char *name = NULL;
  Tag tag = { .closes = at[1] == '/' };
  gsize length = 0;

  /* Newer GLibs measure the whole text for g_str_has_prefix(). */
  if (strncmp (at, "<!--", 4) == 0)
    {
      end = strstr (at, "-->");
      return end != NULL ? end + 3 : at + strlen (at);
    }
  end = end_of_tag (narrative, at);
  tag.at = lower = g_ascii_strdown (at, end - at + 1);
  tag.end = lower + (end - at);
  while (g_ascii_isalnum (lower[1 + tag.closes + length]))
    length++;
  tag.name = name = g_strndup (lower + 1 + tag.closes, length);
  tag.empty = tag.end[-1] == '/' || g_strv_contains (without_content, tag.name);
  narrative->pictures |= is_wordless (&tag);
  append_named (narrative, &tag);
  if (!tag.closes && !tag.empty && g_strv_contains (unread, tag.name))
    return skip_element (end + 1, tag.name);
  return end + 1;
}

static void
append_space (Narrative *narrative, char c)
{
  GString *text = narrative->text;

  if (narrative->pre > 0)
    g_string_append_c (text, c);
  else if (text->len > 0 && !g_ascii_isspace (text->str[text->len - 1]))
    g_string_append_c (text, ' ');
}

/* Returns where the text goes on. */
static const char *
append_word (Narrative *narrative, const char *at)
{
  GString *text = narrative->text;
  gsize start = text->len;

  if (*at == '&')
    at = append_entity (text, at);
  else if (strncmp (at, NO_BREAK_SPACE, strlen (NO_BREAK_SPACE)) == 0)
    {
      g_string_append (text, NO_BREAK_SPACE);
      at += strlen (NO_BREAK_SPACE);
    }
  else
    g_string_append_c (text, *at++);
  if (!g_str_equal (text->str + start, NO_BREAK_SPACE))
    cpd_ehr_struck_see_word (&narrative->struck, text, start);
  return at;
}

/**
 * cpd_ehr_text_of_xhtml:
 * @xhtml: (nullable): text.div of a resource, or HTML
 * @cut: (nullable):
 * @pictures: (nullable):
 *
 * Returns: (transfer full) (nullable): its words.
 */
char *
cpd_ehr_text_of_xhtml (const char *xhtml, gboolean *cut, gboolean *pictures)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *at = xhtml != NULL ? xhtml : "";
  Narrative narrative = { .text = text, .lists = lists, .last_end = strrchr (at, '>'), .quotes_end = TRUE };

  while (*at != '\0')
    {
      if (*at == '<' && is_tag (&narrative, at))
        at = append_tag (&narrative, at);
      else if (g_ascii_isspace (*at))
        append_space (&narrative, *at++);
      else
        at = append_word (&narrative, at);
    }
  cpd_ehr_struck_end (&narrative.struck, text);
  if (pictures != NULL && narrative.pictures)
    *pictures = TRUE;
  return cpd_ehr_text_block (text->str, CPD_EHR_TEXT_MAX, cut);
}
