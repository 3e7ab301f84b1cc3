/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-choices.h"

#include "cpa-label.h"

struct _CpaChoices
{
  GtkWidget parent_instance;

  GtkWidget *box;   /* (owned) */
  GtkWidget *grid;  /* (borrowed) */
  GtkWidget *error; /* (borrowed) */
  GtkWidget *first; /* (borrowed) (nullable) */
  const char *key;  /* (borrowed) (nullable): of the chosen one */
  int columns;
  int n;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaChoices, cpa_choices, GTK_TYPE_WIDGET)

static const char *
key_of (GtkWidget *choice)
{
  return g_object_get_data (G_OBJECT (choice), "key");
}

static void
toggled_cb (GtkWidget *choice, CpaChoices *self)
{
  if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)))
    return;
  self->key = key_of (choice);
  cpa_choices_set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
cpa_choices_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (CPA_CHOICES (widget)->grid, GTK_DIR_TAB_FORWARD);
}

static void
cpa_choices_dispose (GObject *object)
{
  g_clear_pointer (&CPA_CHOICES (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_choices_parent_class)->dispose (object);
}

static void
cpa_choices_class_init (CpaChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_choices_dispose;
  widget_class->grab_focus = cpa_choices_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_choices_init (CpaChoices *self)
{
}

GtkWidget *
cpa_choices_new (const char *label, int columns)
{
  CpaChoices *self = g_object_new (CPA_TYPE_CHOICES, NULL);

  self->columns = columns;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  self->error = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible",
                              FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (self->error, "cp-field-error");
  gtk_widget_add_css_class (self->grid, "cp-choices");
  if (label != NULL)
    {
      gtk_box_append (GTK_BOX (self->box), cpa_label_new (label, "cp-label"));
      cpa_name (GTK_WIDGET (self), label, NULL);
    }
  gtk_box_append (GTK_BOX (self->box), self->grid);
  gtk_box_append (GTK_BOX (self->box), self->error);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static GtkWidget *
words_new (const char *words, const char *hint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), cpa_label_new (words, NULL));
  if (hint != NULL)
    gtk_box_append (GTK_BOX (box), cpa_label_new (hint, "cp-caption"));
  gtk_widget_set_margin_start (box, 6);
  /* Else a single word would be broken to be as high as its neighbour. */
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  cpa_hide_from_reader (box);
  return box;
}

void
cpa_choices_add (CpaChoices *self, const char *key, const char *words, const char *hint)
{
  GtkWidget *choice = gtk_check_button_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (self->first));
  if (self->first == NULL)
    self->first = choice;
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), words_new (words, hint));
  gtk_widget_add_css_class (choice, "cp-check");
  cpa_name (choice, words, hint);
  g_object_set_data_full (G_OBJECT (choice), "key", g_strdup (key), g_free);
  g_signal_connect_object (choice, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_grid_attach (GTK_GRID (self->grid), choice, self->n % self->columns, self->n / self->columns, 1, 1);
  self->n++;
}

const char *
cpa_choices_get (CpaChoices *self)
{
  return self->key;
}

void
cpa_choices_set (CpaChoices *self, const char *key)
{
  for (GtkWidget *choice = gtk_widget_get_first_child (self->grid); choice != NULL && key != NULL;
       choice = gtk_widget_get_next_sibling (choice))
    if (g_str_equal (key_of (choice), key))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
}

void
cpa_choices_set_error (CpaChoices *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}
