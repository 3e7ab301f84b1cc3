/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-keep.h"

#include <glib/gstdio.h>

#include "cpd-result.h"
#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"

/* The file that the row has of these bytes already, written again when it is gone. *file: (out) (transfer full): NULL:
 * it has none. */
static gboolean
keep_known (const CpdEhrSync *sync, CpdDb *reader, const char *directory, gint64 row,
            const CpdEhrAttachment *attachment, char **file, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *path = NULL;
  gsize size;
  const void *bytes = g_bytes_get_data (attachment->data, &size);

  *file = cpd_store_attachment_file (reader, row, attachment->hash, &failed);
  if (*file != NULL)
    path = g_build_filename (directory, *file, NULL);
  if (path != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    cpd_seal_file_again (sync->keys, directory, *file, bytes, size, &failed);
  return cpd_result (&failed, error);
}

static gboolean
keep_one (const CpdEhrSync *sync, CpdDb *reader, const char *directory, gint64 row, CpdEhrAttachment *attachment,
          GError **error)
{
  gsize size;
  const void *bytes = g_bytes_get_data (attachment->data, &size);

  if (row != 0 && !keep_known (sync, reader, directory, row, attachment, &attachment->file, error))
    return FALSE;
  if (attachment->file == NULL)
    attachment->file = cpd_seal_file_write (sync->keys, directory, bytes, size, error);
  g_clear_pointer (&attachment->data, g_bytes_unref);
  return attachment->file != NULL;
}

/**
 * cpd_ehr_keep_attachments:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_keep_attachments (const CpdEhrSync *sync, CpdDb *reader, gint64 row, CpdEhrItem *item, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (sync->config->database);

  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    if (!keep_one (sync, reader, directory, row, g_ptr_array_index (item->attachments, i), error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_keep_missing:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_keep_missing (const CpdEhrSync *sync, CpdDb *reader, gint64 row, const CpdEhrItem *item, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (sync->config->database);

  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    {
      g_autofree char *file = NULL;

      if (!keep_known (sync, reader, directory, row, g_ptr_array_index (item->attachments, i), &file, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_keep_sweep:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_keep_sweep (const CpdConfig *config, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (config->database);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  g_autoptr (CpdDb) db = NULL;
  const char *name;

  if (dir == NULL)
    return TRUE;
  db = cpd_db_open (config->database, CPD_DB_READER, error);
  if (db == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      gboolean known;

      if (!cpd_seal_file_is_name (name))
        continue;
      if (!cpd_store_attachment_is_known (db, name, &known, error))
        return FALSE;
      if (!known)
        g_unlink (path);
    }
  return TRUE;
}
