/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr.h"

#include <string.h>

#include "cpd-ehr-rows-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-ehr-put.h"
#include "cpd-store-plan.h"
#include "cpd-store-replaced.h"

static const char *const find_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT id, patient, last_updated, hash, removed FROM item"
                   " WHERE source = ? AND type = ? AND fhir_id = ?",
  [CPD_EHR_PLAN] = "SELECT id, patient, last_updated, hash, removed FROM care_plan"
                   " WHERE source = ? AND type = ? AND fhir_id = ?",
  [CPD_EHR_APPOINTMENT] = "SELECT id, patient, last_updated, hash, removed FROM appointment"
                          " WHERE source = ? AND type = ? AND fhir_id = ?",
  [CPD_EHR_CONTACT] = "SELECT id, patient, last_updated, hash, removed FROM contact"
                      " WHERE source = ? AND type = ? AND fhir_id = ?",
  [CPD_EHR_PROFILE] = "SELECT profile.patient, profile.patient, last_updated, hash, NULL"
                      " FROM profile JOIN patient ON patient.id = profile.patient"
                      " WHERE source = ? AND ? = 'Patient' AND fhir_id = ?",
  [CPD_EHR_PIECE] = "SELECT id, patient, last_updated, hash, removed FROM plan_piece"
                    " WHERE source = ? AND type = ? AND fhir_id = ?",
};

/* By the row: the pages of an index of all keys are not read for it. */
static const char *const find_at_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT id, patient, last_updated, hash, removed FROM item"
                   " WHERE +source = ? AND +type = ? AND +fhir_id = ? AND id = ?",
  [CPD_EHR_APPOINTMENT] = "SELECT id, patient, last_updated, hash, removed FROM appointment"
                          " WHERE +source = ? AND +type = ? AND +fhir_id = ? AND id = ?",
};

/* A profile has no tombstone: who is enrolled has one, or none yet. */
static const char *const live_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT patient, fhir_id FROM item WHERE source = ? AND type = ? AND removed IS NULL",
  [CPD_EHR_PLAN] = "SELECT patient, fhir_id FROM care_plan WHERE source = ? AND type = ? AND removed IS NULL",
  [CPD_EHR_APPOINTMENT] = "SELECT patient, fhir_id FROM appointment WHERE source = ? AND type = ? AND removed IS NULL",
  [CPD_EHR_CONTACT] = "SELECT patient, fhir_id FROM contact WHERE source = ? AND type = ? AND removed IS NULL",
  [CPD_EHR_PIECE] = "SELECT patient, fhir_id FROM plan_piece WHERE source = ? AND type = ? AND removed IS NULL",
};

static const char *const removed_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT patient, fhir_id FROM item WHERE source = ? AND type = ? AND removed IS NOT NULL",
  [CPD_EHR_PLAN] = "SELECT patient, fhir_id FROM care_plan WHERE source = ? AND type = ? AND removed IS NOT NULL",
  [CPD_EHR_APPOINTMENT] =
      "SELECT patient, fhir_id FROM appointment WHERE source = ? AND type = ? AND removed IS NOT NULL",
  [CPD_EHR_CONTACT] = "SELECT patient, fhir_id FROM contact WHERE source = ? AND type = ? AND removed IS NOT NULL",
  [CPD_EHR_PIECE] = "SELECT patient, fhir_id FROM plan_piece WHERE source = ? AND type = ? AND removed IS NOT NULL",
};

/* By the patient first: the plus sign keeps SQLite from going through all of a source. */
static const char *const live_of_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT type, fhir_id FROM item WHERE patient = ? AND +source = ? AND removed IS NULL",
  [CPD_EHR_PLAN] = "SELECT type, fhir_id FROM care_plan WHERE patient = ? AND +source = ? AND removed IS NULL",
  [CPD_EHR_APPOINTMENT] = "SELECT type, fhir_id FROM appointment WHERE patient = ? AND +source = ? AND removed IS NULL",
  [CPD_EHR_CONTACT] = "SELECT type, fhir_id FROM contact WHERE patient = ? AND +source = ? AND removed IS NULL",
  [CPD_EHR_PIECE] = "SELECT type, fhir_id FROM plan_piece WHERE patient = ? AND +source = ? AND removed IS NULL",
};

