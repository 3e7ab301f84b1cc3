/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-backup-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "cpd-directory.h"
#include "cpd-private-file.h"
#include "cpd-seal-file.h"
#include "cpd-secret.h"

/* MAGIC, the key of the stream sealed to the public key, the header of the stream, then pieces of CHUNK bytes and one
 * that is the last, each with its tag. Inside: for each file its name and its size in HEAD bytes, and what is in it. */
#define MAGIC "clientportaal backup 1\n"
#define MAGIC_SIZE (sizeof MAGIC - 1)
#define KEY_SIZE crypto_secretstream_xchacha20poly1305_KEYBYTES
#define SEALED_KEY (KEY_SIZE + crypto_box_SEALBYTES)
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define CHUNK (64 * 1024)
#define HEAD 64
#define NAME_SIZE (HEAD - sizeof (guint64))

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "%s: %s", path, what);
  return FALSE;
}

static gboolean
write_all (int fd, const void *data, gsize size)
{
  const guchar *bytes = data;

  while (size > 0)
    {
      gssize done = write (fd, bytes, size);

      if (done < 0 && errno != EINTR)
        return FALSE;
      bytes += MAX (done, 0);
      size -= MAX (done, 0);
    }
  return TRUE;
}

/* Until size bytes are there or the file ends; -1 when it cannot be read. */
static gssize
read_up_to (int fd, void *data, gsize size)
{
  gsize got = 0;

  while (got < size)
    {
      gssize done = read (fd, (guchar *) data + got, size - got);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0)
        return -1;
      if (done == 0)
        break;
      got += done;
    }
  return (gssize) got;
}

static gboolean
decode_key (const char *text, guchar key[crypto_box_PUBLICKEYBYTES])
{
  gsize size;

  return sodium_base642bin (key, crypto_box_PUBLICKEYBYTES, text, strlen (text), NULL, &size, NULL,
                            sodium_base64_VARIANT_ORIGINAL) == 0 &&
         size == crypto_box_PUBLICKEYBYTES;
}

/**
 * cpd_backup_key_generate:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_backup_key_generate (const char *path, GError **error)
{
  guchar public_key[crypto_box_PUBLICKEYBYTES];
  guchar secret[crypto_box_SECRETKEYBYTES];
  char text[sodium_base64_ENCODED_LEN (crypto_box_SECRETKEYBYTES, sodium_base64_VARIANT_ORIGINAL)];
  char *answer = NULL;
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    {
      fail (error, path, g_strerror (errno));
      return NULL;
    }
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  crypto_box_keypair (public_key, secret);
  sodium_bin2base64 (text, sizeof text, secret, sizeof secret, sodium_base64_VARIANT_ORIGINAL);
  written = write_all (fd, text, strlen (text)) && write_all (fd, "\n", 1) && fsync (fd) == 0;
  sodium_memzero (secret, sizeof secret);
  sodium_bin2base64 (text, sizeof text, public_key, sizeof public_key, sodium_base64_VARIANT_ORIGINAL);
  if (g_close (fd, NULL) && written)
    answer = g_strdup (text);
  else
    fail (error, path, "cannot be written");
  return answer;
}

struct _CpdBackupWriter
{
  char *path;       /* (owned) */
  char *unfinished; /* (owned) */
  int fd;
  crypto_secretstream_xchacha20poly1305_state state;
  guchar *plain;  /* (owned) CHUNK bytes */
  guchar *sealed; /* (owned) */
  gsize filled;
};

static gboolean
write_begin (CpdBackupWriter *writer, const guchar public_key[crypto_box_PUBLICKEYBYTES])
{
  guchar key[KEY_SIZE];
  guchar sealed_key[SEALED_KEY];
  guchar header[HEADER];

  crypto_secretstream_xchacha20poly1305_keygen (key);
  crypto_box_seal (sealed_key, key, sizeof key, public_key);
  crypto_secretstream_xchacha20poly1305_init_push (&writer->state, header, key);
  sodium_memzero (key, sizeof key);
  return write_all (writer->fd, MAGIC, MAGIC_SIZE) && write_all (writer->fd, sealed_key, sizeof sealed_key) &&
         write_all (writer->fd, header, sizeof header);
}

