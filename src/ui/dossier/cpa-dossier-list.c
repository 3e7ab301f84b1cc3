/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-list.h"

#include <glib/gi18n.h>

#include "cpa-dossier-entry.h"
#include "cpa-dossier-row.h"
#include "cpa-error-text.h"
#include "cpa-label.h"
#include "cpa-loader.h"

/* So many rows before the end the next page is asked for. */
#define AHEAD 20

struct _CpaDossierList
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaLoader *first;      /* (owned) */
  CpaLoader *next;       /* (owned) */
  GListStore *entries;   /* (owned): CpaDossierEntry */
  CpaDossierEntry *open; /* (owned) (nullable) */
  char *cursor;          /* (owned) (nullable): of the next page */
  GtkWidget *box;        /* (owned) */
  GtkWidget *view;       /* (borrowed) */
  GtkWidget *foot;       /* (borrowed): how fetching on goes */
  GtkWidget *foot_text;  /* (borrowed) */
  GtkWidget *foot_retry; /* (borrowed) */
};

enum
{
  SIGNAL_ITEM_CHOSEN,
  SIGNAL_FIRST_PAGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaDossierList, cpa_dossier_list, GTK_TYPE_WIDGET)

static void
show_foot (CpaDossierList *self, const char *text, gboolean can_retry)
{
  gtk_label_set_text (GTK_LABEL (self->foot_text), text != NULL ? text : "");
  gtk_widget_set_visible (self->foot, text != NULL);
  gtk_widget_set_visible (self->foot_retry, can_retry);
}

static void
load_next (CpaDossierList *self)
{
  g_autofree char *query = cpa_loader_query (NULL, self->cursor);

  show_foot (self, _ ("Fetching more cards…"), FALSE);
  cpa_loader_start (self->next, CP_ROUTE_DOSSIER, NULL, query, &cp_dossier_page_record, FALSE);
}

static void
open_entry (CpaDossierList *self, CpaDossierEntry *entry)
{
  if (self->open != NULL)
    cpa_dossier_entry_set_open (self->open, FALSE);
  g_set_object (&self->open, entry);
  cpa_dossier_entry_set_open (entry, TRUE);
  g_signal_emit (self, signals[SIGNAL_ITEM_CHOSEN], 0, cpa_dossier_entry_get_item (entry));
}

static void
activate_cb (CpaDossierList *self, guint position)
{
  g_autoptr (CpaDossierEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  if (entry != NULL)
    open_entry (self, entry);
}

static gboolean
is_same_day (const CpDossierItem *a, const CpDossierItem *b, GTimeZone *zone)
{
  return a != NULL && cp_time_days_between (a->at, b->at, zone) == 0;
}

/* before (nullable) stands above the first of them. */
static GPtrArray *
entries_of (CpaDossierList *self, const CpDossierPage *page, const CpDossierItem *before)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < page->items->len; i++)
    {
      const CpDossierItem *item = g_ptr_array_index (page->items, i);

      g_ptr_array_add (entries, cpa_dossier_entry_new (cp_record_copy (&cp_dossier_item_record, item),
                                                       !is_same_day (before, item, zone)));
      before = item;
    }
  return entries;
}

static void
append_page (CpaDossierList *self, const CpDossierPage *page)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autoptr (CpaDossierEntry) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->entries), n - 1) : NULL;
  g_autoptr (GPtrArray) entries = entries_of (self, page, last != NULL ? cpa_dossier_entry_get_item (last) : NULL);

  /* Rows are bound while the store changes, and may then already ask for the next page. */
  g_free (self->cursor);
  self->cursor = g_strdup (page->next_cursor);
  g_list_store_splice (self->entries, n, 0, entries->pdata, entries->len);
}

