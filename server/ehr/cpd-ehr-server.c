/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-server.h"

#include <string.h>

#include "cpd-ehr-access.h"
#include "cpd-ehr-context.h"
#include "cpd-ehr-server-private.h"
#include "cpd-fhir.h"

#define SWEEP_EVERY (20 * CP_TIME_HOUR) /* once a day, whatever the slots */

static const char *
source_of (CpdEhrServer *server)
{
  return server->run->sync->config->source_name;
}

/**
 * cpd_ehr_server_is_of_type:
 *
 * Returns: TRUE when other types can be read all the same.
 */
gboolean
cpd_ehr_server_is_of_type (const GError *error)
{
  return error->domain == CPD_EHR_HTTP_ERROR && error->code != CPD_EHR_HTTP_ERROR_STOPPED;
}

/**
 * cpd_ehr_server_fail:
 *
 * The type at hand did not go well.
 */
void
cpd_ehr_server_fail (CpdEhrServer *server, const char *reason)
{
  const char *said = cpd_ehr_http_diagnostics (server->http);
  const char *type = server->query->type;

  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, NULL, "%s%s%s", reason,
                                                         said != NULL ? ": " : "", said != NULL ? said : ""));
  if (cpd_ehr_run_type (type) >= 0)
    cpd_ehr_run_fail (server->run, cpd_ehr_run_type (type), reason);
}

static void
note_histories (CpdEhrServer *server, JsonObject *metadata)
{
  JsonObject *rest = cpd_fhir_nth (cpd_fhir_array (metadata, "rest"), 0);
  JsonArray *resources = cpd_fhir_array (rest, "resource");

  for (guint i = 0; i < cpd_fhir_length (resources); i++)
    {
      JsonObject *resource = cpd_fhir_nth (resources, i);
      JsonArray *interactions = cpd_fhir_array (resource, "interaction");
      const char *type = cpd_fhir_string (resource, "type");

      for (guint n = 0; type != NULL && n < cpd_fhir_length (interactions); n++)
        if (g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (interactions, n), "code"), "history-type") == 0)
          g_hash_table_add (server->histories, g_strdup (type));
    }
}

static void
tell_clock (CpdEhrServer *server)
{
  CpTime ahead = server->now - cp_time_now ();

  if (ahead > CPD_EHR_AHEAD)
    cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", NULL, NULL,
                                                           "the clock of the server is %d minutes ahead of ours",
                                                           (int) (ahead / CP_TIME_MINUTE)));
}

static gboolean
look_at_server (CpdEhrServer *server, GError **error)
{
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_get (server->http, "metadata", error);
  const char *version = reply != NULL ? cpd_fhir_string (reply->object, "fhirVersion") : NULL;

  if (reply == NULL)
    {
      g_prefix_error (error, "the server does not say what it can: ");
      return FALSE;
    }
  if (version == NULL || !g_str_has_prefix (version, "4.0."))
    {
      g_set_error (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED,
                   "the server speaks FHIR %s; the portal reads R4 (4.0)",
                   version != NULL && strlen (version) < 20 ? version : "of an unknown version");
      return FALSE;
    }
  note_histories (server, reply->object);
  server->now = cpd_ehr_http_first_date (server->http);
  server->run->clock = server->now != 0 ? server->now : server->run->started;
  tell_clock (server);
  return TRUE;
}

/* The server does not take a parameter that reading by changes needs. */
static gboolean
is_complaint (const GError *error)
{
  return g_error_matches (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_CHANGES) ||
         g_error_matches (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_COUNT);
}

/* (transfer full): a search of the type at hand for the first clients, with rest. */
static char *
probe_url (CpdEhrServer *server, const char *rest)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < server->everybody->len && i < CPD_EHR_SUBJECTS_MAX; i++)
    g_ptr_array_add (some, g_ptr_array_index (server->everybody, i));
  return cpd_ehr_query_url (server->query, server->filter, some, rest);
}

