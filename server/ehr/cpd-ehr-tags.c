/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-tags.h"

#include <gio/gio.h>

#include "cpd-ehr-later.h"
#include "cpd-ehr-recall.h"
#include "cpd-ehr-wanted.h"
#include "cpd-quick-tag.h"

typedef struct
{
  guint64 tag;
  guint32 length;
  gboolean left; /* nothing of it is read in the second pass */
} Line;

typedef struct
{
  GArray *lines; /* (owned) of Line */
  goffset end;   /* bytes of them */
} File;

struct _CpdEhrTags
{
  CpdEhrRun *run; /* (borrowed) */
  CpdQuickTag quick;
  CpdEhrWanted wanted;        /* of the second pass */
  GHashTable *files;          /* path -> File */
  const CpdEhrReader *reader; /* (borrowed) (nullable): of the second pass */
  char *path;                 /* (owned) (nullable): of file */
  File *file;                 /* (nullable): the newest that was asked for */
  const Line *awaited;        /* (nullable): it is to be read, and was judged */
  gboolean changed;
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_array_unref (file->lines);
  g_free (file);
}

/**
 * cpd_ehr_tags_new:
 *
 * Returns: (transfer full)
 */
CpdEhrTags *
cpd_ehr_tags_new (CpdEhrRun *run)
{
  CpdEhrTags *tags = g_new0 (CpdEhrTags, 1);

  tags->run = run;
  tags->wanted.types = cpd_ehr_sync_types;
  tags->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  cpd_quick_tag_init (&tags->quick, run->sync->keys, CPD_EHR_RECALL_TAG);
  return tags;
}

/**
 * cpd_ehr_tags_free:
 * @tags: (nullable):
 */
void
cpd_ehr_tags_free (CpdEhrTags *tags)
{
  if (tags == NULL)
    return;
  g_hash_table_unref (tags->files);
  g_free (tags->path);
  g_free (tags);
}

/* Lines come file by file. */
static void
turn_to (CpdEhrTags *tags, const char *path)
{
  if (g_strcmp0 (path, tags->path) == 0)
    return;
  g_free (tags->path);
  tags->path = g_strdup (path);
  tags->file = g_hash_table_lookup (tags->files, path);
}

/**
 * cpd_ehr_tags_note:
 */
void
cpd_ehr_tags_note (CpdEhrTags *tags, const char *path, goffset offset, const char *text, gsize length)
{
  Line line = { .length = (guint32) length };

  /* Another file than one of lines is read whole in each pass. */
  if (!tags->run->trusts || g_str_has_suffix (path, ".json"))
    return;
  turn_to (tags, path);
  if (tags->file == NULL)
    {
      tags->file = g_new0 (File, 1);
      tags->file->lines = g_array_new (FALSE, FALSE, sizeof (Line));
      g_hash_table_insert (tags->files, g_strdup (path), tags->file);
    }
  if (tags->file->end != offset)
    return;
  line.left = cpd_ehr_wanted_leaves (&tags->wanted, text, length);
  if (!line.left)
    line.tag = cpd_quick_tag (&tags->quick, text, length);
  g_array_append_val (tags->file->lines, line);
  tags->file->end += (goffset) length + 1;
}

/* TRUE when the line is left alone. What is odd is told in each run, also of such a line. */
static gboolean
is_recalled (CpdEhrTags *tags, const char *path, guint64 tag)
{
  const CpdQuarantined *odd;
  CpdQuarantined here;

  if (!cpd_ehr_recall_line (tags->run->recall, path, tag, &odd))
    return FALSE;
  if (odd == NULL)
    return TRUE;
  here = *odd;
  here.place = cpd_ehr_reader_place (tags->reader);
  cpd_ehr_run_odd (tags->run, &here);
  g_free (here.place);
  return TRUE;
}

/* CpdEhrReaderSkip */
static gboolean
skip_cb (const char *path, guint nth, gsize *length, gpointer data)
{
  CpdEhrTags *tags = data;
  const Line *line;

  tags->changed = tags->changed || tags->awaited != NULL;
  turn_to (tags, path);
  if (tags->changed || tags->file == NULL || nth > tags->file->lines->len)
    return FALSE;
  line = &g_array_index (tags->file->lines, Line, nth - 1);
  *length = line->length;
  if (line->left || is_recalled (tags, path, line->tag))
    return TRUE;
  tags->awaited = line;
  return FALSE;
}

/* CpdEhrReaderLine */
static gboolean
line_cb (const char *path, const char *text, gsize length, gpointer data)
{
  CpdEhrTags *tags = data;
  const Line *awaited = g_steal_pointer (&tags->awaited);
  guint64 tag = cpd_quick_tag (&tags->quick, text, length);

  if (awaited == NULL)
    return is_recalled (tags, path, tag);
  tags->changed = tags->changed || awaited->tag != tag || awaited->length != length;
  return FALSE;
}

/**
 * cpd_ehr_tags_follow:
 */
void
cpd_ehr_tags_follow (CpdEhrTags *tags, CpdEhrReader *reader)
{
  tags->reader = reader;
  cpd_ehr_reader_set_skip (reader, skip_cb, tags);
  cpd_ehr_reader_set_line (reader, line_cb, tags);
}

/**
 * cpd_ehr_tags_check:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_tags_check (const CpdEhrTags *tags, GError **error)
{
  if (!tags->changed && tags->awaited == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, CPD_EHR_CHANGED_MEANWHILE);
  return FALSE;
}
