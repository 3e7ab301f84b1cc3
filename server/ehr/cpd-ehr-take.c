/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#include "cpd-ehr-about.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-pass.h"
#include "cpd-ehr-refused.h"
#include "cpd-fhir.h"
#include "cpd-store-audit.h"

#define RECENT (90 * CP_TIME_DAY)
#define BINARY_ERRORS_MAX 10 /* of a type, in a run */

static gboolean
is_asked (CpdEhrServer *server, GPtrArray *subjects, const char *key)
{
  /* Whoever is read at all: the link has told that already. */
  if (subjects == server->everybody)
    return TRUE;
  for (guint i = 0; i < subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, i);

      if (strcmp (key + strlen ("Patient/"), subject->id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Never trust the server's filter: whom a resource is about is read from the resource. */
static gboolean
belongs_to (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrResource *resource, gboolean *enrolled)
{
  g_autoptr (GPtrArray) all = cpd_ehr_about (server->run, resource);
  gboolean belongs = FALSE;

  *enrolled = all->len > 0;
  for (guint i = 0; !belongs && i < all->len; i++)
    belongs = is_asked (server, subjects, ((const CpdEhrAbout *) g_ptr_array_index (all, i))->key);
  return belongs;
}

/* It is taken as it is, and asked for again until it says otherwise. */
static gboolean
is_ahead (CpdEhrServer *server, const CpdEhrResource *resource)
{
  if (!cpd_ehr_run_is_ahead (server->run, resource->last_updated))
    return FALSE;
  g_ptr_array_add (server->strange,
                   cpd_ehr_problem_new (CPD_EHR_ODD, "server", resource->type, resource->id, CPD_EHR_YET_TO_COME));
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", resource->type, resource->id, CPD_EHR_YET_TO_COME));
  return TRUE;
}

static void
note_strange (CpdEhrServer *server, const CpdEhrResource *resource)
{
  const GPtrArray *problems = server->run->report->problems;
  const CpdEhrProblem *newest = problems->len > 0 ? g_ptr_array_index (problems, problems->len - 1) : NULL;
  gboolean of_this = newest != NULL && g_strcmp0 (newest->id, resource->id) == 0;

  if (server->run->strange)
    g_ptr_array_add (server->strange, cpd_ehr_problem_new (CPD_EHR_ODD, "server", resource->type, resource->id, "%s",
                                                           of_this ? newest->reason : "it cannot be understood"));
  else if (!is_ahead (server, resource) && g_hash_table_contains (server->quarantined, resource->id))
    g_ptr_array_add (server->released, g_strdup (resource->id));
}

static void
count_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  (*(guint *) data)++;
}

/* Over long ago, and not kept yet. Not left to the server: a bound in the question leaves out what has no moment, as an
 * appointment that is proposed, and is not the same on each page. */
static gboolean
is_past (CpdEhrServer *server, const CpdEhrResource *resource, gboolean *past, GError **error)
{
  const char *end = cpd_fhir_string (resource->object, "end");
  gboolean date_only;
  guint kept = 0;
  CpTime at;

  *past = server->query->recent &&
          cpd_ehr_date_parse (end != NULL ? end : cpd_fhir_string (resource->object, "start"), server->run->mapper.zone,
                              &at, &date_only) &&
          at < server->run->started - RECENT;
  if (!*past)
    return TRUE;
  if (!cpd_store_ehr_each_of (server->run->db, cpd_ehr_kind_of (resource->type), server->run->sync->config->source_name,
                              resource->type, resource->id, count_cb, &kept, error))
    return FALSE;
  *past = kept == 0;
  return TRUE;
}

/* What lacks something is asked for again by the next run; what lacked something till now does so no more. */
static void
note_lacking (CpdEhrServer *server, const CpdEhrResource *resource, gboolean lacks)
{
  if (lacks)
    g_ptr_array_add (server->lacks, cpd_ehr_lacking_new (resource->id, server->run->waiting));
  else if (g_hash_table_remove (server->lacking, resource->id))
    g_ptr_array_add (server->complete, g_strdup (resource->id));
}

/* Of nobody else anything is older for it: see cpd_store_ehr_type_waits(). */
static void
tell_waiting (CpdEhrServer *server, const CpdEhrResource *resource, const char *for_what)
{
  if (server->run->waiting == 0)
    return;
  server->run->report->types[server->number].waiting++;
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", resource->type, resource->id,
                                                         "it waits for %s, which cannot be read now", for_what));
}

