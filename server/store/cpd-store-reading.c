/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-reading.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

#define APPOINTMENT_COLUMNS                                                                                            \
  "public_id, status, starts, ends, description, with_whom, place, instruction, note, cancel_reason, id,"              \
  " place_in_time"

static CpAppointment *
take_appointment (CpdStmt *stmt, CpTime now)
{
  CpAppointment *a = cp_appointment_new ();

  a->id = cpd_stmt_dup_text (stmt, 0);
  a->source = CP_APPOINTMENT_OF_CARE;
  a->status = (int) cpd_stmt_int (stmt, 1);
  a->start = cpd_stmt_int (stmt, 2);
  a->end = cpd_stmt_int (stmt, 3);
  a->description = cpd_stmt_dup_text (stmt, 4);
  a->with = cpd_stmt_dup_text (stmt, 5);
  a->place = cpd_stmt_dup_text (stmt, 6);
  a->instruction = cpd_stmt_dup_text (stmt, 7);
  a->note = cpd_stmt_dup_text (stmt, 8);
  a->cancel_reason = cpd_stmt_dup_text (stmt, 9);
  if (a->status == CP_APPOINTMENT_PLANNED && a->start != 0 && MAX (a->start, a->end) < now)
    a->status = CP_APPOINTMENT_PAST;
  return a;
}

/* Over: its end (or else an hour after its start) has passed, or the EHR says so. */
#define OVER "(status = 2 OR coalesce (ends, place_in_time + 3600000000) <= ?2)"

/* What began longer ago than this is not looked at for what still goes on. */
#define LONGEST_APPOINTMENT (31 * CP_TIME_DAY)

static CpdStmt *
query_appointments (CpdDb *db, gint64 patient, gboolean coming, CpTime now, CpTime since_cancelled,
                    const CpdCursor *cursor, int limit, GError **error)
{
  if (coming)
    return cpd_db_query (db, error,
                         "SELECT " APPOINTMENT_COLUMNS " FROM appointment WHERE patient = ?1 AND removed IS NULL"
                         " AND place_in_time >= ?6 AND (place_in_time, id) > (?4, ?5)"
                         " AND NOT " OVER " AND (status <> 3 OR place_in_time >= ?3)"
                         " ORDER BY place_in_time, id LIMIT ?7",
                         "iiiiiii", patient, now, since_cancelled, cursor->at, cursor->id, now - LONGEST_APPOINTMENT,
                         (gint64) limit);
  return cpd_db_query (db, error,
                       "SELECT " APPOINTMENT_COLUMNS
                       " FROM appointment WHERE patient = ?1 AND removed IS NULL AND " OVER
                       " AND (?4 = 0 OR (place_in_time, id) < (?3, ?4))"
                       " ORDER BY place_in_time DESC, id DESC LIMIT ?5",
                       "iiiii", patient, now, cursor->at, cursor->id, (gint64) limit);
}

/**
 * cpd_store_appointments:
 * @since_cancelled: a coming appointment that was cancelled shows when it starts at or after this
 * @next: (out): where the next page begins
 *
 * Returns: (transfer full) (element-type CpAppointment): NULL with an error.
 */
GPtrArray *
cpd_store_appointments (CpdDb *db, const CpdGrant *grant, gboolean coming, CpTime now, CpTime since_cancelled,
                        const CpdCursor *cursor, int limit, CpdCursor *next, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_appointment_free);
  g_autoptr (CpdStmt) stmt =
      query_appointments (db, grant->patient, coming, now, since_cancelled, cursor, limit + 1, &local);
  CpdCursor last = { 0, 0 };

  *next = (CpdCursor){ 0, 0 };
  while (cpd_stmt_next (stmt, &local))
    {
      if ((int) list->len == limit)
        {
          *next = last;
          break;
        }
      last = (CpdCursor){ cpd_stmt_int (stmt, 11), cpd_stmt_int (stmt, 10) };
      g_ptr_array_add (list, take_appointment (stmt, now));
    }
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

#define ITEM_COLUMNS                                                                                                   \
  "public_id, kind, at, date_only, title, author, author_role, about, amended, amended_at, unfinished, first_seen, id"

