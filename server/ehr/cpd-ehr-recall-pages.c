/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall-pages.h"

#include "cpd-store-recall.h"

struct _CpdEhrRecallPages
{
  CpdWriter *writer;  /* (borrowed) */
  const char *source; /* (borrowed) */
  /* The one that is with the writer. */
  char *path;
  guint number;
  GByteArray *body;    /* (nullable) */
  CpdWriting *writing; /* (nullable) */
  GError *error;       /* (nullable): of the first that failed */
};

/**
 * cpd_ehr_recall_pages_new:
 *
 * Returns: (transfer full)
 */
CpdEhrRecallPages *
cpd_ehr_recall_pages_new (CpdWriter *writer, const char *source)
{
  CpdEhrRecallPages *pages = g_new0 (CpdEhrRecallPages, 1);

  pages->writer = writer;
  pages->source = source;
  return pages;
}

static void
wait_for_one (CpdEhrRecallPages *pages)
{
  if (pages->writing != NULL)
    cpd_writer_end (g_steal_pointer (&pages->writing), pages->error == NULL ? &pages->error : NULL);
  g_clear_pointer (&pages->path, g_free);
  g_clear_pointer (&pages->body, g_byte_array_unref);
}

/**
 * cpd_ehr_recall_pages_free:
 */
void
cpd_ehr_recall_pages_free (CpdEhrRecallPages *pages)
{
  wait_for_one (pages);
  g_clear_error (&pages->error);
  g_free (pages);
}

static gboolean
write_page (CpdDb *db, gpointer data, GError **error)
{
  const CpdEhrRecallPages *page = data;

  if (!cpd_store_recall_doubt (db, page->source, error))
    return FALSE;
  if (page->body == NULL)
    return cpd_store_recall_cut (db, page->source, page->path, page->number, error);
  return cpd_store_recall_put_page (db, page->source, page->path, page->number, page->body->data, page->body->len,
                                    error);
}

/**
 * cpd_ehr_recall_pages_send:
 * @body: (nullable) (transfer full):
 */
void
cpd_ehr_recall_pages_send (CpdEhrRecallPages *pages, const char *path, guint number, GByteArray *body)
{
  wait_for_one (pages);
  pages->path = g_strdup (path);
  pages->number = number;
  pages->body = body;
  pages->writing = cpd_writer_begin (pages->writer, write_page, pages);
}

/**
 * cpd_ehr_recall_pages_settle:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_pages_settle (CpdEhrRecallPages *pages, GError **error)
{
  wait_for_one (pages);
  if (pages->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&pages->error));
  return FALSE;
}

/**
 * cpd_ehr_recall_pages_doubt:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_pages_doubt (CpdEhrRecallPages *pages, CpdDb *db, const char *path, CpdEhrOldTest test, gpointer data,
                            GError **error)
{
  g_autoptr (GPtrArray) kept = cpd_store_recall_pages (db, pages->source, path, error);

  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      GByteArray *changed = cpd_ehr_old_page_again (g_ptr_array_index (kept, i), test, data);

      if (changed != NULL)
        cpd_ehr_recall_pages_send (pages, path, i, changed);
    }
  return kept != NULL;
}
