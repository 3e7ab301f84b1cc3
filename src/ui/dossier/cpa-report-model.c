/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-report-model.h"

#include "cp-start.h"
#include "cp-timeline.h"
#include "cpa-answer-text.h"
#include "cpa-loader.h"
#include "cpa-pages-again.h"

struct _CpaReportModel
{
  GObject parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *first;    /* (owned) */
  CpaLoader *next;     /* (owned) */
  GListStore *reports; /* (owned): CpaReport */
  CpRouteId route;
  char *query;         /* (owned) (nullable) */
  char *cursor;        /* (owned) (nullable): of the next page */
  CpaPagesAgain again; /* (owned): what is shown, asked again */
  gboolean anew;       /* the answer under way is to another question than what is shown */
  gboolean failed;     /* the next page could not be fetched */
};

enum
{
  SIGNAL_FIRST_PAGE,
  SIGNAL_NEXT_PAGE,
  SIGNAL_TAKEN_AWAY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaReportModel, cpa_report_model, G_TYPE_OBJECT)

static guint
get_count (CpaReportModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->reports));
}

static CpaReport *
peek (CpaReportModel *self, guint position)
{
  return cpa_report_model_peek (self, position);
}

static const CpRecordType *
page_type (CpaReportModel *self)
{
  return self->route == CP_ROUTE_DOSSIER_SEARCH ? &cp_search_page_record : &cp_dossier_page_record;
}

static GPtrArray *
page_items (CpaReportModel *self, gpointer page)
{
  return self->route == CP_ROUTE_DOSSIER_SEARCH ? ((CpSearchPage *) page)->items : ((CpDossierPage *) page)->items;
}

/* Before it is compared with what is shown. */
static void
tidy_page (CpaReportModel *self, gpointer page)
{
  const GPtrArray *items = page_items (self, page);

  for (guint i = 0; i < items->len; i++)
    cpa_answer_tidy (g_ptr_array_index (items, i));
}

static const char *
page_cursor (CpaReportModel *self, gpointer page)
{
  return self->route == CP_ROUTE_DOSSIER_SEARCH ? ((CpSearchPage *) page)->next_cursor
                                                : ((CpDossierPage *) page)->next_cursor;
}

/* Which of the reports from position on begin and end a day. */
static void
set_ends (CpaReportModel *self, guint from, guint until)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);

  for (guint i = from; i < MIN (until, get_count (self)); i++)
    {
      CpaReport *report = peek (self, i), *before = i > 0 ? peek (self, i - 1) : NULL, *after = peek (self, i + 1);
      const CpDossierItem *item = cpa_report_get_item (report);

      cpa_report_set_ends (report,
                           before == NULL || !cp_dossier_item_is_same_day (cpa_report_get_item (before), item, zone),
                           after == NULL || !cp_dossier_item_is_same_day (cpa_report_get_item (after), item, zone));
    }
}

/* Puts items (from on, so many) in the place of removed reports at position. */
static void
splice (CpaReportModel *self, guint position, guint removed, const GPtrArray *items, guint from, guint n)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < from + n; i++)
    g_ptr_array_add (reports, cpa_report_new (cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (items, i))));
  g_list_store_splice (self->reports, position, removed, reports->pdata, reports->len);
  set_ends (self, position > 0 ? position - 1 : 0, position + n + 1);
}

static void
set_cursor (CpaReportModel *self, const char *cursor)
{
  g_free (self->cursor);
  self->cursor = g_strdup (cursor);
}

/* Where from on the same report stands among what is shown; the end when it does not. */
static guint
find_same (CpaReportModel *self, guint from, const CpDossierItem *item)
{
  guint position = from;

  while (position < get_count (self) && !cpa_report_is_same (peek (self, position), item))
    position++;
  return position;
}

