/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-backup-command.h"

#include <glib/gstdio.h>

#include "cpd-backup-file.h"
#include "cpd-copy.h"
#include "cpd-store-attachment.h"

const char *const cpd_make_backup_key_options[] = {
  "output!=FILE: where the private key goes; keep it away from the server",
  NULL,
};

const char *const cpd_backup_options[] = {
  "output!=FILE: the backup; one of before under that name stays until this one is whole",
  "public-key!=KEY: as make-backup-key printed it",
  NULL,
};

const char *const cpd_backup_copy_options[] = { NULL };

/**
 * cpd_make_backup_key:
 *
 * Returns: (transfer full): what to print.
 */
char *
cpd_make_backup_key (GHashTable *arguments, GError **error)
{
  g_autofree char *key = cpd_backup_key_generate (g_hash_table_lookup (arguments, "output"), error);

  return key != NULL ? g_strdup_printf ("%s\n", key) : NULL;
}

/**
 * cpd_backup_copy_path:
 *
 * Returns: (transfer full)
 */
char *
cpd_backup_copy_path (const CpdConfig *config)
{
  return g_strconcat (config->database, ".backup", NULL);
}

static gboolean
tell_copied (CpdDb *db, gpointer data, GError **error)
{
  CpdAudit row = { .at = cp_time_now (), .action = CPD_AUDIT_COPIED };

  return cpd_store_audit_add (db, &row, error);
}

/**
 * cpd_backup_copy_command:
 */
gboolean
cpd_backup_copy_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  g_autofree char *path = cpd_backup_copy_path (context->config);

  return cpd_writer_run (context->writer, tell_copied, NULL, error) &&
         cpd_copy_make (context->config->database, path, context->stopping, error);
}

static GPtrArray *
files_of (const char *copy, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (copy, CPD_DB_READER, error);

  return db != NULL ? cpd_copy_files (db, error) : NULL;
}

/* A file that is damaged on the disk already is no reason to have no backup of all others. */
static gboolean
add_files (CpdBackupWriter *writer, const char *directory, const GPtrArray *files, guint *n_missing, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const char *name = g_ptr_array_index (files, i);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        ++*n_missing;
      else if (!cpd_backup_writer_add (writer, name, path, error))
        return FALSE;
    }
  return TRUE;
}

static char *
seal (const CpdConfig *config, const char *copy, const char *output, const char *key, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (config->database);
  g_autoptr (GPtrArray) files = files_of (copy, error);
  g_autoptr (CpdBackupWriter) writer = files != NULL ? cpd_backup_writer_new (output, key, error) : NULL;
  guint n_missing = 0;

  if (writer == NULL || !cpd_backup_writer_add (writer, "database", copy, error) ||
      !add_files (writer, directory, files, &n_missing, error) || !cpd_backup_writer_end (writer, error))
    return NULL;
  if (n_missing > 0)
    return g_strdup_printf ("%s is made. It has the database and %u documents; %u more are named by reports and are not"
                            " in %s.\n",
                            output, files->len - n_missing, n_missing, directory);
  return g_strdup_printf ("%s is made. It has the database and %u documents.\n", output, files->len);
}

/**
 * cpd_backup:
 *
 * Returns: (transfer full): what to print.
 */
char *
cpd_backup (const CpdConfig *config, GHashTable *arguments, GError **error)
{
  const char *output = g_hash_table_lookup (arguments, "output");
  const char *key = g_hash_table_lookup (arguments, "public-key");
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *copy = cpd_backup_copy_path (config);
  g_autofree char *said = NULL;
  char *text;

  if (!cpd_command_lock_file (copy, "another backup is being made", error))
    return NULL;
  said = cpd_command_run (config, "backup copy", none, error);
  text = said != NULL ? seal (config, copy, output, key, error) : NULL;
  g_unlink (copy);
  return text;
}
