/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#define OVERLAP (10 * CP_TIME_MINUTE) /* what a server writes late is not missed */
#define RESTARTS 3                    /* of one question whose pages are gone */
#define ROUNDS 5                      /* through one tick, until a round brings nothing new */
#define BY_ID 20                      /* resources that are read so before a page is tried again */

/* One question to its end, from cursor to cursor. */
typedef struct
{
  CpdEhrServer *server;
  GPtrArray *subjects; /* (borrowed) */
  CpTime cursor;       /* everything before it was asked for; 0: nothing yet */
  gboolean lacks;      /* of a page something is not known: no mark goes past it, and the next run asks for it again */
  const char *doubt;   /* (nullable): why not all of the moment at the cursor may have come */
  int restarts;
} Reading;

/* The server cannot be read by what changed: it does not give the times, or not in their order. */
static gboolean
not_by_changes (GError **error, const char *what)
{
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_CHANGES, what);
  return FALSE;
}

/* (transfer full): from the cursor on, with "&" behind it; "": from the beginning. */
static char *
bound_of (const Reading *reading)
{
  g_autofree char *instant = reading->cursor != 0 ? cpd_ehr_query_instant (reading->cursor) : NULL;

  return instant != NULL ? g_strconcat ("_lastUpdated=ge", instant, "&", NULL) : g_strdup ("");
}

static char *
url_from_cursor (const Reading *reading, guint count, const char *more)
{
  const CpdEhrQuery *query = reading->server->query;
  g_autofree char *bound = bound_of (reading);
  g_autofree char *rest = g_strdup_printf ("%s_sort=_lastUpdated&_count=%u%s", bound, count, more);

  return cpd_ehr_query_url (query, reading->server->filter, reading->subjects, rest);
}

static char *
first_url (const Reading *reading)
{
  return url_from_cursor (reading, reading->server->count, "");
}

/* Everything before mark is here, when nothing lacks. */
static gboolean
keep (const Reading *reading, CpTime mark, GError **error)
{
  return cpd_ehr_server_keep (reading->server, reading->subjects, reading->lacks ? 0 : mark, error);
}

/* The page is stored, and everything up to its last moment is here. */
static gboolean
keep_page (Reading *reading, CpdEhrPage *page, CpTime mark, GError **error)
{
  reading->lacks |= page->lacks;
  return cpd_ehr_take_page (reading->server, reading->subjects, page, error) && keep (reading, mark, error);
}

static CpdEhrPage *
get_page (Reading *reading, const char *url, GError **error)
{
  g_autoptr (CpdEhrPage) page = cpd_ehr_page_get (reading->server, reading->server->query->type, url, error);

  if (page == NULL)
    return NULL;
  if (page->dated && page->ascending)
    return g_steal_pointer (&page);
  not_by_changes (error, page->dated ? "_sort is not followed" : "lastUpdated is not given");
  return NULL;
}

/* How many of the tick are new. */
static guint
add_ids (GHashTable *ids, const CpdEhrPage *page, CpTime tick)
{
  guint n = 0;

  for (guint i = 0; i < page->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);

      if (cpd_ehr_query_tick (resource->last_updated) <= tick && g_hash_table_add (ids, g_strdup (resource->id)))
        n++;
    }
  return n;
}

/* Follows the links of the server through one tick, in which more changed than a page holds. A link may skip what moved
 * between two pages, so it goes round until nothing new comes. *beyond is set to the first later tick, or stays 0. */
