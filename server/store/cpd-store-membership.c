/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-membership.h"

#include <string.h>

#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-token.h"

/* Parts are summed in SQL: each live row is one bit. */
#define FACTS                                                                                                          \
  "m.id, m.patient, m.state, m.accepted, m.until, m.ended,"                                                            \
  " (SELECT coalesce (sum (part), 0) FROM membership_part p WHERE p.membership = m.id AND p.ended IS NULL)"

static void
take_facts (CpdStmt *stmt, CpdMembershipFacts *facts)
{
  facts->membership = cpd_stmt_int (stmt, 0);
  facts->patient = cpd_stmt_int (stmt, 1);
  facts->state = (int) cpd_stmt_int (stmt, 2);
  facts->accepted = cpd_stmt_int (stmt, 3);
  facts->until = cpd_stmt_int (stmt, 4);
  facts->ended = cpd_stmt_int (stmt, 5);
  facts->parts = (guint) cpd_stmt_int (stmt, 6);
}

/**
 * cpd_store_membership_facts:
 * @facts: (out caller-allocates)
 */
gboolean
cpd_store_membership_facts (CpdDb *db, gint64 account, const char *patient_id, CpdMembershipFacts *facts,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT " FACTS " FROM membership m JOIN patient ON patient.id = m.patient"
                                           " WHERE m.account = ? AND patient.public_id = ?",
                                           "it", account, patient_id);

  memset (facts, 0, sizeof *facts);
  if (cpd_stmt_next (stmt, &local))
    take_facts (stmt, facts);
  return cpd_result (&local, error);
}

void
cpd_membership_row_free (CpdMembershipRow *row)
{
  cp_patient_access_free (row->access);
  g_free (row);
}

static CpdMembershipRow *
take_row (CpdStmt *stmt)
{
  CpdMembershipRow *row = g_new0 (CpdMembershipRow, 1);

  take_facts (stmt, &row->facts);
  row->access = cp_patient_access_new ();
  row->access->id = cpd_stmt_dup_text (stmt, 7);
  row->access->name = cpd_stmt_dup_text (stmt, 8);
  row->access->birth_date = cpd_stmt_dup_text (stmt, 9);
  row->access->relation = cpd_stmt_dup_text (stmt, 10);
  row->access->deceased = cpd_stmt_int (stmt, 11) != 0;
  row->access->granter = cpd_stmt_dup_text (stmt, 12);
  return row;
}

/**
 * cpd_store_membership_list:
 *
 * Returns: (transfer full) (element-type CpdMembershipRow): NULL with an error.
 */
GPtrArray *
cpd_store_membership_list (CpdDb *db, gint64 account, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_membership_row_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT " FACTS ", patient.public_id, patient.name, patient.birth_date, m.relation, patient.deceased,"
      " (SELECT a.name FROM invitation i JOIN account a ON a.id = i.inviter WHERE i.membership = m.id"
      "  ORDER BY i.id DESC LIMIT 1)"
      " FROM membership m JOIN patient ON patient.id = m.patient WHERE m.account = ?"
      " ORDER BY m.accepted, m.id",
      "i", account);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (rows, take_row (stmt));
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * cpd_store_membership_add:
 * @until: 0 for no end
 * @id: (out)
 */
gboolean
cpd_store_membership_add (CpdDb *db, gint64 account, gint64 patient, const char *relation, CpTime now, CpTime until,
                          gint64 *id, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (db, error,
                   "INSERT INTO membership (public_id, account, patient, relation, state, created, until)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?)",
                   "tiitiio", public_id, account, patient, relation, (gint64) CPD_MEMBERSHIP_INVITED, now, until))
    return FALSE;
  *id = cpd_db_last_id (db);
  return TRUE;
}

/**
 * cpd_store_membership_give:
 * @parts: CpPart flags; those that are held already stay as they are
 */