static const char *const any_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "SELECT 1 FROM item WHERE source = ? AND type = ? LIMIT 1",
  [CPD_EHR_PLAN] = "SELECT 1 FROM care_plan WHERE source = ? AND type = ? LIMIT 1",
  [CPD_EHR_APPOINTMENT] = "SELECT 1 FROM appointment WHERE source = ? AND type = ? LIMIT 1",
  [CPD_EHR_PIECE] = "SELECT 1 FROM plan_piece WHERE source = ? AND type = ? LIMIT 1",
};

/* The moment of the version that removed it stays, so that a late page with an older one does not bring it back. */
static const char *const remove_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "UPDATE item SET removed = ?, last_updated = nullif (max (coalesce (last_updated, 0), ?), 0)"
                   " WHERE id = ? AND removed IS NULL",
  [CPD_EHR_PLAN] = "UPDATE care_plan SET removed = ?, last_updated = nullif (max (coalesce (last_updated, 0), ?), 0)"
                   " WHERE id = ? AND removed IS NULL",
  [CPD_EHR_APPOINTMENT] =
      "UPDATE appointment SET removed = ?, last_updated = nullif (max (coalesce (last_updated, 0), ?), 0)"
      " WHERE id = ? AND removed IS NULL",
  [CPD_EHR_CONTACT] = "UPDATE contact SET removed = ?, last_updated = nullif (max (coalesce (last_updated, 0), ?), 0)"
                      " WHERE id = ? AND removed IS NULL",
  [CPD_EHR_PIECE] = "UPDATE plan_piece SET removed = ?, last_updated = nullif (max (coalesce (last_updated, 0), ?), 0)"
                    " WHERE id = ? AND removed IS NULL",
};

/* A tombstone that stands in the way of what goes over to another patient; no id has such a sign. */
static const char *const free_key_sql[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = "UPDATE item SET fhir_id = fhir_id || '#' || id WHERE id = ?",
  [CPD_EHR_PLAN] = "UPDATE care_plan SET fhir_id = fhir_id || '#' || id WHERE id = ?",
  [CPD_EHR_APPOINTMENT] = "UPDATE appointment SET fhir_id = fhir_id || '#' || id WHERE id = ?",
  [CPD_EHR_CONTACT] = "UPDATE contact SET fhir_id = fhir_id || '#' || id WHERE id = ?",
  [CPD_EHR_PIECE] = "UPDATE plan_piece SET fhir_id = fhir_id || '#' || id WHERE id = ?",
};

/**
 * cpd_store_ehr_past_moment:
 * @kept: 0: not given
 *
 * A moment that is yet to come was told by a clock that ran ahead, and kept by a program that believed it: what is read
 * now is later, whatever it says.
 *
 * Returns: a moment that has been, or 0.
 */
CpTime
cpd_store_ehr_past_moment (CpTime kept)
{
  return kept > cp_time_now () + CPD_EHR_AHEAD ? 1 : kept;
}

