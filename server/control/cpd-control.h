/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* The Unix socket through which subcommands reach a running server: one line of JSON asks, one answers. Only the same
 * user (and root) may connect. */
typedef struct _CpdControl CpdControl;

CpdControl *cpd_control_new (const CpdCommandContext *context, GError **error);
void cpd_control_free (CpdControl *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdControl, cpd_control_free)

/* (transfer full): the answer of the running server; NULL with G_IO_ERROR_NOT_FOUND or _CONNECTION_REFUSED when none
 * runs. */
char *cpd_control_ask (const CpdConfig *config, const char *name, GHashTable *arguments, GError **error);

G_END_DECLS
