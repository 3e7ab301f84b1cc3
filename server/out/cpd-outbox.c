/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-out"
#include "cpd-outbox.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <time.h>

#include "cpd-clock.h"
#include "cpd-compose.h"
#include "cpd-store-news.h"
#include "cpd-transport.h"

/* The clock may jump and a retry may fall due: look at least this often. */
#define LOOK_SECONDS 30
#define FIRST_RETRY (5 * CP_TIME_SECOND)
#define LONGEST_RETRY (15 * CP_TIME_MINUTE)
/* A row is taken for as long as handing it over may take, and this for what comes before and after. */
#define LEASE_MARGIN (10 * CP_TIME_SECOND)
#define STOP_SECONDS 5

/* One kind of message, with a thread of its own. */
typedef struct
{
  CpdOutbox *outbox; /* (borrowed) */
  CpdOutboxKind kind;
  CpdDb *db;                 /* (owned): belongs to the thread */
  CpdTransport *transport;   /* (owned): belongs to the thread */
  GThread *thread;           /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean woken;
  gboolean ended;
  CpTime looked;     /* the clock, the last time; 0: the rows are to be put right */
  gboolean troubled; /* the database gives or takes nothing, and that was told */
} Lane;

static const CpdOutboxKind kinds[] = { CPD_OUTBOX_MAIL, CPD_OUTBOX_SMS };

struct _CpdOutbox
{
  const CpdConfig *config; /* (borrowed) */
  const CpdKeys *keys;     /* (borrowed) */
  CpdWriter *writer;       /* (borrowed) */
  Lane lanes[G_N_ELEMENTS (kinds)];
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean stopping;
};

/* What one step in the writer needs and gives. */
typedef struct
{
  Lane *lane;
  CpdOutboxRow *row;   /* (owned) (nullable) */
  CpdMessage *message; /* (owned) (nullable): the row is of no use any more or is put off, and is settled */
  CpTime leased_until;
  GError *failed; /* (owned) (nullable): why it was not handed over */
  gboolean held;
} Delivery;

static void
delivery_clear (Delivery *delivery)
{
  cpd_outbox_row_free (delivery->row);
  cpd_message_free (delivery->message);
  g_clear_error (&delivery->failed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Delivery, delivery_clear)

/* Between the half and the whole of a time that doubles, so that many do not come back together. */
static CpTime
retry_at (const CpdOutboxRow *row, CpTime now)
{
  CpTime wait = MIN (FIRST_RETRY << MIN (row->tries, 10), LONGEST_RETRY);

  return now + wait / 2 + (CpTime) (g_random_double () * (double) (wait / 2));
}

static gboolean
settle_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Delivery *delivery = data;
  const CpdOutboxRow *row = delivery->row;
  CpTime now = cp_time_now ();

  if (delivery->failed == NULL)
    return cpd_store_outbox_sent (db, row, now, &delivery->held, error);
  if (g_error_matches (delivery->failed, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_REFUSED) || now >= row->give_up)
    return cpd_store_outbox_failed (db, row, now, delivery->failed->message, &delivery->held, error);
  return cpd_store_outbox_retry (db, row, retry_at (row, now), delivery->failed->message, &delivery->held, error);
}

/* Taking a row and making its message are one change: a secret without a lease would be one too many. What cannot be
 * made is settled at once, so that it holds up nothing behind it; a full disk undoes all of it. */
static gboolean
take_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Delivery *delivery = data;
  const CpdOutbox *outbox = delivery->lane->outbox;
  CpdOutboxKind kind = delivery->lane->kind;
  CpTime now = cp_time_now ();
  gboolean held = FALSE;
  g_autoptr (GError) wrong = NULL;

  delivery->leased_until = now + cpd_transport_seconds (kind) * CP_TIME_SECOND + LEASE_MARGIN;
  delivery->row = cpd_store_outbox_take (db, kind, now, delivery->leased_until, &wrong);
  if (delivery->row != NULL && cpd_store_news_hold (db, outbox->config, delivery->row, now, &held, &wrong) && !held)
    delivery->message = cpd_compose (db, outbox->config, outbox->keys, delivery->row, now, &wrong);
  if (wrong == NULL)
    return TRUE;
  if (delivery->row == NULL || g_error_matches (wrong, CP_ERROR, CP_ERROR_SERVER_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  g_message ("outbox row %" G_GINT64_FORMAT " (%s) not made: %s", delivery->row->id, delivery->row->template_name,
             wrong->message);
  g_set_error_literal (&delivery->failed, CPD_TRANSPORT_ERROR,
                       g_error_matches (wrong, CP_ERROR, CP_ERROR_NOT_FOUND) ? CPD_TRANSPORT_ERROR_REFUSED
                                                                             : CPD_TRANSPORT_ERROR_LATER,
                       wrong->message);
  return settle_in_writer (db, delivery, error);
}

static gboolean
release_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Delivery *delivery = data;

  return cpd_store_outbox_release (db, delivery->row, error);
}

