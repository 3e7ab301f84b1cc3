/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-called-private.h"

#include <string.h>

#include "cpd-ehr-forms.h"
#include "cpd-ehr-reference.h"
#include "cpd-fhir.h"

#define FRESH (7 * CP_TIME_DAY) /* a name that is older is fetched again when something new points at it */
#define ROUNDS 3                /* a role points at a person and an organisation */
#define PAGES_MAX 20            /* of a question for some names */
#define FAILURES_MAX 20         /* questions of a type that fail one after the other: then no more are asked in a run */

/* Of nobody in care: what is fetched because something points at a resource of a type. */
typedef struct
{
  const char *of;        /* type that is pointed at */
  const char *type;      /* that is asked for */
  const char *parameter; /* that takes the ids */
  const char *prefix;    /* of each id */
} Fetch;

static const Fetch fetches[] = {
  { "Practitioner", "Practitioner", "_id", "" },
  { "Practitioner", "PractitionerRole", "practitioner", "Practitioner/" }, /* what the person does */
  { "PractitionerRole", "PractitionerRole", "_id", "" },
  { "Organization", "Organization", "_id", "" },
  { "HealthcareService", "HealthcareService", "_id", "" },
  { "Location", "Location", "_id", "" },
};

static gboolean
is_of (const char *key, const char *type)
{
  return g_str_has_prefix (key, type) && key[strlen (type)] == '/';
}

static gboolean
is_fetchable (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fetches); i++)
    if (is_of (key, fetches[i].of))
      return TRUE;
  return FALSE;
}

static gboolean
is_fresh (CpdEhrServer *server, const char *key)
{
  const CpTime *fetched = g_hash_table_lookup (server->called->fetched, key);

  return fetched != NULL && server->run->started - *fetched < FRESH;
}

/* What was not known before this run, and cannot be now: whatever needs it is read again by the next one. */
static gboolean
note_missed (CpdEhrServer *server, const char *key)
{
  const CpTime *fetched = g_hash_table_lookup (server->called->fetched, key);
  gboolean missed = fetched == NULL || *fetched >= server->run->started;

  if (missed)
    g_hash_table_add (server->called->missed, g_strdup (key));
  return missed;
}

typedef void (*KeyFunc) (CpdEhrServer *server, const char *key, gpointer data);

typedef struct
{
  CpdEhrServer *server;
  KeyFunc func;
  gpointer data;
} Walk;

static void each_key (Walk *walk, JsonNode *node);

static void
member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  each_key (data, node);
}

/* Every reference in it. */
static void
each_key (Walk *walk, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      each_key (walk, json_array_get_element (json_node_get_array (node), i));
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  if (cpd_fhir_string (json_node_get_object (node), "reference") != NULL)
    {
      g_autofree char *key = cpd_ehr_names_key (walk->server->run->mapper.names, json_node_get_object (node));

      if (key != NULL)
        walk->func (walk->server, key, walk->data);
    }
  json_object_foreach_member (json_node_get_object (node), member_cb, walk);
}

/* What may be fetched and is not known, or not of late. */
static void
want_cb (CpdEhrServer *server, const char *key, gpointer wanted)
{
  if (is_fetchable (key) && !is_fresh (server, key) && !g_hash_table_contains (server->called->tried, key))
    g_hash_table_add (wanted, g_strdup (key));
}

static void
lack_cb (CpdEhrServer *server, const char *key, gpointer lacks)
{
  *(gboolean *) lacks |= g_hash_table_contains (server->called->missed, key);
}

static gboolean
points_at_missed (CpdEhrServer *server, const CpdEhrResource *resource)
{
  gboolean lacks = FALSE;
  Walk walk = { server, lack_cb, &lacks };

  if (g_hash_table_size (server->called->missed) > 0)
    each_key (&walk, resource->node);
  return lacks;
}

