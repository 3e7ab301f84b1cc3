/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-member.h"

#include <string.h>

#include "cp-part.h"
#include "cp-relation.h"
#include "cpd-facts-private.h"
#include "cpd-open-private.h"
#include "cpd-result.h"

void
cpd_member_row_free (CpdMemberRow *row)
{
  if (row == NULL)
    return;
  cp_member_free (row->member);
  g_free (row);
}

void
cpd_contact_row_free (CpdContactRow *row)
{
  if (row == NULL)
    return;
  cp_member_free (row->member);
  g_free (row);
}

/* SQL: the name of membership m that a manager may see, where contact is the name that the EHR has for it, if that is
 * shared. Of an account that was there before and has not accepted yet nothing shows but the address that was typed. */
#define SHOWN_NAME(contact, shared)                                                                                    \
  "iif (m.named, a.name, coalesce (iif (" shared ", " contact ", NULL), " CPD_SHOWN_EMAIL "))"

/* SQL: the EHR's contact of membership m: the one that was named when the member was added, or else the only one with
 * the member's address. */
#define CONTACT                                                                                                        \
  "coalesce (m.contact, (SELECT iif (count (*) = 1, min (x.id), NULL) FROM contact x"                                  \
  " WHERE x.patient = m.patient AND x.removed IS NULL AND x.email = " CPD_SHOWN_EMAIL " COLLATE NOCASE))"

/* SQL: the newest invitation of membership m, since that began or began anew. */
#define NEWEST_INVITATION "(SELECT max (id) FROM invitation WHERE membership = m.id AND created >= m.created)"

/* SQL: what every row tells of a member after CPD_FACTS; cpd_member_version() is of that. */
#define COMMON_COLUMNS                                                                                                 \
  ", m.account, m.until_days, m.public_id, m.ground, " CPD_SHOWN_EMAIL ", a.mobile, m.made_account, a.last_login"

/* SQL: when it goes or went out. */
#define INVITED "iif (" CPD_HAS_COME ("i.created", "?2") ", min (i.created, ?2), i.created)"

#define MEMBER_COLUMNS                                                                                                 \
  ", c.id, m.relation, m.named, " SHOWN_NAME (                                                                         \
      "c.name", "?3") ", a.username, iif (?3, c.relation, NULL), i.id, i.state, " INVITED ", i.expires, i.answered,"   \
                      " o.failed IS NOT NULL, i.inviter, a.last_login IS NULL"                                         \
                      " AND NOT EXISTS (SELECT 1 FROM credential k WHERE k.account = a.id AND k.kind = 0)"             \
                      " AND NOT EXISTS (SELECT 1 FROM membership x WHERE x.account = a.id AND x.id <> m.id)"

/* SQL: asked only of who has not accepted yet, for it is dear. */
#define COUNTING_PARTS "iif (m.state = 1, " CPD_COUNTING_PARTS ("?2") ", 0)"

/* ?1 is the patient, ?2 the time, ?3 whether contacts are shared. */
#define MEMBERS(which)                                                                                                 \
  "SELECT " CPD_FACTS COMMON_COLUMNS ", " COUNTING_PARTS MEMBER_COLUMNS                                                \
  " FROM membership m JOIN account a ON a.id = m.account"                                                              \
  " LEFT JOIN invitation i ON i.id = " NEWEST_INVITATION                                                               \
  " LEFT JOIN outbox o ON o.id = i.outbox LEFT JOIN contact c ON c.id = " CONTACT                                      \
  " WHERE m.patient = ?1 AND a.ended IS NULL AND " which " ORDER BY m.id LIMIT 1000"

/* A number and a user name show only of who got an account for this membership, and until that person comes in. */
static gboolean
is_way_in_shown (const CpdMemberRow *row)
{
  return row->made_account && row->last_login == 0;
}