/* stmt: (transfer full) (nullable): with the columns of find_sql; NULL when it has failed already, with error set. */
static gboolean
take_known (CpdStmt *stmt, CpdEhrKnown *known, GError **error)
{
  G_GNUC_UNUSED g_autoptr (CpdStmt) owned = stmt;
  g_autoptr (GError) failed = NULL;
  const void *hash;
  gsize size = 0;

  *known = (CpdEhrKnown){ 0 };
  if (stmt == NULL)
    return FALSE;
  if (cpd_stmt_next (stmt, &failed))
    {
      known->row = cpd_stmt_int (stmt, 0);
      known->patient = cpd_stmt_int (stmt, 1);
      known->last_updated = cpd_store_ehr_past_moment (cpd_stmt_int (stmt, 2));
      hash = cpd_stmt_blob (stmt, 3, &size);
      if (hash != NULL && size == sizeof known->hash)
        memcpy (known->hash, hash, size);
      known->removed = !cpd_stmt_is_null (stmt, 4);
      return TRUE;
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * cpd_store_ehr_find:
 * @known: (out): row is 0 when nothing is kept under that key
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_find (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *id,
                    CpdEhrKnown *known, GError **error)
{
  return take_known (cpd_db_query (db, error, find_sql[kind], "ttt", source, type, id), known, error);
}

/**
 * cpd_store_ehr_find_alike:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_find_alike (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *id,
                          gint64 patient, CpdEhrKnown *known, GError **error)
{
  const char *sql = "SELECT id, patient, last_updated, hash, removed FROM appointment WHERE source = ?1"
                    " AND type = ?2 AND " CPD_IS_ROW_OF ("?3") " AND fhir_id <> ?4 AND +patient = ?5"
                                                               " AND removed IS NULL LIMIT 1";
  g_autofree char *base = cpd_ehr_row_base (id);

  *known = (CpdEhrKnown){ 0 };
  return kind != CPD_EHR_APPOINTMENT ||
         take_known (cpd_db_query (db, error, sql, "tttti", source, type, base, id, patient), known, error);
}

/* What is kept under the key of the row; where it was found when it was read it mostly still is. */
static gboolean
find_kept (CpdDb *db, const char *source, const CpdEhrRow *row, CpdEhrKnown *known, GError **error)
{
  const char *sql = find_at_sql[row->kind];

  *known = (CpdEhrKnown){ 0 };
  if (row->first)
    return TRUE;
  if (row->known != 0 && sql != NULL &&
      !take_known (cpd_db_query (db, error, sql, "ttti", source, row->type, row->id, row->known), known, error))
    return FALSE;
  return known->row != 0 || cpd_store_ehr_find (db, row->kind, source, row->type, row->id, known, error);
}

/**
 * cpd_store_ehr_is_fresh:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_is_fresh (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, gboolean *fresh,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;

  *fresh = FALSE;
  if (any_sql[kind] == NULL)
    return TRUE;
  stmt = cpd_db_query (db, &local, any_sql[kind], "tt", source, type);
  *fresh = !cpd_stmt_next (stmt, &local) && local == NULL;
  return cpd_result (&local, error);
}

/**
 * cpd_store_ehr_is_older:
 *
 * Returns: TRUE when both say when they changed, and the row did before what is kept.
 */
gboolean
cpd_store_ehr_is_older (const CpdEhrKnown *known, const CpdEhrRow *row)
{
  return known->last_updated != 0 && row->last_updated != 0 && row->last_updated < known->last_updated;
}

/**
 * cpd_store_ehr_moves:
 *
 * Returns: FALSE also when one of the two does not say when it changed: then which is right is not known.
 */
gboolean
cpd_store_ehr_moves (const CpdEhrKnown *known, const CpdEhrRow *row)
{
  return known->row != 0 && known->patient != row->patient && !row->removed && free_key_sql[row->kind] != NULL &&
         known->last_updated != 0 && row->last_updated > known->last_updated;
}

/**
 * cpd_store_ehr_is_unchanged:
 *
 * Returns: TRUE when cpd_store_ehr_put() would write nothing.
 */
gboolean
cpd_store_ehr_is_unchanged (const CpdEhrKnown *known, const CpdEhrRow *row)
{
  /* A plan that is not shown is kept as known: see insert_hidden_plan(). */
  if (known->row == 0)
    return row->removed && row->kind != CPD_EHR_PLAN;
  /* Also when it is about somebody else: an old copy hides nothing. */
  if (cpd_store_ehr_is_older (known, row))
    return TRUE;
  if (known->patient != row->patient)
    return known->removed && !cpd_store_ehr_moves (known, row);
  if (row->removed)
    return known->removed;
  return !known->removed && memcmp (known->hash, row->hash, sizeof row->hash) == 0;
}

static gboolean
remove_row (CpdDb *db, const CpdEhrRow *row, gint64 id, CpTime now, CpdStoreItems *items, GError **error)
{
  const char *sql = remove_sql[row->kind];

  if (sql == NULL)
    return TRUE;
  return (row->kind != CPD_EHR_ITEM ||
          (cpd_store_plan_touch_card (db, id, row, error) && cpd_store_items_leave (items, id, error))) &&
         cpd_db_run (db, error, sql, "iii", now, row->removed ? row->last_updated : (CpTime) 0, id);
}

/* What plans said of it is not said in their earlier versions either. */
static gboolean
note_other (CpdDb *db, const CpdEhrRow *row, const CpdEhrKnown *known, GError **error)
{
  return row->kind != CPD_EHR_PIECE || row->removed ||
         cpd_db_run (db, error, "UPDATE plan_piece SET of_other = 1 WHERE id = ?", "i", known->row);
}

static void
add_changed (GHashTable *changed, gint64 patient)
{
  if (!g_hash_table_contains (changed, &patient))
    g_hash_table_add (changed, g_memdup2 (&patient, sizeof patient));
}

/* Removed from the one, and new for the other: nothing of the row that was there goes along. */
static gboolean
move_row (CpdDb *db, const char *source, const CpdEhrRow *row, const CpdEhrKnown *known, CpTime now,
          CpdStoreItems *items, GHashTable *changed, GError **error)
{
  add_changed (changed, known->patient);
  add_changed (changed, row->patient);
  return (known->removed || remove_row (db, row, known->row, now, items, error)) &&
         cpd_db_run (db, error, free_key_sql[row->kind], "i", known->row) &&
         cpd_store_ehr_insert (db, source, row, now, items, error) &&
         cpd_store_plan_touch (db, known->patient, row, error) && cpd_store_plan_touch (db, row->patient, row, error);
}

/* (nullable): ids of what the row comes in the place of, a space between them. */
static const char *
replaces_of (const CpdEhrRow *row)
{
  return row->kind == CPD_EHR_ITEM && row->content != NULL ? ((const CpdEhrItem *) row->content)->replaces : NULL;
}

/* (transfer full) */
static GStrv
replaced_of (const CpdEhrRow *row)
{
  const char *ids = replaces_of (row);

  return g_strsplit (ids != NULL ? ids : "", " ", -1);
}

/* Nobody else's is touched. A card that is not here yet takes that of what it replaces, which becomes a version of it;
 * of one that is here the other goes. */
static gboolean
take_place (CpdDb *db, const char *source, const CpdEhrRow *row, const char *id, CpdEhrKnown *known, CpTime now,
            CpdStoreItems *items, GError **error)
{
  CpdEhrKnown other;

  if (g_str_equal (id, row->id))
    return TRUE;
  if (!cpd_store_ehr_find (db, row->kind, source, row->type, id, &other, error))
    return FALSE;
  if (other.row == 0 || other.removed || other.patient != row->patient)
    return TRUE;
  if (known->row != 0)
    return cpd_store_replaced_move (db, other.row, known->row, error) &&
           remove_row (db, row, other.row, now, items, error);
  *known = (CpdEhrKnown){ .row = other.row, .patient = other.patient };
  return cpd_store_replaced_take (db, other.row, row->id, error);
}

/* item: the card that has the place; 0: that of the row itself. */
static gboolean
keep_replaced (CpdDb *db, const char *source, const CpdEhrRow *row, GStrv ids, gint64 item, GError **error)
{
  CpdEhrKnown known = { .row = item };

  if (ids[0] != NULL && item == 0 && !cpd_store_ehr_find (db, row->kind, source, row->type, row->id, &known, error))
    return FALSE;
  for (gsize i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], row->id) &&
        !cpd_store_replaced_put (db, source, row->type, ids[i], row->id, known.row, error))
      return FALSE;
  return TRUE;
}

