/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-reading.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-facts-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-ehr-row.h"

/* Whose numbers are shown is told by the address that a manager may see: who has accepted has none but the account's,
 * and a manager who looks through somebody who has not is not to learn whether their own address is that of a contact.
 */
static gboolean
add_contacts (CpdDb *db, const CpdGrant *grant, CpProfile *profile, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean all = (grant->parts & CP_PART_SETTINGS) != 0;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT name, relation, role, phone, email,"
      " email IS NOT NULL AND email = (SELECT " CPD_SHOWN_EMAIL " FROM membership m JOIN account a ON a.id = m.account"
      " WHERE m.id = ?) COLLATE NOCASE"
      " FROM contact WHERE patient = ? AND removed IS NULL AND hidden = 0 ORDER BY position, id LIMIT 200",
      "ii", grant->membership, grant->patient);

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

static gboolean
has_member (const GPtrArray *members, const CpCareTeamMember *member)
{
  for (guint i = 0; i < members->len; i++)
    {
      const CpCareTeamMember *other = g_ptr_array_index (members, i);

      if (strcmp (other->name, member->name) == 0 && g_strcmp0 (other->role, member->role) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Those of every team of the patient, each once. */
static gboolean
add_care_team (CpdDb *db, const CpdGrant *grant, CpProfile *profile, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT body FROM plan_piece WHERE patient = ? AND type = 'CareTeam'"
                                           " AND removed IS NULL ORDER BY id LIMIT 50",
                                           "i", grant->patient);

  while (cpd_stmt_next (stmt, &local))
    {
      const char *body = cpd_stmt_text (stmt, 0);
      g_autoptr (JsonNode) node = cp_json_parse (body, strlen (body), CP_JSON_DEPTH, &local);
      g_autoptr (CpdCareTeam) team =
          node != NULL ? cp_record_from_json (&cpd_care_team_record, node, CP_RECORD_STRICT, &local) : NULL;

      if (team == NULL)
        break;
      while (team->members->len > 0 && profile->care_team->len < 1000)
        {
          CpCareTeamMember *member = g_ptr_array_steal_index (team->members, 0);

          if (has_member (profile->care_team, member))
            cp_care_team_member_free (member);
          else
            g_ptr_array_add (profile->care_team, member);
        }
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_profile:
 *
 * Returns: (transfer full) (nullable): NULL without an error when nothing was fetched yet.
 */
CpProfile *
cpd_store_profile (CpdDb *db, const CpdGrant *grant, GError **error)
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
  if (profile == NULL || !add_contacts (db, grant, profile, error) || !add_care_team (db, grant, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}
