/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-large-reading.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-card-age.h"
#include "cpa-column.h"
#include "cpa-content-view.h"
#include "cpa-dossier-cover.h"
#include "cpa-dossier-margin.h"
#include "cpa-dossier-sheet.h"
#include "cpa-focus.h"
#include "cpa-icon-button.h"
#include "cpa-loader.h"
#include "cpa-print-dialog.h"
#include "cpa-wrap.h"

#define SHEET_WIDTH 680
#define NARROW_BELOW 700
/* Classes of style.css: how large the letters are. */
static const char *const sizes[] = { "size-125", "size-150", "size-180", "size-220", "size-260" };
#define FIRST_SIZE 1
#define N_SIZES G_N_ELEMENTS (sizes)

struct _CpaLargeReading
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  char *id;            /* (owned) (nullable) */
  char *around[2];     /* (owned) (nullable): ids of the one before and the one after it */
  char *shown;         /* (owned) (nullable): the answer that is on the screen, as text */
  CpDossierItem *item; /* (owned) (nullable): on the screen */
  CpaCardAge how_recent;
  gboolean asked; /* by the person, and not answered yet: only that is reading */
  guint size;
  GtkWidget *adaptive; /* (owned) */
  GtkWidget *smaller;  /* (borrowed) */
  GtkWidget *larger;   /* (borrowed) */
  GtkWidget *print;    /* (borrowed) */
  GtkWidget *before;   /* (borrowed) */
  GtkWidget *after;    /* (borrowed) */
  GtkWidget *view;     /* (borrowed) */
  GtkWidget *scroller; /* (borrowed) */
  GtkWidget *sheet;    /* (borrowed) */
};

enum
{
  SIGNAL_TURN,
  SIGNAL_OPENED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaLargeReading, cpa_large_reading, GTK_TYPE_WIDGET)

static void
set_size (CpaLargeReading *self, guint size)
{
  gtk_widget_remove_css_class (self->sheet, sizes[self->size]);
  self->size = MIN (size, (guint) N_SIZES - 1);
  gtk_widget_add_css_class (self->sheet, sizes[self->size]);
  cpa_focus_set_ways (self->smaller, self->size > 0, self->larger, self->size + 1 < N_SIZES);
}

static void
smaller_cb (CpaLargeReading *self)
{
  set_size (self, self->size - 1);
}

static void
larger_cb (CpaLargeReading *self)
{
  set_size (self, self->size + 1);
}

static void
before_cb (CpaLargeReading *self)
{
  g_signal_emit (self, signals[SIGNAL_TURN], 0, self->around[0]);
}

static void
after_cb (CpaLargeReading *self)
{
  g_signal_emit (self, signals[SIGNAL_TURN], 0, self->around[1]);
}

static void
close_cb (CpaLargeReading *self)
{
  cpa_dossier_cover_close (GTK_WIDGET (self));
}

static void
print_cb (CpaLargeReading *self)
{
  cpa_print_dialog_present (
      GTK_WIDGET (self), self->context,
      cpa_print_job_new_item (self->context, self->item, cpa_card_age_get (&self->how_recent, self->item->kind)));
}

static void
empty_sheet (CpaLargeReading *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->sheet)) != NULL)
    gtk_box_remove (GTK_BOX (self->sheet), child);
}

static void
forget (CpaLargeReading *self)
{
  cpa_print_dialog_close (GTK_WIDGET (self));
  empty_sheet (self);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->item, cp_dossier_item_free);
  gtk_widget_set_sensitive (self->print, FALSE);
}

static void
show_item (CpaLargeReading *self, const CpDossierItem *item)
{
  GtkWidget *margin = cpa_dossier_margin_new (self->context, item, FALSE);

  empty_sheet (self);
  gtk_box_append (GTK_BOX (self->sheet), cpa_dossier_head_new (self->context, item));
  gtk_box_append (GTK_BOX (self->sheet), cpa_dossier_by_new (self->context, item));
  gtk_box_append (GTK_BOX (self->sheet), cpa_dossier_body_new (self->context, item));
  if (margin != NULL)
    gtk_box_append (GTK_BOX (self->sheet), margin);
}

/* TRUE when it differs from what is on the screen. */
static gboolean
take_answer (CpaLargeReading *self, CpDossierItemAnswer *answer)
{
  /* Whether it is read changes nothing of what one reads. */
  answer->item->unread = answer->item->is_new = FALSE;
  if (!cpa_dossier_is_news (self->context, &self->shown, answer->item))
    return FALSE;
  cpa_print_dialog_close_changed (GTK_WIDGET (self));
  cp_dossier_item_free (self->item);
  self->item = g_steal_pointer (&answer->item);
  return TRUE;
}

/* What was asked for before the list told that all is newer. */
static void
catch_up (CpaLargeReading *self)
{
  if (self->shown != NULL && cpa_card_age_is_behind (&self->how_recent, self->item->kind))
    cpa_large_reading_refresh (GTK_WIDGET (self));
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaLargeReading *self = owner;
  g_autoptr (CpDossierItemAnswer) answer = record;

  if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      forget (self);
      cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-reading-symbolic", "",
                                   _ ("The care team removed this item."), NULL);
      return;
    }
  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  cpa_card_age_come (&self->how_recent);
  if (take_answer (self, answer))
    show_item (self, self->item);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  gtk_widget_set_sensitive (self->print, TRUE);
  if (self->asked)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->id, self->item->seen);
  self->asked = FALSE;
  catch_up (self);
}

