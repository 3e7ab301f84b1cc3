/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-keys-rotate.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "cpd-private-file.h"
#include "cpd-secret.h"

#define KEY_SIZE 32

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "key file %s: %s", path, what);
  return FALSE;
}

static GKeyFile *
load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *wrong = cpd_private_file_wrong (path);

  if (wrong != NULL)
    fail (error, path, wrong);
  else if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, error))
    return g_steal_pointer (&file);
  return NULL;
}

/* Under the owner of before: whoever runs this may be root, who does not run the server. */
static gboolean
write_text (const char *unfinished, const char *path, const char *text)
{
  gsize size = strlen (text);
  GStatBuf before;
  gboolean fine;
  int fd;

  g_unlink (unfinished);
  fd = g_stat (path, &before) == 0 ? g_open (unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  if (fd < 0)
    return FALSE;
  fine = (before.st_uid == geteuid () || fchown (fd, before.st_uid, before.st_gid) == 0) &&
         write (fd, text, size) == (gssize) size && fsync (fd) == 0;
  return close (fd) == 0 && fine && g_rename (unfinished, path) == 0;
}

static gboolean
replace (GKeyFile *file, const char *path, GError **error)
{
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  char *text = g_key_file_to_data (file, NULL, NULL);
  gboolean written = write_text (unfinished, path, text);
  int fd;

  if (!written)
    {
      fail (error, path, g_strerror (errno));
      g_unlink (unfinished);
    }
  cpd_secret_free (text);
  fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return written;
}

static int
newest (GKeyFile *file, const char *group)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  guint n = names != NULL ? g_strv_length (names) : 0;

  return n > 0 ? (int) g_ascii_strtoll (names[n - 1], NULL, 10) : 0;
}

static guint
count (GKeyFile *file, const char *group)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);

  return names != NULL ? g_strv_length (names) : 0;
}

static gboolean
add (GKeyFile *file, const char *group, int id, const char *path, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%d", id);
  guchar key[KEY_SIZE];
  char text[sodium_base64_ENCODED_LEN (KEY_SIZE, sodium_base64_VARIANT_ORIGINAL)];

  if (id > CPD_KEY_MAX)
    return fail (error, path, "the numbers of its keys are used up");
  if (count (file, group) >= CPD_KEYS_IN_RING)
    return fail (error, path,
                 "has as many keys as it can hold, and all are in use: an old pepper goes when the last of its people"
                 " has logged in, or has no account any more");
  randombytes_buf (key, sizeof key);
  sodium_bin2base64 (text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
  g_key_file_set_string (file, group, name, text);
  sodium_memzero (key, sizeof key);
  sodium_memzero (text, sizeof text);
  return TRUE;
}

static gboolean
is_among (const GArray *ids, int id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, int, i) == id)
      return TRUE;
  return FALSE;
}

/* n_kept: so many of the newest stay in any case. */
static void
take_out (GKeyFile *file, const char *group, const GArray *in_use, guint n_kept)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  guint n = names != NULL ? g_strv_length (names) : 0;

  for (guint i = 0; i + n_kept < n; i++)
    if (!is_among (in_use, (int) g_ascii_strtoll (names[i], NULL, 10)))
      g_key_file_remove_key (file, group, names[i], NULL);
}

/**
 * cpd_keys_rotate_begin:
 */
gboolean
cpd_keys_rotate_begin (const char *path, const GArray *peppers_in_use, GError **error)
{
  g_autoptr (GKeyFile) file = load (path, error);
  int seal;
  int pepper;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  if (file == NULL)
    return FALSE;
  seal = newest (file, "seal") + 1;
  pepper = newest (file, "pepper") + 1;
  take_out (file, "pepper", peppers_in_use, 0);
  return add (file, "seal", seal, path, error) && add (file, "pepper", pepper, path, error) &&
         replace (file, path, error);
}

/**
 * cpd_keys_rotate_end:
 */
gboolean
cpd_keys_rotate_end (const char *path, const GArray *peppers_in_use, GError **error)
{
  g_autoptr (GKeyFile) file = load (path, error);

  if (file == NULL)
    return FALSE;
  take_out (file, "seal", NULL, 1);
  take_out (file, "pepper", peppers_in_use, 1);
  return replace (file, path, error);
}
