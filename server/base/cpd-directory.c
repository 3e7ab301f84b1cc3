/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-directory.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/**
 * cpd_directory_sync:
 */
gboolean
cpd_directory_sync (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean fine = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return fine;
}

/**
 * cpd_directory_remove:
 */
void
cpd_directory_remove (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}
