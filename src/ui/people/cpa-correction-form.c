/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-correction-form.h"

#include <glib/gi18n.h>

#include "cpa-drafts.h"
#include "cpa-error-text.h"
#include "cpa-field-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-language.h"
#include "cpa-member-news.h"

/* What can be corrected. */
typedef struct
{
  const char *what, *title, *text, *label, *hint, *done, *same;
  GtkInputPurpose purpose;
  gsize now; /* offset in CpMember: how it is until now */
  void (*change) (CpaMemberModel *model, CpaMember *member, const char *seen, const char *text,
                  GAsyncReadyCallback callback, gpointer user_data);
} Correction;

static const Correction corrections[] = {
  { "mobile", N_ ("Mobile Number of {name}"),
    N_ ("You can change the number until {name} has accepted. After that {name} can, or {desk}."), N_ ("Mobile Number"),
    N_ ("This must be a mobile number. The text message with the code goes to it."), N_ ("Mobile number changed"),
    N_ ("This is the number that was there already. Change it, or cancel."), GTK_INPUT_PURPOSE_PHONE,
    G_STRUCT_OFFSET (CpMember, mobile), cpa_member_model_mobile_async },
  { "email", N_ ("E-mail Address of {name}"),
    N_ ("The invitation goes again, to this address. What was sent before no longer works."), N_ ("E-mail Address"),
    NULL, N_ ("E-mail address changed"),
    N_ ("This is the address that was there already. Change it, or cancel and send the invitation again."),
    GTK_INPUT_PURPOSE_EMAIL, G_STRUCT_OFFSET (CpMember, email), cpa_member_model_email_async },
};

struct _CpaCorrectionForm
{
  GtkWidget parent_instance;

  const Correction *correction;

  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  CpaMember *member;     /* (owned) */
  CpMember *seen;        /* (owned): the row that this is typed over */
  CpaFormWindow *window; /* (weak): it holds this widget */
  GtkWidget *field;      /* (owned) */
};

enum
{
  SIGNAL_CORRECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaCorrectionForm, cpa_correction_form, GTK_TYPE_WIDGET)

static void
show_error (CpaCorrectionForm *self, const GError *error)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autofree char *wrong = cpa_field_error (error, organisation);
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

  if (g_error_matches (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE))
    {
      cpa_member_news_ask (self->window, self->member, &self->seen, cpa_context_get_zone (self->context));
      return;
    }
  if (wrong != NULL)
    cpa_field_set_error (CPA_FIELD (self->field), wrong);
  else
    cpa_form_window_set_error (self->window, text->text);
  gtk_widget_grab_focus (self->field);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaCorrectionForm) self = user_data;
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
  g_signal_emit (self, signals[SIGNAL_CORRECTED], 0, _ (self->correction->done));
  cpa_form_window_done (self->window);
}

static const char *
get_now (CpaCorrectionForm *self)
{
  return G_STRUCT_MEMBER (char *, cpa_member_get (self->member), self->correction->now);
}

/* (transfer full) (nullable): what must not be told as if it had been changed is wrong too. */
static char *
check (CpaCorrectionForm *self, const char *text)
{
  char *wrong = cpa_field_check (self->correction->what, text);

  if (wrong != NULL || g_strcmp0 (text, get_now (self)) != 0)
    return wrong;
  return g_strdup (_ (self->correction->same));
}

static void
submit_cb (CpaCorrectionForm *self)
{
  g_autofree char *text = cpa_field_get_text (CPA_FIELD (self->field));
  g_autofree char *wrong = check (self, text);

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
  self->correction->change (self->model, self->member, self->seen->version, text, changed_cb, g_object_ref (self));
}

static void
typed_cb (CpaCorrectionForm *self)
{
  cpa_form_window_touch (self->window);
}

static void
cpa_correction_form_dispose (GObject *object)
{
  CpaCorrectionForm *self = CPA_CORRECTION_FORM (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->field, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  g_clear_object (&self->member);
  g_clear_pointer (&self->seen, cp_member_free);
  G_OBJECT_CLASS (cpa_correction_form_parent_class)->dispose (object);
}

static void
cpa_correction_form_class_init (CpaCorrectionFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_correction_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CORRECTED] = g_signal_new ("corrected", CPA_TYPE_CORRECTION_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_correction_form_init (CpaCorrectionForm *self)
{
}

static const Correction *
find_correction (const char *what)
{
  for (gsize i = 0; i < G_N_ELEMENTS (corrections); i++)
    if (g_str_equal (corrections[i].what, what))
      return &corrections[i];
  g_assert_not_reached ();
}

static void
build (CpaCorrectionForm *self)
{
  const Correction *correction = self->correction;
  const CpMember *record = cpa_member_get (self->member);
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autofree char *text =
      cpa_fill (_ (correction->text), "name", record->name, "desk", cpa_language_text (organisation->desk), NULL);

  self->field =
      cpa_field_new (correction->what, _ (correction->label), correction->hint != NULL ? _ (correction->hint) : NULL);
  cpa_field_set_purpose (CPA_FIELD (self->field), correction->purpose);
  cpa_field_set_text (CPA_FIELD (self->field), get_now (self));
  gtk_widget_set_parent (self->field, GTK_WIDGET (self));
  cpa_form_window_set_text (self->window, text);
  cpa_form_window_append (self->window, GTK_WIDGET (self));
  g_signal_connect_object (self->field, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "activate", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "submit", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
}

CpaCorrectionForm *
cpa_correction_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, CpaMember *member,
                             const char *what)
{
  CpaCorrectionForm *self = g_object_new (CPA_TYPE_CORRECTION_FORM, NULL);
  g_autofree char *title = NULL;

  self->correction = find_correction (what);
  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->member = g_object_ref (member);
  self->seen = cp_record_copy (&cp_member_record, cpa_member_get (member));
  title = cpa_fill (_ (self->correction->title), "name", cpa_member_get (member)->name, NULL);
  g_set_weak_pointer (&self->window, CPA_FORM_WINDOW (cpa_form_window_new (parent, title, _ ("Save"))));
  build (self);
  cpa_drafts_declare (GTK_WINDOW (self->window), what, cpa_context_get_patient (context)->id,
                      cpa_member_get (member)->id, NULL);
  cpa_drafts_add (GTK_WINDOW (self->window), what, self->field);
  cpa_form_window_present (self->window);
  gtk_widget_grab_focus (self->field);
  return self;
}
