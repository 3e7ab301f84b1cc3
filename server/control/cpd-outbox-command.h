/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

extern const char *const cpd_outbox_options[];
/* Lists what waits to be sent or has failed, and why; sends one again or gives it up. */
gboolean cpd_outbox_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error);

G_END_DECLS
