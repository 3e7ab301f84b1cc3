/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-put.h"

#include <string.h>

#include "cp-care-plan.h"
#include "cp-json.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-attachment.h"
#include "cpd-store-line.h"

/* Of no other type a report is in lines. */
static gboolean
put_lines (CpdDb *db, gint64 id, const CpdEhrRow *row, gboolean *lost, GError **error)
{
  *lost = FALSE;
  return !g_str_equal (row->type, "Composition") ||
         cpd_store_lines_put (db, id, ((const CpdEhrItem *) row->content)->lines, lost, error);
}

static gboolean
insert_item (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now,
             CpdStoreItems *items, GError **error)
{
  const CpdEhrItem *item = row->content;
  gint64 id = cpd_store_items_next_id (items, row->patient, error);
  gboolean lost;

  if (id == 0)
    return FALSE;
  cpd_store_items_enter (items, id, item);
  return cpd_db_run (
             db, error,
             "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, date_only, title, author,"
             " author_role, about, amended, amended_at, unfinished, preview, text, entries, about_key, month, "
             "version_id,"
             " last_updated, hash, first_seen, changed, seen, goal_key, informant, partial_date, unshown)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "ititttiiittttioittttitobiiittti", id, public_id, row->patient, source, row->type, row->id,
             (gint64) item->kind, item->at, (gint64) item->date_only, item->title, item->author, item->author_role,
             item->about, (gint64) item->amended, item->amended_at, (gint64) item->unfinished, item->preview,
             item->text, item->entries, item->about_key, (gint64) item->month, row->version_id, row->last_updated,
             row->hash, sizeof row->hash, now, now, now, item->goal_key, item->informant, item->partial_date,
             (gint64) item->unshown) &&
         (item->attachments == NULL || cpd_store_attachments_put (db, id, item->attachments, error)) &&
         put_lines (db, id, row, &lost, error);
}

static gboolean
insert_plan (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now, GError **error)
{
  const CpdEhrPlan *plan = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO care_plan (public_id, patient, source, type, fhir_id, title, description, state,"
                     " period_from, period_until, own, version_id, last_updated, hash, first_seen, changed)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "titttttittttobii", public_id, row->patient, source, row->type, row->id, plan->title,
                     plan->description, (gint64) plan->state, plan->from, plan->until, plan->own, row->version_id,
                     row->last_updated, row->hash, sizeof row->hash, now, now);
}

/* A plan that is not shown, a draft or one that was an error, is known all the same, without a word of it: what is part
 * of it is not shown either. */
static gboolean
insert_hidden_plan (CpdDb *db, const char *source, const CpdEhrRow *row, const char *public_id, CpTime now,
                    GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO care_plan (public_id, patient, source, type, fhir_id, state, version_id,"
                     " last_updated, hash, first_seen, changed, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "titttitobiii", public_id, row->patient, source, row->type, row->id, (gint64) CP_CARE_PLAN_UNKNOWN,
                     row->version_id, row->last_updated, row->hash, sizeof row->hash, now, now, now);
}

static gboolean
insert_piece (CpdDb *db, const char *source, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrPiece *piece = row->content;

  return cpd_db_run (db, error,
                     "INSERT INTO plan_piece (patient, source, type, fhir_id, body, version_id, last_updated, hash,"
                     " first_seen, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "itttttobii", row->patient, source, row->type, row->id, piece->body, row->version_id,
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
                     "UPDATE patient SET name = ?, short_name = coalesce (?, short_name), birth_date = ?, deceased = ?"
                     " WHERE id = ?",
                     "tttii", content->name, content->short_name, profile->birth_date, (gint64) profile->deceased,
                     row->patient);
}

/**
 * cpd_store_ehr_insert:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_insert (CpdDb *db, const char *source, const CpdEhrRow *row, CpTime now, CpdStoreItems *items,
                      GError **error)
{
  g_autofree char *public_id = cpd_store_items_new_public_id (items);

  switch (row->kind)
    {
    case CPD_EHR_ITEM:
      return insert_item (db, source, row, public_id, now, items, error);
    case CPD_EHR_PLAN:
      return (row->removed ? insert_hidden_plan : insert_plan) (db, source, row, public_id, now, error);
    case CPD_EHR_APPOINTMENT:
      return insert_appointment (db, source, row, public_id, now, error);
    case CPD_EHR_CONTACT:
      return insert_contact (db, source, row, public_id, now, error);
    case CPD_EHR_PROFILE:
      return put_profile (db, row, now, error);
    case CPD_EHR_PIECE:
      return insert_piece (db, source, row, now, error);
    case CPD_EHR_N_KINDS:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* What a card was before it changes. */
