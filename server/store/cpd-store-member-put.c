/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-member-put.h"

#include "cpd-result.h"
#include "cpd-session-kind.h"
#include "cpd-stmt.h"
#include "cpd-token.h"

/**
 * cpd_store_member_add:
 * @id: (out)
 * @public_id: (out) (optional) (transfer full)
 */
gboolean
cpd_store_member_add (CpdDb *db, const CpdMemberNew *m, CpTime now, gint64 *id, char **public_id, GError **error)
{
  g_autofree char *name = cpd_token_new_id ();

  if (!cpd_db_run (
          db, error,
          "INSERT INTO membership (public_id, account, patient, relation, ground, contact, made_account, named,"
          " state, created, until, until_days, email) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11,"
          " iif (?7, NULL, (SELECT email FROM account WHERE id = ?2)))",
          "tiittoiiioo", name, m->account, m->patient, m->relation, m->ground, m->contact, (gint64) m->made_account,
          (gint64) CPD_MEMBERSHIP_INVITED, now, m->until, (gint64) m->until_days))
    return FALSE;
  *id = cpd_db_last_id (db);
  if (public_id != NULL)
    *public_id = g_steal_pointer (&name);
  return TRUE;
}

/**
 * cpd_store_member_restart:
 * @until: 0 for no end
 */
gboolean
cpd_store_member_restart (CpdDb *db, gint64 membership, CpTime until, int until_days, CpTime now, GError **error)
{
  /* Invitations that began before the membership does are of before. */
  return cpd_store_member_take_all (db, membership, now, error) &&
         cpd_db_run (db, error, "UPDATE invitation SET created = min (created, ? - 1) WHERE membership = ?", "ii", now,
                     membership) &&
         cpd_db_run (
             db, error,
             "UPDATE membership SET state = ?, created = ?, accepted = NULL, ended = NULL, until = ?, until_days = ?,"
             " until_told = NULL WHERE id = ?",
             "iiooi", (gint64) CPD_MEMBERSHIP_INVITED, now, until, (gint64) until_days, membership);
}

/**
 * cpd_store_member_give:
 * @part: one CpPart
 * @given_by: 0 for the organisation
 */
gboolean
cpd_store_member_give (CpdDb *db, gint64 membership, guint part, gint64 given_by, CpTime now, GError **error)
{
  return cpd_store_member_take (db, membership, part, now, error) &&
         cpd_db_run (db, error, "INSERT INTO membership_part (membership, part, given_by, given) VALUES (?, ?, ?, ?)",
                     "iioi", membership, (gint64) part, given_by, now);
}

/**
 * cpd_store_member_take:
 * @part: one CpPart; no mistake when it is not held
 */
gboolean
cpd_store_member_take (CpdDb *db, gint64 membership, guint part, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership_part SET ended = ? WHERE membership = ? AND part = ? AND ended IS NULL", "iii",
                     now, membership, (gint64) part);
}

/**
 * cpd_store_member_take_all:
 */
gboolean
cpd_store_member_take_all (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership_part SET ended = ? WHERE membership = ? AND ended IS NULL", "ii",
                     now, membership);
}

/**
 * cpd_store_member_end:
 * @ended: from when on
 */
gboolean
cpd_store_member_end (CpdDb *db, gint64 membership, CpTime ended, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET state = ?, ended = ? WHERE id = ? AND ended IS NULL", "iii",
                     (gint64) CPD_MEMBERSHIP_ENDED, ended, membership) &&
         cpd_store_member_take_all (db, membership, ended, error);
}

/**
 * cpd_store_member_set_ground:
 */
gboolean
cpd_store_member_set_ground (CpdDb *db, gint64 membership, const char *ground, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET ground = ? WHERE id = ?", "ti", ground, membership);
}

/**
 * cpd_store_member_set_until:
 * @until: 0 for no end
 *
 * Another end than was told is told anew, see cpd_store_member_ends().
 */
gboolean
cpd_store_member_set_until (CpdDb *db, gint64 membership, CpTime until, int until_days, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET until = ?, until_days = ? WHERE id = ?", "ooi", until,
                     (gint64) until_days, membership);
}

static GArray *
take_ends (CpdStmt *stmt, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (CpdMemberEnd));

  while (cpd_stmt_next (stmt, &local))
    {
      const CpdMemberEnd end = { cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), cpd_stmt_int (stmt, 2),
                                 cpd_stmt_int (stmt, 3), cpd_stmt_int (stmt, 4) != 0 };
      g_array_append_val (ends, end);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&ends) : NULL;
}

/**
 * cpd_store_member_ends:
 *
 * Returns: (transfer full) (element-type CpdMemberEnd): NULL with an error.
 */
GArray *
cpd_store_member_ends (CpdDb *db, CpTime after, CpTime before, int max, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error,
                    "SELECT m.id, m.account, m.patient, m.until, patient.deceased FROM membership m"
                    " JOIN patient ON patient.id = m.patient WHERE m.until > ? AND m.until <= ? AND m.ended IS NULL"
                    " AND m.state = ? AND m.until_told IS NOT m.until ORDER BY m.until LIMIT ?",
                    "iiii", after, before, (gint64) CPD_MEMBERSHIP_ACTIVE, (gint64) max);

  return stmt != NULL ? take_ends (stmt, error) : NULL;
}

/**
 * cpd_store_member_over:
 *
 * Returns: (transfer full) (element-type CpdMemberEnd): NULL with an error.
 */
GArray *
cpd_store_member_over (CpdDb *db, CpTime now, int max, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error,
                    "SELECT m.id, m.account, m.patient, m.until, patient.deceased FROM membership m"
                    " JOIN patient ON patient.id = m.patient WHERE m.until <= ? AND m.ended IS NULL"
                    " AND m.state = ? ORDER BY m.until LIMIT ?",
                    "iii", now, (gint64) CPD_MEMBERSHIP_ACTIVE, (gint64) max);

  return stmt != NULL ? take_ends (stmt, error) : NULL;
}

/**
 * cpd_store_member_told:
 *
 * Another end is told anew.
 */
gboolean
cpd_store_member_told (CpdDb *db, gint64 membership, CpTime until, GError **error)
{
  return cpd_db_run (db, error, "UPDATE membership SET until_told = ? WHERE id = ?", "ii", until, membership);
}