/* Newest first: a server that does not look at _sort gives its rows in another order, unless it has too few. */
static gboolean
is_descending (const CpdEhrPage *page)
{
  for (guint i = 1; i < page->resources->len; i++)
    {
      const CpdEhrResource *newer = g_ptr_array_index (page->resources, i - 1);
      const CpdEhrResource *older = g_ptr_array_index (page->resources, i);

      if (newer->last_updated < older->last_updated)
        return FALSE;
    }
  return TRUE;
}

static const struct
{
  const char *rest;
  gboolean empty; /* an answer with anything in it says that the parameter is ignored */
  gboolean whole; /* of a type that is read whole too: only whether it is offered */
} probes[] = {
  { "_count=1", FALSE, TRUE },
  { "_lastUpdated=gt2099-01-01&_sort=_lastUpdated&_count=1", TRUE, FALSE },
  { "_sort=-_lastUpdated&_count=10", FALSE, FALSE },
};

/* What kind of reading the server can bear: nothing changed after 2099, and what changed last comes first when that is
 * asked for. */
static gboolean
probe (CpdEhrServer *server, CpdEhrMode *mode, GError **error)
{
  *mode = CPD_EHR_MODE_WHOLE;
  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      if (probes[i].whole != server->query->whole)
        continue;
      g_autofree char *url = probe_url (server, probes[i].rest);
      g_autoptr (GError) failed = NULL;
      g_autoptr (CpdEhrPage) page = cpd_ehr_page_get (server, server->query->type, url, &failed);

      if (page != NULL && (probes[i].empty ? page->n == 0 : is_descending (page)))
        continue;
      /* Whether it is sorted the reading itself sees. */
      if (cpd_ehr_large_is (failed) && !probes[i].empty)
        continue;
      if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_FOUND))
        *mode = CPD_EHR_MODE_NONE;
      if (page != NULL || *mode == CPD_EHR_MODE_NONE || is_complaint (failed) || cpd_ehr_large_is (failed))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!server->query->whole)
    *mode = CPD_EHR_MODE_CHANGES;
  return TRUE;
}

/* Not offered is no error of what never was; of what is shown it would seem to be as new as this run. */
static gboolean
miss_type (CpdEhrServer *server, GError **error)
{
  gint64 shown = 0;

  if (server->number >= 0 &&
      !cpd_store_ehr_count (server->run->db, source_of (server), server->query->type, &shown, error))
    return FALSE;
  if (shown > 0)
    cpd_ehr_server_fail (server, "the server does not offer it any more: what was read before is kept");
  return TRUE;
}

static gboolean
read_by_mode (CpdEhrServer *server, CpdEhrMode *mode, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (*mode == CPD_EHR_MODE_NONE)
    return miss_type (server, error);
  if (*mode == CPD_EHR_MODE_CHANGES && cpd_ehr_changes_read (server, &failed))
    return TRUE;
  if (failed != NULL && !is_complaint (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *mode = CPD_EHR_MODE_WHOLE;
  return cpd_ehr_whole_read (server, error);
}

/* A failure here is a problem of its own: what was read is good. FALSE with error when the run ends. */
static gboolean
tolerate (CpdEhrServer *server, GError *failed, const char *what, GError **error)
{
  g_autofree char *reason = failed != NULL ? g_strdup_printf ("%s: %s", what, failed->message) : NULL;

  if (failed == NULL)
    return TRUE;
  if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL, "%s", reason));
  g_error_free (failed);
  return TRUE;
}

/* What was refused is found again, and refused again, by each run until it is accepted or has come back. */
static gboolean
look_at_history (CpdEhrServer *server, CpdEhrTypeMode *state, GError **error)
{
  GError *failed = NULL;

  if (server->number < 0 || server->now == 0 || !g_hash_table_contains (server->histories, server->query->type))
    return TRUE;
  if ((state->history == 0 || cpd_ehr_gone_history (server, state->history, &failed)) && !server->refused)
    state->history = MIN (server->now, server->run->started);
  return tolerate (server, failed, "the history", error);
}

