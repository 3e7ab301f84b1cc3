/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-outbox-command.h"

#include "cpd-store-audit.h"
#include "cpd-store-outbox.h"

#define SHOWN 200

const char *const cpd_outbox_options[] = {
  "retry=ID: send it again now, also when it was given up",
  "drop=ID: give it up; it is not listed any more",
  NULL,
};

typedef struct
{
  gint64 id;
  gboolean drop;
} Change;

static void
append_one (const CpdOutboxListed *listed, GTimeZone *zone, GString *out)
{
  gboolean failed = listed->failed != 0;
  g_autofree char *when = cp_time_format (failed ? listed->failed : listed->next_try, zone);

  g_string_append_printf (out, "%6" G_GINT64_FORMAT "  %-4s  %-26s  %-20s  %s %s after %d %s", listed->id,
                          listed->kind == CPD_OUTBOX_SMS ? "sms" : "mail", listed->template_name,
                          listed->username != NULL ? listed->username : "-", failed ? "failed" : "waits for", when,
                          listed->tries, listed->tries == 1 ? "try" : "tries");
  if (listed->reason != NULL)
    g_string_append_printf (out, ": %s", listed->reason);
  g_string_append_c (out, '\n');
}

static gboolean
list (const CpdCommandContext *context, GString *out, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (context->config->database, CPD_DB_READER, error);
  gint64 total;
  g_autoptr (GPtrArray) rows = db != NULL ? cpd_store_outbox_list (db, SHOWN, &total, error) : NULL;

  if (rows == NULL)
    return FALSE;
  if (total == 0)
    g_string_append (out, "Nothing waits, and nothing has failed.\n");
  for (guint i = 0; i < rows->len; i++)
    append_one (g_ptr_array_index (rows, i), context->config->zone, out);
  if (total > rows->len)
    g_string_append_printf (out, "and %" G_GINT64_FORMAT " more\n", total - rows->len);
  return TRUE;
}

static gboolean
change_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Change *change = data;
  CpTime now = cp_time_now ();
  CpdAudit audit = { .at = now, .action = CPD_AUDIT_OUTBOX_RETRIED, .object = change->id };
  gboolean done;

  if (change->drop)
    audit.action = CPD_AUDIT_OUTBOX_DROPPED;
  if (!(change->drop ? cpd_store_outbox_drop (db, change->id, now, &done, error)
                     : cpd_store_outbox_try_again (db, change->id, now, &done, error)))
    return FALSE;
  if (done)
    return cpd_store_audit_add (db, &audit, error);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "no such message waits or has failed");
  return FALSE;
}

/**
 * cpd_outbox_command:
 */
gboolean
cpd_outbox_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  const char *drop = g_hash_table_lookup (arguments, "drop");
  const char *retry = g_hash_table_lookup (arguments, "retry");
  Change change = { .drop = drop != NULL };

  if (drop == NULL && retry == NULL)
    return list (context, out, error);
  if ((drop != NULL && retry != NULL) ||
      !g_ascii_string_to_signed (drop != NULL ? drop : retry, 10, 1, G_MAXINT64, &change.id, NULL))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--retry or --drop needs the number of one message");
      return FALSE;
    }
  if (!cpd_writer_run (context->writer, change_in_writer, &change, error))
    return FALSE;
  g_string_append (out, change.drop ? "It is given up.\n" : "It is sent again.\n");
  if (context->wake != NULL)
    context->wake (context->wake_data);
  return TRUE;
}
