/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-dossier.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-unread.h"

/* What the plan or goal is called now; else what the card itself calls it. */
#define ABOUT                                                                                                          \
  "coalesce ((SELECT p.title FROM care_plan p WHERE p.source = item.source AND p.type = 'CarePlan'"                    \
  " AND 'CarePlan/' || p.fhir_id = item.about_key AND p.fhir_id = substr (item.about_key, 10)"                         \
  " AND p.patient = item.patient AND p.removed IS NULL),"                                                              \
  " (SELECT g.body ->> 'text' FROM plan_piece g WHERE g.source = item.source AND g.type = 'Goal'"                      \
  " AND g.fhir_id = substr (item.goal_key, 6) AND item.about_key = item.goal_key"                                      \
  " AND g.patient = item.patient AND g.removed IS NULL), about)"

#define ITEM_COLUMNS                                                                                                   \
  "public_id, kind, at, date_only, title, author, author_role, " ABOUT ", amended, amended_at, unfinished, seen"       \
  ", id, " CPD_UNREAD ", version, partial_date, unshown"

/* The last of ITEM_COLUMNS, and what comes after them. */
enum
{
  COLUMN_SEEN = 11,
  COLUMN_ID,
  COLUMN_UNREAD,
  COLUMN_VERSION,
  COLUMN_PARTIAL_DATE,
  COLUMN_UNSHOWN,
  COLUMN_REST
};

static CpDossierItem *
take_item (CpdStmt *stmt, const CpdGrant *grant, CpTime since)
{
  CpDossierItem *item = cp_dossier_item_new ();

  item->id = cpd_stmt_dup_text (stmt, 0);
  item->kind = (int) cpd_stmt_int (stmt, 1);
  item->at = cpd_stmt_int (stmt, 2);
  item->date_only = cpd_stmt_int (stmt, 3) != 0;
  item->partial_date = cpd_stmt_dup_text (stmt, COLUMN_PARTIAL_DATE);
  item->title = cpd_stmt_dup_text (stmt, 4);
  item->author = cpd_stmt_dup_text (stmt, 5);
  item->author_role = cpd_stmt_dup_text (stmt, 6);
  if (cpd_grant_shares (grant, CP_FRESH_PLANS))
    item->about = cpd_stmt_dup_text (stmt, 7);
  item->amended = cpd_stmt_int (stmt, 8) != 0;
  item->amended_at = cpd_stmt_int (stmt, 9);
  item->unfinished = cpd_stmt_int (stmt, 10) != 0;
  item->unshown = cpd_stmt_int (stmt, COLUMN_UNSHOWN) != 0;
  item->is_new = since != 0 && cpd_stmt_int (stmt, COLUMN_SEEN) > since;
  item->unread = cpd_stmt_int (stmt, COLUMN_UNREAD) != 0;
  return item;
}

/* entries (nullable) is a JSON array of FormEntry. */
static gboolean
add_entries (GPtrArray *list, const char *entries, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (entries == NULL)
    return TRUE;
  node = cp_json_parse (entries, strlen (entries), CP_JSON_DEPTH, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_INTERNAL, "no array of answers");
      return FALSE;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      CpFormEntry *entry =
          cp_record_from_json (&cp_form_entry_record, json_array_get_element (array, i), CP_RECORD_STRICT, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (list, entry);
    }
  return TRUE;
}

/* Of a form the entries say what its text says. */
static gboolean
take_text (CpDossierItem *item, const char *text, const char *entries, GError **error)
{
  if (item->kind != CP_DOSSIER_FORM)
    item->text = g_strdup (text);
  return add_entries (item->entries, entries, error);
}

/* Of a form the first lines are its first answers. A row that an older program wrote has words, until the next run. */
static void
take_preview (CpDossierItem *item, const char *preview)
{
  if (item->kind != CP_DOSSIER_FORM || !add_entries (item->answers, preview, NULL))
    item->preview = g_strdup (preview);
}

#define ATTACHMENTS_MAX 100 /* that show beside one card */

/* The columns from first on. */
static void
take_attachment (CpdStmt *stmt, int first, CpDossierItem *item)
{
  CpAttachment *attachment = cp_attachment_new ();

  attachment->id = cpd_stmt_dup_text (stmt, first);
  attachment->title = cpd_stmt_dup_text (stmt, first + 1);
  attachment->type = cpd_stmt_dup_text (stmt, first + 2);
  attachment->size = cpd_stmt_int (stmt, first + 3);
  g_ptr_array_add (item->attachments, attachment);
}

/* Of the present version of each card of a page. ids: their rows, as a JSON array in the order of list. */
static gboolean
add_attachments_of_page (CpdDb *db, const char *ids, GPtrArray *list, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT p.key, a.public_id, a.title, a.media_type, a.size FROM json_each (?1) p"
                    " CROSS JOIN attachment a ON a.item = p.value AND a.until IS NULL AND a.position < ?2"
                    " ORDER BY p.key, a.position",
                    "ti", ids, (gint64) ATTACHMENTS_MAX);

  while (cpd_stmt_next (stmt, &local))
    take_attachment (stmt, 1, list->pdata[cpd_stmt_int (stmt, 0)]);
  return cpd_result (&local, error);
}

