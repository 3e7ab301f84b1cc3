/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-invitation.h"

#include <string.h>

#include "cpd-facts-private.h"
#include "cpd-open-private.h"
#include "cpd-result.h"
#include "cpd-session-kind.h"
#include "cpd-store-member-put.h"
#include "cpd-token.h"

/* SQL: CpTold of invitation i of membership m. */
#define TOLD                                                                                                           \
  "iif (" CPD_MANAGED ("m.patient", "?3",                                                                              \
                       "g.account = i.inviter") ", 1,"                                                                 \
                                                " iif (" CPD_MANAGED ("m.patient", "?3",                               \
                                                                      "g.account <> m.account") ", 2, 0))"
G_STATIC_ASSERT (CP_TOLD_INVITER == 1 && CP_TOLD_MANAGERS == 2);

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
  invitation->relation_words = cpd_stmt_dup_text (stmt, 8);
  invitation->told = (int) cpd_stmt_int (stmt, 9);
  if (invitation->state == CP_INVITATION_OPEN && (invitation->accept_until <= now || (until != 0 && until <= now)))
    invitation->state = CP_INVITATION_EXPIRED;
  return invitation;
}

/**
 * cpd_store_invitation_list:
 * @since: invitations that were answered or ended before this are left out
 * @contacts: with what the EHR calls the relation
 *
 * Returns: (transfer full) (element-type CpInvitation): open ones first, each kind newest first; NULL with an error.
 */
GPtrArray *
cpd_store_invitation_list (CpdDb *db, gint64 account, CpTime now, CpTime since, GTimeZone *zone, gboolean contacts,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_invitation_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT i.public_id, i.state, a.name, patient.short_name, m.relation, m.until, " CPD_COUNTING_PARTS (
          "?3") ","
                " i.expires, iif (?4 AND patient.read_at IS NOT 0, c.relation, NULL), " TOLD
                " FROM membership m JOIN invitation i ON i.membership = m.id JOIN patient ON patient.id = m.patient"
                " LEFT JOIN account a ON a.id = i.inviter LEFT JOIN contact c ON c.id = m.contact"
                " WHERE m.account = ?1 AND max (coalesce (i.answered, 0), i.expires) > ?2"
                " AND " CPD_HAS_COME ("i.created",
                                      "?3") " AND i.state NOT IN (1)"
                                            " ORDER BY (i.state = 0 AND i.expires > ?3) DESC, i.id DESC LIMIT 200",
      "iiii", account, since, now, (gint64) (contacts != FALSE));

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
                                           " WHERE m.account = ?1 AND i.state = 0 AND " CPD_HAS_COME (
                                               "i.created", "?2") " AND (m.until IS NULL OR m.until > ?2)"
                                                                  " AND i.expires > ?2",
                                           "ii", account, now);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *n = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_invitation_add:
 * @inviter: 0 for the organisation
 * @created: may be still to come: until then nobody sees it
 * @id: (out)
 */
gboolean
cpd_store_invitation_add (CpdDb *db, gint64 membership, gint64 inviter, CpTime created, CpTime expires, gint64 *id,
                          GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (db, error,
                   "INSERT INTO invitation (public_id, membership, inviter, state, created, expires)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
                   "tioiii", public_id, membership, inviter, (gint64) CP_INVITATION_OPEN, created, expires))
    return FALSE;
  *id = cpd_db_last_id (db);
  return TRUE;
}

/**
 * cpd_store_invitation_again:
 * @inviter: 0 for the organisation
 */
gboolean
cpd_store_invitation_again (CpdDb *db, gint64 id, gint64 inviter, CpTime created, CpTime expires, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE invitation SET inviter = ?, created = ?, expires = ? WHERE id = ? AND state = ?", "oiiii",
                     inviter, created, expires, id, (gint64) CP_INVITATION_OPEN);
}

/**
 * cpd_store_invitation_carry:
 */
gboolean
cpd_store_invitation_carry (CpdDb *db, gint64 id, gint64 outbox, GError **error)
{
  return cpd_db_run (db, error, "UPDATE invitation SET outbox = ? WHERE id = ?", "ii", outbox, id);
}

/**
 * cpd_store_invitation_stop:
 */