/* A file or a line of it cannot be read now: what it is of comes with the next run, and only it. When several cannot
 * the server gives none. */
static gboolean
note_binary (CpdEhrServer *server, const CpdEhrResource *resource, GError **error)
{
  note_lacking (server, resource, TRUE);
  tell_waiting (server, resource, "a file or a line");
  if (!cpd_ehr_server_is_of_type (server->binary_error) || ++server->n_binary_errors >= BINARY_ERRORS_MAX)
    {
      g_propagate_error (error, g_steal_pointer (&server->binary_error));
      return FALSE;
    }
  g_clear_error (&server->binary_error);
  return TRUE;
}

/* What is kept of a resource that was not understood, or lacked something, is older than the newest that was read. */
static CpTime
anew_since (CpdEhrServer *server, const CpdEhrResource *resource)
{
  gboolean behind = g_hash_table_contains (server->quarantined, resource->id) ||
                    g_hash_table_contains (server->lacking, resource->id);

  return server->anew_since != 0 && behind ? 1 : server->anew_since;
}

static gboolean
store (CpdEhrServer *server, const CpdEhrResource *resource, GError **error)
{
  gboolean past;
  gboolean left;

  if (!is_past (server, resource, &past, error))
    return FALSE;
  server->run->strange = server->run->shown = server->run->passed_over = FALSE;
  server->run->waiting = 0;
  server->run->anew_since = anew_since (server, resource);
  server->run->waits = cpd_ehr_called_misses (server, resource);
  server->leaves_file = server->retried && g_hash_table_contains (server->lacking, resource->id);
  if (!past && !cpd_ehr_pass_take (server->run, resource, error))
    return FALSE;
  left = server->leaves_file && server->run->waits;
  server->run->waits = server->leaves_file = FALSE;
  /* Whether it is understood and complete the one that counts has told. */
  if (server->run->passed_over)
    return TRUE;
  if (server->binary_error != NULL)
    return note_binary (server, resource, error);
  if (left)
    return TRUE;
  tell_waiting (server, resource, "the questions of a form");
  note_lacking (server, resource, server->run->shown && cpd_ehr_called_lacks (server, resource));
  note_strange (server, resource);
  return TRUE;
}

/**
 * cpd_ehr_take_one:
 * @belongs: (out): FALSE: it is about nobody of @subjects and was not stored
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_take_one (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrResource *resource, gboolean *belongs,
                  GError **error)
{
  gboolean enrolled;

  *belongs = belongs_to (server, subjects, resource, &enrolled);
  if (server->number < 0)
    return TRUE;
  if (*belongs)
    return store (server, resource, error);
  /* Somebody else who is enrolled is asked for in a question of their own. */
  return enrolled || cpd_ehr_pass_forget (server->run, resource, error);
}

static gboolean
write_audit (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_audit_add (db, data, error);
}

/**
 * cpd_ehr_take_audit:
 * @patient: who was asked for; 0: several
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_take_audit (CpdEhrServer *server, gint64 patient, guint n, GError **error)
{
  CpdAudit audit = { .at = cp_time_now (), .action = CPD_AUDIT_WRONG_PATIENT, .patient = patient, .count = n };

  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL,
                                                         "%u of somebody who was not asked for: discarded", n));
  return cpd_writer_run (server->run->sync->writer, write_audit, &audit, error);
}

static void
note_judged (CpdEhrServer *server, GPtrArray *subjects)
{
  for (guint i = 0; server->judged != NULL && i < subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, i);

      g_hash_table_add (server->judged, g_memdup2 (&subject->patient, sizeof subject->patient));
    }
}

/* It is about nobody who is enrolled: nothing of it is kept, nor asked for again. */
static gboolean
let_go (CpdEhrServer *server, const CpdEhrResource *resource, GError **error)
{
  if (g_hash_table_contains (server->quarantined, resource->id))
    g_ptr_array_add (server->released, g_strdup (resource->id));
  return cpd_ehr_pass_forget (server->run, resource, error);
}

