/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-card.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-content-view.h"
#include "cpa-dossier-sheet.h"
#include "cpa-loader.h"

struct _CpaDossierCard
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  char *id;            /* (owned) (nullable): what is opened */
  GtkWidget *view;     /* (owned) */
  GtkWidget *scroller; /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaDossierCard, cpa_dossier_card, GTK_TYPE_WIDGET)

static void
show_nothing (CpaDossierCard *self)
{
  cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-reading-symbolic", "",
                               _ ("Choose a card to read it."), NULL);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaDossierCard *self = owner;
  g_autoptr (CpDossierItemAnswer) answer = record;

  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 cpa_dossier_sheet_new (self->context, answer->item));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

static void
load (CpaDossierCard *self)
{
  /* Somebody else's words, or older ones, may not stand under the new choice for a moment. */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_loader_start (self->loader, CP_ROUTE_DOSSIER_ITEM, self->id, NULL, &cp_dossier_item_answer_record, FALSE);
}

static void
cpa_dossier_card_dispose (GObject *object)
{
  CpaDossierCard *self = CPA_DOSSIER_CARD (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_dossier_card_parent_class)->dispose (object);
}

static void
cpa_dossier_card_class_init (CpaDossierCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_dossier_card_init (CpaDossierCard *self)
{
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (self->scroller, "cp-card-scroller");
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->scroller);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  show_nothing (self);
}

void
cpa_dossier_card_set_context (CpaDossierCard *self, CpaContext *context)
{
  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
}

void
cpa_dossier_card_open (CpaDossierCard *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
  load (self);
}

void
cpa_dossier_card_close (CpaDossierCard *self)
{
  cpa_loader_cancel (self->loader);
  g_clear_pointer (&self->id, g_free);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
  show_nothing (self);
}
