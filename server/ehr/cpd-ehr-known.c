/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#include "cpd-fhir.h"
#include "cpd-store-ehr-sync.h"
#include "cpd-store-membership.h"
#include "cpd-token.h"

#define SEARCH_PAGES_MAX 20 /* of a search for one identifier: more means that it is not filtered at all */
#define LINKS_MAX 8         /* steps along Patients that replace each other */

static const CpdEhrQuery patients = { "Patient", "_id" };

static void
subject_free (gpointer data)
{
  CpdEhrSubject *subject = data;

  g_free (subject->id);
  g_free (subject);
}

static void
add_subject (const char *fhir_id, gint64 patient, gpointer data)
{
  CpdEhrSubject *subject = g_new0 (CpdEhrSubject, 1);

  subject->id = g_strdup (fhir_id);
  subject->patient = patient;
  g_ptr_array_add (data, subject);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(CpdEhrSubject *const *) a)->id, (*(CpdEhrSubject *const *) b)->id);
}

/* TRUE when it has the identifier that was asked for: never trust the server's filter. */
static gboolean
has_identifier (JsonObject *patient, const char *identifier)
{
  JsonArray *identifiers = cpd_fhir_array (patient, "identifier");

  for (guint i = 0; i < cpd_fhir_length (identifiers); i++)
    {
      JsonObject *one = cpd_fhir_nth (identifiers, i);
      const char *system = cpd_fhir_string (one, "system");
      const char *value = cpd_fhir_string (one, "value");
      g_autofree char *text = system != NULL && value != NULL ? g_strconcat (system, "|", value, NULL) : NULL;

      if (g_strcmp0 (text, identifier) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The Patients that are read to know who is who. */
typedef struct
{
  CpdEhrServer *server;
  GHashTable *met;    /* set of ids: read, or on one of the lists */
  GPtrArray *asked;   /* of CpdEhrSubject: to be read */
  GPtrArray *claimed; /* the same, said by another to be replaced by it: they count when they say so too */
} Meeting;

static void
meeting_init (Meeting *meeting, CpdEhrServer *server)
{
  meeting->server = server;
  meeting->met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  meeting->asked = g_ptr_array_new_with_free_func (subject_free);
  meeting->claimed = g_ptr_array_new_with_free_func (subject_free);
}

static void
meeting_clear (Meeting *meeting)
{
  g_hash_table_unref (meeting->met);
  g_ptr_array_unref (meeting->asked);
  g_ptr_array_unref (meeting->claimed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Meeting, meeting_clear)

static void
list (Meeting *meeting, GPtrArray *subjects, const char *fhir_id)
{
  if (g_hash_table_add (meeting->met, g_strdup (fhir_id)))
    add_subject (fhir_id, 0, subjects);
}

/* Lists who is tied to it by a link of a type; FALSE when nobody is. */
static gboolean
list_links (Meeting *meeting, const CpdEhrResource *resource, const char *type, GPtrArray *subjects)
{
  JsonArray *links = cpd_fhir_array (resource->object, "link");
  gboolean any = FALSE;

  for (guint i = 0; i < cpd_fhir_length (links); i++)
    {
      JsonObject *link = cpd_fhir_nth (links, i);
      g_autoptr (CpdEhrReference) other = cpd_ehr_reference_parse (cpd_fhir_object (link, "other"));

      if (g_strcmp0 (cpd_fhir_string (link, "type"), type) != 0 || other == NULL || other->id == NULL ||
          g_strcmp0 (other->type, "Patient") != 0)
        continue;
      any = TRUE;
      list (meeting, subjects, other->id);
    }
  return any;
}

static void
meet (Meeting *meeting, const CpdEhrResource *resource, gboolean claimed)
{
  CpdEhrRun *run = meeting->server->run;
  gboolean replaced = list_links (meeting, resource, "replaced-by", meeting->asked);

  if (claimed && !replaced)
    return;
  list_links (meeting, resource, "replaces", meeting->claimed);
  g_hash_table_add (meeting->met, g_strdup (resource->id));
  cpd_ehr_names_add (run->mapper.names, resource);
  cpd_ehr_link_add (run->link, &run->mapper, resource);
}

static gboolean
search_page (Meeting *meeting, const CpdEhrRequest *request, const char *identifier, gint64 patient, char **next,
             GError **error)
{
  CpdEhrServer *server = meeting->server;
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_ask (server->http, request, error);
  g_autoptr (CpdEhrPage) page = reply != NULL ? cpd_ehr_page_new (server, "Patient", reply->object, error) : NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (subject_free);
  guint wrong = 0;

  if (page == NULL)
    return FALSE;
  *next = g_steal_pointer (&page->next);
  for (guint i = 0; i < page->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);

      if (has_identifier (resource->object, identifier))
        {
          meet (meeting, resource, FALSE);
          add_subject (resource->id, patient, found);
        }
      else
        wrong++;
    }
  wrong += cpd_ehr_take_count_dropped (server, found, page);
  return wrong == 0 || cpd_ehr_take_audit (server, patient, wrong, error);
}

/* The identifier (a BSN, perhaps) goes in the body, where no log of the server shows it. */
static gboolean
search (Meeting *meeting, const char *identifier, gint64 patient, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (identifier, NULL, FALSE);
  g_autofree char *body = g_strconcat ("identifier=", escaped, NULL);
  CpdEhrRequest request = {
    .method = "POST", .url = "Patient/_search", .content_type = "application/x-www-form-urlencoded", .body = body
  };
  g_autofree char *next = NULL;

  if (!search_page (meeting, &request, identifier, patient, &next, error))
    return FALSE;
  for (int pages = 1; next != NULL; pages++)
    {
      g_autofree char *url = g_steal_pointer (&next);
      const CpdEhrRequest more = { .url = url };

      if (pages >= SEARCH_PAGES_MAX)
        {
          g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED,
                               "a search for one identifier gives everybody");
          return FALSE;
        }
      if (!search_page (meeting, &more, identifier, patient, &next, error))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable) */
static char *
identifier_of (CpdEhrServer *server, gint64 patient, GError **error)
{
  g_autoptr (GBytes) sealed = cpd_store_ehr_sealed_identifier (server->run->db, patient, error);
  g_autoptr (GBytes) clear = NULL;
  gsize size;
  gconstpointer data;

  if (sealed == NULL)
    return NULL;
  data = g_bytes_get_data (sealed, &size);
  clear = cpd_keys_unseal (server->run->sync->keys, CPD_IDENTIFIER_SEAL, data, size, error);
  if (clear == NULL)
    return NULL;
  data = g_bytes_get_data (clear, &size);
  return g_strndup (data, size);
}

/* Somebody who cannot be looked for now stays unlinked until the next run. */
static gboolean
look_for (Meeting *meeting, const CpdEhrEnrolled *enrolled, GError **error)
{
  CpdEhrServer *server = meeting->server;
  g_autoptr (GError) failed = NULL;
  char *identifier = identifier_of (server, enrolled->id, error);
  gboolean fine;

  if (identifier == NULL)
    return FALSE;
  fine = search (meeting, identifier, enrolled->id, &failed);
  cpd_secret_free (identifier);
  if (!fine && !cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!fine)
    cpd_ehr_server_fail (server, failed->message);
  return TRUE;
}

static gboolean
is_among (GPtrArray *subjects, const char *id)
{
  for (guint i = 0; i < subjects->len; i++)
    if (strcmp (((CpdEhrSubject *) g_ptr_array_index (subjects, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* The last page of a question for subjects: a server that stops at a limit of its own, and does not say so, is asked
 * for fewer, as when they are too large. */
static gboolean
check_whole (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page, guint so_far, GError **error)
{
  gboolean cut = FALSE;

  if (so_far < subjects->len && !cpd_ehr_page_is_cut (server, subjects, page, so_far, CPD_EHR_PAGE_SIZE, &cut, error))
    return FALSE;
  if (cut)
    g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_TOO_LARGE, "not everybody came");
  return !cut;
}

static gboolean
read_pages (Meeting *meeting, GPtrArray *subjects, gboolean claimed, GError **error)
{
  CpdEhrServer *server = meeting->server;
  g_autofree char *url = cpd_ehr_query_url (&patients, NULL, subjects, "_count=" CPD_EHR_COUNT);
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint wrong = 0;
  guint so_far = 0;

  while (url != NULL)
    {
      g_autoptr (CpdEhrPage) page = NULL;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      page = cpd_ehr_page_get (server, "Patient", url, error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->resources->len; i++)
        {
          const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);

          if (is_among (subjects, resource->id))
            meet (meeting, resource, claimed);
          else
            wrong++;
        }
      wrong += cpd_ehr_take_count_dropped (server, subjects, page);
      g_free (url);
      url = g_steal_pointer (&page->next);
      so_far += page->n;
      if (url == NULL && !check_whole (server, subjects, page, so_far, error))
        return FALSE;
    }
  return wrong == 0 || cpd_ehr_take_audit (server, 0, wrong, error);
}

/* When a page is too large each half by itself. Who is too large alone is not met, as who is not there, and takes
 * nobody along. */
static gboolean
read_some (Meeting *meeting, GPtrArray *subjects, gboolean claimed, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const CpdEhrSubject *first = g_ptr_array_index (subjects, 0);

  if (read_pages (meeting, subjects, claimed, &failed))
    return TRUE;
  if (!cpd_ehr_large_is (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (subjects->len == 1)
    {
      cpd_ehr_run_problem (meeting->server->run,
                           cpd_ehr_problem_new (CPD_EHR_ODD, "server", "Patient", first->id, "%s", failed->message));
      return TRUE;
    }
  for (guint half = 0; half < 2; half++)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();

      for (guint i = half * subjects->len / 2; i < (half + 1) * subjects->len / 2; i++)
        g_ptr_array_add (some, g_ptr_array_index (subjects, i));
      if (!read_some (meeting, some, claimed, error))
        return FALSE;
    }
  return TRUE;
}

/* Reads who is on a list, which is emptied; the lists get those whom their links lead to. */
static gboolean
read_list (Meeting *meeting, GPtrArray **subjects, gboolean claimed, GError **error)
{
  g_autoptr (GPtrArray) now = g_steal_pointer (subjects);

  *subjects = g_ptr_array_new_with_free_func (subject_free);
  for (guint first = 0; first < now->len; first += CPD_EHR_SUBJECTS_MAX)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();

      for (guint i = first; i < now->len && some->len < CPD_EHR_SUBJECTS_MAX; i++)
        g_ptr_array_add (some, g_ptr_array_index (now, i));
      if (!read_some (meeting, some, claimed, error))
        return FALSE;
    }
  return TRUE;
}

/* Who is linked, and who was before, is read; who is not is looked for by the identifier. */
static gboolean
meet_enrolled (Meeting *meeting, const CpdEhrEnrolled *enrolled, GError **error)
{
  for (int i = 0; enrolled->earlier[i] != NULL; i++)
    list (meeting, meeting->asked, enrolled->earlier[i]);
  if (enrolled->fhir_id == NULL)
    return look_for (meeting, enrolled, error);
  list (meeting, meeting->asked, enrolled->fhir_id);
  return TRUE;
}

static gboolean
write_link (CpdDb *db, gpointer data, GError **error)
{
  const CpdEhrSubject *subject = data;

  return cpd_store_ehr_link (db, subject->patient, subject->id, error);
}

static gboolean
keep_link_cb (gint64 patient, const char *fhir_id, gpointer data)
{
  CpdEhrServer *server = data;
  CpdEhrSubject subject = { .id = (char *) fhir_id, .patient = patient };

  return cpd_writer_run (server->run->sync->writer, write_link, &subject, NULL);
}

static void
link_problem_cb (const char *fhir_id, const char *reason, gpointer data)
{
  CpdEhrServer *server = data;

  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", "Patient", fhir_id, "%s", reason));
}

static void
note_died (CpdEhrServer *server)
{
  for (guint i = 0; i < server->everybody->len; i++)
    {
      CpdEhrSubject *subject = g_ptr_array_index (server->everybody, i);
      g_autofree char *key = g_strconcat ("Patient/", subject->id, NULL);

      subject->died = cpd_ehr_link_has_died (server->run->link, key);
    }
}

/**
 * cpd_ehr_known_link:
 *
 * Looks for who is not linked yet, reads the Patients of who is, and decides whose data is read in this run.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_known_link (CpdEhrServer *server, GError **error)
{
  CpdEhrRun *run = server->run;
  GPtrArray *enrolled = cpd_store_ehr_enrolled (run->db, run->sync->config->source_name, error);
  g_auto (Meeting) meeting = { 0 };

  meeting_init (&meeting, server);
  if (enrolled == NULL)
    return FALSE;
  run->link = cpd_ehr_link_new (run->sync->keys, run->sync->config->source_name, enrolled);
  for (guint i = 0; i < enrolled->len; i++)
    if (!meet_enrolled (&meeting, g_ptr_array_index (enrolled, i), error))
      return FALSE;
  for (int i = 0; i < LINKS_MAX; i++)
    if (!read_list (&meeting, &meeting.asked, FALSE, error) || !read_list (&meeting, &meeting.claimed, TRUE, error))
      return FALSE;
  cpd_ehr_link_settle (run->link, keep_link_cb, link_problem_cb, server);
  server->everybody = g_ptr_array_new_with_free_func (subject_free);
  cpd_ehr_link_each (run->link, add_subject, server->everybody);
  g_ptr_array_sort (server->everybody, compare_ids);
  note_died (server);
  return TRUE;
}
