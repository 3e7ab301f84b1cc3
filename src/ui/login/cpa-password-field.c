/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-password-field.h"

#include "cpa-entry.h"
#include "cpa-label.h"

struct _CpaPasswordField
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkLabel *label;
  GtkLabel *hint;
  GtkEditable *entry;
  GtkToggleButton *show;
  GtkLabel *error;
};

enum
{
  PROP_LABEL = 1,
  PROP_HINT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPasswordField, cpa_password_field, ADW_TYPE_BIN)

static void
changed_cb (CpaPasswordField *self)
{
  cpa_password_field_set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (CpaPasswordField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* The eye inside a password entry of GTK cannot be reached by keyboard. */
static void
show_cb (CpaPasswordField *self)
{
  gtk_text_set_visibility (GTK_TEXT (gtk_editable_get_delegate (self->entry)),
                           gtk_toggle_button_get_active (self->show));
}

static gboolean
cpa_password_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CPA_PASSWORD_FIELD (widget)->entry));
}

static void
cpa_password_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaPasswordField *self = CPA_PASSWORD_FIELD (object);

  g_value_set_string (value, gtk_label_get_label (id == PROP_LABEL ? self->label : self->hint));
}

static void
cpa_password_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CpaPasswordField *self = CPA_PASSWORD_FIELD (object);
  const char *text = g_value_get_string (value);

  if (id == PROP_LABEL)
    {
      gtk_label_set_label (self->label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->show), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    }
  else
    {
      gtk_label_set_label (self->hint, text != NULL ? text : "");
      gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL && *text != '\0');
    }
}

static void
cpa_password_field_class_init (CpaPasswordFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cpa_password_field_get_property;
  object_class->set_property = cpa_password_field_set_property;
  widget_class->grab_focus = cpa_password_field_grab_focus;
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_PASSWORD_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", CPA_TYPE_PASSWORD_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-password-field.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordField, label);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordField, hint);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordField, entry);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordField, show);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordField, error);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
cpa_password_field_init (CpaPasswordField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A relation of a template can name one object only. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint,
                                  self->error, NULL, -1);
}

const char *
cpa_password_field_get_text (CpaPasswordField *self)
{
  return gtk_editable_get_text (self->entry);
}

void
cpa_password_field_clear (CpaPasswordField *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_toggle_button_set_active (self->show, FALSE);
}

void
cpa_password_field_reset (CpaPasswordField *self)
{
  cpa_password_field_clear (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
cpa_password_field_set_editable (CpaPasswordField *self, gboolean editable)
{
  gtk_editable_set_editable (self->entry, editable);
}

void
cpa_password_field_set_error (CpaPasswordField *self, const char *text)
{
  cpa_entry_set_error (self->error, self->entry, text);
}

void
cpa_password_field_describe (CpaPasswordField *self, GtkWidget *widget)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint,
                                  self->error, widget, NULL, -1);
}
