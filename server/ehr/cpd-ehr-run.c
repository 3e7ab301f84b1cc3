/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-run.h"

#include "cpd-ehr-recall.h"

#include <string.h>

#define FEW 5      /* so many may always vanish */
#define FRACTION 5 /* of more, a fifth at most */

static void
refused_cb (const CpdEhrRow *row, const char *reason, gpointer data)
{
  CpdEhrRun *run = data;

  run->refused = TRUE;
  cpd_ehr_run_problem (data, cpd_ehr_problem_new (CPD_EHR_ODD, ".", row->type, row->id, "%s", reason));
  cpd_ehr_run_bad (data, row->patient, ".", row->type, row->id, reason);
}

/* CpdEhrSameFunc: one of them may have replaced the other. */
static gboolean
is_same_cb (const char *key, const char *other, gpointer data)
{
  const CpdEhrRun *run = data;
  gint64 patient = cpd_ehr_link_patient (run->link, key);

  return patient != 0 && patient == cpd_ehr_link_patient (run->link, other);
}

/* CpdEhrPatientFunc: what it answers may be another in the next run. */
static char *
by_identifier_cb (const char *identifier, gpointer data)
{
  const CpdEhrRun *run = data;

  if (run->recall != NULL)
    cpd_ehr_recall_again (run->recall);
  return run->link != NULL ? cpd_ehr_link_by_identifier (run->link, identifier) : NULL;
}

/* CpdEhrPassingFunc */
static void
passing_cb (gpointer data)
{
  const CpdEhrRun *run = data;

  if (run->recall != NULL)
    cpd_ehr_recall_again (run->recall);
}

/* CpdEhrOtherFunc */
static void
other_cb (gpointer data)
{
  CpdEhrRun *run = data;

  run->left_out = TRUE;
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
  run->started = run->clock = cp_time_now ();
  run->mapper.zone = sync->config->zone;
  run->mapper.now = run->started;
  run->mapper.names = cpd_ehr_names_new ();
  run->mapper.same = is_same_cb;
  run->mapper.by_identifier = by_identifier_cb;
  run->mapper.passing = passing_cb;
  run->mapper.other = other_cb;
  run->mapper.patient_data = run;
  run->mapper.report_codes = (const char *const *) sync->config->report_codes;
  run->mapper.evaluation_codes = (const char *const *) sync->config->evaluation_codes;
  run->mapper.document_codes = (const char *const *) sync->config->document_codes;
  run->spots = cpd_ehr_spots_new (sync->config->source_directory);
  run->mapper.beside = cpd_ehr_spots_find;
  run->mapper.beside_data = run->spots;
  run->seen = cpd_ehr_seen_new ();
  run->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run->kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->odd = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cpd_quarantined_free);
  run->others = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  run->nameless = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  cpd_keys_tag_key (sync->keys, run->tag_key);
  run->bad = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_quarantined_free);
  *report = (CpdEhrSyncReport){ 0 };
  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_problem_free);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      report->types[i].type = cpd_ehr_sync_types[i];
      run->types[i].batch = cpd_ehr_batch_new (sync, refused_cb, run);
      run->types[i].lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_lacking_free);
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
    {
      cpd_ehr_batch_free (run->types[i].batch);
      g_ptr_array_unref (run->types[i].lacks);
    }
  cpd_ehr_link_free (run->link);
  cpd_ehr_names_free (run->mapper.names);
  cpd_ehr_spots_free (run->spots);
  cpd_ehr_seen_free (run->seen);
  g_hash_table_unref (run->named);
  g_array_unref (run->kept);
  g_hash_table_unref (run->odd);
  g_ptr_array_unref (run->others);
  g_ptr_array_unref (run->nameless);
  g_ptr_array_unref (run->bad);
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

/* (transfer problem) */
static void
tell (CpdEhrRun *run, CpdEhrProblem *problem)
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
      /* Of a server the search tells whether its type has failed. */
      if (problem->severity == CPD_EHR_CUT || (problem->severity == CPD_EHR_HOLE && run->recall != NULL))
        cpd_ehr_run_fail (run, i, problem->reason);
    }
  if (run->report->problems->len < CPD_EHR_PROBLEMS_MAX)
    g_ptr_array_add (run->report->problems, problem);
  else
    cpd_ehr_problem_free (problem);
}

/**
 * cpd_ehr_run_problem:
 * @problem: (transfer full): of a type that the portal does not read it says nothing about any other
 */
void
cpd_ehr_run_problem (CpdEhrRun *run, CpdEhrProblem *problem)
{
  if (run->recall != NULL)
    cpd_ehr_recall_again (run->recall);
  tell (run, problem);
}

/**
 * cpd_ehr_run_bad:
 * @reason: without content
 *
 * Its last good copy stays.
 */
void
cpd_ehr_run_bad (CpdEhrRun *run, gint64 patient, const char *place, const char *type, const char *id,
                 const char *reason)
{
  CpdQuarantined *bad;

  if (cpd_ehr_run_type (type) < 0 || run->bad->len == CPD_EHR_BAD_MAX)
    return;
  bad = g_new0 (CpdQuarantined, 1);
  bad->patient = patient;
  bad->place = g_strdup (place);
  bad->type = g_strdup (type);
  bad->id = g_strdup (id);
  bad->reason = g_strdup (reason);
  g_ptr_array_add (run->bad, bad);
}

/**
 * cpd_ehr_run_odd:
 *
 * Its last good copy stays.
 */
