/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-sync.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-ehr-base.h"
#include "cpd-ehr-compose.h"
#include "cpd-ehr-context.h"
#include "cpd-ehr-link.h"
#include "cpd-ehr-news.h"
#include "cpd-ehr-pass.h"
#include "cpd-ehr-recall.h"
#include "cpd-ehr-reader.h"
#include "cpd-ehr-run.h"
#include "cpd-ehr-server.h"
#include "cpd-ehr-soap.h"
#include "cpd-store-ehr-sync.h"
#include "cpd-store-news.h"

const char *const cpd_ehr_sync_types[] = { "Patient",     "RelatedPerson",
                                           "CareTeam",    "Goal",
                                           "CarePlan",    "ServiceRequest",
                                           "Task",        "Procedure",
                                           "Observation", "DocumentReference",
                                           "Composition", "QuestionnaireResponse",
                                           "Appointment", NULL };
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
 * Returns: FALSE when the run is worth another soon.
 */
gboolean
cpd_ehr_sync_report_is_fine (const CpdEhrSyncReport *report)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (report->types[i].error != NULL || report->types[i].waiting > 0)
      return FALSE;
  return TRUE;
}

static void
tell_binary (CpdEhrRun *run, const CpdEhrResource *binary)
{
  g_autofree char *key = g_strconcat ("Binary/", binary->id, NULL);
  g_autofree char *text = cp_json_text (binary->node, NULL);

  cpd_ehr_spots_add (run->spots, binary);
  cpd_ehr_recall_tell (run->recall, key, text);
}

static gboolean
is_linked (const CpdEhrResource *resource)
{
  return g_str_equal (resource->type, "Patient") || g_str_equal (resource->type, "RelatedPerson");
}

static GPtrArray *
list (const char *const *first, const char *const *second)
{
  GPtrArray *all = g_ptr_array_new ();

  for (; *first != NULL; first++)
    g_ptr_array_add (all, (gpointer) *first);
  for (; *second != NULL; second++)
    g_ptr_array_add (all, (gpointer) *second);
  g_ptr_array_add (all, NULL);
  return all;
}

typedef struct
{
  CpdEhrRun *run;
  const CpdEhrReader *reader;
  GHashTable *paths;   /* of files in which somebody is to be linked */
  GHashTable *reports; /* of files with a report that may have lines */
  CpdEhrBases *bases;
  CpdEhrTags *tags;
} FirstPass;

static void
add_path (GHashTable *paths, const char *path)
{
  if (!g_hash_table_contains (paths, path))
    g_hash_table_add (paths, g_strdup (path));
}

/* CpdEhrReaderLine */
static gboolean
name_line_cb (const char *path, const char *text, gsize length, gpointer data)
{
  const FirstPass *pass = data;
  gboolean people = FALSE;

  if (cpd_ehr_reader_is_type (text, length, "Composition"))
    {
      add_path (pass->reports, path);
      return TRUE;
    }
  if (!cpd_ehr_recall_name_line (pass->run->recall, path, cpd_ehr_reader_offset (pass->reader), text, length, &people))
    return FALSE;
  if (people)
    add_path (pass->paths, path);
  return TRUE;
}

/* CpdEhrReaderText */
static void
look_at_text_cb (const char *text, gsize length, gpointer data)
{
  const FirstPass *pass = data;

  cpd_ehr_bases_look (pass->bases, text, length);
  cpd_ehr_tags_note (pass->tags, cpd_ehr_reader_path (pass->reader), cpd_ehr_reader_offset (pass->reader), text,
                     length);
}

/* TRUE when the names have something of it. */
static gboolean
learn (const FirstPass *pass, const CpdEhrResource *resource, const char *path)
{
  if (g_str_equal (resource->type, "Binary"))
    tell_binary (pass->run, resource);
  if (is_linked (resource))
    add_path (pass->paths, path);
  if (g_str_equal (resource->type, "Composition"))
    add_path (pass->reports, path);
  if (g_strv_contains (cpd_ehr_names_types, resource->type))
    return cpd_ehr_names_add (pass->run->mapper.names, resource);
  cpd_ehr_names_add_address (pass->run->mapper.names, resource);
  return FALSE;
}

/* The first pass: who is who, and how everything is called. What is odd is reported by the second. paths gets the files
 * in which somebody is to be linked, reports those with a report that may have lines; tags those of all
 * lines. */
