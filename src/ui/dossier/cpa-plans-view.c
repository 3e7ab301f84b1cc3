/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plans-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-content-view.h"
#include "cpa-fresh-line.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-opened-plan.h"
#include "cpa-plan-list.h"
#include "cpa-print-dialog.h"
#include "cpa-reason.h"
#include "cpa-text-scale.h"

/* What the two panes ask for at least; together the width from which they stand beside each other. */
#define LIST_WIDTH 290
#define PLAN_WIDTH 340

struct _CpaPlansView
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  GtkWidget *tools;    /* (owned): beside the tabs */
  GtkWidget *view;     /* (owned) */
  GtkWidget *adaptive; /* (borrowed) */
  GtkWidget *leaflet;  /* (borrowed) */
  GtkWidget *list;     /* (borrowed) */
  GtkWidget *plan;     /* (borrowed) */
  GtkWidget *print;    /* (borrowed) */
  GtkWidget *fresh;    /* (borrowed): something is late */
  char *open;          /* (owned) (nullable): id */
  char *newest;        /* (owned) (nullable): id of the first in the list */
  gboolean laid_out;
  guint arrival_id; /* waits for the first layout */
};

static void cpa_plans_view_dossier_view_init (CpaDossierViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaPlansView, cpa_plans_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_DOSSIER_VIEW, cpa_plans_view_dossier_view_init))

static void
show_print (CpaPlansView *self)
{
  CpTime fetched_at;
  gboolean folded = adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));
  gboolean in_sight = !folded || adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet)) == self->plan;

  gtk_widget_set_visible (self->print,
                          in_sight && self->open != NULL &&
                              cpa_opened_plan_get_plan (CPA_OPENED_PLAN (self->plan), &fetched_at) != NULL);
}

static void
open_plan (CpaPlansView *self, const char *id)
{
  g_free (self->open);
  self->open = g_strdup (id);
  cpa_plan_list_mark (CPA_PLAN_LIST (self->list), id);
  cpa_opened_plan_open (CPA_OPENED_PLAN (self->plan), id);
  show_print (self);
}

static void
chosen_cb (CpaPlansView *self, const char *id)
{
  open_plan (self, id);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->plan);
}

static void
print_cb (CpaPlansView *self)
{
  CpTime fetched_at;
  const CpCarePlan *plan = cpa_opened_plan_get_plan (CPA_OPENED_PLAN (self->plan), &fetched_at);

  if (plan != NULL)
    cpa_print_dialog_present (GTK_WIDGET (self), self->context,
                              cpa_print_job_new_plan (self->context, plan, fetched_at));
}

/* What it said is not printed any more. */
static void
replaced_cb (CpaPlansView *self)
{
  cpa_print_dialog_close_changed (GTK_WIDGET (self));
}

static void
removed_cb (CpaPlansView *self)
{
  cpa_print_dialog_close (GTK_WIDGET (self));
  show_print (self);
}

static void
show_fresh (CpaPlansView *self, const CpFreshness *freshness)
{
  gtk_widget_set_visible (self->fresh, cpa_fresh_line_is_needed (self->context, freshness));
  cpa_fresh_line_show (GTK_BOX (self->fresh), self->context, freshness);
}

/* On arrival the newest stands open beside the list; where there is room for one of the two, that is the list, and no
 * plan counts as read. */
static void
open_newest (CpaPlansView *self)
{
  gboolean folded = adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));

  if (!folded && self->newest != NULL)
    open_plan (self, self->newest);
  else
    g_clear_pointer (&self->open, g_free);
  show_print (self);
}

static gboolean
arrival_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CpaPlansView *self = CPA_PLANS_VIEW (widget);

  /* A frame later it is folded, if it has to be. */
  if (gtk_widget_get_width (self->leaflet) == 0 || !self->laid_out)
    {
      self->laid_out = gtk_widget_get_width (self->leaflet) > 0;
      return G_SOURCE_CONTINUE;
    }
  self->arrival_id = 0;
  open_newest (self);
  return G_SOURCE_REMOVE;
}

static void
folded_cb (CpaPlansView *self)
{
  if (self->laid_out && self->arrival_id == 0 && self->open == NULL)
    open_newest (self);
  show_print (self);
}

