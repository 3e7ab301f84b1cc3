/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-ask.h"

#include <glib/gi18n.h>

#include "cpa-access.h"
#include "cpa-alert.h"
#include "cpa-code-text.h"
#include "cpa-dialog.h"
#include "cpa-drafts.h"
#include "cpa-error-text.h"
#include "cpa-field-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-label.h"
#include "cpa-resend.h"

#define WIDTH 460
#define BEGAN "cpa-began" /* of a field: what stood in it when the step began */

struct _CpaAsk
{
  AdwWindow parent_instance;

  CpaContext *context;        /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  GtkWidget *page;            /* (borrowed) (weak) */
  GtkWidget *scroller;        /* (borrowed) */
  GtkWidget *text;            /* (borrowed) */
  GtkWidget *fields;          /* (borrowed) */
  GtkWidget *alert;           /* (borrowed) */
  GtkWidget *button;          /* (borrowed) */
  CpaPasswordField *password; /* (borrowed) (nullable): of this step */
  CpaCodeEntry *code;         /* (borrowed) (nullable): of this step */
  CpStepMethod method;        /* where it comes from */
  CpaResend *resend;          /* (borrowed) (nullable): of this step */
  GPtrArray *choices;         /* (owned) of GtkWidget (borrowed): of this step */
  char *label;                /* (owned): of the button */
  CpaAskFunc func;
  CpaAskFunc again; /* what resend does */
  CpaAskDone done;
  CpaAskGuard guard; /* (nullable): of this step */
  gpointer data;     /* (borrowed): belongs to page */
  gpointer done_data;
  const CpRecordType *answer_type; /* (nullable): what is asked for now */
  gboolean busy;
  gboolean saved; /* what this step asked for */
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaAsk, cpa_ask, ADW_TYPE_WINDOW)

static void
set_busy (CpaAsk *self, gboolean busy)
{
  self->busy = busy;
  cpa_focus_set_busy (self->button, busy, NULL);
  gtk_button_set_label (GTK_BUTTON (self->button), busy ? _ ("One moment, please.") : self->label);
  if (self->resend != NULL)
    cpa_resend_set_busy (self->resend, busy);
}

static void
fit (CpaAsk *self)
{
  cpa_dialog_fit (ADW_WINDOW (self), WIDTH, GTK_SCROLLED_WINDOW (self->scroller));
}

static void
run (CpaAsk *self, CpaAskFunc func)
{
  if (self->busy)
    return;
  cpa_alert_clear (CPA_ALERT (self->alert));
  func (self, self->data);
  fit (self);
}

static void
go_cb (CpaAsk *self)
{
  run (self, self->func);
}

static void
again_cb (CpaAsk *self)
{
  run (self, self->again);
}

static CpaField *
find_field (CpaAsk *self, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->fields); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (CPA_IS_FIELD (child) && g_strcmp0 (cpa_field_get_key (CPA_FIELD (child)), name) == 0)
      return CPA_FIELD (child);
  return NULL;
}

/* The server names the client by id. */
static char *
last_settings (CpaAsk *self, const char *id)
{
  const CpPatientAccess *patient = cpa_access_find (cpa_context_get_session (self->context), id);

  if (patient == NULL)
    return g_strdup (_ ("You are the last portal administrator. First make somebody else portal administrator."));
  return cpa_fill (_ ("You are the last portal administrator of {client}. First make somebody else portal "
                      "administrator."),
                   "client", patient->name, NULL);
}

/* A rule that only the server can judge; the others were looked at before. */
static char *
sentence_of (CpaAsk *self, const GError *error, const char *field)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autoptr (CpaErrorText) text = NULL;

  if (self->code != NULL && g_error_matches (error, CP_ERROR, CP_ERROR_CONFLICT))
    return g_strdup (_ ("The time for this is over. Nothing has been changed. Close this window and start again."));
  if (self->resend != NULL && cpa_resend_is_at_limit (self->resend))
    return cpa_code_text_at_limit (error, FALSE, organisation);
  if (self->code != NULL)
    return cpa_code_text_failure (self->method, error, organisation);
  if (g_error_matches (error, CP_ERROR, CP_ERROR_LAST_SETTINGS))
    return last_settings (self, field);
  if (g_error_matches (error, CP_ERROR, CP_ERROR_INVALID_FIELD) && g_strcmp0 (field, "email") == 0)
    return g_strdup (cpa_field_rule ("own-email", cp_error_details ((GError *) error)->reason));
  text = cpa_error_text_new (error, organisation);
  return g_strdup (text->text);
}

/* That code is of no use any more; one that never came to the server, or waits there, can be sent again. */
static gboolean
ends_code (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_CODE_WRONG) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_CODE_USED_UP) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_CODE_EXPIRED);
}

