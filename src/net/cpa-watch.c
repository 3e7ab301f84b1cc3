/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-watch.h"

#include <time.h>

#include "cp-error.h"

static gint64
microseconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
slept (void)
{
  return microseconds (CLOCK_BOOTTIME) - microseconds (CLOCK_MONOTONIC);
}

const CpaWatchPace cpa_watch_pace = { .between = 1000,
                                      .first = 1000,
                                      .most = 30 * 1000,
                                      .settle = 3000,
                                      .tick = 5000,
                                      .slept = slept };

struct _CpaWatch
{
  GObject parent_instance;

  CpaAccount *account; /* (owned) */
  CpaWatchPace pace;
  GCancellable *cancellable; /* (owned) (nullable): of the question under way */
  char *cursor;              /* (owned) (nullable): the place in what changed */
  guint next;                /* source: the next question */
  guint tick;                /* source */
  guint settling;            /* source: the network changed, and may again */
  gint64 asked_at;           /* monotonic */
  gint64 slept;
  guint failures;   /* since the last answer */
  gboolean running; /* from start to stop */
  gboolean hurried; /* since the network changed: there was no line before, so that was not waited for */
  gboolean away;    /* asleep, or without a line; since the last answer */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaWatch, cpa_watch, G_TYPE_OBJECT)

/* What the callback needs to know which question is answered. */
typedef struct
{
  CpaWatch *watch;           /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->watch);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void ask (CpaWatch *self);

static gboolean
ask_cb (gpointer user_data)
{
  CpaWatch *self = user_data;

  self->next = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_in (CpaWatch *self, guint milliseconds)
{
  g_clear_handle_id (&self->next, g_source_remove);
  self->next = g_timeout_add (milliseconds, ask_cb, self);
}

/* A server that answers at once again and again is not asked more often for it. */
static guint
pause_before_next (CpaWatch *self)
{
  gint64 over = (g_get_monotonic_time () - self->asked_at) / 1000;

  return over < self->pace.between ? self->pace.between - (guint) over : 0;
}

/* Where all apps lost the same server, they do not come back in the same moment. */
static guint
pause_after_failure (CpaWatch *self, const GError *error)
{
  guint doubled = self->pace.first << MIN (self->failures, 16u);
  guint most = MIN (doubled, self->pace.most);
  guint wait = error->domain == CP_ERROR ? (guint) cp_error_details ((GError *) error)->wait_seconds * 1000 : 0;

  self->failures++;
  return MAX (wait, most / 2) + (guint) g_random_int_range (0, (int) most);
}

static void
tell (CpaWatch *self, const CpChanges *changes)
{
  guint topics = changes->reset ? CP_TOPIC_ALL : changes->topics;

  if (topics != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, topics);
}

static void
tell_back (CpaWatch *self)
{
  gboolean away = self->away;

  self->away = FALSE;
  if (away && self->running)
    g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpChanges) changes = cpa_api_call_finish (CPA_API (source), result, &error);
  CpaWatch *self = question->watch;

  if (self->cancellable != question->cancellable || g_cancellable_is_cancelled (question->cancellable))
    return;
  g_clear_object (&self->cancellable);
  if (changes == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL)
    {
      g_debug ("No news of changes: %s", error->message);
      /* A server that is too busy to answer is not asked for more. */
      self->away |= !g_error_matches (error, CP_ERROR, CP_ERROR_BUSY);
      ask_in (self, pause_after_failure (self, error));
      return;
    }
  self->failures = 0;
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&changes->cursor);
  ask_in (self, pause_before_next (self));
  tell (self, changes);
  tell_back (self);
}

static void
ask (CpaWatch *self)
{
  g_autofree char *escaped = self->cursor != NULL ? g_uri_escape_string (self->cursor, NULL, FALSE) : NULL;
  g_autofree char *query = escaped != NULL ? g_strconcat ("since=", escaped, NULL) : NULL;
  CpaCall call = {
    .route = CP_ROUTE_CHANGES, .query = query, .answer_type = &cp_changes_record, .refresh = TRUE, .waits = TRUE
  };
  Question *question = g_new0 (Question, 1);

  self->cancellable = g_cancellable_new ();
  self->asked_at = g_get_monotonic_time ();
  question->watch = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  cpa_api_call_async (cpa_account_get_api (self->account), &call, self->cancellable, answer_cb, question);
}

static void
cancel (CpaWatch *self)
{
  g_clear_handle_id (&self->next, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The connection under the open question may be dead without anybody saying so. */
static void
ask_anew (CpaWatch *self)
{
  if (!self->running)
    return;
  cancel (self);
  self->failures = 0;
  ask_in (self, pause_before_next (self));
}

/* Without a cursor the answer comes at once, also when the feed has nothing to tell. */
static void
come_back (CpaWatch *self)
{
  g_clear_pointer (&self->cursor, g_free);
  self->away = TRUE;
  ask_anew (self);
}

/* What was asked in a hurry and answered tells what is new since; only the question of now may be lost. */
static gboolean
settled_cb (gpointer user_data)
{
  CpaWatch *self = user_data;

  self->settling = 0;
  if (self->hurried && self->failures == 0 && !self->away)
    ask_anew (self);
  else
    come_back (self);
  self->hurried = FALSE;
  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (CpaWatch *self, gboolean available)
{
  if (!available || !self->running)
    return;
  if (self->failures > 0)
    {
      come_back (self);
      self->hurried = TRUE;
    }
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (self->pace.settle, settled_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  CpaWatch *self = user_data;
  gint64 now = self->pace.slept ();
  gboolean has_slept = now - self->slept > G_USEC_PER_SEC;

  self->slept = now;
  if (has_slept)
    come_back (self);
  return G_SOURCE_CONTINUE;
}

/* The token that the open question was asked with stops to count: its answer would be that the session has ended. */
static void
renewing_cb (CpaWatch *self, gboolean under_way)
{
  if (under_way)
    cancel (self);
  else
    ask_anew (self);
}

void
cpa_watch_start (CpaWatch *self)
{
  if (self->running)
    return;
  self->running = TRUE;
  self->slept = self->pace.slept ();
  self->tick = g_timeout_add (self->pace.tick, tick_cb, self);
  ask (self);
}

void
cpa_watch_stop (CpaWatch *self)
{
  self->running = FALSE;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->settling, g_source_remove);
  self->hurried = FALSE;
  cancel (self);
}

void
cpa_watch_again (CpaWatch *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (CP_ERROR, CP_ERROR_UNREACHABLE, "what changed could not be looked at");

  if (!self->running)
    return;
  cancel (self);
  g_clear_pointer (&self->cursor, g_free);
  ask_in (self, pause_after_failure (self, error));
}

static void
cpa_watch_dispose (GObject *object)
{
  CpaWatch *self = CPA_WATCH (object);

  cpa_watch_stop (self);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (cpa_watch_parent_class)->dispose (object);
}

static void
cpa_watch_finalize (GObject *object)
{
  g_free (CPA_WATCH (object)->cursor);
  G_OBJECT_CLASS (cpa_watch_parent_class)->finalize (object);
}

static void
cpa_watch_class_init (CpaWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_watch_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_BACK] = g_signal_new ("back", CPA_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_watch_init (CpaWatch *self)
{
}

CpaWatch *
cpa_watch_new (CpaAccount *account, const CpaWatchPace *pace)
{
  CpaWatch *self = g_object_new (CPA_TYPE_WATCH, NULL);

  self->account = g_object_ref (account);
  self->pace = *pace;
  g_signal_connect_object (account, "renewing", G_CALLBACK (renewing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