/**
 * cpd_backup_writer_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdBackupWriter *
cpd_backup_writer_new (const char *path, const char *public_key, GError **error)
{
  g_autoptr (CpdBackupWriter) writer = NULL;
  guchar key[crypto_box_PUBLICKEYBYTES];

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  if (!decode_key (public_key, key))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "that is no public key of make-backup-key");
      return NULL;
    }
  writer = g_new0 (CpdBackupWriter, 1);
  writer->path = g_strdup (path);
  writer->unfinished = g_strconcat (path, ".new", NULL);
  writer->plain = g_malloc (CHUNK);
  writer->sealed = g_malloc (CHUNK + EXTRA);
  writer->fd = g_open (writer->unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (writer->fd >= 0 && write_begin (writer, key))
    return g_steal_pointer (&writer);
  fail (error, writer->unfinished, g_strerror (errno));
  return NULL;
}

static gboolean
flush (CpdBackupWriter *writer, guchar tag, GError **error)
{
  crypto_secretstream_xchacha20poly1305_push (&writer->state, writer->sealed, NULL, writer->plain, writer->filled, NULL,
                                              0, tag);
  if (!write_all (writer->fd, writer->sealed, writer->filled + EXTRA))
    return fail (error, writer->unfinished, g_strerror (errno));
  writer->filled = 0;
  return TRUE;
}

static gboolean
add_bytes (CpdBackupWriter *writer, const guchar *data, gsize size, GError **error)
{
  while (size > 0)
    {
      gsize part = MIN (size, CHUNK - writer->filled);

      memcpy (writer->plain + writer->filled, data, part);
      writer->filled += part;
      data += part;
      size -= part;
      if (writer->filled == CHUNK && !flush (writer, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_open (CpdBackupWriter *writer, const char *name, const char *path, int fd, GError **error)
{
  g_autofree guchar *data = g_malloc (CHUNK);
  guchar head[HEAD] = { 0 };
  gint64 size = lseek (fd, 0, SEEK_END);
  guint64 told = GUINT64_TO_BE ((guint64) size);

  g_strlcpy ((char *) head, name, NAME_SIZE);
  memcpy (head + NAME_SIZE, &told, sizeof told);
  if (size < 0 || lseek (fd, 0, SEEK_SET) != 0)
    return fail (error, path, g_strerror (errno));
  if (!add_bytes (writer, head, sizeof head, error))
    return FALSE;
  while (size > 0)
    {
      gssize part = read_up_to (fd, data, (gsize) MIN (size, CHUNK));

      if (part <= 0)
        return fail (error, path, "cannot be read, or became shorter meanwhile");
      if (!add_bytes (writer, data, (gsize) part, error))
        return FALSE;
      size -= part;
    }
  return TRUE;
}

/**
 * cpd_backup_writer_add:
 *
 * Returns: FALSE with @error: the backup is of no use any more.
 */
gboolean
cpd_backup_writer_add (CpdBackupWriter *writer, const char *name, const char *path, GError **error)
{
  int fd;
  gboolean added;

  if (!cpd_seal_file_is_name (name) || strlen (name) >= NAME_SIZE)
    return fail (error, path, "has no name for a backup");
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0)
    return fail (error, path, g_strerror (errno));
  added = add_open (writer, name, path, fd, error);
  close (fd);
  return added;
}

static gboolean
sync_directory_of (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);

  return cpd_directory_sync (directory);
}

/**
 * cpd_backup_writer_end:
 */
gboolean
cpd_backup_writer_end (CpdBackupWriter *writer, GError **error)
{
  if (!flush (writer, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error))
    return FALSE;
  if (fsync (writer->fd) != 0 || g_rename (writer->unfinished, writer->path) != 0 || !sync_directory_of (writer->path))
    return fail (error, writer->path, g_strerror (errno));
  g_clear_pointer (&writer->unfinished, g_free);
  return TRUE;
}

/**
 * cpd_backup_writer_free:
 * @writer: (nullable)
 */
void
cpd_backup_writer_free (CpdBackupWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->fd >= 0)
    close (writer->fd);
  if (writer->unfinished != NULL && writer->fd >= 0)
    g_unlink (writer->unfinished);
  sodium_memzero (&writer->state, sizeof writer->state);
  sodium_memzero (writer->plain, CHUNK);
  g_free (writer->plain);
  g_free (writer->sealed);
  g_free (writer->unfinished);
  g_free (writer->path);
  g_free (writer);
}

/* What comes out of the stream goes into one file after another. */
typedef struct
{
  const char *directory; /* (borrowed) */
  guchar head[HEAD];
  gsize head_filled;
  guint64 left; /* of the present file */
  int fd;       /* of it; -1: none */
} Extract;

static gboolean
close_file (Extract *extract, GError **error)
{
  int fd = extract->fd;

  extract->fd = -1;
  return fd < 0 || (fsync (fd) == 0 && close (fd) == 0) || fail (error, extract->directory, "cannot be written");
}