/* CPD_FACTS and COMMON_COLUMNS. */
static CpdMemberRow *
take_common (CpdStmt *stmt)
{
  CpdMemberRow *row = g_new0 (CpdMemberRow, 1);

  cpd_take_facts (stmt, &row->facts);
  row->account = cpd_stmt_int (stmt, 7);
  row->until_days = cpd_stmt_int (stmt, 8);
  row->made_account = cpd_stmt_int (stmt, 13) != 0;
  row->last_login = cpd_stmt_int (stmt, 14);
  row->member = cp_member_new ();
  row->member->id = cpd_stmt_dup_text (stmt, 9);
  row->member->ground = cpd_stmt_dup_text (stmt, 10);
  row->member->email = cpd_stmt_dup_text (stmt, 11);
  if (is_way_in_shown (row))
    row->member->mobile = cpd_stmt_dup_text (stmt, 12);
  return row;
}

static void
take_numbers (CpdStmt *stmt, CpdMemberRow *row)
{
  row->counting = (guint) cpd_stmt_int (stmt, 15);
  row->contact = cpd_stmt_int (stmt, 16);
  row->client = g_strcmp0 (cpd_stmt_text (stmt, 17), CP_RELATION_CLIENT) == 0;
  row->invitation = cpd_stmt_int (stmt, 22);
  row->invitation_state = (int) cpd_stmt_int (stmt, 23);
  row->invited = cpd_stmt_int (stmt, 24);
  row->expires = cpd_stmt_int (stmt, 25);
  row->answered = cpd_stmt_int (stmt, 26);
  row->undelivered = cpd_stmt_int (stmt, 27) != 0;
  row->inviter = cpd_stmt_int (stmt, 28);
  row->untouched = cpd_stmt_int (stmt, 29) != 0;
}

static void
take_person (CpdStmt *stmt, CpdMemberRow *row)
{
  CpMember *member = row->member;

  member->kind = row->client ? CP_MEMBER_CLIENT : CP_MEMBER_MEMBER;
  member->relation = cpd_stmt_dup_text (stmt, 17);
  member->last_login = cpd_stmt_int (stmt, 18) != 0 ? row->last_login : 0;
  member->name = cpd_stmt_dup_text (stmt, 19);
  if (is_way_in_shown (row))
    member->username = cpd_stmt_dup_text (stmt, 20);
  member->relation_words = cpd_stmt_dup_text (stmt, 21);
}

static CpdMemberRow *
take_row (CpdStmt *stmt)
{
  CpdMemberRow *row = take_common (stmt);

  take_numbers (stmt, row);
  take_person (stmt, row);
  return row;
}

static gint64
shares_contacts (const CpdGrant *grant)
{
  return cpd_grant_shares (grant, CP_FRESH_CONTACTS);
}

/**
 * cpd_store_members:
 *
 * Returns: (transfer full) (element-type CpdMemberRow): in the order in which they came; NULL with an error.
 */
GPtrArray *
cpd_store_members (CpdDb *db, const CpdGrant *grant, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_member_row_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, MEMBERS ("TRUE"), "iii", grant->patient, now, shares_contacts (grant));

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (rows, take_row (stmt));
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
}

/* What is dear, a contact and an invitation, is looked for only where it tells something. */
#define NAME_OF_TOLD SHOWN_NAME ("(SELECT name FROM contact WHERE id = " CONTACT ")", "?6")
#define DECLINED_INVITATION "iif (m.state = 3, " NEWEST_INVITATION ", NULL)"

/* The arguments are those of the function, in their order. The first condition follows from the others: it is that of
 * the index, by which nobody else of the patient is looked at. */
#define TOLD                                                                                                           \
  " FROM membership m INDEXED BY membership_told JOIN account a ON a.id = m.account"                                   \
  " LEFT JOIN invitation i ON i.id = " DECLINED_INVITATION                                                             \
  " WHERE m.patient = ?1 AND (m.state = 3 OR m.until IS NOT NULL) AND a.ended IS NULL"                                 \
  " AND ((m.state = 2 AND m.until > ?2 AND m.until <= ?3) OR (m.state = 3 AND i.answered > ?5"                         \
  " AND (i.inviter = ?4 OR NOT " CPD_MANAGED ("?1", "?2", "g.account = i.inviter") "))) ORDER BY m.id LIMIT 1000"

