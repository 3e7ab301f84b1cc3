/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-refused.h"

#include <string.h>

#include "cpd-fhir.h"

#define SOME_TIME 1   /* when what was deleted does not say when */
#define ASKED_MAX 500 /* of what was not listed, in a run, unless all that is missing may go */

static const char *
source_of (CpdEhrServer *server)
{
  return server->run->sync->config->source_name;
}

static gboolean
add_row (CpdEhrServer *server, GPtrArray *rows, CpdEhrKind kind, const char *type, const char *id, CpTime at,
         GError **error)
{
  CpdEhrKnown known;
  CpdEhrRow *row;

  if (!cpd_store_ehr_find (server->run->db, kind, source_of (server), type, id, &known, error))
    return FALSE;
  if (known.row == 0 || known.removed || cpd_ehr_link_keeps (server->run->link, known.patient))
    return TRUE;
  row = cpd_ehr_row_new (kind, known.patient, type, id, NULL);
  /* What was deleted is later than the version that was shown: a late page with that one does not bring it back. What
   * is only missing may be so by mistake, and then that version is right. */
  if (at != 0)
    row->last_updated = MAX (cpd_ehr_run_moment (server->run, at), known.last_updated + 1);
  g_ptr_array_add (rows, row);
  return TRUE;
}

/**
 * cpd_ehr_gone_add:
 * @at: when it was deleted, by the server's clock; 0: it is missing, and nobody says that it was deleted
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_gone_add (CpdEhrServer *server, GPtrArray *rows, const char *type, const char *id, CpTime at, GError **error)
{
  for (int kind = 0; kind < CPD_EHR_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) several = NULL;

      /* A profile has no tombstone. */
      if (kind == CPD_EHR_PROFILE)
        continue;
      several = cpd_store_ehr_ids_of (server->run->db, kind, source_of (server), type, id, error);
      if (several == NULL)
        return FALSE;
      for (guint i = 0; i < several->len; i++)
        if (!add_row (server, rows, kind, type, g_ptr_array_index (several, i), at, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
refuses (CpdEhrServer *server, const char *type, guint n, gint64 all)
{
  gboolean refused = cpd_ehr_run_refuses (server->run, "server", type, n, all);

  server->refused |= refused;
  return refused;
}

/* rows are emptied, unless they are too many: with more, which may be gone too. */
static gboolean
remove_rows (CpdEhrServer *server, const char *type, GPtrArray *rows, guint more, GError **error)
{
  int number = cpd_ehr_run_type (type);
  gint64 all = 0;

  if (rows->len == 0 || number < 0)
    return TRUE;
  if (!cpd_store_ehr_count (server->run->db, source_of (server), type, &all, error))
    return FALSE;
  if (refuses (server, type, rows->len + more, all))
    return TRUE;
  while (rows->len > 0)
    if (!cpd_ehr_batch_add (server->run->types[number].batch, g_ptr_array_steal_index (rows, rows->len - 1), error))
      return FALSE;
  return cpd_ehr_batch_flush (server->run->types[number].batch, error);
}

/**
 * cpd_ehr_gone_remove:
 * @rows: (element-type CpdEhrRow): emptied
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_gone_remove (CpdEhrServer *server, const char *type, GPtrArray *rows, GError **error)
{
  return remove_rows (server, type, rows, 0, error);
}

/* What is kept and was not listed. */
typedef struct
{
  CpdEhrServer *server;
  GHashTable *missing; /* id of a resource -> how many rows of it are shown: it may make several */
  guint n_missing;     /* rows of them */
  GHashTable *kept;    /* set of ids: of who has died, which stay when they are gone */
  GHashTable *unsure;  /* set of ids: of who was given up, which may be there all the same, and stay too */
  GHashTable *alone;   /* set of ids: of a question in which nothing was listed, and stay too */
} Look;

static void
look_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  Look *look = data;
  CpdEhrServer *server = look->server;
  g_autofree char *base = cpd_ehr_row_base (id);
  guint rows = GPOINTER_TO_UINT (g_hash_table_lookup (look->missing, base));

  if (g_hash_table_contains (server->ids, base) || !cpd_ehr_link_is_whole (server->run->link, patient))
    return;
  if (g_hash_table_contains (server->given_up, &patient))
    {
      g_hash_table_add (look->unsure, g_steal_pointer (&base));
      return;
    }
  if (cpd_ehr_link_keeps (server->run->link, patient))
    {
      g_hash_table_add (look->kept, g_steal_pointer (&base));
      return;
    }
  /* With a hole nothing is removed that is not about somebody else, so a question that brought nothing counts too. */
  if (!server->run->types[server->number].hole && !g_hash_table_contains (server->judged, &patient))
    {
      g_hash_table_add (look->alone, g_steal_pointer (&base));
      return;
    }
  look->n_missing++;
  g_hash_table_insert (look->missing, g_steal_pointer (&base), GUINT_TO_POINTER (rows + 1));
}

static gboolean
look_at_live (Look *look, GError **error)
{
  CpdEhrServer *server = look->server;
  gboolean fine = TRUE;

  for (int kind = 0; fine && kind < CPD_EHR_N_KINDS; kind++)
    fine =
        cpd_store_ehr_each_live (server->run->db, kind, source_of (server), server->query->type, look_cb, look, error);
  return fine;
}

/**
 * cpd_ehr_gone_read:
 * @gone: (out): TRUE: only a plain "not found" or "gone" says so
 *
 * Returns: (transfer full) (nullable): NULL with @error when it is not gone.
 */
CpdEhrResource *
cpd_ehr_gone_read (CpdEhrServer *server, const char *id, gboolean *gone, GError **error)
{
  const char *type = server->query->type;
  g_autofree char *url = g_strconcat (type, "/", id, NULL);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_get (server->http, url, &failed);
  g_autoptr (CpdEhrProblem) problem = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;

  *gone = g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_FOUND) ||
          g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_GONE);
  if (*gone)
    return NULL;
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (reply->node != NULL)
    resource = cpd_ehr_resource_take (json_node_ref (reply->node), NULL, "server", &problem);
  if (resource != NULL && strcmp (resource->type, type) == 0 && strcmp (resource->id, id) == 0)
    return g_steal_pointer (&resource);
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED, "reading it says nothing");
  return NULL;
}

