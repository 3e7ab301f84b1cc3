/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-doc.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-time-text.h"

static char *
client_line (CpaContext *context)
{
  const CpPatientAccess *patient = cpa_context_get_patient (context);

  return patient->birth_date != NULL ? cpa_time_born (patient->name, patient->birth_date) : g_strdup (patient->name);
}

/* Of what was never fetched as a whole there is no moment to name. */
static char *
source_line (CpaContext *context, CpTime fetched_at)
{
  const char *organisation = cpa_context_get_organisation (context)->name;
  g_autofree char *when = NULL;

  if (fetched_at == 0)
    return cpa_fill (_ ("Client portal of {organization}"), "organization", organisation, NULL);
  /* On paper there is no today. */
  when = cpa_time_long_day_clock (fetched_at, cpa_context_get_zone (context));
  return cpa_fill (_ ("Data of {organization}, as of {when}"), "organization", organisation, "when", when, NULL);
}

CpaPrintDoc *
cpa_print_doc_new (CpaContext *context, const char *title, GPtrArray *blocks, CpTime fetched_at)
{
  CpaPrintDoc *self = g_new0 (CpaPrintDoc, 1);
  g_autofree char *today = cpa_time_long_day (cp_time_now (), cpa_context_get_zone (context));

  g_ref_count_init (&self->count);
  self->blocks = blocks;
  self->title = g_strdup (title);
  self->client = client_line (context);
  self->source = source_line (context, fetched_at);
  self->printed =
      cpa_fill (_ ("Printed on {date} by {name}"), "date", today, "name", cpa_context_get_own_name (context), NULL);
  return self;
}

CpaPrintDoc *
cpa_print_doc_new_own (CpaContext *context, const char *title, const char *head, GPtrArray *blocks)
{
  CpaPrintDoc *self = g_new0 (CpaPrintDoc, 1);
  g_autofree char *today = cpa_time_long_day (cp_time_now (), cpa_context_get_zone (context));

  g_ref_count_init (&self->count);
  self->blocks = blocks;
  self->title = g_strdup (title);
  self->client = g_strdup (head);
  self->source = source_line (context, 0);
  self->printed =
      cpa_fill (_ ("Printed on {date} by {name}"), "date", today, "name", cpa_context_get_own_name (context), NULL);
  return self;
}

CpaPrintDoc *
cpa_print_doc_ref (CpaPrintDoc *self)
{
  g_ref_count_inc (&self->count);
  return self;
}

void
cpa_print_doc_unref (CpaPrintDoc *self)
{
  if (!g_ref_count_dec (&self->count))
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self->title);
  g_free (self->client);
  g_free (self->source);
  g_free (self->printed);
  g_free (self);
}
