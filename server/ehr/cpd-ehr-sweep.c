/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-pass.h"
#include "cpd-ehr-recall.h"
#include "cpd-store-ehr.h"

/* The kinds that a type makes rows of; a profile has no tombstone. */
static const struct
{
  const char *type;
  CpdEhrKind kind;
} kinds[] = {
  { "Patient", CPD_EHR_CONTACT },
  { "RelatedPerson", CPD_EHR_CONTACT },
  { "CareTeam", CPD_EHR_PIECE },
  { "Goal", CPD_EHR_PIECE },
  { "CarePlan", CPD_EHR_PLAN },
  { "ServiceRequest", CPD_EHR_PIECE },
  { "Task", CPD_EHR_PIECE },
  { "Procedure", CPD_EHR_PIECE },
  { "Observation", CPD_EHR_ITEM },
  { "DocumentReference", CPD_EHR_ITEM },
  { "Composition", CPD_EHR_ITEM },
  { "QuestionnaireResponse", CPD_EHR_ITEM },
  { "Appointment", CPD_EHR_APPOINTMENT },
};

typedef struct
{
  CpdEhrRun *run;
  const char *type;
  guint n;         /* rows that are shown */
  GPtrArray *gone; /* (nullable) of CpdEhrRow: tombstones */
  gboolean any_gone;
} Sweep;

static void
look_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  Sweep *sweep = data;

  sweep->n++;
  if (cpd_ehr_run_has_seen (sweep->run, kind, sweep->type, id))
    return;
  if (!cpd_ehr_link_is_whole (sweep->run->link, patient) || cpd_ehr_link_keeps (sweep->run->link, patient))
    {
      cpd_ehr_run_keep_patient (sweep->run, patient);
      return;
    }
  sweep->any_gone = TRUE;
  if (sweep->gone != NULL)
    g_ptr_array_add (sweep->gone, cpd_ehr_row_new (kind, patient, sweep->type, id, NULL));
}

/* Of a type that is settled but for those who were kept. needed: (out) when something of theirs is kept no more: then
 * the type is swept as a whole, which knows how many there are. */
static gboolean
look_at_kept (CpdEhrRun *run, const char *type, CpdEhrKind kind, gboolean *needed, GError **error)
{
  Sweep sweep = { .run = run, .type = type };
  gsize n;
  const gint64 *kept = cpd_ehr_recall_kept (run->recall, &n);

  for (gsize i = 0; i < n; i++)
    if (!cpd_store_ehr_each_live_of (run->db, kept[i], kind, run->sync->config->source_name, type, look_cb, &sweep,
                                     error))
      return FALSE;
  *needed = sweep.any_gone;
  return TRUE;
}

static gboolean
sweep_type (CpdEhrRun *run, const char *type, CpdEhrKind kind, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  Sweep sweep = { .run = run, .type = type, .gone = gone };
  int number = cpd_ehr_run_type (type);

  cpd_ehr_recall_swept (run->recall, number, FALSE);
  if (!cpd_store_ehr_each_live (run->db, kind, run->sync->config->source_name, type, look_cb, &sweep, error))
    return FALSE;
  if (gone->len > 0 && run->types[number].hole)
    {
      cpd_ehr_run_problem (
          run, cpd_ehr_problem_new (CPD_EHR_ODD, ".", type, NULL,
                                    "%u are missing, but not everything could be read: none is removed", gone->len));
      return TRUE;
    }
  if (cpd_ehr_run_refuses (run, ".", type, gone->len, sweep.n))
    return TRUE;
  g_ptr_array_set_free_func (gone, NULL);
  for (guint i = 0; i < gone->len; i++)
    if (!cpd_ehr_batch_add (run->types[number].batch, g_ptr_array_index (gone, i), error))
      {
        while (++i < gone->len)
          cpd_ehr_row_free (g_ptr_array_index (gone, i));
        return FALSE;
      }
  cpd_ehr_recall_swept (run->recall, number, TRUE);
  return cpd_ehr_batch_flush (run->types[number].batch, error);
}

/**
 * cpd_ehr_sweep:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_sweep (CpdEhrRun *run, GError **error)
{
  gsize n_kept;

  cpd_ehr_recall_kept (run->recall, &n_kept);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean needed = cpd_ehr_recall_must_sweep (run->recall, cpd_ehr_run_type (kinds[i].type));

      if (!needed && n_kept == 0)
        continue;
      if ((!needed && !look_at_kept (run, kinds[i].type, kinds[i].kind, &needed, error)) ||
          (needed && !sweep_type (run, kinds[i].type, kinds[i].kind, error)))
        return FALSE;
    }
  return TRUE;
}