typedef struct
{
  CpdEhrItem item;
  gint64 version;
  CpTime seen;
  CpTime last_updated; /* 0: not given */
  gboolean removed;
} Was;

/* stmt: (out) (transfer full) (nullable), from which the texts of was are borrowed. */
static gboolean
read_was (CpdDb *db, gint64 id, gint64 patient, CpdStmt **stmt, Was *was, GError **error)
{
  g_autoptr (GError) local = NULL;

  *stmt = cpd_db_query (db, &local,
                        "SELECT title, text, entries, author, about_key, kind, at, month, version, seen, removed,"
                        " unshown, last_updated"
                        " FROM item WHERE id = ? AND patient = ?",
                        "ii", id, patient);
  if (cpd_stmt_next (*stmt, &local))
    {
      was->item = (CpdEhrItem){ .title = (char *) cpd_stmt_text (*stmt, 0),
                                .text = (char *) cpd_stmt_text (*stmt, 1),
                                .entries = (char *) cpd_stmt_text (*stmt, 2),
                                .author = (char *) cpd_stmt_text (*stmt, 3),
                                .about_key = (char *) cpd_stmt_text (*stmt, 4),
                                .kind = (int) cpd_stmt_int (*stmt, 5),
                                .at = cpd_stmt_int (*stmt, 6),
                                .month = (int) cpd_stmt_int (*stmt, 7),
                                .unshown = cpd_stmt_int (*stmt, 11) != 0 };
      was->version = cpd_stmt_int (*stmt, 8);
      was->seen = cpd_stmt_int (*stmt, 9);
      was->removed = !cpd_stmt_is_null (*stmt, 10);
      was->last_updated = cpd_stmt_int (*stmt, 12);
    }
  else if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such card of this patient");
  return cpd_result (&local, error);
}

/* Other fields than these say who and when; they make no version of their own. */
static gboolean
says_else (const CpdEhrItem *was, const CpdEhrItem *is)
{
  return g_strcmp0 (was->title, is->title) != 0 || g_strcmp0 (was->text, is->text) != 0 ||
         g_strcmp0 (was->entries, is->entries) != 0;
}

/* That something of it cannot be shown is a change only when the source says that it changed: it is there already
 * where another reading of it finds that. */
static gboolean
hides_more (const Was *was, const CpdEhrRow *row)
{
  return ((const CpdEhrItem *) row->content)->unshown && !was->item.unshown && was->last_updated != 0 &&
         row->last_updated > was->last_updated;
}

static gboolean
keep_version (CpdDb *db, gint64 id, const Was *was, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO item_version (item, version, seen, title, text, entries, unshown)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?)",
                     "iiittti", id, was->version, was->seen, was->item.title, was->item.text, was->item.entries,
                     (gint64) was->item.unshown);
}

/* What indexes hold of a card seldom changes, and an index is written for each column of it that a statement names. */
static gboolean
place_item (CpdDb *db, gint64 id, const Was *was, const CpdEhrItem *item, GError **error)
{
  if (!was->removed && was->item.kind == item->kind && was->item.at == item->at && was->item.month == item->month &&
      g_strcmp0 (was->item.about_key, item->about_key) == 0)
    return TRUE;
  return cpd_db_run (db, error,
                     "UPDATE item SET kind = ?, at = ?, about_key = ?, month = ?, removed = NULL WHERE id = ?", "iitii",
                     (gint64) item->kind, item->at, item->about_key, (gint64) item->month, id);
}

/* seen never moves back: the index of what was renewed (0033-small-sync.sql) goes by that. */
static gboolean
write_item (CpdDb *db, gint64 id, const CpdEhrRow *row, gint64 version, CpTime seen, CpTime now, GError **error)
{
  const CpdEhrItem *item = row->content;

  return cpd_db_run (db, error,
                     "UPDATE item SET version = ?, seen = ?, title = ?, text = ?, entries = ?, date_only = ?,"
                     " author = ?, author_role = ?, about = ?, amended = ?, amended_at = ?, unfinished = ?,"
                     " preview = ?, version_id = ?, hash = ?, changed = ?, last_updated = ?, goal_key = ?,"
                     " informant = ?, partial_date = ?, unshown = ? WHERE id = ?",
                     "iitttitttioittbiotttii", version, seen, item->title, item->text, item->entries,
                     (gint64) item->date_only, item->author, item->author_role, item->about, (gint64) item->amended,
                     item->amended_at, (gint64) item->unfinished, item->preview, row->version_id, row->hash,
                     sizeof row->hash, now, row->last_updated, item->goal_key, item->informant, item->partial_date,
                     (gint64) item->unshown, id);
}

