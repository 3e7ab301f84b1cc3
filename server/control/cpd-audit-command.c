/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-audit-command.h"

#include "cpd-audit-mark.h"

const char *const cpd_audit_options[] = {
  "verify: follow the log from its first row to its last, and look whether that is the last one that was written",
  "mark=LINE: with --verify: a mark that the server's own log kept, from “audit mark:” on",
  "accept-missing: you know why rows are missing; it is recorded, and --verify goes on to tell it",
  NULL,
};

typedef struct
{
  const CpdCommandContext *context;
  const char *line; /* (nullable): a mark that the operator kept */
  CpdAuditRow mark; /* of the file beside the database */
  gboolean marked;
  gboolean as_left; /* the file was as the server had left it */
  GString *out;
} Verify;

static gboolean
fail (GError **error, const char *text)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, text);
  return FALSE;
}

static char *
moment (CpTime at, const CpdConfig *config)
{
  return cp_time_format (at, config->zone);
}

/* What one row of the log says about the log, in words. */
static char *
words (const CpdAuditTold *told, const CpdConfig *config)
{
  const CpdAudit *row = &told->row;
  g_autofree char *at = moment (row->at, config);
  g_autofree char *first = moment (row->first, config);
  g_autofree char *last = moment (row->last, config);
  const char *who = row->action == CPD_AUDIT_RESTORED ? "a backup was put back" : "it was seen that rows are missing";

  if (row->action == CPD_AUDIT_MISSING_ACCEPTED)
    return g_strdup_printf ("row %" G_GINT64_FORMAT
                            " (%s): the operator knows why rows were missing at row %" G_GINT64_FORMAT,
                            told->id, at, row->object);
  if (row->action == CPD_AUDIT_RESTORED && row->count == 0)
    return g_strdup_printf ("row %" G_GINT64_FORMAT " (%s): %s that ended at row %" G_GINT64_FORMAT, told->id, at, who,
                            row->object);
  if (row->last == 0)
    return g_strdup_printf ("row %" G_GINT64_FORMAT
                            " (%s): the mark beside the database was gone, so that nobody can tell"
                            " whether rows followed row %" G_GINT64_FORMAT,
                            told->id, at, row->object);
  if (row->count == 0)
    return g_strdup_printf ("row %" G_GINT64_FORMAT " (%s): %s: other rows stood here than those that were written"
                            " until %s",
                            told->id, at, who, last);
  return g_strdup_printf ("row %" G_GINT64_FORMAT " (%s): %s: %" G_GINT64_FORMAT
                          " rows that followed row %" G_GINT64_FORMAT
                          ", written after %s and until %s, are not in this database",
                          told->id, at, who, row->count, row->object, first, last);
}

static gboolean
is_accepted (const GArray *told, const CpdAuditTold *missing)
{
  for (guint i = 0; i < told->len; i++)
    {
      const CpdAuditTold *one = &g_array_index (told, CpdAuditTold, i);
      if (one->row.action == CPD_AUDIT_MISSING_ACCEPTED && one->row.object == missing->id)
        return TRUE;
    }
  return FALSE;
}

/* (transfer none) (nullable): the first that nobody has looked into. */
static const CpdAuditTold *
unexplained (const GArray *told)
{
  for (guint i = 0; i < told->len; i++)
    {
      const CpdAuditTold *one = &g_array_index (told, CpdAuditTold, i);
      if (one->row.action == CPD_AUDIT_ROWS_MISSING && !is_accepted (told, one))
        return one;
    }
  return NULL;
}

static gboolean
tell_gaps (CpdDb *db, const Verify *verify, GError **error)
{
  g_autoptr (GArray) told = cpd_store_audit_told (db, error);
  const CpdAuditTold *open = told != NULL ? unexplained (told) : NULL;
  g_autofree char *text = open != NULL ? words (open, verify->context->config) : NULL;

  if (told == NULL)
    return FALSE;
  for (guint i = 0; i < told->len; i++)
    {
      g_autofree char *line = words (&g_array_index (told, CpdAuditTold, i), verify->context->config);
      g_string_append_printf (verify->out, "%s.\n", line);
    }
  if (open == NULL)
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT,
               "%s. Did you put a copy back by hand? Then --accept-missing says so; if not, somebody removed them",
               text);
  return FALSE;
}

