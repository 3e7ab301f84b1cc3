/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-read-marks.h"

#define WAITING_MAX 200 /* more are not kept: a line that is down for long */

struct _CpaReadMarks
{
  GObject parent_instance;

  CpaContext *context; /* (owned) */
  GQueue waiting;      /* of char * (owned) */
  GHashTable *known;   /* (owned): those that wait, and the one being told */
  char *busy;          /* (owned) (nullable): being told */
};

G_DEFINE_FINAL_TYPE (CpaReadMarks, cpa_read_marks, G_TYPE_OBJECT)

static void tell_next (CpaReadMarks *self);

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaReadMarks) self = user_data;
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  g_hash_table_remove (self->known, self->busy);
  g_clear_pointer (&self->busy, g_free);
  if (error != NULL)
    {
      g_queue_clear_full (&self->waiting, g_free);
      g_hash_table_remove_all (self->known);
    }
  tell_next (self);
}

static void
tell_next (CpaReadMarks *self)
{
  CpaCall call = { .route = CP_ROUTE_DOSSIER_ITEM_READ };

  if (self->busy != NULL || g_queue_is_empty (&self->waiting))
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