static gboolean
update_item (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, CpdStoreItems *items, GError **error)
{
  const CpdEhrItem *item = row->content;
  g_autoptr (CpdStmt) stmt = NULL;
  Was was = { 0 };
  gboolean other_files;
  gboolean renewed;
  gboolean lost;

  if (!cpd_store_attachments_differ (db, id, item->attachments, &other_files, error) ||
      !read_was (db, id, row->patient, &stmt, &was, error) || !put_lines (db, id, row, &lost, error))
    return FALSE;
  /* Read in another way it is put right, and nobody has to read it again. */
  renewed = !row->anew && (other_files || says_else (&was.item, item) || hides_more (&was, row));
  /* What a line said that may be somebody else's by now stands in no earlier version either. */
  if (lost ? !cpd_store_lines_forget (db, id, error) : renewed && !keep_version (db, id, &was, error))
    return FALSE;
  if (was.removed)
    cpd_store_items_enter (items, id, item);
  else
    cpd_store_items_change (items, id, &was.item, item);
  return write_item (db, id, row, was.version + renewed, renewed ? MAX (now, was.seen) : was.seen, now, error) &&
         place_item (db, id, &was, item, error) &&
         /* Nearly every card has none, and had none. */
         ((item->attachments == NULL && !other_files) || cpd_store_attachments_put (db, id, item->attachments, error));
}

/* Its version is that of the whole which is put together of it: see cpd-store-plan.c. */
static gboolean
update_plan (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrPlan *plan = row->content;

  return cpd_db_run (db, error,
                     "UPDATE care_plan SET title = ?, description = ?, state = ?, period_from = ?, period_until = ?,"
                     " own = ?, version_id = ?, last_updated = ?, hash = ?, changed = ?, removed = NULL"
                     " WHERE id = ? AND patient = ?",
                     "ttittttobiii", plan->title, plan->description, (gint64) plan->state, plan->from, plan->until,
                     plan->own, row->version_id, row->last_updated, row->hash, sizeof row->hash, now, id, row->patient);
}

static gboolean
update_piece (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrPiece *piece = row->content;

  return cpd_db_run (db, error,
                     "UPDATE plan_piece SET body = ?, version_id = ?, last_updated = ?, hash = ?, changed = ?,"
                     " removed = NULL, of_other = 0 WHERE id = ? AND patient = ?",
                     "ttobiii", piece->body, row->version_id, row->last_updated, row->hash, sizeof row->hash, now, id,
                     row->patient);
}

static gboolean
update_appointment (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, GError **error)
{
  const CpdEhrAppointment *appointment = row->content;

  /* The same of its place in time. */
  return cpd_db_run (
             db, error,
             "UPDATE appointment SET status = ?, ends = ?, description = ?, with_whom = ?, place = ?, instruction = ?,"
             " note = ?, cancel_reason = ?, version_id = ?, last_updated = ?, hash = ?, changed = ?"
             " WHERE id = ? AND patient = ?",
             "iotttttttobiii", (gint64) appointment->status, appointment->end, appointment->description,
             appointment->with, appointment->place, appointment->instruction, appointment->note,
             appointment->cancel_reason, row->version_id, row->last_updated, row->hash, sizeof row->hash, now, id,
             row->patient) &&
         cpd_db_run (db, error,
                     "UPDATE appointment SET starts = ?1, removed = NULL WHERE id = ?2 AND patient = ?3"
                     " AND (starts, removed) IS NOT (?1, NULL)",
                     "oii", appointment->start, id, row->patient);
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
cpd_store_ehr_update (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, CpdStoreItems *items, GError **error)
{
  switch (row->kind)
    {
    case CPD_EHR_ITEM:
      return update_item (db, id, row, now, items, error);
    case CPD_EHR_PLAN:
      return update_plan (db, id, row, now, error);
    case CPD_EHR_APPOINTMENT:
      return update_appointment (db, id, row, now, error);
    case CPD_EHR_CONTACT:
      return update_contact (db, id, row, now, error);
    case CPD_EHR_PROFILE:
      return put_profile (db, row, now, error);
    case CPD_EHR_PIECE:
      return update_piece (db, id, row, now, error);
    case CPD_EHR_N_KINDS:
      break;
    }
  g_return_val_if_reached (FALSE);
}