/* Only what differs is put in another's place, so that the reader stays. What the care team took away goes. */
static void
take_items (CpaReportModel *self, const GPtrArray *items)
{
  guint at = 0;
  gboolean taken_away = FALSE;

  while (at < items->len || at < get_count (self))
    {
      guint next = at, found = get_count (self);

      /* How far it differs: up to the next that stands there already. */
      while (next < items->len && (found = find_same (self, at, g_ptr_array_index (items, next))) == get_count (self))
        next++;
      if (next > at || found > at)
        splice (self, at, found - at, items, at, next - at);
      taken_away = taken_away || found > at;
      at = next + 1;
    }
  for (guint i = 0; i < items->len; i++)
    cpa_report_follow (peek (self, i), g_ptr_array_index (items, i));
  if (taken_away)
    g_signal_emit (self, signals[SIGNAL_TAKEN_AWAY], 0);
}

/* (nullable): the last report that is shown. */
static const CpDossierItem *
get_end (CpaReportModel *self)
{
  return get_count (self) > 0 ? cpa_report_get_item (peek (self, get_count (self) - 1)) : NULL;
}

/* How many of items there are up to the last report that is shown; 0 when that is not among them. */
static guint
count_to_end (CpaReportModel *self, const GPtrArray *items)
{
  const CpDossierItem *end = get_end (self);

  for (guint i = items->len; end != NULL && i > 0; i--)
    if (g_strcmp0 (((const CpDossierItem *) g_ptr_array_index (items, i - 1))->id, end->id) == 0)
      return i;
  return 0;
}

/* Whether what was asked again goes back as far as what is shown. */
static gboolean
is_whole (CpaReportModel *self, gpointer page)
{
  const GPtrArray *items = page_items (self, page);
  const CpDossierItem *end = get_end (self);

  return page_cursor (self, page) == NULL || items->len == 0 || end == NULL || count_to_end (self, items) > 0 ||
         ((const CpDossierItem *) g_ptr_array_index (items, items->len - 1))->at < end->at;
}

/* No further than what is shown, so that the next page still follows it; else the next page is another one. */
static void
take_refresh (CpaReportModel *self, gpointer page)
{
  GPtrArray *items = page_items (self, page);
  guint count = count_to_end (self, items);

  if (count > 0 && self->cursor != NULL)
    g_ptr_array_set_size (items, (int) count);
  else
    {
      cpa_loader_cancel (self->next);
      set_cursor (self, page_cursor (self, page));
    }
  take_items (self, items);
}

static void
take_first (CpaReportModel *self, gpointer page)
{
  const GPtrArray *items = page_items (self, page);

  cpa_loader_cancel (self->next);
  set_cursor (self, page_cursor (self, page));
  self->failed = FALSE;
  splice (self, 0, get_count (self), items, 0, items->len);
}

static void
start (CpaReportModel *self, CpaLoader *loader, const char *cursor, gboolean refresh)
{
  g_autofree char *rest = cpa_loader_query (NULL, cursor);
  const char *parts[] = { self->query != NULL ? self->query : rest, self->query != NULL ? rest : NULL, NULL };
  g_autofree char *query = parts[0] != NULL ? g_strjoinv ("&", (char **) parts) : NULL;

  cpa_loader_start (loader, self->route, NULL, query, page_type (self), refresh);
}

/* (transfer full) (nullable): all that is shown, when page (transfer full) was the last one of it. */
static gpointer
gather (CpaReportModel *self, gpointer page)
{
  cpa_pages_again_add (&self->again, page_type (self), page);
  if (is_whole (self, self->again.all))
    return cpa_pages_again_take (&self->again);
  start (self, self->first, cpa_pages_again_get_cursor (&self->again), TRUE);
  return NULL;
}

static void
first_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaReportModel *self = owner;
  const CpRecordType *type = page_type (self); /* who is told may ask something else at once */
  gboolean anew = self->anew;

  if (record != NULL)
    tidy_page (self, record);
  if (record != NULL && anew)
    take_first (self, record);
  else if (record != NULL)
    {
      record = gather (self, record);
      if (record == NULL)
        return;
      take_refresh (self, record);
    }
  else if (anew)
    /* What fits another question is not the answer. */
    g_list_store_remove_all (self->reports);
  if (record != NULL)
    self->anew = FALSE;
  cpa_pages_again_forget (&self->again);
  g_signal_emit (self, signals[SIGNAL_FIRST_PAGE], 0, record, error, anew);
  cp_record_free (type, record);
}

