/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-page.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-dossier-cover.h"
#include "cpa-dossier-view.h"
#include "cpa-label.h"
#include "cpa-opened-files.h"
#include "cpa-plans-view.h"
#include "cpa-reading-view.h"
#include "cpa-timeline-view.h"
#include "cpa-wrap.h"

static const struct
{
  const char *title, *icon;
  GtkWidget *(*make) (CpaContext *context);
} tabs[] = {
  { N_ ("Timeline"), "cp-timeline-symbolic", cpa_timeline_view_new },
  { N_ ("Read"), "cp-reading-symbolic", cpa_reading_view_new },
  { N_ ("Plans"), "cp-plan-symbolic", cpa_plans_view_new },
};
#define N_TABS G_N_ELEMENTS (tabs)

typedef struct
{
  GtkWidget *button; /* (borrowed) */
  GtkWidget *icon;   /* (borrowed) */
  GtkWidget *view;   /* (borrowed) */
  gboolean loaded;
} Tab;

struct _CpaDossierPage
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  GtkWidget *root;     /* (borrowed): the template's child */
  GtkWidget *cover;    /* (borrowed): around everything */
  GtkWidget *bar;      /* (borrowed): around the tabs */
  GtkWidget *tools;    /* (borrowed): those of each view */
  GtkWidget *stack;    /* (borrowed) */
  Tab tabs[N_TABS];
};

static void cpa_dossier_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaDossierPage, cpa_dossier_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_dossier_page_page_init))

static void
show_tab (CpaDossierPage *self, Tab *shown)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), shown->view);
  for (gsize i = 0; i < N_TABS; i++)
    {
      Tab *tab = &self->tabs[i];
      GtkWidget *tools = cpa_dossier_view_get_tools (CPA_DOSSIER_VIEW (tab->view));

      if (tools != NULL)
        gtk_widget_set_visible (tools, tab == shown);
      /* GtkStack 4.8 keeps the pages behind it readable. */
      gtk_accessible_update_state (GTK_ACCESSIBLE (tab->view), GTK_ACCESSIBLE_STATE_HIDDEN, tab != shown, -1);
    }
  /* What was read under another tab is read here too. */
  cpa_dossier_view_load (CPA_DOSSIER_VIEW (shown->view), shown->loaded);
  shown->loaded = TRUE;
}

static void
toggled_cb (CpaDossierPage *self, GtkToggleButton *button)
{
  for (gsize i = 0; i < N_TABS && gtk_toggle_button_get_active (button); i++)
    if (self->tabs[i].button == GTK_WIDGET (button))
      show_tab (self, &self->tabs[i]);
}

/* Narrow, the tabs share the whole width and are words alone. */
static void
narrow_cb (CpaDossierPage *self)
{
  gboolean narrow = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->root));

  gtk_widget_set_hexpand (self->bar, narrow);
  gtk_widget_set_hexpand (self->tools, narrow);
  gtk_box_set_homogeneous (GTK_BOX (self->bar), narrow);
  for (gsize i = 0; i < N_TABS; i++)
    gtk_widget_set_visible (self->tabs[i].icon, !narrow);
}

static GtkWidget *
button_new (const char *title, GtkWidget *icon)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  cpa_name (button, title, NULL);
  return button;
}

static void
add_tab (CpaDossierPage *self, gsize i, CpaContext *context)
{
  Tab *tab = &self->tabs[i];
  GtkWidget *tools;

  tab->icon = gtk_image_new_from_icon_name (tabs[i].icon);
  tab->button = button_new (_ (tabs[i].title), tab->icon);
  tab->view = tabs[i].make (context);
  if (i > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab->button), GTK_TOGGLE_BUTTON (self->tabs[0].button));
  g_signal_connect_object (tab->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->bar), tab->button);
  gtk_stack_add_child (GTK_STACK (self->stack), tab->view);
  tools = cpa_dossier_view_get_tools (CPA_DOSSIER_VIEW (tab->view));
  if (tools != NULL)
    gtk_box_append (GTK_BOX (self->tools), tools);
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

  for (gsize i = 0; i < N_TABS; i++)
    if (self->tabs[i].loaded)
      cpa_dossier_view_load (CPA_DOSSIER_VIEW (self->tabs[i].view), TRUE);
  cpa_dossier_cover_refresh (CPA_DOSSIER_COVER (self->cover));
  cpa_opened_files_look (cpa_opened_files_of (cpa_context_get_api (self->context)));
}

static gboolean
cpa_dossier_page_go_back (CpaPage *page)
{
  CpaDossierPage *self = CPA_DOSSIER_PAGE (page);

  if (cpa_dossier_cover_go_back (CPA_DOSSIER_COVER (self->cover)))
    return TRUE;
  return cpa_dossier_view_go_back (CPA_DOSSIER_VIEW (gtk_stack_get_visible_child (GTK_STACK (self->stack))));
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

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_dossier_page_parent_class)->dispose (object);
}

static void
cpa_dossier_page_class_init (CpaDossierPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_page_dispose;
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_DOSSIER_COVER);
  g_type_ensure (CPA_TYPE_WRAP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-dossier-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, cover);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, tools);
  gtk_widget_class_bind_template_child (widget_class, CpaDossierPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
}

static void
cpa_dossier_page_init (CpaDossierPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cpa_dossier_page_new (CpaContext *context)
{
  CpaDossierPage *self = g_object_new (CPA_TYPE_DOSSIER_PAGE, NULL);

  self->context = g_object_ref (context);
  for (gsize i = 0; i < N_TABS; i++)
    add_tab (self, i, context);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[0].button), TRUE);
  return GTK_WIDGET (self);
}