static gboolean
look_for_missing (CpdEhrServer *server, CpdEhrTypeMode *state, GError **error)
{
  GError *failed = NULL;
  gboolean due = server->run->sync->accept_removals || ABS (server->run->started - state->swept) >= SWEEP_EVERY;
  gboolean whole = state->mode == CPD_EHR_MODE_WHOLE;
  gboolean done;

  if (server->number < 0 || state->mode == CPD_EHR_MODE_NONE || (state->mode == CPD_EHR_MODE_CHANGES && !due))
    return TRUE;
  /* All of it came in this run: to list it once more would find nothing. */
  if (server->fresh && !whole)
    {
      state->swept = server->run->started;
      return TRUE;
    }
  if (!whole && !cpd_ehr_whole_list (server, &failed))
    {
      server->run->types[server->number].hole = server->refused = TRUE;
      if (!tolerate (server, g_steal_pointer (&failed), "looking for what is gone", error))
        return FALSE;
    }
  done = cpd_ehr_gone_missing (server, &failed);
  if (done && !server->refused)
    state->swept = server->run->started;
  if (done && !whole)
    cpd_ehr_gone_return (server, &failed);
  return tolerate (server, failed, "looking for what is gone", error);
}

/* Of a type that is read whole each report came with its lines. */
static gboolean
look_at_lines (CpdEhrServer *server, CpdEhrMode mode, GError **error)
{
  GError *failed = NULL;

  if (mode != CPD_EHR_MODE_WHOLE && g_str_equal (server->query->type, "Composition"))
    cpd_ehr_soap_look (server, &failed);
  return tolerate (server, failed, "the lines of reports", error);
}

/* What is about somebody else now does not wait until the type can be read: of what did not come each is asked for by
 * its id, and nothing counts as gone. */
static gboolean
look_after_failure (CpdEhrServer *server, GError **error)
{
  CpdEhrTypeMode state;

  if (server->number < 0)
    return TRUE;
  if (!cpd_store_ehr_mode (server->run->db, source_of (server), server->query->type, &state, error))
    return FALSE;
  server->run->types[server->number].hole = server->refused = TRUE;
  state.mode = server->ids != NULL ? CPD_EHR_MODE_WHOLE : CPD_EHR_MODE_CHANGES;
  return look_for_missing (server, &state, error) && look_at_lines (server, CPD_EHR_MODE_UNKNOWN, error);
}

typedef struct
{
  CpdEhrServer *server;
  CpdEhrTypeMode state;
} State;

/* Nothing of the type is kept back: not what could not be read, and not what waits for something else. */
static gboolean
is_all_read (const CpdEhrServer *server)
{
  const CpdEhrTypeReport *report = server->number >= 0 ? &server->run->report->types[server->number] : NULL;

  return report == NULL || (report->error == NULL && report->waiting == 0);
}

/* What is kept back is not read anew yet, and so no correction when it comes. */
static gboolean
write_state (CpdDb *db, gpointer data, GError **error)
{
  const State *state = data;

  return cpd_store_ehr_put_mode (db, source_of (state->server), state->server->query->type, &state->state, error) &&
         (!is_all_read (state->server) ||
          cpd_store_ehr_end_anew (db, source_of (state->server), state->server->query->type, error));
}

static gboolean
find_fresh (CpdEhrServer *server, GError **error)
{
  const char *type = server->query->type;

  server->fresh = FALSE;
  return server->number < 0 || cpd_store_ehr_is_fresh (server->run->db, cpd_ehr_kind_of (type), source_of (server),
                                                       type, &server->fresh, error);
}

static gboolean
read_type_well (CpdEhrServer *server, GError **error)
{
  State state = { server };
  GError *failed = NULL;
  gboolean well;

  if (!cpd_store_ehr_mode (server->run->db, source_of (server), server->query->type, &state.state, error) ||
      !find_fresh (server, error))
    return FALSE;
  well = server->number < 0 || cpd_ehr_retry (server, &failed);
  if (!well && !tolerate (server, failed, "what is in quarantine", error))
    return FALSE;
  /* What could not be given before takes nothing from what is new. */
  server->retried = well || server->n_binary_errors > 0;
  server->n_binary_errors = 0;
  if (!probe (server, &state.state.mode, error) || !read_by_mode (server, &state.state.mode, error) ||
      !cpd_ehr_server_keep (server, server->everybody, 0, error) || !look_at_lines (server, state.state.mode, error) ||
      !look_at_history (server, &state.state, error) || !look_for_missing (server, &state.state, error) ||
      !cpd_ehr_server_keep (server, server->everybody, 0, error))
    return FALSE;
  if (server->number >= 0)
    server->run->types[server->number].settled = state.state.swept != 0 || state.state.mode == CPD_EHR_MODE_NONE;
  return cpd_writer_run (server->run->sync->writer, write_state, &state, error);
}