/* What it was in the place of, when it names that no more or is shown to that patient no more. */
static gboolean
let_go_replaced (CpdDb *db, const char *source, const CpdEhrRow *row, const CpdEhrKnown *known, CpTime now,
                 GError **error)
{
  gboolean stays = !row->removed && known->patient == row->patient;

  return known->row == 0 || row->kind != CPD_EHR_ITEM ||
         cpd_store_replaced_let_go (db, source, row->type, known, stays ? replaces_of (row) : NULL, now, error);
}

/* Something else has its place: it is no card of its own, and what it replaced is not either. */
static gboolean
put_replaced (CpdDb *db, const char *source, const CpdEhrRow *row, CpdEhrKnown *known, gint64 by, CpTime now,
              CpdStoreItems *items, GHashTable *changed, GError **error)
{
  g_auto (GStrv) ids = replaced_of (row);
  CpdEhrKnown taken = { .row = by };

  add_changed (changed, row->patient);
  for (gsize i = 0; ids[i] != NULL; i++)
    if (!take_place (db, source, row, ids[i], &taken, now, items, error))
      return FALSE;
  return keep_replaced (db, source, row, ids, by, error) &&
         (known->row == 0 || known->removed || known->patient != row->patient ||
          (cpd_store_replaced_move (db, known->row, by, error) && remove_row (db, row, known->row, now, items, error)));
}

