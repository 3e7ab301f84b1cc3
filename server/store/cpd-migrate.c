/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-migrate.h"

#include "cpd-copy.h"
#include "cpd-db-private.h"
#include "cpd-schema.h"
#include "cpd-stmt.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/* What the copy before a step is called: PATH.schema-N, and until it is whole PATH.schema-N.new. */
#define COPY_INFIX ".schema-"
#define UNFINISHED_SUFFIX ".new"

static const char *const steps[] = {
  "0001-portal.sql",
  "0002-tidy.sql",
  "0003-dossier.sql",
  "0004-plans.sql",
  "0005-ehr-server.sql",
  "0006-summary.sql",
  "0007-audit.sql",
  "0008-people.sql",
  "0009-outbox.sql",
  "0010-links.sql",
  "0011-second-step.sql",
  "0012-changes.sql",
  "0013-recall.sql",
  "0014-typed-address.sql",
  "0015-informant.sql",
  "0016-earlier-patients.sql",
  "0017-withheld-types.sql",
  "0018-attachment-versions.sql",
  "0019-temporary-origin.sql",
  "0020-replaced-plan.sql",
  "0021-new-device.sql",
  "0022-lacking.sql",
  "0023-search-merge.sql",
  "0024-temporary-passwords.sql",
  "0025-recall-more.sql",
  "0026-ehr.sql",
  "0027-news.sql",
  "0028-plan-cards.sql",
  "0029-read-at.sql",
  "0030-partial-dates.sql",
  "0031-ehr-more.sql",
  "0032-told.sql",
  "0033-small-sync.sql",
  "0034-recall-doubt.sql",
  "0035-covered-cards.sql",
  "0036-of-others.sql",
  "0037-visits.sql",
  "0038-report-lines.sql",
  "0039-unshown.sql",
  "0040-merge-more.sql",
};

/**
 * cpd_migrate_version:
 *
 * Returns: the schema version that this program writes.
 */
int
cpd_migrate_version (void)
{
  return G_N_ELEMENTS (steps);
}

static gboolean
read_version (CpdDb *db, int *version, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "PRAGMA user_version", "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *version = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_migrate_remove_unfinished:
 * @path: of the database
 */
void
cpd_migrate_remove_unfinished (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *begin = g_strconcat (name, COPY_INFIX, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *found;

  while (dir != NULL && (found = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (found, begin) && g_str_has_suffix (found, UNFINISHED_SUFFIX))
      {
        g_autofree char *unfinished = g_build_filename (directory, found, NULL);

        g_unlink (unfinished);
      }
}

/* Under another name first: one that broke off must not be taken for a copy, nor take the place of one. There may be
 * one of before, of an upgrade that was undone: the database has moved since. */
static gboolean
copy_before (CpdDb *db, const char *path, int version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s" COPY_INFIX "%d", path, version);
  g_autofree char *unfinished = g_strconcat (copy, UNFINISHED_SUFFIX, NULL);

  g_unlink (unfinished);
  if (!cpd_copy_has_room (path, unfinished, error))
    return FALSE;
  if (cpd_db_vacuum_into (db, unfinished, error))
    {
      if (g_rename (unfinished, copy) == 0)
        return TRUE;
      g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "cannot make %s: %s", copy, g_strerror (errno));
    }
  g_unlink (unfinished);
  return FALSE;
}

static gboolean
run_step (CpdDb *db, int index, GError **error)
{
  g_autofree char *path = g_strconcat ("/nl/clientportaal/schema/", steps[index], NULL);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%d", index + 1);
  g_autoptr (GBytes) sql = g_resource_lookup_data (cpd_schema_get_resource (), path, 0, error);

  if (sql == NULL)
    return FALSE;
  if (!cpd_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (cpd_db_exec (db, g_bytes_get_data (sql, NULL), error) && cpd_db_exec (db, set_version, error) &&
      cpd_db_exec (db, "COMMIT", error))
    return TRUE;
  cpd_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
run_steps (CpdDb *db, int version, GError **error)
{
  for (; version < cpd_migrate_version (); version++)
    if (!run_step (db, version, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_migrate:
 * @path: of the database, for the copy that is made before an existing one is changed ("PATH.schema-N")
 *
 * Returns: FALSE with an error: the database is as it was, or newer than this program.
 */
gboolean
cpd_migrate (CpdDb *db, const char *path, GError **error)
{
  int version;
  gboolean done;

  if (!read_version (db, &version, error))
    return FALSE;
  if (version > cpd_migrate_version ())
    {
      g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL,
                   "the database has schema %d, this program knows up to %d: install a newer clientportaald", version,
                   cpd_migrate_version ());
      return FALSE;
    }
  if (version == cpd_migrate_version ())
    return TRUE;
  if (version > 0 && !copy_before (db, path, version, error))
    return FALSE;
  done = cpd_db_sort_in_files (db, TRUE, error) && run_steps (db, version, error);
  return cpd_db_sort_in_files (db, FALSE, done ? error : NULL) && done;
}
