/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#define RESTARTS 3
#define ROUNDS 5 /* through one question, until nothing comes that was not met */

/* Gets each page of a question. Where all is given it is gathered there: a question for some ids, which has no more
 * pages than it may have ids. What goes on is of a server that does not look at them. */
typedef gboolean (*PageFunc) (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all,
                              GError **error);

/* Nothing is concluded from what did not come; and where the type is read here, it did not go well. */
static void
doubt_full_page (CpdEhrServer *server, const CpdEhrPage *page, guint so_far, gboolean reads)
{
  static const char reason[] = "a full page leads to no other: there may be more";

  if (server->without_count || !cpd_ehr_page_may_lack (server, page->n, so_far, page->total))
    return;
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_HOLE, "server", server->query->type, NULL, reason));
  if (reads && server->number >= 0)
    cpd_ehr_run_fail (server->run, server->number, reason);
}

/* What came of one question so far. */
typedef struct
{
  GHashTable *met;     /* (borrowed) set of ids */
  gboolean only_looks; /* nothing is added to met */
  guint n_pages;
  guint fresh; /* ids that were not met before */
} Round;

static void
note_page (Round *round, const CpdEhrPage *page)
{
  round->n_pages++;
  for (guint i = 0; i < page->ids->len; i++)
    {
      const char *id = g_ptr_array_index (page->ids, i);

      if (g_hash_table_contains (round->met, id))
        continue;
      round->fresh++;
      if (!round->only_looks)
        g_hash_table_add (round->met, g_strdup (id));
    }
}

static gboolean
take_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  return cpd_ehr_take_page (server, subjects, page, error) && cpd_ehr_server_keep (server, subjects, 0, error);
}

/* Follows the links of one question to their end. round (nullable) gets what they lead to. */
static gboolean
follow (CpdEhrServer *server, GPtrArray *subjects, const char *first, PageFunc func, CpdEhrPage *all, Round *round,
        GError **error)
{
  g_autofree char *url = g_strdup (first);
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint so_far = 0;

  while (url != NULL)
    {
      g_autoptr (CpdEhrPage) page = NULL;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      page = cpd_ehr_page_get (server, server->query->type, url, error);
      if (page == NULL)
        return FALSE;
      g_free (url);
      url = g_steal_pointer (&page->next);
      so_far += page->n;
      if (url == NULL)
        doubt_full_page (server, page, so_far, func == take_cb);
      if (round != NULL)
        note_page (round, page);
      if (!func (server, subjects, page, all, error))
        return FALSE;
      if (all != NULL && g_hash_table_size (been) == CPD_EHR_SUBJECTS_MAX)
        break;
    }
  return TRUE;
}

static void
forget_gathered (CpdEhrServer *server, CpdEhrPage *all)
{
  g_ptr_array_set_size (all->resources, 0);
  g_hash_table_remove_all (server->ids);
}

/* A page that is gone: the whole question again. */
static gboolean
ask (CpdEhrServer *server, GPtrArray *subjects, const char *url, PageFunc func, CpdEhrPage *all, Round *round,
     GError **error)
{
  for (int i = 0;; i++)
    {
      g_autoptr (GError) failed = NULL;

      if (all != NULL)
        forget_gathered (server, all);
      if (follow (server, subjects, url, func, all, round, &failed))
        return TRUE;
      if (i < RESTARTS && g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_GONE))
        continue;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
}

/* Only their ids came, so whom they are about is not known: an id says that its resource is there, and no more. */
static gboolean
list_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  for (guint i = 0; page->n > 0 && i < subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, i);

      g_hash_table_add (server->judged, g_memdup2 (&subject->patient, sizeof subject->patient));
    }
  return TRUE;
}

static gboolean
related_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  for (guint i = 0; i < page->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);
      g_autoptr (GPtrArray) keys = cpd_ehr_map_patients (&server->run->mapper, resource);

      if (keys->len > 0 && cpd_ehr_link_patient (server->run->link, g_ptr_array_index (keys, 0)) != 0)
        cpd_ehr_link_add (server->run->link, &server->run->mapper, resource);
    }
  return TRUE;
}

static gboolean
look_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  return TRUE;
}

