/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-rotate-command.h"

#include <glib/gstdio.h>

#include "cpd-command.h"
#include "cpd-copy.h"
#include "cpd-ehr-content.h"
#include "cpd-keys-rotate.h"
#include "cpd-reseal.h"
#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  CpdKeys *keys;           /* (owned) */
  CpdWriter *writer;       /* (owned) */
  char *directory;         /* (owned): of the sealed files */
  CpdReseal rows;
  guint n_files;
  guint n_failed; /* of files */
  guint n_gone;
  gboolean finishes; /* one that was broken off */
  guint n_peppers;
} Rotate;

/* (transfer full) (nullable) */
static GArray *
peppers_in_use (const Rotate *rotate, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (rotate->config->database, CPD_DB_READER, error);

  return db != NULL ? cpd_reseal_peppers (db, error) : NULL;
}

/* With one key that seals it begins; with more it was begun, and broken off. */
static gboolean
load (Rotate *rotate, GError **error)
{
  rotate->keys = cpd_keys_load (rotate->config->key_file, error);
  rotate->finishes = rotate->keys != NULL && cpd_keys_has_older_seal (rotate->keys);
  return rotate->keys != NULL;
}

static gboolean
begin (Rotate *rotate, GError **error)
{
  const char *path = rotate->config->key_file;
  g_autoptr (GArray) peppers = peppers_in_use (rotate, error);

  if (peppers == NULL || !cpd_keys_rotate_begin (path, peppers, error))
    return FALSE;
  g_clear_pointer (&rotate->keys, cpd_keys_free);
  rotate->keys = cpd_keys_load (path, error);
  return rotate->keys != NULL;
}

static gboolean
reseal_rows (Rotate *rotate, GError **error)
{
  rotate->rows = (CpdReseal){ .keys = rotate->keys, .more = TRUE };
  while (rotate->rows.more)
    if (!cpd_writer_run (rotate->writer, cpd_reseal_batch, &rotate->rows, error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  const char *before; /* (borrowed) */
  const char *file;   /* (borrowed) */
} Names;

static gboolean
rename_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Names *names = data;

  return cpd_reseal_file (db, names->before, names->file, error);
}

/* Under a new name, and the row names that one before the old one goes. What is left over is removed when the server
 * starts. A file that does not open is left as it is; one that is gone needs no key. */
static gboolean
reseal_file (Rotate *rotate, const char *before, GError **error)
{
  g_autofree char *path = g_build_filename (rotate->directory, before, NULL);
  g_autofree char *file = NULL;
  g_autoptr (GBytes) clear = NULL;
  gsize size;
  const void *data;

  if (cpd_seal_file_key (rotate->directory, before) == cpd_keys_seal_id (rotate->keys))
    return TRUE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      rotate->n_gone++;
      return TRUE;
    }
  clear = cpd_seal_file_read (rotate->keys, rotate->directory, before, CPD_EHR_ATTACHMENT_MAX, NULL);
  if (clear == NULL)
    {
      rotate->n_failed++;
      return TRUE;
    }
  data = g_bytes_get_data (clear, &size);
  file = cpd_seal_file_write (rotate->keys, rotate->directory, data, size, error);
  if (file == NULL || !cpd_writer_run (rotate->writer, rename_in_writer, &(Names){ before, file }, error))
    return FALSE;
  g_unlink (path);
  rotate->n_files++;
  return TRUE;
}

static gboolean
reseal_files (Rotate *rotate, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (rotate->config->database, CPD_DB_READER, error);
  g_autoptr (GPtrArray) files = db != NULL ? cpd_copy_files (db, error) : NULL;

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!reseal_file (rotate, g_ptr_array_index (files, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
tell_rotated (CpdDb *db, gpointer data, GError **error)
{
  CpdAudit row = { .at = cp_time_now (), .action = CPD_AUDIT_KEYS_ROTATED };

  return cpd_store_audit_add (db, &row, error);
}

static gboolean
rotate_all (Rotate *rotate, GError **error)
{
  g_autoptr (GArray) peppers = NULL;

  if (!load (rotate, error) || (rotate->writer = cpd_writer_new (rotate->config->database, error)) == NULL ||
      (!rotate->finishes && !begin (rotate, error)))
    return FALSE;
  cpd_writer_keep_mark (rotate->writer, rotate->keys);
  if (!reseal_rows (rotate, error) || !reseal_files (rotate, error) ||
      (peppers = peppers_in_use (rotate, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < peppers->len; i++)
    rotate->n_peppers += g_array_index (peppers, int, i) != cpd_keys_pepper (rotate->keys) ? 1 : 0;
  if (rotate->rows.n_failed + rotate->n_failed > 0)
    {
      g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT,
                   "%u values and %u documents open with no key of the key file; the old keys stay in it",
                   rotate->rows.n_failed, rotate->n_failed);
      return FALSE;
    }
  return cpd_writer_run (rotate->writer, tell_rotated, NULL, error) &&
         cpd_keys_rotate_end (rotate->config->key_file, peppers, error);
}

static char *
describe (const Rotate *rotate)
{
  GString *text = g_string_new (NULL);

  if (rotate->finishes)
    g_string_append_printf (text,
                            "An earlier run that was broken off is finished: %u values and %u documents more are sealed"
                            " with the key that it had made, and the one before is gone.\n"
                            "That key is as old as that run: for a new one, run this once more.\n",
                            rotate->rows.n_done, rotate->n_files);
  else
    g_string_append_printf (text, "%u values and %u documents are sealed with a new key, and the old one is gone.\n",
                            rotate->rows.n_done, rotate->n_files);
  if (rotate->n_gone > 0)
    g_string_append_printf (text, "%u documents that reports name are not there.\n", rotate->n_gone);
  g_string_append (text, "Backups of before need the key file of before: keep that as long as those.\n");
  if (rotate->n_peppers > 0)
    g_string_append (text, "Passwords get the new pepper as people log in; until then the old one stays too.\n");
  return g_string_free (text, FALSE);
}

/**
 * cpd_rotate:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_rotate (const CpdConfig *config, GError **error)
{
  Rotate rotate = { .config = config };
  char *text = NULL;

  if (!cpd_command_lock (config, error))
    return NULL;
  rotate.directory = cpd_store_attachments_directory (config->database);
  if (rotate_all (&rotate, error))
    text = describe (&rotate);
  cpd_writer_free (rotate.writer);
  cpd_keys_free (rotate.keys);
  g_free (rotate.directory);
  return text;
}
