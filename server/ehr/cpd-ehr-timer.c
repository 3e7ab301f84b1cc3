/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-timer.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "cpd-clock.h"

#define SLICE_SECONDS 30

/* What somebody wants beside the schedule. */
typedef struct
{
  gboolean run;
  gboolean accept_removals;
} Asked;

struct _CpdEhrTimer
{
  CpdEhrSync sync;
  CpTime looked;   /* the clock, the last time; 0: the slots are to be put right */
  CpdEhrSlot slot; /* of failures */
  int failures;
  CpdEhrSlot ended; /* of the run whose end is not written yet */
  gboolean ended_failed;
  gboolean is_end_unwritten;
  GCancellable *cancellable; /* (owned) */
  pthread_t thread;
  pthread_mutex_t lock; /* of what follows */
  pthread_cond_t changed;
  gboolean ending;
  Asked asked;
};

/**
 * cpd_ehr_timer_due:
 *
 * One that was stopped is run at once. One that died waits as any that failed: it may be the run itself that takes the
 * server with it, each time.
 *
 * Returns: from when the slot may be run; 0 when it is done.
 */
CpTime
cpd_ehr_timer_due (const CpdEhrSlotState *state, int failures, CpTime now)
{
  CpTime last = state->finished != 0 ? state->finished : state->started;

  if (!state->failed)
    return state->finished != 0 ? 0 : now;
  /* A clock that was set back must not make the retry wait for the old time. */
  return last > now ? now : last + cpd_ehr_schedule_backoff (failures);
}

typedef struct
{
  CpdEhrTimer *timer;
  gboolean taken;
} SlotJob;

static gboolean
begin_slot (CpdDb *db, gpointer data, GError **error)
{
  SlotJob *job = data;

  return cpd_store_ehr_slot_begin (db, job->timer->slot.date, job->timer->slot.minute, cp_time_now (), &job->taken,
                                   error);
}

static gboolean
finish_slot (CpdDb *db, gpointer data, GError **error)
{
  CpdEhrTimer *timer = data;

  return cpd_store_ehr_slot_finish (db, timer->ended.date, timer->ended.minute, cp_time_now (), timer->ended_failed,
                                    error);
}

/* On a full disk this fails. It is tried again until it is written: no slot begins before. */
static void
write_end (CpdEhrTimer *timer)
{
  g_autoptr (GError) error = NULL;

  if (!timer->is_end_unwritten)
    return;
  timer->is_end_unwritten = !cpd_writer_run (timer->sync.writer, finish_slot, timer, &error);
  if (timer->is_end_unwritten)
    g_warning ("the end of a run over the EHR could not be kept: %s", error->message);
}

static gboolean
put_right (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_ehr_slots_put_right (db, cp_time_now () + CPD_CLOCK_ALLOWED, error);
}

/* At the start no run is going on, whatever a process that died has left, for one process at a time has the database
 * (cpd_command_lock). And when the clock was set back, what it ran ahead of its time is not done yet. FALSE when what
 * is kept of the slots does not say how they stand. */
static gboolean
slots_are_right (CpdEhrTimer *timer)
{
  CpTime now = cp_time_now ();
  g_autoptr (GError) error = NULL;

  if (timer->is_end_unwritten)
    return FALSE;
  if (timer->looked != 0 && !cpd_clock_was_fast (timer->looked, now))
    timer->looked = now;
  else if (cpd_writer_run (timer->sync.writer, put_right, NULL, &error))
    timer->looked = now;
  else
    {
      timer->looked = 0;
      g_warning ("the times of reading the EHR could not be put right: %s", error->message);
    }
  return timer->looked != 0;
}