/* What asking for some of what is missing has told. */
typedef struct
{
  GPtrArray *rows; /* of CpdEhrRow: of what is gone; NULL: that stays */
  guint wrong;     /* about nobody who is read */
  guint gone;
  gboolean answered; /* of one at least the server told */
  gboolean failing;  /* the server cannot tell now, or will not of any */
} Told;

/* Whether it is really not there any more. What is there all the same is taken, whatever it is now about. */
static gboolean
confirm (CpdEhrServer *server, const char *id, Told *told, GError **error)
{
  const char *type = server->query->type;
  g_autoptr (GError) failed = NULL;
  gboolean gone;
  g_autoptr (CpdEhrResource) resource = cpd_ehr_gone_read (server, id, &gone, &failed);
  gboolean belongs;

  told->answered |= gone || resource != NULL;
  told->gone += gone;
  if (gone)
    return told->rows == NULL || cpd_ehr_gone_add (server, told->rows, type, id, 0, error);
  if (resource != NULL)
    {
      if (!cpd_ehr_take_one (server, server->everybody, resource, &belongs, error))
        return FALSE;
      told->wrong += !belongs;
      return TRUE;
    }
  if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  /* It may be somebody else's by now: the next run asks again. */
  server->refused = TRUE;
  told->failing = !told->answered || g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED);
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, id,
                                                         "it is not listed, and reading it says nothing: it stays"));
  return g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED) ||
         g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_ALLOWED) ||
         cpd_ehr_refused_look (server, id, error);
}

/* What is missing may be what could not be read: the next run looks again. */
static gboolean
leaves_hole (CpdEhrServer *server, guint n)
{
  if (n == 0 || !server->run->types[server->number].hole)
    return FALSE;
  server->refused = TRUE;
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL,
                                            "%u are missing, but not everything could be read: none is removed", n));
  return TRUE;
}

