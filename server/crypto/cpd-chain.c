/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-chain.h"

#include <sodium.h>

/**
 * cpd_chain_next:
 * @before: the hash of the row before; zeros for the first
 * @values: the row, every column in its order
 *
 * The hash of a row of the audit log: any changed, removed, inserted or reordered row breaks every later one.
 */
void
cpd_chain_next (const guchar before[CPD_HASH_SIZE], const gint64 *values, gsize n, guchar out[CPD_HASH_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, CPD_HASH_SIZE);
  crypto_generichash_update (&state, before, CPD_HASH_SIZE);
  for (gsize i = 0; i < n; i++)
    {
      gint64 value = GINT64_TO_BE (values[i]);
      crypto_generichash_update (&state, (const guchar *) &value, sizeof value);
    }
  crypto_generichash_final (&state, out, CPD_HASH_SIZE);
}
