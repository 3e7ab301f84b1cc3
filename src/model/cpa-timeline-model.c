/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-model.h"

#include "cp-error.h"
#include "cp-start.h"

/* Cards on both sides of what is in sight that are fetched too, and that are kept. A list view binds some hundred rows
 * around its place, so what is kept reaches farther than that. */
#define FETCH_AROUND 24
#define KEEP_AROUND 400

struct _CpaTimelineModel
{
  GObject parent_instance;

  CpaApi *api;     /* (owned) */
  char *patient;   /* (owned) */
  GTimeZone *zone; /* (owned) */

  CpTimeline *timeline;        /* (owned) (nullable) */
  CpaMonths *months;           /* (owned) (nullable) */
  GCancellable *counts_cancel; /* (owned) (nullable): of the question for the counts */

  GCancellable *page_cancel; /* (owned) (nullable): of the question for a page */
  guint page_month;          /* whose page that is */
  char *page_cursor;         /* (owned) (nullable): of the next page of that month */
  GPtrArray *page_records;   /* (owned) (nullable): what came of it so far */
  char *odd_month;           /* (owned) (nullable): did not agree with the counts, and was asked again */
  gboolean failed;           /* until somebody tries again */

  GHashTable *live; /* (owned): position to CpaTimelineItem (borrowed) that somebody holds */
  guint sight_first, sight_last;
  guint open;
  gboolean newest_first;
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_MONTH_LOADED,
  SIGNAL_FAILED,
  SIGNAL_UNREAD_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void cpa_timeline_model_list_init (GListModelInterface *iface);
static void fetch_next (CpaTimelineModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaTimelineModel, cpa_timeline_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cpa_timeline_model_list_init))

/* What a callback needs to know which question is answered. */
typedef struct
{
  CpaTimelineModel *model;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Question;

static Question *
question_new (CpaTimelineModel *model, GCancellable *cancellable)
{
  Question *question = g_new0 (Question, 1);

  question->model = g_object_ref (model);
  question->cancellable = g_object_ref (cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->model);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static guint
count_cards (CpaTimelineModel *self)
{
  return self->months != NULL ? cpa_months_get_cards (self->months) : 0;
}

/* Rows that are shown */

static gboolean
is_first_of_day (CpaTimelineModel *self, guint position)
{
  guint neighbour = position + 1;
  const CpDossierItem *here = cpa_months_peek (self->months, position);
  const CpDossierItem *there;

  if (here == NULL || neighbour >= count_cards (self) ||
      cpa_months_of (self->months, neighbour) != cpa_months_of (self->months, position))
    return TRUE;
  there = cpa_months_peek (self->months, neighbour);
  return there == NULL || !cp_dossier_item_is_same_day (here, there, self->zone);
}

static void
update_item (CpaTimelineModel *self, CpaTimelineItem *item)
{
  guint position = cpa_timeline_item_get_position (item);
  const CpaMonth *month = cpa_months_get (self->months, cpa_months_of (self->months, position));

  /* Days stand above the cards only where they lie under each other. */
  if (self->newest_first)
    cpa_timeline_item_set_first_of_day (item, is_first_of_day (self, position));
  if (month->records != NULL && position - month->start < month->records->len)
    cpa_timeline_item_set_record (item, month->records, position - month->start);
}

/* Calls func for each row between from and until that somebody holds. */
static void
for_each_live (CpaTimelineModel *self, guint from, guint until, void (*func) (CpaTimelineModel *, CpaTimelineItem *))
{
  GHashTableIter iter;
  gpointer key, item;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &key, &item))
    if (GPOINTER_TO_UINT (key) >= from && GPOINTER_TO_UINT (key) < until)
      g_ptr_array_add (found, g_object_ref (item));
  for (guint i = 0; i < found->len; i++)
    func (self, g_ptr_array_index (found, i));
}

static void
fail_item (CpaTimelineModel *self, CpaTimelineItem *item)
{
  if (cpa_timeline_item_get_record (item) == NULL)
    cpa_timeline_item_set_failed (item, TRUE);
}

static void
unfail_item (CpaTimelineModel *self, CpaTimelineItem *item)
{
  cpa_timeline_item_set_failed (item, FALSE);
}

/* A month's pages */

static gboolean
is_near (CpaTimelineModel *self, guint month, guint around)
{
  return cpa_months_is_near (self->months, month, self->sight_first, self->sight_last, around);
}

