/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* New keys in the key file, everything sealed anew, the old keys out of it: while nobody has the database open. Broken
 * off and run again it goes on. (transfer full): what to print. */
char *cpd_rotate (const CpdConfig *config, GError **error);

G_END_DECLS