static void
end_type (CpdEhrServer *server)
{
  g_clear_pointer (&server->filter, g_free);
  g_clear_error (&server->binary_error);
  g_clear_pointer (&server->ids, g_hash_table_unref);
  g_clear_pointer (&server->judged, g_hash_table_unref);
  g_clear_pointer (&server->given_up, g_hash_table_unref);
  g_clear_pointer (&server->quarantined, g_hash_table_unref);
  g_clear_pointer (&server->strange, g_ptr_array_unref);
  g_clear_pointer (&server->released, g_ptr_array_unref);
  g_clear_pointer (&server->lacking, g_hash_table_unref);
  g_clear_pointer (&server->lacks, g_ptr_array_unref);
  g_clear_pointer (&server->complete, g_ptr_array_unref);
}

/* CpdEhrBesideFunc: the bytes of a document, the lines of a report. One that cannot be read now is read by the next
 * run, and the document waits for it. */
static CpdEhrResource *
find_beside (const char *key, gpointer data)
{
  CpdEhrServer *server = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrReply) reply = NULL;
  g_autoptr (CpdEhrProblem) problem = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;
  g_autofree char *found = NULL;

  if ((!g_str_has_prefix (key, "Binary/") && !g_str_has_prefix (key, "Observation/")) ||
      !cpd_ehr_is_id (strchr (key, '/') + 1))
    return NULL;
  if (server->leaves_file)
    {
      server->run->waits = TRUE;
      return NULL;
    }
  reply = cpd_ehr_http_get (server->http, key, &failed);
  if (failed != NULL && server->binary_error == NULL &&
      (failed->code == CPD_EHR_HTTP_ERROR_FAILED || failed->code == CPD_EHR_HTTP_ERROR_STOPPED))
    {
      server->run->waits = TRUE;
      server->binary_error = g_steal_pointer (&failed);
    }
  if (reply == NULL || reply->node == NULL)
    return NULL;
  resource = cpd_ehr_resource_take (json_node_ref (reply->node), NULL, "server", &problem);
  found = resource != NULL ? g_strconcat (resource->type, "/", resource->id, NULL) : NULL;
  return g_strcmp0 (found, key) == 0 ? g_steal_pointer (&resource) : NULL;
}

/* The two clocks may differ: by what they do now, and a little more. */
static gboolean
find_anew_since (CpdEhrServer *server, GError **error)
{
  const CpdEhrRun *run = server->run;
  gboolean anew;
  CpTime since;

  server->anew_since = 0;
  if (!cpd_store_ehr_is_anew (run->db, source_of (server), server->query->type, &anew, &since, error))
    return FALSE;
  if (anew)
    server->anew_since = MAX (since + run->clock - run->started - CPD_EHR_AHEAD, 1);
  return TRUE;
}

/**
 * cpd_ehr_server_begin:
 *
 * From now on the type at hand is that of @query.
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_ehr_server_begin (CpdEhrServer *server, const CpdEhrQuery *query, GError **error)
{
  end_type (server);
  server->query = query;
  server->number = cpd_ehr_run_type (query->type);
  server->without_count = FALSE;
  server->count = CPD_EHR_PAGE_SIZE;
  server->most = 0;
  server->refused = FALSE;
  server->filter = cpd_ehr_query_filter (query, server->run->sync->config);
  server->quarantined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->strange = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_problem_free);
  server->released = g_ptr_array_new_with_free_func (g_free);
  server->lacking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_lacking_free);
  server->complete = g_ptr_array_new_with_free_func (g_free);
  server->n_binary_errors = 0;
  server->retried = FALSE;
  return find_anew_since (server, error);
}

/* The server does not give the type: what was never here of it is not waited for. */
static gboolean
refuse_type (CpdEhrServer *server, GError **error)
{
  gint64 shown;

  if (server->number < 0)
    return TRUE;
  server->run->report->types[server->number].withheld = TRUE;
  if (!cpd_store_ehr_count (server->run->db, source_of (server), server->query->type, &shown, error))
    return FALSE;
  server->run->types[server->number].settled = shown == 0;
  return TRUE;
}