gboolean
cpd_store_membership_give (CpdDb *db, gint64 membership, guint parts, gint64 given_by, CpTime now, GError **error)
{
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    if ((parts & part) != 0 &&
        !cpd_db_run (db, error,
                     "INSERT INTO membership_part (membership, part, given_by, given) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (membership, part) WHERE ended IS NULL DO NOTHING",
                     "iioi", membership, (gint64) part, given_by, now))
      return FALSE;
  return TRUE;
}

/**
 * cpd_store_membership_end:
 *
 * Ends a membership at once; its rows stay for the audit log.
 */
gboolean
cpd_store_membership_end (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET state = ?, ended = ? WHERE id = ? AND ended IS NULL", "iii",
                     (gint64) CPD_MEMBERSHIP_ENDED, now, membership);
}

static CpInvitation *
take_invitation (CpdStmt *stmt, CpTime now, GTimeZone *zone)
{
  CpInvitation *invitation = cp_invitation_new ();
  CpTime until = cpd_stmt_int (stmt, 5);

  invitation->id = cpd_stmt_dup_text (stmt, 0);
  invitation->state = (int) cpd_stmt_int (stmt, 1);
  invitation->inviter = cpd_stmt_dup_text (stmt, 2);
  invitation->client = cpd_stmt_dup_text (stmt, 3);
  invitation->relation = cpd_stmt_dup_text (stmt, 4);
  invitation->access_until = until != 0 ? cp_time_date (until, zone) : NULL;
  invitation->parts = (guint) cpd_stmt_int (stmt, 6);
  invitation->accept_until = cpd_stmt_int (stmt, 7);
  if (invitation->state == CP_INVITATION_OPEN && invitation->accept_until <= now)
    invitation->state = CP_INVITATION_EXPIRED;
  return invitation;
}

/**
 * cpd_store_invitation_list:
 * @since: invitations that were answered or ended before this are left out
 *
 * Returns: (transfer full) (element-type CpInvitation): open ones first, each kind newest first; NULL with an error.
 */
GPtrArray *
cpd_store_invitation_list (CpdDb *db, gint64 account, CpTime now, CpTime since, GTimeZone *zone, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_invitation_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT i.public_id, i.state, a.name, patient.short_name, m.relation, m.until,"
      " (SELECT coalesce (sum (part), 0) FROM membership_part p WHERE p.membership = m.id AND p.ended IS NULL),"
      " i.expires"
      " FROM membership m JOIN invitation i ON i.membership = m.id JOIN patient ON patient.id = m.patient"
      " LEFT JOIN account a ON a.id = i.inviter"
      " WHERE m.account = ? AND max (coalesce (i.answered, 0), i.expires) > ?"
      " AND i.state NOT IN (1)"
      " ORDER BY (i.state = 0 AND i.expires > ?) DESC, i.id DESC LIMIT 200",
      "iii", account, since, now);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (list, take_invitation (stmt, now, zone));
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * cpd_store_invitation_count:
 * @n: (out): open ones
 */
gboolean
cpd_store_invitation_count (CpdDb *db, gint64 account, CpTime now, gint64 *n, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT count (*) FROM invitation i JOIN membership m ON m.id = i.membership"
                                           " WHERE m.account = ? AND i.state = 0 AND i.expires > ?",
                                           "ii", account, now);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *n = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_invitation_add:
 * @inviter: 0 for the organisation
 *
 * Adds an open invitation to a membership.
 */
gboolean
cpd_store_invitation_add (CpdDb *db, gint64 membership, gint64 inviter, CpTime now, CpTime expires, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  return cpd_db_run (db, error,
                     "INSERT INTO invitation (public_id, membership, inviter, state, created, expires)"
                     " VALUES (?, ?, ?, 0, ?, ?)",
                     "tioii", public_id, membership, inviter, now, expires);
}

/* A right counts from acceptance only if its granter still holds it then (NULL: the organisation, always). */
static gboolean
end_orphaned_parts (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership_part AS mine SET ended = ?1 WHERE membership = ?2 AND ended IS NULL"
                     " AND given_by IS NOT NULL AND NOT EXISTS ("
                     "  SELECT 1 FROM membership m JOIN membership me ON me.id = ?2 AND m.patient = me.patient"
                     "  JOIN membership_part p ON p.membership = m.id AND p.ended IS NULL AND p.part = mine.part"
                     "  WHERE m.account = mine.given_by AND m.accepted IS NOT NULL AND m.ended IS NULL"
                     "  AND (m.until IS NULL OR m.until > ?1))",
                     "ii", now, membership);
}

