/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-seal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "cpd-directory.h"
#include "cpd-token.h"

/* A sealed file: the number of its key (1 byte), the header of the stream, then pieces of at most CHUNK bytes, each
 * with its tag. The last one is marked, so that a file that was cut off is told from a whole one; the name is
 * authenticated with each, so that no two files can be exchanged. */
#define PURPOSE "file"
#define CHUNK (64 * 1024)
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES

static gboolean
fail_write (const char *path, GError **error)
{
  g_set_error (error, CP_ERROR, CP_ERROR_SERVER_FULL, "%s cannot be written: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int fd, const guchar *data, gsize size)
{
  while (size > 0)
    {
      gssize done = write (fd, data, size);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0)
        return FALSE;
      data += done;
      size -= done;
    }
  return TRUE;
}

static gboolean
write_stream (const CpdKeys *keys, int fd, const char *name, const guchar *data, gsize size)
{
  crypto_secretstream_xchacha20poly1305_state state;
  guchar head[1 + HEADER];
  guchar key[CPD_HASH_SIZE];
  g_autofree guchar *sealed = g_malloc (CHUNK + EXTRA);
  gboolean fine;

  head[0] = (guchar) cpd_keys_derive (keys, 0, PURPOSE, key);
  crypto_secretstream_xchacha20poly1305_init_push (&state, head + 1, key);
  sodium_memzero (key, sizeof key);
  fine = write_all (fd, head, sizeof head);
  for (gsize at = 0; fine; at += CHUNK)
    {
      gsize length = MIN (CHUNK, size - at);
      gboolean last = at + length == size;

      crypto_secretstream_xchacha20poly1305_push (
          &state, sealed, NULL, data + at, length, (const guchar *) name, strlen (name),
          last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
      fine = write_all (fd, sealed, length + EXTRA);
      if (last)
        break;
    }
  sodium_memzero (&state, sizeof state);
  return fine;
}

/**
 * cpd_seal_file_is_name:
 * @name: (nullable):
 *
 * Returns: TRUE for letters, digits, - and _.
 */
gboolean
cpd_seal_file_is_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      return FALSE;
  return TRUE;
}

/* Sealed for that name, and on disk, under path, which is new. */
static gboolean
write_file (const CpdKeys *keys, const char *directory, const char *path, const char *name, const void *data,
            gsize size, GError **error)
{
  gboolean fine;
  int fd;

  fd = g_mkdir_with_parents (directory, 0700) == 0 ? g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  if (fd < 0)
    return fail_write (path, error);
  fine = write_stream (keys, fd, name, data, size) && fsync (fd) == 0;
  if (!fine)
    fail_write (path, error);
  if (close (fd) != 0 && fine)
    fine = fail_write (path, error);
  if (!fine)
    g_unlink (path);
  return fine;
}

/**
 * cpd_seal_file_write:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_seal_file_write (const CpdKeys *keys, const char *directory, const void *data, gsize size, GError **error)
{
  g_autofree char *name = cpd_token_new_id ();
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (!write_file (keys, directory, path, name, data, size, error))
    return NULL;
  if (cpd_directory_sync (directory))
    return g_steal_pointer (&name);
  fail_write (directory, error);
  g_unlink (path);
  return NULL;
}

/**
 * cpd_seal_file_again:
 *
 * Under a name of its own first: one that broke off must not be taken for the file.
 */
gboolean
cpd_seal_file_again (const CpdKeys *keys, const char *directory, const char *name, const void *data, gsize size,
                     GError **error)
{
  g_autofree char *other = cpd_token_new_id ();
  g_autofree char *unfinished = g_build_filename (directory, other, NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (!write_file (keys, directory, unfinished, name, data, size, error))
    return FALSE;
  if (g_rename (unfinished, path) == 0 && cpd_directory_sync (directory))
    return TRUE;
  g_unlink (unfinished);
  return fail_write (path, error);
}

static GBytes *
fail_read (GError **error, const char *name, const char *reason)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "the sealed file %s %s", name, reason);
  return NULL;
}

static GBytes *
open_stream (const CpdKeys *keys, const char *name, const guchar *sealed, gsize size)
{
  crypto_secretstream_xchacha20poly1305_state state;
  guchar key[CPD_HASH_SIZE];
  g_autofree guchar *data = g_malloc (size);
  gsize at = 1 + HEADER;
  gsize length = 0;
  guchar tag = 0;
  gboolean fine;

  if (size < 1 + HEADER + EXTRA || sealed[0] == 0 || cpd_keys_derive (keys, sealed[0], PURPOSE, key) == 0)
    return NULL;
  fine = crypto_secretstream_xchacha20poly1305_init_pull (&state, sealed + 1, key) == 0;
  sodium_memzero (key, sizeof key);
  while (fine && at < size && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    {
      gsize part = MIN (CHUNK + EXTRA, size - at);

      fine =
          part >= EXTRA && crypto_secretstream_xchacha20poly1305_pull (&state, data + length, NULL, &tag, sealed + at,
                                                                       part, (const guchar *) name, strlen (name)) == 0;
      length += part - EXTRA;
      at += part;
    }
  sodium_memzero (&state, sizeof state);
  if (!fine || at != size || tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * cpd_seal_file_read:
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
cpd_seal_file_read (const CpdKeys *keys, const char *directory, const char *name, gsize max, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *sealed = NULL;
  GStatBuf info;
  gsize size;
  GBytes *bytes;

  if (!cpd_seal_file_is_name (name))
    return fail_read (error, "?", "has no name of ours");
  path = g_build_filename (directory, name, NULL);
  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return fail_read (error, name, "is not there");
  if ((gsize) info.st_size > max + 1 + HEADER + (max / CHUNK + 1) * EXTRA)
    return fail_read (error, name, "is longer than it may be");
  if (!g_file_get_contents (path, &sealed, &size, NULL))
    return fail_read (error, name, "cannot be read");
  bytes = open_stream (keys, name, (const guchar *) sealed, size);
  return bytes != NULL ? bytes : fail_read (error, name, "does not open: it was changed, or cut off");
}

/**
 * cpd_seal_file_key:
 */
int
cpd_seal_file_key (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  guchar key = 0;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (fd >= 0 && read (fd, &key, 1) != 1)
    key = 0;
  if (fd >= 0)
    close (fd);
  return key;
}
