/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-words.h"

/* After a failure it is not asked again at each text, which is as good without. */
#define PATIENCE (30 * G_TIME_SPAN_SECOND)

struct _CpaWords
{
  GObject parent_instance;

  CpaApi *api;           /* (borrowed): it owns this */
  CpaWordFinder *finder; /* (owned) (nullable) */
  GError *failure;       /* (owned) (nullable): why they are not there, until it is asked again */
  GCancellable *asked;   /* (owned) (nullable): while it is asked */
  gint64 not_before;     /* monotonic */
  gboolean explain;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaWords, cpa_words, G_TYPE_OBJECT)

typedef struct
{
  CpaWords *words;     /* (owned) */
  GCancellable *asked; /* (owned) */
} Question;

/* TRUE: nothing else was asked since. (transfer question) */
static gboolean
is_newest (Question *question)
{
  gboolean newest = question->words->asked == question->asked;

  g_object_unref (question->words);
  g_object_unref (question->asked);
  g_free (question);
  return newest;
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (CpaWords) self = g_object_ref (question->words);
  g_autoptr (GError) error = NULL;
  g_autoptr (CpWordList) list = cpa_api_call_finish (CPA_API (source), result, &error);

  if (!is_newest (question))
    return;
  g_clear_object (&self->asked);
  if (list != NULL)
    {
      self->finder = cpa_word_finder_new (list);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }
  if (error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  self->not_before = g_get_monotonic_time () + PATIENCE;
  self->failure = g_steal_pointer (&error);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

static void
fetch (CpaWords *self)
{
  CpaCall call = { .route = CP_ROUTE_WORDS, .answer_type = &cp_word_list_record, .refresh = TRUE };
  Question *question;

  g_clear_error (&self->failure);
  self->asked = g_cancellable_new ();
  question = g_new (Question, 1);
  *question = (Question){ g_object_ref (self), g_object_ref (self->asked) };
  cpa_api_call_async (self->api, &call, self->asked, answer_cb, question);
}

static void
cpa_words_finalize (GObject *object)
{
  CpaWords *self = CPA_WORDS (object);

  g_clear_pointer (&self->finder, cpa_word_finder_free);
  g_clear_error (&self->failure);
  g_clear_object (&self->asked);
  G_OBJECT_CLASS (cpa_words_parent_class)->finalize (object);
}

static void
cpa_words_class_init (CpaWordsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_words_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_WORDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", CPA_TYPE_WORDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_words_init (CpaWords *self)
{
  self->explain = TRUE;
}

CpaWords *
cpa_words_of (CpaApi *api)
{
  static const char key[] = "cpa-words";
  CpaWords *self = g_object_get_data (G_OBJECT (api), key);

  if (self == NULL)
    {
      self = g_object_new (CPA_TYPE_WORDS, NULL);
      self->api = api;
      g_object_set_data_full (G_OBJECT (api), key, self, g_object_unref);
    }
  return self;
}

static void
keep_cb (CpaWords *self, CpaAccount *account)
{
  cpa_account_set_explains (account, self->explain);
}

void
cpa_words_follow (CpaAccount *account)
{
  CpaWords *self = cpa_words_of (cpa_account_get_api (account));

  cpa_words_set_explain (self, cpa_account_get_explains (account));
  g_signal_connect_object (self, "changed", G_CALLBACK (keep_cb), account, 0);
}

CpaWordFinder *
cpa_words_get_finder (CpaWords *self)
{
  if (self->finder == NULL && self->asked == NULL && g_get_monotonic_time () >= self->not_before)
    fetch (self);
  return self->finder;
}

const GError *
cpa_words_get_failure (CpaWords *self)
{
  return self->failure;
}

void
cpa_words_ask_again (CpaWords *self)
{
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  if (self->finder == NULL)
    fetch (self);
}

gboolean
cpa_words_get_explain (CpaWords *self)
{
  return self->explain;
}

void
cpa_words_set_explain (CpaWords *self, gboolean explain)
{
  if (self->explain == explain)
    return;
  self->explain = explain;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

GArray *
cpa_words_find (CpaWords *self, const char *text)
{
  CpaWordFinder *finder = self->explain ? cpa_words_get_finder (self) : NULL;

  return finder != NULL ? cpa_word_finder_find (finder, text) : g_array_new (FALSE, FALSE, sizeof (CpaWordMatch));
}
