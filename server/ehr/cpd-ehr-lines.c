/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define CHUNK_AFTER_SKIP (8 * 1024) /* and then twice as much each time: mostly there is something to skip again */

struct _CpdEhrLines
{
  int fd;
  gsize max_length;
  gsize chunk;        /* to be read next */
  GByteArray *buffer; /* (owned) */
  goffset before;     /* bytes of the file that are in front of the buffer */
  gsize start;        /* of what has not been given out yet */
  gsize searched;     /* from start: no newline before this */
  gboolean at_end;
  gboolean skipping; /* the rest of a line that is too long */
};

/**
 * cpd_ehr_lines_new:
 * @fd: (transfer full): open for reading
 * @max_length: of a line, in bytes
 *
 * Returns: (transfer full)
 */
CpdEhrLines *
cpd_ehr_lines_new (int fd, gsize max_length)
{
  CpdEhrLines *lines = g_new0 (CpdEhrLines, 1);

  lines->fd = fd;
  lines->chunk = CHUNK;
  lines->max_length = max_length;
  lines->buffer = g_byte_array_new ();
  return lines;
}

/**
 * cpd_ehr_lines_free:
 * @lines: (nullable):
 */
void
cpd_ehr_lines_free (CpdEhrLines *lines)
{
  if (lines == NULL)
    return;
  close (lines->fd);
  g_byte_array_unref (lines->buffer);
  g_free (lines);
}

static gboolean
read_more (CpdEhrLines *lines)
{
  gsize old;
  gssize got;

  if (lines->start > 0)
    {
      g_byte_array_remove_range (lines->buffer, 0, lines->start);
      lines->before += lines->start;
      lines->start = 0;
    }
  old = lines->buffer->len;
  g_byte_array_set_size (lines->buffer, old + lines->chunk);
  do
    got = read (lines->fd, lines->buffer->data + old, lines->chunk);
  while (got < 0 && errno == EINTR);
  g_byte_array_set_size (lines->buffer, old + MAX (got, 0));
  lines->at_end = got == 0;
  lines->chunk = MIN (2 * lines->chunk, CHUNK);
  return got >= 0;
}

/* Gives out what stands before the newline (or, without one, all there is). */
static CpdEhrLinesResult
take (CpdEhrLines *lines, const guint8 *newline, const char **text, gsize *length)
{
  const guint8 *begin = lines->buffer->data + lines->start;
  gsize size = newline != NULL ? (gsize) (newline - begin) : lines->buffer->len - lines->start;
  gboolean skipped = lines->skipping || size > lines->max_length;

  lines->start += size + (newline != NULL ? 1 : 0);
  lines->searched = 0;
  lines->skipping = FALSE;
  *text = (const char *) begin;
  *length = size;
  if (skipped)
    return CPD_EHR_LINES_TOO_LONG;
  return newline != NULL ? CPD_EHR_LINES_LINE : CPD_EHR_LINES_LAST;
}

/**
 * cpd_ehr_lines_offset:
 *
 * Returns: a number of bytes.
 */
goffset
cpd_ehr_lines_offset (const CpdEhrLines *lines)
{
  return lines->before + (goffset) lines->start;
}

/**
 * cpd_ehr_lines_next:
 *
 * Returns: what came next; @text and @length with CPD_EHR_LINES_LINE and CPD_EHR_LINES_LAST.
 */
CpdEhrLinesResult
cpd_ehr_lines_next (CpdEhrLines *lines, const char **text, gsize *length)
{
  for (;;)
    {
      gsize size = lines->buffer->len - lines->start;
      const guint8 *begin = size > 0 ? lines->buffer->data + lines->start : NULL;
      const guint8 *newline =
          size > lines->searched ? memchr (begin + lines->searched, '\n', size - lines->searched) : NULL;

      if (newline != NULL)
        return take (lines, newline, text, length);
      lines->searched = size;
      if (size > lines->max_length)
        {
          lines->skipping = TRUE;
          g_byte_array_set_size (lines->buffer, lines->start);
          lines->before += size;
          lines->searched = 0;
        }
      if (lines->at_end)
        return size > 0 || lines->skipping ? take (lines, NULL, text, length) : CPD_EHR_LINES_END;
      if (!read_more (lines))
        return CPD_EHR_LINES_FAILED;
    }
}

/**
 * cpd_ehr_lines_skip:
 * @bytes: lines that are left out, up to and with their newlines; the last one of a file may have none
 *
 * What cannot be skipped is read.
 */
void
cpd_ehr_lines_skip (CpdEhrLines *lines, goffset bytes)
{
  gsize left = lines->buffer->len - lines->start;

  if (bytes <= (goffset) left)
    lines->start += (gsize) bytes;
  else if (lseek (lines->fd, bytes - (goffset) left, SEEK_CUR) >= 0)
    {
      lines->before += (goffset) lines->start + bytes;
      lines->start = 0;
      g_byte_array_set_size (lines->buffer, 0);
      lines->at_end = FALSE;
      lines->chunk = CHUNK_AFTER_SKIP;
    }
  if (bytes > 0)
    lines->searched = 0;
}