static gboolean
read_round (Reading *reading, GHashTable *ids, guint *fresh, CpTime *beyond, GError **error)
{
  CpdEhrServer *server = reading->server;
  g_autofree char *url = first_url (reading);
  g_autofree char *bound = bound_of (reading);
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean lacks = FALSE;
  guint so_far = 0;

  *fresh = 0;
  while (url != NULL && *beyond == 0)
    {
      g_autoptr (CpdEhrPage) page = NULL;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      page = get_page (reading, url, error);
      if (page == NULL)
        return FALSE;
      if (cpd_ehr_query_tick (page->largest) > reading->cursor)
        *beyond = cpd_ehr_query_tick (page->largest);
      *fresh += add_ids (ids, page, reading->cursor);
      so_far += page->n;
      g_free (url);
      url = g_steal_pointer (&page->next);
      if (url == NULL && *beyond == 0 &&
          !cpd_ehr_page_look_beyond (server, reading->subjects, bound, page, so_far, &lacks, error))
        return FALSE;
      if (lacks)
        reading->doubt = "a full page that changed in one moment leads to no other: there may be more";
      if (!keep_page (reading, page, 0, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_tick (Reading *reading, CpTime *beyond, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint fresh = 1;

  *beyond = 0;
  for (int round = 0; fresh > 0 && round < ROUNDS && reading->doubt == NULL; round++)
    {
      CpTime found = 0;

      if (!read_round (reading, ids, &fresh, &found, error))
        return FALSE;
      *beyond = found;
    }
  if (fresh > 0 && reading->doubt == NULL)
    reading->doubt = "what changed in one moment differs each time that it is asked for";
  return TRUE;
}

/* Of one subject: the type has not gone well, and no mark goes past that moment; what changed after it comes now. */
static void
pass_over_moment (Reading *reading, CpTime *beyond)
{
  CpdEhrServer *server = reading->server;

  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL, "%s", reading->doubt));
  if (server->number >= 0)
    cpd_ehr_run_fail (server->run, server->number, reading->doubt);
  reading->doubt = NULL;
  reading->lacks = TRUE;
  *beyond = reading->cursor + CPD_EHR_TICK;
}

/* TRUE in *more when there is more from the cursor on. */
static gboolean
read_step (Reading *reading, gboolean *more, GError **error)
{
  g_autofree char *url = first_url (reading);
  g_autoptr (CpdEhrPage) page = get_page (reading, url, error);
  CpTime tick = page != NULL ? cpd_ehr_query_tick (page->largest) : 0;
  gboolean older = tick < reading->cursor;
  gboolean cut;

  if (page == NULL ||
      !cpd_ehr_page_is_cut (reading->server, reading->subjects, page, page->n, reading->server->count, &cut, error))
    return FALSE;
  /* Where a server has a limit of its own and no link, a full page may not be all. */
  *more = page->next != NULL || page->n == reading->server->count || cut;
  if (!*more || tick > reading->cursor)
    {
      reading->cursor = MAX (tick, reading->cursor);
      return keep_page (reading, page, *more ? reading->cursor : 0, error);
    }
  if (!read_tick (reading, &tick, error))
    return FALSE;
  /* A server that knows seconds only gives the moment that was passed over again and again. */
  if (reading->doubt != NULL && older)
    return not_by_changes (error, "_lastUpdated is not followed to its end");
  if (reading->doubt != NULL && reading->subjects->len > 1)
    return TRUE;
  if (reading->doubt != NULL)
    pass_over_moment (reading, &tick);
  *more = tick != 0;
  reading->cursor = MAX (tick, reading->cursor);
  return keep (reading, tick, error);
}

/* Of what comes next the ids alone, with the times. NULL with error: CPD_EHR_HTTP_ERROR_TOO_LARGE when the server gives
 * all of them whatever is asked for, or not the times, or refuses to be asked for less. */
static CpdEhrPage *
list_next (const Reading *reading, GError **error)
{
  g_autofree char *url = url_from_cursor (reading, CPD_EHR_PAGE_SIZE, "&_elements=id,meta");
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrPage) page = cpd_ehr_page_get (reading->server, reading->server->query->type, url, &failed);

  if (page != NULL && page->dated && page->ascending)
    return g_steal_pointer (&page);
  if (failed != NULL && !g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_TOO_LARGE, "the ids are not listed in order");
  return NULL;
}

/* Reads what is listed by its id: so many, or up to what is too large by itself, and always to the end of a moment.
 * *end is that moment. *all: everything that is listed. */
static gboolean
take_listed (Reading *reading, const CpdEhrPage *listed, CpTime *end, gboolean *all, GError **error)
{
  gboolean enough = FALSE;

  *end = 0;
  for (guint i = 0; i < listed->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (listed->resources, i);
      CpTime tick = cpd_ehr_query_tick (resource->last_updated);
      gboolean large;

      *all = !enough || tick == *end;
      if (!*all)
        return TRUE;
      if (!cpd_ehr_large_take (reading->server, reading->subjects, resource->id, &large, error))
        return FALSE;
      *end = tick;
      enough = enough || large || i + 1 >= BY_ID;
    }
  *all = TRUE;
  return TRUE;
}

/* What comes next is too large for a page. Past what is too large by itself the question goes on after its moment: it
 * is in quarantine, and asked for by its id from now on. */
static gboolean
read_one_by_one (Reading *reading, gboolean *more, GError **error)
{
  g_autoptr (CpdEhrPage) listed = list_next (reading, error);
  gboolean all;
  gboolean cut;
  CpTime end;

  if (listed == NULL)
    return FALSE;
  reading->lacks |= listed->lacks;
  if (listed->lacks)
    cpd_ehr_large_give_up (reading->server, reading->subjects);
  if (!take_listed (reading, listed, &end, &all, error) ||
      !cpd_ehr_page_is_cut (reading->server, reading->subjects, listed, listed->n, CPD_EHR_PAGE_SIZE, &cut, error))
    return FALSE;
  *more = !all || listed->next != NULL || listed->n == CPD_EHR_PAGE_SIZE || cut;
  if (!all)
    end += CPD_EHR_TICK;
  if (*more && end <= reading->cursor)
    {
      g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_TOO_LARGE,
                           "what changed in one moment is too much to be read");
      return FALSE;
    }
  reading->cursor = MAX (end, reading->cursor);
  return keep (reading, *more ? reading->cursor : 0, error);
}

