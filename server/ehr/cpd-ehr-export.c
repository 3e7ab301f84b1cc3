/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-server-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cp-json.h"
#include "cpd-directory.h"
#include "cpd-ehr-lines.h"
#include "cpd-ehr-reader.h"
#include "cpd-ehr-refused.h"
#include "cpd-ehr-wait.h"
#include "cpd-fhir.h"

#define CHUNK 200
#define POLLS_MAX 2000
#define FILES_MAX 10000

/* Names that no client's query brings; the other types are those of the queries. */
static const char *const name_types[] = { "Practitioner", "PractitionerRole", "Organization", "Questionnaire", NULL };

/* The Bulk Data export of a Group: asked for, waited for, fetched file by file, read. */
typedef struct
{
  CpdEhrServer *server;
  char *directory;
  char *status_url;   /* (nullable) */
  JsonNode *manifest; /* (owned) (nullable) */
  CpTime at;          /* everything before it is in the files, by the server's clock */
  guint n_files;
  gboolean incomplete;                 /* something of the type at hand could not be read */
  GHashTable *patients;                /* (owned) set of ids of Patients that are in the files */
  GHashTable *failed;                  /* (owned) set of types of which the server says that they are not whole */
  gboolean all_failed;                 /* it says that something is not, and not of which type that is */
  GPtrArray *deleted[CPD_EHR_N_TYPES]; /* (owned) of CpdEhrRow: tombstones */
} Export;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED, what);
  return FALSE;
}

