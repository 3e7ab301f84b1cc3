/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-print-job.h"

G_BEGIN_DECLS

/* Fetches what a period holds, page after page, and the forms among it one by one. Signals "progress" (guint): so many
 * reports so far; "done" (GError *): the job is ready, or (error set) what went wrong. Ends when it is disposed. */
#define CPA_TYPE_PRINT_FETCH (cpa_print_fetch_get_type ())
G_DECLARE_FINAL_TYPE (CpaPrintFetch, cpa_print_fetch, CPA, PRINT_FETCH, GObject)

/* job is borrowed: it stays at least as long. */
CpaPrintFetch *cpa_print_fetch_new (CpaContext *context, CpaPrintJob *job);
/* Both begin anew when something was being fetched. */
void cpa_print_fetch_start (CpaPrintFetch *self);
/* The same, and the job stays as it is: only for the stamp. refresh: the app does it by itself. */
void cpa_print_fetch_look (CpaPrintFetch *self, gboolean refresh);
/* (nullable): other when another thing was fetched than before, or it says something else; NULL after an error. */
const char *cpa_print_fetch_get_stamp (CpaPrintFetch *self);
void cpa_print_fetch_cancel (CpaPrintFetch *self);

G_END_DECLS
