/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-fetch.h"

#include "cpa-fresh-text.h"
#include "cpa-loader.h"

struct _CpaPrintFetch
{
  GObject parent_instance;

  CpaContext *context; /* (owned) */
  CpaPrintJob *job;    /* (borrowed) */
  CpaLoader *page;     /* (owned) */
  CpaLoader *single;   /* (owned) */
  GPtrArray *items;    /* (owned) of CpDossierItem, newest first */
  guint looked_at;     /* of items: so many are whole */
  CpTime fetched_at;
  gboolean looking; /* the job stays as it is */
  gboolean refresh; /* the app looks by itself */
  char *stamp;      /* (owned) (nullable): of all that was fetched */
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPrintFetch, cpa_print_fetch, G_TYPE_OBJECT)

/* The same for the same items with the same words; whether one is read changes nothing of what is printed. */
static char *
make_stamp (CpaPrintFetch *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->items->len; i++)
    {
      CpDossierItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *text = NULL;

      item->unread = item->is_new = FALSE;
      text = cp_record_to_text (&cp_dossier_item_record, item, NULL, NULL);
      g_checksum_update (sum, (const guchar *) text, -1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
end (CpaPrintFetch *self, const GError *error)
{
  g_free (self->stamp);
  self->stamp = error == NULL ? make_stamp (self) : NULL;
  if (error == NULL && !self->looking)
    cpa_print_job_take_items (self->job, self->context, self->items, self->fetched_at);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, error);
}

/* A list has the text of reports; the answers of a form come with the form alone. */
static gboolean
is_whole (const CpDossierItem *item)
{
  return item->text != NULL || item->entries->len > 0;
}

static void
complete (CpaPrintFetch *self)
{
  for (; self->looked_at < self->items->len; self->looked_at++)
    {
      const CpDossierItem *item = g_ptr_array_index (self->items, self->looked_at);

      if (is_whole (item))
        continue;
      cpa_loader_start (self->single, CP_ROUTE_DOSSIER_ITEM, item->id, NULL, &cp_dossier_item_answer_record,
                        self->refresh);
      return;
    }
  end (self, NULL);
}

static void
single_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaPrintFetch *self = owner;
  g_autoptr (CpDossierItemAnswer) answer = record;

  /* Taken away by the care team since the list came. */
  if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      g_ptr_array_remove_index (self->items, self->looked_at);
      complete (self);
      return;
    }
  if (error != NULL)
    {
      end (self, error);
      return;
    }
  cp_dossier_item_free (g_ptr_array_index (self->items, self->looked_at));
  g_ptr_array_index (self->items, self->looked_at) = g_steal_pointer (&answer->item);
  self->looked_at++;
  complete (self);
}

static void
load (CpaPrintFetch *self, const char *cursor)
{
  g_autofree char *rest = cpa_loader_query (NULL, cursor);
  g_autofree char *query = self->job->query != NULL && rest != NULL ? g_strconcat (self->job->query, "&", rest, NULL)
                                                                    : g_strdup (rest != NULL ? rest : self->job->query);

  cpa_loader_start (self->page, CP_ROUTE_DOSSIER, NULL, query, &cp_dossier_page_record, self->refresh);
}

static void
page_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaPrintFetch *self = owner;
  g_autoptr (CpDossierPage) page = record;
  CpTime fetched_at = page != NULL ? cpa_fresh_fetched_at (page->freshness, CP_FRESH_REPORTS) : 0;

  if (error != NULL)
    {
      end (self, error);
      return;
    }
  /* Fetched in between: the older age is the honest one. */
  self->fetched_at = self->items->len > 0 ? MIN (self->fetched_at, fetched_at) : fetched_at;
  for (guint i = 0; i < page->items->len; i++)
    g_ptr_array_add (self->items, cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (page->items, i)));
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, self->items->len);
  if (self->items->len > CPA_PRINT_MOST)
    {
      g_autoptr (GError) too_many = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too many reports");

      end (self, too_many);
    }
  else if (page->next_cursor != NULL)
    load (self, page->next_cursor);
  else
    complete (self);
}

static void
cpa_print_fetch_dispose (GObject *object)
{
  CpaPrintFetch *self = CPA_PRINT_FETCH (object);

  cpa_print_fetch_cancel (self);
  g_clear_object (&self->page);
  g_clear_object (&self->single);
  g_clear_object (&self->context);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->stamp, g_free);
  G_OBJECT_CLASS (cpa_print_fetch_parent_class)->dispose (object);
}

static void
cpa_print_fetch_class_init (CpaPrintFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_print_fetch_dispose;
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", CPA_TYPE_PRINT_FETCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_DONE] = g_signal_new ("done", CPA_TYPE_PRINT_FETCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cpa_print_fetch_init (CpaPrintFetch *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);
}

CpaPrintFetch *
cpa_print_fetch_new (CpaContext *context, CpaPrintJob *job)
{
  CpaPrintFetch *self = g_object_new (CPA_TYPE_PRINT_FETCH, NULL);

  self->context = g_object_ref (context);
  self->job = job;
  self->page = cpa_loader_new (context, page_cb, self);
  self->single = cpa_loader_new (context, single_cb, self);
  return self;
}

static void
start (CpaPrintFetch *self, gboolean looking, gboolean refresh)
{
  cpa_print_fetch_cancel (self);
  g_ptr_array_set_size (self->items, 0);
  self->looked_at = 0;
  self->looking = looking;
  self->refresh = refresh;
  load (self, NULL);
}

void
cpa_print_fetch_start (CpaPrintFetch *self)
{
  start (self, FALSE, FALSE);
}

void
cpa_print_fetch_look (CpaPrintFetch *self, gboolean refresh)
{
  start (self, TRUE, refresh);
}

const char *
cpa_print_fetch_get_stamp (CpaPrintFetch *self)
{
  return self->stamp;
}

void
cpa_print_fetch_cancel (CpaPrintFetch *self)
{
  if (self->page != NULL)
    cpa_loader_cancel (self->page);
  if (self->single != NULL)
    cpa_loader_cancel (self->single);
}
