/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-sending.h"

#include <pthread.h>

/* The app fetches one at a time; a person may have it on a few computers. Of 10 MiB at most each. */
#define MOST 8
/* Whoever reads is done with one by then. */
#define WAIT_SECONDS 5

struct _CpdSending
{
  pthread_mutex_t mutex;
  GHashTable *counts; /* (owned): account to Count, of those that have any */
};

typedef struct
{
  gint64 account; /* the key */
  int n;
} Count;

/* The place of one file. */
typedef struct
{
  CpdSending *sending; /* (borrowed) */
  gint64 account;
  GBytes *bytes; /* (owned) */
} Place;

/**
 * cpd_sending_new:
 *
 * Returns: (transfer full)
 */
CpdSending *
cpd_sending_new (void)
{
  CpdSending *self = g_new0 (CpdSending, 1);

  pthread_mutex_init (&self->mutex, NULL);
  self->counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

/**
 * cpd_sending_free:
 * @self: (nullable)
 */
void
cpd_sending_free (CpdSending *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->counts);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

static gboolean
count (CpdSending *self, gint64 account)
{
  Count *found = g_hash_table_lookup (self->counts, &account);

  if (found == NULL)
    {
      found = g_new0 (Count, 1);
      found->account = account;
      g_hash_table_insert (self->counts, &found->account, found);
    }
  if (found->n == MOST)
    return FALSE;
  found->n++;
  return TRUE;
}

/**
 * cpd_sending_begin:
 */
gboolean
cpd_sending_begin (CpdSending *self, gint64 account, GError **error)
{
  g_autoptr (GError) busy = NULL;
  gboolean counted;

  pthread_mutex_lock (&self->mutex);
  counted = count (self, account);
  pthread_mutex_unlock (&self->mutex);
  if (counted)
    return TRUE;
  busy = g_error_new_literal (CP_ERROR, CP_ERROR_BUSY, "as many files as may be are on their way to this account");
  cp_error_details (busy)->wait_seconds = WAIT_SECONDS;
  g_propagate_error (error, g_steal_pointer (&busy));
  return FALSE;
}

/**
 * cpd_sending_give_back:
 */
void
cpd_sending_give_back (CpdSending *self, gint64 account)
{
  Count *found;

  pthread_mutex_lock (&self->mutex);
  found = g_hash_table_lookup (self->counts, &account);
  if (--found->n == 0)
    g_hash_table_remove (self->counts, &account);
  pthread_mutex_unlock (&self->mutex);
}

static void
sent_cb (gpointer data)
{
  Place *place = data;

  g_bytes_unref (place->bytes);
  cpd_sending_give_back (place->sending, place->account);
  g_free (place);
}

/**
 * cpd_sending_bytes:
 * @bytes: (transfer full)
 *
 * Returns: (transfer full)
 */
GBytes *
cpd_sending_bytes (CpdSending *self, gint64 account, GBytes *bytes)
{
  Place *place = g_new (Place, 1);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  *place = (Place){ self, account, bytes };
  return g_bytes_new_with_free_func (data, size, sent_cb, place);
}
