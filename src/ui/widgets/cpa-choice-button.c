/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-choice-button.h"

#include "cpa-label.h"
#include "cpa-popover-button.h"

#define LIST_MAX_HEIGHT 420
#define WORDS_CHARS 24

struct _CpaChoiceButton
{
  GtkWidget parent_instance;

  char *name;         /* (owned) */
  GtkWidget *button;  /* (owned) */
  GtkWidget *label;   /* (borrowed) */
  GtkWidget *popover; /* (borrowed) */
  GtkWidget *box;     /* (borrowed): in the popover */
  GtkWidget *list;    /* (borrowed) */
  guint chosen;
  char *words; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaChoiceButton, cpa_choice_button, GTK_TYPE_WIDGET)

/* Places in the list, from 0. */
static GtkWidget *
get_choice (CpaChoiceButton *self, guint i)
{
  GtkWidget *choice = gtk_widget_get_first_child (self->list);

  while (choice != NULL && i-- > 0)
    choice = gtk_widget_get_next_sibling (choice);
  return choice;
}

static void
show_chosen (CpaChoiceButton *self)
{
  GtkWidget *choice = get_choice (self, self->chosen);
  const char *words = self->words != NULL ? self->words
                      : choice != NULL    ? gtk_check_button_get_label (GTK_CHECK_BUTTON (choice))
                                          : "";

  gtk_label_set_text (GTK_LABEL (self->label), words);
  cpa_name (self->button, self->name, words);
}

static void
toggled_cb (CpaChoiceButton *self, GtkCheckButton *choice)
{
  guint i = 0;

  if (!gtk_check_button_get_active (choice))
    return;
  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (choice)); before != NULL;
       before = gtk_widget_get_prev_sibling (before))
    i++;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, i);
}

static void
cpa_choice_button_dispose (GObject *object)
{
  CpaChoiceButton *self = CPA_CHOICE_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (cpa_choice_button_parent_class)->dispose (object);
}

static void
cpa_choice_button_class_init (CpaChoiceButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_choice_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CPA_TYPE_CHOICE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cpa_choice_button_init (CpaChoiceButton *self)
{
}

static GtkWidget *
popover_new (CpaChoiceButton *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->popover = gtk_popover_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->list, "cp-choices");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->box);
  return self->popover;
}

GtkWidget *
cpa_choice_button_new (const char *name)
{
  CpaChoiceButton *self = g_object_new (CPA_TYPE_CHOICE_BUTTON, NULL);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->name = g_strdup (name);
  self->label = gtk_label_new ("");
  /* What was chosen is read whole. */
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), WORDS_CHARS);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (inside), self->label);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = cpa_popover_button_new (inside, popover_new (self), name);
  gtk_widget_add_css_class (self->button, "cp-outline");
  gtk_widget_add_css_class (self->button, "cp-choice");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  /* As wide as its words, unless it is told otherwise. */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  return GTK_WIDGET (self);
}

void
cpa_choice_button_set_choices (CpaChoiceButton *self, const char *const *choices)
{
  GtkWidget *child, *first = NULL;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; choices[i] != NULL; i++)
    {
      GtkWidget *choice = gtk_check_button_new_with_label (choices[i]);

      gtk_widget_add_css_class (choice, "cp-check");
      gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (first));
      if (first == NULL)
        first = choice;
      g_signal_connect_object (choice, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->list), choice);
    }
  cpa_choice_button_set_chosen (self, 0, NULL);
}

void
cpa_choice_button_set_chosen (CpaChoiceButton *self, guint chosen, const char *words)
{
  GtkWidget *choice = get_choice (self, chosen);
  g_autofree char *copy = g_strdup (words);

  self->chosen = chosen;
  g_free (self->words);
  self->words = g_steal_pointer (&copy);
  if (choice != NULL)
    {
      g_signal_handlers_block_by_func (choice, toggled_cb, self);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
      g_signal_handlers_unblock_by_func (choice, toggled_cb, self);
    }
  show_chosen (self);
}

void
cpa_choice_button_append (CpaChoiceButton *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->box), widget);
}

void
cpa_choice_button_close (CpaChoiceButton *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}