static void
show_failure (CpaAsk *self, const GError *error)
{
  const char *name = error->domain == CP_ERROR ? cp_error_details ((GError *) error)->field : NULL;
  CpaField *field = name != NULL ? find_field (self, name) : NULL;
  g_autofree char *text = sentence_of (self, error, name);

  if (self->password != NULL && g_error_matches (error, CP_ERROR, CP_ERROR_PASSWORD_WRONG))
    {
      cpa_password_field_reset (self->password);
      cpa_password_field_set_error (self->password, text);
    }
  else if (field != NULL)
    {
      cpa_field_set_error (field, text);
      gtk_widget_grab_focus (GTK_WIDGET (field));
    }
  else
    cpa_alert_show_error (CPA_ALERT (self->alert), text);
  if (self->code != NULL && ends_code (error))
    cpa_code_entry_reset (self->code);
  else if (self->code != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaAsk) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer record = cpa_api_call_finish (CPA_API (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || self->page == NULL)
    {
      cp_record_free (self->answer_type, record);
      return;
    }
  if (record == NULL && error == NULL && self->answer_type != NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  set_busy (self, FALSE);
  if (error != NULL)
    {
      show_failure (self, error);
      g_signal_emit (self, signals[SIGNAL_FAILED], 0);
    }
  else
    {
      self->saved = TRUE;
      self->done (self, record, self->done_data);
    }
  fit (self);
}

static void
leave_response_cb (CpaAsk *self, const char *response, GtkWindow *dialog)
{
  if (cpa_dialog_leaves (dialog, response))
    gtk_window_destroy (GTK_WINDOW (self));
}

static guint
chosen (GtkWidget *choice)
{
  if (GTK_IS_CHECK_BUTTON (choice))
    return gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)) != FALSE;
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
}

/* (transfer none): what stood in a field by itself. */
static const char *
began (GtkWidget *field)
{
  const char *text = g_object_get_data (G_OBJECT (field), BEGAN);

  return text != NULL ? text : "";
}

/* What stands in this step is not what it began with: that would be lost. */
static gboolean
has_unsaved (CpaAsk *self)
{
  if (self->saved)
    return FALSE;
  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkWidget *choice = g_ptr_array_index (self->choices, i);
      if (chosen (choice) != GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), BEGAN)))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (self->fields); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = CPA_IS_FIELD (child) ? cpa_field_get_text (CPA_FIELD (child)) : NULL;

      if (text != NULL && !g_str_equal (text, began (child)))
        return TRUE;
    }
  return FALSE;
}

/* (nullable): what is to be answered before it closes. */
static GtkWidget *
ask_leave (CpaAsk *self)
{
  if (self->guard != NULL)
    return self->guard (self);
  return has_unsaved (self) ? cpa_dialog_ask_leave (GTK_WINDOW (self)) : NULL;
}

/* What is saved now is told in this window, so it stays until then. */
static gboolean
cpa_ask_close_request (GtkWindow *window)
{
  CpaAsk *self = CPA_ASK (window);
  GtkWidget *question = !self->busy ? ask_leave (self) : NULL;

  if (question != NULL)
    g_signal_connect_object (question, "response", G_CALLBACK (leave_response_cb), self, G_CONNECT_SWAPPED);
  return question != NULL || self->busy;
}

/* The window is destroyed. What is under way holds it, so that its dispose would wait for the answer. */
static void
cpa_ask_unrealize (GtkWidget *widget)
{
  CpaAsk *self = CPA_ASK (widget);

  g_cancellable_cancel (self->cancellable);
  if (self->busy)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0);
  GTK_WIDGET_CLASS (cpa_ask_parent_class)->unrealize (widget);
}

static void
cpa_ask_dispose (GObject *object)
{
  CpaAsk *self = CPA_ASK (object);

  /* A password field of GTK 4.8 hears of it when its text loses the focus, also when it is no more. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_ask_parent_class)->dispose (object);
}

static void
cpa_ask_finalize (GObject *object)
{
  CpaAsk *self = CPA_ASK (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->choices);
  g_free (self->label);
  G_OBJECT_CLASS (cpa_ask_parent_class)->finalize (object);
}

static void
cpa_ask_class_init (CpaAskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_ask_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_ask_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = cpa_ask_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = cpa_ask_close_request;
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", CPA_TYPE_ASK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
body_new (CpaAsk *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 12);
  gtk_widget_set_margin_start (body, 24);
  gtk_widget_set_margin_end (body, 24);
  self->text = cpa_label_new ("", NULL);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  self->alert = g_object_new (CPA_TYPE_ALERT, NULL);
  gtk_box_append (GTK_BOX (body), self->text);
  gtk_box_append (GTK_BOX (body), self->fields);
  gtk_box_append (GTK_BOX (body), self->alert);
  return body;
}

/* In sight however long the rest is. No text that wraps: how high that is GTK 4.8 does not tell twice the same. */
static GtkWidget *
foot_new (CpaAsk *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_margin_top (foot, 6);
  gtk_widget_set_margin_bottom (foot, 24);
  gtk_widget_set_margin_start (foot, 24);
  gtk_widget_set_margin_end (foot, 24);
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "cp-main");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (foot), self->button);
  return foot;
}

