/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-read-marks.h"

#include "cp-timeline.h"
#include "cpa-error-text.h"

#define WAITING_MAX 200 /* more are not kept: a line that is down for long */
#define RETRY_SECONDS 1 /* after the first failure, and twice as long after each that follows */
#define RETRY_SECONDS_MAX 300

typedef struct
{
  char *item; /* (owned) */
  CpTime until;
} Mark;

struct _CpaReadMarks
{
  GObject parent_instance;

  CpaApi *api;         /* (borrowed): it owns this */
  char *patient;       /* (owned) */
  GQueue waiting;      /* of Mark (owned) */
  Mark *busy;          /* (owned) (nullable): being told */
  guint pause;         /* until what failed is told again */
  guint pause_seconds; /* how long the next one is */
};

G_DEFINE_FINAL_TYPE (CpaReadMarks, cpa_read_marks, G_TYPE_OBJECT)

static void tell_next (CpaReadMarks *self);

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->item);
  g_free (mark);
}

static gboolean
pause_cb (gpointer user_data)
{
  CpaReadMarks *self = user_data;

  self->pause = 0;
  tell_next (self);
  return G_SOURCE_REMOVE;
}

/* The line is down: what was to be told is told when it is there again. */
static void
wait_for_line (CpaReadMarks *self)
{
  g_queue_push_head (&self->waiting, g_steal_pointer (&self->busy));
  self->pause = g_timeout_add_seconds (self->pause_seconds, pause_cb, self);
  self->pause_seconds = MIN (self->pause_seconds * 2, RETRY_SECONDS_MAX);
}

/* Nothing will be accepted any more: the session is over, or the right is gone. */
static void
give_up (CpaReadMarks *self)
{
  g_clear_pointer (&self->busy, mark_free);
  g_queue_clear_full (&self->waiting, mark_free);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaReadMarks) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaErrorText) text = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (error == NULL || g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      g_clear_pointer (&self->busy, mark_free);
      self->pause_seconds = RETRY_SECONDS;
      tell_next (self);
      return;
    }
  text = cpa_error_text_new (error, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !text->can_retry)
    give_up (self);
  else
    wait_for_line (self);
}

static void
tell_next (CpaReadMarks *self)
{
  CpReadRequest request;
  CpaCall call = { .route = CP_ROUTE_DOSSIER_ITEM_READ, .body_type = &cp_read_request_record, .body = &request };

  if (self->busy != NULL || self->pause != 0 || g_queue_is_empty (&self->waiting))
    return;
  self->busy = g_queue_pop_head (&self->waiting);
  request.until = self->busy->until;
  call.ids[0] = self->patient;
  call.ids[1] = self->busy->item;
  cpa_api_call_async (self->api, &call, NULL, told_cb, g_object_ref (self));
}

static void
cpa_read_marks_finalize (GObject *object)
{
  CpaReadMarks *self = CPA_READ_MARKS (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  give_up (self);
  g_free (self->patient);
  G_OBJECT_CLASS (cpa_read_marks_parent_class)->finalize (object);
}

static void
cpa_read_marks_class_init (CpaReadMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_read_marks_finalize;
}

static void
cpa_read_marks_init (CpaReadMarks *self)
{
  self->pause_seconds = RETRY_SECONDS;
  g_queue_init (&self->waiting);
}

CpaReadMarks *
cpa_read_marks_of (CpaContext *context)
{
  static const char key[] = "cpa-read-marks";
  CpaApi *api = cpa_context_get_api (context);
  const char *patient = cpa_context_get_patient (context)->id;
  CpaReadMarks *self = g_object_get_data (G_OBJECT (api), key);

  if (self != NULL && g_str_equal (self->patient, patient))
    return self;
  self = g_object_new (CPA_TYPE_READ_MARKS, NULL);
  self->api = api;
  self->patient = g_strdup (patient);
  g_object_set_data_full (G_OBJECT (api), key, self, g_object_unref);
  return self;
}

void
cpa_read_marks_add (CpaReadMarks *self, const char *item, CpTime until)
{
  Mark *mark;

  for (const GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      mark = link->data;
      if (!g_str_equal (mark->item, item))
        continue;
      mark->until = MAX (mark->until, until);
      return;
    }
  if (g_queue_get_length (&self->waiting) >= WAITING_MAX)
    return;
  mark = g_new0 (Mark, 1);
  mark->item = g_strdup (item);
  mark->until = until;
  g_queue_push_tail (&self->waiting, mark);
  tell_next (self);
}
