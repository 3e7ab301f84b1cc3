/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-compare.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-plan-text.h"
#include "cpa-wrap.h"

struct _CpaPlanCompare
{
  GtkWidget parent_instance;

  GArray *versions;   /* (owned) of gint64: the earlier ones, newest first */
  GtkWidget *box;     /* (owned) */
  GtkWidget *toggle;  /* (borrowed) */
  GtkWidget *words;   /* (borrowed) */
  GtkWidget *choice;  /* (borrowed): which version */
  GtkWidget *legend;  /* (borrowed) */
  GtkWidget *meaning; /* (borrowed) */
  GtkWidget *said;    /* (borrowed) */
  gboolean filling;   /* its choices change, not the person's */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPlanCompare, cpa_plan_compare, GTK_TYPE_WIDGET)

static gint64
chosen (CpaPlanCompare *self)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  return place < self->versions->len ? g_array_index (self->versions, gint64, place) : 0;
}

static void
show_state (CpaPlanCompare *self)
{
  gboolean active = gtk_switch_get_active (GTK_SWITCH (self->toggle));
  g_autofree char *text = cpa_fill_n (_ ("Show changes since version {n}"), chosen (self), NULL);

  gtk_label_set_text (GTK_LABEL (self->words), text);
  cpa_name (self->toggle, text, NULL);
  gtk_widget_set_visible (self->choice, active && self->versions->len > 1);
  gtk_widget_set_visible (self->legend, active);
  gtk_widget_set_visible (self->meaning, active);
  if (!active)
    cpa_plan_compare_say (self, NULL);
}

static void
changed_cb (CpaPlanCompare *self)
{
  if (self->filling)
    return;
  show_state (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
words_pressed_cb (CpaPlanCompare *self)
{
  gtk_switch_set_active (GTK_SWITCH (self->toggle), !gtk_switch_get_active (GTK_SWITCH (self->toggle)));
}

static GtkWidget *
legend_new (void)
{
  static const struct
  {
    const char *word, *css_class;
  } marks[] = { { N_ ("new"), "cp-added" }, { N_ ("gone"), "cp-removed" } };
  GtkWidget *legend = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    gtk_box_append (GTK_BOX (legend), cpa_label_new (_ (marks[i].word), marks[i].css_class));
  /* What a screen reader says instead of the marks needs no legend. */
  cpa_hide_from_reader (legend);
  return legend;
}

static GtkWidget *
switch_new (CpaPlanCompare *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkGesture *press = gtk_gesture_click_new ();

  self->toggle = gtk_switch_new ();
  self->words = cpa_label_new ("", "cp-bold");
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  cpa_hide_from_reader (self->words);
  g_signal_connect_object (press, "released", G_CALLBACK (words_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->words, GTK_EVENT_CONTROLLER (press));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->toggle);
  gtk_box_append (GTK_BOX (box), self->words);
  return box;
}

static void
cpa_plan_compare_dispose (GObject *object)
{
  CpaPlanCompare *self = CPA_PLAN_COMPARE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->versions, g_array_unref);
  G_OBJECT_CLASS (cpa_plan_compare_parent_class)->dispose (object);
}

static void
cpa_plan_compare_class_init (CpaPlanCompareClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_plan_compare_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_PLAN_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_plan_compare_init (CpaPlanCompare *self)
{
  GtkWidget *line = cpa_wrap_new ();

  self->versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->choice = gtk_drop_down_new (NULL, NULL);
  self->legend = legend_new ();
  self->meaning =
      cpa_label_new (_ ("New words have a line under them, removed words have a line through them."), "cp-caption");
  self->said = cpa_label_new ("", "cp-bold");
  gtk_widget_set_valign (self->legend, GTK_ALIGN_CENTER);
  cpa_name (self->choice, _ ("Version"), NULL);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_object_set (line, "spread", TRUE, NULL);
  cpa_wrap_append (CPA_WRAP (line), switch_new (self));
  cpa_wrap_append (CPA_WRAP (line), self->choice);
  cpa_wrap_append (CPA_WRAP (line), self->legend);
  gtk_widget_add_css_class (self->box, "cp-soft");
  gtk_widget_add_css_class (self->box, "cp-plan-compare");
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), self->meaning);
  gtk_box_append (GTK_BOX (self->box), self->said);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  cpa_plan_compare_say (self, NULL);
}

GtkWidget *
cpa_plan_compare_new (void)
{
  return g_object_new (CPA_TYPE_PLAN_COMPARE, NULL);
}

void
cpa_plan_compare_set_plan (CpaPlanCompare *self, const CpCarePlan *plan)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->filling = TRUE;
  g_array_set_size (self->versions, 0);
  for (guint i = plan->versions->len; i-- > 0;)
    {
      gint64 version = ((const CpVersionStamp *) g_ptr_array_index (plan->versions, i))->version;
      g_autofree char *name = cpa_plan_version (version);

      if (version >= plan->version)
        continue;
      g_array_append_val (self->versions, version);
      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choice), G_LIST_MODEL (names));
  gtk_switch_set_active (GTK_SWITCH (self->toggle), FALSE);
  self->filling = FALSE;
  show_state (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->versions->len > 0);
}

gint64
cpa_plan_compare_get_version (CpaPlanCompare *self)
{
  return gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? chosen (self) : 0;
}

void
cpa_plan_compare_say (CpaPlanCompare *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->said), text != NULL ? text : "");
  gtk_widget_set_visible (self->said, text != NULL);
}