/* Of the months that are wanted the one that is in sight, the newest first. */
static guint
choose_month (CpaTimelineModel *self)
{
  static const guint rings[] = { 0, FETCH_AROUND };

  for (guint ring = 0; ring < G_N_ELEMENTS (rings); ring++)
    {
      guint last = cpa_months_of (self->months, MIN (self->sight_last + rings[ring], count_cards (self) - 1));

      for (guint i = last + 1; i-- > 0 && is_near (self, i, rings[ring]);)
        if (!cpa_months_is_known (self->months, i) || cpa_months_get (self->months, i)->stale)
          return i;
    }
  return CPA_TIMELINE_NONE;
}

static void
stop_pages (CpaTimelineModel *self)
{
  if (self->page_cancel != NULL)
    g_cancellable_cancel (self->page_cancel);
  g_clear_object (&self->page_cancel);
  g_clear_pointer (&self->page_cursor, g_free);
  g_clear_pointer (&self->page_records, g_ptr_array_unref);
}

static void
take_failure (CpaTimelineModel *self, const GError *error)
{
  stop_pages (self);
  self->failed = TRUE;
  for_each_live (self, 0, G_MAXUINT, fail_item);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Something came in between: the counts are asked again, once for the same month. */
static void
take_odd_month (CpaTimelineModel *self, const CpaMonth *month)
{
  if (g_strcmp0 (self->odd_month, month->name) == 0)
    {
      g_autoptr (GError) error =
          g_error_new (CP_ERROR, CP_ERROR_BAD_ANSWER, "the cards of %s are not as many as was said", month->name);

      take_failure (self, error);
      return;
    }
  g_free (self->odd_month);
  self->odd_month = g_strdup (month->name);
  cpa_timeline_model_load (self, TRUE);
}

static void
take_page (CpaTimelineModel *self, CpDossierPage *page)
{
  CpaMonth *month = cpa_months_get (self->months, self->page_month);
  guint start = month->start, count = month->count, index = self->page_month;
  gboolean complete = page->next_cursor == NULL;

  for (guint i = 0; i < page->items->len; i++)
    g_ptr_array_add (self->page_records, cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (page->items, i)));
  if (self->page_records->len > count || (complete && self->page_records->len < count))
    {
      take_odd_month (self, month);
      return;
    }
  g_free (self->page_cursor);
  self->page_cursor = g_strdup (page->next_cursor);
  /* Of a month that is asked again what was there stays until all of it came. */
  if (complete || month->records == NULL || month->records->len < self->page_records->len)
    {
      g_clear_pointer (&month->records, g_ptr_array_unref);
      month->records = g_ptr_array_ref (self->page_records);
      for_each_live (self, start, start + count, update_item);
    }
  if (!complete)
    return;
  month->stale = FALSE;
  g_clear_pointer (&self->page_records, g_ptr_array_unref);
  if (g_strcmp0 (self->odd_month, month->name) == 0)
    g_clear_pointer (&self->odd_month, g_free);
  g_signal_emit (self, signals[SIGNAL_MONTH_LOADED], 0, index);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  CpaTimelineModel *self = question->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpDossierPage) page = cpa_api_call_finish (CPA_API (source), result, &error);

  if (self->page_cancel != question->cancellable)
    return;
  g_clear_object (&self->page_cancel);
  if (page == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL)
    take_failure (self, error);
  else
    take_page (self, page);
  if (self->months != NULL)
    fetch_next (self);
}

static void
ask_page (CpaTimelineModel *self)
{
  const CpaMonth *month = cpa_months_get (self->months, self->page_month);
  g_autofree char *cursor = self->page_cursor != NULL ? g_uri_escape_string (self->page_cursor, NULL, FALSE) : NULL;
  g_autofree char *query = g_strconcat ("month=", month->name, cursor != NULL ? "&cursor=" : NULL, cursor, NULL);
  CpaCall call = { .route = CP_ROUTE_DOSSIER,
                   .ids = { self->patient },
                   .query = query,
                   .answer_type = &cp_dossier_page_record,
                   .refresh = month->stale };

  self->page_cancel = g_cancellable_new ();
  cpa_api_call_async (self->api, &call, self->page_cancel, page_cb, question_new (self, self->page_cancel));
}

/* One question at a time: the rest of the month under way while it is near, then the next. */
static void
fetch_next (CpaTimelineModel *self)
{
  if (self->months == NULL || self->sight_first == CPA_TIMELINE_NONE || self->page_cancel != NULL ||
      self->counts_cancel != NULL || self->failed)
    return;
  cpa_months_forget (self->months, self->sight_first, self->sight_last, KEEP_AROUND);
  if (self->page_records == NULL || !is_near (self, self->page_month, FETCH_AROUND))
    {
      guint month = choose_month (self);

      stop_pages (self);
      if (month == CPA_TIMELINE_NONE)
        return;
      self->page_month = month;
      self->page_records = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);
    }
  ask_page (self);
}