/* After a refresh: what changed at all makes the list begin anew, so that what was taken away by the care team goes. */
static gboolean
begins_the_same (CpaDossierList *self, const CpDossierPage *page)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  if (page->items->len > n)
    return FALSE;
  for (guint i = 0; i < page->items->len; i++)
    {
      const CpDossierItem *item = g_ptr_array_index (page->items, i);
      g_autoptr (CpaDossierEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      const CpDossierItem *shown = cpa_dossier_entry_get_item (entry);

      if (g_strcmp0 (item->id, shown->id) != 0 || item->amended_at != shown->amended_at || item->at != shown->at ||
          item->unfinished != shown->unfinished || g_strcmp0 (item->preview, shown->preview) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
first_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaDossierList *self = owner;
  g_autoptr (CpDossierPage) page = record;

  if (page != NULL && !begins_the_same (self, page))
    {
      cpa_loader_cancel (self->next);
      g_list_store_remove_all (self->entries);
      g_clear_object (&self->open);
      show_foot (self, NULL, FALSE);
      append_page (self, page);
    }
  g_signal_emit (self, signals[SIGNAL_FIRST_PAGE], 0, page, error);
}

static void
next_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaDossierList *self = owner;
  g_autoptr (CpDossierPage) page = record;

  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      show_foot (self, text->title, TRUE);
      return;
    }
  show_foot (self, NULL, FALSE);
  append_page (self, page);
}

static void
setup_cb (CpaDossierList *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, cpa_dossier_row_new (self->context));
}

static void
bind_cb (CpaDossierList *self, GtkListItem *list_item)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  cpa_dossier_row_bind (CPA_DOSSIER_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
  if (self->cursor != NULL && gtk_list_item_get_position (list_item) + AHEAD >= n && !cpa_loader_is_busy (self->next) &&
      !gtk_widget_get_visible (self->foot_retry))
    load_next (self);
}

static void
unbind_cb (CpaDossierList *self, GtkListItem *list_item)
{
  cpa_dossier_row_bind (CPA_DOSSIER_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static GtkWidget *
build_view (CpaDossierList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->entries)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "cp-item-list");
  cpa_name (self->view, _ ("My Dossier"), NULL);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  return self->view;
}

static GtkWidget *
build_foot (CpaDossierList *self)
{
  self->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->foot_text = cpa_label_new ("", "cp-caption");
  self->foot_retry = gtk_button_new_with_label (_ ("Try Again"));
  gtk_widget_add_css_class (self->foot_retry, "cp-outline");
  gtk_widget_set_halign (self->foot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->foot, 6);
  gtk_widget_set_margin_bottom (self->foot, 6);
  gtk_box_append (GTK_BOX (self->foot), self->foot_text);
  gtk_box_append (GTK_BOX (self->foot), self->foot_retry);
  g_signal_connect_object (self->foot_retry, "clicked", G_CALLBACK (load_next), self, G_CONNECT_SWAPPED);
  show_foot (self, NULL, FALSE);
  return self->foot;
}

static void
cpa_dossier_list_dispose (GObject *object)
{
  CpaDossierList *self = CPA_DOSSIER_LIST (object);

  if (self->first != NULL)
    cpa_loader_cancel (self->first);
  if (self->next != NULL)
    cpa_loader_cancel (self->next);
  g_clear_object (&self->first);
  g_clear_object (&self->next);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->open);
  g_clear_object (&self->entries);
  g_clear_object (&self->context);
  g_clear_pointer (&self->cursor, g_free);
  G_OBJECT_CLASS (cpa_dossier_list_parent_class)->dispose (object);
}

static void
cpa_dossier_list_class_init (CpaDossierListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_ITEM_CHOSEN] = g_signal_new ("item-chosen", CPA_TYPE_DOSSIER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FIRST_PAGE] = g_signal_new ("first-page", CPA_TYPE_DOSSIER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
cpa_dossier_list_init (CpaDossierList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->entries = g_list_store_new (CPA_TYPE_DOSSIER_ENTRY);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), build_view (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), build_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
cpa_dossier_list_set_context (CpaDossierList *self, CpaContext *context)
{
  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  self->first = cpa_loader_new (context, first_loaded_cb, self);
  self->next = cpa_loader_new (context, next_loaded_cb, self);
}

void
cpa_dossier_list_load (CpaDossierList *self, gboolean refresh)
{
  cpa_loader_start (self->first, CP_ROUTE_DOSSIER, NULL, NULL, &cp_dossier_page_record, refresh);
}

gboolean
cpa_dossier_list_open_newest (CpaDossierList *self)
{
  g_autoptr (CpaDossierEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), 0);

  if (entry != NULL)
    open_entry (self, entry);
  return entry != NULL;
}

gboolean
cpa_dossier_list_has_open (CpaDossierList *self)
{
  return self->open != NULL;
}

guint
cpa_dossier_list_get_count (CpaDossierList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->entries));
}
