/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-keep.h"

#include <glib/gstdio.h>

#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"

static gboolean
keep_one (const CpdEhrSync *sync, CpdDb *reader, const char *directory, gint64 row, CpdEhrAttachment *attachment,
          GError **error)
{
  g_autoptr (GError) failed = NULL;
  gsize size;
  const void *bytes = g_bytes_get_data (attachment->data, &size);

  if (row != 0)
    attachment->file = cpd_store_attachment_file (reader, row, attachment->hash, &failed);
  if (attachment->file == NULL && failed == NULL)
    attachment->file = cpd_seal_file_write (sync->keys, directory, bytes, size, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  g_clear_pointer (&attachment->data, g_bytes_unref);
  return TRUE;
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