static gboolean read_question (Reading reading, GError **error);

/* One of the subjects has something that cannot be passed over, or they have more of one moment together than each may
 * have: it takes nothing from the others. */
static gboolean
read_apart (const Reading *reading, GError **error)
{
  if (reading->subjects->len == 1)
    {
      cpd_ehr_large_give_up (reading->server, reading->subjects);
      return TRUE;
    }
  for (guint i = 0; i < reading->subjects->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      Reading alone = *reading;

      g_ptr_array_add (one, g_ptr_array_index (reading->subjects, i));
      alone.subjects = one;
      alone.doubt = NULL;
      if (!read_question (alone, error))
        return FALSE;
    }
  return TRUE;
}

/* After a page that did not come: TRUE to ask once more. Fewer are asked for, half as many each time; with two, one of
 * which was mostly read before, each by its id; and at last, where the ids are not given, one. *apart: nor is that. */
static gboolean
ask_for_less (Reading *reading, GError *failed, gboolean *more, gboolean *apart, GError **error)
{
  CpdEhrServer *server = reading->server;
  g_autoptr (GError) reason = failed;

  *more = TRUE;
  if (g_error_matches (reason, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_GONE) && ++reading->restarts <= RESTARTS)
    return TRUE;
  *apart = cpd_ehr_large_is (reason) && server->count == 1;
  if (*apart)
    return TRUE;
  if (cpd_ehr_large_is (reason) && server->count == 2)
    {
      g_clear_error (&reason);
      if (read_one_by_one (reading, more, &reason))
        return TRUE;
    }
  if (cpd_ehr_large_is (reason))
    {
      server->count = server->count > 2 ? MAX (server->count / 2, 2) : 1;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
read_question (Reading reading, GError **error)
{
  CpdEhrServer *server = reading.server;
  gboolean more = TRUE;
  gboolean apart = FALSE;

  server->count = CPD_EHR_PAGE_SIZE;
  while (more && !apart)
    {
      GError *failed = NULL;

      if (read_step (&reading, &more, &failed))
        {
          server->count = MIN (2 * server->count, CPD_EHR_PAGE_SIZE);
          apart = reading.doubt != NULL;
        }
      else if (!ask_for_less (&reading, failed, &more, &apart, error))
        return FALSE;
    }
  return apart ? read_apart (&reading, error) : keep (&reading, MAX (server->now, reading.cursor), error);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const CpdEhrSubject *one = *(CpdEhrSubject *const *) a;
  const CpdEhrSubject *other = *(CpdEhrSubject *const *) b;

  return one->start != other->start ? (one->start > other->start) - (one->start < other->start)
                                    : strcmp (one->id, other->id);
}

static gboolean
look_up_starts (CpdEhrServer *server, GPtrArray *subjects, GError **error)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      CpdEhrSubject *subject = g_ptr_array_index (subjects, i);
      CpTime mark;

      if (!cpd_ehr_server_mark (server, subject, &mark, error))
        return FALSE;
      subject->start = mark > OVERLAP ? mark - OVERLAP : 0;
    }
  g_ptr_array_sort (subjects, compare_starts);
  return TRUE;
}

/**
 * cpd_ehr_changes_read:
 *
 * Pages by keyset: each question begins at the last moment of the page before, so that what changes meanwhile moves to
 * the end and not past us. Subjects who were read equally far share a question.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_changes_read (CpdEhrServer *server, GError **error)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_copy (server->everybody, NULL, NULL);

  g_ptr_array_set_free_func (subjects, NULL);
  if (!look_up_starts (server, subjects, error))
    return FALSE;
  for (guint first = 0, next; first < subjects->len; first = next)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, first);
      g_autoptr (GPtrArray) together = g_ptr_array_new ();

      for (next = first; next < subjects->len && together->len < CPD_EHR_SUBJECTS_MAX; next++)
        {
          CpdEhrSubject *other = g_ptr_array_index (subjects, next);

          if (other->start != subject->start)
            break;
          g_ptr_array_add (together, other);
        }
      if (!read_question ((Reading){ server, together, cpd_ehr_query_tick (subject->start) }, error))
        return FALSE;
    }
  return TRUE;
}
