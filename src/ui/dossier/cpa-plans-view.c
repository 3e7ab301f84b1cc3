/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plans-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-badge.h"
#include "cpa-content-view.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-fresh-line.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-reason.h"
#include "cpa-time-text.h"

#define PAGE_WIDTH 1000

struct _CpaPlansView
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  GtkWidget *view;     /* (owned) */
  GtkWidget *box;      /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaPlansView, cpa_plans_view, GTK_TYPE_WIDGET)

static char *
period_text (const CpCarePlan *plan)
{
  g_autofree char *from = plan->from != NULL ? cpa_time_date (plan->from) : NULL;
  g_autofree char *until = plan->until != NULL ? cpa_time_date (plan->until) : NULL;

  if (from != NULL && until != NULL)
    return cpa_fill (_ ("Valid from {from} until {until}"), "from", from, "until", until, NULL);
  if (from != NULL)
    return cpa_fill (_ ("since {date}"), "date", from, NULL);
  if (until != NULL)
    return cpa_fill (_ ("Expired on {date}"), "date", until, NULL);
  return NULL;
}

static GtkWidget *
plan_head (const CpCarePlan *plan)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *period = period_text (plan);

  gtk_box_append (GTK_BOX (texts), cpa_label_new (plan->title, "cp-title-2"));
  if (period != NULL)
    gtk_box_append (GTK_BOX (texts), cpa_label_new (period, "cp-caption"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), cpa_tile_new ("cp-plan-symbolic", CPA_TILE_NORMAL));
  gtk_box_append (GTK_BOX (head), texts);
  if (plan->state == CP_CARE_PLAN_ON_HOLD)
    gtk_box_append (GTK_BOX (head), cpa_chip_new (NULL, _ ("On hold for now"), "family"));
  if (plan->state == CP_CARE_PLAN_UNKNOWN)
    gtk_box_append (GTK_BOX (head), cpa_chip_new (NULL, _ ("Status not known"), "quiet"));
  return head;
}

static GtkWidget *
plan_new (const CpCarePlan *plan)
{
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (sheet, "cp-sheet");
  gtk_box_append (GTK_BOX (sheet), plan_head (plan));
  if (plan->description != NULL && *plan->description != '\0')
    gtk_box_append (GTK_BOX (sheet), cpa_reading_new (plan->description, NULL));
  return sheet;
}

static void
append_plans (CpaPlansView *self, const GPtrArray *plans, gboolean expired)
{
  GtkWidget *heading = cpa_label_new (expired ? _ ("Expired") : _ ("Current"), "cp-title-2");
  g_autofree char *none_current =
      cpa_fill (_ ("There is no {plan} yet. As soon as the care team makes one, you can read it here."), "plan",
                cpa_dossier_plan_word (cpa_context_get_organisation (self->context)), NULL);
  guint n = 0;

  gtk_widget_set_margin_top (heading, expired ? 16 : 0);
  gtk_box_append (GTK_BOX (self->box), heading);
  for (guint i = 0; i < plans->len; i++)
    {
      const CpCarePlan *plan = g_ptr_array_index (plans, i);

      if ((plan->state == CP_CARE_PLAN_EXPIRED) != expired)
        continue;
      gtk_box_append (GTK_BOX (self->box), plan_new (plan));
      n++;
    }
  if (n == 0)
    gtk_box_append (GTK_BOX (self->box),
                    cpa_label_new (expired ? _ ("There are no expired plans.") : none_current, "cp-quiet"));
}

static void
show_plans (CpaPlansView *self, const CpCarePlanList *list)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  int state = list->plans->len > 0 ? CP_CONTENT_FILLED : MAX (list->state, CP_CONTENT_EMPTY);
  GtkWidget *child;

  if (state != CP_CONTENT_FILLED)
    {
      g_autofree char *text = cpa_reason_text (CPA_REASON_PLANS, state, list->freshness, self->context);

      cpa_content_view_show_empty (view, "cp-plan-symbolic", cpa_reason_title (CPA_REASON_PLANS, state), text,
                                   cpa_fresh_line_new (self->context, list->freshness));
      return;
    }
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  append_plans (self, list->plans, FALSE);
  append_plans (self, list->plans, TRUE);
  cpa_content_view_show_content (view);
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
retry_cb (CpaPlansView *self)
{
  cpa_plans_view_load (self, FALSE);
}

static void
cpa_plans_view_dispose (GObject *object)
{
  CpaPlansView *self = CPA_PLANS_VIEW (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->view, gtk_widget_unparent);
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
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "cp-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), scroller);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
}

void
cpa_plans_view_set_context (CpaPlansView *self, CpaContext *context)
{
  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
}

void
cpa_plans_view_load (CpaPlansView *self, gboolean refresh)
{
  if (!refresh)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_loader_start (self->loader, CP_ROUTE_CARE_PLANS, NULL, NULL, &cp_care_plan_list_record, refresh);
}
