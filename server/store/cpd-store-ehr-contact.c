/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-contact.h"

#include "cpd-ehr-rows-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

static void
kept_free (gpointer data)
{
  CpdEhrKeptContact *kept = data;

  g_free (kept->id);
  cpd_ehr_contact_free (kept->content);
  g_free (kept);
}

/**
 * cpd_store_ehr_kept_contacts:
 * @fhir_id: of the Patient
 *
 * Returns: (transfer full) (nullable) (element-type CpdEhrKeptContact): NULL with @error.
 */
GPtrArray *
cpd_store_ehr_kept_contacts (CpdDb *db, gint64 patient, const char *source, const char *fhir_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (kept_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed,
                    "SELECT fhir_id, removed IS NOT NULL, name, relation, phone FROM contact WHERE source = ?1"
                    " AND type = 'Patient' AND " CPD_IS_ROW_OF ("?2") " AND +patient = ?3 ORDER BY id",
                    "tti", source, fhir_id, patient);

  while (cpd_stmt_next (stmt, &failed))
    {
      CpdEhrKeptContact *kept = g_new0 (CpdEhrKeptContact, 1);

      kept->id = cpd_stmt_dup_text (stmt, 0);
      kept->removed = cpd_stmt_int (stmt, 1) != 0;
      kept->content = g_new0 (CpdEhrContact, 1);
      kept->content->name = cpd_stmt_dup_text (stmt, 2);
      kept->content->relation = cpd_stmt_dup_text (stmt, 3);
      kept->content->phone = cpd_stmt_dup_text (stmt, 4);
      g_ptr_array_add (all, kept);
    }
  return cpd_result (&failed, error) ? g_steal_pointer (&all) : NULL;
}

/**
 * cpd_store_ehr_has_own_contact:
 *
 * Returns: FALSE also when that cannot be said.
 */
gboolean
cpd_store_ehr_has_own_contact (CpdDb *db, gint64 patient, const CpdEhrContact *contact)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, NULL,
                    "SELECT 1 FROM contact WHERE patient = ?1 AND type = 'Patient' AND removed IS NULL AND name = ?2"
                    " AND coalesce (phone = ?3, 1)",
                    "itt", patient, contact->name, contact->phone);

  return cpd_stmt_next (stmt, NULL);
}
