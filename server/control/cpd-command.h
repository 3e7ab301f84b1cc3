/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-config.h"
#include "cpd-ehr-timer.h"
#include "cpd-keys.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* What a command works on: in the running server, or in a process of its own that has taken the lock. */
typedef struct
{
  const CpdConfig *config;
  const CpdKeys *keys;
  CpdWriter *writer;
  CpdEhrTimer *timer;           /* (nullable): of a running server */
  void (*wake) (gpointer data); /* (nullable): something was queued to be sent */
  gpointer wake_data;
  GCancellable *stopping; /* (nullable): what takes long is broken off when the server stops */
} CpdCommandContext;

/* Arguments by name, as given on the command line. Appends what to print to out. */
typedef gboolean (*CpdCommandFunc) (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                    GError **error);

/* Options are "name=VALUE: help", "name!=VALUE: help" for one that must be there, or "name: help" for a flag, which is
 * given as "yes"; NULL-terminated. */

/* Whether all that must be there is, and not empty. */
gboolean cpd_command_has_required (const char *const *options, GHashTable *arguments, GError **error);

/* The one door to all commands, from the command line and from the socket: an argument that the command does not know,
 * or that is no plain line of text, is an error. */
gboolean cpd_command_execute (const CpdCommandContext *context, const char *name, GHashTable *arguments, GString *out,
                              GError **error);

/* Runs a command: in the server that runs on this database, else here. (transfer full): what to print, NULL with error.
 */
char *cpd_command_run (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error);

/* Path of the control socket and of the lock of a configuration. (transfer full) */
char *cpd_command_socket_path (const CpdConfig *config);
/* Holds the database for this process until it ends; FALSE with CP_ERROR_CONFLICT when another process has it, or when
 * a restore was broken off: what was made of half of it would be lost. */
gboolean cpd_command_lock (const CpdConfig *config, GError **error);
/* The same for the restore that goes on with it. */
gboolean cpd_command_lock_only (const CpdConfig *config, GError **error);
/* Whether a restore was broken off after it began to put files in place. */
gboolean cpd_command_is_broken_off (const CpdConfig *config);
/* (transfer full): where a restore keeps the database of before, and the folder where one is made ready, or looked
 * through only (check). */
char *cpd_command_kept_path (const char *database);
char *cpd_command_ready_path (const char *database, gboolean check);
/* Removes what a backup, a restore, a look at one or the copy of an older version left when it was broken off: the
 * whole dossier. With the lock. What another process is at work on stays: FALSE with CP_ERROR_CONFLICT. */
gboolean cpd_command_remove_left_over (const CpdConfig *config, GError **error);
/* The same for something else: holds a file beside it whose name ends in .lock. */
gboolean cpd_command_lock_file (const char *of, const char *busy, GError **error);

G_END_DECLS
