/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-step.h"

#include "cp-error.h"

typedef struct
{
  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  gboolean busy;
} CpaStepPrivate;

enum
{
  SIGNAL_NEXT,
  SIGNAL_BACK,
  SIGNAL_ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CpaStep, cpa_step, ADW_TYPE_BIN)

static void
set_busy (CpaStep *self, gboolean busy)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  priv->busy = busy;
  CPA_STEP_GET_CLASS (self)->show_busy (self, busy);
}

static gboolean
ends_attempt (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_ATTEMPT_ENDED) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_PASSWORD_UNSURE);
}

/* Nobody was in yet, so it is not the session that is over. */
static void
end (CpaStep *self, const GError *error)
{
  g_autoptr (GError) over = g_error_copy (error);

  if (over->code == CP_ERROR_UNAUTHENTICATED)
    over->code = CP_ERROR_ATTEMPT_ENDED;
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, over);
}

static void
cpa_step_dispose (GObject *object)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (CPA_STEP (object));

  cpa_step_abandon (CPA_STEP (object));
  g_clear_object (&priv->account);
  G_OBJECT_CLASS (cpa_step_parent_class)->dispose (object);
}

static void
cpa_step_finalize (GObject *object)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (CPA_STEP (object));

  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->organisation, cp_organisation_free);
  G_OBJECT_CLASS (cpa_step_parent_class)->finalize (object);
}

static void
cpa_step_class_init (CpaStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_step_finalize;
  signals[SIGNAL_NEXT] =
      g_signal_new ("next", CPA_TYPE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_BACK] = g_signal_new ("back", CPA_TYPE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", CPA_TYPE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cpa_step_init (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
}

void
cpa_step_setup (CpaStep *self, CpaAccount *account, const CpOrganisation *organisation)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  priv->account = g_object_ref (account);
  priv->organisation = cp_record_copy (&cp_organisation_record, organisation);
}

CpaAccount *
cpa_step_get_account (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  return priv->account;
}

const CpOrganisation *
cpa_step_get_organisation (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  return priv->organisation;
}

gboolean
cpa_step_is_busy (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  return priv->busy;
}

GCancellable *
cpa_step_begin (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  set_busy (self, TRUE);
  return priv->cancellable;
}

gboolean
cpa_step_settle (CpaStep *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  set_busy (self, FALSE);
  if (error != NULL && ends_attempt (error))
    end (self, error);
  else if (error != NULL)
    CPA_STEP_GET_CLASS (self)->show_failure (self, error);
  return error == NULL;
}

CpLoginAnswer *
cpa_step_finish (CpaStep *self, CpaAccount *account, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  CpLoginAnswer *answer = cpa_account_next_finish (account, result, &error);

  cpa_step_settle (self, error);
  return answer;
}

void
cpa_step_abandon (CpaStep *self)
{
  CpaStepPrivate *priv = cpa_step_get_instance_private (self);

  g_cancellable_cancel (priv->cancellable);
}

void
cpa_step_next (CpaStep *self, CpLoginAnswer *answer)
{
  g_signal_emit (self, signals[SIGNAL_NEXT], 0, answer);
}

void
cpa_step_back (CpaStep *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}