static CpDossierItem *
take_item (CpdStmt *stmt, CpTime since)
{
  CpDossierItem *item = cp_dossier_item_new ();

  item->id = cpd_stmt_dup_text (stmt, 0);
  item->kind = (int) cpd_stmt_int (stmt, 1);
  item->at = cpd_stmt_int (stmt, 2);
  item->date_only = cpd_stmt_int (stmt, 3) != 0;
  item->title = cpd_stmt_dup_text (stmt, 4);
  item->author = cpd_stmt_dup_text (stmt, 5);
  item->author_role = cpd_stmt_dup_text (stmt, 6);
  item->about = cpd_stmt_dup_text (stmt, 7);
  item->amended = cpd_stmt_int (stmt, 8) != 0;
  item->amended_at = cpd_stmt_int (stmt, 9);
  item->unfinished = cpd_stmt_int (stmt, 10) != 0;
  item->is_new = since != 0 && cpd_stmt_int (stmt, 11) > since;
  return item;
}

/**
 * cpd_store_dossier:
 * @forms: whether forms are in it
 *
 * Returns: (transfer full) (element-type CpDossierItem): newest first, with previews; NULL with an error.
 */
GPtrArray *
cpd_store_dossier (CpdDb *db, const CpdGrant *grant, gboolean forms, CpTime since, const CpdCursor *cursor, int limit,
                   CpdCursor *next, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);
  gint64 at = cursor->id != 0 ? cursor->at : G_MAXINT64;
  gint64 id = cursor->id != 0 ? cursor->id : G_MAXINT64;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT " ITEM_COLUMNS ", preview FROM item WHERE patient = ? AND removed IS NULL"
                    " AND (at, id) < (?, ?) AND (? OR kind <> 2) ORDER BY at DESC, id DESC LIMIT ?",
                    "iiiii", grant->patient, at, id, (gint64) forms, (gint64) limit + 1);
  CpdCursor last = { 0, 0 };

  *next = (CpdCursor){ 0, 0 };
  while (cpd_stmt_next (stmt, &local))
    {
      CpDossierItem *item;
      if ((int) list->len == limit)
        {
          *next = last;
          break;
        }
      item = take_item (stmt, since);
      item->preview = cpd_stmt_dup_text (stmt, 13);
      last = (CpdCursor){ item->at, cpd_stmt_int (stmt, 12) };
      g_ptr_array_add (list, item);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

/* The body column is a DossierItem of its own that holds text or entries only. */
static gboolean
add_body (CpDossierItem *item, const char *body, GError **error)
{
  g_autoptr (JsonNode) node = cp_json_parse (body, strlen (body), CP_JSON_DEPTH, error);
  JsonObject *object;

  if (node == NULL)
    return FALSE;
  object = json_node_get_object (node);
  if (json_object_has_member (object, "text"))
    item->text = g_strdup (json_object_get_string_member (object, "text"));
  if (json_object_has_member (object, "entries"))
    {
      JsonArray *entries = json_object_get_array_member (object, "entries");
      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          CpFormEntry *entry =
              cp_record_from_json (&cp_form_entry_record, json_array_get_element (entries, i), CP_RECORD_STRICT, error);
          if (entry == NULL)
            return FALSE;
          g_ptr_array_add (item->entries, entry);
        }
    }
  return TRUE;
}

/**
 * cpd_store_dossier_item:
 * @forms: whether it may be a form
 * @id: (out): the row, for the audit log
 *
 * Returns: (transfer full) (nullable): NULL without an error when the grant's patient has no such item.
 */
CpDossierItem *
cpd_store_dossier_item (CpdDb *db, const CpdGrant *grant, gboolean forms, const char *public_id, CpTime since,
                        gint64 *id, GError **error)
{
  g_autoptr (CpDossierItem) item = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT " ITEM_COLUMNS ", body FROM item WHERE public_id = ? AND patient = ?"
                                           " AND removed IS NULL AND (? OR kind <> 2)",
                                           "tii", public_id, grant->patient, (gint64) forms);

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  item = take_item (stmt, since);
  *id = cpd_stmt_int (stmt, 12);
  return add_body (item, cpd_stmt_text (stmt, 13), error) ? g_steal_pointer (&item) : NULL;
}

