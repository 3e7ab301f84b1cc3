/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-chain.h"

#include <sodium.h>
#include <string.h>

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
  gsize size = CPD_HASH_SIZE + n * sizeof (gint64);
  guchar *row = g_newa (guchar, size);

  memcpy (row, before, CPD_HASH_SIZE);
  for (gsize i = 0; i < n; i++)
    {
      gint64 value = GINT64_TO_BE (values[i]);
      memcpy (row + CPD_HASH_SIZE + i * sizeof value, &value, sizeof value);
    }
  crypto_generichash (out, CPD_HASH_SIZE, row, size, NULL, 0);
}
