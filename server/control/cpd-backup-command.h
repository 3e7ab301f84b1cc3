/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* make-backup-key, backup and restore run in the process of the operator, which may write where the server may not. */
extern const char *const cpd_make_backup_key_options[];
extern const char *const cpd_backup_options[];
char *cpd_make_backup_key (GHashTable *arguments, GError **error);
char *cpd_backup (const CpdConfig *config, GHashTable *arguments, GError **error);

/* What cpd_backup() asks of whoever has the database open: a copy of it at cpd_backup_copy_path(). */
extern const char *const cpd_backup_copy_options[];
gboolean cpd_backup_copy_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                  GError **error);
char *cpd_backup_copy_path (const CpdConfig *config); /* (transfer full) */

G_END_DECLS
