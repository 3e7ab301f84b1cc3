/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-manager.h"

#include "cp-part.h"
#include "cpd-open-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_managers:
 *
 * Returns: (transfer full) (element-type CpdManager): in the order in which they came; NULL with an error.
 */
GArray *
cpd_store_managers (CpdDb *db, gint64 patient, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) managers = g_array_new (FALSE, FALSE, sizeof (CpdManager));
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT m.account, m.id, m.until IS NULL FROM membership m"
                    " JOIN membership_part p ON p.membership = m.id AND p.ended IS NULL AND p.part = ?1"
                    " WHERE m.patient = ?2 AND " CPD_IS_OPEN ("m", "?3") " ORDER BY m.id",
                    "iii", (gint64) CP_PART_SETTINGS, patient, now);

  while (cpd_stmt_next (stmt, &local))
    {
      const CpdManager manager = { cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), cpd_stmt_int (stmt, 2) != 0 };
      g_array_append_val (managers, manager);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&managers) : NULL;
}

/**
 * cpd_managers_stay_without:
 * @managers: (nullable): nobody
 */
gboolean
cpd_managers_stay_without (GArray *managers, gint64 membership)
{
  for (guint i = 0; managers != NULL && i < managers->len; i++)
    {
      const CpdManager *manager = &g_array_index (managers, CpdManager, i);
      if (manager->for_good && manager->membership != membership)
        return TRUE;
    }
  return FALSE;
}
