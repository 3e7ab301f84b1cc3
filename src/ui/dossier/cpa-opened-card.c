/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-opened-card.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-button.h"
#include "cpa-card-age.h"
#include "cpa-centered.h"
#include "cpa-content-view.h"
#include "cpa-dossier-margin.h"
#include "cpa-dossier-sheet.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-print-dialog.h"
#include "cpa-text-scale.h"
#include "cpa-time-text.h"
#include "cpa-words.h"

#define MARGIN_WIDTH 262

struct _CpaOpenedCard
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  char *id;            /* (owned) (nullable): what is opened */
  char *shown;         /* (owned) (nullable): the answer that is on the screen, as text */
  CpaCardAge how_recent;
  gboolean asked; /* by the person, and not answered yet: only that is reading */
  gboolean narrow;
  gboolean removed;    /* what was opened: that is said in its place */
  CpDossierItem *item; /* (owned) (nullable): on the screen */
  GtkWidget *view;     /* (owned) */
  GtkWidget *sheet;    /* (borrowed) */
  GtkWidget *scroller; /* (borrowed) */
  GtkWidget *age;      /* (borrowed): how recent it is; with shown */
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_REMOVED,
  SIGNAL_CLOSE,
  SIGNAL_READ_LARGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaOpenedCard, cpa_opened_card, GTK_TYPE_WIDGET)

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
forget (CpaOpenedCard *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->item, cp_dossier_item_free);
  empty (self->sheet);
  self->removed = FALSE;
}

static void
show_nothing (CpaOpenedCard *self)
{
  cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-timeline-symbolic", "",
                               _ ("Choose a card to read it."), NULL);
}

static void
close_cb (CpaOpenedCard *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
print_cb (CpaOpenedCard *self)
{
  cpa_print_dialog_present (
      GTK_WIDGET (self), self->context,
      cpa_print_job_new_item (self->context, self->item, cpa_card_age_get (&self->how_recent, self->item->kind)));
}

static GtkWidget *
icon_button_new (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cp-icon-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  cpa_name (button, name, NULL);
  return button;
}

static void
read_large_cb (CpaOpenedCard *self)
{
  g_signal_emit (self, signals[SIGNAL_READ_LARGE], 0, self->id);
}

/* Narrow there is room for the icon only. */
static GtkWidget *
read_large_new (CpaOpenedCard *self)
{
  GtkWidget *button =
      cpa_icon_button_new ("cp-large-text-symbolic", _ ("Read Large"), G_CALLBACK (read_large_cb), self);

  cpa_icon_button_show_words (button, !self->narrow);
  return cpa_centered_new (button);
}

/* Then the buttons come below the title, whose words would be broken beside them. */
static gboolean
is_tight (CpaOpenedCard *self)
{
  GtkWidget *around = gtk_widget_get_ancestor (GTK_WIDGET (self), CPA_TYPE_ADAPTIVE);

  return around != NULL && cpa_adaptive_is_tight (CPA_ADAPTIVE (around));
}

/* Kind and title, and the buttons: these do not scroll. */
static GtkWidget *
head_new (CpaOpenedCard *self)
{
  GtkWidget *head = gtk_box_new (is_tight (self) ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = cpa_dossier_head_new (self->context, self->item);
  GtkWidget *print = icon_button_new ("document-print-symbolic", _ ("Print"));
  GtkWidget *close = icon_button_new ("window-close-symbolic", _ ("Close the Card"));

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_visible (close, !self->narrow);
  g_signal_connect_object (print, "clicked", G_CALLBACK (print_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), buttons);
  gtk_box_append (GTK_BOX (buttons), read_large_new (self));
  gtk_box_append (GTK_BOX (buttons), print);
  gtk_box_append (GTK_BOX (buttons), close);
  return head;
}

/* Also when the words stay as they are: what was fetched today was so yesterday, tomorrow. */
static void
show_age (CpaOpenedCard *self)
{
  CpTime fetched_at = cpa_card_age_get (&self->how_recent, self->item->kind);
  g_autofree char *when = cpa_time_day_clock (fetched_at, cpa_context_get_zone (self->context));
  g_autofree char *text = cpa_fill (_ ("As recorded in the health record, as of {when}"), "when", when, NULL);

  gtk_label_set_text (GTK_LABEL (self->age), text);
  gtk_widget_set_visible (self->age, fetched_at != 0);
}

static GtkWidget *
text_new (CpaOpenedCard *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *margin = self->narrow ? cpa_dossier_margin_new (self->context, self->item, FALSE) : NULL;

  self->age = cpa_label_new ("", "cp-caption");
  gtk_widget_set_margin_top (self->age, 8);
  gtk_box_append (GTK_BOX (text), cpa_dossier_body_new (self->context, self->item));
  if (margin != NULL)
    gtk_box_append (GTK_BOX (text), margin);
  gtk_box_append (GTK_BOX (text), self->age);
  return text;
}

static void
append_margin (CpaOpenedCard *self)
{
  GtkWidget *margin = self->narrow ? NULL : cpa_dossier_margin_new (self->context, self->item, TRUE);
  GtkWidget *scroller;

  if (margin == NULL)
    return;
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), margin);
  gtk_widget_add_css_class (scroller, "cp-margin");
  gtk_widget_set_size_request (scroller, (int) (MARGIN_WIDTH * cpa_text_scale (GTK_WIDGET (self))), -1);
  gtk_widget_set_hexpand (scroller, FALSE);
  gtk_box_append (GTK_BOX (self->sheet), scroller);
}

