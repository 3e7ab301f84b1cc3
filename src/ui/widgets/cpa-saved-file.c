/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-saved-file.h"

/* What is written is another file beside it at first, which takes its place when it is whole and on the disk, and goes
 * when that fails: GIO leaves half a file, or a hidden one. The document portal of Flatpak, which gives a folder with
 * that one file, allows a file beside it that takes its place, and no links. */
static gboolean
write_beside (const char *path, gconstpointer data, gsize length, GError **error)
{
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* On another computer, whose files have no path here: how they are replaced is for GIO to know. */
static gboolean
write_far (GFile *file, gconstpointer data, gsize length, GError **error)
{
  gboolean was_there = g_file_query_exists (file, NULL);
  gboolean written = g_file_replace_contents (
      file, data, length, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);

  if (!written && !was_there)
    g_file_delete (file, NULL, NULL);
  return written;
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (source);
  GError *error = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (task_data, &length);

  if (path != NULL ? write_beside (path, data, length, &error) : write_far (source, data, length, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cpa_saved_file_write_async (GFile *file, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, NULL, callback, user_data);

  g_task_set_source_tag (task, cpa_saved_file_write_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, write_thread);
}

gboolean
cpa_saved_file_write_finish (GFile *file, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