/* FALSE with error only when the run ends: a type that fails says so and the next goes on. */
static gboolean
read_type (CpdEhrServer *server, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (!cpd_ehr_access_allows (cpd_ehr_http_access (server->http), server->query->type))
    {
      cpd_ehr_server_fail (server, "the server does not grant it (scope)");
      return refuse_type (server, error);
    }
  if (read_type_well (server, &failed))
    return TRUE;
  if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_ALLOWED))
    {
      if (!refuse_type (server, error))
        return FALSE;
      g_prefix_error (&failed, "not allowed: ");
    }
  cpd_ehr_server_fail (server, failed->message);
  /* What came of it so far is good. */
  return cpd_ehr_server_keep (server, server->everybody, 0, error) && look_after_failure (server, error) &&
         cpd_ehr_server_keep (server, server->everybody, 0, error);
}

/* A contact inside a Patient that is a RelatedPerson too is shown once: those are known before any Patient is stored.
 */
static gboolean
meet_related (CpdEhrServer *server, GError **error)
{
  GError *failed = NULL;

  for (int i = 0; i < cpd_ehr_n_queries; i++)
    if (g_str_equal (cpd_ehr_queries[i].type, "RelatedPerson") &&
        !cpd_ehr_server_begin (server, &cpd_ehr_queries[i], error))
      return FALSE;
  cpd_ehr_whole_related (server, &failed);
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_FOUND))
    g_clear_error (&failed);
  return tolerate (server, failed, "who is related", error);
}

static gboolean
read_all (CpdEhrServer *server, GError **error)
{
  for (int i = 0; i < cpd_ehr_n_queries; i++)
    {
      const CpdEhrQuery *query = &cpd_ehr_queries[i];

      if (cpd_ehr_run_type (query->type) < 0 && !g_strv_contains (cpd_ehr_names_types, query->type))
        continue;
      if (!cpd_ehr_server_begin (server, query, error) || !read_type (server, error))
        return FALSE;
    }
  return TRUE;
}

static void
server_clear (CpdEhrServer *server)
{
  end_type (server);
  cpd_ehr_called_free (server->called);
  g_clear_pointer (&server->everybody, g_ptr_array_unref);
  g_clear_pointer (&server->histories, g_hash_table_unref);
  g_clear_pointer (&server->http, cpd_ehr_http_free);
}

static gboolean
run_well (CpdEhrServer *server, GError **error)
{
  const CpdEhrSync *sync = server->run->sync;

  server->http = cpd_ehr_http_new (sync->config, server->run->lease, server->run->cancellable, sync->limits, error);
  if (server->http == NULL)
    return FALSE;
  cpd_ehr_names_add_base (server->run->mapper.names, cpd_ehr_http_base (server->http));
  if (!cpd_ehr_server_begin (server, &cpd_ehr_queries[0], error) || !look_at_server (server, error) ||
      !cpd_ehr_context_place (server->run, error) || !cpd_ehr_known_link (server, error))
    return FALSE;
  if (server->everybody->len == 0)
    return TRUE;
  if (!cpd_ehr_context_renew (server->run, error))
    return FALSE;
  server->called = cpd_ehr_called_new (server, error);
  return server->called != NULL && meet_related (server, error) && cpd_ehr_export_load (server, error) &&
         read_all (server, error);
}

/**
 * cpd_ehr_server_run:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_server_run (CpdEhrRun *run, GError **error)
{
  CpdEhrServer server = { .run = run };
  gboolean fine;

  run->mapper.beside = find_beside;
  run->mapper.beside_data = &server;
  server.histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fine = run_well (&server, error);
  run->mapper.beside = NULL;
  server_clear (&server);
  return fine;
}