/* Who was stopped for a while in between may have lost the row to somebody else, who sends it: then this one must not.
 */
static gboolean
is_in_time (const Delivery *delivery, CpTime now)
{
  return now <= delivery->leased_until - cpd_transport_seconds (delivery->lane->kind) * CP_TIME_SECOND;
}

static void
hand_over (Delivery *delivery, CpTime now)
{
  Lane *lane = delivery->lane;

  if (!cpd_transport_send (lane->transport, delivery->row, delivery->message, now, lane->cancellable,
                           &delivery->failed))
    g_message ("outbox row %" G_GINT64_FORMAT " (%s) not delivered: %s", delivery->row->id,
               delivery->row->template_name, delivery->failed->message);
}

static struct timespec
in_seconds (int seconds)
{
  struct timespec until;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_sec += seconds;
  return until;
}

/* A second, or less when the server stops. */
static void
pause_a_second (CpdOutbox *outbox)
{
  struct timespec until = in_seconds (1);

  pthread_mutex_lock (&outbox->mutex);
  while (!g_atomic_int_get (&outbox->stopping) && pthread_cond_timedwait (&outbox->cond, &outbox->mutex, &until) == 0)
    ;
  pthread_mutex_unlock (&outbox->mutex);
}

/* What was handed over would be sent once more if that were forgotten: it is written as long as the row is ours. */
static gboolean
settle (Delivery *delivery)
{
  CpdOutbox *outbox = delivery->lane->outbox;
  g_autoptr (GError) error = NULL;

  while (!cpd_writer_run (outbox->writer, settle_in_writer, delivery, &error))
    {
      g_warning ("how handing over outbox row %" G_GINT64_FORMAT " went is not written: %s", delivery->row->id,
                 error->message);
      g_clear_error (&error);
      if (g_atomic_int_get (&outbox->stopping) || cp_time_now () >= delivery->leased_until)
        return FALSE;
      pause_a_second (outbox);
    }
  return TRUE;
}

/* Once, until the database is well again: it is asked each few seconds. */
static gboolean
is_well (Lane *lane, const GError *error)
{
  if (error != NULL && !lane->troubled)
    g_warning ("the outbox stands still, for the database does not answer: %s", error->message);
  lane->troubled = error != NULL;
  return error == NULL;
}

/* FALSE when there is no more to do now, or the database does not let us. */
static gboolean
deliver_one (Lane *lane)
{
  g_auto (Delivery) delivery = { .lane = lane };
  CpdWriter *writer = lane->outbox->writer;
  g_autoptr (GError) error = NULL;
  CpTime now;

  cpd_writer_run (writer, take_in_writer, &delivery, &error);
  if (!is_well (lane, error) || delivery.row == NULL)
    return FALSE;
  if (delivery.message == NULL)
    return TRUE;
  now = cp_time_now ();
  if (!is_in_time (&delivery, now))
    return cpd_writer_run (writer, release_in_writer, &delivery, &error);
  hand_over (&delivery, now);
  if (!settle (&delivery))
    return FALSE;
  if (!delivery.held)
    g_message ("outbox row %" G_GINT64_FORMAT " was somebody else's by then", delivery.row->id);
  return TRUE;
}

static gboolean
put_right_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Lane *lane = data;

  return cpd_store_outbox_put_right (db, lane->kind, cp_time_now (), error);
}

/* What a clock that was ahead has written waits for nothing once it is right. */
static void
look_at_clock (Lane *lane)
{
  CpTime now = cp_time_now ();
  g_autoptr (GError) error = NULL;

  if (lane->looked == 0 || cpd_clock_was_fast (lane->looked, now))
    cpd_writer_run (lane->outbox->writer, put_right_in_writer, lane, &error);
  lane->looked = is_well (lane, error) ? now : 0;
}

static gboolean
next_due (Lane *lane, CpTime *when)
{
  g_autoptr (GError) error = NULL;

  cpd_store_outbox_next (lane->db, lane->kind, when, &error);
  return (error == NULL || is_well (lane, error)) && *when != 0;
}

