/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* As in cpd-command.h. */
extern const char *const cpd_audit_options[];

/* Follows the chain of the audit log; an error names the first row that does not fit. */
gboolean cpd_audit_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error);

G_END_DECLS