static CpdMemberRow *
take_told (CpdStmt *stmt)
{
  CpdMemberRow *row = take_common (stmt);

  row->answered = cpd_stmt_int (stmt, 15);
  row->member->name = cpd_stmt_dup_text (stmt, 16);
  return row;
}

/**
 * cpd_store_members_told:
 *
 * Returns: (transfer full) (element-type CpdMemberRow): in the order in which they came; NULL with an error.
 */
GPtrArray *
cpd_store_members_told (CpdDb *db, const CpdGrant *grant, CpTime now, CpTime before, gint64 inviter, CpTime since,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_member_row_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT " CPD_FACTS COMMON_COLUMNS ", i.answered, " NAME_OF_TOLD TOLD, "iiiiii",
                    grant->patient, now, before, inviter, since, shares_contacts (grant));

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (rows, take_told (stmt));
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * cpd_store_member_get:
 *
 * Returns: (transfer full): NULL with an error, CP_ERROR_NOT_FOUND when there is none.
 */
CpdMemberRow *
cpd_store_member_get (CpdDb *db, const CpdGrant *grant, const char *public_id, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, MEMBERS ("m.public_id = ?4"), "iiit", grant->patient, now,
                                           shares_contacts (grant), public_id);

  if (cpd_stmt_next (stmt, &local))
    return take_row (stmt);
  if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such member of this patient");
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * cpd_store_member_find:
 * @row: (out) (transfer full) (nullable)
 */
gboolean
cpd_store_member_find (CpdDb *db, gint64 patient, gint64 account, CpTime now, CpdMemberRow **row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, MEMBERS ("m.account = ?4"), "iiii", patient, now, (gint64) FALSE, account);

  *row = cpd_stmt_next (stmt, &local) ? take_row (stmt) : NULL;
  return cpd_result (&local, error);
}

static CpdContactRow *
take_contact (CpdStmt *stmt)
{
  CpdContactRow *row = g_new0 (CpdContactRow, 1);

  row->id = cpd_stmt_int (stmt, 0);
  row->member = cp_member_new ();
  row->member->id = cpd_stmt_dup_text (stmt, 1);
  row->member->kind = CP_MEMBER_CONTACT;
  row->member->state = CP_MEMBER_KNOWN;
  row->member->name = cpd_stmt_dup_text (stmt, 2);
  row->member->relation_words = cpd_stmt_dup_text (stmt, 3);
  row->member->mobile = cpd_stmt_dup_text (stmt, 4);
  row->member->email = cpd_stmt_dup_text (stmt, 5);
  return row;
}

/**
 * cpd_store_member_contacts:
 *
 * Returns: (transfer full) (element-type CpdContactRow): in the order of the EHR; NULL with an error.
 */
GPtrArray *
cpd_store_member_contacts (CpdDb *db, const CpdGrant *grant, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_contact_row_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT id, public_id, name, relation, phone, email FROM contact"
                    " WHERE patient = ? AND removed IS NULL AND hidden = 0 ORDER BY position, id LIMIT 200",
                    "i", grant->patient);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (rows, take_contact (stmt));
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * cpd_store_member_client:
 *
 * Returns: (transfer full): NULL with an error.
 */
CpMember *
cpd_store_member_client (CpdDb *db, const CpdGrant *grant, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT public_id, name FROM patient WHERE id = ?", "i", grant->patient);
  CpMember *member;

  if (!cpd_stmt_next (stmt, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no such patient");
      return NULL;
    }
  member = cp_member_new ();
  member->id = cpd_stmt_dup_text (stmt, 0);
  member->name = cpd_stmt_dup_text (stmt, 1);
  member->relation = g_strdup (CP_RELATION_CLIENT);
  member->kind = CP_MEMBER_CLIENT;
  member->state = CP_MEMBER_KNOWN;
  return member;
}
