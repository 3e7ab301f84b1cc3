/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall-old.h"

#include <string.h>

/* How far is looked ahead for a line that is not the next one: further each time that it was in vain, as after lines
 * that went. When that does not help the file is another one, and it is looked far only now and then. */
#define LOOK_FIRST 256
#define LOOK_DOUBLED 6
#define LOOK_NEAR 8
#define LOOK_FAR_EVERY 512

#define HEAD_SIZE 4
G_STATIC_ASSERT (sizeof (CpdEhrOldHead) == HEAD_SIZE);

/**
 * cpd_ehr_old_line_set:
 *
 * What cannot be kept is read again.
 */
void
cpd_ehr_old_line_set (CpdEhrOldLine *line, const GArray *keys, const GArray *asked)
{
  CpdEhrOldHead *head = &line->head;

  if (asked->len > G_MAXUINT8)
    head->again = CPD_EHR_OLD_ALWAYS;
  head->n_keys = keys->len;
  head->n_asked = head->again == CPD_EHR_OLD_ALWAYS ? 0 : asked->len;
  line->keys = (const guint8 *) keys->data;
  line->asked = (const guint8 *) asked->data;
}

/**
 * cpd_ehr_old_key:
 *
 * Returns: a row that the line names.
 */
gsize
cpd_ehr_old_key (const CpdEhrOldLine *line, guint i)
{
  gsize key;

  memcpy (&key, line->keys + i * sizeof key, sizeof key);
  return key;
}

/**
 * cpd_ehr_old_asked:
 *
 * Returns: hash of a key that it asked for.
 */
guint32
cpd_ehr_old_asked (const CpdEhrOldLine *line, guint i)
{
  guint32 hash;

  memcpy (&hash, line->asked + i * sizeof hash, sizeof hash);
  return hash;
}

/**
 * cpd_ehr_old_names_any:
 * @keys: (type GHashTable): set of gsize
 *
 * Returns: TRUE when the line names one of them.
 */
gboolean
cpd_ehr_old_names_any (const CpdEhrOldLine *line, gpointer keys)
{
  for (guint i = 0; i < line->head.n_keys; i++)
    if (g_hash_table_contains (keys, GSIZE_TO_POINTER (cpd_ehr_old_key (line, i))))
      return TRUE;
  return FALSE;
}

/* How many lines a page has, 0 when it is none; *tags and *first (nullable): where they are in it. */
static guint
lines_of (const GByteArray *page, const guint8 **tags, gsize *first)
{
  guint64 n = 0;

  if (page->len >= sizeof n)
    memcpy (&n, page->data, sizeof n);
  if (n > page->len / sizeof n || (n + 1) * sizeof n > page->len)
    n = 0;
  *tags = page->data + sizeof n;
  if (first != NULL)
    *first = (gsize) (n + 1) * sizeof n;
  return (guint) n;
}

/* The line that stands there. FALSE: the page ends before. */
static gboolean
line_at (const GByteArray *page, const CpdEhrOldPlace *place, CpdEhrOldLine *line)
{
  const guint8 *tags;
  gsize first;
  guint n = lines_of (page, &tags, &first);
  gsize at = place->nth == 0 ? first : place->at;

  if (place->nth >= n || at + HEAD_SIZE > page->len)
    return FALSE;
  memcpy (&line->tag, tags + place->nth * sizeof line->tag, sizeof line->tag);
  memcpy (&line->head, page->data + at, HEAD_SIZE);
  line->keys = page->data + at + HEAD_SIZE;
  line->asked = line->keys + line->head.n_keys * sizeof (gsize);
  line->place = (CpdEhrOldPlace){ place->page, place->nth, at };
  return line->asked + line->head.n_asked * sizeof (guint32) <= page->data + page->len;
}

/* Where the line after it stands, which may be behind the end of its page. */
static CpdEhrOldPlace
behind (const GByteArray *page, const CpdEhrOldLine *line)
{
  const guint8 *end = line->asked + line->head.n_asked * sizeof (guint32);

  return (CpdEhrOldPlace){ line->place.page, line->place.nth + 1, (gsize) (end - page->data) };
}

/* TRUE: the next page is held too. */
static gboolean
load_next (CpdEhrOld *old)
{
  GByteArray *page = old->spare != NULL ? g_steal_pointer (&old->spare) : g_byte_array_new ();

  old->at_end = old->at_end || !old->load (old->first + old->held->len, page, old->data);
  if (old->at_end)
    old->spare = page;
  else
    g_ptr_array_add (old->held, page);
  return !old->at_end;
}

/**
 * cpd_ehr_old_has_page:
 *
 * Returns: TRUE also for one that the place is behind.
 */
gboolean
cpd_ehr_old_has_page (CpdEhrOld *old, guint number)
{
  while (number >= old->first + old->held->len)
    if (!load_next (old))
      return FALSE;
  return TRUE;
}

