/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* One going through the rules of what is of no use any more. */
typedef struct
{
  CpTime now;
  CpTime audit_before; /* audit rows from before this are old */
  gboolean past_right; /* nothing that a fast clock wrote is left */
} CpdTidy;

/* What a run that begins now deletes; @audit_years: how long audit rows are kept. */
gboolean cpd_tidy_init (CpdTidy *tidy, CpdDb *db, CpTime now, int audit_years, GError **error);
/* Deletes a few rows by each rule. @more: not all was deleted yet. */
gboolean cpd_tidy_batch (CpdTidy *tidy, CpdDb *db, gboolean *more, GError **error);

/* A whole run in the writer, in batches with the changes of people in between; does not wait for it. */
void cpd_tidy_run (CpdWriter *writer, int audit_years);

G_END_DECLS