/* Beginning anywhere, so that what stays does not keep the others away for ever. rows: NULL: it is not known whether
 * they are missing; left: rows of what was not asked for; gone: how many the server says are not there. */
static gboolean
confirm_some (CpdEhrServer *server, GHashTable *missing, GPtrArray *rows, guint *left, guint *gone, GError **error)
{
  Told told = { rows };
  guint n;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (missing, &n);
  guint first = n > 0 ? g_random_int_range (0, n) : 0;
  gboolean fine = TRUE;

  *left = 0;
  for (guint i = 0; fine && i < n && (rows != NULL || !told.failing); i++)
    {
      const char *id = ids[(first + i) % n];

      if (i < ASKED_MAX || (rows != NULL && server->run->sync->accept_removals))
        fine = confirm (server, id, &told, error);
      else
        *left += GPOINTER_TO_UINT (g_hash_table_lookup (missing, id));
    }
  server->refused |= *left > 0;
  if (*left > 0 && rows != NULL)
    cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL,
                                                           "%u more are missing: the next run asks for them", *left));
  *gone = told.gone;
  return fine && (told.wrong == 0 || cpd_ehr_take_audit (server, 0, told.wrong, error));
}

/* An empty answer may be a mistake, by which nothing goes. What is about somebody else is no mistake: it goes. */
static gboolean
seek_alone (CpdEhrServer *server, GHashTable *alone, GError **error)
{
  guint left, gone;

  if (!confirm_some (server, alone, NULL, &left, &gone, error))
    return FALSE;
  if (gone > 0)
    cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL,
                                                           "%u are not listed, and nothing else is: they stay", gone));
  return TRUE;
}

/* What is not listed of who has died may be gone, and stays; what is there and about somebody else goes. A dossier may
 * be closed with all that is in it, so they are asked for together, some in each run, beginning anywhere. */
static gboolean
seek_kept (CpdEhrServer *server, GHashTable *kept, GError **error)
{
  guint n;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (kept, &n);
  guint first = n > 0 ? g_random_int_range (0, n) : 0;
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < MIN (n, ASKED_MAX); i++)
    g_ptr_array_add (some, ids[(first + i) % n]);
  return cpd_ehr_retry_seek (server, some, error);
}

/**
 * cpd_ehr_gone_missing:
 *
 * After a listing of the type: what is kept and was not listed is asked for one by one, and removed when it is gone.
 * What is now about somebody else is not gone, and is never too much at once: it goes from who should not see it, also
 * when not everything could be listed or read. What was alone in a question in which nothing was listed is asked for
 * too, and stays when it is gone.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_gone_missing (CpdEhrServer *server, GError **error)
{
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unsure = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  Look look = { .server = server, .missing = missing, .kept = kept, .unsure = unsure, .alone = alone };
  guint left, gone;

  if (server->number < 0)
    return TRUE;
  if (!look_at_live (&look, error) || !confirm_some (server, unsure, NULL, &left, &gone, error) ||
      !seek_alone (server, alone, error))
    return FALSE;
  if (leaves_hole (server, look.n_missing))
    return confirm_some (server, missing, NULL, &left, &gone, error) && seek_kept (server, kept, error);
  return confirm_some (server, missing, rows, &left, &gone, error) &&
         remove_rows (server, server->query->type, rows, left, error) && seek_kept (server, kept, error);
}

/* What was removed here, and is listed. */
typedef struct
{
  CpdEhrServer *server;
  GPtrArray *ids; /* of resources: one may have made several rows */
} Return;

static void
return_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  Return *returned = data;
  g_autofree char *base = cpd_ehr_row_base (id);

  /* Only of a shared appointment more follows the id; else what was removed has made place for another row. */
  if ((g_str_equal (id, base) || kind == CPD_EHR_APPOINTMENT) && g_hash_table_remove (returned->server->ids, base))
    g_ptr_array_add (returned->ids, g_steal_pointer (&base));
}

