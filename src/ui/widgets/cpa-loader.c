/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-loader.h"

struct _CpaLoader
{
  GObject parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoaded loaded;
  gpointer owner;            /* (borrowed) */
  GCancellable *cancellable; /* (owned) (nullable): of the question under way */
};

G_DEFINE_FINAL_TYPE (CpaLoader, cpa_loader, G_TYPE_OBJECT)

/* What the callback needs to know which question is answered. */
typedef struct
{
  CpaLoader *loader;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  const CpRecordType *answer_type;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->loader);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  gpointer record = cpa_api_call_finish (CPA_API (source), result, &error);
  CpaLoader *self = question->loader;

  if (self->cancellable != question->cancellable || g_cancellable_is_cancelled (question->cancellable))
    {
      cp_record_free (question->answer_type, record);
      return;
    }
  g_clear_object (&self->cancellable);
  if (record == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  self->loaded (self->owner, record, error);
}

static void
cpa_loader_dispose (GObject *object)
{
  CpaLoader *self = CPA_LOADER (object);

  cpa_loader_cancel (self);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_loader_parent_class)->dispose (object);
}

static void
cpa_loader_class_init (CpaLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_loader_dispose;
}

static void
cpa_loader_init (CpaLoader *self)
{
}

CpaLoader *
cpa_loader_new (CpaContext *context, CpaLoaded loaded, gpointer owner)
{
  CpaLoader *self = g_object_new (CPA_TYPE_LOADER, NULL);

  self->context = g_object_ref (context);
  self->loaded = loaded;
  self->owner = owner;
  return self;
}

static void
ask (CpaLoader *self, const CpaCall *call)
{
  Question *question;

  cpa_loader_cancel (self);
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->loader = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  question->answer_type = call->answer_type;
  cpa_api_call_async (cpa_context_get_api (self->context), call, self->cancellable, answer_cb, question);
}

void
cpa_loader_start (CpaLoader *self, CpRouteId route, const char *item, const char *query,
                  const CpRecordType *answer_type, gboolean refresh)
{
  const CpPatientAccess *patient = cpa_context_get_patient (self->context);
  CpaCall call = { .route = route, .query = query, .answer_type = answer_type, .refresh = refresh };

  g_return_if_fail (patient != NULL);
  call.ids[0] = patient->id;
  call.ids[1] = item;
  ask (self, &call);
}

void
cpa_loader_start_own (CpaLoader *self, CpRouteId route, const CpRecordType *answer_type, gboolean refresh)
{
  CpaCall call = { .route = route, .answer_type = answer_type, .refresh = refresh };

  ask (self, &call);
}

void
cpa_loader_cancel (CpaLoader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
cpa_loader_is_busy (CpaLoader *self)
{
  return self->cancellable != NULL;
}

char *
cpa_loader_query (const char *when, const char *cursor)
{
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;

  if (when != NULL && escaped != NULL)
    return g_strconcat ("when=", when, "&cursor=", escaped, NULL);
  if (when != NULL)
    return g_strconcat ("when=", when, NULL);
  return escaped != NULL ? g_strconcat ("cursor=", escaped, NULL) : NULL;
}
