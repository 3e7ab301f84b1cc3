/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-command.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "cpd-account-command.h"
#include "cpd-audit-command.h"
#include "cpd-backup-command.h"
#include "cpd-control.h"
#include "cpd-demo-people.h"
#include "cpd-directory.h"
#include "cpd-enrol.h"
#include "cpd-migrate.h"
#include "cpd-outbox-command.h"
#include "cpd-store-month.h"
#include "cpd-sync-command.h"

#define VALUE_MAX 500 /* characters */

typedef struct
{
  const char *name;
  const char *const *options;
  CpdCommandFunc func;
} Command;

static const Command commands[] = {
  { "account code", cpd_account_options, cpd_account_code_command },
  { "account end-sessions", cpd_account_options, cpd_account_end_sessions_command },
  { "account number", cpd_account_number_options, cpd_account_number_command },
  { "account reset-second-step", cpd_account_options, cpd_account_reset_second_step_command },
  { "account show", cpd_account_show_options, cpd_account_show_command },
  { "account unlock", cpd_account_options, cpd_account_unlock_command },
  { "audit", cpd_audit_options, cpd_audit_command },
  { "backup copy", cpd_backup_copy_options, cpd_backup_copy_command },
  { "demo-people", cpd_demo_people_options, cpd_demo_people_command },
  { "enrol", cpd_enrol_options, cpd_enrol_command },
  { "outbox", cpd_outbox_options, cpd_outbox_command },
  { "sync", cpd_sync_options, cpd_sync_command },
};

static const Command *
find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static const char *
find_option (const Command *command, const char *name)
{
  gsize length = strlen (name);

  for (const char *const *option = command->options; *option != NULL; option++)
    if (strncmp (*option, name, length) == 0 && strchr ("!=:", (*option)[length]) != NULL && (*option)[length] != '\0')
      return *option + length;
  return NULL;
}

static gboolean
is_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > VALUE_MAX)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
check (const Command *command, GHashTable *arguments, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, arguments);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *option = find_option (command, name);
      const char *wrong = NULL;
      if (option == NULL)
        wrong = "no such argument";
      else if (!is_line (value) || (*option == ':' && strcmp (value, "yes") != 0))
        wrong = "not a plain line of text, too long, or a value for what takes none";
      if (wrong != NULL)
        {
          g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--%s: %s", (const char *) name, wrong);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cpd_command_has_required:
 */
gboolean
cpd_command_has_required (const char *const *options, GHashTable *arguments, GError **error)
{
  for (; *options != NULL; options++)
    {
      gsize length = strcspn (*options, "!=:");
      g_autofree char *name = g_strndup (*options, length);
      const char *value = g_hash_table_lookup (arguments, name);

      if ((*options)[length] != '!' || (value != NULL && *value != '\0'))
        continue;
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--%s is required", name);
      return FALSE;
    }
  return TRUE;
}

/**
 * cpd_command_execute:
 * @name: (nullable)
 */
gboolean
cpd_command_execute (const CpdCommandContext *context, const char *name, GHashTable *arguments, GString *out,
                     GError **error)
{
  const Command *command = find (name);

  if (command != NULL)
    return check (command, arguments, error) && cpd_command_has_required (command->options, arguments, error) &&
           command->func (context, arguments, out, error);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "no such command");
  return FALSE;
}

/**
 * cpd_command_socket_path:
 *
 * Returns: (transfer full): beside the database.
 */
char *
cpd_command_socket_path (const CpdConfig *config)
{
  return g_strconcat (config->database, ".control", NULL);
}

