/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-text-field.h"

#include "cpa-label.h"

struct _CpaTextField
{
  AdwBin parent_instance;

  GtkWidget *entry; /* (borrowed) */
  GtkWidget *error; /* (borrowed) */
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaTextField, cpa_text_field, ADW_TYPE_BIN)

static void
changed_cb (CpaTextField *self)
{
  cpa_text_field_set_error (self, NULL);
}

static void
activate_cb (CpaTextField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
cpa_text_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CPA_TEXT_FIELD (widget)->entry);
}

static void
cpa_text_field_class_init (CpaTextFieldClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = cpa_text_field_grab_focus;
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", CPA_TYPE_TEXT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_text_field_init (CpaTextField *self)
{
}

static GtkWidget *
error_new (void)
{
  GtkWidget *error = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "visible", FALSE,
                                   "wrap", TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (error, "cp-field-error");
  return error;
}

GtkWidget *
cpa_text_field_new (const char *label, const char *hint, const char *text)
{
  CpaTextField *self = g_object_new (CPA_TYPE_TEXT_FIELD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *above = cpa_label_new (label, "cp-label");

  self->entry = gtk_entry_new ();
  self->error = error_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  gtk_label_set_mnemonic_widget (GTK_LABEL (above), self->entry);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, above, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->error, NULL, -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), self->entry);
  if (hint != NULL)
    gtk_box_append (GTK_BOX (box), cpa_label_new (hint, "cp-caption"));
  gtk_box_append (GTK_BOX (box), self->error);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

char *
cpa_text_field_get_text (CpaTextField *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

void
cpa_text_field_set_purpose (CpaTextField *self, GtkInputPurpose purpose)
{
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), purpose);
}

void
cpa_text_field_set_error (CpaTextField *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
