/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-attachment.h"

#include <string.h>

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-token.h"

/**
 * cpd_store_attachments_directory:
 * @database: path of the database
 *
 * Returns: (transfer full)
 */
char *
cpd_store_attachments_directory (const char *database)
{
  return g_strconcat (database, ".files", NULL);
}

/**
 * cpd_store_attachments_differ:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_attachments_differ (CpdDb *db, gint64 item, const GPtrArray *attachments, gboolean *changed, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT hash FROM attachment WHERE item = ? AND until IS NULL ORDER BY position", "i", item);
  guint n = attachments != NULL ? attachments->len : 0;
  guint i = 0;

  *changed = FALSE;
  for (; cpd_stmt_next (stmt, &local); i++)
    {
      const CpdEhrAttachment *attachment = i < n ? g_ptr_array_index (attachments, i) : NULL;
      gsize size = 0;
      const void *hash = cpd_stmt_blob (stmt, 0, &size);

      *changed |= attachment == NULL || size != sizeof attachment->hash || memcmp (hash, attachment->hash, size) != 0;
    }
  *changed |= i != n;
  return cpd_result (&local, error);
}

/* What came with the present version, when that is read anew and says something else: it was in no earlier one that
 * could keep it. */
#define OF_THIS_VERSION                                                                                                \
  "DELETE FROM attachment WHERE item = ?1 AND until IS NULL AND since = (SELECT version FROM item WHERE id = ?1)"

static gboolean
put_one (CpdDb *db, gint64 item, guint position, const CpdEhrAttachment *attachment, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  /* The id goes with the bytes: an app that has opened it may keep what it has. */
  return cpd_db_run (db, error, OF_THIS_VERSION " AND position = ?2 AND hash <> ?3", "iib", item, (gint64) position,
                     attachment->hash, sizeof attachment->hash) &&
         cpd_db_run (db, error,
                     "UPDATE attachment SET until = (SELECT version - 1 FROM item WHERE id = ?1)"
                     " WHERE item = ?1 AND position = ?2 AND until IS NULL AND hash <> ?3",
                     "iib", item, (gint64) position, attachment->hash, sizeof attachment->hash) &&
         cpd_db_run (db, error,
                     "UPDATE attachment SET title = ?3, media_type = ?4"
                     " WHERE item = ?1 AND position = ?2 AND until IS NULL",
                     "iitt", item, (gint64) position, attachment->title, attachment->media_type) &&
         cpd_db_run (db, error,
                     "INSERT INTO attachment (public_id, item, position, since, title, media_type, size, hash, file)"
                     " SELECT ?1, id, ?3, version, ?4, ?5, ?6, ?7, ?8 FROM item WHERE id = ?2 AND NOT EXISTS"
                     " (SELECT 1 FROM attachment WHERE item = ?2 AND position = ?3 AND until IS NULL)",
                     "tiittibt", public_id, item, (gint64) position, attachment->title, attachment->media_type,
                     (gint64) attachment->size, attachment->hash, sizeof attachment->hash, attachment->file);
}

/**
 * cpd_store_attachments_put:
 *
 * After the row of the item, with its new version.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_attachments_put (CpdDb *db, gint64 item, const GPtrArray *attachments, GError **error)
{
  guint n = attachments != NULL ? attachments->len : 0;

  for (guint i = 0; i < n; i++)
    if (!put_one (db, item, i, g_ptr_array_index (attachments, i), error))
      return FALSE;
  return cpd_db_run (db, error, OF_THIS_VERSION " AND position >= ?2", "ii", item, (gint64) n) &&
         cpd_db_run (db, error,
                     "UPDATE attachment SET until = (SELECT version - 1 FROM item WHERE id = ?1)"
                     " WHERE item = ?1 AND position >= ?2 AND until IS NULL",
                     "ii", item, (gint64) n);
}

/**
 * cpd_store_attachment_file:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_store_attachment_file (CpdDb *db, gint64 item, const guchar hash[32], GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT file FROM attachment WHERE item = ? AND hash = ?", "ib", item, hash, (gsize) 32);

  return cpd_stmt_next (stmt, error) ? cpd_stmt_dup_text (stmt, 0) : NULL;
}

/**
 * cpd_store_attachment_is_known:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_attachment_is_known (CpdDb *db, const char *file, gboolean *known, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT 1 FROM attachment WHERE file = ?", "t", file);

  *known = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

void
cpd_attachment_found_clear (CpdAttachmentFound *found)
{
  g_clear_pointer (&found->media_type, g_free);
  g_clear_pointer (&found->file, g_free);
}

/**
 * cpd_store_attachment_find:
 * @found: (out caller-allocates): id 0 when there is none
 */
gboolean
cpd_store_attachment_find (CpdDb *db, const CpdGrant *grant, guint kinds, const char *item, const char *attachment,
                           CpdAttachmentFound *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT a.id, i.at, a.media_type, a.file FROM attachment a JOIN item i ON i.id = a.item"
                    " WHERE a.public_id = ? AND i.public_id = ? AND i.patient = ? AND i.removed IS NULL"
                    " AND (? >> i.kind) & 1",
                    "ttii", attachment, item, grant->patient, (gint64) kinds);

  *found = (CpdAttachmentFound){ 0 };
  if (cpd_stmt_next (stmt, &local))
    *found = (CpdAttachmentFound){ cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), cpd_stmt_dup_text (stmt, 2),
                                   cpd_stmt_dup_text (stmt, 3) };
  return cpd_result (&local, error);
}
