/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall-pages.h"

#include "cpd-result.h"
#include "cpd-store-recall.h"

/* So much goes to the writer in one job: a commit costs more than a page, of which little is different. */
#define JOB_BYTES (512 * 1024)

typedef struct
{
  char *path;
  guint number;
  GByteArray *body; /* (nullable) */
} Page;

struct _CpdEhrRecallPages
{
  CpdWriter *writer;  /* (borrowed) */
  const char *source; /* (borrowed) */
  GPtrArray *pages;   /* (owned) of Page: gathered */
  gsize size;
  GPtrArray *sent;     /* (owned) of Page: with the writer while writing is set, else empty */
  CpdWriting *writing; /* (nullable) */
  GError *error;       /* (nullable): of the first that failed */
};

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->path);
  g_clear_pointer (&page->body, g_byte_array_unref);
  g_free (page);
}

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
  pages->pages = g_ptr_array_new_with_free_func (page_free);
  pages->sent = g_ptr_array_new_with_free_func (page_free);
  return pages;
}

static void
wait_for_sent (CpdEhrRecallPages *pages)
{
  if (pages->writing != NULL)
    cpd_writer_end (g_steal_pointer (&pages->writing), pages->error == NULL ? &pages->error : NULL);
  g_ptr_array_set_size (pages->sent, 0);
}

/**
 * cpd_ehr_recall_pages_free:
 *
 * What was not sent to the writer is dropped: nothing that is kept counts then.
 */
void
cpd_ehr_recall_pages_free (CpdEhrRecallPages *pages)
{
  wait_for_sent (pages);
  g_ptr_array_unref (pages->pages);
  g_ptr_array_unref (pages->sent);
  g_clear_error (&pages->error);
  g_free (pages);
}

static gboolean
write_page (CpdDb *db, const char *source, const Page *page, GError **error)
{
  if (page->body == NULL)
    return cpd_store_recall_cut (db, source, page->path, page->number, error);
  return cpd_store_recall_put_page (db, source, page->path, page->number, page->body->data, page->body->len, error);
}

static gboolean
write_pages (CpdDb *db, gpointer data, GError **error)
{
  const CpdEhrRecallPages *pages = data;

  if (!cpd_store_recall_doubt (db, pages->source, error))
    return FALSE;
  for (guint i = 0; i < pages->sent->len; i++)
    if (!write_page (db, pages->source, g_ptr_array_index (pages->sent, i), error))
      return FALSE;
  return TRUE;
}

static void
begin (CpdEhrRecallPages *pages)
{
  GPtrArray *sent = pages->sent;

  wait_for_sent (pages);
  if (pages->pages->len == 0)
    return;
  pages->sent = pages->pages;
  pages->pages = sent;
  pages->size = 0;
  pages->writing = cpd_writer_begin (pages->writer, write_pages, pages);
}

/**
 * cpd_ehr_recall_pages_send:
 * @body: (nullable) (transfer full):
 */
void
cpd_ehr_recall_pages_send (CpdEhrRecallPages *pages, const char *path, guint number, GByteArray *body)
{
  Page *page = g_new0 (Page, 1);

  page->path = g_strdup (path);
  page->number = number;
  page->body = body;
  g_ptr_array_add (pages->pages, page);
  pages->size += body != NULL ? body->len : 0;
  if (pages->size >= JOB_BYTES)
    begin (pages);
}

/**
 * cpd_ehr_recall_pages_settle:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_pages_settle (CpdEhrRecallPages *pages, GError **error)
{
  begin (pages);
  wait_for_sent (pages);
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
  g_autoptr (GByteArray) page = g_byte_array_new ();
  g_autoptr (GError) local = NULL;

  for (guint i = 0; cpd_store_recall_page (db, pages->source, path, i, page, &local); i++)
    {
      GByteArray *changed = cpd_ehr_old_page_again (page, test, data);

      if (changed != NULL)
        cpd_ehr_recall_pages_send (pages, path, i, changed);
    }
  return cpd_result (&local, error);
}