static gboolean
first_pass (CpdEhrRun *run, GHashTable *paths, GHashTable *reports, CpdEhrTags *tags, GError **error)
{
  static const char *const more_types[] = { "Binary", "Composition", NULL };
  static const char *const more_members[] = { "contentType", "securityContext", "data", NULL };
  g_autoptr (GPtrArray) types = list (cpd_ehr_names_types, more_types);
  g_autoptr (GPtrArray) members = list (cpd_ehr_names_members, more_members);
  g_autoptr (CpdEhrReader) reader = NULL;
  g_autoptr (CpdEhrBases) bases = cpd_ehr_bases_new ();
  FirstPass pass = { run, NULL, paths, reports, bases, tags };
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  reader = cpd_ehr_reader_new (run->sync->config->source_directory, (const char *const *) types->pdata, error);
  if (reader == NULL)
    return FALSE;
  pass.reader = reader;
  cpd_ehr_reader_set_members (reader, (const char *const *) members->pdata);
  cpd_ehr_reader_set_line (reader, name_line_cb, &pass);
  cpd_ehr_reader_set_text (reader, look_at_text_cb, &pass);
  while (read != CPD_EHR_READ_END)
    {
      g_autoptr (CpdEhrResource) resource = NULL;
      g_autoptr (CpdEhrProblem) problem = NULL;
      gboolean known;

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      read = cpd_ehr_reader_next (reader, &resource, &problem);
      known = resource != NULL && learn (&pass, resource, cpd_ehr_reader_path (reader));
      cpd_ehr_recall_named (run->recall, known ? resource : NULL);
    }
  return cpd_ehr_bases_settle (bases, run, error);
}

/* Links need the names of the first pass (a urn may come before its target), so they have one of their own. */
static gboolean
link_pass (CpdEhrRun *run, GHashTable *paths, GError **error)
{
  static const char *const types[] = { "Patient", "RelatedPerson", NULL };
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (run->sync->config->source_directory, types, error);
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  if (reader == NULL)
    return FALSE;
  cpd_ehr_reader_set_paths (reader, paths);
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

typedef struct
{
  CpdDb *db;
  const CpdEhrRun *run;
  GError **error;
  gboolean everything;
  gboolean fine;
} ReadWhole;

static void
write_read (const char *fhir_id, gint64 patient, gpointer data)
{
  ReadWhole *whole = data;

  if (whole->fine &&
      (cpd_ehr_link_is_whole (whole->run->link, patient) || cpd_ehr_link_keeps (whole->run->link, patient)))
    whole->fine = cpd_store_ehr_put_read (whole->db, patient, whole->run->started, whole->everything, whole->error);
}

/* What the source does not grant says so, and is settled where nothing of it is here. */
static gboolean
has_read_everything (const CpdEhrRun *run)
{
  gboolean everything = run->ended && !run->refused;

  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    everything =
        everything && run->types[i].settled && (run->report->types[i].withheld || run->report->types[i].error == NULL);
  return everything;
}

/* Who was left out of the run stays as old as they were; of who has died nothing is missed when the source shows the
 * Patient no more. */
static gboolean
write_who_was_read (CpdDb *db, const CpdEhrRun *run, GError **error)
{
  ReadWhole whole = { db, run, error, has_read_everything (run), TRUE };

  if (run->ended)
    cpd_ehr_link_each (run->link, write_read, &whole);
  return whole.fine;
}

/* Of whom something of a directory waits, and is older for it; the next run reads it, as any line that is reported. */
static gboolean
write_waiting (CpdDb *db, const CpdEhrRun *run, GError **error)
{
  const char *source = run->sync->config->source_name;

  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    for (guint n = 0; n < run->types[i].lacks->len; n++)
      if (!cpd_store_ehr_put_lacking (db, source, cpd_ehr_sync_types[i], g_ptr_array_index (run->types[i].lacks, n),
                                      run->started, error))
        return FALSE;
  return !run->whole || cpd_store_ehr_settle_lacking (db, source, run->started, error);
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
  for (guint i = 0; i < run->bad->len; i++)
    if (!cpd_store_quarantine_put (db, source, g_ptr_array_index (run->bad, i), run->started, error))
      return FALSE;
  /* Only a run that has met everything tells what is good again. */
  if (run->whole && !cpd_store_quarantine_release_before (db, source, run->started, error))
    return FALSE;
  /* Since when it does is known by the last success before this one. */
  if (!write_waiting (db, run, error))
    return FALSE;
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    {
      const CpdEhrTypeReport *type = &run->report->types[i];
      CpdEhrTypeResult result = { type->type, type->error, type->read, type->written, type->odd, type->withheld };

      if (!cpd_store_ehr_put_type (db, source, run->started, &result, error))
        return FALSE;
    }
  return write_who_was_read (db, run, error) &&
         (!run->ended ||
          cpd_store_news_loaded (db, source, cpd_ehr_sync_report_is_fine (run->report), cp_time_now (), error));
}

static gboolean
run_passes (CpdEhrRun *run, GError **error)
{
  GPtrArray *enrolled = cpd_ehr_context_place (run, error)
                            ? cpd_store_ehr_enrolled (run->db, run->sync->config->source_name, error)
                            : NULL;
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) reports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CpdEhrTags) tags = cpd_ehr_tags_new (run);
  g_autoptr (CpdEhrRecall) recall = NULL;
  gboolean fine;

  if (enrolled == NULL)
    return FALSE;
  run->link = cpd_ehr_link_new (run->sync->keys, run->sync->config->source_name, enrolled);
  recall = cpd_ehr_recall_new (run, error);
  if (recall == NULL)
    return FALSE;
  run->recall = recall;
  fine = first_pass (run, paths, reports, tags, error) && link_pass (run, paths, error);
  if (fine)
    {
      cpd_ehr_link_settle (run->link, keep_link_cb, link_problem_cb, run);
      fine = cpd_ehr_soap_find (run, reports, error);
      cpd_ehr_recall_begin (recall);
      fine = fine && cpd_ehr_run_load_odd (run, error) && cpd_ehr_pass_run (run, tags, error) &&
             (run->refused || cpd_ehr_recall_trust (recall, error));
    }
  run->recall = NULL;
  return fine;
}