static gboolean
add_attachments (CpdDb *db, gint64 id, gint64 version, CpDossierItem *item, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT public_id, title, media_type, size FROM attachment WHERE item = ?1 AND since <= ?2"
                    " AND (until IS NULL OR until >= ?2) ORDER BY position LIMIT ?3",
                    "iii", id, version, (gint64) ATTACHMENTS_MAX);

  while (cpd_stmt_next (stmt, &local))
    take_attachment (stmt, 0, item);
  return cpd_result (&local, error);
}

static CpdStmt *
query_page (CpdDb *db, gint64 patient, const CpdDossierFilter *filter, const CpdUnread *unread, const CpdCursor *cursor,
            int limit, GError **error)
{
  gint64 until = filter->until != 0 ? filter->until : G_MAXINT64;
  gint64 from = filter->from != 0 ? filter->from : G_MININT64;

  /* The pair below holds by itself, but an index is only entered by a bound of one column. */
  if (cursor->id != 0)
    until = MIN (until, cursor->at + 1);
  if (filter->month != 0)
    return cpd_db_query (db, error,
                         "SELECT " ITEM_COLUMNS ", preview FROM item WHERE patient = ?3 AND removed IS NULL"
                         " AND month = ?4 AND (at, id) > (?5, ?6) AND (?7 >> kind) & 1 ORDER BY at, id LIMIT ?8",
                         "iiiiiiii", unread->account, unread->since, patient, (gint64) filter->month,
                         cursor->id != 0 ? cursor->at : G_MININT64, cursor->id, (gint64) filter->kinds, (gint64) limit);
  if (filter->plan != 0)
    return cpd_db_query (db, error,
                         "SELECT " ITEM_COLUMNS ", NULL, text, entries FROM item WHERE id IN (SELECT i.id"
                         " FROM care_plan_key k CROSS JOIN item i INDEXED BY item_about ON i.patient = ?3"
                         " AND i.about_key = k.key AND i.removed IS NULL AND i.about_key IS NOT NULL"
                         " WHERE k.care_plan = ?10) AND patient = ?3 AND removed IS NULL"
                         " AND at >= ?4 AND at < ?5 AND (at, id) < (?6, ?7) AND (?8 >> kind) & 1"
                         " AND (?9 IS NULL OR author = ?9) ORDER BY +at DESC, id DESC LIMIT ?11",
                         "iiiiiiiitii", unread->account, unread->since, patient, from, until,
                         cursor->id != 0 ? cursor->at : G_MAXINT64, cursor->id != 0 ? cursor->id : G_MAXINT64,
                         (gint64) filter->kinds, filter->author, filter->plan, (gint64) limit);
  return cpd_db_query (db, error,
                       "SELECT " ITEM_COLUMNS ", iif (?10, NULL, preview), iif (?10, text, NULL),"
                       " iif (?10, entries, NULL) FROM item WHERE patient = ?3 AND removed IS NULL"
                       " AND at >= ?4 AND at < ?5 AND (at, id) < (?6, ?7) AND (?8 >> kind) & 1"
                       " AND (?9 IS NULL OR author = ?9) ORDER BY at DESC, id DESC LIMIT ?11",
                       "iiiiiiiitii", unread->account, unread->since, patient, from, until,
                       cursor->id != 0 ? cursor->at : G_MAXINT64, cursor->id != 0 ? cursor->id : G_MAXINT64,
                       (gint64) filter->kinds, filter->author, (gint64) filter->text, (gint64) limit);
}

/**
 * cpd_store_dossier:
 *
 * Returns: (transfer full) (element-type CpDossierItem): NULL with an error.
 */
GPtrArray *
cpd_store_dossier (CpdDb *db, const CpdGrant *grant, const CpdDossierFilter *filter, CpTime since,
                   const CpdCursor *cursor, int limit, CpdCursor *next, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);
  g_autoptr (GString) ids = g_string_new ("[");
  g_autoptr (CpdStmt) stmt = NULL;
  CpdUnread unread;
  CpdCursor last = { 0, 0 };
  gsize size = 0;

  *next = (CpdCursor){ 0, 0 };
  if (!cpd_store_unread_find (db, grant, &unread, error))
    return NULL;
  stmt = query_page (db, grant->patient, filter, &unread, cursor, limit + 1, &local);
  while (cpd_stmt_next (stmt, &local))
    {
      CpDossierItem *item;
      if ((int) list->len == limit || size > CPD_DOSSIER_TEXT_MAX)
        {
          *next = last;
          break;
        }
      item = take_item (stmt, grant, since);
      g_ptr_array_add (list, item);
      take_preview (item, cpd_stmt_text (stmt, COLUMN_REST));
      if (filter->text &&
          !take_text (item, cpd_stmt_text (stmt, COLUMN_REST + 1), cpd_stmt_text (stmt, COLUMN_REST + 2), &local))
        break;
      item->seen = filter->text ? cpd_stmt_int (stmt, COLUMN_SEEN) : 0;
      size += item->text != NULL ? strlen (item->text) : 0;
      last = (CpdCursor){ item->at, cpd_stmt_int (stmt, COLUMN_ID) };
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, ids->len > 1 ? "," : "", last.id);
    }
  g_string_append_c (ids, ']');
  if (!cpd_result (&local, error) || (filter->text && !add_attachments_of_page (db, ids->str, list, error)))
    return NULL;
  return g_steal_pointer (&list);
}