static gboolean
open_file (Extract *extract, GError **error)
{
  char name[NAME_SIZE];
  g_autofree char *path = NULL;
  guint64 size;

  memcpy (name, extract->head, NAME_SIZE);
  memcpy (&size, extract->head + NAME_SIZE, sizeof size);
  extract->head_filled = 0;
  extract->left = GUINT64_FROM_BE (size);
  name[NAME_SIZE - 1] = '\0';
  if (!cpd_seal_file_is_name (name))
    return fail (error, extract->directory, "the backup holds a file without a name of ours");
  path = g_build_filename (extract->directory, name, NULL);
  extract->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return extract->fd >= 0 || fail (error, path, g_strerror (errno));
}

static gboolean
take_bytes (Extract *extract, const guchar *data, gsize size, GError **error)
{
  while (size > 0)
    {
      gboolean in_head = extract->fd < 0;
      gsize part = in_head ? MIN (size, HEAD - extract->head_filled) : (gsize) MIN (size, extract->left);

      if (in_head)
        memcpy (extract->head + extract->head_filled, data, part);
      else if (!write_all (extract->fd, data, part))
        return fail (error, extract->directory, g_strerror (errno));
      extract->head_filled += in_head ? part : 0;
      extract->left -= in_head ? 0 : part;
      data += part;
      size -= part;
      if (in_head && extract->head_filled == HEAD && !open_file (extract, error))
        return FALSE;
      if (extract->fd >= 0 && extract->left == 0 && !close_file (extract, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_stream (int fd, const guchar secret[crypto_box_SECRETKEYBYTES], crypto_secretstream_xchacha20poly1305_state *state)
{
  guchar begin[MAGIC_SIZE + SEALED_KEY + HEADER];
  guchar public_key[crypto_box_PUBLICKEYBYTES];
  guchar key[KEY_SIZE];
  gboolean fine = read_up_to (fd, begin, sizeof begin) == (gssize) sizeof begin &&
                  memcmp (begin, MAGIC, MAGIC_SIZE) == 0 && crypto_scalarmult_base (public_key, secret) == 0 &&
                  crypto_box_seal_open (key, begin + MAGIC_SIZE, SEALED_KEY, public_key, secret) == 0 &&
                  crypto_secretstream_xchacha20poly1305_init_pull (state, begin + MAGIC_SIZE + SEALED_KEY, key) == 0;

  sodium_memzero (key, sizeof key);
  return fine;
}

static gboolean
pull_all (int fd, crypto_secretstream_xchacha20poly1305_state *state, Extract *extract, const char *path,
          GError **error)
{
  g_autofree guchar *sealed = g_malloc (CHUNK + EXTRA);
  g_autofree guchar *plain = g_malloc (CHUNK);
  guchar tag = 0;

  while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    {
      gssize part = read_up_to (fd, sealed, CHUNK + EXTRA);
      unsigned long long size;

      if (part < (gssize) EXTRA ||
          crypto_secretstream_xchacha20poly1305_pull (state, plain, &size, &tag, sealed, part, NULL, 0) != 0)
        return fail (error, path, "the backup was cut off or changed");
      if (!take_bytes (extract, plain, size, error))
        return FALSE;
    }
  if (extract->fd >= 0 || extract->head_filled > 0 || read_up_to (fd, sealed, 1) != 0)
    return fail (error, path, "the backup was cut off or changed");
  return TRUE;
}

/**
 * cpd_backup_extract:
 * @key_file: that cpd_backup_key_generate() made
 */
gboolean
cpd_backup_extract (const char *path, const char *key_file, const char *directory, GError **error)
{
  crypto_secretstream_xchacha20poly1305_state state;
  Extract extract = { .directory = directory, .fd = -1 };
  guchar secret[crypto_box_SECRETKEYBYTES];
  char *text = cpd_private_file_read (key_file, 1000, error);
  gboolean known = text != NULL && decode_key (text, secret);
  gboolean done = FALSE;
  int fd;

  if (text == NULL)
    return FALSE;
  cpd_secret_free (text);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  if (!known)
    return fail (error, key_file, "is no key of make-backup-key");
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    fail (error, path, g_strerror (errno));
  else if (!open_stream (fd, secret, &state))
    fail (error, path, "is no backup, or is for another key");
  else
    done = pull_all (fd, &state, &extract, path, error);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (&state, sizeof state);
  if (extract.fd >= 0)
    close (extract.fd);
  if (fd >= 0)
    close (fd);
  return done;
}
