/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-audit-rule.h"

#include <string.h>

#include "cpd-store-audit.h"
#include "cpd-store-session.h"

/* What of a query does not make another list: what has an object of its own. A place in a list is another page: two of
 * them may begin and end at the same moment. */
static const char *const no_other_list[] = { "when", NULL };

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (transfer full) (nullable): which list was asked for; NULL: the one without a query. */
static GString *
list_of_query (const CpdCall *call)
{
  GHashTable *query = call->request->query;
  g_autofree const char **names = NULL;
  g_autoptr (GString) list = NULL;
  guint n;

  if (g_hash_table_size (query) == 0)
    return NULL;
  names = (const char **) g_hash_table_get_keys_as_array (query, &n);
  qsort (names, n, sizeof *names, compare_names);
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains (no_other_list, names[i]))
      {
        const char *value = g_hash_table_lookup (query, names[i]);
        if (list == NULL)
          list = g_string_new (NULL);
        g_string_append_printf (list, "%s %" G_GSIZE_FORMAT " %s\n", names[i], strlen (value), value);
      }
  return g_steal_pointer (&list);
}

/* A list that a query chose is another object than the whole. Which one stands there as a tag, so that what somebody
 * sought can be read from no row, nor that two sessions sought the same. */
static void
tell_lists_apart (CpdCall *call)
{
  g_autoptr (GString) list = call->audit.object <= 0 ? list_of_query (call) : NULL;
  guchar tag[CPD_TAG_SIZE];
  guint64 number;

  if (list == NULL)
    return;
  g_string_append_printf (list, "%" G_GINT64_FORMAT, call->audit.session);
  cpd_tag (call->tag_key, list->str, list->len, tag);
  memcpy (&number, tag, sizeof number);
  call->audit.object -= (gint64) (number >> (64 - CPD_AUDIT_LIST_BITS)) << CPD_AUDIT_OBJECT_BITS;
}

/* Whether the app asks such a thing by itself: not a page further on, nor a version of before. */
static gboolean
may_be_refresh (const CpdCall *call)
{
  return cpd_request_query (call->request, "cursor") == NULL && cpd_request_query (call->request, "version") == NULL;
}

/* That the app asks by itself is the caller's word. It counts for the beginning of what the same session has looked at
 * openly, and for nothing else: or somebody who always says so would never be seen looking. */
static gboolean
judge_refresh (CpdCall *call, GError **error)
{
  gboolean opened = FALSE;

  if (!call->audit.refresh)
    return TRUE;
  if (may_be_refresh (call) && !cpd_store_audit_opened (call->db, &call->audit, &opened, error))
    return FALSE;
  call->audit.refresh = opened;
  return TRUE;
}

/* The same range in the same session is not recorded again for a while. */
static gboolean
drop_repeated (CpdCall *call, GError **error)
{
  CpTime within = call->services->config->audit_minutes * CP_TIME_MINUTE;
  gboolean has = FALSE;

  if (within == 0)
    return TRUE;
  if (!cpd_store_audit_has (call->db, &call->audit, call->now - within, &has, error))
    return FALSE;
  if (has)
    call->audit.action = 0;
  return TRUE;
}

/**
 * cpd_audit_rule:
 *
 * Nothing to do for an answer without data of a patient.
 */
gboolean
cpd_audit_rule (CpdCall *call, GError **error)
{
  if (call->audit.action == 0)
    return TRUE;
  tell_lists_apart (call);
  return judge_refresh (call, error) && drop_repeated (call, error);
}

/* The first reading of a client since a login is a visit to them; what the app asks by itself is nobody's. */
static gboolean
note_visit (CpdDb *db, const CpdCall *call, GError **error)
{
  if (!call->grant.visits || call->audit.action != CPD_AUDIT_READ || call->audit.refresh)
    return TRUE;
  return cpd_store_session_visit (db, &call->actor, call->grant.membership, error);
}

/**
 * cpd_audit_rule_write:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_audit_rule_write (CpdDb *db, const CpdCall *call, GError **error)
{
  return note_visit (db, call, error) && cpd_store_audit_add (db, &call->audit, error);
}
