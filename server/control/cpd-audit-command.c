/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-audit-command.h"

#include "cpd-store-audit.h"

const char *const cpd_audit_options[] = { "verify: follow the chain of the log from its first row to its last", NULL };

/* In one reading of the database, so that rows may be added meanwhile. */
static gboolean
verify (CpdDb *db, gint64 *n_rows, GError **error)
{
  gboolean fits;

  if (!cpd_db_begin_read (db, error))
    return FALSE;
  fits = cpd_store_audit_verify (db, n_rows, error);
  cpd_db_end_read (db);
  return fits;
}

/**
 * cpd_audit_command:
 */
gboolean
cpd_audit_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  g_autoptr (CpdDb) db = NULL;
  gint64 n_rows = 0;

  if (!g_hash_table_contains (arguments, "verify"))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--verify is what it can do");
      return FALSE;
    }
  db = cpd_db_open (context->config->database, CPD_DB_READER, error);
  if (db == NULL || !verify (db, &n_rows, error))
    return FALSE;
  g_string_append_printf (out, "%" G_GINT64_FORMAT " rows, each fits the one before it.\n", n_rows);
  return TRUE;
}
