/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#define RESTARTS 3
#define ROUNDS 5      /* through one question, until nothing comes that was not met */
#define PAGES_MAX 100 /* of a question that is asked once more for less at a time */

/* Gets each page of a question. Where all is given it is gathered there: a question for some ids, which has no more
 * pages than it may have ids. What goes on is of a server that does not look at them. */
typedef gboolean (*PageFunc) (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all,
                              GError **error);

/* Nothing is concluded from what did not come; and where the type is read here, it did not go well. */
static void
doubt (CpdEhrServer *server, const char *reason, gboolean reads)
{
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_HOLE, "server", server->query->type, NULL, "%s", reason));
  if (reads && server->number >= 0)
    cpd_ehr_run_fail (server->run, server->number, reason);
}

#define FULL_PAGE "a full page leads to no other: there may be more"

/* Of a question for some ids what does not come is asked for by itself. */
static gboolean
may_lack (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page, guint so_far, gboolean by_ids,
          gboolean *lacks, GError **error)
{
  *lacks = by_ids && cpd_ehr_page_may_lack (server, page->n, so_far, page->total) && !server->without_count;
  return by_ids || server->without_count || cpd_ehr_page_look_beyond (server, subjects, "", page, so_far, lacks, error);
}

/* What came of one question so far. */
typedef struct
{
  GHashTable *met;     /* (borrowed) set of ids */
  gboolean only_looks; /* nothing is added to met */
  guint most;          /* pages, 0: as many as there are */
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

/* The page itself has told which ids there are. */
static gboolean
ids_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  if (page->lacks)
    cpd_ehr_large_give_up (server, subjects);
  return TRUE;
}

/* Follows the links of one question to their end. round (nullable) gets what they lead to. */
static gboolean
follow (CpdEhrServer *server, GPtrArray *subjects, const char *first, PageFunc func, CpdEhrPage *all, Round *round,
        GError **error)
{
  g_autofree char *url = g_strdup (first);
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean by_ids = all != NULL || (round != NULL && round->most > 0);
  guint so_far = 0;

  while (url != NULL)
    {
      g_autoptr (CpdEhrPage) page = NULL;
      gboolean lacks;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      page = cpd_ehr_page_get (server, server->query->type, url, error);
      if (page == NULL)
        return FALSE;
      g_free (url);
      url = g_steal_pointer (&page->next);
      so_far += page->n;
      server->n_pages++;
      lacks = FALSE;
      if (url == NULL && !may_lack (server, subjects, page, so_far, by_ids, &lacks, error))
        return FALSE;
      /* Of several subjects each is to be asked for alone, as when it is too large. */
      if (lacks && all == NULL && subjects->len > 1)
        {
          g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_TOO_LARGE, FULL_PAGE);
          return FALSE;
        }
      if (lacks)
        doubt (server, FULL_PAGE, func == take_cb || func == ids_cb);
      if (round != NULL)
        note_page (round, page);
      if (!func (server, subjects, page, all, error))
        return FALSE;
      if ((all != NULL && g_hash_table_size (been) == CPD_EHR_SUBJECTS_MAX) ||
          (round != NULL && round->most > 0 && round->n_pages >= round->most))
        break;
    }
  return TRUE;
}

