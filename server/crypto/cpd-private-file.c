/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-private-file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cp-error.h"
#include "cpd-token.h"

/* systemd.exec(5): a credential of a unit with a user of its own is given to that user by an access control list, whose
 * mask shows as what a group may read. The directory is of that user alone. */
static gboolean
is_credential (const char *path)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *parent = g_path_get_dirname (path);

  return directory != NULL && *directory != '\0' && strcmp (parent, directory) == 0;
}

/**
 * cpd_private_file_wrong:
 *
 * Returns: (nullable): the reason why the file must not be used.
 */
const char *
cpd_private_file_wrong (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return g_strerror (errno);
  if (!S_ISREG (info.st_mode))
    return "is not a regular file";
  if ((info.st_mode & (S_IRWXG | S_IRWXO) & ~(is_credential (path) ? S_IRGRP : 0)) != 0)
    return "others can read it: chmod 600";
  return NULL;
}

/**
 * cpd_private_file_read:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_private_file_read (const char *path, gsize max, GError **error)
{
  const char *wrong = cpd_private_file_wrong (path);
  char *text = NULL;
  gsize size = 0;

  if (wrong == NULL && !g_file_get_contents (path, &text, &size, NULL))
    wrong = "cannot be read";
  if (wrong == NULL && (size == 0 || size > max || memchr (text, '\0', size) != NULL))
    wrong = "is empty, too large, or not a text";
  if (wrong == NULL)
    return g_strstrip (text);
  cpd_secret_free (text);
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "%s: %s", path, wrong);
  return NULL;
}