/* (nullable): that page, NULL also when it is let go of. */
static const GByteArray *
page_of (CpdEhrOld *old, guint number)
{
  return cpd_ehr_old_has_page (old, number) && number >= old->first ? g_ptr_array_index (old->held, number - old->first)
                                                                    : NULL;
}

/* Lets go of the pages that the place is behind. */
static void
forget_behind (CpdEhrOld *old)
{
  while (old->held->len > 0 && old->first < old->place.page)
    {
      g_clear_pointer (&old->spare, g_byte_array_unref);
      old->spare = g_ptr_array_steal_index (old->held, 0);
      old->first++;
    }
}

/* The lines of the run, which goes on with none. */
static void
copy_run (CpdEhrOldDraft *draft, CpdEhrOld *old)
{
  const GByteArray *page;
  const guint8 *tags;

  if (draft->run == 0)
    return;
  page = page_of (old, draft->from.page);
  lines_of (page, &tags, NULL);
  g_array_append_vals (draft->tags, tags + draft->from.nth * sizeof (guint64), draft->run);
  g_byte_array_append (draft->rest, page->data + draft->from.at, (guint) (draft->to.at - draft->from.at));
  draft->run = 0;
}

/**
 * cpd_ehr_old_draft_init:
 *
 * A page without lines.
 */
void
cpd_ehr_old_draft_init (CpdEhrOldDraft *draft)
{
  draft->tags = g_array_new (FALSE, FALSE, sizeof (guint64));
  draft->rest = g_byte_array_new ();
}

/**
 * cpd_ehr_old_draft_clear:
 *
 * Frees what it holds.
 */
void
cpd_ehr_old_draft_clear (CpdEhrOldDraft *draft)
{
  g_clear_pointer (&draft->tags, g_array_unref);
  g_clear_pointer (&draft->rest, g_byte_array_unref);
}

/**
 * cpd_ehr_old_draft_add:
 *
 * One line more.
 */
void
cpd_ehr_old_draft_add (CpdEhrOldDraft *draft, CpdEhrOld *old, const CpdEhrOldLine *line)
{
  copy_run (draft, old);
  g_array_append_val (draft->tags, line->tag);
  g_byte_array_append (draft->rest, (const guint8 *) &line->head, HEAD_SIZE);
  g_byte_array_append (draft->rest, line->keys, line->head.n_keys * sizeof (gsize));
  g_byte_array_append (draft->rest, line->asked, line->head.n_asked * sizeof (guint32));
}

/**
 * cpd_ehr_old_draft_copy:
 * @line: that was found last
 *
 * The same line once more.
 */
void
cpd_ehr_old_draft_copy (CpdEhrOldDraft *draft, CpdEhrOld *old, const CpdEhrOldLine *line)
{
  if (line->place.page != draft->to.page || line->place.nth != draft->to.nth)
    copy_run (draft, old);
  if (draft->run++ == 0)
    draft->from = line->place;
  draft->to = behind (page_of (old, line->place.page), line);
}

/**
 * cpd_ehr_old_draft_lines:
 *
 * Returns: how many it has.
 */
guint
cpd_ehr_old_draft_lines (const CpdEhrOldDraft *draft)
{
  return draft->tags->len + draft->run;
}

/* All that it has is a page of before, which had the same number. */
static gboolean
is_page (const CpdEhrOldDraft *draft, const GByteArray *page, guint number)
{
  const guint8 *tags;

  return draft->tags->len == 0 && draft->from.page == number && draft->run == lines_of (page, &tags, NULL);
}

static GByteArray *
join (const CpdEhrOldDraft *draft)
{
  guint64 n = draft->tags->len;
  GByteArray *page = g_byte_array_sized_new ((guint) (sizeof n * (n + 1)) + draft->rest->len);

  g_byte_array_append (page, (const guint8 *) &n, sizeof n);
  g_byte_array_append (page, (const guint8 *) draft->tags->data, (guint) (n * sizeof (guint64)));
  return g_byte_array_append (page, draft->rest->data, draft->rest->len);
}

/**
 * cpd_ehr_old_draft_take:
 *
 * Returns: (transfer full) (nullable)
 */
GByteArray *
cpd_ehr_old_draft_take (CpdEhrOldDraft *draft, CpdEhrOld *old, guint number)
{
  const GByteArray *before = page_of (old, number);
  GByteArray *page = NULL;

  if (before == NULL || !is_page (draft, before, number))
    {
      copy_run (draft, old);
      page = join (draft);
    }
  if (page != NULL && before != NULL && page->len == before->len && memcmp (page->data, before->data, page->len) == 0)
    g_clear_pointer (&page, g_byte_array_unref);
  draft->run = 0;
  g_array_set_size (draft->tags, 0);
  g_byte_array_set_size (draft->rest, 0);
  forget_behind (old);
  return page;
}

/**
 * cpd_ehr_old_init:
 *
 * Of no file.
 */