/* Only the ids, which is the least that a server can be asked for; all of it of one that does not give them so. */
static gboolean
look_again (CpdEhrServer *server, GPtrArray *subjects, const char *url, PageFunc func, Round *round, GError **error)
{
  g_autofree char *listing = g_strconcat (url, "&_elements=id", NULL);
  GHashTable *ids = g_steal_pointer (&server->ids);
  g_autoptr (GError) failed = NULL;
  gboolean fine;

  round->fresh = 0;
  round->only_looks = TRUE;
  fine = ask (server, subjects, listing, look_cb, NULL, round, &failed);
  round->only_looks = FALSE;
  server->ids = ids;
  if (fine)
    return TRUE;
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED))
    {
      round->fresh = 0;
      return ask (server, subjects, url, func, NULL, round, error);
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A link skips what moves between two pages, as when something before it is deleted. So what took more than one is
 * looked through again, and read again, until nothing comes that was not met. What changed after it was read comes with
 * the next run. */
static gboolean
read_question (CpdEhrServer *server, GPtrArray *subjects, const char *url, PageFunc func, GError **error)
{
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Round round = { met };

  for (int i = 0; i < ROUNDS; i++)
    {
      if (!ask (server, subjects, url, func, NULL, &round, error))
        return FALSE;
      if (round.n_pages <= 1)
        return TRUE;
      if (!look_again (server, subjects, url, func, &round, error))
        return FALSE;
      if (round.fresh == 0)
        return TRUE;
    }
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED,
                       "what there is differs each time that it is asked for");
  return FALSE;
}

