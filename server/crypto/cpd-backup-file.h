/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

/* A backup: files in one, sealed to a public key, so that the machine that makes backups cannot read them. */

/* Writes a new private key (0600; refuses to replace a file). (transfer full): the public key as it is given on. */
char *cpd_backup_key_generate (const char *path, GError **error);

typedef struct _CpdBackupWriter CpdBackupWriter;
/* public_key as cpd_backup_key_generate() gave it. What is written goes to path only when it is whole. */
CpdBackupWriter *cpd_backup_writer_new (const char *path, const char *public_key, GError **error);
/* The file at path under a name of letters, digits, - and _. */
gboolean cpd_backup_writer_add (CpdBackupWriter *writer, const char *name, const char *path, GError **error);
/* Whole and on disk, under its name. */
gboolean cpd_backup_writer_end (CpdBackupWriter *writer, GError **error);
void cpd_backup_writer_free (CpdBackupWriter *writer); /* what was not ended is removed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdBackupWriter, cpd_backup_writer_free)

/* Writes each file of the backup into directory, which must be there. FALSE when the backup was cut off or changed, or
 * is for another key: what was written until then is there. */
gboolean cpd_backup_extract (const char *path, const char *key_file, const char *directory, GError **error);

G_END_DECLS