gboolean
cpd_store_invitation_stop (CpdDb *db, gint64 id, GError **error)
{
  return cpd_db_run (db, error,
                     "DELETE FROM outbox WHERE id = (SELECT outbox FROM invitation WHERE id = ?) AND sent IS NULL"
                     " AND failed IS NULL",
                     "i", id);
}

/**
 * cpd_store_invitation_forget:
 */
gboolean
cpd_store_invitation_forget (CpdDb *db, gint64 id, GError **error)
{
  return cpd_store_invitation_stop (db, id, error) &&
         cpd_db_run (db, error, "DELETE FROM invitation WHERE id = ?", "i", id);
}

/**
 * cpd_store_invitation_withdraw:
 *
 * A temporary password that came by its mail goes too, unless somebody has been in, or another invitation of the
 * account is open: which password came with which is not kept, so then all of them still open the account, without
 * what was withdrawn.
 */
gboolean
cpd_store_invitation_withdraw (CpdDb *db, gint64 id, CpTime now, GError **error)
{
  return cpd_store_invitation_stop (db, id, error) &&
         cpd_db_run (db, error, "UPDATE invitation SET state = ?, answered = ? WHERE id = ? AND state = ?", "iiii",
                     (gint64) CP_INVITATION_WITHDRAWN, now, id, (gint64) CP_INVITATION_OPEN) &&
         cpd_db_run (db, error,
                     "DELETE FROM credential WHERE kind = 1 AND account = (SELECT a.id FROM invitation i"
                     "  JOIN membership m ON m.id = i.membership JOIN account a ON a.id = m.account"
                     "  WHERE i.id = ?1 AND a.last_login IS NULL)"
                     " AND NOT EXISTS (SELECT 1 FROM membership m JOIN invitation i ON i.membership = m.id"
                     "  WHERE m.account = credential.account AND i.state = 0 AND i.expires > ?2)",
                     "ii", id, now);
}

/**
 * cpd_store_invitation_renew:
 *
 * An invitation that nobody answered stays open when its time is over, so it can get more time. What was answered, and
 * what belongs to an ended membership, stays as it is.
 */
gboolean
cpd_store_invitation_renew (CpdDb *db, gint64 account, CpTime expires, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE invitation SET expires = ? WHERE state = ?"
                     " AND membership IN (SELECT id FROM membership WHERE account = ? AND ended IS NULL)",
                     "iii", expires, (gint64) CP_INVITATION_OPEN, account);
}

/* A right counts from acceptance only if its granter still holds it then (NULL: the organisation, always). */
static gboolean
end_orphaned_parts (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership_part AS mine SET ended = ?1 WHERE membership = ?2 AND ended IS NULL"
                     " AND NOT " CPD_GRANTER_HOLDS ("mine", "(SELECT patient FROM membership WHERE id = ?2)", "?1"),
                     "ii", now, membership);
}

static gboolean
open_membership (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership SET state = ?, accepted = ?, unread_since = ?, named = 1, email = NULL"
                     " WHERE id = ?",
                     "iiii", (gint64) CPD_MEMBERSHIP_ACTIVE, now, now, membership) &&
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
                    "SELECT " CPD_FACTS ", i.id, i.state = 0 AND i.expires > ?1 AND m.ended IS NULL"
                    "  AND (m.until IS NULL OR m.until > ?1) FROM invitation i"
                    " JOIN membership m ON m.id = i.membership"
                    " WHERE i.public_id = ?2 AND m.account = ?3 AND " CPD_HAS_COME ("i.created", "?1"),
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
      cpd_take_facts (stmt, facts);
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
                     (gint64) CPD_MEMBERSHIP_DECLINED, facts->membership) &&
         cpd_store_member_take_all (db, facts->membership, now, error);
}

/**
 * cpd_store_invitation_declined:
 * @n: (out)
 * @last: (out): when the last one was, 0 for never
 */
gboolean
cpd_store_invitation_declined (CpdDb *db, gint64 account, gint64 *n, CpTime *last, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error,
                    "SELECT count (*), max (i.answered) FROM invitation i"
                    " JOIN membership m ON m.id = i.membership WHERE m.account = ? AND i.state = ?",
                    "ii", account, (gint64) CP_INVITATION_DECLINED);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *n = cpd_stmt_int (stmt, 0);
  *last = cpd_stmt_int (stmt, 1);
  return TRUE;
}