/* Never trust the server's filter. */
static gboolean
is_asked (CpdEhrServer *server, const CpdEhrResource *resource, const Fetch *fetch, GHashTable *asked)
{
  g_autofree char *key = *fetch->prefix != '\0' ? cpd_ehr_names_key (server->run->mapper.names,
                                                                     cpd_fhir_object (resource->object, "practitioner"))
                                                : g_strconcat (resource->type, "/", resource->id, NULL);

  return key != NULL && g_hash_table_contains (asked, key);
}

/* What came because of what was asked for. */
typedef struct
{
  GPtrArray *more; /* of CpdEhrResource */
  GPtrArray *kept; /* of CpdEhrCalledName: to be written */
  guint n;         /* that came of the newest question */
} Came;

/* asked: what was asked for; NULL: whatever comes. */
static void
take_names (CpdEhrServer *server, const Fetch *fetch, CpdEhrPage *page, GHashTable *asked, Came *came)
{
  while (page->resources->len > 0)
    {
      CpdEhrResource *resource = g_ptr_array_steal_index (page->resources, page->resources->len - 1);

      if (asked != NULL && !is_asked (server, resource, fetch, asked))
        {
          cpd_ehr_resource_free (resource);
          continue;
        }
      cpd_ehr_called_note (server, resource, TRUE, came->kept);
      g_ptr_array_add (came->more, resource);
    }
}

static guint
failures_of (CpdEhrServer *server, const Fetch *fetch)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (server->called->failed, fetch->type));
}

static void
set_failures (CpdEhrServer *server, const Fetch *fetch, guint n)
{
  g_hash_table_insert (server->called->failed, (gpointer) fetch->type, GUINT_TO_POINTER (n));
}

/* FALSE with error when the run ends. A server that does not want to give them, or cannot now (*now is FALSE), is a
 * problem: what a reference displays is shown. */
static gboolean
ask_page (CpdEhrServer *server, const Fetch *fetch, const char *url, GHashTable *asked, Came *came, char **next,
          gboolean *now, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrPage) page = cpd_ehr_page_get (server, fetch->type, url, &failed);
  guint wrong;

  *now = page != NULL || (failed->code != CPD_EHR_HTTP_ERROR_FAILED && (asked == NULL || !cpd_ehr_large_is (failed)));
  if (page != NULL)
    {
      set_failures (server, fetch, 0);
      *next = g_steal_pointer (&page->next);
      came->n += page->n;
      wrong = cpd_ehr_take_count_dropped (server, server->everybody, page);
      take_names (server, fetch, page, asked, came);
      return wrong == 0 || cpd_ehr_take_audit (server, 0, wrong, error);
    }
  if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!*now)
    set_failures (server, fetch, failures_of (server, fetch) + 1);
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", fetch->type, NULL,
                                                         "names cannot be fetched: %s", failed->message));
  return TRUE;
}

/* One question to its end. */
static gboolean
ask (CpdEhrServer *server, const Fetch *fetch, const char *first, GHashTable *asked, Came *came, gboolean *now,
     GError **error)
{
  g_autofree char *url = g_strdup (first);

  came->n = 0;
  for (int pages = 0; url != NULL && pages < PAGES_MAX; pages++)
    {
      g_autofree char *next = NULL;

      if (!ask_page (server, fetch, url, asked, came, &next, now, error))
        return FALSE;
      g_free (url);
      url = g_steal_pointer (&next);
    }
  return TRUE;
}

/* The server may have stopped at a limit of its own, and does not say so: fewer than were asked for came, but as many
 * as such a limit may be. Of the persons the roles that came tell nothing of how many there are. */
static gboolean
may_lack (const CpdEhrServer *server, const Fetch *fetch, const Came *came, guint asked)
{
  return !server->links && came->n >= CPD_EHR_LEAST_LIMIT &&
         (*fetch->prefix == '\0' ? came->n < asked : came->n < CPD_EHR_PAGE_SIZE);
}

/* The server answered, and gave nothing where it could not answer before: then it stands in nobody's way any more. */
static gboolean
is_gone (CpdEhrServer *server, const Fetch *fetch, const char *key)
{
  return *fetch->prefix == '\0' && g_hash_table_contains (server->called->bad, key) &&
         !g_hash_table_contains (server->called->fetched, key);
}