/* Whom it is about, also of a type that is not read; (transfer full) of keys. */
static GPtrArray *
patients_of (const CpdEhrMapper *mapper, JsonObject *object)
{
  static const char *const members[] = { "subject", "patient" };
  const char *type = cpd_fhir_string (object, "resourceType");
  const char *id = cpd_fhir_string (object, "id");
  const CpdEhrResource resource = { .type = (char *) (type != NULL ? type : ""),
                                    .id = (char *) (id != NULL ? id : ""),
                                    .object = object };
  GPtrArray *keys = cpd_ehr_map_patients (mapper, &resource);

  for (gsize i = 0; cpd_ehr_kind_of (resource.type) == CPD_EHR_N_KINDS && i < G_N_ELEMENTS (members); i++)
    {
      char *key = cpd_ehr_names_key (mapper->names, cpd_fhir_object (object, members[i]));

      if (key != NULL && g_str_has_prefix (key, "Patient/"))
        g_ptr_array_add (keys, key);
      else
        g_free (key);
    }
  return keys;
}

/* Of everybody: whom a Patient that was replaced stands for is told by the link. */
static gboolean
is_read (CpdEhrServer *server, GPtrArray *subjects, const char *key)
{
  return is_asked (server, subjects, key) &&
         (subjects != server->everybody || cpd_ehr_link_patient (server->run->link, key) != 0);
}

/**
 * cpd_ehr_take_count_dropped:
 *
 * Returns: how many came without being asked for, about somebody who was not either; a carer who came along is
 * nobody's.
 */
guint
cpd_ehr_take_count_dropped (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page)
{
  guint wrong = 0;

  for (guint i = 0; page->dropped != NULL && i < page->dropped->len; i++)
    {
      g_autoptr (GPtrArray) keys = patients_of (&server->run->mapper, g_ptr_array_index (page->dropped, i));
      gboolean other = keys->len > 0;

      for (guint j = 0; other && j < keys->len; j++)
        other = !is_read (server, subjects, g_ptr_array_index (keys, j));
      wrong += other;
    }
  return wrong;
}

/* Resources of the page that belong to nobody of subjects leave it. */
static gboolean
sift (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, GError **error)
{
  const CpdEhrSubject *only = subjects->len == 1 ? g_ptr_array_index (subjects, 0) : NULL;
  guint wrong = cpd_ehr_take_count_dropped (server, subjects, page);

  for (guint i = page->resources->len; i > 0; i--)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i - 1);
      gboolean enrolled;

      if (belongs_to (server, subjects, resource, &enrolled))
        continue;
      if (server->ids != NULL)
        g_hash_table_remove (server->ids, resource->id);
      note_lacking (server, resource, FALSE);
      if (!enrolled && server->number >= 0 && !let_go (server, resource, error))
        return FALSE;
      g_ptr_array_remove_index (page->resources, i - 1);
      wrong++;
    }
  return wrong == 0 || cpd_ehr_take_audit (server, only != NULL ? only->patient : 0, wrong, error);
}

/* What nothing comes of, as it is new and of somebody who has died, leaves it too: no name is fetched for it. */
static void
drop_over (CpdEhrServer *server, CpdEhrPage *page)
{
  for (guint i = page->resources->len; i > 0; i--)
    if (cpd_ehr_pass_is_over (server->run, g_ptr_array_index (page->resources, i - 1)))
      g_ptr_array_remove_index (page->resources, i - 1);
}

/* What cannot be used is stored for nobody; who is not whom it is about sees what it was no more. */
static gboolean
take_refused (CpdEhrServer *server, GPtrArray *refused, GError **error)
{
  for (guint i = 0; server->number >= 0 && i < refused->len; i++)
    {
      gboolean elsewhere;

      if (!cpd_ehr_refused_take (server->run, g_ptr_array_index (refused, i), &elsewhere, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_take_page:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_take_page (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, GError **error)
{
  if (page->lacks && server->number >= 0)
    cpd_ehr_run_fail (server->run, server->number, "not everything on a page could be read");
  if (!sift (server, subjects, page, error) || (page->refused != NULL && !take_refused (server, page->refused, error)))
    return FALSE;
  if (page->resources->len > 0)
    note_judged (server, subjects);
  drop_over (server, page);
  if (!cpd_ehr_called_learn (server, page->resources, error))
    return FALSE;
  for (guint i = 0; server->number >= 0 && i < page->resources->len; i++)
    if (!store (server, g_ptr_array_index (page->resources, i), error))
      return FALSE;
  return TRUE;
}
