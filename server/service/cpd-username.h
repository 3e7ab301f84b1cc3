/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-member.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Gives each of members (element-type CpMember) a user name that is free, made of the person's name: "Marijke de Bruin"
 * gives m.debruin, or m.debruin2 when that is taken. Two of one name get the same, until one of them has it. */
gboolean cpd_username_propose (CpdDb *db, GPtrArray *members, GError **error);
/* *username (transfer full): a free one beside one that was typed and is taken. */
gboolean cpd_username_other (CpdDb *db, const char *typed, char **username, GError **error);

G_END_DECLS