/* The words that are explained came, or are not wanted any more. */
static void
words_changed_cb (CpaOpenedCard *self)
{
  GtkWidget *margin = self->shown != NULL ? gtk_widget_get_last_child (self->sheet) : NULL;

  if (margin == NULL)
    return;
  if (margin != gtk_widget_get_first_child (self->sheet))
    gtk_box_remove (GTK_BOX (self->sheet), margin);
  append_margin (self);
}

static void
show_item (CpaOpenedCard *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  empty (self->sheet);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), text_new (self));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_add_css_class (column, "cp-opened-column");
  gtk_box_append (GTK_BOX (column), head_new (self));
  gtk_box_append (GTK_BOX (column), cpa_dossier_by_new (self->context, self->item));
  gtk_box_append (GTK_BOX (column), self->scroller);
  gtk_box_append (GTK_BOX (self->sheet), column);
  append_margin (self);
}

/* TRUE when it differs from what is on the screen. */
static gboolean
take_answer (CpaOpenedCard *self, CpDossierItemAnswer *answer)
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

/* The way on from the message, where there is nothing else to press. */
static GtkWidget *
close_button_new (CpaOpenedCard *self)
{
  GtkWidget *button = cpa_button_new (_ ("Close the Card"));

  gtk_widget_add_css_class (button, "cp-outline");
  g_signal_connect_object (button, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Nothing of it stays behind the message: not for a screen reader, nor for an attachment that is on its way. */
static void
show_removed (CpaOpenedCard *self)
{
  cpa_print_dialog_close (GTK_WIDGET (self));
  forget (self);
  self->removed = TRUE;
  cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-timeline-symbolic", "",
                               _ ("The care team removed this item."), close_button_new (self));
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

/* What was asked for before the list told that all is newer. */
static void
catch_up (CpaOpenedCard *self)
{
  if (self->shown != NULL && cpa_card_age_is_behind (&self->how_recent, self->item->kind))
    cpa_opened_card_refresh (self);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaOpenedCard *self = owner;
  g_autoptr (CpDossierItemAnswer) answer = record;

  if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      show_removed (self);
      return;
    }
  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  cpa_card_age_come (&self->how_recent);
  if (take_answer (self, answer))
    show_item (self);
  show_age (self);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  if (self->asked)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->id, self->item->seen);
  self->asked = FALSE;
  catch_up (self);
}

static void
load (CpaOpenedCard *self, gboolean refresh)
{
  cpa_card_age_ask (&self->how_recent);
  cpa_loader_start (self->loader, CP_ROUTE_DOSSIER_ITEM, self->id, NULL, &cp_dossier_item_answer_record, refresh);
}

static void
retry_cb (CpaOpenedCard *self)
{
  if (self->id == NULL)
    return;
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  g_clear_pointer (&self->shown, g_free);
  self->asked = TRUE;
  load (self, FALSE);
}

static void
cpa_opened_card_dispose (GObject *object)
{
  CpaOpenedCard *self = CPA_OPENED_CARD (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->item, cp_dossier_item_free);
  cpa_card_age_clear (&self->how_recent);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_opened_card_parent_class)->dispose (object);
}

static void
cpa_opened_card_class_init (CpaOpenedCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_opened_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", CPA_TYPE_OPENED_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_REMOVED] =
      g_signal_new ("removed", CPA_TYPE_OPENED_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_READ_LARGE] = g_signal_new ("read-large", CPA_TYPE_OPENED_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSE] =
      g_signal_new ("close", CPA_TYPE_OPENED_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_opened_card_init (CpaOpenedCard *self)
{
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->sheet = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->sheet, "cp-sheet");
  gtk_widget_add_css_class (self->sheet, "cp-opened");
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->sheet);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  show_nothing (self);
}

GtkWidget *
cpa_opened_card_new (CpaContext *context)
{
  CpaOpenedCard *self = g_object_new (CPA_TYPE_OPENED_CARD, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  g_signal_connect_object (cpa_words_of (cpa_context_get_api (context)), "changed", G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cpa_opened_card_expect (CpaOpenedCard *self)
{
  self->removed = FALSE;
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
}

void
cpa_opened_card_open (CpaOpenedCard *self, const char *id)
{
  /* Older words may not stand under the new choice for a moment. */
  forget (self);
  self->id = g_strdup (id);
  retry_cb (self);
}

void
cpa_opened_card_close (CpaOpenedCard *self)
{
  cpa_loader_cancel (self->loader);
  forget (self);
  show_nothing (self);
}

gboolean
cpa_opened_card_is_removed (CpaOpenedCard *self)
{
  return self->removed;
}

void
cpa_opened_card_refresh (CpaOpenedCard *self)
{
  if (self->id != NULL && !cpa_loader_is_busy (self->loader))
    load (self, TRUE);
}

void
cpa_opened_card_set_narrow (CpaOpenedCard *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  if (self->shown == NULL)
    return;
  show_item (self);
  show_age (self);
}

void
cpa_opened_card_set_freshness (CpaOpenedCard *self, const CpFreshness *freshness)
{
  cpa_card_age_tell (&self->how_recent, freshness);
  catch_up (self);
}
