/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-others.h"

#include "cpd-ehr-recall.h"

static gboolean
is_newer (const CpdEhrKnown *known, const CpdEhrRow *row)
{
  return known->last_updated != 0 && row->last_updated > known->last_updated;
}

/**
 * cpd_ehr_others_wait:
 *
 * What names nobody is not known to be somebody else's: very much of it may not go at once, and that is only clear at
 * the end. Of what is somebody else's no line of before makes it otherwise when it says that it is the newer.
 *
 * Returns: FALSE: it goes now.
 */
gboolean
cpd_ehr_others_wait (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrKnown *known, CpdEhrRow *row)
{
  g_autoptr (GPtrArray) keys = NULL;

  if (run->recall == NULL)
    return FALSE;
  cpd_ehr_recall_again (run->recall);
  keys = cpd_ehr_map_patients (&run->mapper, resource);
  if (keys->len == 0)
    {
      g_ptr_array_add (run->nameless, row);
      return TRUE;
    }
  if (is_newer (known, row))
    {
      /* Somebody's line is read in the next run too. */
      cpd_ehr_run_see (run, row->kind, row->type, row->id);
      return FALSE;
    }
  g_ptr_array_add (run->others, row);
  return TRUE;
}

static gboolean
stays (CpdEhrRun *run, const CpdEhrRow *row)
{
  CpdEhrKnown known;

  if (!cpd_ehr_link_is_whole (run->link, row->patient))
    return TRUE;
  return cpd_ehr_run_has_seen (run, row->kind, row->type, row->id) &&
         (!cpd_store_ehr_find (run->db, row->kind, run->sync->config->source_name, row->type, row->id, &known, NULL) ||
          !is_newer (&known, row));
}

/* Rows of nobody that go, by their type. FALSE with error. */
static gboolean
sift_nameless (CpdEhrRun *run, GError **error)
{
  guint n[CPD_EHR_N_TYPES] = { 0 };
  gboolean refused[CPD_EHR_N_TYPES] = { FALSE };

  for (guint i = run->nameless->len; i > 0; i--)
    if (stays (run, g_ptr_array_index (run->nameless, i - 1)))
      g_ptr_array_remove_index_fast (run->nameless, i - 1);
    else
      n[cpd_ehr_run_type (((const CpdEhrRow *) g_ptr_array_index (run->nameless, i - 1))->type)]++;
  for (int type = 0; type < CPD_EHR_N_TYPES; type++)
    {
      gint64 all;

      if (n[type] > 0 &&
          !cpd_store_ehr_count (run->db, run->sync->config->source_name, cpd_ehr_sync_types[type], &all, error))
        return FALSE;
      refused[type] = n[type] > 0 && cpd_ehr_run_refuses (run, ".", cpd_ehr_sync_types[type], n[type], all);
    }
  for (guint i = run->nameless->len; i > 0; i--)
    if (refused[cpd_ehr_run_type (((const CpdEhrRow *) g_ptr_array_index (run->nameless, i - 1))->type)])
      g_ptr_array_remove_index_fast (run->nameless, i - 1);
  return TRUE;
}

/**
 * cpd_ehr_others_end:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_others_end (CpdEhrRun *run, CpdEhrOthersFunc func, GError **error)
{
  while (run->others->len > 0)
    {
      CpdEhrRow *row = g_ptr_array_steal_index (run->others, run->others->len - 1);

      if (cpd_ehr_run_has_seen (run, row->kind, row->type, row->id) || !cpd_ehr_link_is_whole (run->link, row->patient))
        cpd_ehr_row_free (row);
      else if (!func (run, row, ".", error))
        return FALSE;
    }
  if (run->nameless->len > 0 && !sift_nameless (run, error))
    return FALSE;
  while (run->nameless->len > 0)
    if (!func (run, g_ptr_array_steal_index (run->nameless, run->nameless->len - 1), ".", error))
      return FALSE;
  return TRUE;
}
