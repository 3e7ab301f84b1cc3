/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

extern const char *const cpd_restore_options[];
/* Puts a backup in the place of the database, which nobody may have open. (transfer full): what to print. */
char *cpd_restore (const CpdConfig *config, GHashTable *arguments, GError **error);

G_END_DECLS
