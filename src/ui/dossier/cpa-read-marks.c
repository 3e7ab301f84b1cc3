/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-read-marks.h"

#include "cpa-error-text.h"

#define WAITING_MAX 200 /* more are not kept: a line that is down for long */
#define RETRY_SECONDS 1 /* after the first failure, and twice as long after each that follows */
#define RETRY_SECONDS_MAX 300

struct _CpaReadMarks
{
  GObject parent_instance;

  CpaContext *context; /* (owned) */
  GQueue waiting;      /* of char * (owned) */
  GHashTable *known;   /* (owned): those that wait, and the one being told */
  char *busy;          /* (owned) (nullable): being told */
  guint pause;         /* until what failed is told again */
  guint pause_seconds; /* how long the next one is */
};

G_DEFINE_FINAL_TYPE (CpaReadMarks, cpa_read_marks, G_TYPE_OBJECT)

static void tell_next (CpaReadMarks *self);

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
  g_clear_pointer (&self->busy, g_free);
  g_queue_clear_full (&self->waiting, g_free);
  g_hash_table_remove_all (self->known);
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
      g_hash_table_remove (self->known, self->busy);
      g_clear_pointer (&self->busy, g_free);
      self->pause_seconds = RETRY_SECONDS;
      tell_next (self);
      return;
    }
  text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
  if (text->can_retry)
    wait_for_line (self);
  else
    give_up (self);
}

static void
tell_next (CpaReadMarks *self)
{
  CpaCall call = { .route = CP_ROUTE_DOSSIER_ITEM_READ };

  if (self->busy != NULL || self->pause != 0 || g_queue_is_empty (&self->waiting))
    return;
  self->busy = g_queue_pop_head (&self->waiting);
  call.ids[0] = cpa_context_get_patient (self->context)->id;
  call.ids[1] = self->busy;
  cpa_api_call_async (cpa_context_get_api (self->context), &call, NULL, told_cb, g_object_ref (self));
}

static void
cpa_read_marks_finalize (GObject *object)
{
  CpaReadMarks *self = CPA_READ_MARKS (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_queue_clear_full (&self->waiting, g_free);
  g_hash_table_unref (self->known);
  g_free (self->busy);
  g_clear_object (&self->context);
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
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CpaReadMarks *
cpa_read_marks_new (CpaContext *context)
{
  CpaReadMarks *self = g_object_new (CPA_TYPE_READ_MARKS, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
cpa_read_marks_add (CpaReadMarks *self, const char *item)
{
  if (g_queue_get_length (&self->waiting) >= WAITING_MAX || !g_hash_table_add (self->known, g_strdup (item)))
    return;
  g_queue_push_tail (&self->waiting, g_strdup (item));
  tell_next (self);
}
