/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_TARGET_MAX 2048 /* bytes of path and query as sent */
#define CPD_QUERY_MAX 8     /* parameters */

/* Splits a request target in origin form (RFC 9112, 3.2.1) into its path and its decoded query. Stricter than the RFC:
 * the path has no percent encoding (no route needs it), no empty and no dot segments. query takes owned strings.
 * Returns (transfer full) the path, or NULL when the target is not of that form. */
char *cpd_target_split (const char *target, GHashTable *query);

G_END_DECLS
