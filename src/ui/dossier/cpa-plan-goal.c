/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-goal.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-plan-text.h"
#include "cpa-wrap.h"

struct _CpaPlanGoal
{
  GtkWidget parent_instance;

  GtkWidget *box;   /* (owned) */
  GtkWidget *head;  /* (borrowed) */
  GtkWidget *arrow; /* (borrowed) */
  GtkWidget *body;  /* (borrowed) */
  gboolean open;
};

G_DEFINE_FINAL_TYPE (CpaPlanGoal, cpa_plan_goal, GTK_TYPE_WIDGET)

static const CpPlanGoal *
shown_goal (const CpaPlanGoalPair *pair)
{
  return pair->new != NULL ? pair->new : pair->old;
}

/* What became of the goal as a whole: "new", "gone", "3 changes"; NULL when nothing did. */
static char *
change_text (const CpaPlanGoalPair *pair, const char **css_class)
{
  *css_class = "family";
  if (pair->old == NULL)
    {
      *css_class = "added";
      return g_strdup (_ ("new"));
    }
  if (pair->new == NULL)
    {
      *css_class = "removed";
      return g_strdup (_ ("gone"));
    }
  return pair->changes > 0 ? cpa_fill_n (ngettext ("{n} change", "{n} changes", pair->changes), pair->changes, NULL)
                           : NULL;
}

static GtkWidget *
texts_new (const CpPlanGoal *goal, const char *number)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (texts), cpa_label_new (number, "cp-caption"));
  gtk_box_append (GTK_BOX (texts), cpa_label_new (goal->text, "cp-heading"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

static void
clicked_cb (CpaPlanGoal *self)
{
  cpa_plan_goal_set_open (self, !self->open);
}

static void
build_head (CpaPlanGoal *self, const CpaPlanGoalPair *pair, CpaPlanLook look)
{
  const CpPlanGoal *goal = shown_goal (pair);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *wrap = cpa_wrap_new ();
  GtkWidget *chips = cpa_wrap_new ();
  const char *state_class, *change_class = NULL;
  const char *state = cpa_plan_goal_state (goal->state, &state_class);
  g_autofree char *number = cpa_plan_goal_number (goal);
  g_autofree char *change = look != CPA_PLAN_PLAIN ? change_text (pair, &change_class) : NULL;
  g_autofree char *name = g_strconcat (number, ": ", goal->text, NULL);
  g_autofree char *description = change != NULL ? g_strconcat (change, ". ", state, NULL) : g_strdup (state);

  if (change != NULL)
    cpa_wrap_append (CPA_WRAP (chips), cpa_chip_new (NULL, change, change_class));
  cpa_wrap_append (CPA_WRAP (chips), cpa_chip_new (NULL, state, state_class));
  g_object_set (wrap, "spread", TRUE, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_set_valign (chips, GTK_ALIGN_CENTER);
  cpa_wrap_append (CPA_WRAP (wrap), texts_new (goal, number));
  cpa_wrap_append (CPA_WRAP (wrap), chips);
  self->arrow = gtk_image_new ();
  gtk_widget_set_valign (self->arrow, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), cpa_tile_new ("cp-goal-symbolic", CPA_TILE_NORMAL));
  gtk_box_append (GTK_BOX (box), wrap);
  gtk_box_append (GTK_BOX (box), self->arrow);
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (self->head), box);
  cpa_name (self->head, name, description);
}

static void
append_state_change (CpaPlanGoal *self, CpaContext *context, const CpaPlanGoalPair *pair, CpaPlanLook look)
{
  if (pair->old == NULL || pair->new == NULL || pair->old->state == pair->new->state)
    return;
  gtk_box_append (GTK_BOX (self->body), cpa_plan_words_new (context, cpa_plan_goal_state (pair->old->state, NULL),
                                                            cpa_plan_goal_state (pair->new->state, NULL), look));
}

/* The text of the goal stands in the head; here again when its words have changed, and what is said of it. */
static void
append_words (CpaPlanGoal *self, CpaContext *context, const CpaPlanGoalPair *pair, CpaPlanLook look)
{
  g_autofree char *old = cpa_plan_goal_details (pair->old), *new = cpa_plan_goal_details (pair->new);
  gboolean compared = look != CPA_PLAN_PLAIN;

  if (compared && pair->old != NULL && pair->new != NULL &&g_strcmp0 (pair->old->text, pair->new->text) != 0)
    gtk_box_append (GTK_BOX (self->body), cpa_plan_words_new (context, pair->old->text, pair->new->text, look));
  if (compared)
    append_state_change (self, context, pair, look);
  if (*new != '\0' || (compared && *old != '\0'))
    gtk_box_append (GTK_BOX (self->body), cpa_plan_words_new (context, old, new, look));
}

static void
build_body (CpaPlanGoal *self, CpaContext *context, const CpaPlanGoalPair *pair, const GPtrArray *evaluations,
            CpaPlanLook look)
{
  GtkWidget *activities = cpa_plan_activities_new (context, pair, look);

  append_words (self, context, pair, look);
  if (activities != NULL)
    gtk_box_append (GTK_BOX (self->body), activities);
  for (guint i = 0; i < evaluations->len && pair->new != NULL; i++)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (evaluations, i);

      if (evaluation->goal == pair->new->number)
        gtk_box_append (GTK_BOX (self->body), cpa_plan_evaluation_new (context, evaluation));
    }
}

static void
cpa_plan_goal_dispose (GObject *object)
{
  g_clear_pointer (&CPA_PLAN_GOAL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_plan_goal_parent_class)->dispose (object);
}

static void
cpa_plan_goal_class_init (CpaPlanGoalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_plan_goal_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_plan_goal_init (CpaPlanGoal *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->head = gtk_button_new ();
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (self->box, "cp-sheet");
  gtk_widget_add_css_class (self->box, "cp-plan-goal");
  gtk_widget_add_css_class (self->body, "cp-plan-goal-body");
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_box_append (GTK_BOX (self->box), self->body);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->head, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_plan_goal_new (CpaContext *context, const CpaPlanGoalPair *pair, const GPtrArray *evaluations, CpaPlanLook look)
{
  CpaPlanGoal *self = g_object_new (CPA_TYPE_PLAN_GOAL, NULL);

  build_head (self, pair, look);
  build_body (self, context, pair, evaluations, look);
  cpa_plan_goal_set_open (self, FALSE);
  return GTK_WIDGET (self);
}

void
cpa_plan_goal_set_open (CpaPlanGoal *self, gboolean open)
{
  gboolean has_body = gtk_widget_get_first_child (self->body) != NULL;

  self->open = open && has_body;
  gtk_widget_set_visible (self->body, self->open);
  gtk_widget_set_visible (self->arrow, has_body);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), self->open ? "go-up-symbolic" : "go-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_STATE_EXPANDED, self->open, -1);
}
