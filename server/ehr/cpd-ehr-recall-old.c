/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall-old.h"

#include <string.h>

#include "cpd-ehr-names.h"

/* How far is looked ahead for a line that is not the next one: further each time that it was in vain, as after lines
 * that went. When that does not help the file is another one, and it is looked far only now and then. */
#define LOOK_FIRST 256
#define LOOK_DOUBLED 6
#define LOOK_NEAR 8
#define LOOK_FAR_EVERY 512

#define HEAD_SIZE 4
G_STATIC_ASSERT (sizeof (CpdEhrOldHead) == HEAD_SIZE);

static gboolean
is_by_order (const GArray *asked)
{
  for (guint i = 0; i < asked->len; i++)
    if (g_array_index (asked, guint32, i) == CPD_EHR_NAMES_BY_ORDER)
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_old_line_set:
 *
 * What cannot be kept is read again.
 */
void
cpd_ehr_old_line_set (CpdEhrOldLine *line, const GArray *keys, const GArray *asked)
{
  CpdEhrOldHead *head = &line->head;

  if (asked->len > G_MAXUINT8 || is_by_order (asked))
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
cpd_ehr_old_draft_add (CpdEhrOldDraft *draft, const CpdEhrOldLine *line)
{
  g_array_append_val (draft->tags, line->tag);
  g_byte_array_append (draft->rest, (const guint8 *) &line->head, HEAD_SIZE);
  g_byte_array_append (draft->rest, line->keys, line->head.n_keys * sizeof (gsize));
  g_byte_array_append (draft->rest, line->asked, line->head.n_asked * sizeof (guint32));
}

/**
 * cpd_ehr_old_draft_copy:
 * @line: of a page
 *
 * The same line once more.
 */
void
cpd_ehr_old_draft_copy (CpdEhrOldDraft *draft, const CpdEhrOldLine *line)
{
  const guint8 *head = line->keys - HEAD_SIZE;
  const guint8 *end = line->asked + line->head.n_asked * sizeof (guint32);

  g_array_append_val (draft->tags, line->tag);
  g_byte_array_append (draft->rest, head, (guint) (end - head));
}

/**
 * cpd_ehr_old_draft_take:
 *
 * Returns: (transfer full)
 */
GByteArray *
cpd_ehr_old_draft_take (CpdEhrOldDraft *draft)
{
  guint64 n = draft->tags->len;
  GByteArray *page = g_byte_array_sized_new ((guint) (sizeof n * (n + 1)) + draft->rest->len);

  g_byte_array_append (page, (const guint8 *) &n, sizeof n);
  g_byte_array_append (page, (const guint8 *) draft->tags->data, (guint) (n * sizeof (guint64)));
  g_byte_array_append (page, draft->rest->data, draft->rest->len);
  g_array_set_size (draft->tags, 0);
  g_byte_array_set_size (draft->rest, 0);
  return page;
}

/* How many lines a page has, 0 when it is none; *tags and *first (nullable): where they are in it. */
static guint
lines_of (GBytes *page, const guint8 **tags, gsize *first)
{
  gsize size;
  const guint8 *body = g_bytes_get_data (page, &size);
  guint64 n = 0;

  if (size >= sizeof n)
    memcpy (&n, body, sizeof n);
  if (n > size / sizeof n || (n + 1) * sizeof n > size)
    n = 0;
  *tags = body + sizeof n;
  if (first != NULL)
    *first = (gsize) (n + 1) * sizeof n;
  return (guint) n;
}

/* The line that stands there. FALSE: the page ends before. */
static gboolean
line_at (GBytes *page, const CpdEhrOldPlace *place, CpdEhrOldLine *line)
{
  const guint8 *tags;
  gsize first;
  gsize size;
  const guint8 *body = g_bytes_get_data (page, &size);
  guint n = lines_of (page, &tags, &first);
  gsize at = place->nth == 0 ? first : place->at;

  if (place->nth >= n || at + HEAD_SIZE > size)
    return FALSE;
  memcpy (&line->tag, tags + place->nth * sizeof line->tag, sizeof line->tag);
  memcpy (&line->head, body + at, HEAD_SIZE);
  line->keys = body + at + HEAD_SIZE;
  line->asked = line->keys + line->head.n_keys * sizeof (gsize);
  return line->asked + line->head.n_asked * sizeof (guint32) <= body + size;
}

/* place: of line, which is in that page; it moves behind it. */
static void
move_behind (GBytes *page, const CpdEhrOldLine *line, CpdEhrOldPlace *place)
{
  const guint8 *end = line->asked + line->head.n_asked * sizeof (guint32);

  place->nth++;
  place->at = (gsize) (end - (const guint8 *) g_bytes_get_data (page, NULL));
}

/**
 * cpd_ehr_old_begin:
 *
 * The lines of another file.
 */
void
cpd_ehr_old_begin (CpdEhrOld *old, GPtrArray *pages)
{
  g_clear_pointer (&old->pages, g_ptr_array_unref);
  *old = (CpdEhrOld){ .pages = pages };
}

static void
pass_until (CpdEhrOld *old, guint page, guint nth, CpdEhrOldFunc passed, gpointer data)
{
  CpdEhrOldPlace *place = &old->place;
  CpdEhrOldLine line;

  while (old->pages != NULL && place->page < old->pages->len &&
         (place->page < page || (place->page == page && place->nth < nth)))
    {
      GBytes *body = g_ptr_array_index (old->pages, place->page);

      if (line_at (body, place, &line))
        {
          passed (&line, data);
          move_behind (body, &line, place);
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
find_tag (const CpdEhrOld *old, guint64 tag, guint *page, guint *nth)
{
  guint far = how_far (old);

  for (*page = old->place.page, *nth = old->place.nth; old->pages != NULL && *page < old->pages->len; ++*page, *nth = 0)
    {
      const guint8 *tags;
      guint n = lines_of (g_ptr_array_index (old->pages, *page), &tags, NULL);

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

/* Most lines stand where they are expected. */
static gboolean
is_next (const CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line)
{
  return old->pages != NULL && old->place.page < old->pages->len &&
         line_at (g_ptr_array_index (old->pages, old->place.page), &old->place, line) && line->tag == tag;
}

/**
 * cpd_ehr_old_find:
 * @line: (out): valid as long as the pages
 *
 * Returns: TRUE when it is there.
 */
gboolean
cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldFunc passed, gpointer data)
{
  guint page = old->place.page;
  guint nth;

  if (is_next (old, tag, line))
    {
      old->in_vain = 0;
      move_behind (g_ptr_array_index (old->pages, page), line, &old->place);
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
  if (old->place.page != page || old->place.nth != nth ||
      !line_at (g_ptr_array_index (old->pages, page), &old->place, line))
    return FALSE;
  move_behind (g_ptr_array_index (old->pages, page), line, &old->place);
  return TRUE;
}

/**
 * cpd_ehr_old_end:
 *
 * The file is at its end.
 */
void
cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldFunc passed, gpointer data)
{
  pass_until (old, G_MAXUINT, 0, passed, data);
  g_clear_pointer (&old->pages, g_ptr_array_unref);
}

/**
 * cpd_ehr_old_page_again:
 *
 * Returns: (transfer full) (nullable)
 */
GByteArray *
cpd_ehr_old_page_again (GBytes *page, CpdEhrOldTest func, gpointer data)
{
  GByteArray *changed = NULL;
  const guint8 *body = g_bytes_get_data (page, NULL);
  CpdEhrOldPlace place = { 0 };
  CpdEhrOldLine line;

  for (; line_at (page, &place, &line); move_behind (page, &line, &place))
    {
      gsize again = (gsize) (line.keys - body) - HEAD_SIZE + G_STRUCT_OFFSET (CpdEhrOldHead, again);

      if (line.head.again == CPD_EHR_OLD_ALWAYS || !func (&line, data))
        continue;
      if (changed == NULL)
        changed = g_byte_array_append (g_byte_array_new (), body, g_bytes_get_size (page));
      changed->data[again] = CPD_EHR_OLD_ALWAYS;
    }
  return changed;
}
