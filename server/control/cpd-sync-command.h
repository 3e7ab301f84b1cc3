/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* As in cpd-command.h. */
extern const char *const cpd_sync_options[];

/* Fetches now, outside the schedule; with --status tells how each type went. */
gboolean cpd_sync_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error);

G_END_DECLS
