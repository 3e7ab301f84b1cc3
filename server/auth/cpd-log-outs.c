/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-log-outs.h"

#include <pthread.h>

#include "cpd-store-audit.h"
#include "cpd-store-session.h"

/* So many are tried again in one go: the queue of changes is for others too. */
#define RETRY_MAX 256

struct _CpdLogOuts
{
  CpdWriter *writer; /* (borrowed) */
  pthread_mutex_t mutex;
  GHashTable *waiting; /* (owned): session to LogOut */
  int n_waiting;       /* atomic: its size */
};

typedef struct
{
  gint64 session; /* the key */
  gint64 account;
  CpTime at;
} LogOut;

/* One on its way to the disk. */
typedef struct
{
  CpdLogOuts *log_outs; /* (borrowed) */
  LogOut log_out;
  CpdWriteDone done; /* (nullable) */
  gpointer data;
} Writing;

/**
 * cpd_log_outs_new:
 *
 * Returns: (transfer full)
 */
CpdLogOuts *
cpd_log_outs_new (CpdWriter *writer)
{
  CpdLogOuts *self = g_new0 (CpdLogOuts, 1);

  self->writer = writer;
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  pthread_mutex_init (&self->mutex, NULL);
  return self;
}

/**
 * cpd_log_outs_free:
 * @self: (nullable)
 */
void
cpd_log_outs_free (CpdLogOuts *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->waiting);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

/**
 * cpd_log_outs_add:
 */
void
cpd_log_outs_add (CpdLogOuts *self, const CpdActor *actor, CpTime now)
{
  LogOut *log_out = g_new (LogOut, 1);

  *log_out = (LogOut){ actor->session, actor->account, now };
  pthread_mutex_lock (&self->mutex);
  g_hash_table_replace (self->waiting, &log_out->session, log_out);
  g_atomic_int_set (&self->n_waiting, (int) g_hash_table_size (self->waiting));
  pthread_mutex_unlock (&self->mutex);
}

/**
 * cpd_log_outs_has:
 *
 * Returns: whether @session was logged out and its row may not say so yet.
 */
gboolean
cpd_log_outs_has (CpdLogOuts *self, gint64 session)
{
  gboolean has;

  if (g_atomic_int_get (&self->n_waiting) == 0)
    return FALSE;
  pthread_mutex_lock (&self->mutex);
  has = g_hash_table_contains (self->waiting, &session);
  pthread_mutex_unlock (&self->mutex);
  return has;
}

static void
forget (CpdLogOuts *self, gint64 session)
{
  pthread_mutex_lock (&self->mutex);
  g_hash_table_remove (self->waiting, &session);
  g_atomic_int_set (&self->n_waiting, (int) g_hash_table_size (self->waiting));
  pthread_mutex_unlock (&self->mutex);
}

/* The same one may be asked and tried again at the same time: it has one audit row. */
static gboolean
end_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const LogOut *log_out = &((Writing *) data)->log_out;
  CpdAudit audit = {
    .at = log_out->at, .action = CPD_AUDIT_LOG_OUT, .account = log_out->account, .session = log_out->session
  };
  gboolean ended = FALSE;

  return cpd_store_session_end (db, log_out->session, CPD_SESSION_END_LOG_OUT, log_out->at, &ended, error) &&
         (!ended || cpd_store_audit_add (db, &audit, error));
}

static void
ended_cb (gpointer data, const GError *error)
{
  Writing *writing = data;

  if (error == NULL)
    forget (writing->log_outs, writing->log_out.session);
  if (writing->done != NULL)
    writing->done (writing->data, error);
  g_free (writing);
}

static void
submit (CpdLogOuts *self, const LogOut *log_out, CpdWriteDone done, gpointer data)
{
  Writing *writing = g_new (Writing, 1);
  g_autoptr (GError) error = NULL;

  *writing = (Writing){ self, *log_out, done, data };
  if (!cpd_writer_submit (self->writer, end_in_writer, ended_cb, writing, &error))
    ended_cb (writing, error);
}

/* (transfer full) (element-type LogOut): some of them, when there are many. */
static GArray *
copy_waiting (CpdLogOuts *self)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (LogOut));
  GHashTableIter iter;
  gpointer log_out;

  pthread_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->waiting);
  while (copy->len < RETRY_MAX && g_hash_table_iter_next (&iter, NULL, &log_out))
    g_array_append_vals (copy, log_out, 1);
  pthread_mutex_unlock (&self->mutex);
  return copy;
}

/**
 * cpd_log_outs_write:
 * @session: that was added
 */
void
cpd_log_outs_write (CpdLogOuts *self, gint64 session, CpdWriteDone done, gpointer data)
{
  LogOut copy = { 0 };
  const LogOut *log_out;

  pthread_mutex_lock (&self->mutex);
  log_out = g_hash_table_lookup (self->waiting, &session);
  if (log_out != NULL)
    copy = *log_out;
  pthread_mutex_unlock (&self->mutex);
  if (copy.session == 0)
    done (data, NULL); /* written by another try in the meantime */
  else
    submit (self, &copy, done, data);
}

/**
 * cpd_log_outs_retry:
 *
 * Nothing to do, mostly.
 */
void
cpd_log_outs_retry (CpdLogOuts *self)
{
  g_autoptr (GArray) waiting = NULL;

  if (g_atomic_int_get (&self->n_waiting) == 0)
    return;
  waiting = copy_waiting (self);
  for (guint i = 0; i < waiting->len; i++)
    submit (self, &g_array_index (waiting, LogOut, i), NULL, NULL);
}
