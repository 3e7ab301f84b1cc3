/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

/* New keys in a key file, and old ones out of it. The file is replaced as a whole: killed at any moment it is the one
 * of before or the one of after. The key of keyed hashes stays: with another one nothing would be found any more. */

/* A new pepper and a new key that seals, beside those that are there; peppers that are not in use any more
 * (element-type int: those that are) make room. Refused while there is none: a key file with more keys would open
 * nothing. */
gboolean cpd_keys_rotate_begin (const char *path, const GArray *peppers_in_use, GError **error);
/* Takes out all keys that seal but the newest, and all peppers but the newest and those in use. */
gboolean cpd_keys_rotate_end (const char *path, const GArray *peppers_in_use, GError **error);

G_END_DECLS
