/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-mobile-form.h"

#include <glib/gi18n.h>

#include "cpa-error-text.h"
#include "cpa-field-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-language.h"

struct _CpaMobileForm
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  CpaMember *member;     /* (owned) */
  CpaFormWindow *window; /* (weak): it holds this widget */
  GtkWidget *field;      /* (owned) */
};

enum
{
  SIGNAL_CHANGED_MOBILE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaMobileForm, cpa_mobile_form, GTK_TYPE_WIDGET)

static void
show_error (CpaMobileForm *self, const GError *error)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autofree char *wrong = cpa_field_error (error, organisation);
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

  if (wrong != NULL)
    cpa_field_set_error (CPA_FIELD (self->field), wrong);
  else
    cpa_form_window_set_error (self->window, text->text);
  gtk_widget_grab_focus (self->field);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaMobileForm) self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (self->window == NULL)
    return;
  cpa_form_window_set_busy (self->window, NULL);
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED_MOBILE], 0);
  cpa_form_window_done (self->window);
}

static void
submit_cb (CpaMobileForm *self)
{
  g_autofree char *mobile = cpa_field_get_text (CPA_FIELD (self->field));
  g_autofree char *wrong = cpa_field_check ("mobile", mobile);

  if (cpa_form_window_is_busy (self->window))
    return;
  cpa_field_set_error (CPA_FIELD (self->field), wrong);
  if (wrong != NULL)
    {
      gtk_widget_grab_focus (self->field);
      return;
    }
  cpa_form_window_set_error (self->window, NULL);
  cpa_form_window_set_busy (self->window, _ ("Saving…"));
  cpa_member_model_mobile_async (self->model, self->member, mobile, changed_cb, g_object_ref (self));
}

static void
typed_cb (CpaMobileForm *self)
{
  cpa_form_window_touch (self->window);
}

static void
cpa_mobile_form_dispose (GObject *object)
{
  CpaMobileForm *self = CPA_MOBILE_FORM (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->field, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  g_clear_object (&self->member);
  G_OBJECT_CLASS (cpa_mobile_form_parent_class)->dispose (object);
}

static void
cpa_mobile_form_class_init (CpaMobileFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_mobile_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED_MOBILE] =
      g_signal_new ("changed-mobile", CPA_TYPE_MOBILE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_mobile_form_init (CpaMobileForm *self)
{
}

CpaMobileForm *
cpa_mobile_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, CpaMember *member)
{
  CpaMobileForm *self = g_object_new (CPA_TYPE_MOBILE_FORM, NULL);
  const CpMember *record = cpa_member_get (member);
  g_autofree char *title = cpa_fill (_ ("Mobile Number of {name}"), "name", record->name, NULL);
  g_autofree char *text =
      cpa_fill (_ ("You can change the number until {name} has accepted. After that {name} can, or {desk}."), "name",
                record->name, "desk", cpa_language_text (cpa_context_get_organisation (context)->desk), NULL);

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->member = g_object_ref (member);
  g_set_weak_pointer (&self->window, CPA_FORM_WINDOW (cpa_form_window_new (parent, title, _ ("Save"))));
  self->field = cpa_field_new ("mobile", _ ("Mobile Number"),
                               _ ("This must be a mobile number. The text message with the code goes to it."));
  cpa_field_set_purpose (CPA_FIELD (self->field), GTK_INPUT_PURPOSE_PHONE);
  cpa_field_set_text (CPA_FIELD (self->field), record->mobile);
  gtk_widget_set_parent (self->field, GTK_WIDGET (self));
  cpa_form_window_set_text (self->window, text);
  cpa_form_window_append (self->window, GTK_WIDGET (self));
  g_signal_connect_object (self->field, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "activate", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "submit", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  cpa_form_window_present (self->window);
  gtk_widget_grab_focus (self->field);
  return self;
}
