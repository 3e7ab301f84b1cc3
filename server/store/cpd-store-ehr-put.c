/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-put.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-stmt.h"
#include "cpd-token.h"

#define ROW_BITS 32 /* an item's id is patient << 32 | n */

/* 0 with error: the next number in the patient's range. */
static gint64
next_item_id (CpdDb *db, gint64 patient, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "UPDATE patient SET next_item = next_item + 1 WHERE id = ? RETURNING next_item - 1", "i", patient);

  if (stmt == NULL)
    return 0;
  if (cpd_stmt_next (stmt, error))
    {
      gint64 n = cpd_stmt_int (stmt, 0);

      /* Stepped to its end, so that the change is done. */
      return !cpd_stmt_next (stmt, error) ? patient << ROW_BITS | n : 0;
    }
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no such patient");
  return 0;
}

static gboolean
insert_item (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now, GError **error)
{
  const CpdEhrItem *item = row->content;
  gint64 id = next_item_id (db, row->patient, error);

  return id != 0 &&
         cpd_db_run (
             db, error,
             "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, date_only, title, author,"
             " author_role, about, amended, amended_at, unfinished, preview, body, version_id, last_updated,"
             " hash, first_seen, changed)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "ititttiiittttioitttobii", id, public_id, row->patient, source, row->type, row->id, (gint64) item->kind,
             item->at, (gint64) item->date_only, item->title, item->author, item->author_role, item->about,
             (gint64) item->amended, item->amended_at, (gint64) item->unfinished, item->preview, item->body,
             row->version_id, row->last_updated, row->hash, sizeof row->hash, now, now);
}

static gboolean
insert_plan (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now, GError **error)
{
  const CpdEhrPlan *plan = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO care_plan (public_id, patient, source, type, fhir_id, title, description, state,"
                     " period_from, period_until, version_id, last_updated, hash, first_seen, changed)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "titttttitttobii", public_id, row->patient, source, row->type, row->id, plan->title,
                     plan->description, (gint64) plan->state, plan->from, plan->until, row->version_id,
                     row->last_updated, row->hash, sizeof row->hash, now, now);
}

static gboolean
insert_appointment (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now,
                    GError **error)
{
  const CpdEhrAppointment *appointment = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts, ends,"
                     " description, with_whom, place, instruction, note, cancel_reason, version_id, last_updated, hash,"
                     " first_seen, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "titttiootttttttobii", public_id, row->patient, source, row->type, row->id,
                     (gint64) appointment->status, appointment->start, appointment->end, appointment->description,
                     appointment->with, appointment->place, appointment->instruction, appointment->note,
                     appointment->cancel_reason, row->version_id, row->last_updated, row->hash, sizeof row->hash, now,
                     now);
}

static gboolean
insert_contact (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now, GError **error)
{
  const CpdEhrContact *contact = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO contact (public_id, patient, source, type, fhir_id, position, name, relation, role,"
                     " phone, email, hidden, version_id, last_updated, hash, first_seen, changed)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "titttitttttitobii", public_id, row->patient, source, row->type, row->id,
                     (gint64) contact->position, contact->name, contact->relation, contact->role, contact->phone,
                     contact->email, (gint64) contact->hidden, row->version_id, row->last_updated, row->hash,
                     sizeof row->hash, now, now);
}

/* The profile as JSON, and beside it what other tables are asked for: name, birth date, whether the person lives. */
static gboolean
put_profile (CpdDb *db, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrProfile *content = row->content;
  const CpProfile *profile = content->profile;
  g_autofree char *body = cp_record_to_text (&cp_profile_record, profile, NULL, NULL);

  return cpd_db_run (db, error,
                     "INSERT INTO profile (patient, body, version_id, last_updated, hash, changed)"
                     " VALUES (?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (patient) DO UPDATE SET body = excluded.body, version_id = excluded.version_id,"
                     " last_updated = excluded.last_updated, hash = excluded.hash, changed = excluded.changed",
                     "ittobi", row->patient, body, row->version_id, row->last_updated, row->hash, sizeof row->hash,
                     now) &&
         cpd_db_run (db, error,
                     "UPDATE patient SET name = ?, short_name = coalesce (?, short_name), birth_date = ?, deceased = ?,"
                     " active = ? WHERE id = ?",
                     "tttiii", content->name, content->short_name, profile->birth_date, (gint64) profile->deceased,
                     (gint64) content->active, row->patient);
}