static void
next_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaReportModel *self = owner;

  self->failed = error != NULL;
  if (error == NULL)
    {
      tidy_page (self, record);
      set_cursor (self, page_cursor (self, record));
      splice (self, get_count (self), 0, page_items (self, record), 0, page_items (self, record)->len);
      cp_record_free (page_type (self), record);
    }
  g_signal_emit (self, signals[SIGNAL_NEXT_PAGE], 0, error);
}

static void
cpa_report_model_dispose (GObject *object)
{
  CpaReportModel *self = CPA_REPORT_MODEL (object);

  if (self->first != NULL)
    cpa_loader_cancel (self->first);
  if (self->next != NULL)
    cpa_loader_cancel (self->next);
  g_clear_object (&self->first);
  g_clear_object (&self->next);
  g_clear_object (&self->reports);
  g_clear_object (&self->context);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->cursor, g_free);
  cpa_pages_again_forget (&self->again);
  G_OBJECT_CLASS (cpa_report_model_parent_class)->dispose (object);
}

static void
cpa_report_model_class_init (CpaReportModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_report_model_dispose;
  signals[SIGNAL_FIRST_PAGE] = g_signal_new ("first-page", CPA_TYPE_REPORT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[SIGNAL_TAKEN_AWAY] =
      g_signal_new ("taken-away", CPA_TYPE_REPORT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEXT_PAGE] = g_signal_new ("next-page", CPA_TYPE_REPORT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cpa_report_model_init (CpaReportModel *self)
{
  self->reports = g_list_store_new (CPA_TYPE_REPORT);
  self->route = CP_ROUTE_DOSSIER;
}

CpaReportModel *
cpa_report_model_new (CpaContext *context)
{
  CpaReportModel *self = g_object_new (CPA_TYPE_REPORT_MODEL, NULL);

  self->context = g_object_ref (context);
  self->first = cpa_loader_new (context, first_loaded_cb, self);
  self->next = cpa_loader_new (context, next_loaded_cb, self);
  return self;
}

GListModel *
cpa_report_model_get_list (CpaReportModel *self)
{
  return G_LIST_MODEL (self->reports);
}

CpaReport *
cpa_report_model_peek (CpaReportModel *self, guint position)
{
  g_autoptr (CpaReport) report = g_list_model_get_item (G_LIST_MODEL (self->reports), position);

  return report;
}

gboolean
cpa_report_model_find (CpaReportModel *self, CpaReport *report, guint *position)
{
  return g_list_store_find (self->reports, report, position);
}

gboolean
cpa_report_model_find_id (CpaReportModel *self, const char *id, guint *position)
{
  for (guint i = 0; i < get_count (self); i++)
    if (g_strcmp0 (cpa_report_get_item (peek (self, i))->id, id) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

void
cpa_report_model_ask (CpaReportModel *self, CpRouteId route, const char *query, gboolean refresh)
{
  cpa_pages_again_forget (&self->again);
  if (!refresh || route != self->route || g_strcmp0 (query, self->query) != 0)
    {
      g_autofree char *copy = g_strdup (query);

      /* Older answers may not come among those to the new question. What is shown stays until there is an answer. */
      self->anew = TRUE;
      cpa_loader_cancel (self->next);
      self->route = route;
      g_free (self->query);
      self->query = g_steal_pointer (&copy);
      set_cursor (self, NULL);
    }
  start (self, self->first, NULL, refresh);
}

gboolean
cpa_report_model_is_search (CpaReportModel *self)
{
  return self->route == CP_ROUTE_DOSSIER_SEARCH;
}

gboolean
cpa_report_model_has_next (CpaReportModel *self)
{
  return self->cursor != NULL;
}

gboolean
cpa_report_model_has_failed (CpaReportModel *self)
{
  return self->failed;
}

gboolean
cpa_report_model_is_busy (CpaReportModel *self)
{
  return cpa_loader_is_busy (self->next);
}

void
cpa_report_model_load_next (CpaReportModel *self)
{
  if (self->cursor == NULL || self->anew || cpa_report_model_is_busy (self))
    return;
  self->failed = FALSE;
  start (self, self->next, self->cursor, FALSE);
}
