/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-private-files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define NAME_MAX_CHARS 80

/* (transfer full): of this program alone; the demo has another one. */
static char *
get_directory (void)
{
  GApplication *application = g_application_get_default ();
  const char *id = application != NULL ? g_application_get_application_id (application) : NULL;

  return g_build_filename (g_get_user_runtime_dir (), id != NULL ? id : g_get_prgname (), "attachments", NULL);
}

/* What a title has that a name of a file may not have, or that leads elsewhere, is left out. */
char *
cpa_private_files_name (const char *title, const char *ending)
{
  g_autofree char *name = g_utf8_substring (title != NULL ? title : "", 0,
                                            MIN (g_utf8_strlen (title != NULL ? title : "", -1), NAME_MAX_CHARS));

  for (char *at = name; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) || strchr ("/\\:*?\"<>|", *at) != NULL || (*at == '.' && at == name))
      *at = '_';
  if (*name == '\0')
    return ending != NULL ? g_strconcat ("bijlage.", ending, NULL) : g_strdup ("bijlage");
  if (ending == NULL || (strrchr (name, '.') != NULL && g_ascii_strcasecmp (strrchr (name, '.') + 1, ending) == 0))
    return g_steal_pointer (&name);
  return g_strconcat (name, ".", ending, NULL);
}

GFile *
cpa_private_files_add (GBytes *bytes, const char *title, const char *ending, GError **error)
{
  g_autofree char *parent = get_directory ();
  g_autofree char *directory = g_build_filename (parent, "XXXXXX", NULL);
  g_autofree char *name = cpa_private_files_name (title, ending);
  g_autofree char *path = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdtemp_full (directory, 0700) == NULL)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  path = g_build_filename (directory, name, NULL);
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_file_new_for_path (path);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    directory = g_dir_open (path, 0, NULL);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
cpa_private_files_remove (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *own = g_path_get_dirname (path);
  g_autofree char *parent = g_path_get_dirname (own);

  remove_tree (own);
  g_rmdir (parent);
}

void
cpa_private_files_remove_all (void)
{
  g_autofree char *directory = get_directory ();

  remove_tree (directory);
}