/* The counts */

static void
set_months (CpaTimelineModel *self, CpaMonths *now)
{
  guint n_before = count_cards (self), n_now = now != NULL ? cpa_months_get_cards (now) : 0;
  guint kept = self->months != NULL && now != NULL ? cpa_months_take_over (now, self->months) : 0;
  GHashTableIter iter;
  gpointer key;

  g_clear_pointer (&self->months, g_array_unref);
  self->months = now;
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (GPOINTER_TO_UINT (key) >= kept)
      g_hash_table_iter_remove (&iter);
  if (self->open != CPA_TIMELINE_NONE && self->open >= kept)
    self->open = CPA_TIMELINE_NONE;
  if (kept == n_before && kept == n_now)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), self->newest_first ? 0 : kept, n_before - kept, n_now - kept);
}

static void
take_timeline (CpaTimelineModel *self, CpTimeline *timeline)
{
  g_autoptr (GError) error = NULL;
  CpaMonths *months = NULL;

  if (timeline->months->len > 0)
    months = cpa_months_new (timeline->months);
  if (timeline->months->len > 0 && months == NULL)
    {
      error = g_error_new_literal (CP_ERROR, CP_ERROR_BAD_ANSWER, "the months of the timeline are not in order");
      g_signal_emit (self, signals[SIGNAL_LOADED], 0, error);
      return;
    }
  g_clear_pointer (&self->timeline, cp_timeline_free);
  self->timeline = cp_record_copy (&cp_timeline_record, timeline);
  set_months (self, months);
  g_signal_emit (self, signals[SIGNAL_UNREAD_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0, NULL);
  fetch_next (self);
}

static void
counts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  CpaTimelineModel *self = question->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpTimeline) timeline = cpa_api_call_finish (CPA_API (source), result, &error);

  if (self->counts_cancel != question->cancellable)
    return;
  g_clear_object (&self->counts_cancel);
  if (timeline == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_LOADED], 0, error);
  else
    take_timeline (self, timeline);
}

void
cpa_timeline_model_load (CpaTimelineModel *self, gboolean refresh)
{
  CpaCall call = {
    .route = CP_ROUTE_TIMELINE, .ids = { self->patient }, .answer_type = &cp_timeline_record, .refresh = refresh
  };

  stop_pages (self);
  if (self->counts_cancel != NULL)
    g_cancellable_cancel (self->counts_cancel);
  g_clear_object (&self->counts_cancel);
  self->counts_cancel = g_cancellable_new ();
  self->failed = FALSE;
  for_each_live (self, 0, G_MAXUINT, unfail_item);
  cpa_api_call_async (self->api, &call, self->counts_cancel, counts_cb, question_new (self, self->counts_cancel));
}

/* What is read */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (error == NULL || self->api == NULL)
    return;
  /* It is not read as long as the server does not know: the marks come back with the counts. */
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  cpa_timeline_model_load (self, TRUE);
}

void
cpa_timeline_model_read (CpaTimelineModel *self, guint position, CpTime until)
{
  CpaTimelineItem *item;
  CpReadRequest request;
  CpaCall call = { .route = CP_ROUTE_DOSSIER_ITEM_READ, .body_type = &cp_read_request_record, .body = &request };

  if (self->months == NULL || !cpa_months_read (self->months, position))
    return;
  self->timeline->unread -= MIN (self->timeline->unread, 1);
  item = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (item != NULL)
    update_item (self, item);
  g_signal_emit (self, signals[SIGNAL_UNREAD_CHANGED], 0);
  request.until = until;
  call.ids[0] = self->patient;
  call.ids[1] = cpa_months_peek (self->months, position)->id;
  cpa_api_call_async (self->api, &call, NULL, told_cb, g_object_ref (self));
}

void
cpa_timeline_model_read_all (CpaTimelineModel *self)
{
  CpReadRequest request;
  CpaCall call = {
    .route = CP_ROUTE_DOSSIER_READ, .ids = { self->patient }, .body_type = &cp_read_request_record, .body = &request
  };

  if (self->months == NULL)
    return;
  request.until = self->timeline->asked_at;
  self->timeline->unread = 0;
  cpa_months_read_all (self->months);
  for_each_live (self, 0, G_MAXUINT, update_item);
  g_signal_emit (self, signals[SIGNAL_UNREAD_CHANGED], 0);
  cpa_api_call_async (self->api, &call, NULL, told_cb, g_object_ref (self));
}

/* As a list */