static void
show_plans (CpaPlansView *self, const CpCarePlanList *list)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  int state = list->plans->len > 0 ? CP_CONTENT_FILLED : MAX (list->state, CP_CONTENT_EMPTY);

  if (state != CP_CONTENT_FILLED)
    {
      g_clear_pointer (&self->open, g_free);
      g_clear_pointer (&self->newest, g_free);
      cpa_opened_plan_close (CPA_OPENED_PLAN (self->plan));
      adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->list);
      show_print (self);
      cpa_dossier_view_show_empty (view, CPA_REASON_PLANS, state, list->freshness, self->context);
      return;
    }
  show_fresh (self, list->freshness);
  cpa_plan_list_show (CPA_PLAN_LIST (self->list), list->plans);
  cpa_content_view_show_content (view);
  g_free (self->newest);
  self->newest = g_strdup (((const CpCarePlan *) g_ptr_array_index (list->plans, 0))->id);
  /* What stands open and is not there any more says so, until the person chooses another. */
  if (self->open != NULL)
    cpa_opened_plan_refresh (CPA_OPENED_PLAN (self->plan));
  else if (self->arrival_id == 0)
    self->arrival_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), arrival_cb, NULL, NULL);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaPlansView *self = owner;
  g_autoptr (CpCarePlanList) list = record;

  if (error != NULL)
    cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
  else
    show_plans (self, list);
}

static void
cpa_plans_view_load (CpaDossierView *view, gboolean refresh)
{
  CpaPlansView *self = CPA_PLANS_VIEW (view);

  if (!refresh)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_loader_start (self->loader, CP_ROUTE_CARE_PLANS, NULL, NULL, &cp_care_plan_list_record, refresh);
}

static void
retry_cb (CpaPlansView *self)
{
  cpa_plans_view_load (CPA_DOSSIER_VIEW (self), FALSE);
}

static gboolean
cpa_plans_view_go_back (CpaDossierView *view)
{
  CpaPlansView *self = CPA_PLANS_VIEW (view);

  if (!adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)) ||
      adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet)) != self->plan)
    return FALSE;
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->list);
  return TRUE;
}

static GtkWidget *
cpa_plans_view_get_tools (CpaDossierView *view)
{
  return CPA_PLANS_VIEW (view)->tools;
}

static void
cpa_plans_view_dossier_view_init (CpaDossierViewInterface *iface)
{
  iface->load = cpa_plans_view_load;
  iface->go_back = cpa_plans_view_go_back;
  iface->get_tools = cpa_plans_view_get_tools;
}

static GtkWidget *
print_button_new (CpaPlansView *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("document-print-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Print")));
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "cp-outline");
  gtk_widget_set_visible (button, FALSE);
  cpa_name (button, _ ("Print"), NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (print_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
cpa_plans_view_dispose (GObject *object)
{
  CpaPlansView *self = CPA_PLANS_VIEW (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_object (&self->tools);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_pointer (&self->open, g_free);
  g_clear_pointer (&self->newest, g_free);
  G_OBJECT_CLASS (cpa_plans_view_parent_class)->dispose (object);
}

static void
cpa_plans_view_class_init (CpaPlansViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_plans_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_plans_view_init (CpaPlansView *self)
{
  self->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->leaflet = g_object_new (ADW_TYPE_LEAFLET, "can-navigate-back", TRUE, "mode-transition-duration", 0,
                                "fold-threshold-policy", ADW_FOLD_THRESHOLD_POLICY_MINIMUM, NULL);
  self->fresh = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->fresh, FALSE);
  self->print = print_button_new (self);
  gtk_box_append (GTK_BOX (self->tools), self->fresh);
  gtk_box_append (GTK_BOX (self->tools), self->print);
  self->adaptive = cpa_adaptive_new (LIST_WIDTH + PLAN_WIDTH, self->leaflet);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->adaptive);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
}

/* In pixels of this person's text size. Where there is no room for both panes each may be as narrow as it has to be. */
static void
narrow_cb (CpaPlansView *self)
{
  gboolean narrow = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));
  double scale = cpa_text_scale (GTK_WIDGET (self));

  gtk_widget_set_size_request (self->list, narrow ? -1 : (int) (LIST_WIDTH * scale), -1);
  gtk_widget_set_size_request (self->plan, narrow ? -1 : (int) (PLAN_WIDTH * scale), -1);
  adw_leaflet_set_can_unfold (ADW_LEAFLET (self->leaflet), !narrow);
}

static void
build_panes (CpaPlansView *self)
{
  self->list = cpa_plan_list_new (self->context);
  self->plan = cpa_opened_plan_new (self->context);
  gtk_widget_set_hexpand (self->list, FALSE);
  gtk_widget_set_hexpand (self->plan, TRUE);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->list);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->plan);
  narrow_cb (self);
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "plan-chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "opened", G_CALLBACK (show_print), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (show_print), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_plans_view_new (CpaContext *context)
{
  CpaPlansView *self = g_object_new (CPA_TYPE_PLANS_VIEW, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  build_panes (self);
  return GTK_WIDGET (self);
}