static void
ask (CpaLargeReading *self, gboolean refresh)
{
  cpa_card_age_ask (&self->how_recent);
  cpa_loader_start (self->loader, CP_ROUTE_DOSSIER_ITEM, self->id, NULL, &cp_dossier_item_answer_record, refresh);
}

static void
load (CpaLargeReading *self)
{
  forget (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  self->asked = TRUE;
  ask (self, FALSE);
}

/* What is read stays in its place. */
static void
retry_cb (CpaLargeReading *self)
{
  if (self->item != NULL)
    cpa_large_reading_refresh (GTK_WIDGET (self));
  else
    load (self);
}

static GtkWidget *
build_bar (CpaLargeReading *self)
{
  GtkWidget *bar = cpa_wrap_new ();

  self->smaller = cpa_icon_button_new ("zoom-out-symbolic", _ ("Smaller Text"), G_CALLBACK (smaller_cb), self);
  self->larger = cpa_icon_button_new ("zoom-in-symbolic", _ ("Larger Text"), G_CALLBACK (larger_cb), self);
  self->print = cpa_icon_button_new ("document-print-symbolic", _ ("Print"), G_CALLBACK (print_cb), self);
  self->before = cpa_icon_button_new ("go-previous-symbolic", _ ("Previous Report"), G_CALLBACK (before_cb), self);
  self->after = cpa_icon_button_new ("go-next-symbolic", _ ("Next Report"), G_CALLBACK (after_cb), self);
  cpa_wrap_append (CPA_WRAP (bar), cpa_icon_button_new ("window-close-symbolic", _ ("Stop Reading Large"),
                                                        G_CALLBACK (close_cb), self));
  cpa_wrap_append (CPA_WRAP (bar), self->before);
  cpa_wrap_append (CPA_WRAP (bar), self->after);
  cpa_wrap_append (CPA_WRAP (bar), self->smaller);
  cpa_wrap_append (CPA_WRAP (bar), self->larger);
  cpa_wrap_append (CPA_WRAP (bar), self->print);
  cpa_icon_button_show_words (self->smaller, FALSE);
  cpa_icon_button_show_words (self->larger, FALSE);
  cpa_icon_button_show_words (self->print, FALSE);
  gtk_widget_add_css_class (bar, "cp-second-row");
  return bar;
}

static void
narrow_cb (CpaLargeReading *self)
{
  gboolean narrow = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));

  cpa_icon_button_show_words (self->before, !narrow);
  cpa_icon_button_show_words (self->after, !narrow);
}

static void
build (CpaLargeReading *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = g_object_new (CPA_TYPE_COLUMN, "maximum-size", SHEET_WIDTH, NULL);

  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->scroller = gtk_scrolled_window_new ();
  self->sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (self->sheet, "cp-sheet");
  gtk_widget_add_css_class (self->sheet, "cp-large");
  gtk_widget_set_valign (self->sheet, GTK_ALIGN_START);
  g_object_set (column, "child", self->sheet, NULL);
  gtk_widget_add_css_class (self->scroller, "cp-large-place");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), column);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->scroller);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_box_append (GTK_BOX (box), build_bar (self));
  gtk_box_append (GTK_BOX (box), self->view);
  self->adaptive = cpa_adaptive_new (NARROW_BELOW, box);
  gtk_widget_set_parent (self->adaptive, GTK_WIDGET (self));
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
}

static void
cpa_large_reading_dispose (GObject *object)
{
  CpaLargeReading *self = CPA_LARGE_READING (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->adaptive, gtk_widget_unparent);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->around[0], g_free);
  g_clear_pointer (&self->around[1], g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->item, cp_dossier_item_free);
  cpa_card_age_clear (&self->how_recent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_large_reading_parent_class)->dispose (object);
}

static void
cpa_large_reading_class_init (CpaLargeReadingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_large_reading_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_TURN] = g_signal_new ("turn", CPA_TYPE_LARGE_READING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", CPA_TYPE_LARGE_READING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
cpa_large_reading_init (CpaLargeReading *self)
{
  build (self);
  set_size (self, FIRST_SIZE);
}

GtkWidget *
cpa_large_reading_new (CpaContext *context)
{
  CpaLargeReading *self = g_object_new (CPA_TYPE_LARGE_READING, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  return GTK_WIDGET (self);
}

void
cpa_large_reading_set_freshness (CpaLargeReading *self, const CpFreshness *freshness)
{
  cpa_card_age_tell (&self->how_recent, freshness);
  catch_up (self);
}

void
cpa_large_reading_open (CpaLargeReading *self, const char *id)
{
  g_autofree char *copy = g_strdup (id);

  g_free (self->id);
  self->id = g_steal_pointer (&copy);
  load (self);
}

void
cpa_large_reading_set_neighbours (CpaLargeReading *self, const char *before, const char *after)
{
  char *const around[] = { g_strdup (before), g_strdup (after) };

  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      g_free (self->around[i]);
      self->around[i] = around[i];
    }
  cpa_focus_set_ways (self->before, before != NULL, self->after, after != NULL);
}

const char *
cpa_large_reading_get_id (CpaLargeReading *self)
{
  return self->id;
}

void
cpa_large_reading_refresh (GtkWidget *widget)
{
  CpaLargeReading *self = CPA_LARGE_READING (widget);

  if (!cpa_loader_is_busy (self->loader))
    ask (self, TRUE);
}
