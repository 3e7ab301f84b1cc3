/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* *username (transfer full): a user name that is free, made of a person's name: "Marijke de Bruin" gives m.debruin, or
 * m.debruin2 when that is taken. */
gboolean cpd_username_propose (CpdDb *db, const char *name, char **username, GError **error);
/* The same beside a user name that was typed and is taken. */
gboolean cpd_username_other (CpdDb *db, const char *taken, char **username, GError **error);

G_END_DECLS