/* Of keys those from first on. One that makes the question fail takes nothing from the others: they are asked for in
 * halves, and the next run asks for that one alone, and last. */
static gboolean
ask_some (CpdEhrServer *server, const Fetch *fetch, GPtrArray *keys, guint first, guint n, GHashTable *asked,
          Came *came, GError **error)
{
  g_autoptr (GString) url = g_string_new (fetch->type);
  gboolean may_ask = failures_of (server, fetch) < FAILURES_MAX;
  const char *key = g_ptr_array_index (keys, first);
  gboolean now = FALSE;

  g_string_append_printf (url, "?_count=" CPD_EHR_COUNT "&%s=", fetch->parameter);
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (url, "%s%s%s", i > first ? "," : "", fetch->prefix,
                            strchr (g_ptr_array_index (keys, i), '/') + 1);
  if (may_ask && !ask (server, fetch, url->str, asked, came, &now, error))
    return FALSE;
  if (now && n == 1 && is_gone (server, fetch, key))
    g_ptr_array_add (came->kept, cpd_ehr_called_name_new (server, g_strdup (key), NULL));
  if (now && (n == 1 || !may_lack (server, fetch, came, n)))
    return TRUE;
  if (n > 1)
    return ask_some (server, fetch, keys, first, n / 2, asked, came, error) &&
           ask_some (server, fetch, keys, first + n / 2, n - n / 2, asked, came, error);
  if (note_missed (server, key) && may_ask)
    g_ptr_array_add (came->kept, cpd_ehr_called_name_new (server, g_strdup (key), g_strdup ("")));
  return TRUE;
}

static gboolean
fetch_some (CpdEhrServer *server, const Fetch *fetch, GHashTable *wanted, Came *came, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) bad = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (is_of (key, fetch->of))
      {
        g_hash_table_add (server->called->tried, g_strdup (key));
        g_ptr_array_add (g_hash_table_contains (server->called->bad, key) ? bad : keys, key);
      }
  for (guint first = 0; first < keys->len; first += CPD_EHR_SUBJECTS_MAX)
    if (!ask_some (server, fetch, keys, first, MIN (keys->len - first, CPD_EHR_SUBJECTS_MAX), wanted, came, error))
      return FALSE;
  for (guint i = 0; i < bad->len; i++)
    if (!ask_some (server, fetch, bad, i, 1, wanted, came, error))
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable): of the form that it answers, when that is one to fetch. */
static char *
form_address (const CpdEhrResource *resource)
{
  g_autofree char *address = NULL;

  if (strcmp (resource->type, "QuestionnaireResponse") != 0)
    return NULL;
  address = cpd_ehr_forms_address (cpd_fhir_string (resource->object, "questionnaire"));
  return address != NULL && *address != '#' ? g_steal_pointer (&address) : NULL;
}

/**
 * cpd_ehr_called_misses:
 *
 * Returns: TRUE when the words of its questions could not be fetched in this run.
 */
gboolean
cpd_ehr_called_misses (CpdEhrServer *server, const CpdEhrResource *resource)
{
  g_autofree char *address = form_address (resource);

  return address != NULL && g_hash_table_contains (server->called->missed, address);
}

/**
 * cpd_ehr_called_lacks:
 *
 * Returns: TRUE when something that belongs to it could not be fetched in this run.
 */
gboolean
cpd_ehr_called_lacks (CpdEhrServer *server, const CpdEhrResource *resource)
{
  return cpd_ehr_called_misses (server, resource) || points_at_missed (server, resource);
}

