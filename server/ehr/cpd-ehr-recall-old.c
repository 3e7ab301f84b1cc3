/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall-old.h"

#include <string.h>

/* How far is looked ahead for a line that is not the next one: further each time that it was in vain, as after lines
 * that went. */
#define LOOK_FIRST 256
#define LOOK_DOUBLED 6

/**
 * cpd_ehr_old_line_size:
 *
 * Returns: bytes in a page.
 */
gsize
cpd_ehr_old_line_size (const CpdEhrOldLine *line)
{
  return CPD_EHR_OLD_LINE_SIZE + line->n_keys * sizeof (gsize) + line->n_asked * sizeof (guint32);
}

/**
 * cpd_ehr_old_line_key:
 *
 * Returns: a row that the line names.
 */
gsize
cpd_ehr_old_line_key (const guint8 *bytes, guint i)
{
  gsize key;

  memcpy (&key, bytes + CPD_EHR_OLD_LINE_SIZE + i * sizeof key, sizeof key);
  return key;
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

/* (nullable): the line at a place, which moves on to the next page when it must. */
static const guint8 *
line_at (const CpdEhrOld *old, guint *page, gsize *at, CpdEhrOldLine *line)
{
  while (old->pages != NULL && *page < old->pages->len)
    {
      gsize size;
      const guint8 *body = g_bytes_get_data (g_ptr_array_index (old->pages, *page), &size);

      if (*at + CPD_EHR_OLD_LINE_SIZE <= size)
        {
          memcpy (line, body + *at, CPD_EHR_OLD_LINE_SIZE);
          if (*at + cpd_ehr_old_line_size (line) <= size)
            return body + *at;
        }
      ++*page;
      *at = 0;
    }
  return NULL;
}

static void
pass_until (CpdEhrOld *old, guint page, gsize at, CpdEhrOldPassed passed, gpointer data)
{
  const guint8 *bytes;
  CpdEhrOldLine line;

  while ((bytes = line_at (old, &old->page, &old->at, &line)) != NULL &&
         (old->page < page || (old->page == page && old->at < at)))
    {
      passed (bytes, &line, data);
      old->at += cpd_ehr_old_line_size (&line);
    }
}

/**
 * cpd_ehr_old_find:
 *
 * Returns: (nullable): the line in its page.
 */
const guint8 *
cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldPassed passed, gpointer data)
{
  guint far = LOOK_FIRST << MIN (old->in_vain, LOOK_DOUBLED);
  guint page = old->page;
  gsize at = old->at;
  const guint8 *bytes;

  for (guint i = 0; i < far && (bytes = line_at (old, &page, &at, line)) != NULL; i++)
    {
      if (line->tag == tag)
        {
          pass_until (old, page, at, passed, data);
          old->page = page;
          old->at = at + cpd_ehr_old_line_size (line);
          old->in_vain = 0;
          return bytes;
        }
      at += cpd_ehr_old_line_size (line);
    }
  old->in_vain++;
  return NULL;
}

/**
 * cpd_ehr_old_end:
 *
 * The file is at its end.
 */
void
cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldPassed passed, gpointer data)
{
  pass_until (old, G_MAXUINT, 0, passed, data);
  g_clear_pointer (&old->pages, g_ptr_array_unref);
}
