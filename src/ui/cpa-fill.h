/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): template with each {key} replaced by its value. Pairs of key and value, ended by a NULL key; a NULL
 * value counts as empty. Values are taken as they are: a brace in somebody's name fills nothing. A placeholder without
 * a pair stays visible, so that a slip in a translation is seen. */
char *cpa_fill (const char *template, const char *key, ...) G_GNUC_NULL_TERMINATED;

/* The same for a number under the key "n", with further pairs. */
char *cpa_fill_n (const char *template, gint64 n, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