static void
deliver_all (Lane *lane)
{
  CpTime when = 0;

  while (!g_atomic_int_get (&lane->outbox->stopping) && next_due (lane, &when) && when <= cp_time_now ())
    if (!deliver_one (lane))
      return;
}

static int
seconds_to_next (Lane *lane)
{
  CpTime when = 0;

  if (!next_due (lane, &when))
    return LOOK_SECONDS;
  return (int) CLAMP ((when - cp_time_now ()) / CP_TIME_SECOND + 1, 1, LOOK_SECONDS);
}

static void
wait_for_more (Lane *lane)
{
  CpdOutbox *outbox = lane->outbox;
  struct timespec until = in_seconds (seconds_to_next (lane));

  pthread_mutex_lock (&outbox->mutex);
  while (!lane->woken && !outbox->stopping && pthread_cond_timedwait (&outbox->cond, &outbox->mutex, &until) == 0)
    ;
  lane->woken = FALSE;
  pthread_mutex_unlock (&outbox->mutex);
}

static gpointer
lane_thread (gpointer data)
{
  Lane *lane = data;
  CpdOutbox *outbox = lane->outbox;
  g_autoptr (GError) error = NULL;

  lane->db = cpd_db_open (outbox->config->database, CPD_DB_READER, &error);
  if (lane->db == NULL)
    g_error ("the outbox cannot read the database: %s", error->message);
  lane->transport = cpd_transport_new (outbox->config, lane->kind);
  while (!g_atomic_int_get (&outbox->stopping))
    {
      look_at_clock (lane);
      deliver_all (lane);
      wait_for_more (lane);
    }
  cpd_transport_free (lane->transport);
  cpd_db_close (lane->db);
  pthread_mutex_lock (&outbox->mutex);
  lane->ended = TRUE;
  pthread_cond_broadcast (&outbox->cond);
  pthread_mutex_unlock (&outbox->mutex);
  return NULL;
}

static void
start_lanes (CpdOutbox *outbox)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Lane *lane = &outbox->lanes[i];

      lane->outbox = outbox;
      lane->kind = kinds[i];
      lane->cancellable = g_cancellable_new ();
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    outbox->lanes[i].thread = g_thread_new ("outbox", lane_thread, &outbox->lanes[i]);
}

/**
 * cpd_outbox_new:
 *
 * Returns: (transfer full): the running outbox, or NULL when its directory cannot be made or a way out is not right.
 */
CpdOutbox *
cpd_outbox_new (const CpdConfig *config, const CpdKeys *keys, CpdWriter *writer, GError **error)
{
  CpdOutbox *outbox;
  pthread_condattr_t attributes;

  if (!cpd_transport_check (config, error))
    return NULL;
  if (config->outbox_directory != NULL && g_mkdir_with_parents (config->outbox_directory, 0700) != 0)
    {
      cpd_config_complain (config->reader, "outgoing", "directory", error, "%s cannot be made",
                           config->outbox_directory);
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
  start_lanes (outbox);
  return outbox;
}

/**
 * cpd_outbox_wake:
 */
void
cpd_outbox_wake (CpdOutbox *outbox)
{
  pthread_mutex_lock (&outbox->mutex);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    outbox->lanes[i].woken = TRUE;
  pthread_cond_broadcast (&outbox->cond);
  pthread_mutex_unlock (&outbox->mutex);
}

static gboolean
all_ended (const CpdOutbox *outbox)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!outbox->lanes[i].ended)
      return FALSE;
  return TRUE;
}

/**
 * cpd_outbox_stop:
 * @outbox: (nullable)
 */
void
cpd_outbox_stop (CpdOutbox *outbox)
{
  struct timespec until = in_seconds (STOP_SECONDS);

  if (outbox == NULL || outbox->stopping)
    return;
  pthread_mutex_lock (&outbox->mutex);
  g_atomic_int_set (&outbox->stopping, TRUE);
  pthread_cond_broadcast (&outbox->cond);
  while (!all_ended (outbox) && pthread_cond_timedwait (&outbox->cond, &outbox->mutex, &until) == 0)
    ;
  pthread_mutex_unlock (&outbox->mutex);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_cancellable_cancel (outbox->lanes[i].cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_thread_join (outbox->lanes[i].thread);
      g_object_unref (outbox->lanes[i].cancellable);
    }
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
  cpd_outbox_stop (outbox);
  pthread_cond_destroy (&outbox->cond);
  pthread_mutex_destroy (&outbox->mutex);
  g_free (outbox);
}