/* known: 0: of a new row */
static gboolean
put_content (CpdDb *db, const char *source, const CpdEhrRow *row, gint64 known, CpTime now, CpdStoreItems *items,
             GError **error)
{
  if (known == 0)
    return cpd_store_ehr_insert (db, source, row, now, items, error);
  return (row->kind != CPD_EHR_ITEM || cpd_store_plan_touch_card (db, known, row, error)) &&
         cpd_store_ehr_update (db, known, row, now, items, error);
}

/* What another has the place of is not told as an earlier version of that when it is somebody else's, or a mistake. */
static gboolean
forget_text (CpdDb *db, const char *source, const CpdEhrRow *row, GHashTable *changed, GError **error)
{
  CpdEhrKnown card;

  if (row->first)
    return TRUE;
  for (;;)
    {
      if (!cpd_store_replaced_text_of (db, source, row, &card, error))
        return FALSE;
      if (card.row == 0)
        return TRUE;
      add_changed (changed, card.patient);
      if (!cpd_store_replaced_forget (db, card.row, row->id, error))
        return FALSE;
    }
}

/* Of a card whose place it took, all that it said until then is that of what it comes in the place of. */
static gboolean
note_text (CpdDb *db, const CpdEhrKnown *known, const char *taken, GError **error)
{
  return taken == NULL || cpd_store_replaced_note (db, known->row, taken, error);
}

/* When an appointment of one client becomes one of several, or the other way round, it is the same one to who is in
 * both: it neither stands there twice nor is it new. */
static gboolean
keep_one (CpdDb *db, const char *source, const CpdEhrRow *row, CpdEhrKnown *known, CpTime now, CpdStoreItems *items,
          GHashTable *changed, GError **error)
{
  CpdEhrKnown other;

  if (row->removed || row->first)
    return TRUE;
  if (!cpd_store_ehr_find_alike (db, row->kind, source, row->type, row->id, row->patient, &other, error))
    return FALSE;
  if (other.row == 0)
    return TRUE;
  if (known->row != 0 && !cpd_store_ehr_is_older (&other, row))
    {
      add_changed (changed, row->patient);
      return remove_row (db, row, other.row, now, items, error);
    }
  *known = other;
  return cpd_store_ehr_is_older (&other, row) ||
         cpd_db_run (db, error, "UPDATE appointment SET fhir_id = ? WHERE id = ?", "ti", row->id, other.row);
}

