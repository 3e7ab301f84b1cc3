/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-opened-plan.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-timeline.h"
#include "cpa-adaptive.h"
#include "cpa-content-view.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-fresh-text.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-plan-compare.h"
#include "cpa-plan-reports.h"
#include "cpa-plan-sheet.h"
#include "cpa-record-text.h"
#include "cpa-text-scale.h"
#include "cpa-time-text.h"

/* From this width on two versions stand beside each other; one alone is not wider than people read. */
#define BESIDE_FROM 860
#define PLAIN_WIDTH 760
#define BESIDE_WIDTH 1400

struct _CpaOpenedPlan
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  CpaLoader *earlier;  /* (owned) */
  char *id;            /* (owned) (nullable): what is opened */
  char *shown;         /* (owned) (nullable): the answer that is on the screen, as text */
  CpCarePlan *plan;    /* (owned) (nullable) */
  CpCarePlan *old;     /* (owned) (nullable): compared with */
  CpTime fetched_at;
  GtkWidget *view;     /* (owned) */
  GtkWidget *adaptive; /* (borrowed) */
  GtkWidget *clamp;    /* (borrowed) */
  GtkWidget *head;     /* (borrowed) */
  GtkWidget *compare;  /* (borrowed) */
  GtkWidget *sheet;    /* (borrowed) */
  GtkWidget *reports;  /* (borrowed) */
  GtkWidget *age;      /* (borrowed) */
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_REMOVED,
  SIGNAL_REPLACED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaOpenedPlan, cpa_opened_plan, GTK_TYPE_WIDGET)

static void
fill_box (GtkWidget *box, GtkWidget *content)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  if (content != NULL)
    gtk_box_append (GTK_BOX (box), content);
}

static CpaPlanLook
look_of (CpaOpenedPlan *self)
{
  if (self->old == NULL)
    return CPA_PLAN_PLAIN;
  return cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive)) ? CPA_PLAN_MARKED : CPA_PLAN_BESIDE;
}

static void
show_sheet (CpaOpenedPlan *self)
{
  CpaPlanLook look = look_of (self);
  double scale = cpa_text_scale (GTK_WIDGET (self));

  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp),
                              (int) ((look == CPA_PLAN_BESIDE ? BESIDE_WIDTH : PLAIN_WIDTH) * scale));
  fill_box (self->sheet, cpa_plan_sheet_new (self->context, self->old, self->plan, look));
}

static void
say_changes (CpaOpenedPlan *self)
{
  g_autoptr (CpaPlanDiff) diff = cpa_plan_diff_new (self->old, self->plan);
  g_autofree char *text = cpa_fill_n (ngettext ("{n} change", "{n} changes", diff->changes), diff->changes, NULL);

  cpa_plan_compare_say (CPA_PLAN_COMPARE (self->compare),
                        diff->changes > 0 ? text : _ ("The words of both versions are the same."));
}

static void
show_age (CpaOpenedPlan *self)
{
  g_autofree char *when = cpa_time_day_clock (self->fetched_at, cpa_context_get_zone (self->context));
  g_autofree char *text = cpa_fill (_ ("As recorded in the health record, as of {when}"), "when", when, NULL);

  gtk_label_set_text (GTK_LABEL (self->age), text);
  gtk_widget_set_visible (self->age, self->fetched_at != 0);
}

static void
show_plan (CpaOpenedPlan *self)
{
  g_clear_pointer (&self->old, cp_care_plan_free);
  cpa_loader_cancel (self->earlier);
  fill_box (self->head, cpa_plan_head_new (self->context, self->plan));
  cpa_plan_compare_set_plan (CPA_PLAN_COMPARE (self->compare), self->plan);
  show_sheet (self);
  cpa_plan_reports_open (CPA_PLAN_REPORTS (self->reports), self->id);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

/* TRUE when it differs from what is on the screen. */
static gboolean
take_answer (CpaOpenedPlan *self, CpCarePlanAnswer *answer)
{
  self->fetched_at = cpa_fresh_fetched_at (answer->freshness, CP_FRESH_PLANS);
  if (!cpa_record_text_is_news (&self->shown, &cp_care_plan_record, answer->plan, NULL))
    return FALSE;
  if (self->plan != NULL)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
  g_clear_pointer (&self->plan, cp_care_plan_free);
  self->plan = g_steal_pointer (&answer->plan);
  return TRUE;
}

static void
forget (CpaOpenedPlan *self)
{
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->plan, cp_care_plan_free);
  g_clear_pointer (&self->old, cp_care_plan_free);
}

