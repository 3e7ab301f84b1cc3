/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* "account code" and its like: what the organisation's desk does for somebody who called. Each is audited, and the
 * person gets a mail of what changed. As in cpd-command.h. */
extern const char *const cpd_account_options[];
extern const char *const cpd_account_show_options[];
extern const char *const cpd_account_number_options[];

gboolean cpd_account_code_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                   GError **error);
gboolean cpd_account_number_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                     GError **error);
gboolean cpd_account_unlock_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                     GError **error);
gboolean cpd_account_end_sessions_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                           GError **error);
gboolean cpd_account_reset_second_step_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                                GError **error);
gboolean cpd_account_show_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                   GError **error);

G_END_DECLS
