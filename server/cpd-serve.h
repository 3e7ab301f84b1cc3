/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* Runs the server until SIGTERM or SIGINT. A changed configuration needs a restart; SIGHUP reads the
 * certificate again. FALSE with error when it could not start. */
gboolean cpd_serve (const CpdConfig *config, GError **error);

/* Whether the files that a start reads beside the configuration are right: logo and picture. FALSE with
 * error that names file, line and key. */
gboolean cpd_serve_check (const CpdConfig *config, GError **error);

G_END_DECLS
