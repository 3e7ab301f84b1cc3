/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-saved-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define HALF ".cp-half"

/* One at a time: two to one place would meet in the same half. */
static GMutex writing;

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      length -= (gsize) written;
    }
  return fsync (fd) == 0;
}

/* FALSE with errno. */
static gboolean
write_half (const char *half, const char *data, gsize length)
{
  int fd = g_open (half, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean whole = fd >= 0 && write_all (fd, data, length);
  int why = errno;

  if (fd >= 0 && close (fd) != 0 && whole)
    return FALSE;
  errno = why;
  return whole;
}

/* That it has its name now is on the disk, too, where the file system can. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("A folder could not be synchronised: %s", g_strerror (errno));
  close (fd);
}

/* What is written is another file beside it at first, which takes its place when it is whole and on the disk, and goes
 * when that fails. Its name is always the same, so that the next one takes away what was left by a program that was
 * killed: those of GLib and GIO have another name each time, and stay. The document portal of Flatpak, which gives a
 * folder with that one file, allows a file beside it that takes its place, and no links. */
static gboolean
write_beside (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *half = g_strconcat (path, HALF, NULL);
  gboolean written;
  int why;

  g_mutex_lock (&writing);
  g_unlink (half);
  written = write_half (half, data, length) && g_rename (half, path) == 0;
  why = errno;
  if (!written)
    g_unlink (half);
  g_mutex_unlock (&writing);
  if (written)
    {
      sync_folder (path);
      return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (why), g_strerror (why));
  return FALSE;
}

/* On another computer, also where FUSE shows it here: how files are replaced there is for GIO to know. */
static gboolean
write_far (GFile *file, gconstpointer data, gsize length, GError **error)
{
  gboolean was_there = g_file_query_exists (file, NULL);
  gboolean written = g_file_replace_contents (
      file, data, length, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);

  /* Half of it may be there by then. */
  if (!written && !was_there)
    g_file_delete (file, NULL, NULL);
  return written;
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_is_native (source) ? g_file_get_path (source) : NULL;
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
