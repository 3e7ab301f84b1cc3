/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-field.h"

#include "cpa-entry.h"
#include "cpa-label.h"

/* More than any rule allows, so that nothing is cut off while it is typed or pasted: the rule says how much it is. */
#define TYPED_MAX 1000

struct _CpaField
{
  GtkWidget parent_instance;

  char *key;        /* (owned) */
  GtkWidget *box;   /* (owned) */
  GtkWidget *entry; /* (borrowed) */
  GtkWidget *error; /* (borrowed) */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaField, cpa_field, GTK_TYPE_WIDGET)

static void
changed_cb (CpaField *self)
{
  cpa_field_set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (CpaField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* What is read with the field: the hint, and what is not right. */
static void
describe (CpaField *self, GtkWidget *hint)
{
  GtkAccessible *entry = GTK_ACCESSIBLE (self->entry);

  if (hint != NULL)
    gtk_accessible_update_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, hint, self->error, NULL, -1);
  else
    gtk_accessible_update_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->error, NULL, -1);
}

static gboolean
cpa_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CPA_FIELD (widget)->entry);
}

static void
cpa_field_dispose (GObject *object)
{
  CpaField *self = CPA_FIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (cpa_field_parent_class)->dispose (object);
}

static void
cpa_field_class_init (CpaFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_field_dispose;
  widget_class->grab_focus = cpa_field_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", CPA_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_field_init (CpaField *self)
{
}

GtkWidget *
cpa_field_new (const char *key, const char *label, const char *hint)
{
  CpaField *self = g_object_new (CPA_TYPE_FIELD, NULL);
  GtkWidget *name = cpa_label_new (label, "cp-label");
  GtkWidget *below = hint != NULL ? cpa_label_new (hint, "cp-caption") : NULL;

  self->key = g_strdup (key);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->entry = gtk_entry_new ();
  /* The field is not wider for what is wrong with it. */
  self->error =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "natural-wrap-mode",
                    GTK_NATURAL_WRAP_WORD, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (self->error, "cp-field-error");
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), TYPED_MAX);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  describe (self, below);
  gtk_box_append (GTK_BOX (self->box), name);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->error);
  if (below != NULL)
    gtk_box_append (GTK_BOX (self->box), below);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const char *
cpa_field_get_key (CpaField *self)
{
  return self->key;
}

char *
cpa_field_get_text (CpaField *self)
{
  return cpa_entry_dup_text (GTK_EDITABLE (self->entry));
}

void
cpa_field_set_text (CpaField *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

void
cpa_field_set_error (CpaField *self, const char *text)
{
  cpa_entry_set_error (GTK_LABEL (self->error), GTK_EDITABLE (self->entry), text);
}

void
cpa_field_set_purpose (CpaField *self, GtkInputPurpose purpose)
{
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), purpose);
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI);
}