/* The descriptor that holds the lock, -1 with an error. */
static int
lock_file (const char *of, const char *busy, GError **error)
{
  g_autofree char *path = g_strconcat (of, ".lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, busy);
  else
    g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "cannot lock %s: %s", path, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return -1;
}

/**
 * cpd_command_lock_file:
 * @busy: what to say when another process has it
 *
 * The lock is let go when the process ends, however it ends.
 */
gboolean
cpd_command_lock_file (const char *of, const char *busy, GError **error)
{
  return lock_file (of, busy, error) >= 0;
}

/**
 * cpd_command_lock_only:
 */
gboolean
cpd_command_lock_only (const CpdConfig *config, GError **error)
{
  g_autofree char *busy = g_strdup_printf ("another clientportaald has %s open: stop that first", config->database);

  return cpd_command_lock_file (config->database, busy, error);
}

/**
 * cpd_command_kept_path:
 *
 * Returns: (transfer full)
 */
char *
cpd_command_kept_path (const char *database)
{
  return g_strconcat (database, ".before-restore", NULL);
}

/**
 * cpd_command_ready_path:
 *
 * Returns: (transfer full): on the same file system.
 */
char *
cpd_command_ready_path (const char *database, gboolean check)
{
  return g_strconcat (database, check ? ".check" : ".restore", NULL);
}

/* Whoever works on it now has its lock, and removes it. */
static gboolean
remove_unless_busy (const char *path, GError **error)
{
  g_autofree char *busy = g_strdup_printf ("another clientportaald works on %s", path);
  int fd = lock_file (path, busy, error);

  if (fd < 0)
    return FALSE;
  g_unlink (path);
  cpd_directory_remove (path);
  g_close (fd, NULL);
  return TRUE;
}

/**
 * cpd_command_remove_left_over:
 *
 * Returns: FALSE with @error when one of them is being made or looked at, and stays.
 */
gboolean
cpd_command_remove_left_over (const CpdConfig *config, GError **error)
{
  g_autofree char *copy = cpd_backup_copy_path (config);
  g_autofree char *ready = cpd_command_ready_path (config->database, FALSE);
  g_autofree char *checked = cpd_command_ready_path (config->database, TRUE);
  gboolean removed;

  cpd_directory_remove (ready);
  cpd_migrate_remove_unfinished (config->database);
  removed = remove_unless_busy (copy, error);
  return remove_unless_busy (checked, removed ? error : NULL) && removed;
}

/**
 * cpd_command_is_broken_off:
 *
 * Until the new database takes the place of the old one, that has two names. Where there was none, what was made ready
 * is still there.
 */
gboolean
cpd_command_is_broken_off (const CpdConfig *config)
{
  g_autofree char *kept = cpd_command_kept_path (config->database);
  g_autofree char *ready = cpd_command_ready_path (config->database, FALSE);
  GStatBuf old;
  GStatBuf now;

  if (g_stat (config->database, &now) != 0)
    return g_file_test (kept, G_FILE_TEST_EXISTS) || g_file_test (ready, G_FILE_TEST_EXISTS);
  return g_stat (kept, &old) == 0 && old.st_ino == now.st_ino && old.st_dev == now.st_dev;
}

/**
 * cpd_command_lock:
 */
gboolean
cpd_command_lock (const CpdConfig *config, GError **error)
{
  if (!cpd_command_lock_only (config, error))
    return FALSE;
  if (!cpd_command_is_broken_off (config))
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT,
               "a restore of %s was broken off: run it again, or, to go on with what is there, move %s.before-restore"
               " and %s.restore away",
               config->database, config->database, config->database);
  return FALSE;
}

static char *
run_here (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdKeys) keys = NULL;
  g_autoptr (CpdWriter) writer = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  CpdCommandContext context = { .config = config };

  if (!cpd_command_lock (config, error))
    return NULL;
  keys = cpd_keys_load (config->key_file, error);
  writer = keys != NULL ? cpd_writer_new (config->database, error) : NULL;
  if (writer == NULL || !cpd_store_months_judge (writer, config->organisation->time_zone, config->zone, error))
    return NULL;
  cpd_writer_keep_mark (writer, keys);
  context.keys = keys;
  context.writer = writer;
  return cpd_command_execute (&context, name, arguments, out, error) ? g_strdup (out->str) : NULL;
}

/**
 * cpd_command_run:
 *
 * Returns: (transfer full): what to print.
 */
char *
cpd_command_run (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *text = cpd_control_ask (config, name, arguments, &local);

  if (text != NULL)
    return text;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return run_here (config, name, arguments, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
