/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

extern const char *const cpd_erase_options[];
/* Removes a client while nobody has the database open. (transfer full): what to print. */
char *cpd_erase_client (const CpdConfig *config, GHashTable *arguments, GError **error);

G_END_DECLS
