/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-content-view.h"
#include "cpa-dossier-card.h"
#include "cpa-dossier-list.h"
#include "cpa-fresh-line.h"
#include "cpa-plans-view.h"
#include "cpa-reason.h"
#include "cpa-text-scale.h"
#include "cpa-wrap.h"

/* What the two panes ask for at least; together the width from which they stand beside each other. */
#define LIST_WIDTH 340
#define CARD_WIDTH 360

struct _CpaDossierPage
{
  GtkWidget parent_instance;

  CpaContext *context;  /* (owned) */
  GtkWidget *root;      /* (borrowed): the template's child */
  GtkWidget *reading;   /* (borrowed): the tab */
  GtkWidget *plans_tab; /* (borrowed) */
  GtkWidget *fresh;     /* (borrowed) */
  GtkWidget *stack;     /* (borrowed) */
  GtkWidget *view;      /* (borrowed) */
  GtkWidget *leaflet;   /* (borrowed) */
  GtkWidget *list;      /* (borrowed) */
  GtkWidget *card;      /* (borrowed) */
  GtkWidget *plans;     /* (borrowed) */
  gboolean plans_asked;
  gboolean laid_out;
  guint arrival_id; /* waits for the first layout */
};

static void cpa_dossier_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaDossierPage, cpa_dossier_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_dossier_page_page_init))

static gboolean
is_folded (CpaDossierPage *self)
{
  return adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));
}

static void
item_chosen_cb (CpaDossierPage *self, const CpDossierItem *item)
{
  cpa_dossier_card_open (CPA_DOSSIER_CARD (self->card), item->id);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->card);
}

/* On arrival the newest stands open beside the list; where there is room for one of the two, that is the list. */
static gboolean
arrival_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CpaDossierPage *self = CPA_DOSSIER_PAGE (widget);

  /* A frame later it is folded, if it has to be. */
  if (gtk_widget_get_width (self->leaflet) == 0 || !self->laid_out)
    {
      self->laid_out = gtk_widget_get_width (self->leaflet) > 0;
      return G_SOURCE_CONTINUE;
    }
  self->arrival_id = 0;
  if (!is_folded (self))
    cpa_dossier_list_open_newest (CPA_DOSSIER_LIST (self->list));
  return G_SOURCE_REMOVE;
}

static void
show_fresh (CpaDossierPage *self, const CpFreshness *freshness)
{
  GtkWidget *child = gtk_widget_get_first_child (self->fresh);

  if (child != NULL)
    gtk_box_remove (GTK_BOX (self->fresh), child);
  gtk_box_append (GTK_BOX (self->fresh), cpa_fresh_line_new (self->context, freshness));
}

static void
show_list (CpaDossierPage *self, const CpDossierPage *page)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  int state = cpa_dossier_list_get_count (CPA_DOSSIER_LIST (self->list)) > 0 ? CP_CONTENT_FILLED
                                                                             : MAX (page->state, CP_CONTENT_EMPTY);

  show_fresh (self, page->freshness);
  if (state != CP_CONTENT_FILLED)
    {
      g_autofree char *text = cpa_reason_text (CPA_REASON_DOSSIER, state, page->freshness, self->context);

      cpa_content_view_show_empty (view, "cp-dossier-symbolic", cpa_reason_title (CPA_REASON_DOSSIER, state), text,
                                   NULL);
      return;
    }
  cpa_content_view_show_content (view);
  if (!cpa_dossier_list_has_open (CPA_DOSSIER_LIST (self->list)) && self->arrival_id == 0)
    {
      cpa_dossier_card_close (CPA_DOSSIER_CARD (self->card));
      self->arrival_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), arrival_cb, NULL, NULL);
    }
}

static void
first_page_cb (CpaDossierPage *self, const CpDossierPage *page, const GError *error)
{
  if (error != NULL)
    cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
  else
    show_list (self, page);
}

static void
load (CpaDossierPage *self, gboolean refresh)
{
  if (!refresh)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_dossier_list_load (CPA_DOSSIER_LIST (self->list), refresh);
}

static void
retry_cb (CpaDossierPage *self)
{
  load (self, FALSE);
}

static void
tab_toggled_cb (CpaDossierPage *self)
{
  gboolean plans = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->plans_tab));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), plans ? "plans" : "reading");
  if (plans && !self->plans_asked)
    {
      self->plans_asked = TRUE;
      cpa_plans_view_load (CPA_PLANS_VIEW (self->plans), FALSE);
    }
}

/* In pixels of this person's text size. */
static void
size_panes (CpaDossierPage *self)
{
  double scale = cpa_text_scale (GTK_WIDGET (self));

  gtk_widget_set_size_request (self->list, (int) (LIST_WIDTH * scale), -1);
  gtk_widget_set_size_request (self->card, (int) (CARD_WIDTH * scale), -1);
}

static const char *
cpa_dossier_page_get_title (CpaPage *page)
{
  return _ ("My Dossier");
}

static const char *
cpa_dossier_page_get_icon (CpaPage *page)
{
  return "cp-dossier-symbolic";
}

static void
cpa_dossier_page_refresh (CpaPage *page)
{
  CpaDossierPage *self = CPA_DOSSIER_PAGE (page);

  load (self, TRUE);
  if (self->plans_asked)
    cpa_plans_view_load (CPA_PLANS_VIEW (self->plans), TRUE);
}

static gboolean
cpa_dossier_page_go_back (CpaPage *page)
{
  CpaDossierPage *self = CPA_DOSSIER_PAGE (page);

  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->reading)) || !is_folded (self) ||
      adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet)) != self->card)
    return FALSE;
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->list);
  return TRUE;
}

static void
cpa_dossier_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_dossier_page_get_title;
  iface->get_icon = cpa_dossier_page_get_icon;
  iface->refresh = cpa_dossier_page_refresh;
  iface->go_back = cpa_dossier_page_go_back;
}

static void
cpa_dossier_page_dispose (GObject *object)
{
  CpaDossierPage *self = CPA_DOSSIER_PAGE (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_dossier_page_parent_class)->dispose (object);
}

static void
cpa_dossier_page_class_init (CpaDossierPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_page_dispose;
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_WRAP);
  g_type_ensure (CPA_TYPE_DOSSIER_LIST);
  g_type_ensure (CPA_TYPE_DOSSIER_CARD);
  g_type_ensure (CPA_TYPE_PLANS_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-dossier-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, reading);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, plans_tab);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, list);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, card);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, plans);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_toggled_cb);
}

static void
cpa_dossier_page_init (CpaDossierPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  size_panes (self);
}

GtkWidget *
cpa_dossier_page_new (CpaContext *context)
{
  CpaDossierPage *self = g_object_new (CPA_TYPE_DOSSIER_PAGE, NULL);

  self->context = g_object_ref (context);
  cpa_dossier_list_set_context (CPA_DOSSIER_LIST (self->list), context);
  cpa_dossier_card_set_context (CPA_DOSSIER_CARD (self->card), context);
  cpa_plans_view_set_context (CPA_PLANS_VIEW (self->plans), context);
  load (self, FALSE);
  return GTK_WIDGET (self);
}
