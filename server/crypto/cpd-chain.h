/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

/* h(i) = BLAKE2b-256 (h(i-1), row): each value as 8 bytes, most significant first. */
void cpd_chain_next (const guchar before[CPD_HASH_SIZE], const gint64 *values, gsize n, guchar out[CPD_HASH_SIZE]);

G_END_DECLS