static gboolean
open_membership (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET state = ?, accepted = ? WHERE id = ?", "iii",
                     (gint64) CPD_MEMBERSHIP_ACTIVE, now, membership) &&
         end_orphaned_parts (db, membership, now, error) &&
         cpd_db_run (db, error, "UPDATE membership_part SET given = ? WHERE membership = ? AND ended IS NULL", "ii",
                     now, membership);
}

static gboolean
find_open (CpdDb *db, gint64 account, const char *invitation_id, CpTime now, gint64 *invitation,
           CpdMembershipFacts *facts, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT " FACTS ", i.id, i.state = 0 AND i.expires > ? AND m.ended IS NULL FROM invitation i"
                    " JOIN membership m ON m.id = i.membership WHERE i.public_id = ? AND m.account = ?",
                    "iti", now, invitation_id, account);

  if (!cpd_stmt_next (stmt, &local))
    {
      if (local == NULL)
        g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such invitation");
    }
  else if (!cpd_stmt_int (stmt, 8))
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_CONFLICT, "the invitation is not open any more");
  else
    {
      take_facts (stmt, facts);
      *invitation = cpd_stmt_int (stmt, 7);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_invitation_answer:
 * @facts: (out caller-allocates): of the membership that it was about
 */
gboolean
cpd_store_invitation_answer (CpdDb *db, gint64 account, const char *invitation_id, gboolean accept, CpTime now,
                             CpdMembershipFacts *facts, GError **error)
{
  gint64 invitation = 0;

  if (!find_open (db, account, invitation_id, now, &invitation, facts, error))
    return FALSE;
  if (!cpd_db_run (db, error, "UPDATE invitation SET state = ?, answered = ? WHERE id = ?", "iii",
                   (gint64) (accept ? CP_INVITATION_ACCEPTED : CP_INVITATION_DECLINED), now, invitation))
    return FALSE;
  if (accept)
    return open_membership (db, facts->membership, now, error);
  return cpd_db_run (db, error, "UPDATE membership SET state = ? WHERE id = ? AND accepted IS NULL", "ii",
                     (gint64) CPD_MEMBERSHIP_DECLINED, facts->membership);
}

void
cpd_patient_clear (CpdPatient *patient)
{
  g_clear_pointer (&patient->public_id, g_free);
  g_clear_pointer (&patient->name, g_free);
}

/**
 * cpd_store_patient_find:
 * @identifier_hash: CPD_HASH_SIZE bytes
 * @patient: (out caller-allocates): id 0 when there is none
 */
gboolean
cpd_store_patient_find (CpdDb *db, const guchar *identifier_hash, CpdPatient *patient, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id, public_id, name FROM patient WHERE identifier_hash = ?", "b",
                    identifier_hash, (gsize) CPD_HASH_SIZE);

  memset (patient, 0, sizeof *patient);
  if (cpd_stmt_next (stmt, &local))
    {
      patient->id = cpd_stmt_int (stmt, 0);
      patient->public_id = cpd_stmt_dup_text (stmt, 1);
      patient->name = cpd_stmt_dup_text (stmt, 2);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_patient_add:
 * @name: until the EHR gives it
 * @id: (out)
 */
gboolean
cpd_store_patient_add (CpdDb *db, const char *source, const guchar *identifier_hash, GBytes *identifier_sealed,
                       const char *name, const char *short_name, CpTime now, gint64 *id, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (
          db, error,
          "INSERT INTO patient (public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)",
          "ttbytti", public_id, source, identifier_hash, (gsize) CPD_HASH_SIZE, identifier_sealed, name, short_name,
          now))
    return FALSE;
  *id = cpd_db_last_id (db);
  return TRUE;
}
