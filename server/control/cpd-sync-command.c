/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-sync-command.h"

#include "cpd-store-ehr-server.h"
#include "cpd-store-quarantine.h"

#define QUARANTINE_SHOWN 50

const char *const cpd_sync_options[] = {
  "status: show how each type went, fetch nothing",
  "accept-removals: believe that very much is gone at once, for this run",
  NULL,
};

#define PROBLEMS_SHOWN 20

static const char *const mode_words[] = { "", ", by changes", ", read whole each time", ", not offered" };

/* "Observation  last success 2026-03-03T08:00:04+01:00, by changes, 812 shown, 1 in quarantine, 3 odd" */
static gboolean
append_type (CpdDb *db, const CpdConfig *config, const char *type, GString *out, GError **error)
{
  CpdEhrTypeState state;
  CpdEhrTypeMode mode;
  CpdEhrStanding standing = { 0 };
  gint64 shown;
  g_autofree char *when = NULL;

  if (!cpd_store_ehr_type_state (db, config->source_name, type, &state, error) ||
      !cpd_store_ehr_mode (db, config->source_name, type, &mode, error) ||
      !cpd_store_ehr_count (db, config->source_name, type, &shown, error) ||
      !cpd_store_ehr_standing (db, config->source_name, type, &standing, error))
    return FALSE;
  when = state.last_success != 0 ? cp_time_format (state.last_success, config->zone) : g_strdup ("never");
  g_string_append_printf (out, "%-24s last success %s%s, %" G_GINT64_FORMAT " shown", type, when,
                          mode_words[CLAMP (mode.mode, 0, CPD_EHR_MODE_NONE)], shown);
  if (standing.quarantined > 0)
    g_string_append_printf (out, ", %" G_GINT64_FORMAT " in quarantine", standing.quarantined);
  if (standing.odd > 0)
    g_string_append_printf (out, ", %" G_GINT64_FORMAT " odd", standing.odd);
  g_string_append_printf (out, "%s%s\n", state.failed ? ", the last attempt failed: " : "",
                          state.failed && standing.error != NULL ? standing.error : "");
  g_free (standing.error);
  return TRUE;
}

static void
append_problem_cb (const char *place, const char *type, const char *id, const char *reason, gpointer data)
{
  g_string_append_printf (data, "  %s: %s%s%s: %s\n", place, type != NULL ? type : "?", id != NULL ? "/" : "",
                          id != NULL ? id : "", reason);
}

static gboolean
append_put_back (CpdDb *db, const CpdConfig *config, GString *out, GError **error)
{
  gint64 n;

  if (!cpd_store_ehr_count_put_back (db, config->source_name, &n, error))
    return FALSE;
  if (n > 0)
    g_string_append_printf (out,
                            "A backup was put back: %" G_GINT64_FORMAT
                            " clients are shown nothing of it until a run has"
                            " read everything, and found out all that is gone\n",
                            n);
  return TRUE;
}

static gboolean
append_status (CpdDb *db, const CpdConfig *config, GString *out, GError **error)
{
  for (int i = 0; cpd_ehr_sync_types[i] != NULL; i++)
    if (!append_type (db, config, cpd_ehr_sync_types[i], out, error))
      return FALSE;
  return append_put_back (db, config, out, error) &&
         cpd_store_ehr_each_problem (db, config->source_name, PROBLEMS_SHOWN, append_problem_cb, out, error);
}

/* Which resources could not be understood, and why; no word of what they say. */
static gboolean
append_quarantine (CpdDb *db, const CpdConfig *config, GString *out, GError **error)
{
  gint64 total;
  g_autoptr (GPtrArray) list = cpd_store_quarantine_list (db, config->source_name, QUARANTINE_SHOWN, &total, error);

  if (list == NULL)
    return FALSE;
  g_string_append_printf (out, "%-24s %" G_GINT64_FORMAT "\n", "In quarantine", total);
  for (guint i = 0; i < list->len; i++)
    {
      const CpdQuarantined *quarantined = g_ptr_array_index (list, i);
      g_autofree char *since = cp_time_format (quarantined->since, config->zone);

      g_string_append_printf (out, "  %s%s%s since %s: %s\n", quarantined->type,
                              g_str_equal (quarantined->id, quarantined->place) ? " in " : "/", quarantined->id, since,
                              quarantined->reason);
    }
  if (total > list->len)
    g_string_append_printf (out, "  and %" G_GINT64_FORMAT " more\n", total - list->len);
  return TRUE;
}

static gboolean
show_status (const CpdCommandContext *context, GString *out, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (context->config->database, CPD_DB_READER, error);

  return db != NULL && append_status (db, context->config, out, error) &&
         append_quarantine (db, context->config, out, error);
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

/* What the source does not grant is as it should be. */
static gboolean
has_failed (const CpdEhrSyncReport *report)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (report->types[i].error != NULL && !report->types[i].withheld)
      return TRUE;
  return FALSE;
}

static gboolean
run_here (const CpdCommandContext *context, gboolean accept_removals, GString *out, GError **error)
{
  g_auto (CpdEhrSyncReport) report = { 0 };
  const CpdEhrSync sync = {
    .config = context->config, .keys = context->keys, .writer = context->writer, .accept_removals = accept_removals
  };

  if (!cpd_ehr_sync_run (&sync, NULL, &report, error))
    return FALSE;
  append_report (&report, out);
  if (!has_failed (&report))
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "not everything could be read; --status tells more\n%s", out->str);
  return FALSE;
}

/**
 * cpd_sync_command:
 *
 * In a running server its own thread fetches, so that no two runs meet.
 */
gboolean
cpd_sync_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  gboolean accept_removals = g_hash_table_contains (arguments, "accept-removals");

  if (g_hash_table_contains (arguments, "status"))
    return show_status (context, out, error);
  if (context->timer == NULL)
    return run_here (context, accept_removals, out, error);
  cpd_ehr_timer_run_now (context->timer, accept_removals);
  g_string_append (out, "Fetching now; clientportaald sync --status tells how it went.\n");
  return TRUE;
}
