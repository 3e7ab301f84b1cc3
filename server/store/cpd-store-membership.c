/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-membership.h"

#include <string.h>

#include "cpd-facts-private.h"
#include "cpd-open-private.h"
#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-token.h"

/* A contact of the EHR, or the patient, who have no membership: they hold nothing. */
static gboolean
find_without (CpdDb *db, const CpdGrant *grant, const char *public_id, CpdViewed *viewed, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT id FROM contact WHERE patient = ?1 AND public_id = ?2"
                                           " AND removed IS NULL AND hidden = 0"
                                           " UNION ALL SELECT 0 FROM patient WHERE id = ?1 AND public_id = ?2",
                                           "it", grant->patient, public_id);

  viewed->found = cpd_stmt_next (stmt, &local);
  viewed->facts.patient = viewed->found ? grant->patient : 0;
  viewed->contact = viewed->found ? cpd_stmt_int (stmt, 0) : 0;
  return cpd_result (&local, error);
}

/**
 * cpd_store_membership_viewed:
 * @viewed: (out caller-allocates)
 */
gboolean
cpd_store_membership_viewed (CpdDb *db, const CpdGrant *grant, const char *public_id, CpTime now, CpdViewed *viewed,
                             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT " CPD_FACTS ", " CPD_COUNTING_PARTS ("?1") ", m.account, a.last_login, m.visited"
                                                         " FROM membership m JOIN account a ON a.id = m.account"
                                                         " WHERE m.patient = ?2 AND m.public_id = ?3",
      "iit", now, grant->patient, public_id);

  memset (viewed, 0, sizeof *viewed);
  if (cpd_stmt_next (stmt, &local))
    {
      viewed->found = TRUE;
      cpd_take_facts (stmt, &viewed->facts);
      viewed->counting = (guint) cpd_stmt_int (stmt, 7);
      viewed->account = cpd_stmt_int (stmt, 8);
      viewed->last_login = cpd_stmt_int (stmt, 9);
      viewed->facts.visited = cpd_stmt_int (stmt, 10);
    }
  return cpd_result (&local, error) && (viewed->found || find_without (db, grant, public_id, viewed, error));
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

  cpd_take_facts (stmt, &row->facts);
  row->access = cp_patient_access_new ();
  row->access->id = cpd_stmt_dup_text (stmt, 7);
  row->access->name = cpd_stmt_dup_text (stmt, 8);
  row->access->birth_date = cpd_stmt_dup_text (stmt, 9);
  row->access->relation = cpd_stmt_dup_text (stmt, 10);
  row->access->deceased = cpd_stmt_int (stmt, 11) != 0;
  row->access->granter = cpd_stmt_dup_text (stmt, 12);
  return row;
}

/* SQL: who can give parts of membership m: its newest inviter who manages the users now. NULL is the organisation. */
#define GRANTER                                                                                                        \
  "(SELECT a.name FROM invitation i LEFT JOIN account a ON a.id = i.inviter WHERE i.membership = m.id"                 \
  " AND " CPD_HAS_COME ("i.created", "?2") " AND (i.inviter IS NULL OR " CPD_MANAGED (                                 \
      "m.patient", "?2", "g.account = i.inviter") ")"                                                                  \
                                                  " ORDER BY i.id DESC LIMIT 1)"

/**
 * cpd_store_membership_list:
 *
 * Returns: (transfer full) (element-type CpdMembershipRow): NULL with an error.
 */
GPtrArray *
cpd_store_membership_list (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_membership_row_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT " CPD_FACTS ", patient.public_id, patient.name, patient.birth_date, m.relation, patient.deceased,"
      " " GRANTER " FROM membership m JOIN patient ON patient.id = m.patient WHERE m.account = ?1"
      " ORDER BY m.id",
      "ii", account, now);

  while (cpd_stmt_next (stmt, &local))
    {
      CpdMembershipRow *row = take_row (stmt);

      row->access->place = rows->len;
      g_ptr_array_add (rows, row);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
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
 * cpd_store_patient_deceased:
 * @patient: row id
 * @deceased: (out)
 */
gboolean
cpd_store_patient_deceased (CpdDb *db, gint64 patient, gboolean *deceased, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT deceased FROM patient WHERE id = ?", "i", patient);

  *deceased = cpd_stmt_next (stmt, &local) && cpd_stmt_int (stmt, 0) != 0;
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
