/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* Whether what the configuration names is there and can be used: files, directories, countries, templates. FALSE with
 * an error that names file, line and key. Nothing is made or changed. */
gboolean cpd_check (const CpdConfig *config, GError **error);

G_END_DECLS
