/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-out"
#include "cpd-outbox.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <time.h>

#include "cpd-compose.h"
#include "cpd-transport-file.h"

/* The clock may jump and a retry may fall due: look at least this often. */
#define LOOK_SECONDS 30
#define FIRST_RETRY (5 * CP_TIME_SECOND)
#define LONGEST_RETRY (15 * CP_TIME_MINUTE)

struct _CpdOutbox
{
  const CpdConfig *config; /* (borrowed) */
  const CpdKeys *keys;     /* (borrowed) */
  CpdWriter *writer;       /* (borrowed) */
  CpdDb *db;               /* (owned): belongs to the thread */
  GThread *thread;         /* (owned) */
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean woken;
  gboolean stopping;
};

/* What one step in the writer needs and gives. */
typedef struct
{
  CpdOutbox *outbox;
  CpdOutboxRow *row;
  CpdMessage *message; /* (owned) (nullable) */
  gboolean delivered;
} Delivery;

static gboolean
compose_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Delivery *delivery = data;

  delivery->message =
      cpd_compose (db, delivery->outbox->config, delivery->outbox->keys, delivery->row, cp_time_now (), error);
  return delivery->message != NULL;
}

static CpTime
retry_at (const CpdOutboxRow *row, CpTime now)
{
  CpTime wait = MIN (FIRST_RETRY << MIN (row->tries, 10), LONGEST_RETRY);

  return now + wait / 2 + g_random_int_range (0, (gint32) (wait / CP_TIME_SECOND) + 1) * CP_TIME_SECOND / 2;
}

static gboolean
settle_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Delivery *delivery = data;
  CpTime now = cp_time_now ();

  if (delivery->delivered)
    return cpd_store_outbox_sent (db, delivery->row->id, now, error);
  if (delivery->message == NULL || now >= delivery->row->give_up)
    return cpd_store_outbox_failed (db, delivery->row->id, now, error);
  return cpd_store_outbox_retry (db, delivery->row->id, retry_at (delivery->row, now), error);
}

/* FALSE when the database does not let us go on now. */
static gboolean
deliver (CpdOutbox *outbox, CpdOutboxRow *row)
{
  Delivery delivery = { .outbox = outbox, .row = row };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_settled = NULL;

  if (cpd_writer_run (outbox->writer, compose_in_writer, &delivery, &error))
    delivery.delivered = cpd_transport_file_send (outbox->config, row, delivery.message, cp_time_now (), &error);
  else if (!g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      g_clear_pointer (&delivery.message, cpd_message_free);
      return FALSE;
    }
  if (error != NULL)
    g_message ("outbox row %" G_GINT64_FORMAT " not delivered: %s", row->id, error->message);
  cpd_writer_run (outbox->writer, settle_in_writer, &delivery, &not_settled);
  cpd_message_free (delivery.message);
  return not_settled == NULL;
}

static void
deliver_all (CpdOutbox *outbox)
{
  gboolean going_on = TRUE;

  while (going_on && !g_atomic_int_get (&outbox->stopping))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CpdOutboxRow) row = cpd_store_outbox_due (outbox->db, cp_time_now (), &error);
      going_on = row != NULL && deliver (outbox, row);
    }
}

static int
seconds_to_next (CpdOutbox *outbox)
{
  CpTime when = 0;

  if (!cpd_store_outbox_next (outbox->db, &when, NULL) || when == 0)
    return LOOK_SECONDS;
  return (int) CLAMP ((when - cp_time_now ()) / CP_TIME_SECOND + 1, 1, LOOK_SECONDS);
}

static void
wait_for_more (CpdOutbox *outbox)
{
  int seconds = seconds_to_next (outbox);
  struct timespec until;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_sec += seconds;
  pthread_mutex_lock (&outbox->mutex);
  while (!outbox->woken && !outbox->stopping && pthread_cond_timedwait (&outbox->cond, &outbox->mutex, &until) == 0)
    ;
  outbox->woken = FALSE;
  pthread_mutex_unlock (&outbox->mutex);
}

static gpointer
outbox_thread (gpointer data)
{
  CpdOutbox *outbox = data;
  g_autoptr (GError) error = NULL;

  outbox->db = cpd_db_open (outbox->config->database, CPD_DB_READER, &error);
  if (outbox->db == NULL)
    g_error ("the outbox cannot read the database: %s", error->message);
  while (!g_atomic_int_get (&outbox->stopping))
    {
      deliver_all (outbox);
      wait_for_more (outbox);
    }
  cpd_db_close (outbox->db);
  return NULL;
}

/**
 * cpd_outbox_new:
 *
 * Returns: (transfer full): the running outbox, or NULL when its directory cannot be made.
 */
CpdOutbox *
cpd_outbox_new (const CpdConfig *config, const CpdKeys *keys, CpdWriter *writer, GError **error)
{
  CpdOutbox *outbox;
  pthread_condattr_t attributes;

  if (g_mkdir_with_parents (config->outbox_directory, 0700) != 0)
    {
      g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "cannot make the directory %s", config->outbox_directory);
      return NULL;
    }
  outbox = g_new0 (CpdOutbox, 1);
  outbox->config = config;
  outbox->keys = keys;
  outbox->writer = writer;
  pthread_mutex_init (&outbox->mutex, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&outbox->cond, &attributes);
  pthread_condattr_destroy (&attributes);
  outbox->thread = g_thread_new ("outbox", outbox_thread, outbox);
  return outbox;
}

/**
 * cpd_outbox_wake:
 */
void
cpd_outbox_wake (CpdOutbox *outbox)
{
  pthread_mutex_lock (&outbox->mutex);
  outbox->woken = TRUE;
  pthread_cond_signal (&outbox->cond);
  pthread_mutex_unlock (&outbox->mutex);
}

/**
 * cpd_outbox_free:
 * @outbox: (nullable)
 */
void
cpd_outbox_free (CpdOutbox *outbox)
{
  if (outbox == NULL)
    return;
  pthread_mutex_lock (&outbox->mutex);
  g_atomic_int_set (&outbox->stopping, TRUE);
  pthread_cond_signal (&outbox->cond);
  pthread_mutex_unlock (&outbox->mutex);
  g_thread_join (outbox->thread);
  pthread_cond_destroy (&outbox->cond);
  pthread_mutex_destroy (&outbox->mutex);
  g_free (outbox);
}
