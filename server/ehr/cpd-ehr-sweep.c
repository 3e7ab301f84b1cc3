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
<<<<<<< HEAD
  guint n;         /* rows that are shown */
  guint kept;      /* of somebody of whom nothing is concluded now */
  GPtrArray *gone; /* of CpdEhrRow: tombstones */
} Sweep;

static void
=======
  guint n;           /* rows that are shown */
  GHashTable *quiet; /* (borrowed) set of gint64: who has died, and of whom there is nothing */
  GPtrArray *gone;   /* (nullable) of CpdEhrRow: tombstones */
  gboolean any_gone;
} Sweep;

static void
hear_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  const Sweep *sweep = data;

  if (cpd_ehr_run_has_seen (sweep->run, kind, sweep->type, id))
    cpd_ehr_run_hear (sweep->run, sweep->type, id, patient);
}

/* Whether the directory has something of somebody's dossier that is here too. */
static gboolean
listen (CpdEhrRun *run, gint64 patient, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && !cpd_ehr_run_has_heard (run, patient); i++)
    {
      Sweep sweep = { .run = run, .type = kinds[i].type };

      if (!cpd_store_ehr_each_live_of (run->db, patient, kinds[i].kind, run->sync->config->source_name, sweep.type,
                                       hear_cb, &sweep, error))
        return FALSE;
    }
  return TRUE;
}

/* The dossier of who has died may be closed at the source, so that there is nothing of any type: that is no reason to
 * take it from the family. (transfer full) */
static GHashTable *
find_quiet (CpdEhrRun *run, GError **error)
{
  g_autoptr (GHashTable) quiet = cpd_ehr_link_died (run->link);
  GHashTableIter iter;
  gpointer patient;

  g_hash_table_iter_init (&iter, quiet);
  while (g_hash_table_iter_next (&iter, &patient, NULL))
    {
      if (!listen (run, *(gint64 *) patient, error))
        return NULL;
      if (cpd_ehr_run_has_heard (run, *(gint64 *) patient))
        g_hash_table_iter_remove (&iter);
    }
  return g_steal_pointer (&quiet);
}

static void
>>>>>>> sync
look_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  Sweep *sweep = data;

  sweep->n++;
  if (cpd_ehr_run_has_seen (sweep->run, kind, sweep->type, id))
    return;
<<<<<<< HEAD
  if (!cpd_ehr_link_is_whole (sweep->run->link, patient) || cpd_ehr_link_keeps (sweep->run->link, patient))
    sweep->kept++;
  else
=======
  if (!cpd_ehr_link_is_whole (sweep->run->link, patient) || g_hash_table_contains (sweep->quiet, &patient))
    {
      cpd_ehr_run_keep_patient (sweep->run, patient);
      return;
    }
  sweep->any_gone = TRUE;
  if (sweep->gone != NULL)
>>>>>>> sync
    g_ptr_array_add (sweep->gone, cpd_ehr_row_new (kind, patient, sweep->type, id, NULL));
}

/* Of a type that is settled but for those who were kept. needed: (out) when something of theirs is kept no more: then
 * the type is swept as a whole, which knows how many there are. */
static gboolean
look_at_kept (CpdEhrRun *run, const char *type, CpdEhrKind kind, GHashTable *quiet, gboolean *needed, GError **error)
{
  Sweep sweep = { .run = run, .type = type, .quiet = quiet };
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
<<<<<<< HEAD
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (cpd_ehr_recall_must_sweep (run->recall, cpd_ehr_run_type (kinds[i].type)) &&
        !sweep_type (run, kinds[i].type, kinds[i].kind, error))
      return FALSE;
=======
  g_autoptr (GHashTable) quiet = NULL;
  gsize n_kept;

  cpd_ehr_recall_kept (run->recall, &n_kept);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean needed = cpd_ehr_recall_must_sweep (run->recall, cpd_ehr_run_type (kinds[i].type));

      if (!needed && n_kept == 0)
        continue;
      if (quiet == NULL)
        quiet = find_quiet (run, error);
      if (quiet == NULL || (!needed && !look_at_kept (run, kinds[i].type, kinds[i].kind, quiet, &needed, error)) ||
          (needed && !sweep_type (run, kinds[i].type, kinds[i].kind, quiet, error)))
        return FALSE;
    }
>>>>>>> sync
  return TRUE;
}