static gboolean
fail_here (GError **error, const char *path)
{
  g_set_error (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_STOPPED, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static char *
types_to_export (void)
{
  g_autoptr (GString) types = g_string_new (NULL);

  for (int i = 0; i < cpd_ehr_n_queries; i++)
    if (cpd_ehr_run_type (cpd_ehr_queries[i].type) >= 0 ||
        g_strv_contains (cpd_ehr_names_types, cpd_ehr_queries[i].type))
      g_string_append_printf (types, "%s,", cpd_ehr_queries[i].type);
  for (int i = 0; name_types[i] != NULL; i++)
    g_string_append_printf (types, "%s%s", i > 0 ? "," : "", name_types[i]);
  return g_strdup (types->str);
}

static gboolean
kick_off (Export *export, GError **error)
{
  const CpdConfig *config = export->server->run->sync->config;
  g_autofree char *types = types_to_export ();
  g_autofree char *group = g_uri_escape_string (config->ehr_export_group, NULL, FALSE);
  g_autofree char *url =
      g_strconcat ("Group/", group, "/$export?_outputFormat=application%2Ffhir%2Bndjson&_type=", types, NULL);
  const CpdEhrRequest request = { .url = url, .prefer = "respond-async", .plain = TRUE };
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_ask (export->server->http, &request, error);

  if (reply == NULL)
    return FALSE;
  if (reply->status != 202 || reply->content_location == NULL)
    return refuse (error, "the server does not begin an export");
  export->status_url = g_strdup (reply->content_location);
  return TRUE;
}

static gboolean
wait_for_files (Export *export, GError **error)
{
  const CpdEhrRequest request = { .url = export->status_url, .accept = "application/json", .plain = TRUE };

  for (int polls = 1; polls <= POLLS_MAX; polls++)
    {
      g_autoptr (CpdEhrReply) reply = cpd_ehr_http_ask (export->server->http, &request, error);
      CpTime wait;

      if (reply == NULL)
        return FALSE;
      if (reply->status == 200 && reply->object != NULL)
        {
          export->manifest = json_node_ref (reply->node);
          return cp_time_parse (cpd_fhir_string (reply->object, "transactionTime"), &export->at) ||
                 refuse (error, "the export does not say of when it is");
        }
      if (reply->status != 202)
        return refuse (error, "the export gives no list of files");
      wait = reply->retry_after >= 0 ? reply->retry_after : cpd_ehr_wait_busy (NULL, NULL, 0, polls);
      if (!cpd_ehr_http_wait (export->server->http, CLAMP (wait, CP_TIME_SECOND, CPD_EHR_WAIT_MAX), error))
        return FALSE;
    }
  return refuse (error, "the export is not ready in time");
}

/* (transfer full) (nullable): the path of the file, of which nobody but the server can read a byte. */
static char *
fetch_file (Export *export, const char *name, const char *url, GError **error)
{
  g_autofree char *path = g_build_filename (export->directory, name, NULL);
  CpdEhrRequest request = { .url = url, .accept = "application/fhir+ndjson", .plain = TRUE };
  g_autoptr (CpdEhrReply) reply = NULL;
  gboolean closed;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    {
      fail_here (error, path);
      return NULL;
    }
  request.sink = fd;
  reply = cpd_ehr_http_ask (export->server->http, &request, error);
  closed = close (fd) == 0;
  if (reply == NULL)
    return NULL;
  if (reply->status != 200)
    refuse (error, "the export does not give a file that it names");
  else if (!closed)
    fail_here (error, path);
  else
    return g_steal_pointer (&path);
  return NULL;
}

static gboolean
fetch_files (Export *export, GError **error)
{
  JsonArray *output = cpd_fhir_array (json_node_get_object (export->manifest), "output");

  if (cpd_fhir_length (output) > FILES_MAX)
    return refuse (error, "the export names too many files");
  for (guint i = 0; i < cpd_fhir_length (output); i++)
    {
      const char *type = cpd_fhir_string (cpd_fhir_nth (output, i), "type");
      const char *url = cpd_fhir_string (cpd_fhir_nth (output, i), "url");
      g_autofree char *name = g_strdup_printf ("%s-%u.ndjson", cpd_ehr_is_type (type) ? type : "x", i);
      g_autofree char *path = NULL;

      if (url == NULL)
        return refuse (error, "the export names a file without an address");
      path = fetch_file (export, name, url, error);
      if (path == NULL)
        return FALSE;
      export->n_files++;
    }
  return TRUE;
}

typedef gboolean (*ChunkFunc) (Export *export, CpdEhrPage *page, GError **error);

static gboolean
learn_cb (Export *export, CpdEhrPage *page, GError **error)
{
  return cpd_ehr_called_learn (export->server, page->resources, error);
}

static void
note_patients (Export *export, const CpdEhrPage *page)
{
  for (guint i = 0; i < page->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);

      if (g_str_equal (resource->type, "Patient"))
        g_hash_table_add (export->patients, g_strdup (resource->id));
    }
}

static gboolean
take_cb (Export *export, CpdEhrPage *page, GError **error)
{
  CpdEhrServer *server = export->server;

  note_patients (export, page);
  return cpd_ehr_take_page (server, server->everybody, page, error) &&
         cpd_ehr_server_keep (server, server->everybody, 0, error);
}

static CpdEhrPage *
chunk_new (void)
{
  CpdEhrPage *page = g_new0 (CpdEhrPage, 1);

  page->resources = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  return page;
}

/* What cannot be used may say all the same that it is somebody else's, and is asked for by its id by each run. */
static gboolean
take_refused (CpdEhrServer *server, const CpdEhrProblem *problem, const CpdEhrResource *refused, GError **error)
{
  gboolean elsewhere;

  g_ptr_array_add (server->strange,
                   cpd_ehr_problem_new (CPD_EHR_ODD, "server", problem->type, problem->id, "%s", problem->reason));
  return cpd_ehr_refused_take (server->run, refused, &elsewhere, error);
}

/* A hole is filled by the search that follows: the type has not failed. (transfer problem) */
static gboolean
note_problem (Export *export, gboolean takes, CpdEhrProblem *problem, GError **error)
{
  CpdEhrServer *server = export->server;
  g_autoptr (CpdEhrResource) refused = g_steal_pointer (&problem->refused);
  gboolean fine = !takes || server->number < 0 || refused == NULL ||
                  !g_str_equal (refused->type, server->query->type) || take_refused (server, problem, refused, error);

  export->incomplete |= problem->severity != CPD_EHR_ODD;
  problem->severity = CPD_EHR_ODD;
  cpd_ehr_run_problem (server->run, problem);
  return fine;
}

/* Goes through the files for types; func gets what they hold, so many at a time. */
static gboolean
read_files (Export *export, const char *const *types, ChunkFunc func, GError **error)
{
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (export->directory, types, error);
  g_autoptr (CpdEhrPage) page = chunk_new ();
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  if (reader == NULL)
    return FALSE;
  while (read != CPD_EHR_READ_END)
    {
      CpdEhrResource *resource = NULL;
      CpdEhrProblem *problem = NULL;

      read = cpd_ehr_reader_next (reader, &resource, &problem);
      if (problem != NULL && !note_problem (export, func == take_cb, problem, error))
        return FALSE;
      if (resource != NULL && g_strv_contains (types, resource->type))
        g_ptr_array_add (page->resources, resource);
      else
        cpd_ehr_resource_free (resource);
      if (page->resources->len < CHUNK && read != CPD_EHR_READ_END)
        continue;
      if (!func (export, page, error))
        return FALSE;
      g_ptr_array_set_size (page->resources, 0);
    }
  return TRUE;
}

/* Whether all of the type is in the files that should be: one that the list does not name may only be left out. */
static gboolean
holds (const Export *export, const char *type)
{
  JsonArray *output = cpd_fhir_array (json_node_get_object (export->manifest), "output");
  gboolean named = FALSE;

  for (guint i = 0; !named && i < cpd_fhir_length (output); i++)
    named = g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (output, i), "type"), type) == 0;
  return named && !export->incomplete && !export->all_failed && !g_hash_table_contains (export->failed, type);
}

