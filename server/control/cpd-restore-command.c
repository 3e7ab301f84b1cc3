/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-restore-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cpd-audit-mark.h"
#include "cpd-backup-file.h"
#include "cpd-command.h"
#include "cpd-copy.h"
#include "cpd-directory.h"
#include "cpd-migrate.h"
#include "cpd-store-attachment.h"
#include "cpd-store-membership.h"

const char *const cpd_restore_options[] = {
  "input!=FILE: a backup, or a copy of the database alone",
  "private-key=FILE: that make-backup-key made; not for a copy",
  "check: only look whether it could be put back",
  NULL,
};

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  CpdKeys *keys;           /* (owned) */
  char *folder;            /* (owned): where it is made ready, on the same file system */
  char *database;          /* (owned): in it */
  CpdAuditRow newest;      /* once it is made ready */
  CpdAudit told;
  guint n_missing; /* documents that rows name and the backup has not */
} Restore;

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s: %s", path, what);
  return FALSE;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error) && g_chmod (to, 0600) == 0;
}

static gboolean
is_database (const char *path)
{
  char begin[16] = { 0 };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is = fd >= 0 && read (fd, begin, sizeof begin) == sizeof begin && memcmp (begin, "SQLite format 3", 16) == 0;

  if (fd >= 0)
    close (fd);
  return is;
}

static gboolean
unpack (Restore *restore, const char *input, const char *key_file, GError **error)
{
  cpd_directory_remove (restore->folder);
  if (g_mkdir (restore->folder, 0700) != 0)
    return fail (error, restore->folder, g_strerror (errno));
  if (is_database (input))
    return copy_file (input, restore->database, error);
  if (key_file == NULL)
    return fail (error, input, "is no copy of a database; a backup needs --private-key");
  return cpd_backup_extract (input, key_file, restore->folder, error);
}

static gboolean
check_keys (Restore *restore, CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) sealed = cpd_copy_sealed (db, &local);
  g_autoptr (GBytes) clear = NULL;
  gsize size;
  const void *bytes = sealed != NULL ? g_bytes_get_data (sealed, &size) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  clear = bytes != NULL ? cpd_keys_unseal (restore->keys, CPD_IDENTIFIER_SEAL, bytes, size, NULL) : NULL;
  return sealed == NULL || clear != NULL ||
         fail (error, restore->config->key_file, "is not the key file of that database: put that one back first");
}

static gboolean
count_missing (Restore *restore, CpdDb *db, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (restore->config->database);
  g_autoptr (GPtrArray) files = cpd_copy_files (db, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *packed = g_build_filename (restore->folder, g_ptr_array_index (files, i), NULL);
      g_autofree char *there = g_build_filename (directory, g_ptr_array_index (files, i), NULL);
      restore->n_missing +=
          !g_file_test (packed, G_FILE_TEST_EXISTS) && !g_file_test (there, G_FILE_TEST_EXISTS) ? 1 : 0;
    }
  return TRUE;
}

/* The highest number that the log had, as far as the present database can be read: also of rows that were lost when a
 * backup was put back before this one, if the copy does not tell of those itself. 0: not known. */
static gint64
highest_row (const Restore *restore, gint64 in_copy)
{
  g_autoptr (CpdDb) db = g_file_test (restore->config->database, G_FILE_TEST_EXISTS)
                             ? cpd_db_open (restore->config->database, CPD_DB_READER, NULL)
                             : NULL;
  g_autoptr (GArray) told = db != NULL ? cpd_store_audit_told (db, NULL) : NULL;
  CpdAuditRow newest = { 0 };
  gint64 highest = db != NULL && cpd_store_audit_newest (db, &newest, NULL) ? newest.id : 0;

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const CpdAuditTold *one = &g_array_index (told, CpdAuditTold, i);
      if (one->id > in_copy && one->row.action != CPD_AUDIT_MISSING_ACCEPTED)
        highest = MAX (highest, one->row.object + one->row.count);
    }
  return highest;
}

/* The log of the copy tells of what is not in it, as far as the mark of the present database knows. */
static gboolean
make_row (Restore *restore, CpdDb *db, GError **error)
{
  CpdAuditRow newest;
  CpdAuditRow mark;
  gboolean reaches = TRUE;

  if (!cpd_store_audit_newest (db, &newest, error))
    return FALSE;
  if (cpd_audit_mark_read (restore->keys, restore->config->database, &mark) &&
      !cpd_store_audit_reaches (db, &mark, &reaches, error))
    return FALSE;
  restore->told =
      (CpdAudit){ .at = cp_time_now (), .action = CPD_AUDIT_RESTORED, .object = newest.id, .first = newest.at };
  if (!reaches)
    {
      restore->told.count = MAX (MAX (mark.id, highest_row (restore, newest.id)) - newest.id, 0);
      restore->told.last = mark.at;
    }
  return TRUE;
}

static gboolean
make_ready (Restore *restore, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (restore->database, CPD_DB_WRITER, error);

  return db != NULL && cpd_migrate (db, restore->database, error) && cpd_copy_check (db, error) &&
         check_keys (restore, db, error) && count_missing (restore, db, error) && make_row (restore, db, error) &&
         cpd_copy_close_all (db, &restore->told, restore->n_missing > 0, error) &&
         cpd_store_audit_newest (db, &restore->newest, error);
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  return g_rename (from, to) == 0 || errno == ENOENT || fail (error, from, g_strerror (errno));
}