static gboolean
compose (CpdEhrRun *run, GError **error)
{
  g_autoptr (GPtrArray) crossed = g_ptr_array_new_with_free_func (g_free);
  gboolean fine = cpd_ehr_compose_dirty (run->sync, run->db, run->started, run->cancellable, crossed, error);

  for (guint i = 0; i < crossed->len; i++)
    {
      const char *key = g_ptr_array_index (crossed, i);

      cpd_ehr_run_problem (run,
                           cpd_ehr_problem_new (CPD_EHR_ODD, ".", "CarePlan", strchr (key, '/') + 1, CPD_EHR_LEFT_OUT));
    }
  return fine;
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
  g_autoptr (CpdEhrLease) lease = cpd_ehr_lease_take (sync->writer, error);
  g_autoptr (GError) failed = NULL;
  gboolean fine;

  if (lease == NULL)
    return FALSE;
  run->lease = lease;
  /* What runs that did not get to their end left. */
  cpd_ehr_batch_merge_words (sync, cancellable);
  run->db = cpd_db_open (sync->config->database, CPD_DB_READER, &failed);
  /* Only after a run that got to its end: half of what was read makes no version of a plan. */
  fine = run->db != NULL &&
         (sync->config->ehr_server != NULL ? cpd_ehr_server_run (run, &failed) : run_passes (run, &failed)) &&
         compose (run, &failed);
  /* A run over a server meets what changed, and what is in quarantine one by one. */
  run->ended = fine;
  run->whole = fine && sync->config->ehr_server == NULL;
  if (!fine)
    cpd_ehr_run_fail_all (run, failed->message);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    report->types[i].written = cpd_ehr_batch_written (run->types[i].batch);
  if (!cpd_writer_run (sync->writer, write_report, run, fine ? &failed : NULL))
    fine = FALSE;
  if (run->db != NULL)
    cpd_ehr_news_tell (sync, run->db, cancellable);
  cpd_ehr_batch_merge_words (sync, cancellable);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    g_debug ("%s: %" G_GINT64_FORMAT " read, %" G_GINT64_FORMAT " written, %" G_GINT64_FORMAT " odd",
             report->types[i].type, report->types[i].read, report->types[i].written, report->types[i].odd);
  if (!fine)
    g_propagate_error (error, g_steal_pointer (&failed));
  return fine;
}