/* TRUE when every type went well. */
static gboolean
run_sync (CpdEhrTimer *timer, gboolean accept_removals)
{
  g_auto (CpdEhrSyncReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  CpdEhrSync sync = timer->sync;

  sync.accept_removals = accept_removals;
  if (!cpd_ehr_sync_run (&sync, timer->cancellable, &report, &error))
    {
      g_warning ("reading the EHR failed: %s", error->message);
      return FALSE;
    }
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (report.types[i].error != NULL)
      g_warning ("reading %s from the EHR failed: %s", report.types[i].type, report.types[i].error);
  return cpd_ehr_sync_report_is_fine (&report);
}

/* may_begin: FALSE for a run that is nobody's slot. */
static void
run_slot (CpdEhrTimer *timer, gboolean may_begin, const Asked *asked)
{
  SlotJob job = { timer, FALSE };
  gboolean failed;
  g_autoptr (GError) error = NULL;

  if (may_begin && !cpd_writer_run (timer->sync.writer, begin_slot, &job, &error))
    {
      g_warning ("a run over the EHR could not begin: %s", error->message);
      timer->failures++;
      return;
    }
  if (!job.taken && !asked->run)
    return;
  failed = !run_sync (timer, asked->accept_removals);
  timer->failures = failed ? timer->failures + 1 : 0;
  /* A run that was ended by the end of the server stays unfinished: the next start runs the slot again. */
  if (!job.taken || g_cancellable_is_cancelled (timer->cancellable))
    return;
  timer->ended = timer->slot;
  timer->ended_failed = failed;
  timer->is_end_unwritten = TRUE;
  write_end (timer);
}

/* TRUE when the last slot is to be run now. */
static gboolean
is_due (CpdEhrTimer *timer, CpdDb *db)
{
  CpTime now = cp_time_now ();
  CpdEhrSlot slot;
  CpdEhrSlotState state;
  CpTime due;

  if (!cpd_ehr_schedule_last (timer->sync.config, now, &slot) ||
      !cpd_store_ehr_slot (db, slot.date, slot.minute, &state, NULL))
    return FALSE;
  if (strcmp (slot.date, timer->slot.date) != 0 || slot.minute != timer->slot.minute)
    timer->failures = 0;
  timer->slot = slot;
  due = cpd_ehr_timer_due (&state, MAX (timer->failures, 1), now);
  return due != 0 && due <= now;
}

/* Waits a slice, or less when something is asked. FALSE at the end. */
static gboolean
wait_slice (CpdEhrTimer *timer, Asked *asked)
{
  struct timespec until;
  int result = 0;
  gboolean ending;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_sec += SLICE_SECONDS;
  pthread_mutex_lock (&timer->lock);
  while (!timer->ending && !timer->asked.run && result == 0)
    result = pthread_cond_timedwait (&timer->changed, &timer->lock, &until);
  *asked = timer->asked;
  timer->asked = (Asked){ 0 };
  ending = timer->ending;
  pthread_mutex_unlock (&timer->lock);
  return !ending;
}

static void *
timer_thread (void *data)
{
  CpdEhrTimer *timer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (timer->sync.config->database, CPD_DB_READER, &error);
  Asked asked = { 0 };
  gboolean right;

  if (db == NULL)
    {
      g_critical ("the EHR is not read: %s", error->message);
      return NULL;
    }
  do
    {
      write_end (timer);
      right = slots_are_right (timer);
      if ((right && is_due (timer, db)) || asked.run)
        run_slot (timer, right, &asked);
    }
  while (wait_slice (timer, &asked));
  return NULL;
}

/**
 * cpd_ehr_timer_new:
 *
 * Returns: (transfer full): running.
 */
CpdEhrTimer *
cpd_ehr_timer_new (const CpdEhrSync *sync)
{
  CpdEhrTimer *timer = g_new0 (CpdEhrTimer, 1);
  pthread_condattr_t attributes;

  timer->sync = *sync;
  timer->cancellable = g_cancellable_new ();
  pthread_mutex_init (&timer->lock, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&timer->changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&timer->thread, NULL, timer_thread, timer) != 0)
    g_error ("no thread for the schedule");
  return timer;
}

/**
 * cpd_ehr_timer_free:
 * @timer: (nullable):
 */
void
cpd_ehr_timer_free (CpdEhrTimer *timer)
{
  if (timer == NULL)
    return;
  g_cancellable_cancel (timer->cancellable);
  pthread_mutex_lock (&timer->lock);
  timer->ending = TRUE;
  pthread_cond_signal (&timer->changed);
  pthread_mutex_unlock (&timer->lock);
  pthread_join (timer->thread, NULL);
  pthread_cond_destroy (&timer->changed);
  pthread_mutex_destroy (&timer->lock);
  g_object_unref (timer->cancellable);
  g_free (timer);
}

/**
 * cpd_ehr_timer_run_now:
 * @accept_removals: as in CpdEhrSync, for this run only
 *
 * Wakes the thread.
 */
void
cpd_ehr_timer_run_now (CpdEhrTimer *timer, gboolean accept_removals)
{
  pthread_mutex_lock (&timer->lock);
  timer->asked.run = TRUE;
  timer->asked.accept_removals |= accept_removals;
  pthread_cond_signal (&timer->changed);
  pthread_mutex_unlock (&timer->lock);
}