/* Of a list nothing is lost: what does not stand in it is asked for by itself. */
static gboolean
each_question (CpdEhrServer *server, const char *rest, PageFunc func, GError **error)
{
  for (guint first = 0; first < server->everybody->len; first += CPD_EHR_SUBJECTS_MAX)
    {
      g_autoptr (GPtrArray) together = g_ptr_array_new ();
      g_autofree char *url = NULL;

      for (guint i = first; i < server->everybody->len && together->len < CPD_EHR_SUBJECTS_MAX; i++)
        g_ptr_array_add (together, g_ptr_array_index (server->everybody, i));
      url = cpd_ehr_query_url (server->query, server->filter, together, rest);
      if (func == list_cb ? !ask (server, together, url, func, NULL, NULL, error)
                          : !read_question (server, together, url, func, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_or_list (CpdEhrServer *server, const char *more, PageFunc func, GError **error)
{
  g_autofree char *rest = g_strconcat (more, server->without_count ? "" : "&_count=" CPD_EHR_COUNT, NULL);
  const char *begin = *rest == '&' ? rest + 1 : rest;
  g_autoptr (GError) failed = NULL;

  if (each_question (server, *begin != '\0' ? begin : NULL, func, &failed))
    return TRUE;
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_COUNT) && !server->without_count)
    {
      server->without_count = TRUE;
      return read_or_list (server, more, func, error);
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
begin_listing (CpdEhrServer *server)
{
  g_clear_pointer (&server->ids, g_hash_table_unref);
  g_clear_pointer (&server->judged, g_hash_table_unref);
  server->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->judged = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * cpd_ehr_whole_read:
 *
 * Reads everything of the type; what is the same as before is not written. Which ids there are is known afterwards.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_read (CpdEhrServer *server, GError **error)
{
  begin_listing (server);
  return read_or_list (server, "", take_cb, error);
}

/**
 * cpd_ehr_whole_list:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_list (CpdEhrServer *server, GError **error)
{
  begin_listing (server);
  return read_or_list (server, "_elements=id", list_cb, error);
}

/**
 * cpd_ehr_whole_related:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_related (CpdEhrServer *server, GError **error)
{
  return read_or_list (server, "", related_cb, error);
}

static void
let_go (CpdEhrServer *server, const char *id)
{
  if (g_hash_table_remove (server->lacking, id))
    g_ptr_array_add (server->complete, g_strdup (id));
  if (g_hash_table_contains (server->quarantined, id))
    g_ptr_array_add (server->released, g_strdup (id));
}

/* Behind the others, so that what stays for ever does not keep them away. */
static void
stay (CpdEhrServer *server, const char *id)
{
  const gint64 *patient = g_hash_table_lookup (server->lacking, id);

  if (patient == NULL)
    return;
  g_ptr_array_add (server->lacks, cpd_ehr_lacking_new (id, *patient));
  server->run->report->types[server->number].waiting += *patient != 0;
}

/* What did not come is asked for by itself, for an answer may be empty by mistake: it is let go when it is gone. What
 * is there all the same goes to page. When the server fails the others are left to the next run. */
static gboolean
read_absent (CpdEhrServer *server, GPtrArray *absent, CpdEhrPage *page, GError **error)
{
  for (guint i = 0; i < absent->len; i++)
    {
      const char *id = g_ptr_array_index (absent, i);
      g_autoptr (GError) failed = NULL;
      gboolean gone;
      CpdEhrResource *resource = cpd_ehr_gone_read (server, id, &gone, &failed);

      if (resource != NULL)
        g_ptr_array_add (page->resources, resource);
      else if (gone)
        let_go (server, id);
      else if (!cpd_ehr_server_is_of_type (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      else
        stay (server, id);
      if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED))
        return TRUE;
    }
  return TRUE;
}

static gboolean
gather_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  g_ptr_array_extend_and_steal (all->resources, g_steal_pointer (&page->resources));
  page->resources = g_ptr_array_new ();
  return TRUE;
}

/* A resource that came back well leaves by itself. */
static gboolean
retry_some (CpdEhrServer *server, GPtrArray *ids, guint first, guint n, GError **error)
{
  g_autoptr (GString) url = g_string_new (server->query->type);
  g_autoptr (GPtrArray) absent = g_ptr_array_new ();
  g_autoptr (CpdEhrPage) all = g_new0 (CpdEhrPage, 1);
  gboolean fine;

  all->resources = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  g_string_append (url, "?_id=");
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (url, "%s%s", i > first ? "," : "", (char *) g_ptr_array_index (ids, i));
  g_clear_pointer (&server->ids, g_hash_table_unref);
  server->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fine = ask (server, server->everybody, url->str, gather_cb, all, NULL, error);
  for (guint i = first; fine && i < first + n; i++)
    if (!g_hash_table_contains (server->ids, g_ptr_array_index (ids, i)))
      g_ptr_array_add (absent, g_ptr_array_index (ids, i));
  g_clear_pointer (&server->ids, g_hash_table_unref);
  return fine && read_absent (server, absent, all, error) &&
         cpd_ehr_take_page (server, server->everybody, all, error) &&
         cpd_ehr_server_keep (server, server->everybody, 0, error);
}

/**
 * cpd_ehr_whole_ask:
 * @ids: (element-type utf8):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_ask (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  for (guint first = 0; first < ids->len; first += CPD_EHR_SUBJECTS_MAX)
    if (!retry_some (server, ids, first, MIN (ids->len - first, CPD_EHR_SUBJECTS_MAX), error))
      return FALSE;
  return TRUE;
}

/* Those that wait longest first. When a question brings nothing that is complete now, the rest waits for the next run.
 */
static gboolean
retry_lacking (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  guint before = 0;

  for (guint first = 0; first < ids->len && before != g_hash_table_size (server->lacking);
       first += CPD_EHR_SUBJECTS_MAX)
    {
      guint n = MIN (ids->len - first, CPD_EHR_SUBJECTS_MAX);

      before = g_hash_table_size (server->lacking);
      if (!retry_some (server, ids, first, n, error))
        return FALSE;
    }
  return TRUE;
}

/* What lacks something too is asked for as that. */
static gboolean
retry_quarantined (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  for (guint i = ids->len; i > 0; i--)
    {
      g_hash_table_add (server->quarantined, g_strdup (g_ptr_array_index (ids, i - 1)));
      if (g_hash_table_contains (server->lacking, g_ptr_array_index (ids, i - 1)))
        g_ptr_array_remove_index (ids, i - 1);
    }
  return cpd_ehr_whole_ask (server, ids, error);
}

/**
 * cpd_ehr_whole_retry:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_retry (CpdEhrServer *server, GError **error)
{
  const char *source = server->run->sync->config->source_name;
  g_autoptr (GPtrArray) quarantined = cpd_store_ehr_quarantined (server->run->db, source, server->query->type, error);
  g_autoptr (GPtrArray) lacking =
      quarantined != NULL ? cpd_store_ehr_lacking (server->run->db, source, server->query->type, error) : NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (lacking == NULL)
    return FALSE;
  for (guint i = 0; i < lacking->len; i++)
    {
      const CpdEhrLacking *one = g_ptr_array_index (lacking, i);

      g_hash_table_insert (server->lacking, g_strdup (one->id), g_memdup2 (&one->patient, sizeof one->patient));
      g_ptr_array_add (ids, one->id);
    }
  return retry_quarantined (server, quarantined, error) && retry_lacking (server, ids, error);
}
