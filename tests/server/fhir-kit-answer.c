/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the FHIR server of the tests answers. */
#include "fhir-kit-private.h"

#include <string.h>

char *
fhir_server_quoted (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static void
append_resource (FhirServer *server, GString *text, const FhirStored *stored, gboolean whole)
{
  g_autofree char *updated = cp_time_format (stored->updated, NULL);
  g_autofree char *members = fhir_server_quoted (whole ? stored->members : "");

  g_string_append_printf (text, "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\"", stored->type,
                          stored->id, stored->version);
  if (!server->kit->without_updated)
    g_string_append_printf (text, ",\"lastUpdated\":\"%s\"", updated);
  g_string_append_printf (text, "}%s%s}", *members != '\0' ? "," : "", members);
}

/* As append_resource(), with no more than those members, and what each resource has. */
static void
append_elements (FhirServer *server, GString *text, const FhirStored *stored, const char *elements)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) wanted = g_strsplit (elements, ",", -1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) members = NULL;
  g_autofree char *some = NULL;

  append_resource (server, all, stored, TRUE);
  node = json_from_string (all->str, NULL);
  members = json_object_get_members (json_node_get_object (node));
  for (GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, "resourceType") && !g_str_equal (member->data, "id") &&
        !g_str_equal (member->data, "meta") && !g_strv_contains ((const char *const *) wanted, member->data))
      json_object_remove_member (json_node_get_object (node), member->data);
  some = json_to_string (node, FALSE);
  g_string_append (text, some);
}

/* (transfer full) (nullable): the value of a parameter of a query or a form, decoded. */
static char *
parameter (const char *query, const char *name)
{
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);

  for (int i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (pairs[i], name) && pairs[i][strlen (name)] == '=')
      return g_uri_unescape_string (pairs[i] + strlen (name) + 1, NULL);
  return NULL;
}

static gboolean
lists (const char *values, const char *prefix, const char *wanted)
{
  g_auto (GStrv) parts = g_strsplit (values, ",", -1);
  g_autofree char *whole = g_strconcat (prefix, wanted, NULL);

  return wanted != NULL && g_strv_contains ((const char *const *) parts, whole);
}

/* As the search parameter "date" of Appointment does: what has no start is not found by it. */
static gboolean
starts_from (const FhirStored *stored, const char *date)
{
  const char *start = strstr (stored->members, "'start':'");

  return start != NULL && strncmp (start + strlen ("'start':'"), date + strlen ("ge"), strlen ("2026-03-03")) >= 0;
}

static gboolean
is_found (FhirServer *server, const FhirStored *stored, const char *type, const char *query)
{
  FhirKit *kit = server->kit;
  g_autofree char *patient = parameter (query, "patient");
  g_autofree char *ids = parameter (query, "_id");
  g_autofree char *identifier = parameter (query, "identifier");
  g_autofree char *updated = parameter (query, "_lastUpdated");
  g_autofree char *url = parameter (query, "url");
  g_autofree char *version = parameter (query, "version");
  g_autofree char *of_version = version != NULL ? g_strdup_printf ("'version':'%s'", version) : NULL;
  g_autofree char *date = parameter (query, "date");
  CpTime since = G_MAXINT64;

  if (stored->deleted || strcmp (stored->type, type) != 0)
    return FALSE;
  if (patient != NULL && !kit->ignores_patient && !lists (patient, "Patient/", stored->subject))
    return FALSE;
  if ((ids != NULL && !kit->ignores_ids && !lists (ids, "", stored->id)) ||
      (url != NULL && strstr (stored->members, url) == NULL))
    return FALSE;
  if (of_version != NULL && strstr (stored->members, of_version) == NULL)
    return FALSE;
  if (date != NULL && !starts_from (stored, date))
    return FALSE;
  if (identifier != NULL && !kit->ignores_identifier && strstr (stored->members, strrchr (identifier, '|') + 1) == NULL)
    return FALSE;
  if (updated == NULL || kit->ignores_updated)
    return TRUE;
  cp_time_parse (updated + 2, &since);
  if (kit->by_second)
    since -= since % CP_TIME_SECOND;
  return stored->updated >= since;
}

static int
compare_updated (gconstpointer a, gconstpointer b)
{
  const FhirStored *one = *(FhirStored *const *) a;
  const FhirStored *other = *(FhirStored *const *) b;

  return one->updated != other->updated ? (one->updated > other->updated) - (one->updated < other->updated)
                                        : strcmp (one->id, other->id);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  return compare_updated (b, a);
}

static void
append_total (const FhirServer *server, GString *text, guint total)
{
  if (server->kit->gives_total)
    g_string_append_printf (text, ",\"total\":%u", total);
}

