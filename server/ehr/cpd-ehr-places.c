/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-places.h"

#include <errno.h>
#include <unistd.h>

#include "cpd-ehr-files.h"

/* A directory may have a file for each client. */
#define OPEN_MAX 16

typedef struct
{
  char *path;
  int fd; /* -1: not open */
} File;

struct _CpdEhrPlaces
{
  const char *directory;    /* (borrowed) */
  const CpdQuickTag *quick; /* (borrowed) */
  GArray *files;            /* (owned) of File, as they were met */
  guint open;
  GByteArray *line; /* (owned) */
  gboolean changed;
};

/**
 * cpd_ehr_places_new:
 *
 * Returns: (transfer full)
 */
CpdEhrPlaces *
cpd_ehr_places_new (const char *directory, const CpdQuickTag *quick)
{
  CpdEhrPlaces *places = g_new0 (CpdEhrPlaces, 1);

  places->directory = directory;
  places->quick = quick;
  places->files = g_array_new (FALSE, FALSE, sizeof (File));
  places->line = g_byte_array_new ();
  return places;
}

static void
close_all (CpdEhrPlaces *places)
{
  for (guint i = 0; i < places->files->len; i++)
    {
      File *file = &g_array_index (places->files, File, i);

      if (file->fd >= 0)
        close (file->fd);
      file->fd = -1;
    }
  places->open = 0;
}

/**
 * cpd_ehr_places_free:
 * @places: (nullable):
 */
void
cpd_ehr_places_free (CpdEhrPlaces *places)
{
  if (places == NULL)
    return;
  close_all (places);
  for (guint i = 0; i < places->files->len; i++)
    g_free (g_array_index (places->files, File, i).path);
  g_array_unref (places->files);
  g_byte_array_unref (places->line);
  g_free (places);
}

/**
 * cpd_ehr_places_file:
 *
 * Lines come file by file, so only the newest is looked at.
 *
 * Returns: its number.
 */
guint32
cpd_ehr_places_file (CpdEhrPlaces *places, const char *path)
{
  File file = { NULL, -1 };
  guint n = places->files->len;

  if (n > 0 && g_str_equal (g_array_index (places->files, File, n - 1).path, path))
    return n - 1;
  file.path = g_strdup (path);
  g_array_append_val (places->files, file);
  return n;
}

/* -1 when it cannot be opened. */
static int
open_file (CpdEhrPlaces *places, File *file)
{
  if (file->fd >= 0)
    return file->fd;
  if (places->open == OPEN_MAX)
    close_all (places);
  file->fd = cpd_ehr_files_open (places->directory, file->path, NULL);
  places->open += file->fd >= 0;
  return file->fd;
}

static gboolean
read_all (int fd, goffset offset, GByteArray *line)
{
  gsize at = 0;

  while (at < line->len)
    {
      gssize got = pread (fd, line->data + at, line->len - at, offset + (goffset) at);

      if (got == 0 || (got < 0 && errno != EINTR))
        return FALSE;
      at += (gsize) MAX (got, 0);
    }
  return TRUE;
}

/**
 * cpd_ehr_places_read:
 *
 * Returns: (transfer none) (nullable)
 */
const char *
cpd_ehr_places_read (CpdEhrPlaces *places, const CpdEhrPlace *place)
{
  int fd = open_file (places, &g_array_index (places->files, File, place->file));

  g_byte_array_set_size (places->line, place->length);
  if (fd >= 0 && read_all (fd, place->offset, places->line) &&
      cpd_quick_tag (places->quick, places->line->data, place->length) == place->tag)
    return (const char *) places->line->data;
  places->changed = TRUE;
  return NULL;
}

/**
 * cpd_ehr_places_changed:
 *
 * Returns: TRUE when cpd_ehr_places_read() returned NULL.
 */
gboolean
cpd_ehr_places_changed (const CpdEhrPlaces *places)
{
  return places->changed;
}
