/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-list.h"

#include <glib/gi18n.h>

#include "cp-care-plan.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-plan-text.h"
#include "cpa-reason.h"
#include "cpa-record-text.h"
#include "cpa-time-text.h"

struct _CpaPlanList
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  GPtrArray *rows;     /* (owned) of GtkButton (borrowed), one for each plan */
  char *open;          /* (owned) (nullable): id */
  char *shown;         /* (owned) (nullable): the plans, and what is said of none, as text */
  GtkWidget *scroller; /* (owned) */
  GtkWidget *box;      /* (borrowed) */
};

enum
{
  SIGNAL_PLAN_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPlanList, cpa_plan_list, GTK_TYPE_WIDGET)

static const char *
row_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "id");
}

static void
clicked_cb (CpaPlanList *self, GtkWidget *row)
{
  g_autofree char *id = g_strdup (row_id (row));

  cpa_plan_list_mark (self, id);
  g_signal_emit (self, signals[SIGNAL_PLAN_CHOSEN], 0, id);
}

/* "Version 4, since January 12, 2026. On hold for now" */
static char *
details_of (const CpCarePlan *plan)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *period = cpa_plan_short_period (plan);
  gboolean plain = plan->state == CP_CARE_PLAN_CURRENT || plan->state == CP_CARE_PLAN_EXPIRED;

  if (plan->version > 1)
    g_ptr_array_add (words, cpa_plan_version (plan->version));
  if (period != NULL)
    g_ptr_array_add (words, g_steal_pointer (&period));
  if (!plain)
    g_ptr_array_add (words, g_strdup (cpa_plan_state (plan->state, NULL)));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static GtkWidget *
row_new (CpaPlanList *self, const CpCarePlan *plan)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = cpa_plan_title (plan, cpa_context_get_organisation (self->context));
  g_autofree char *details = cpa_time_capital (details_of (plan));

  gtk_box_append (GTK_BOX (texts), cpa_label_new (title, "cp-bold"));
  if (*details != '\0')
    gtk_box_append (GTK_BOX (texts), cpa_label_new (details, "cp-caption"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("cp-plan-symbolic"));
  gtk_box_append (GTK_BOX (box), texts);
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "cp-plan-row");
  cpa_name (row, title, details);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (plan->id), g_free);
  g_signal_connect_object (row, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* (transfer full): there was one before. Of who has died none is waited for. */
static char *
none_current_text (CpaPlanList *self)
{
  if (cpa_context_get_patient (self->context)->deceased)
    return cpa_reason_text (CPA_REASON_PLANS, CP_CONTENT_EMPTY, NULL, self->context);
  return cpa_fill (_ ("There is no {plan} now."), "plan",
                   cpa_dossier_plan_word (cpa_context_get_organisation (self->context)), NULL);
}

static void
append_part (CpaPlanList *self, const GPtrArray *plans, gboolean expired)
{
  g_autofree char *none_current = none_current_text (self);
  GtkWidget *heading = cpa_label_new (expired ? _ ("Expired") : _ ("Current"), "cp-caption");
  guint before = self->rows->len;

  gtk_widget_set_margin_top (heading, expired ? 16 : 0);
  gtk_box_append (GTK_BOX (self->box), heading);
  for (guint i = 0; i < plans->len; i++)
    {
      const CpCarePlan *plan = g_ptr_array_index (plans, i);

      if ((plan->state == CP_CARE_PLAN_EXPIRED) == expired)
        gtk_box_append (GTK_BOX (self->box), row_new (self, plan));
    }
  if (self->rows->len == before)
    gtk_box_append (GTK_BOX (self->box),
                    cpa_label_new (expired ? _ ("There are no expired plans.") : none_current, "cp-quiet"));
}

static void
cpa_plan_list_dispose (GObject *object)
{
  CpaPlanList *self = CPA_PLAN_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_plan_list_parent_class)->dispose (object);
}

static void
cpa_plan_list_class_init (CpaPlanListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_plan_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_PLAN_CHOSEN] = g_signal_new ("plan-chosen", CPA_TYPE_PLAN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_plan_list_init (CpaPlanList *self)
{
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->box, "cp-plan-list");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
cpa_plan_list_new (CpaContext *context)
{
  CpaPlanList *self = g_object_new (CPA_TYPE_PLAN_LIST, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/* (transfer full) (nullable): of the row with the keyboard. */
static char *
focused_id (CpaPlanList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      if (gtk_widget_is_focus (row))
        return g_strdup (row_id (row));
    }
  return NULL;
}

static void
focus (CpaPlanList *self, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (row_id (g_ptr_array_index (self->rows, i)), id) == 0)
      gtk_widget_grab_focus (g_ptr_array_index (self->rows, i));
}

/* What is as it was stays as it is, and whoever is in it with the keyboard stays where they are. */
void
cpa_plan_list_show (CpaPlanList *self, const GPtrArray *plans)
{
  g_autofree char *open = g_strdup (self->open);
  g_autofree char *focused = focused_id (self);
  g_autofree char *list = cpa_record_text_of_list (&cp_care_plan_record, plans);
  g_autofree char *none_current = none_current_text (self);
  char *text = g_strconcat (list, "\n", none_current, NULL);
  gboolean same = g_strcmp0 (text, self->shown) == 0;
  GtkWidget *child;

  g_free (self->shown);
  self->shown = text;
  if (same)
    return;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_ptr_array_set_size (self->rows, 0);
  append_part (self, plans, FALSE);
  append_part (self, plans, TRUE);
  cpa_plan_list_mark (self, open);
  if (focused != NULL)
    focus (self, focused);
}

void
cpa_plan_list_mark (CpaPlanList *self, const char *id)
{
  if (id != self->open)
    {
      g_free (self->open);
      self->open = g_strdup (id);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean open = g_strcmp0 (row_id (row), self->open) == 0;

      if (open)
        gtk_widget_add_css_class (row, "open");
      else
        gtk_widget_remove_css_class (row, "open");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, open, -1);
    }
}