static CpCarePlan *
take_plan (CpdStmt *stmt, const char *today)
{
  CpCarePlan *plan = cp_care_plan_new ();

  plan->id = cpd_stmt_dup_text (stmt, 0);
  plan->title = g_strdup (cpd_stmt_is_null (stmt, 1) ? "" : cpd_stmt_text (stmt, 1));
  plan->description = cpd_stmt_dup_text (stmt, 2);
  plan->state = (int) cpd_stmt_int (stmt, 3);
  plan->from = cpd_stmt_dup_text (stmt, 4);
  plan->until = cpd_stmt_dup_text (stmt, 5);
  if (plan->state != CP_CARE_PLAN_EXPIRED && plan->until != NULL && strcmp (plan->until, today) < 0)
    plan->state = CP_CARE_PLAN_EXPIRED;
  return plan;
}

static int
compare_plans (gconstpointer a, gconstpointer b)
{
  const CpCarePlan *left = *(CpCarePlan *const *) a;
  const CpCarePlan *right = *(CpCarePlan *const *) b;
  gboolean left_expired = left->state == CP_CARE_PLAN_EXPIRED;
  gboolean right_expired = right->state == CP_CARE_PLAN_EXPIRED;

  return left_expired != right_expired ? left_expired - right_expired : g_strcmp0 (right->from, left->from);
}

/**
 * cpd_store_care_plans:
 *
 * Returns: (transfer full) (element-type CpCarePlan): current ones first, then expired ones, each newest first.
 */
GPtrArray *
cpd_store_care_plans (CpdDb *db, const CpdGrant *grant, const char *today, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_care_plan_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT public_id, title, description, state, period_from, period_until FROM care_plan"
                    " WHERE patient = ? AND removed IS NULL ORDER BY id DESC LIMIT 1000",
                    "i", grant->patient);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (list, take_plan (stmt, today));
  g_ptr_array_sort (list, compare_plans);
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

static gboolean
add_contacts (CpdDb *db, const CpdGrant *grant, gint64 account, CpProfile *profile, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean all = (grant->parts & CP_PART_SETTINGS) != 0;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT name, relation, role, phone, email,"
      " email IS NOT NULL AND email = (SELECT email FROM account WHERE id = ?) COLLATE NOCASE"
      " FROM contact WHERE patient = ? AND removed IS NULL AND hidden = 0 ORDER BY position, id LIMIT 200",
      "ii", account, grant->patient);

  while (cpd_stmt_next (stmt, &local))
    {
      CpContact *contact = cp_contact_new ();
      gboolean open = all || cpd_stmt_int (stmt, 5) != 0;
      contact->name = cpd_stmt_dup_text (stmt, 0);
      contact->relation = cpd_stmt_dup_text (stmt, 1);
      contact->role = cpd_stmt_dup_text (stmt, 2);
      contact->phone = open ? cpd_stmt_dup_text (stmt, 3) : NULL;
      contact->email = open ? cpd_stmt_dup_text (stmt, 4) : NULL;
      g_ptr_array_add (profile->contacts, contact);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_profile:
 *
 * Returns: (transfer full) (nullable): NULL without an error when nothing was fetched yet.
 */
CpProfile *
cpd_store_profile (CpdDb *db, const CpdGrant *grant, gint64 account, GError **error)
{
  g_autoptr (CpProfile) profile = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *body;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT body FROM profile WHERE patient = ?", "i", grant->patient);

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  body = cpd_stmt_text (stmt, 0);
  node = cp_json_parse (body, strlen (body), CP_JSON_DEPTH, error);
  if (node == NULL)
    return NULL;
  profile = cp_record_from_json (&cp_profile_record, node, CP_RECORD_STRICT, error);
  if (profile == NULL || !add_contacts (db, grant, account, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}

/**
 * cpd_store_patient_is_linked:
 * @linked: (out): whether a Patient of the EHR was found for the grant's patient
 */
gboolean
cpd_store_patient_is_linked (CpdDb *db, const CpdGrant *grant, gboolean *linked, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT fhir_id IS NOT NULL FROM patient WHERE id = ?", "i", grant->patient);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *linked = cpd_stmt_int (stmt, 0) != 0;
  return TRUE;
}