static gboolean
put_row (CpdDb *db, const char *source, const CpdEhrRow *row, CpTime now, CpdStoreItems *items, GHashTable *changed,
         GError **error)
{
  g_auto (GStrv) replaced = replaced_of (row);
  const char *taken = NULL;
  CpdEhrKnown known;
  gint64 by;

  if (!find_kept (db, source, row, &known, error) || !keep_one (db, source, row, &known, now, items, changed, error))
    return FALSE;
  /* Nor does an old copy take away what it names. */
  if (cpd_store_ehr_is_older (&known, row))
    return TRUE;
  if (!forget_text (db, source, row, changed, error) || !cpd_store_replaced_by (db, source, row, &by, error))
    return FALSE;
  if (by != 0 && by != known.row)
    return put_replaced (db, source, row, &known, by, now, items, changed, error);
  if (!let_go_replaced (db, source, row, &known, now, error))
    return FALSE;
  if (!cpd_store_ehr_moves (&known, row))
    for (gsize i = 0; replaced[i] != NULL; i++)
      {
        gboolean is_new = known.row == 0;

        if (!take_place (db, source, row, replaced[i], &known, now, items, error))
          return FALSE;
        if (is_new && known.row != 0)
          taken = replaced[i];
      }
  if (cpd_store_ehr_is_unchanged (&known, row))
    return TRUE;
  if (cpd_store_ehr_moves (&known, row))
    return move_row (db, source, row, &known, now, items, changed, error);
  if (known.row != 0 && (row->removed || known.patient != row->patient))
    {
      add_changed (changed, known.patient);
      return remove_row (db, row, known.row, now, items, error) && note_other (db, row, &known, error) &&
             cpd_store_plan_touch (db, known.patient, row, error);
    }
  add_changed (changed, row->patient);
  return put_content (db, source, row, known.row, now, items, error) && note_text (db, &known, taken, error) &&
         keep_replaced (db, source, row, replaced, known.row, error) &&
         cpd_store_plan_touch (db, row->patient, row, error);
}

/**
 * cpd_store_ehr_put:
 * @rows: (array length=n):
 * @changed: (element-type gint64): with g_int64_hash and g_free
 *
 * Returns: FALSE with @error when the transaction must be undone.
 */
gboolean
cpd_store_ehr_put (CpdDb *db, const char *source, CpdEhrRow *const *rows, guint n, CpTime now, CpdStoreItems *items,
                   GHashTable *changed, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!put_row (db, source, rows[i], now, items, changed, error))
      return FALSE;
  return TRUE;
}

/* stmt: (transfer full) */
static gboolean
each_row (CpdStmt *stmt, CpdEhrKind kind, CpdEhrLiveFunc func, gpointer data, GError **error)
{
  g_autoptr (CpdStmt) owned = stmt;
  g_autoptr (GError) local = NULL;

  while (cpd_stmt_next (owned, &local))
    func (kind, cpd_stmt_int (owned, 0), cpd_stmt_text (owned, 1), data);
  return cpd_result (&local, error);
}

/**
 * cpd_store_ehr_each_live:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_each_live (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, CpdEhrLiveFunc func,
                         gpointer data, GError **error)
{
  CpdStmt *stmt;

  if (live_sql[kind] == NULL)
    return TRUE;
  stmt = cpd_db_query (db, error, live_sql[kind], "tt", source, type);
  return stmt != NULL && each_row (stmt, kind, func, data, error);
}

/**
 * cpd_store_ehr_each_removed:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_each_removed (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, CpdEhrLiveFunc func,
                            gpointer data, GError **error)
{
  CpdStmt *stmt;

  if (removed_sql[kind] == NULL)
    return TRUE;
  stmt = cpd_db_query (db, error, removed_sql[kind], "tt", source, type);
  return stmt != NULL && each_row (stmt, kind, func, data, error);
}

static gboolean
each_of_kind (CpdDb *db, gint64 patient, CpdEhrKind kind, const char *source, CpdEhrLiveOfFunc func, gpointer data,
              GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, live_of_sql[kind], "it", patient, source);

  while (cpd_stmt_next (stmt, &local))
    func (patient, kind, cpd_stmt_text (stmt, 0), cpd_stmt_text (stmt, 1), data);
  return cpd_result (&local, error);
}

/**
 * cpd_store_ehr_each_live_of:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_ehr_each_live_of (CpdDb *db, gint64 patient, const char *source, CpdEhrLiveOfFunc func, gpointer data,
                            GError **error)
{
  for (int kind = 0; kind < CPD_EHR_N_KINDS; kind++)
    if (live_of_sql[kind] != NULL && !each_of_kind (db, patient, kind, source, func, data, error))
      return FALSE;
  return TRUE;
}