static GType
cpa_timeline_model_get_item_type (GListModel *list)
{
  return CPA_TYPE_TIMELINE_ITEM;
}

static guint
cpa_timeline_model_get_n_items (GListModel *list)
{
  return count_cards (CPA_TIMELINE_MODEL (list));
}

static gpointer
cpa_timeline_model_get_item (GListModel *list, guint index)
{
  CpaTimelineModel *self = CPA_TIMELINE_MODEL (list);
  guint position = cpa_timeline_model_flip (self, index);
  CpaTimelineItem *item;

  if (index >= count_cards (self))
    return NULL;
  item = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);
  item = cpa_timeline_item_new (position, self->live);
  update_item (self, item);
  cpa_timeline_item_set_open (item, position == self->open);
  cpa_timeline_item_set_failed (item, self->failed && cpa_timeline_item_get_record (item) == NULL);
  return item;
}

static void
cpa_timeline_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = cpa_timeline_model_get_item_type;
  iface->get_n_items = cpa_timeline_model_get_n_items;
  iface->get_item = cpa_timeline_model_get_item;
}

static void
cpa_timeline_model_dispose (GObject *object)
{
  CpaTimelineModel *self = CPA_TIMELINE_MODEL (object);

  stop_pages (self);
  if (self->counts_cancel != NULL)
    g_cancellable_cancel (self->counts_cancel);
  g_clear_object (&self->counts_cancel);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (cpa_timeline_model_parent_class)->dispose (object);
}

static void
cpa_timeline_model_finalize (GObject *object)
{
  CpaTimelineModel *self = CPA_TIMELINE_MODEL (object);

  g_clear_pointer (&self->timeline, cp_timeline_free);
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->live);
  g_free (self->patient);
  g_free (self->odd_month);
  G_OBJECT_CLASS (cpa_timeline_model_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, CPA_TYPE_TIMELINE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params,
                       type);
}

static void
cpa_timeline_model_class_init (CpaTimelineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_timeline_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_timeline_model_finalize;
  signals[SIGNAL_LOADED] = add_signal ("loaded", 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_MONTH_LOADED] = add_signal ("month-loaded", 1, G_TYPE_UINT);
  signals[SIGNAL_FAILED] = add_signal ("failed", 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_UNREAD_CHANGED] = add_signal ("unread-changed", 0, G_TYPE_NONE);
}

static void
cpa_timeline_model_init (CpaTimelineModel *self)
{
  self->live = g_hash_table_new (NULL, NULL);
  self->sight_first = CPA_TIMELINE_NONE;
  self->open = CPA_TIMELINE_NONE;
}

CpaTimelineModel *
cpa_timeline_model_new (CpaApi *api, const char *patient, GTimeZone *zone)
{
  CpaTimelineModel *self = g_object_new (CPA_TYPE_TIMELINE_MODEL, NULL);

  self->api = g_object_ref (api);
  self->patient = g_strdup (patient);
  self->zone = g_time_zone_ref (zone);
  return self;
}

const CpTimeline *
cpa_timeline_model_get_timeline (CpaTimelineModel *self)
{
  return self->timeline;
}

CpaMonths *
cpa_timeline_model_get_months (CpaTimelineModel *self)
{
  return self->months;
}

GTimeZone *
cpa_timeline_model_get_zone (CpaTimelineModel *self)
{
  return self->zone;
}

void
cpa_timeline_model_set_sight (CpaTimelineModel *self, guint first, guint last)
{
  if (self->sight_first == first && self->sight_last == last)
    return;
  self->sight_first = first;
  self->sight_last = last;
  fetch_next (self);
}

void
cpa_timeline_model_set_newest_first (CpaTimelineModel *self, gboolean newest_first)
{
  guint n = count_cards (self);

  if (self->newest_first == newest_first)
    return;
  self->newest_first = newest_first;
  g_hash_table_remove_all (self->live);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, n);
}

guint
cpa_timeline_model_flip (CpaTimelineModel *self, guint position)
{
  return self->newest_first ? count_cards (self) - 1 - position : position;
}

void
cpa_timeline_model_set_open (CpaTimelineModel *self, guint position)
{
  CpaTimelineItem *before = g_hash_table_lookup (self->live, GUINT_TO_POINTER (self->open));
  CpaTimelineItem *now;

  self->open = position;
  now = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (before != NULL && before != now)
    cpa_timeline_item_set_open (before, FALSE);
  if (now != NULL)
    cpa_timeline_item_set_open (now, TRUE);
}

guint
cpa_timeline_model_get_open (CpaTimelineModel *self)
{
  return self->open;
}
