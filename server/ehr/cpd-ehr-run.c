/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-run.h"

#include <string.h>

static void
refused_cb (const CpdEhrRow *row, const char *reason, gpointer data)
{
  cpd_ehr_run_problem (data, cpd_ehr_problem_new (CPD_EHR_ODD, ".", row->type, row->id, "%s", reason));
}

/**
 * cpd_ehr_run_new:
 *
 * Returns: (transfer full)
 */
CpdEhrRun *
cpd_ehr_run_new (const CpdEhrSync *sync, GCancellable *cancellable, CpdEhrSyncReport *report)
{
  CpdEhrRun *run = g_new0 (CpdEhrRun, 1);

  run->sync = sync;
  run->cancellable = cancellable;
  run->report = report;
  run->started = cp_time_now ();
  run->mapper.zone = sync->config->zone;
  run->mapper.now = run->started;
  run->mapper.names = cpd_ehr_names_new ();
  run->seen = g_hash_table_new (NULL, NULL);
  *report = (CpdEhrSyncReport){ 0 };
  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_problem_free);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      report->types[i].type = cpd_ehr_sync_types[i];
      run->types[i].batch = cpd_ehr_batch_new (sync, run->started, refused_cb, run);
    }
  return run;
}

/**
 * cpd_ehr_run_free:
 * @run: (nullable):
 */
void
cpd_ehr_run_free (CpdEhrRun *run)
{
  if (run == NULL)
    return;
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    cpd_ehr_batch_free (run->types[i].batch);
  cpd_ehr_link_free (run->link);
  cpd_ehr_names_free (run->mapper.names);
  g_hash_table_unref (run->seen);
  g_clear_pointer (&run->db, cpd_db_close);
  g_free (run);
}

/**
 * cpd_ehr_run_type:
 * @type: (nullable):
 *
 * Returns: its place in cpd_ehr_sync_types.
 */
int
cpd_ehr_run_type (const char *type)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (g_strcmp0 (type, cpd_ehr_sync_types[i]) == 0)
      return i;
  return -1;
}

/**
 * cpd_ehr_run_problem:
 * @problem: (transfer full): of a type that the portal does not read it says nothing about any other
 */
void
cpd_ehr_run_problem (CpdEhrRun *run, CpdEhrProblem *problem)
{
  int only = cpd_ehr_run_type (problem->type);

  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      if (problem->type != NULL && i != only)
        continue;
      if (problem->type != NULL)
        run->report->types[i].odd++;
      if (problem->severity != CPD_EHR_ODD)
        run->types[i].hole = TRUE;
      if (problem->severity == CPD_EHR_CUT)
        cpd_ehr_run_fail (run, i, problem->reason);
    }
  if (run->report->problems->len < CPD_EHR_PROBLEMS_MAX)
    g_ptr_array_add (run->report->problems, problem);
  else
    cpd_ehr_problem_free (problem);
}

/**
 * cpd_ehr_run_fail:
 *
 * The type has failed in this run.
 */
void
cpd_ehr_run_fail (CpdEhrRun *run, int type, const char *reason)
{
  if (run->report->types[type].error == NULL)
    run->report->types[type].error = g_strdup (reason);
}

/**
 * cpd_ehr_run_fail_all:
 *
 * Every type has failed in this run.
 */
void
cpd_ehr_run_fail_all (CpdEhrRun *run, const char *reason)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    cpd_ehr_run_fail (run, i, reason);
}

static gpointer
seen_key (CpdEhrKind kind, const char *type, const char *id)
{
  g_autofree char *text = g_strdup_printf ("%d/%s/%s", kind, type, id);
  guchar hash[CPD_HASH_SIZE];
  gsize key;

  cpd_hash (text, strlen (text), hash);
  memcpy (&key, hash, sizeof key);
  return GSIZE_TO_POINTER (key);
}

/**
 * cpd_ehr_run_see:
 *
 * Returns: TRUE for the first time.
 */
gboolean
cpd_ehr_run_see (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  return g_hash_table_add (run->seen, seen_key (kind, type, id));
}

/**
 * cpd_ehr_run_has_seen:
 *
 * Returns: TRUE when cpd_ehr_run_see() was called for it.
 */
gboolean
cpd_ehr_run_has_seen (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  return g_hash_table_contains (run->seen, seen_key (kind, type, id));
}
