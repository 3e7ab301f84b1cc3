/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-erase.h"

#include "cpd-db-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-audit.h"
#include "cpd-store-session.h"

/* SQL: the resources of the EHR that something of the client was made of. */
#define RESOURCES                                                                                                      \
  "SELECT source, type, fhir_id FROM item WHERE patient = ?1"                                                          \
  " UNION ALL SELECT r.source, r.type, r.fhir_id FROM item_replaced r JOIN item ON item.id = r.item"                   \
  " WHERE item.patient = ?1"                                                                                           \
  " UNION ALL SELECT source, type, fhir_id FROM appointment WHERE patient = ?1"                                        \
  " UNION ALL SELECT source, type, fhir_id FROM care_plan WHERE patient = ?1"                                          \
  " UNION ALL SELECT source, type, fhir_id FROM contact WHERE patient = ?1"                                            \
  " UNION ALL SELECT source, type, fhir_id FROM plan_piece WHERE patient = ?1"

/* SQL: the Patients of the EHR that the client is and was. */
#define PATIENTS                                                                                                       \
  "SELECT source, fhir_id FROM patient WHERE id = ?1"                                                                  \
  " UNION SELECT p.source, e.fhir_id FROM patient_earlier e JOIN patient p ON p.id = e.patient WHERE p.id = ?1"

/* In this order, since each lets go of what the next one deletes. ?1 is the client, ?2 the time. */
static const char *const of_client[] = {
  "DELETE FROM sync_quarantine WHERE ((source, type, fhir_id) IN (" RESOURCES ") OR patient = ?1) AND ?2",
  "DELETE FROM ehr_lacking WHERE ((source, type, fhir_id) IN (" RESOURCES ") OR patient = ?1) AND ?2",
  /* The words of goals and plans are names too; of what could not be fetched there is no body. */
  "DELETE FROM ehr_name WHERE ((source, key) IN (SELECT source, type || '/' || fhir_id FROM (" RESOURCES "))"
  " OR (source, iif (body = '', NULL, body ->> '$.subject.reference')) IN"
  " (SELECT source, 'Patient/' || fhir_id FROM (" PATIENTS "))) AND ?2",
  "INSERT INTO item_search (item_search, rowid, title, author, text)"
  " SELECT 'delete', id, title, author, text FROM item WHERE patient = ?1 AND removed IS NULL AND ?2",
  "DELETE FROM item_replaced WHERE item IN (SELECT id FROM item WHERE patient = ?1) AND ?2",
  "DELETE FROM item_read WHERE item IN (SELECT id FROM item WHERE patient = ?1) AND ?2",
  "DELETE FROM item_line WHERE item IN (SELECT id FROM item WHERE patient = ?1) AND ?2",
  "DELETE FROM item_version WHERE item IN (SELECT id FROM item WHERE patient = ?1) AND ?2",
  "DELETE FROM attachment WHERE item IN (SELECT id FROM item WHERE patient = ?1) AND ?2",
  "DELETE FROM summary WHERE patient = ?1 AND ?2",
  "DELETE FROM item WHERE patient = ?1 AND ?2",
  "DELETE FROM item_month WHERE patient = ?1 AND ?2",
  "DELETE FROM item_author WHERE patient = ?1 AND ?2",
  "DELETE FROM care_plan_key WHERE care_plan IN (SELECT id FROM care_plan WHERE patient = ?1) AND ?2",
  "DELETE FROM care_plan_version WHERE care_plan IN (SELECT id FROM care_plan WHERE patient = ?1) AND ?2",
  "UPDATE care_plan SET part_of = NULL WHERE patient = ?1 AND ?2",
  "DELETE FROM care_plan WHERE patient = ?1 AND ?2",
  "DELETE FROM plan_piece WHERE patient = ?1 AND ?2",
  "DELETE FROM appointment WHERE patient = ?1 AND ?2",
  "DELETE FROM profile WHERE patient = ?1 AND ?2",
  /* A mark of who has died has a sign behind the id (server/ehr/cpd-ehr-progress.c). */
  "DELETE FROM ehr_mark WHERE (source, rtrim (subject, '#')) IN (" PATIENTS ") AND ?2",
  "DELETE FROM patient_earlier WHERE patient = ?1 AND ?2",
  "DELETE FROM outbox WHERE membership IN (SELECT id FROM membership WHERE patient = ?1) AND ?2",
  "DELETE FROM invitation WHERE membership IN (SELECT id FROM membership WHERE patient = ?1)"
  " AND id < (SELECT max (id) FROM invitation) AND ?2",
  "UPDATE invitation SET state = 4, inviter = NULL WHERE membership IN (SELECT id FROM membership WHERE patient = ?1)"
  " AND ?2",
  "UPDATE membership_part SET ended = coalesce (ended, ?2)"
  " WHERE membership IN (SELECT id FROM membership WHERE patient = ?1)",
  "UPDATE membership SET state = 4, ended = coalesce (ended, ?2), relation = NULL, ground = NULL, email = NULL,"
  " contact = NULL, visited = NULL, visited_before = NULL, unread_since = NULL WHERE patient = ?1",
  "DELETE FROM contact WHERE patient = ?1 AND ?2",
  /* What a run knew of the lines of files; the next one reads everything. */
  "DELETE FROM ehr_recall_page WHERE source = (SELECT source FROM patient WHERE id = ?1) AND ?2",
  "DELETE FROM ehr_recall WHERE source = (SELECT source FROM patient WHERE id = ?1) AND ?2",
  "DELETE FROM sync_problem WHERE source = (SELECT source FROM patient WHERE id = ?1) AND ?2",
};