/**
 * cpd_store_ehr_insert:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_insert (CpdDb *db, const char *source, const CpdEhrRow *row, CpTime now, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  switch (row->kind)
    {
    case CPD_EHR_ITEM:
      return insert_item (db, source, row, public_id, now, error);
    case CPD_EHR_PLAN:
      return insert_plan (db, source, row, public_id, now, error);
    case CPD_EHR_APPOINTMENT:
      return insert_appointment (db, source, row, public_id, now, error);
    case CPD_EHR_CONTACT:
      return insert_contact (db, source, row, public_id, now, error);
    case CPD_EHR_PROFILE:
      return put_profile (db, row, now, error);
    case CPD_EHR_N_KINDS:
      break;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
update_item (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrItem *item = row->content;

  /* Other fields than these say who and when; they make no version of their own. */
  if (!cpd_db_run (db, error,
                   "INSERT INTO item_version (item, version, seen, title, body)"
                   " SELECT id, version, changed, title, body FROM item WHERE id = ? AND (title IS NOT ? OR body <> ?)",
                   "itt", id, item->title, item->body))
    return FALSE;
  return cpd_db_run (db, error,
                     "UPDATE item SET version = version + (title IS NOT ?1 OR body <> ?2), title = ?1, body = ?2,"
                     " kind = ?3, at = ?4, date_only = ?5, author = ?6, author_role = ?7, about = ?8, amended = ?9,"
                     " amended_at = ?10, unfinished = ?11, preview = ?12, version_id = ?13, last_updated = ?14,"
                     " hash = ?15, changed = ?16, removed = NULL WHERE id = ?17 AND patient = ?18",
                     "ttiiitttioittobiii", item->title, item->body, (gint64) item->kind, item->at,
                     (gint64) item->date_only, item->author, item->author_role, item->about, (gint64) item->amended,
                     item->amended_at, (gint64) item->unfinished, item->preview, row->version_id, row->last_updated,
                     row->hash, sizeof row->hash, now, id, row->patient);
}

static gboolean
update_plan (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrPlan *plan = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO care_plan_version (care_plan, version, seen, body)"
                     " SELECT id, version, changed, json_object ('title', title, 'description', description,"
                     " 'state', state, 'from', period_from, 'until', period_until) FROM care_plan"
                     " WHERE id = ? AND hash <> ?",
                     "ib", id, row->hash, sizeof row->hash) &&
         cpd_db_run (db, error,
                     "UPDATE care_plan SET version = version + (hash <> ?1), hash = ?1, title = ?2, description = ?3,"
                     " state = ?4, period_from = ?5, period_until = ?6, version_id = ?7, last_updated = ?8,"
                     " changed = ?9, removed = NULL WHERE id = ?10 AND patient = ?11",
                     "bttitttoiii", row->hash, sizeof row->hash, plan->title, plan->description, (gint64) plan->state,
                     plan->from, plan->until, row->version_id, row->last_updated, now, id, row->patient);
}

static gboolean
update_appointment (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrAppointment *appointment = row->content;

  return cpd_db_run (
      db, error,
      "UPDATE appointment SET status = ?, starts = ?, ends = ?, description = ?, with_whom = ?, place = ?,"
      " instruction = ?, note = ?, cancel_reason = ?, version_id = ?, last_updated = ?, hash = ?,"
      " changed = ?, removed = NULL WHERE id = ? AND patient = ?",
      "iootttttttobiii", (gint64) appointment->status, appointment->start, appointment->end, appointment->description,
      appointment->with, appointment->place, appointment->instruction, appointment->note, appointment->cancel_reason,
      row->version_id, row->last_updated, row->hash, sizeof row->hash, now, id, row->patient);
}

static gboolean
update_contact (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrContact *contact = row->content;

  return cpd_db_run (
      db, error,
      "UPDATE contact SET position = ?, name = ?, relation = ?, role = ?, phone = ?, email = ?, hidden = ?,"
      " version_id = ?, last_updated = ?, hash = ?, changed = ?, removed = NULL"
      " WHERE id = ? AND patient = ?",
      "itttttitobiii", (gint64) contact->position, contact->name, contact->relation, contact->role, contact->phone,
      contact->email, (gint64) contact->hidden, row->version_id, row->last_updated, row->hash, sizeof row->hash, now,
      id, row->patient);
}

/**
 * cpd_store_ehr_update:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_update (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  switch (row->kind)
    {
    case CPD_EHR_ITEM:
      return update_item (db, id, row, now, error);
    case CPD_EHR_PLAN:
      return update_plan (db, id, row, now, error);
    case CPD_EHR_APPOINTMENT:
      return update_appointment (db, id, row, now, error);
    case CPD_EHR_CONTACT:
      return update_contact (db, id, row, now, error);
    case CPD_EHR_PROFILE:
      return put_profile (db, row, now, error);
    case CPD_EHR_N_KINDS:
      break;
    }
  g_return_val_if_reached (FALSE);
}