/* The group need not be everybody: of who is not in the files nothing is known yet, and the searches read all. */
static gboolean
mark_read (Export *export, GError **error)
{
  CpdEhrServer *server = export->server;
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();

  for (guint i = 0; i < server->everybody->len; i++)
    {
      CpdEhrSubject *subject = g_ptr_array_index (server->everybody, i);

      if (g_hash_table_contains (export->patients, subject->id))
        g_ptr_array_add (subjects, subject);
    }
  return cpd_ehr_server_keep (server, subjects, export->at, error);
}

static gboolean
read_types (Export *export, GError **error)
{
  CpdEhrServer *server = export->server;

  if (!read_files (export, name_types, learn_cb, error))
    return FALSE;
  for (int i = 0; i < cpd_ehr_n_queries; i++)
    {
      const char *const types[] = { cpd_ehr_queries[i].type, NULL };

      if (cpd_ehr_run_type (types[0]) < 0 && !g_strv_contains (cpd_ehr_names_types, types[0]))
        continue;
      export->incomplete = FALSE;
      if (!cpd_ehr_server_begin (server, &cpd_ehr_queries[i], error) || !read_files (export, types, take_cb, error))
        return FALSE;
      if (holds (export, types[0]) && !mark_read (export, error))
        return FALSE;
    }
  return TRUE;
}

/* object: (nullable): a line that is none, or too long. */
typedef gboolean (*LineFunc) (Export *export, JsonObject *object, GError **error);

