/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-pass.h"
#include "cpd-ehr-recall.h"
#include "cpd-store-ehr.h"

#include <string.h>

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
  GPtrArray *gone; /* of CpdEhrRow: tombstones */
} Sweep;

/* TRUE for what is shown and was not named: it goes, unless the dossier stays as it is. */
static gboolean
is_gone (CpdEhrRun *run, CpdEhrKind kind, gint64 patient, const char *type, const char *id)
{
  if (cpd_ehr_run_has_seen (run, kind, type, id))
    return FALSE;
  if (cpd_ehr_link_is_whole (run->link, patient) && !cpd_ehr_link_keeps (run->link, patient))
    return TRUE;
  cpd_ehr_run_keep_patient (run, patient);
  return FALSE;
}

static void
look_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  Sweep *sweep = data;

  sweep->n++;
  if (is_gone (sweep->run, kind, patient, sweep->type, id))
    g_ptr_array_add (sweep->gone, cpd_ehr_row_new (kind, patient, sweep->type, id, NULL));
}

typedef struct
{
  CpdEhrRun *run;
  guint gone; /* a bit for each place in kinds */
} Kept;

/* What is put together here of other rows is of no such type. */
static void
look_at_kept_cb (gint64 patient, CpdEhrKind kind, const char *type, const char *id, gpointer data)
{
  Kept *kept = data;
  gsize at = 0;

  while (at < G_N_ELEMENTS (kinds) && (kinds[at].kind != kind || strcmp (kinds[at].type, type) != 0))
    at++;
  if (at < G_N_ELEMENTS (kinds) && is_gone (kept->run, kind, patient, type, id))
    kept->gone |= 1u << at;
}

/* gone: (out): the types of which something is kept no more. Those are swept as a whole, which knows how many there
 * are. */
static gboolean
look_at_kept (CpdEhrRun *run, guint *gone, GError **error)
{
  Kept kept = { run, 0 };
  gsize n;
  const gint64 *patients = cpd_ehr_recall_kept (run->recall, &n);

  for (gsize i = 0; i < n; i++)
    if (!cpd_store_ehr_each_live_of (run->db, patients[i], run->sync->config->source_name, look_at_kept_cb, &kept,
                                     error))
      return FALSE;
  *gone = kept.gone;
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
  run->types[number].settled = TRUE;
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
  guint gone;

  if (!look_at_kept (run, &gone, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int number = cpd_ehr_run_type (kinds[i].type);

      if ((gone & 1u << i) == 0 && !cpd_ehr_recall_must_sweep (run->recall, number))
        run->types[number].settled = TRUE;
      else if (!sweep_type (run, kinds[i].type, kinds[i].kind, error))
        return FALSE;
    }
  return TRUE;
}