static void
forget_gathered (CpdEhrServer *server, CpdEhrPage *all)
{
  g_ptr_array_set_size (all->resources, 0);
  g_clear_pointer (&all->dropped, g_ptr_array_unref);
  g_clear_pointer (&all->refused, g_ptr_array_unref);
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

/* Only the ids are looked at, so whom they are about is not known: an id says that its resource is there, and no more.
 */
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

/* more: "" or one parameter. round (nullable) gets what came. */
static gboolean
ask_of (CpdEhrServer *server, GPtrArray *subjects, const char *more, PageFunc func, Round *round, GError **error)
{
  g_autofree char *count = server->without_count ? g_strdup ("") : g_strdup_printf ("&_count=%u", server->count);
  g_autofree char *rest = g_strconcat (more, count, NULL);
  const char *begin = *rest == '&' ? rest + 1 : rest;
  g_autofree char *url = cpd_ehr_query_url (server->query, server->filter, subjects, *begin != '\0' ? begin : NULL);

  return ask (server, subjects, url, func, NULL, round, error);
}

/* Only the ids, which is the least that a server can be asked for; all of it of one that does not give them so. */
static gboolean
ask_ids_of (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, Round *round, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (ask_of (server, subjects, "_elements=id", func, round, &failed))
    return TRUE;
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED))
    return ask_of (server, subjects, "", func, round, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* (transfer full) (nullable): set of the ids that the server has of subjects; NULL with error. */
static GHashTable *
ids_of (CpdEhrServer *server, GPtrArray *subjects, GError **error)
{
  GHashTable *before = server->ids;
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean fine;

  server->ids = ids;
  server->count = CPD_EHR_PAGE_SIZE;
  fine = ask_ids_of (server, subjects, ids_cb, NULL, error);
  server->ids = before;
  if (!fine)
    g_clear_pointer (&ids, g_hash_table_unref);
  return ids;
}

/* (transfer full): a question for some of ids; for those of subjects, so that a server that does not look at the ids
 * gives nothing of others. */
static char *
url_of_ids (CpdEhrServer *server, GPtrArray *subjects, GPtrArray *ids, guint first, guint n)
{
  g_autoptr (GString) rest = g_string_new ("_id=");

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (rest, "%s%s", i > first ? "," : "", (const char *) g_ptr_array_index (ids, i));
  return cpd_ehr_query_url (server->query, server->filter, subjects, rest->str);
}

/* Takes some together. What does not come is asked for by itself, as is one that is too much alone: it is in quarantine
 * then. *less: they are too much together; and a server that does not take so many at a time may take fewer. */
static gboolean
take_some (CpdEhrServer *server, GPtrArray *subjects, GPtrArray *ids, guint first, guint n, gboolean *less,
           GError **error)
{
  g_autofree char *url = url_of_ids (server, subjects, ids, first, n);
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failed = NULL;
  Round round = { met, .most = n };
  gboolean fine = ask (server, subjects, url, take_cb, NULL, &round, &failed);

  if (!fine && !cpd_ehr_large_is (failed) && !g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *less = !fine && n > 1;
  for (guint i = first; !*less && i < first + n; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      gboolean large;

      if (!g_hash_table_contains (met, id) && !cpd_ehr_large_take (server, subjects, id, &large, error))
        return FALSE;
    }
  return cpd_ehr_server_keep (server, subjects, 0, error);
}

/* As many together as they may be: half as many around what is too much, and then more again. */
static gboolean
take_listed (CpdEhrServer *server, GPtrArray *subjects, GPtrArray *ids, GError **error)
{
  guint n = CPD_EHR_SUBJECTS_MAX;

  for (guint first = 0; first < ids->len;)
    {
      gboolean less;

      n = MIN (n, ids->len - first);
      if (!take_some (server, subjects, ids, first, n, &less, error))
        return FALSE;
      first += less ? 0 : n;
      n = less ? n / 2 : MIN (2 * n, CPD_EHR_SUBJECTS_MAX);
    }
  return TRUE;
}

/* Of one subject, of whom a page is too large: by the ids, so that what is too large is met where it is, and all around
 * it comes together. What is in quarantine was asked for in this run already. *told: the ids were given. */
static gboolean
read_by_ids (CpdEhrServer *server, GPtrArray *subjects, gboolean *told, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GHashTable) listed = ids_of (server, subjects, &failed);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  *told = listed != NULL;
  if (!*told && !cpd_ehr_large_is (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!*told)
    return TRUE;
  g_hash_table_iter_init (&iter, listed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_add (server->ids, g_strdup (id));
      if (!server->retried || !g_hash_table_contains (server->quarantined, id))
        g_ptr_array_add (ids, id);
    }
  return take_listed (server, subjects, ids, error);
}

static gboolean
look_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  return TRUE;
}

/* Whether there is anything that was not met. */
static gboolean
look_again (CpdEhrServer *server, GPtrArray *subjects, Round *round, GError **error)
{
  GHashTable *ids = g_steal_pointer (&server->ids);
  gboolean fine;

  round->fresh = 0;
  round->only_looks = TRUE;
  fine = ask_ids_of (server, subjects, look_cb, round, error);
  round->only_looks = FALSE;
  server->ids = ids;
  return fine;
}

/* A link skips what moves between two pages, as when something before it is deleted. So what took more than one is
 * looked through again, and read again, until nothing comes that was not met; what never stands still takes nothing
 * from who is asked for later. What changed after it was read comes with the next run. */
static gboolean
read_question (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, GError **error)
{
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Round round = { met };

  for (int i = 0; i < ROUNDS; i++)
    {
      if (!ask_of (server, subjects, "", func, &round, error))
        return FALSE;
      if (round.n_pages <= 1)
        return TRUE;
      if (!look_again (server, subjects, &round, error))
        return FALSE;
      if (round.fresh == 0)
        return TRUE;
    }
  doubt (server, "what there is differs each time that it is asked for", func == take_cb);
  return TRUE;
}

/* Of a list nothing is lost: what does not stand in it is asked for by itself. */
static gboolean
read_or_list_question (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, GError **error)
{
  return func == list_cb ? ask_ids_of (server, subjects, func, NULL, error)
                         : read_question (server, subjects, func, error);
}

static gboolean read_some (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, GError **error);

/* Each subject alone, so that one takes nothing from the others. */
static gboolean
read_apart (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, GError **error)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, g_ptr_array_index (subjects, i));
      if (!read_some (server, one, func, error))
        return FALSE;
    }
  return TRUE;
}