static void
clear (CpaOpenedPlan *self)
{
  cpa_loader_cancel (self->earlier);
  forget (self);
  g_clear_pointer (&self->id, g_free);
  fill_box (self->head, NULL);
  fill_box (self->sheet, NULL);
  cpa_plan_reports_close (CPA_PLAN_REPORTS (self->reports));
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaOpenedPlan *self = owner;
  g_autoptr (CpCarePlanAnswer) answer = record;

  if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      clear (self);
      cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-plan-symbolic", "",
                                   _ ("The care team removed this item."), NULL);
      g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
      return;
    }
  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  if (take_answer (self, answer))
    show_plan (self);
  else
    {
      /* A report that came since changes nothing in the plan. */
      cpa_plan_reports_refresh (CPA_PLAN_REPORTS (self->reports));
      cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
    }
  show_age (self);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
earlier_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaOpenedPlan *self = owner;
  g_autoptr (CpCarePlanAnswer) answer = record;

  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      cpa_plan_compare_say (CPA_PLAN_COMPARE (self->compare), text->title);
      return;
    }
  g_clear_pointer (&self->old, cp_care_plan_free);
  self->old = g_steal_pointer (&answer->plan);
  show_sheet (self);
  say_changes (self);
}

static void
compare_cb (CpaOpenedPlan *self)
{
  gint64 version = cpa_plan_compare_get_version (CPA_PLAN_COMPARE (self->compare));
  g_autofree char *query = g_strdup_printf ("version=%" G_GINT64_FORMAT, version);

  cpa_loader_cancel (self->earlier);
  if (self->old != NULL)
    {
      g_clear_pointer (&self->old, cp_care_plan_free);
      show_sheet (self);
    }
  if (version == 0)
    return;
  cpa_plan_compare_say (CPA_PLAN_COMPARE (self->compare), _ ("Being fetched…"));
  cpa_loader_start (self->earlier, CP_ROUTE_CARE_PLAN, self->id, query, &cp_care_plan_answer_record, FALSE);
}

static void
narrow_cb (CpaOpenedPlan *self)
{
  if (self->plan != NULL && self->old != NULL)
    show_sheet (self);
}

static void
load (CpaOpenedPlan *self, gboolean refresh)
{
  cpa_loader_start (self->loader, CP_ROUTE_CARE_PLAN, self->id, NULL, &cp_care_plan_answer_record, refresh);
}

static void
retry_cb (CpaOpenedPlan *self)
{
  if (self->id == NULL)
    return;
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  load (self, FALSE);
}

static void
cpa_opened_plan_dispose (GObject *object)
{
  CpaOpenedPlan *self = CPA_OPENED_PLAN (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  if (self->earlier != NULL)
    cpa_loader_cancel (self->earlier);
  g_clear_object (&self->loader);
  g_clear_object (&self->earlier);
  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  forget (self);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_opened_plan_parent_class)->dispose (object);
}

static void
cpa_opened_plan_class_init (CpaOpenedPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_opened_plan_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_OPENED] =
      g_signal_new ("opened", CPA_TYPE_OPENED_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REPLACED] =
      g_signal_new ("replaced", CPA_TYPE_OPENED_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] =
      g_signal_new ("removed", CPA_TYPE_OPENED_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_opened_plan_init (CpaOpenedPlan *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->clamp = adw_clamp_new ();
  gtk_widget_set_valign (self->clamp, GTK_ALIGN_START);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->clamp);
  gtk_widget_add_css_class (scroller, "cp-plan-scroller");
  self->adaptive = cpa_adaptive_new (BESIDE_FROM, scroller);
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->adaptive);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
}

static void
build (CpaOpenedPlan *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->compare = cpa_plan_compare_new ();
  self->sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->reports = cpa_plan_reports_new (self->context);
  self->age = cpa_label_new ("", "cp-caption");
  g_signal_connect_object (self->compare, "changed", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), self->head);
  gtk_box_append (GTK_BOX (column), self->compare);
  gtk_box_append (GTK_BOX (column), self->sheet);
  gtk_box_append (GTK_BOX (column), self->reports);
  gtk_box_append (GTK_BOX (column), self->age);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), column);
}

GtkWidget *
cpa_opened_plan_new (CpaContext *context)
{
  CpaOpenedPlan *self = g_object_new (CPA_TYPE_OPENED_PLAN, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  self->earlier = cpa_loader_new (context, earlier_loaded_cb, self);
  build (self);
  return GTK_WIDGET (self);
}

void
cpa_opened_plan_close (CpaOpenedPlan *self)
{
  cpa_loader_cancel (self->loader);
  clear (self);
}

void
cpa_opened_plan_open (CpaOpenedPlan *self, const char *id)
{
  /* Older words may not stand under the new choice for a moment. */
  clear (self);
  self->id = g_strdup (id);
  retry_cb (self);
}

void
cpa_opened_plan_refresh (CpaOpenedPlan *self)
{
  if (self->id != NULL && !cpa_loader_is_busy (self->loader))
    load (self, TRUE);
}

const CpCarePlan *
cpa_opened_plan_get_plan (CpaOpenedPlan *self, CpTime *fetched_at)
{
  *fetched_at = self->fetched_at;
  return self->plan;
}
