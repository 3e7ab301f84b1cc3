/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-latest.h"

/**
 * cpd_ehr_latest_set_changed:
 *
 * A directory may have been written long before it is read: what puts a line right that says that it changed at a
 * moment yet to come may say a moment before this run. So such a line only counts as later than what is shown; of two
 * about two people neither does.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_latest_set_changed (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrRow *row, const CpdEhrKnown *known,
                            GError **error)
{
  CpdEhrKnown alike = *known;
  gboolean later;

  row->last_updated = cpd_ehr_run_moment (run, resource->last_updated);
  if (run->recall == NULL || row->last_updated == resource->last_updated)
    return TRUE;
  if (known->row == 0 && !cpd_store_ehr_find_alike (run->db, row->kind, run->sync->config->source_name, row->type,
                                                    row->id, row->patient, &alike, error))
    return FALSE;
  later = !alike.removed && (!run->repeated || alike.patient == row->patient);
  row->last_updated = MAX (alike.last_updated + later, 1);
  return TRUE;
}

/**
 * cpd_ehr_latest_wait:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_latest_wait (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  return cpd_ehr_batch_flush_of (run->types[cpd_ehr_run_type (resource->type)].batch, resource->id, error);
}

/* Of two lines the later can only be told when both say a moment that has been. */
static gboolean
is_dated (const CpdEhrRun *run, const CpdEhrResource *resource)
{
  return resource->last_updated != 0 && !cpd_ehr_run_is_ahead (run, resource->last_updated);
}

typedef struct
{
  CpdEhrRun *run;
  const CpdEhrResource *resource;
  gint64 patient;
  GPtrArray *rows; /* of CpdEhrRow: tombstones */
} Rows;

static void
name_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  const Rows *rows = data;

  if (patient == rows->patient)
    cpd_ehr_run_see (rows->run, kind, rows->resource->type, id);
}

/**
 * cpd_ehr_latest_is_late:
 *
 * Only of a directory: the lines of one may be of different times.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_latest_is_late (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrRow *row, gboolean *late,
                        GError **error)
{
  const char *source = run->sync->config->source_name;
  Rows rows = { .run = run, .resource = resource, .patient = row->patient };
  CpTime newest;

  *late = FALSE;
  if (run->recall == NULL || !is_dated (run, resource))
    return TRUE;
  if (!cpd_store_ehr_newest_of (run->db, row->kind, source, row->type, resource->id, &newest, error))
    return FALSE;
  *late = newest > resource->last_updated;
  return !*late || cpd_store_ehr_each_of (run->db, row->kind, source, row->type, resource->id, name_cb, &rows, error);
}

static void
retire_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  const Rows *rows = data;
  CpdEhrRow *row;

  if (g_hash_table_contains (rows->run->named, id) || cpd_ehr_link_keeps (rows->run->link, patient))
    return;
  row = cpd_ehr_row_new (kind, patient, rows->resource->type, id, NULL);
  row->last_updated = cpd_ehr_run_moment (rows->run, rows->resource->last_updated);
  g_ptr_array_add (rows->rows, row);
}

/* Of a server what it says is the latest, and the writer knows a page that comes late. */
static gboolean
may_go (CpdEhrRun *run, const CpdEhrRow *row, gboolean *may, GError **error)
{
  CpdEhrKnown known;

  *may = run->recall == NULL;
  if (*may)
    return TRUE;
  if (!cpd_store_ehr_find (run->db, row->kind, run->sync->config->source_name, row->type, row->id, &known, error))
    return FALSE;
  *may = known.last_updated != 0 && known.last_updated < row->last_updated &&
         cpd_ehr_link_is_whole (run->link, row->patient);
  return TRUE;
}

/**
 * cpd_ehr_latest_retire:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_latest_retire (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  CpdEhrRunType *type = &run->types[cpd_ehr_run_type (resource->type)];
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  Rows rows = { .run = run, .resource = resource, .rows = found };

  if ((kind != CPD_EHR_APPOINTMENT && kind != CPD_EHR_PROFILE) || (type->fresh && !run->met) ||
      (run->recall != NULL && !is_dated (run, resource)))
    return TRUE;
  if (!cpd_store_ehr_each_of (run->db, kind == CPD_EHR_PROFILE ? CPD_EHR_CONTACT : kind, run->sync->config->source_name,
                              resource->type, resource->id, retire_cb, &rows, error))
    return FALSE;
  while (found->len > 0)
    {
      g_autoptr (CpdEhrRow) row = g_ptr_array_steal_index (found, found->len - 1);
      gboolean may;

      if (!may_go (run, row, &may, error) || (may && !cpd_ehr_batch_add (type->batch, g_steal_pointer (&row), error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_latest_take_away:
 *
 * It leaves the moment of what was there, so that this very version goes over when it can be read.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_latest_take_away (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrAbout *about, GError **error)
{
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  g_autoptr (CpdEhrRow) row = cpd_ehr_row_new (kind, about->patient, resource->type, about->id, NULL);
  CpdEhrKnown known;

  if (!cpd_ehr_latest_wait (run, resource, error) ||
      !cpd_store_ehr_find (run->db, kind, run->sync->config->source_name, row->type, row->id, &known, error) ||
      !cpd_ehr_latest_set_changed (run, resource, row, &known, error))
    return FALSE;
  if (known.row == 0 || known.removed || known.patient == row->patient || cpd_store_ehr_is_older (&known, row))
    return TRUE;
  cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, resource->place, resource->type, resource->id,
                                                 "is about another Patient than before: it is removed there"));
  row->patient = known.patient;
  row->last_updated = 0;
  return cpd_ehr_batch_add (run->types[cpd_ehr_run_type (resource->type)].batch, g_steal_pointer (&row), error);
}