void
cpd_ehr_run_odd (CpdEhrRun *run, const CpdQuarantined *odd)
{
  if (run->recall != NULL)
    cpd_ehr_recall_odd (run->recall);
  tell (run, cpd_ehr_problem_new (CPD_EHR_ODD, odd->place, odd->type, odd->id, "%s", odd->reason));
  cpd_ehr_run_bad (run, odd->patient, odd->place, odd->type, odd->id, odd->reason);
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

/**
 * cpd_ehr_run_flush:
 *
 * Returns: FALSE with @error when the database takes nothing.
 */
gboolean
cpd_ehr_run_flush (CpdEhrRun *run, GError **error)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (!cpd_ehr_batch_flush (run->types[i].batch, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_run_keep_patient:
 *
 * Adds to run->kept.
 */
void
cpd_ehr_run_keep_patient (CpdEhrRun *run, gint64 patient)
{
  guint at = 0;

  while (at < run->kept->len && g_array_index (run->kept, gint64, at) < patient)
    at++;
  if (at == run->kept->len || g_array_index (run->kept, gint64, at) != patient)
    g_array_insert_val (run->kept, at, patient);
}

/**
 * cpd_ehr_run_is_ahead:
 * @said: 0: not given
 *
 * Returns: TRUE when it is later than run->clock by now.
 */
gboolean
cpd_ehr_run_is_ahead (const CpdEhrRun *run, CpTime said)
{
  /* A run may take hours, in which resources change. */
  CpTime now = run->clock + (cp_time_now () - run->started);

  return said > now + CPD_EHR_AHEAD;
}

/**
 * cpd_ehr_run_moment:
 * @said: 0: not given
 *
 * A clock of the server that runs ahead is put right some day: what it writes then says an earlier moment than before.
 *
 * Returns: @said, or the earlier of the two clocks when that is yet to come.
 */
CpTime
cpd_ehr_run_moment (const CpdEhrRun *run, CpTime said)
{
  return cpd_ehr_run_is_ahead (run, said) || said > cp_time_now () + CPD_EHR_AHEAD ? MIN (run->clock, run->started)
                                                                                   : said;
}

static gsize
seen_key (const CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  const char first[] = { (char) ('0' + kind), '\0' };
  g_autofree char *text = g_strconcat (first, type, "/", id, NULL);
  guchar tag[CPD_TAG_SIZE];
  gsize key;

  cpd_tag (run->tag_key, text, strlen (text), tag);
  memcpy (&key, tag, sizeof key);
  return key;
}

/**
 * cpd_ehr_run_see:
 *
 * Returns: TRUE for the first time.
 */
gboolean
cpd_ehr_run_see (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  gsize key = seen_key (run, kind, type, id);
  gboolean first = cpd_ehr_seen_add (run->seen, key);

  if (run->recall != NULL)
    cpd_ehr_recall_names (run->recall, cpd_ehr_run_type (type), key);
  if (run->recall != NULL && !first)
    cpd_ehr_recall_doubled (run->recall, key);
  return first;
}

/**
 * cpd_ehr_run_has_seen:
 *
 * Returns: TRUE when cpd_ehr_run_see() was called for it.
 */
gboolean
cpd_ehr_run_has_seen (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  return cpd_ehr_seen_has (run->seen, seen_key (run, kind, type, id));
}

/**
 * cpd_ehr_run_meet:
 *
 * Of an appointment of several each row has an id of its own. So that two lines of the same appointment find each
 * other, whomever they name and in whichever order they come, both note the id without that; each is read again in the
 * next run, when the rows of the other are there to be compared with.
 *
 * Returns: TRUE for the first time.
 */
gboolean
cpd_ehr_run_meet (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  g_autofree char *base = g_strconcat (id, "#", NULL);
  gsize key = seen_key (run, kind, type, base);
  gboolean first = cpd_ehr_seen_add (run->seen, key);

  if (run->recall != NULL)
    cpd_ehr_recall_names (run->recall, -1, key);
  if (run->recall != NULL && !first)
    cpd_ehr_recall_doubled (run->recall, key);
  return first;
}

/**
 * cpd_ehr_run_load_odd:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_run_load_odd (CpdEhrRun *run, GError **error)
{
  gint64 total;
  g_autoptr (GPtrArray) all =
      cpd_store_quarantine_list (run->db, run->sync->config->source_name, CPD_EHR_BAD_MAX, &total, error);

  while (all != NULL && all->len > 0)
    {
      CpdQuarantined *odd = g_ptr_array_steal_index (all, all->len - 1);
      gsize key = seen_key (run, cpd_ehr_kind_of (odd->type), odd->type, odd->id);

      g_hash_table_replace (run->odd, GSIZE_TO_POINTER (key), odd);
    }
  return all != NULL;
}

/**
 * cpd_ehr_run_was_odd:
 *
 * Returns: (nullable) (transfer none)
 */
const CpdQuarantined *
cpd_ehr_run_was_odd (const CpdEhrRun *run, gsize key)
{
  return g_hash_table_lookup (run->odd, GSIZE_TO_POINTER (key));
}

/**
 * cpd_ehr_run_refuses:
 * @place: where it was noticed
 * @n: would be removed
 * @all: of so many that are shown
 *
 * Very much does not vanish at once without somebody who looks.
 *
 * Returns: TRUE when nothing of the type may be removed; then it has failed.
 */
gboolean
cpd_ehr_run_refuses (CpdEhrRun *run, const char *place, const char *type, guint n, gint64 all)
{
  g_autofree char *reason = NULL;
  int number = cpd_ehr_run_type (type);

  if (n <= FEW || n <= all / FRACTION || run->sync->accept_removals)
    return FALSE;
  reason = g_strdup_printf ("%u of %" G_GINT64_FORMAT " are missing: none is removed until this is accepted", n, all);
  cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, place, type, NULL, "%s", reason));
  if (number >= 0)
    cpd_ehr_run_fail (run, number, reason);
  return TRUE;
}
