/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-command.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "cpd-control.h"
#include "cpd-demo-people.h"
#include "cpd-enrol.h"
#include "cpd-sync-command.h"

static const struct
{
  const char *name;
  CpdCommandFunc func;
} commands[] = {
  { "demo-people", cpd_demo_people_command },
  { "enrol", cpd_enrol_command },
  { "sync", cpd_sync_command },
};

/**
 * cpd_command_get:
 * @name: (nullable)
 *
 * Returns: (nullable): the command of that name.
 */
CpdCommandFunc
cpd_command_get (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return commands[i].func;
  return NULL;
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

/**
 * cpd_command_lock:
 *
 * The lock is let go when the process ends, however it ends.
 */
gboolean
cpd_command_lock (const CpdConfig *config, GError **error)
{
  g_autofree char *path = g_strconcat (config->database, ".lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT, "another clientportaald has %s open", config->database);
  else
    g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "cannot lock %s: %s", path, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return FALSE;
}

static char *
run_here (const CpdConfig *config, CpdCommandFunc command, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdKeys) keys = NULL;
  g_autoptr (CpdWriter) writer = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  CpdCommandContext context = { .config = config };

  if (!cpd_command_lock (config, error))
    return NULL;
  keys = cpd_keys_load (config->key_file, error);
  writer = keys != NULL ? cpd_writer_new (config->database, error) : NULL;
  if (writer == NULL)
    return NULL;
  context.keys = keys;
  context.writer = writer;
  return command (&context, arguments, out, error) ? g_strdup (out->str) : NULL;
}

/**
 * cpd_command_run:
 *
 * Returns: (transfer full): what to print.
 */
char *
cpd_command_run (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error)
{
  CpdCommandFunc command = cpd_command_get (name);
  g_autoptr (GError) local = NULL;
  char *text = cpd_control_ask (config, name, arguments, &local);

  if (text != NULL)
    return text;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return run_here (config, command, arguments, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