/* When a page is too large each subject is asked for alone, and then by ids; where these are not given, fewer at a
 * time, half as many each time, as long as that is no flood of questions. */
static gboolean
read_some (CpdEhrServer *server, GPtrArray *subjects, PageFunc func, GError **error)
{
  guint least = server->without_count ? CPD_EHR_PAGE_SIZE : 1;
  gboolean told = FALSE;

  server->n_pages = 0;
  for (server->count = CPD_EHR_PAGE_SIZE; server->count >= least && 2 * server->n_pages <= PAGES_MAX;
       server->count /= 2)
    {
      g_autoptr (GError) failed = NULL;
      gboolean first = server->count == CPD_EHR_PAGE_SIZE;

      server->n_pages = 0;
      if (read_or_list_question (server, subjects, func, &failed))
        return TRUE;
      if (!cpd_ehr_large_is (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (subjects->len > 1)
        return read_apart (server, subjects, func, error);
      if (first && func == take_cb && !read_by_ids (server, subjects, &told, error))
        return FALSE;
      if (told)
        return TRUE;
    }
  cpd_ehr_large_give_up (server, subjects);
  return TRUE;
}

static gboolean
each_question (CpdEhrServer *server, PageFunc func, GError **error)
{
  for (guint first = 0; first < server->everybody->len; first += CPD_EHR_SUBJECTS_MAX)
    {
      g_autoptr (GPtrArray) together = g_ptr_array_new ();

      for (guint i = first; i < server->everybody->len && together->len < CPD_EHR_SUBJECTS_MAX; i++)
        g_ptr_array_add (together, g_ptr_array_index (server->everybody, i));
      if (!read_some (server, together, func, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_or_list (CpdEhrServer *server, PageFunc func, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (each_question (server, func, &failed))
    return TRUE;
  if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_COUNT) && !server->without_count)
    {
      server->without_count = TRUE;
      return read_or_list (server, func, error);
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
begin_listing (CpdEhrServer *server)
{
  g_clear_pointer (&server->ids, g_hash_table_unref);
  g_clear_pointer (&server->judged, g_hash_table_unref);
  g_clear_pointer (&server->given_up, g_hash_table_unref);
  server->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->judged = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  server->given_up = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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
  return read_or_list (server, take_cb, error);
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
  return read_or_list (server, list_cb, error);
}

/**
 * cpd_ehr_whole_related:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_related (CpdEhrServer *server, GError **error)
{
  return read_or_list (server, related_cb, error);
}

static gboolean
gather_cb (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, CpdEhrPage *all, GError **error)
{
  g_ptr_array_extend_and_steal (all->resources, g_steal_pointer (&page->resources));
  page->resources = g_ptr_array_new ();
  if (all->refused == NULL)
    all->refused = g_steal_pointer (&page->refused);
  else if (page->refused != NULL)
    g_ptr_array_extend_and_steal (all->refused, g_steal_pointer (&page->refused));
  if (all->dropped == NULL)
    all->dropped = g_steal_pointer (&page->dropped);
  else
    g_ptr_array_extend_and_steal (all->dropped, g_steal_pointer (&page->dropped));
  return TRUE;
}

/**
 * cpd_ehr_whole_gather:
 * @url: a question for some ids
 * @all: gets what came
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_whole_gather (CpdEhrServer *server, const char *url, CpdEhrPage *all, GError **error)
{
  server->count = CPD_EHR_PAGE_SIZE;
  return ask (server, server->everybody, url, gather_cb, all, NULL, error);
}