/* Documents have names that are given once: one that is there already is the same. */
static gboolean
move_documents (const Restore *restore, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (restore->config->database);
  g_autoptr (GDir) dir = g_dir_open (restore->folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    return fail (error, directory, g_strerror (errno));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (restore->folder, name, NULL);
      g_autofree char *to = g_build_filename (directory, name, NULL);
      if (!g_str_has_prefix (name, "database") && !move (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* So that what SQLite has written beside the database is in it. A damaged one goes as it is. */
static void
settle (const char *database)
{
  g_autoptr (CpdDb) db G_GNUC_UNUSED = cpd_db_open (database, CPD_DB_WRITER, NULL);
}

static const char *const parts[] = { "-wal", "-shm" };

/* Of a kept database that was removed since: it must not come into the next one. */
static void
remove_beside (const char *kept)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (kept, parts[i], NULL);
      g_unlink (path);
    }
}

/* What SQLite wrote beside a database that is damaged: it must not come into the new one. */
static gboolean
move_beside (const char *database, const char *kept, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (database, parts[i], NULL);
      g_autofree char *to = g_strconcat (kept, parts[i], NULL);
      if (!move (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* What is there stays, under another name too, until the new one takes its place: so there is always one. When this is
 * done again after it was broken off, that was done already. */
static gboolean
keep_present (const char *database, GError **error)
{
  g_autofree char *kept = cpd_command_kept_path (database);

  if (!g_file_test (kept, G_FILE_TEST_EXISTS) && g_file_test (database, G_FILE_TEST_EXISTS))
    {
      settle (database);
      remove_beside (kept);
      if (link (database, kept) != 0)
        return fail (error, kept, g_strerror (errno));
    }
  return move_beside (database, kept, error);
}

/* What was given a name before is on the disk under it before the next step is. */
static gboolean
sync_beside (const char *database, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (database);

  return cpd_directory_sync (directory) || fail (error, directory, g_strerror (errno));
}

/* The mark before the database: broken off between the two, the server does not start. */
static gboolean
put_in_place (const Restore *restore, GError **error)
{
  return move_documents (restore, error) && keep_present (restore->config->database, error) &&
         sync_beside (restore->config->database, error) &&
         cpd_audit_mark_set (restore->keys, restore->config->database, &restore->newest, error) &&
         move (restore->database, restore->config->database, error) && sync_beside (restore->config->database, error);
}

/* The kept one may be the only one that is whole. */
static gboolean
is_free (const CpdConfig *config, GError **error)
{
  g_autofree char *kept = cpd_command_kept_path (config->database);

  return !g_file_test (kept, G_FILE_TEST_EXISTS) || cpd_command_is_broken_off (config) ||
         fail (error, kept,
               "is the database of before an earlier restore: move it away, or remove it when nobody needs it");
}

/* A look goes on beside a server, but beside no other look, whose folder it would use, nor a restore: that moves the
 * database which the look reads. */
static gboolean
take_locks (const CpdConfig *config, gboolean check, GError **error)
{
  g_autofree char *folder = cpd_command_ready_path (config->database, TRUE);

  return cpd_command_lock_file (folder, "another restore is at work: wait until that is done", error) &&
         (check || (cpd_command_lock_only (config, error) && is_free (config, error)));
}

static char *
describe (const Restore *restore, gboolean check)
{
  g_autofree char *at = cp_time_format (restore->told.first, restore->config->zone);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s. The newest row of its log is of %s.\n",
                          check ? "It can be put back" : "It is put back, and everybody is logged out", at);
  if (restore->told.count > 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " rows of the log that came after it are not in it.\n",
                            restore->told.count);
  if (restore->n_missing > 0)
    g_string_append_printf (text, "%u documents that reports name are neither in it nor here.\n", restore->n_missing);
  if (!check)
    g_string_append (text,
                     "Nothing of the EHR is shown until it was read again, which begins when the server starts.\n");
  if (!check)
    g_string_append_printf (text, "What was there is %s.before-restore: remove it when you are done.\n",
                            restore->config->database);
  return g_string_free (text, FALSE);
}

/**
 * cpd_restore:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_restore (const CpdConfig *config, GHashTable *arguments, GError **error)
{
  const char *input = g_hash_table_lookup (arguments, "input");
  gboolean check = g_hash_table_contains (arguments, "check");
  Restore restore = { .config = config };
  char *text = NULL;

  if (!take_locks (config, check, error))
    return NULL;
  restore.keys = cpd_keys_load (config->key_file, error);
  if (restore.keys == NULL)
    return NULL;
  restore.folder = cpd_command_ready_path (config->database, check);
  restore.database = g_build_filename (restore.folder, "database", NULL);
  if (unpack (&restore, input, g_hash_table_lookup (arguments, "private-key"), error) && make_ready (&restore, error) &&
      (check || put_in_place (&restore, error)))
    text = describe (&restore, check);
  cpd_directory_remove (restore.folder);
  cpd_keys_free (restore.keys);
  g_free (restore.folder);
  g_free (restore.database);
  return text;
}