/* Oldest first, the present one last; none when there is only one. */
static gboolean
add_versions (CpdDb *db, gint64 id, CpDossierItem *item, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  CpVersionStamp *stamp;

  if (item->version == 1)
    return TRUE;
  stmt = cpd_db_query (db, &local, "SELECT version, seen FROM item_version WHERE item = ? ORDER BY version", "i", id);
  while (cpd_stmt_next (stmt, &local))
    {
      stamp = cp_version_stamp_new ();
      stamp->version = cpd_stmt_int (stmt, 0);
      stamp->seen = cpd_stmt_int (stmt, 1);
      g_ptr_array_add (item->versions, stamp);
    }
  stamp = cp_version_stamp_new ();
  stamp->version = item->version;
  stamp->seen = item->seen;
  g_ptr_array_add (item->versions, stamp);
  return cpd_result (&local, error);
}

/* *found FALSE without an error: there is no such version. */
static gboolean
set_version (CpdDb *db, gint64 id, gint64 version, CpDossierItem *item, gboolean *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT title, text, entries, seen, unshown FROM item_version WHERE item = ? AND version = ?", "ii",
      id, version);

  *found = cpd_stmt_next (stmt, &local);
  if (*found)
    {
      item->version = version;
      item->seen = cpd_stmt_int (stmt, 3);
      item->unshown = cpd_stmt_int (stmt, 4) != 0;
      g_free (item->title);
      item->title = cpd_stmt_dup_text (stmt, 0);
      take_text (item, cpd_stmt_text (stmt, 1), cpd_stmt_text (stmt, 2), &local);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_dossier_item:
 * @version: 0 for the present one
 * @id: (out): the row, for the audit log
 *
 * Returns: (transfer full) (nullable): NULL without an error when the grant's patient has no such card or version.
 */
CpDossierItem *
cpd_store_dossier_item (CpdDb *db, const CpdGrant *grant, guint kinds, const char *public_id, gint64 version,
                        CpTime since, gint64 *id, GError **error)
{
  g_autoptr (CpDossierItem) item = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  CpdUnread unread;
  gboolean found = TRUE;

  if (!cpd_store_unread_find (db, grant, &unread, error))
    return NULL;
  stmt =
      cpd_db_query (db, error,
                    "SELECT " ITEM_COLUMNS ", text, entries, informant FROM item WHERE public_id = ?3 AND patient = ?4"
                    " AND removed IS NULL AND (?5 >> kind) & 1",
                    "iitii", unread.account, unread.since, public_id, grant->patient, (gint64) kinds);
  if (!cpd_stmt_next (stmt, error))
    return NULL;
  item = take_item (stmt, grant, since);
  *id = cpd_stmt_int (stmt, COLUMN_ID);
  item->version = cpd_stmt_int (stmt, COLUMN_VERSION);
  item->informant = cpd_stmt_dup_text (stmt, COLUMN_REST + 2);
  item->seen = cpd_stmt_int (stmt, COLUMN_SEEN);
  if (!add_versions (db, *id, item, error))
    return NULL;
  if (version != 0 && version != item->version)
    {
      if (!set_version (db, *id, version, item, &found, error))
        return NULL;
    }
  else if (!take_text (item, cpd_stmt_text (stmt, COLUMN_REST), cpd_stmt_text (stmt, COLUMN_REST + 1), error))
    return NULL;
  if (!found || !add_attachments (db, *id, item->version, item, error))
    return NULL;
  return g_steal_pointer (&item);
}

/**
 * cpd_store_dossier_found:
 * @id: in the transaction in which it was found
 *
 * Returns: (transfer full): NULL with an error.
 */
CpDossierItem *
cpd_store_dossier_found (CpdDb *db, const CpdGrant *grant, gint64 id, CpTime since, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  g_autoptr (CpDossierItem) item = NULL;
  CpdUnread unread;

  if (!cpd_store_unread_find (db, grant, &unread, error))
    return NULL;
  stmt = cpd_db_query (db, &local,
                       "SELECT " ITEM_COLUMNS ", text FROM item WHERE id = ?3 AND patient = ?4 AND removed IS NULL",
                       "iiii", unread.account, unread.since, id, grant->patient);
  if (!cpd_stmt_next (stmt, &local))
    {
      if (local == NULL)
        g_set_error_literal (&local, CP_ERROR, CP_ERROR_INTERNAL, "a row of the index is not there");
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  item = take_item (stmt, grant, since);
  item->text = cpd_stmt_dup_text (stmt, COLUMN_REST);
  item->seen = cpd_stmt_int (stmt, COLUMN_SEEN);
  if (!add_attachments (db, id, cpd_stmt_int (stmt, COLUMN_VERSION), item, error))
    return NULL;
  return g_steal_pointer (&item);
}