/* Of an account, ?1. */
static const char *const of_account[] = {
  "DELETE FROM credential WHERE account = ?1 AND ?2",
  "DELETE FROM totp WHERE account = ?1 AND ?2",
  "DELETE FROM given_code WHERE account = ?1 AND ?2",
  "DELETE FROM email_change WHERE account = ?1 AND ?2",
  "DELETE FROM link WHERE account = ?1 AND ?2",
  "DELETE FROM change WHERE account = ?1 AND ?2",
  "DELETE FROM outbox WHERE account = ?1 AND ?2",
  "DELETE FROM sms_code WHERE attempt IN (SELECT id FROM login_attempt WHERE account = ?1) AND ?2",
  "UPDATE login_attempt SET expires = min (expires, ?2), mobile = NULL, device_name = NULL WHERE account = ?1",
  "UPDATE device SET name = NULL WHERE account = ?1 AND ?2",
  ("UPDATE account SET ended = coalesce (ended, ?2), last_login = NULL, previous_login = NULL, quiet_from = NULL,"
   " quiet_until = NULL, news_told = 0, news_waiting = 0 WHERE id = ?1"),
  "UPDATE membership SET visited = NULL, visited_before = NULL, unread_since = NULL WHERE account = ?1 AND ?2",
  "UPDATE account SET name = '', given_name = '', mobile = NULL WHERE id = ?1 AND ?2",
  "UPDATE account SET username = 'erased:' || id, email = 'erased:' || id WHERE id = ?1 AND ?2",
};

static gboolean
run_all (CpdDb *db, const char *const *statements, gsize n, gint64 id, CpTime now, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!cpd_db_run (db, error, statements[i], "ii", id, now))
      return FALSE;
  return TRUE;
}

/* (element-type gint64): who has a membership of this client and of nobody else whose rows are still there. */
static GArray *
only_here (CpdDb *db, gint64 patient, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT account FROM membership m WHERE patient = ?1 AND NOT EXISTS (SELECT 1 FROM membership o"
      " JOIN patient p ON p.id = o.patient WHERE o.account = m.account AND p.id <> ?1 AND p.source <> '')",
      "i", patient);

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 account = cpd_stmt_int (stmt, 0);
      g_array_append_val (accounts, account);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&accounts) : NULL;
}

static gboolean
erase_accounts (CpdDb *db, CpdErase *erase, GError **error)
{
  g_autoptr (GArray) accounts = only_here (db, erase->patient, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      gint64 account = g_array_index (accounts, gint64, i);
      CpdAudit told = { .at = erase->now, .action = CPD_AUDIT_ERASED, .account = account };
      if (!cpd_store_session_close (db, account, erase->now, error) ||
          !run_all (db, of_account, G_N_ELEMENTS (of_account), account, erase->now, error) ||
          !cpd_store_audit_add (db, &told, error))
        return FALSE;
    }
  erase->n_accounts = (int) accounts->len;
  return TRUE;
}

/* Of no source: no run over the EHR looks for it, and it may be enrolled anew. */
static gboolean
empty_patient (CpdDb *db, const CpdErase *erase, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE patient SET source = '', identifier_hash = randomblob (32), identifier_sealed = ?2,"
                     " fhir_id = NULL, name = '', short_name = '', birth_date = NULL, plans_dirty = 0, loaded = NULL"
                     " WHERE id = ?1",
                     "iy", erase->patient, erase->nobody);
}

/**
 * cpd_erase:
 *
 * The index of words is written anew too: it keeps what was taken out until then.
 */
gboolean
cpd_erase (CpdDb *db, gpointer data, GError **error)
{
  CpdErase *erase = data;
  CpdAudit told = { .at = erase->now, .action = CPD_AUDIT_ERASED, .patient = erase->patient };

  /* Nothing of it stays in the pages that become free, whatever comes after. */
  return cpd_db_exec (db, "PRAGMA secure_delete=ON", error) &&
         run_all (db, of_client, G_N_ELEMENTS (of_client), erase->patient, erase->now, error) &&
         erase_accounts (db, erase, error) && empty_patient (db, erase, error) &&
         cpd_db_run (db, error, "INSERT INTO item_search (item_search) VALUES ('optimize')", "") &&
         cpd_store_audit_add (db, &told, error);
}

/**
 * cpd_erase_rewrite:
 */
gboolean
cpd_erase_rewrite (const char *database, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (database, CPD_DB_WRITER, error);

  return db != NULL && cpd_db_vacuum (db, error) && cpd_db_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}
