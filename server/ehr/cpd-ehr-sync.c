/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-sync.h"

#include "cpd-ehr-link.h"
#include "cpd-ehr-pass.h"
#include "cpd-ehr-reader.h"
#include "cpd-ehr-run.h"
#include "cpd-store-ehr-sync.h"

const char *const cpd_ehr_sync_types[] = { "Patient",     "RelatedPerson",         "CarePlan",
                                           "Observation", "QuestionnaireResponse", "Appointment",
                                           NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (cpd_ehr_sync_types) == CPD_EHR_N_TYPES + 1);

/**
 * cpd_ehr_sync_report_clear:
 *
 * Frees what a report holds.
 */
void
cpd_ehr_sync_report_clear (CpdEhrSyncReport *report)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    g_clear_pointer (&report->types[i].error, g_free);
  g_clear_pointer (&report->problems, g_ptr_array_unref);
}

/**
 * cpd_ehr_sync_report_is_fine:
 *
 * Returns: TRUE when no type has an error.
 */
gboolean
cpd_ehr_sync_report_is_fine (const CpdEhrSyncReport *report)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (report->types[i].error != NULL)
      return FALSE;
  return TRUE;
}

/* The first pass: who is who, and how everything is called. What is odd is reported by the second. */
static gboolean
first_pass (CpdEhrRun *run, GError **error)
{
  g_autoptr (CpdEhrReader) reader =
      cpd_ehr_reader_new (run->sync->config->source_directory, cpd_ehr_names_types, error);
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  if (reader == NULL)
    return FALSE;
  while (read != CPD_EHR_READ_END)
    {
      g_autoptr (CpdEhrResource) resource = NULL;
      g_autoptr (CpdEhrProblem) problem = NULL;

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      read = cpd_ehr_reader_next (reader, &resource, &problem);
      if (resource == NULL)
        continue;
      if (g_strv_contains (cpd_ehr_names_types, resource->type))
        cpd_ehr_names_add (run->mapper.names, resource);
    }
  return TRUE;
}

/* Links need the names of the first pass (a urn may come before its target), so they have one of their own. */
static gboolean
link_pass (CpdEhrRun *run, GError **error)
{
  static const char *const types[] = { "Patient", "RelatedPerson", NULL };
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (run->sync->config->source_directory, types, error);
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  if (reader == NULL)
    return FALSE;
  while (read != CPD_EHR_READ_END)
    {
      g_autoptr (CpdEhrResource) resource = NULL;
      g_autoptr (CpdEhrProblem) problem = NULL;

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      read = cpd_ehr_reader_next (reader, &resource, &problem);
      if (resource != NULL)
        cpd_ehr_link_add (run->link, &run->mapper, resource);
    }
  return TRUE;
}

typedef struct
{
  gint64 patient;
  const char *fhir_id;
} Linking;

static gboolean
write_link (CpdDb *db, gpointer data, GError **error)
{
  const Linking *linking = data;

  return cpd_store_ehr_link (db, linking->patient, linking->fhir_id, error);
}

static gboolean
keep_link_cb (gint64 patient, const char *fhir_id, gpointer data)
{
  CpdEhrRun *run = data;
  Linking linking = { patient, fhir_id };

  return cpd_writer_run (run->sync->writer, write_link, &linking, NULL);
}

static void
link_problem_cb (const char *fhir_id, const char *reason, gpointer data)
{
  cpd_ehr_run_problem (data, cpd_ehr_problem_new (CPD_EHR_ODD, ".", "Patient", fhir_id, "%s", reason));
}

static gboolean
write_report (CpdDb *db, gpointer data, GError **error)
{
  const CpdEhrRun *run = data;
  const char *source = run->sync->config->source_name;

  if (!cpd_store_ehr_clear_problems (db, source, error))
    return FALSE;
  for (guint i = 0; i < run->report->problems->len; i++)
    {
      const CpdEhrProblem *problem = g_ptr_array_index (run->report->problems, i);

      if (!cpd_store_ehr_add_problem (db, source, run->started, problem->place, problem->type, problem->id,
                                      problem->reason, error))
        return FALSE;
    }
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      const CpdEhrTypeReport *type = &run->report->types[i];
      CpdEhrTypeResult result = { type->type, type->error, type->read, type->written, type->odd };

      if (!cpd_store_ehr_put_type (db, source, run->started, &result, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_passes (CpdEhrRun *run, GError **error)
{
  GPtrArray *enrolled = cpd_store_ehr_enrolled (run->db, run->sync->config->source_name, error);

  if (enrolled == NULL)
    return FALSE;
  run->link = cpd_ehr_link_new (run->sync->keys, run->sync->config->source_name, enrolled);
  if (!first_pass (run, error) || !link_pass (run, error))
    return FALSE;
  cpd_ehr_link_settle (run->link, keep_link_cb, link_problem_cb, run);
  return cpd_ehr_pass_run (run, error);
}

/**
 * cpd_ehr_sync_run:
 * @cancellable: (nullable): looked at before each resource
 * @report: (out caller-allocates): what was read, written and odd
 *
 * Returns: FALSE with @error when the run as a whole failed.
 */
gboolean
cpd_ehr_sync_run (const CpdEhrSync *sync, GCancellable *cancellable, CpdEhrSyncReport *report, GError **error)
{
  g_autoptr (CpdEhrRun) run = cpd_ehr_run_new (sync, cancellable, report);
  g_autoptr (GError) failed = NULL;
  gboolean fine;

  run->db = cpd_db_open (sync->config->database, CPD_DB_READER, &failed);
  fine = run->db != NULL && run_passes (run, &failed);
  if (!fine)
    cpd_ehr_run_fail_all (run, failed->message);
  if (!cpd_writer_run (sync->writer, write_report, run, fine ? &failed : NULL))
    fine = FALSE;
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    g_debug ("%s: %" G_GINT64_FORMAT " read, %" G_GINT64_FORMAT " written, %" G_GINT64_FORMAT " odd",
             report->types[i].type, report->types[i].read, report->types[i].written, report->types[i].odd);
  if (!fine)
    g_propagate_error (error, g_steal_pointer (&failed));
  return fine;
}