void
cpd_ehr_old_init (CpdEhrOld *old, CpdEhrOldLoad load, gpointer data)
{
  *old = (CpdEhrOld){ .load = load, .data = data, .at_end = TRUE };
  old->held = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
}

/**
 * cpd_ehr_old_clear:
 *
 * Frees what it holds.
 */
void
cpd_ehr_old_clear (CpdEhrOld *old)
{
  g_clear_pointer (&old->held, g_ptr_array_unref);
  g_clear_pointer (&old->spare, g_byte_array_unref);
}

/**
 * cpd_ehr_old_begin:
 *
 * The lines of another file.
 */
void
cpd_ehr_old_begin (CpdEhrOld *old, gboolean trusted)
{
  g_ptr_array_set_size (old->held, 0);
  old->first = 0;
  old->at_end = !trusted;
  old->place = (CpdEhrOldPlace){ 0 };
  old->in_vain = 0;
}

static void
pass_until (CpdEhrOld *old, guint page, guint nth, CpdEhrOldFunc passed, gpointer data)
{
  CpdEhrOldPlace *place = &old->place;
  const GByteArray *body;
  CpdEhrOldLine line;

  while ((place->page < page || (place->page == page && place->nth < nth)) &&
         (body = page_of (old, place->page)) != NULL)
    {
      if (line_at (body, place, &line))
        {
          passed (&line, data);
          *place = behind (body, &line);
        }
      else
        *place = (CpdEhrOldPlace){ .page = place->page + 1 };
    }
}

static guint
how_far (const CpdEhrOld *old)
{
  if (old->in_vain <= LOOK_DOUBLED)
    return LOOK_FIRST << old->in_vain;
  return old->in_vain % LOOK_FAR_EVERY == 0 ? LOOK_FIRST << LOOK_DOUBLED : LOOK_NEAR;
}

/* Where the tag stands from the place on; only tags are looked at. */
static gboolean
find_tag (CpdEhrOld *old, guint64 tag, guint *page, guint *nth)
{
  guint far = how_far (old);
  const GByteArray *body;

  for (*page = old->place.page, *nth = old->place.nth; (body = page_of (old, *page)) != NULL; ++*page, *nth = 0)
    {
      const guint8 *tags;
      guint n = lines_of (body, &tags, NULL);

      for (; *nth < n; ++*nth)
        {
          if (far-- == 0)
            return FALSE;
          if (memcmp (tags + *nth * sizeof tag, &tag, sizeof tag) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* The line where the next one is expected; the place moves behind it when it has that tag, as most have. */
static gboolean
take_next (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line)
{
  const GByteArray *page = page_of (old, old->place.page);
  gboolean there = page != NULL && line_at (page, &old->place, line);

  if (page != NULL && !there)
    {
      old->place = (CpdEhrOldPlace){ .page = old->place.page + 1 };
      page = page_of (old, old->place.page);
      there = page != NULL && line_at (page, &old->place, line);
    }
  if (!there || line->tag != tag)
    return FALSE;
  old->place = behind (page, line);
  return TRUE;
}

/**
 * cpd_ehr_old_find:
 * @line: (out): valid until its page is let go of
 *
 * Returns: TRUE when it is there.
 */
gboolean
cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldFunc passed, gpointer data)
{
  guint page;
  guint nth;

  if (take_next (old, tag, line))
    {
      old->in_vain = 0;
      return TRUE;
    }
  if (!find_tag (old, tag, &page, &nth))
    {
      old->in_vain++;
      return FALSE;
    }
  old->in_vain = 0;
  pass_until (old, page, nth, passed, data);
  if (old->place.page < page)
    old->place = (CpdEhrOldPlace){ .page = page };
  return old->place.page == page && old->place.nth == nth && take_next (old, tag, line);
}

/**
 * cpd_ehr_old_end:
 *
 * The file is at its end, and no draft has lines of it.
 */
void
cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldFunc passed, gpointer data)
{
  while (page_of (old, old->place.page) != NULL)
    {
      pass_until (old, old->place.page + 1, 0, passed, data);
      forget_behind (old);
    }
}

/**
 * cpd_ehr_old_page_again:
 *
 * Returns: (transfer full) (nullable)
 */
GByteArray *
cpd_ehr_old_page_again (const GByteArray *page, CpdEhrOldTest func, gpointer data)
{
  GByteArray *changed = NULL;
  CpdEhrOldPlace place = { 0 };
  CpdEhrOldLine line;

  for (; line_at (page, &place, &line); place = behind (page, &line))
    {
      gsize again = (gsize) (line.keys - page->data) - HEAD_SIZE + G_STRUCT_OFFSET (CpdEhrOldHead, again);

      if (line.head.again == CPD_EHR_OLD_ALWAYS || !func (&line, data))
        continue;
      if (changed == NULL)
        changed = g_byte_array_append (g_byte_array_new (), page->data, page->len);
      changed->data[again] = CPD_EHR_OLD_ALWAYS;
    }
  return changed;
}