/* Each line of such a file is a Bundle with what was deleted. */
static gboolean
collect_deleted_cb (Export *export, JsonObject *object, GError **error)
{
  JsonArray *entries = cpd_fhir_array (object, "entry");

  for (guint i = 0; i < cpd_fhir_length (entries); i++)
    {
      JsonObject *request = cpd_fhir_object (cpd_fhir_nth (entries, i), "request");
      const char *url = cpd_fhir_string (request, "url");
      g_auto (GStrv) parts = g_strsplit (url != NULL ? url : "", "/", 3);

      if (g_strcmp0 (cpd_fhir_string (request, "method"), "DELETE") != 0 || g_strv_length (parts) != 2 ||
          cpd_ehr_run_type (parts[0]) < 0 || !cpd_ehr_is_id (parts[1]))
        continue;
      if (!cpd_ehr_gone_add (export->server, export->deleted[cpd_ehr_run_type (parts[0])], parts[0], parts[1],
                             export->at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_line (Export *export, const char *text, gsize length, LineFunc func, GError **error)
{
  g_autoptr (JsonNode) node = text != NULL ? cp_json_parse (text, length, CP_JSON_DEPTH_FHIR, NULL) : NULL;

  /* Blank, as after the last newline. */
  if (text != NULL && length == 0)
    return TRUE;
  return func (export, node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, error);
}

static gboolean
read_lines (Export *export, const char *path, LineFunc func, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  CpdEhrLines *lines = fd >= 0 ? cpd_ehr_lines_new (fd, CPD_EHR_LINE_MAX) : NULL;
  gboolean fine = lines != NULL || fail_here (error, path);
  CpdEhrLinesResult got = CPD_EHR_LINES_LINE;

  while (fine && (got == CPD_EHR_LINES_LINE || got == CPD_EHR_LINES_TOO_LONG))
    {
      const char *text = NULL;
      gsize length = 0;

      got = cpd_ehr_lines_next (lines, &text, &length);
      if (got != CPD_EHR_LINES_END)
        fine = read_line (export, got == CPD_EHR_LINES_LINE || got == CPD_EHR_LINES_LAST ? text : NULL, length, func,
                          error);
    }
  cpd_ehr_lines_free (lines);
  return fine;
}

/* The files of a list in the manifest that are no resources to read. */
static gboolean
read_list (Export *export, const char *name, LineFunc func, GError **error)
{
  JsonArray *list = cpd_fhir_array (json_node_get_object (export->manifest), name);

  if (cpd_fhir_length (list) > FILES_MAX)
    return refuse (error, "the export names too many files");
  for (guint i = 0; i < cpd_fhir_length (list); i++)
    {
      const char *url = cpd_fhir_string (cpd_fhir_nth (list, i), "url");
      g_autofree char *file = g_strdup_printf ("%s-%u", name, i);
      g_autofree char *path = url != NULL ? fetch_file (export, file, url, error) : NULL;

      if (path == NULL || !read_lines (export, path, func, error))
        return url == NULL && refuse (error, "the export names a file without an address");
    }
  return TRUE;
}

/* The type that an element is of, as "Observation.code" is; only what a server says in a path is believed, for its
 * words may name a type that is not what is missing. FALSE: none that is read. */
static gboolean
note_failed_type (Export *export, JsonArray *paths)
{
  gboolean any = FALSE;

  for (guint i = 0; i < cpd_fhir_length (paths); i++)
    {
      const char *path = cpd_fhir_nth_string (paths, i);
      g_autofree char *type = path != NULL ? g_strndup (path, strcspn (path, ".[/")) : NULL;

      if (cpd_ehr_run_type (type) < 0)
        return FALSE;
      g_hash_table_add (export->failed, g_steal_pointer (&type));
      any = TRUE;
    }
  return any;
}

/* Each line is an OperationOutcome. What cannot be read of it may say anything. */
static gboolean
collect_error_cb (Export *export, JsonObject *object, GError **error)
{
  JsonArray *issues = cpd_fhir_array (object, "issue");

  export->all_failed |= cpd_fhir_length (issues) == 0;
  for (guint i = 0; i < cpd_fhir_length (issues); i++)
    {
      JsonObject *issue = cpd_fhir_nth (issues, i);
      const char *severity = cpd_fhir_string (issue, "severity");
      JsonArray *paths = cpd_fhir_array (issue, "expression");

      if (g_strcmp0 (severity, "warning") == 0 || g_strcmp0 (severity, "information") == 0)
        continue;
      if (!note_failed_type (export, paths != NULL ? paths : cpd_fhir_array (issue, "location")))
        export->all_failed = TRUE;
    }
  return TRUE;
}

/* What could not be exported is searched for. */
static gboolean
read_errors (Export *export, GError **error)
{
  CpdEhrRun *run = export->server->run;
  g_autoptr (GError) failed = NULL;
  GHashTableIter iter;
  gpointer type;

  if (!read_list (export, "error", collect_error_cb, &failed))
    {
      if (!cpd_ehr_server_is_of_type (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      export->all_failed = TRUE;
    }
  if (export->all_failed)
    cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", "Group", NULL,
                                                   "the export is not whole: everything is searched for too"));
  g_hash_table_iter_init (&iter, export->failed);
  while (g_hash_table_iter_next (&iter, &type, NULL))
    cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, NULL,
                                                   "the export is not whole: the type is searched for too"));
  return TRUE;
}

/* All of a type at once: very many are an alarm, however they are listed. */
static gboolean
remove_deleted (Export *export, GError **error)
{
  if (!read_list (export, "deleted", collect_deleted_cb, error))
    return FALSE;
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (!cpd_ehr_gone_remove (export->server, cpd_ehr_sync_types[i], export->deleted[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
load (Export *export, GError **error)
{
  return kick_off (export, error) && wait_for_files (export, error) && fetch_files (export, error) &&
         read_errors (export, error) && (export->n_files == 0 || read_types (export, error)) &&
         remove_deleted (export, error);
}

/* The server may throw its files away. */
static void
tell_done (Export *export)
{
  const CpdEhrRequest request = { .method = "DELETE", .url = export->status_url, .plain = TRUE };

  if (export->status_url != NULL)
    cpd_ehr_reply_free (cpd_ehr_http_ask (export->server->http, &request, NULL));
}

static gboolean
load_in_directory (Export *export, GError **error)
{
  gboolean fine;

  /* What a run that was killed has left. */
  cpd_directory_remove (export->directory);
  if (g_mkdir (export->directory, 0700) != 0)
    return fail_here (error, export->directory);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    export->deleted[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  export->patients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  export->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fine = load (export, error);
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    g_ptr_array_unref (export->deleted[i]);
  g_hash_table_unref (export->patients);
  g_hash_table_unref (export->failed);
  tell_done (export);
  cpd_directory_remove (export->directory);
  g_free (export->status_url);
  g_clear_pointer (&export->manifest, json_node_unref);
  return fine;
}

/**
 * cpd_ehr_export_load:
 *
 * Only when nothing was read before. When it does not go well the searches read everything.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_export_load (CpdEhrServer *server, GError **error)
{
  const CpdConfig *config = server->run->sync->config;
  g_autofree char *directory = g_strconcat (config->database, ".export", NULL);
  g_autoptr (GError) failed = NULL;
  Export export = { .server = server, .directory = directory };
  gboolean has = TRUE;

  if (config->ehr_export_group == NULL)
    return TRUE;
  if (!cpd_store_ehr_has_marks (server->run->db, config->source_name, &has, error))
    return FALSE;
  if (has || load_in_directory (&export, &failed))
    return TRUE;
  if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", "Group", NULL, "no export: %s", failed->message));
  return TRUE;
}
