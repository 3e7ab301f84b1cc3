/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what the attachment of that id is; NULL for one that cannot be found. */
GBytes *fixture_attachment (const char *id);

G_END_DECLS
