/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-news.h"

#include "cpd-store-news.h"

/* So many accounts in one transaction, which others wait for. */
#define BATCH 50

/* Some of those who are to be told. */
typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  const gint64 *accounts;  /* (borrowed) */
  guint n;
} Telling;

static gboolean
tell_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Telling *telling = data;

  for (guint i = 0; i < telling->n; i++)
    if (!cpd_store_news_tell (db, telling->config, telling->accounts[i], cp_time_now (), error))
      return FALSE;
  return TRUE;
}

/* Looks outside the writer, which judges these few once more. (transfer full) (element-type gint64) */
static GArray *
find_all (const CpdEhrSync *sync, CpdDb *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) accounts = cpd_store_news_accounts (reader, error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      gint64 account = g_array_index (accounts, gint64, i);
      gboolean has_news;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !cpd_store_news_find (reader, sync->config, account, cp_time_now (), &has_news, error))
        return NULL;
      if (has_news)
        g_array_append_val (found, account);
    }
  return accounts != NULL ? g_steal_pointer (&found) : NULL;
}

static gboolean
tell_all (const CpdEhrSync *sync, GArray *accounts, GCancellable *cancellable, GError **error)
{
  for (guint first = 0; first < accounts->len; first += BATCH)
    {
      Telling telling = { sync->config, &g_array_index (accounts, gint64, first), MIN (BATCH, accounts->len - first) };

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !cpd_writer_run (sync->writer, tell_in_writer, &telling, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_news_tell:
 * @cancellable: (nullable): looked at before each account
 */
void
cpd_ehr_news_tell (const CpdEhrSync *sync, CpdDb *reader, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) accounts = find_all (sync, reader, cancellable, &error);

  if (accounts == NULL || !tell_all (sync, accounts, cancellable, &error))
    g_message ("not everybody was told that there is something new: %s", error->message);
  if (accounts != NULL && accounts->len > 0 && sync->wake != NULL)
    sync->wake (sync->wake_data);
}
