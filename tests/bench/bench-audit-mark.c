/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mark of the audit log costs: commits of one audit row each, by two writers on databases of their own in the
 * directory of temporary files, in turns, of which one keeps a mark. Prints microseconds for each commit: on the clock,
 * and of the processor; and how many marks there were. */
#include <time.h>

#include "cpd-store-audit.h"
#include "store-kit.h"

#define ROUNDS 9
#define COMMITS 400

typedef struct
{
  double clock;
  double processor;
} Spent;

static double
seconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gboolean
add_row (CpdDb *db, gpointer data, GError **error)
{
  const CpdAudit audit = { .at = cp_time_now (), .action = CPD_AUDIT_READ, .account = 1, .patient = 1, .count = 1 };

  return cpd_store_audit_add (db, &audit, error);
}

static Spent
commit_rows (StoreKit *kit)
{
  double clock = seconds (CLOCK_MONOTONIC);
  double processor = seconds (CLOCK_PROCESS_CPUTIME_ID);

  for (int i = 0; i < COMMITS; i++)
    store_kit_write (kit, add_row, NULL);
  return (Spent){ (seconds (CLOCK_MONOTONIC) - clock) * 1e6 / COMMITS,
                  (seconds (CLOCK_PROCESS_CPUTIME_ID) - processor) * 1e6 / COMMITS };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return *left > *right ? 1 : -(*left < *right);
}

static double
median (const Spent *spent, gsize offset)
{
  double values[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    values[i] = *(const double *) (const void *) ((const char *) &spent[i] + offset);
  qsort (values, ROUNDS, sizeof values[0], compare);
  return values[ROUNDS / 2];
}

int
main (void)
{
  StoreKit kits[2]; /* without and with */
  Spent spent[2][ROUNDS];
  static const char *const names[] = { "without", "with" };

  for (int i = 0; i < 2; i++)
    store_kit_set_up (&kits[i]);
  cpd_writer_keep_mark (kits[1].writer, kits[1].keys);
  for (int round = 0; round < ROUNDS; round++)
    for (int i = 0; i < 2; i++)
      spent[i][round] = commit_rows (&kits[i]);
  for (int i = 0; i < 2; i++)
    {
      g_print ("%s %.1f %.1f\n", names[i], median (spent[i], G_STRUCT_OFFSET (Spent, clock)),
               median (spent[i], G_STRUCT_OFFSET (Spent, processor)));
      store_kit_tear_down (&kits[i]);
    }
  g_print ("marks %d\n", ROUNDS * COMMITS);
  return 0;
}
