/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CP_N_RELATIONS 11
#define CP_RELATION_CLIENT "client" /* the client in person */

/* What a member is to the client, on the wire; the app has a word for each. NULL-terminated. */
extern const char *const cp_relation_names[];

G_END_DECLS
