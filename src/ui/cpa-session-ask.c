/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-session-ask.h"

struct _CpaSessionAsk
{
  CpaAccount *account;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  CpaSessionTold told;
  GObject *owner; /* (borrowed) */
  guint asked;    /* how often */
  guint answered; /* the question of the newest answer */
};

typedef struct
{
  CpaSessionAsk *ask; /* (borrowed): of owner */
  GObject *owner;     /* (owned) */
  guint number;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->owner);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  CpaSessionAsk *self = question->ask;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpSession) session = cpa_account_session_finish (CPA_ACCOUNT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || question->number < self->answered)
    return;
  if (error == NULL)
    self->answered = question->number;
  self->told (self->owner, g_steal_pointer (&session), error);
}

CpaSessionAsk *
cpa_session_ask_new (CpaAccount *account, CpaSessionTold told, GObject *owner)
{
  CpaSessionAsk *self = g_new0 (CpaSessionAsk, 1);

  self->account = g_object_ref (account);
  self->cancellable = g_cancellable_new ();
  self->told = told;
  self->owner = owner;
  return self;
}

void
cpa_session_ask_free (CpaSessionAsk *self)
{
  g_object_unref (self->account);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
cpa_session_ask_start (CpaSessionAsk *self, gboolean refresh)
{
  Question *question = g_new (Question, 1);

  *question = (Question){ self, g_object_ref (self->owner), ++self->asked };
  cpa_account_session_async (self->account, refresh, self->cancellable, answered_cb, question);
}

void
cpa_session_ask_stop (CpaSessionAsk *self)
{
  g_cancellable_cancel (self->cancellable);
}
