/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-sync-command.h"

static gboolean
append_status (CpdDb *db, const CpdConfig *config, GString *out, GError **error)
{
  for (int i = 0; cpd_ehr_sync_types[i] != NULL; i++)
    {
      CpdEhrTypeState state;
      g_autofree char *when = NULL;
      if (!cpd_store_ehr_type_state (db, config->source_name, cpd_ehr_sync_types[i], &state, error))
        return FALSE;
      when = state.last_success != 0 ? cp_time_format (state.last_success, config->zone) : g_strdup ("never");
      g_string_append_printf (out, "%-24s last success %s%s\n", cpd_ehr_sync_types[i], when,
                              state.failed ? ", the last attempt failed" : "");
    }
  return TRUE;
}

static gboolean
show_status (const CpdCommandContext *context, GString *out, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (context->config->database, CPD_DB_READER, error);

  return db != NULL && append_status (db, context->config, out, error);
}

static void
append_report (const CpdEhrSyncReport *report, GString *out)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    g_string_append_printf (
        out, "%-24s %" G_GINT64_FORMAT " read, %" G_GINT64_FORMAT " written, %" G_GINT64_FORMAT " odd%s%s\n",
        report->types[i].type, report->types[i].read, report->types[i].written, report->types[i].odd,
        report->types[i].error != NULL ? ", failed: " : "",
        report->types[i].error != NULL ? report->types[i].error : "");
}

static gboolean
run_here (const CpdCommandContext *context, GString *out, GError **error)
{
  g_auto (CpdEhrSyncReport) report = { 0 };
  const CpdEhrSync sync = { .config = context->config, .keys = context->keys, .writer = context->writer };

  if (!cpd_ehr_sync_run (&sync, NULL, &report, error))
    return FALSE;
  append_report (&report, out);
  return TRUE;
}

/**
 * cpd_sync_command:
 *
 * In a running server its own thread fetches, so that no two runs meet.
 */
gboolean
cpd_sync_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  if (g_hash_table_contains (arguments, "status"))
    return show_status (context, out, error);
  if (context->timer == NULL)
    return run_here (context, out, error);
  cpd_ehr_timer_run_now (context->timer);
  g_string_append (out, "Fetching now; clientportaald sync --status tells how it went.\n");
  return TRUE;
}
