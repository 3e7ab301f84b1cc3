/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-job.h"

#include <glib/gi18n.h>

#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-print-text.h"
#include "cpa-time-text.h"

static CpaPrintJob *
job_new (char *what, const char *subject)
{
  CpaPrintJob *self = g_new0 (CpaPrintJob, 1);

  self->what = what;
  self->subject = g_strdup (subject);
  return self;
}

CpaPrintJob *
cpa_print_job_new_item (CpaContext *context, const CpDossierItem *item, CpTime fetched_at)
{
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, cpa_context_get_organisation (context));
  CpaPrintJob *self = job_new (g_strdup (cpa_dossier_this (item->kind)), kind);

  self->day = item->partial_date != NULL ? g_strdup (item->partial_date)
                                         : cp_time_date (item->at, cpa_context_get_zone (context));
  self->fetched_at = fetched_at;
  self->blocks = cpa_print_blocks_new ();
  cpa_print_add_item (self->blocks, context, item);
  return self;
}

CpaPrintJob *
cpa_print_job_new_plan (CpaContext *context, const CpCarePlan *plan, CpTime fetched_at)
{
  const char *word = cpa_dossier_plan_word (cpa_context_get_organisation (context));
  g_autofree char *subject = cpa_time_capital (g_strdup (word));
  CpaPrintJob *self = job_new (cpa_fill (_ ("This {plan}"), "plan", word, NULL), subject);

  self->fetched_at = fetched_at;
  self->blocks = cpa_print_blocks_new ();
  cpa_print_add_plan (self->blocks, context, plan);
  return self;
}

CpaPrintJob *
cpa_print_job_new_period (CpaContext *context, const char *query, const char *heading, const char *period,
                          const char *author)
{
  CpaPrintJob *self = job_new (g_strdup (_ ("A period")), heading);

  self->query = g_strdup (query);
  self->heading = g_strdup (heading);
  self->period = g_strdup (period);
  self->author = g_strdup (author);
  return self;
}

CpaPrintJob *
cpa_print_job_new_sheet (CpaContext *context, const CpCodeSheet *sheet)
{
  CpaPrintJob *self = job_new (g_strdup (_ ("This code sheet")), _ ("Code Sheet"));
  g_autofree char *date = cpa_time_long_day (sheet->made, cpa_context_get_zone (context));

  self->own =
      cpa_fill (_ ("Code sheet for {username}, made on {date}"), "username", sheet->username, "date", date, NULL);
  self->fetched_at = sheet->made;
  self->blocks = cpa_print_blocks_new ();
  cpa_print_add (self->blocks, CPA_PRINT_TITLE, 0, _ ("Code Sheet"));
  cpa_print_add (self->blocks, CPA_PRINT_BODY, 0, self->own);
  cpa_print_add (self->blocks, CPA_PRINT_BODY, 0,
                 _ ("Choose “Other Way…” and then “Code from your code sheet” when you log in. Each code works once: "
                    "cross it out."));
  for (int i = 0; sheet->codes[i] != NULL; i++)
    cpa_print_take (self->blocks, CPA_PRINT_SUBHEADING, 0,
                    g_strdup_printf ("%d.   %.4s %s", i + 1, sheet->codes[i], sheet->codes[i] + 4));
  cpa_print_add (self->blocks, CPA_PRINT_NOTE, 0, _ ("Keep this sheet in a safe place, not with your password."));
  return self;
}

void
cpa_print_job_free (CpaPrintJob *self)
{
  g_free (self->what);
  g_free (self->subject);
  g_free (self->day);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self->own);
  g_free (self->heading);
  g_free (self->period);
  g_free (self->author);
  g_free (self->query);
  g_free (self);
}

gboolean
cpa_print_job_is_ready (const CpaPrintJob *self)
{
  return self->blocks != NULL;
}

void
cpa_print_job_take_items (CpaPrintJob *self, CpaContext *context, const GPtrArray *items, CpTime fetched_at)
{
  g_autoptr (GPtrArray) oldest_first = g_ptr_array_new ();

  for (guint i = items->len; i-- > 0;)
    g_ptr_array_add (oldest_first, g_ptr_array_index (items, i));
  self->fetched_at = fetched_at;
  self->blocks = cpa_print_blocks_new ();
  cpa_print_add (self->blocks, CPA_PRINT_TITLE, 0, self->heading);
  cpa_print_add (self->blocks, CPA_PRINT_CAPTION, 0, self->period);
  if (self->author != NULL)
    cpa_print_take (self->blocks, CPA_PRINT_CAPTION, 0, cpa_dossier_only_by (self->author));
  if (items->len == 0)
    cpa_print_take (self->blocks, CPA_PRINT_BODY, 0, cpa_dossier_none_of (self->period != NULL, self->author));
  cpa_print_add_days (self->blocks, context, oldest_first);
}

/* (transfer full): the name that a file gets: with the day that a report is of, or else the day up to which all that is
 * in it is known. On which day it was saved the file system keeps. */
static char *
title_of (const CpaPrintJob *self, CpaContext *context)
{
  CpTime known = self->fetched_at != 0 ? self->fetched_at : cp_time_now ();
  g_autofree char *date = cp_time_date (known, cpa_context_get_zone (context));

  return g_strconcat (self->subject, " ", self->day != NULL ? self->day : date, NULL);
}

CpaPrintDoc *
cpa_print_job_to_doc (CpaPrintJob *self, CpaContext *context)
{
  g_autofree char *title = title_of (self, context);

  if (self->own != NULL)
    return cpa_print_doc_new_own (context, title, self->own, g_steal_pointer (&self->blocks));
  return cpa_print_doc_new (context, title, g_steal_pointer (&self->blocks), self->fetched_at);
}
