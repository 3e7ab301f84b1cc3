/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cp-own-account.h"
#include "cp-start.h"
#include "cpa-context.h"
#include "cpa-print-doc.h"

G_BEGIN_DECLS

/* More reports than these are not printed in one go. */
#define CPA_PRINT_MOST 2000

/* Something to print, until it is a document. */
typedef struct
{
  char *what;        /* (owned): "This report" */
  char *subject;     /* (owned): the file's name begins with it; names no client */
  char *day;         /* (owned) (nullable): that it is of, "2026-03-01", "2026-03" */
  GPtrArray *blocks; /* (owned) (nullable): what is there already */
  CpTime fetched_at;
  char *own; /* (owned) (nullable): head of what is of no client, such as a code sheet */
  /* Of a period, which is to be fetched: */
  char *heading; /* (owned) (nullable): "General Report" */
  char *period;  /* (owned) (nullable): "March 1, 2026 to March 3, 2026" */
  char *author;  /* (owned) (nullable): whose reports alone these are */
  char *query;   /* (owned) (nullable) */
} CpaPrintJob;

/* (transfer full): a report, form or evaluation, as it is on the screen. fetched_at: when the EHR was read. */
CpaPrintJob *cpa_print_job_new_item (CpaContext *context, const CpDossierItem *item, CpTime fetched_at);
CpaPrintJob *cpa_print_job_new_plan (CpaContext *context, const CpCarePlan *plan, CpTime fetched_at);
/* query is that of GET dossier without its cursor ("report=general&from=2026-03-01", already encoded; nullable);
 * heading, period and author (both nullable) say it in words. All pages are fetched before anything is printed. */
CpaPrintJob *cpa_print_job_new_period (CpaContext *context, const char *query, const char *heading, const char *period,
                                       const char *author);
/* Ten codes for the second step, with whose they are and of which day. */
CpaPrintJob *cpa_print_job_new_sheet (CpaContext *context, const CpCodeSheet *sheet);
void cpa_print_job_free (CpaPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPrintJob, cpa_print_job_free)

gboolean cpa_print_job_is_ready (const CpaPrintJob *self);
/* (element-type CpDossierItem): what was fetched for a period, newest first as the server gives it. */
void cpa_print_job_take_items (CpaPrintJob *self, CpaContext *context, const GPtrArray *items, CpTime fetched_at);
/* (transfer full): of a job that is ready, which has no blocks any more afterwards. */
CpaPrintDoc *cpa_print_job_to_doc (CpaPrintJob *self, CpaContext *context);

G_END_DECLS