/**
 * cpd_ehr_gone_return:
 *
 * What did not change at the server does not come by itself when it was missing by mistake. What a status hides is
 * listed too, and is read in vain. The listing is used up.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_gone_return (CpdEhrServer *server, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Return returned = { server, ids };

  for (int kind = 0; kind < CPD_EHR_N_KINDS; kind++)
    if (!cpd_store_ehr_each_removed (server->run->db, kind, source_of (server), server->query->type, return_cb,
                                     &returned, error))
      return FALSE;
  return cpd_ehr_retry_ask (server, ids, error);
}

/* The id that "Observation/7" or an absolute address names; (transfer full) (nullable). */
static char *
id_of (const char *url, const char *type)
{
  g_auto (GStrv) parts = g_strsplit (url != NULL ? url : "", "/", -1);

  for (guint i = 0; parts[i] != NULL && parts[i + 1] != NULL; i++)
    if (strcmp (parts[i], type) == 0 && cpd_ehr_is_id (parts[i + 1]))
      return g_strdup (parts[i + 1]);
  return NULL;
}

/* The newest entry of an id counts, and they come newest first: of a resource that was made again nothing is gone. What
 * the history says of others than deletions is not looked at: it is about everybody. */
static gboolean
read_history_page (CpdEhrServer *server, JsonObject *bundle, GHashTable *met, GPtrArray *rows, GError **error)
{
  JsonArray *entries = cpd_fhir_array (bundle, "entry");
  const char *type = server->query->type;

  for (guint i = 0; i < cpd_fhir_length (entries); i++)
    {
      JsonObject *entry = cpd_fhir_nth (entries, i);
      JsonObject *request = cpd_fhir_object (entry, "request");
      const char *when = cpd_fhir_string (cpd_fhir_object (entry, "response"), "lastModified");
      g_autofree char *id = id_of (cpd_fhir_string (request, "url"), type);
      CpTime at = 0;

      if (id == NULL)
        id = id_of (cpd_fhir_string (entry, "fullUrl"), type);
      if (id == NULL || !g_hash_table_add (met, g_strdup (id)) ||
          g_strcmp0 (cpd_fhir_string (request, "method"), "DELETE") != 0)
        continue;
      if (when == NULL || !cp_time_parse (when, &at))
        at = SOME_TIME;
      if (!cpd_ehr_gone_add (server, rows, type, id, at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_history (CpdEhrServer *server, CpTime since, GError **error)
{
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  g_autofree char *instant = cpd_ehr_query_instant (since);
  g_autofree char *url =
      g_strdup_printf ("%s/_history?_since=%s&_count=%u", server->query->type, instant, server->count);
  gboolean lacks = FALSE;
  guint so_far = 0, n;

  while (url != NULL)
    {
      g_autoptr (CpdEhrReply) reply = NULL;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      reply = cpd_ehr_http_get (server->http, url, error);
      if (reply == NULL)
        return FALSE;
      if (g_strcmp0 (cpd_fhir_string (reply->object, "type"), "history") != 0)
        {
          g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED, "the history is no history");
          return FALSE;
        }
      if (!read_history_page (server, reply->object, met, rows, error))
        return FALSE;
      n = cpd_fhir_length (cpd_fhir_array (reply->object, "entry"));
      so_far += n;
      g_free (url);
      url = cpd_ehr_page_next (server, reply->object);
      lacks = url == NULL && cpd_ehr_page_may_lack (server, n, so_far, cpd_ehr_page_total (reply->object));
    }
  if (!cpd_ehr_gone_remove (server, server->query->type, rows, error))
    return FALSE;
  if (lacks)
    g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED,
                         "a full page of the history leads to no other: there may be more");
  return !lacks;
}

/**
 * cpd_ehr_gone_history:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_gone_history (CpdEhrServer *server, CpTime since, GError **error)
{
  for (server->count = CPD_EHR_PAGE_SIZE;; server->count /= 2)
    {
      g_autoptr (GError) failed = NULL;

      if (read_history (server, since, &failed))
        return TRUE;
      if (cpd_ehr_large_is (failed) && server->count > 1)
        continue;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
}