static char *
search (FhirServer *server, const char *type, const char *query)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *count = parameter (query, "_count");
  g_autofree char *offset = parameter (query, "_offset");
  g_autofree char *sort = parameter (query, "_sort");
  g_autofree char *elements = parameter (query, "_elements");
  guint first = offset != NULL ? atoi (offset) : 0;
  guint n = MIN (count != NULL ? (guint) atoi (count) : FHIR_COUNT_MAX, server->kit->page);
  GString *text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
  const char *end = strstr (query, "&_offset=");

  for (guint i = 0; i < server->stored->len; i++)
    if (is_found (server, g_ptr_array_index (server->stored, i), type, query))
      g_ptr_array_add (found, g_ptr_array_index (server->stored, i));
  if (server->kit->by_time || (sort != NULL && !server->kit->ignores_sort))
    g_ptr_array_sort (found, sort != NULL && *sort == '-' ? compare_newest : compare_updated);
  for (guint i = first; i < found->len && i < first + n; i++)
    {
      g_string_append (text, i > first ? ",{\"resource\":" : "{\"resource\":");
      if (elements == NULL || server->kit->ignores_elements)
        append_resource (server, text, g_ptr_array_index (found, i), TRUE);
      else
        append_elements (server, text, g_ptr_array_index (found, i), elements);
      g_string_append (text, ",\"search\":{\"mode\":\"match\"}}");
    }
  g_string_append (text, "]");
  if (first + n < found->len && !server->kit->without_next)
    g_string_append_printf (
        text, ",\"link\":[{\"relation\":\"next\",\"url\":\"http://127.0.0.1:%d/fhir/%s?%.*s&_offset=%u\"}]",
        server->port, type, end != NULL ? (int) (end - query) : (int) strlen (query), query, first + n);
  append_total (server, text, found->len);
  g_string_append (text, "}");
  return g_string_free (text, FALSE);
}

static char *
history (FhirServer *server, const char *type, const char *query)
{
  GString *text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[");
  g_autofree char *since = parameter (query, "_since");
  CpTime from = 0;
  guint n = 0;

  cp_time_parse (since, &from);
  g_ptr_array_sort (server->stored, compare_updated);
  for (guint i = server->stored->len; i > 0; i--)
    {
      const FhirStored *stored = g_ptr_array_index (server->stored, i - 1);
      g_autofree char *when = cp_time_format (stored->updated, NULL);

      if (strcmp (stored->type, type) != 0 || stored->updated < from)
        continue;
      g_string_append_printf (text,
                              "%s{\"request\":{\"method\":\"%s\",\"url\":\"%s/%s\"},\"response\":{\"status\":\"200\","
                              "\"lastModified\":\"%s\"}}",
                              text->str[text->len - 1] == '[' ? "" : ",", stored->deleted ? "DELETE" : "PUT", type,
                              stored->id, when);
      n++;
    }
  g_string_append (text, "]");
  append_total (server, text, n);
  g_string_append (text, "}");
  return g_string_free (text, FALSE);
}

FhirStored *
fhir_server_find (FhirServer *server, const char *type, const char *id)
{
  for (guint i = 0; i < server->stored->len; i++)
    {
      FhirStored *stored = g_ptr_array_index (server->stored, i);

      if (strcmp (stored->type, type) == 0 && strcmp (stored->id, id) == 0)
        return stored;
    }
  return NULL;
}

static char *
read_one (FhirServer *server, const char *type, const char *id, const char *query, int *status)
{
  g_autofree char *elements = parameter (query, "_elements");
  const FhirStored *stored = fhir_server_find (server, type, id);
  GString *text = g_string_new (NULL);

  *status = stored == NULL ? 404 : stored->deleted ? 410 : 200;
  if (*status == 200 && elements != NULL && !server->kit->ignores_elements)
    append_elements (server, text, stored, elements);
  else if (*status == 200)
    append_resource (server, text, stored, TRUE);
  return g_string_free (text, FALSE);
}

static char *
give_token (FhirServer *server, const char *body)
{
  const char *granted = server->kit->granted;
  g_autofree char *scope = granted != NULL ? g_strdup_printf (",\"scope\":\"%s\"", granted) : g_strdup ("");

  g_free (server->form);
  server->form = g_strdup (body);
  return g_strdup_printf ("{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}",
                          ++server->tokens, server->kit->token_life, scope);
}

static char *
metadata (FhirServer *server)
{
  return g_strdup_printf ("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"%s\",\"rest\":[{\"resource\":"
                          "[{\"type\":\"Observation\",\"interaction\":[{\"code\":\"%s\"}]}]}]}",
                          server->kit->version, server->kit->without_history ? "read" : "history-type");
}

static gboolean
has_token (FhirServer *server, const char *request)
{
  g_autofree char *wanted = g_strdup_printf ("Authorization: Bearer token-%d\r\n", server->tokens);

  return !server->kit->asks_token || (server->tokens > 0 && strstr (request, wanted) != NULL);
}

char *
fhir_server_answer (FhirServer *server, const char *path, const char *query, const char *request, const char *body,
                    int *status)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);
  const char *type = n > 2 ? parts[2] : "";

  *status = 200;
  if (strcmp (path, "/token") == 0)
    return give_token (server, body);
  if (g_str_has_suffix (path, "smart-configuration"))
    return g_strdup_printf ("{\"token_endpoint\":\"http://127.0.0.1:%d/token\"}", server->port);
  if (!has_token (server, request))
    {
      *status = 401;
      return g_strdup ("{}");
    }
  if (strcmp (type, "metadata") == 0)
    return metadata (server);
  if (n == 4 && strcmp (parts[3], "_search") == 0)
    return search (server, type, body);
  if (n == 4 && strcmp (parts[3], "_history") == 0)
    return history (server, type, query);
  if (n == 4)
    return read_one (server, type, parts[3], query, status);
  return search (server, type, query);
}