static gboolean
ask_form (CpdEhrServer *server, const char *address, const char *version, Came *came, GError **error)
{
  const Fetch forms = { NULL, "Questionnaire", "url", "" };
  g_autofree char *escaped = g_uri_escape_string (address, NULL, FALSE);
  g_autofree char *of_version = version != NULL ? g_uri_escape_string (version, NULL, FALSE) : NULL;
  g_autofree char *url =
      g_strconcat ("Questionnaire?url=", escaped, version != NULL ? "&version=" : NULL, of_version, NULL);
  gboolean now = TRUE;

  if (!ask (server, &forms, url, NULL, came, &now, error))
    return FALSE;
  if (!now)
    note_missed (server, address);
  return TRUE;
}

/* The words of questions that a form does not bring itself: of the version that was filled in, else of any. */
static gboolean
fetch_form (CpdEhrServer *server, const CpdEhrResource *resource, Came *came, GError **error)
{
  CpdEhrNames *names = server->run->mapper.names;
  g_autofree char *address = form_address (resource);
  const char *canonical = address != NULL ? cpd_fhir_string (resource->object, "questionnaire") : NULL;
  const char *bar = canonical != NULL ? strchr (canonical, '|') : NULL;

  if (address == NULL || cpd_ehr_names_knows_form (names, canonical) ||
      !g_hash_table_add (server->called->tried, g_strdup (canonical)))
    return TRUE;
  if (bar != NULL && !ask_form (server, address, bar + 1, came, error))
    return FALSE;
  if (cpd_ehr_names_knows_form (names, address) ||
      (bar != NULL && !g_hash_table_add (server->called->tried, g_strdup (address))))
    return TRUE;
  return ask_form (server, address, NULL, came, error);
}

/* resources: what came last. */
static gboolean
fetch_wanted (CpdEhrServer *server, GPtrArray *resources, Came *came, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = { server, want_cb, wanted };

  for (guint i = 0; i < resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (resources, i);

      each_key (&walk, resource->node);
      if (!fetch_form (server, resource, came, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fetches); i++)
    if (!fetch_some (server, &fetches[i], wanted, came, error))
      return FALSE;
  return TRUE;
}

/* What came and points at what was missed counts as missed too. */
static void
pass_on_missed (CpdEhrServer *server, GPtrArray *came)
{
  for (guint i = 0; i < came->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (came, i);

      if (points_at_missed (server, resource))
        g_hash_table_add (server->called->missed, g_strconcat (resource->type, "/", resource->id, NULL));
    }
}

/* What was missed is asked for by the next run, so it is not written down as fetched; only as what could not be. */
static void
leave_missed (CpdEhrServer *server, GPtrArray *kept)
{
  for (guint i = kept->len; i > 0; i--)
    {
      const CpdEhrCalledName *name = g_ptr_array_index (kept, i - 1);

      if (name->body == NULL || *name->body == '\0' || !g_hash_table_contains (server->called->missed, name->key))
        continue;
      g_hash_table_remove (server->called->fetched, name->key);
      g_hash_table_remove (server->called->hashes, name->key);
      g_ptr_array_remove_index (kept, i - 1);
    }
}

static gboolean
fetch_rounds (CpdEhrServer *server, GPtrArray *resources, GPtrArray *kept, GError **error)
{
  g_autoptr (GPtrArray) rounds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *now = resources;

  for (int round = 0; round < ROUNDS && now->len > 0; round++)
    {
      Came came = { g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free), kept };

      g_ptr_array_add (rounds, came.more);
      if (!fetch_wanted (server, now, &came, error))
        return FALSE;
      now = came.more;
    }
  for (guint i = rounds->len; i > 0; i--)
    pass_on_missed (server, g_ptr_array_index (rounds, i - 1));
  return TRUE;
}

/**
 * cpd_ehr_called_learn:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_called_learn (CpdEhrServer *server, GPtrArray *resources, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (cpd_ehr_called_name_free);

  for (guint i = 0; i < resources->len; i++)
    cpd_ehr_called_note (server, g_ptr_array_index (resources, i), FALSE, kept);
  if (!fetch_rounds (server, resources, kept, error))
    return FALSE;
  leave_missed (server, kept);
  return cpd_ehr_called_write (server, kept, error);
}