static gboolean
look_at_end (CpdDb *db, const Verify *verify, GError **error)
{
  CpdAuditRow newest;
  gboolean reaches;

  if (!verify->marked)
    return fail (error, "the mark beside the database is gone: whether rows are missing at the end cannot be told");
  if (!cpd_store_audit_newest (db, &newest, error) || !cpd_store_audit_reaches (db, &verify->mark, &reaches, error))
    return FALSE;
  if (reaches && !verify->as_left)
    return fail (error, "no row is missing at the end, but the mark beside the database was not the one that the server"
                        " had left there: somebody replaced it. It is written again");
  if (reaches)
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT,
               "the log ends at row %" G_GINT64_FORMAT ", but it had come to row %" G_GINT64_FORMAT
               " and that one is not there as it was written",
               newest.id, verify->mark.id);
  return FALSE;
}

/* A mark of before a copy was put back, or rows were lost, is of rows that are known to be missing. */
static gboolean
look_at_line (CpdDb *db, const Verify *verify, GError **error)
{
  CpdAuditRow row;
  gboolean reaches;

  if (verify->line == NULL)
    return TRUE;
  if (!cpd_audit_mark_parse (verify->context->keys, verify->line, &row))
    return fail (error, "--mark is no mark that was made with this key file");
  if (!cpd_store_audit_reaches (db, &row, &reaches, error))
    return FALSE;
  if (reaches)
    g_string_append_printf (verify->out, "Row %" G_GINT64_FORMAT " is there as the mark says.\n", row.id);
  else
    g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT,
                 "row %" G_GINT64_FORMAT " is not there as the mark says; was a copy put back since?", row.id);
  return reaches;
}

static gboolean
verify_all (CpdDb *db, const Verify *verify, GError **error)
{
  gint64 n_rows;

  if (!cpd_store_audit_verify (db, &n_rows, error) || !look_at_end (db, verify, error) ||
      !tell_gaps (db, verify, error) || !look_at_line (db, verify, error))
    return FALSE;
  g_string_append_printf (verify->out,
                          "%" G_GINT64_FORMAT " rows, each fits the one before it, and the last one written"
                          " is there.\n",
                          n_rows);
  return TRUE;
}

/* In one reading of the database, so that rows may be added meanwhile. The mark is read before: it is never ahead. */
static gboolean
run_verify (const CpdCommandContext *context, const char *line, GString *out, GError **error)
{
  Verify verify = { .context = context, .line = line, .out = out };
  g_autoptr (CpdDb) db = NULL;
  gboolean fits;

  if (!cpd_writer_look_at_mark (context->writer, &verify.as_left, error))
    return FALSE;
  verify.marked = cpd_audit_mark_read (context->keys, context->config->database, &verify.mark);
  db = cpd_db_open (context->config->database, CPD_DB_READER, error);
  if (db == NULL || !cpd_db_begin_read (db, error))
    return FALSE;
  fits = verify_all (db, &verify, error);
  cpd_db_end_read (db);
  return fits;
}

static gboolean
accept_in_writer (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (GArray) told = cpd_store_audit_told (db, error);
  const CpdAuditTold *open;
  CpdAudit row = { .at = cp_time_now (), .action = CPD_AUDIT_MISSING_ACCEPTED };

  if (told == NULL)
    return FALSE;
  open = unexplained (told);
  if (open == NULL)
    return fail (error, "nothing is missing that you did not accept");
  row.object = open->id;
  return cpd_store_audit_add (db, &row, error);
}

/**
 * cpd_audit_command:
 */
gboolean
cpd_audit_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  const char *line = g_hash_table_lookup (arguments, "mark");
  gboolean accept = g_hash_table_contains (arguments, "accept-missing");

  if (accept != g_hash_table_contains (arguments, "verify") && !(accept && line != NULL))
    {
      if (!accept)
        return run_verify (context, line, out, error);
      g_string_append (out, "It is recorded.\n");
      return cpd_writer_run (context->writer, accept_in_writer, NULL, error);
    }
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
                       "either --verify, if you like with --mark, or"
                       " --accept-missing");
  return FALSE;
}