static void
cpa_ask_init (CpaAsk *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->choices = g_ptr_array_new ();
  self->scroller = gtk_scrolled_window_new ();
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), body_new (self));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), foot_new (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

CpaAsk *
cpa_ask_new (CpaContext *context, GtkWidget *page, const char *title)
{
  CpaAsk *self = g_object_new (CPA_TYPE_ASK, "title", title, NULL);

  self->context = g_object_ref (context);
  g_set_weak_pointer (&self->page, page);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (gtk_widget_get_root (page)));
  g_signal_connect_object (page, "destroy", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  return self;
}

void
cpa_ask_begin (CpaAsk *self, const char *text, const char *button, CpaAskFunc func, gpointer data)
{
  GtkWidget *child;

  cpa_drafts_undeclare (GTK_WINDOW (self));
  while ((child = gtk_widget_get_first_child (self->fields)) != NULL)
    gtk_box_remove (GTK_BOX (self->fields), child);
  self->password = NULL;
  self->code = NULL;
  self->resend = NULL;
  g_ptr_array_set_size (self->choices, 0);
  self->saved = FALSE;
  self->guard = NULL;
  self->func = func;
  self->data = data;
  gtk_label_set_label (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (self->text, text != NULL);
  cpa_alert_clear (CPA_ALERT (self->alert));
  g_free (self->label);
  self->label = g_strdup (button);
  gtk_widget_remove_css_class (self->button, "destructive-action");
  gtk_widget_add_css_class (self->button, "suggested-action");
  set_busy (self, FALSE);
}

void
cpa_ask_set_destructive (CpaAsk *self)
{
  gtk_widget_remove_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "destructive-action");
}

void
cpa_ask_append (CpaAsk *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->fields), widget);
}

void
cpa_ask_watch (CpaAsk *self, GtkWidget *choice)
{
  g_object_set_data (G_OBJECT (choice), BEGAN, GUINT_TO_POINTER (chosen (choice)));
  g_ptr_array_add (self->choices, choice);
}

void
cpa_ask_set_guard (CpaAsk *self, CpaAskGuard guard)
{
  self->guard = guard;
}

CpaField *
cpa_ask_add_text (CpaAsk *self, const char *name, const char *label, const char *hint, const char *text)
{
  GtkWidget *field = cpa_field_new (name, label, hint);

  cpa_field_set_text (CPA_FIELD (field), text);
  g_object_set_data_full (G_OBJECT (field), BEGAN, cpa_field_get_text (CPA_FIELD (field)), g_free);
  g_signal_connect_object (field, "activate", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  cpa_ask_append (self, field);
  return CPA_FIELD (field);
}

CpaPasswordField *
cpa_ask_add_password (CpaAsk *self)
{
  self->password = g_object_new (CPA_TYPE_PASSWORD_FIELD, "label", _ ("Password"), "hint",
                                 _ ("For safety fill in your password first."), NULL);
  g_signal_connect_object (self->password, "activate", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  cpa_ask_append (self, GTK_WIDGET (self->password));
  return self->password;
}

CpaCodeEntry *
cpa_ask_add_code (CpaAsk *self, CpStepMethod method)
{
  self->method = method;
  self->code = g_object_new (CPA_TYPE_CODE_ENTRY, NULL);
  g_signal_connect_object (self->code, "activate", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  cpa_ask_append (self, GTK_WIDGET (self->code));
  return self->code;
}

void
cpa_ask_add_resend (CpaAsk *self, const CpNumberChallenge *challenge, CpaAskFunc again)
{
  self->again = again;
  self->resend = CPA_RESEND (cpa_resend_new ());
  cpa_resend_start (self->resend, challenge->resend_seconds, challenge->resend_at,
                    cpa_context_get_zone (self->context));
  g_signal_connect_object (self->resend, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  cpa_ask_append (self, GTK_WIDGET (self->resend));
}

void
cpa_ask_present (CpaAsk *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->fields);
  const char *kept = cpa_drafts_fill (GTK_WINDOW (self));

  if (kept != NULL)
    cpa_alert_show_info (CPA_ALERT (self->alert), kept);
  fit (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (first != NULL ? first : self->button);
}

void
cpa_ask_focus_button (CpaAsk *self)
{
  gtk_widget_grab_focus (self->button);
}

void
cpa_ask_send (CpaAsk *self, const CpaCall *call, CpaAskDone done, gpointer data)
{
  self->done = done;
  self->done_data = data;
  self->answer_type = call->answer_type;
  set_busy (self, TRUE);
  cpa_api_call_async (cpa_context_get_api (self->context), call, self->cancellable, sent_cb, g_object_ref (self));
}

gboolean
cpa_ask_has_password (CpaAsk *self)
{
  g_autofree char *wrong = cpa_field_check ("own-password", cpa_password_field_get_text (self->password));

  if (wrong == NULL)
    return TRUE;
  cpa_password_field_set_error (self->password, wrong);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  return FALSE;
}

void
cpa_ask_show_error (CpaAsk *self, const char *text)
{
  cpa_alert_show_error (CPA_ALERT (self->alert), text);
  /* What is to be typed comes into sight again, if the sentence takes its place. */
  if (self->code != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}
