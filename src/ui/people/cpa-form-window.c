/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-form-window.h"

#include <glib/gi18n.h>

#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-dialog.h"
#include "cpa-drafts.h"
#include "cpa-label.h"
#include "cpa-wrap.h"

#define WIDTH 560

struct _CpaFormWindow
{
  AdwWindow parent_instance;

  GtkWidget *scroller; /* (borrowed) */
  GtkWidget *text;     /* (borrowed) */
  GtkWidget *fields;   /* (borrowed) */
  GtkWidget *alert;    /* (borrowed) */
  GtkWidget *main;     /* (borrowed) */
  GtkWidget *cancel;   /* (borrowed) */
  char *main_label;    /* (owned) */
  guint fitting;       /* the source that will do so */
  double upper;        /* how high its content was last, */
  int width;           /* and how wide; 0: not shown yet */
  gboolean touched;
  gboolean anew; /* it was asked anew: who cancels then, chooses */
  gboolean busy; /* what is saved now is told in this window */
  gboolean done;
};

enum
{
  SIGNAL_SUBMIT,
  SIGNAL_CANCELLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaFormWindow, cpa_form_window, ADW_TYPE_WINDOW)

static void
cancel (CpaFormWindow *self)
{
  self->done = TRUE;
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
leave_response_cb (CpaFormWindow *self, const char *response, GtkWindow *dialog)
{
  if (cpa_dialog_leaves (dialog, response))
    cancel (self);
}

static void
ask_leave (CpaFormWindow *self)
{
  GtkWidget *dialog = cpa_dialog_ask_leave (GTK_WINDOW (self));

  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_response_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
cpa_form_window_close_request (GtkWindow *window)
{
  CpaFormWindow *self = CPA_FORM_WINDOW (window);

  if (self->done)
    return FALSE;
  if (self->busy)
    return TRUE;
  if (self->touched)
    ask_leave (self);
  else
    cancel (self);
  return TRUE;
}

static void
cancel_cb (CpaFormWindow *self)
{
  if (self->anew)
    cancel (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
submit_cb (CpaFormWindow *self)
{
  if (!self->busy)
    g_signal_emit (self, signals[SIGNAL_SUBMIT], 0);
}

static gboolean
fit_cb (gpointer user_data)
{
  CpaFormWindow *self = user_data;

  self->fitting = 0;
  cpa_form_window_fit (self);
  return G_SOURCE_REMOVE;
}

/* A sentence came that says what is wrong: below the edge nobody would read it. A window that somebody makes smaller
 * stays so, also when the same words take more lines then. */
static void
higher_cb (CpaFormWindow *self, GtkAdjustment *place)
{
  double upper = gtk_adjustment_get_upper (place);
  int width = gtk_widget_get_width (self->scroller);
  gboolean more = upper > self->upper && (width == self->width || self->width == 0);

  self->upper = upper;
  self->width = width;
  if (more && upper > gtk_adjustment_get_page_size (place) && self->fitting == 0)
    self->fitting = g_idle_add (fit_cb, self);
}

static void
cpa_form_window_dispose (GObject *object)
{
  g_clear_handle_id (&CPA_FORM_WINDOW (object)->fitting, g_source_remove);
  G_OBJECT_CLASS (cpa_form_window_parent_class)->dispose (object);
}

static void
cpa_form_window_finalize (GObject *object)
{
  g_free (CPA_FORM_WINDOW (object)->main_label);
  G_OBJECT_CLASS (cpa_form_window_parent_class)->finalize (object);
}

static void
cpa_form_window_class_init (CpaFormWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_form_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_form_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cpa_form_window_close_request;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[SIGNAL_SUBMIT] =
      g_signal_new ("submit", CPA_TYPE_FORM_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CANCELLED] =
      g_signal_new ("cancelled", CPA_TYPE_FORM_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_form_window_init (CpaFormWindow *self)
{
}

static GtkWidget *
buttons_new (CpaFormWindow *self)
{
  GtkWidget *buttons = cpa_wrap_new ();

  self->cancel = cpa_button_new (_ ("Cancel"));
  self->main = cpa_button_new (self->main_label);
  gtk_widget_add_css_class (self->cancel, "cp-outline");
  gtk_widget_add_css_class (self->main, "suggested-action");
  gtk_widget_add_css_class (self->main, "cp-main");
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->main, "clicked", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  cpa_wrap_append (CPA_WRAP (buttons), self->cancel);
  cpa_wrap_append (CPA_WRAP (buttons), self->main);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  return buttons;
}

/* What may be longer than the window. */
static GtkWidget *
content_new (CpaFormWindow *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                     PANGO_WRAP_WORD_CHAR, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (heading, "cp-title-1");
  self->text = cpa_label_new ("", "cp-quiet");
  gtk_widget_set_visible (self->text, FALSE);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  self->alert = g_object_new (CPA_TYPE_ALERT, "visible", FALSE, NULL);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->fields);
  gtk_box_append (GTK_BOX (box), self->alert);
  gtk_widget_add_css_class (box, "cp-form");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
                           G_CALLBACK (higher_cb), self, G_CONNECT_SWAPPED);
  return self->scroller;
}

/* What is always in sight. */
static GtkWidget *
foot_new (CpaFormWindow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (foot), buttons_new (self));
  gtk_widget_add_css_class (foot, "cp-form-foot");
  return foot;
}

void
cpa_form_window_fit (CpaFormWindow *self)
{
  cpa_dialog_fit (ADW_WINDOW (self), WIDTH, GTK_SCROLLED_WINDOW (self->scroller));
}

GtkWidget *
cpa_form_window_new (GtkWidget *parent, const char *title, const char *main_label)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWindow *below = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  CpaFormWindow *self =
      g_object_new (CPA_TYPE_FORM_WINDOW, "transient-for", below, "modal", TRUE, "title", title, NULL);
  GtkWidget *handle = gtk_window_handle_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->main_label = g_strdup (main_label);
  gtk_box_append (GTK_BOX (box), content_new (self, title));
  gtk_box_append (GTK_BOX (box), foot_new (self));
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), box);
  adw_window_set_content (ADW_WINDOW (self), handle);
  return GTK_WIDGET (self);
}

const char *
cpa_form_window_present (CpaFormWindow *self)
{
  const char *kept = cpa_drafts_fill (GTK_WINDOW (self));

  if (kept != NULL)
    {
      cpa_form_window_touch (self);
      cpa_form_window_say (self, kept);
    }
  cpa_form_window_fit (self);
  gtk_window_present (GTK_WINDOW (self));
  return kept;
}

void
cpa_form_window_set_text (CpaFormWindow *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (self->text, text != NULL);
}

void
cpa_form_window_append (CpaFormWindow *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->fields), widget);
}

void
cpa_form_window_touch (CpaFormWindow *self)
{
  self->touched = TRUE;
  cpa_alert_clear (CPA_ALERT (self->alert));
}

void
cpa_form_window_set_busy (CpaFormWindow *self, const char *busy_label)
{
  self->busy = busy_label != NULL;
  gtk_widget_set_sensitive (self->fields, !self->busy);
  gtk_widget_set_sensitive (self->main, !self->busy);
  gtk_widget_set_sensitive (self->cancel, !self->busy);
  gtk_button_set_label (GTK_BUTTON (self->main), busy_label != NULL ? busy_label : self->main_label);
}

void
cpa_form_window_set_main (CpaFormWindow *self, const char *label)
{
  g_free (self->main_label);
  self->main_label = g_strdup (label);
  cpa_form_window_set_busy (self, NULL);
}

gboolean
cpa_form_window_is_busy (CpaFormWindow *self)
{
  return self->busy;
}

void
cpa_form_window_set_error (CpaFormWindow *self, const char *text)
{
  if (text != NULL)
    cpa_alert_show_error (CPA_ALERT (self->alert), text);
  else
    cpa_alert_clear (CPA_ALERT (self->alert));
}

void
cpa_form_window_say (CpaFormWindow *self, const char *text)
{
  cpa_alert_show_info (CPA_ALERT (self->alert), text);
}

void
cpa_form_window_ask_anew (CpaFormWindow *self, const char *text)
{
  cpa_form_window_set_main (self, _ ("Save Anyway"));
  self->anew = TRUE;
  gtk_button_set_label (GTK_BUTTON (self->cancel), _ ("Leave It as It Is"));
  cpa_form_window_set_error (self, text);
  /* Not on what saves, for who is typing on; and not on a field, which would be brought into sight instead. */
  gtk_widget_grab_focus (self->cancel);
}

void
cpa_form_window_done (CpaFormWindow *self)
{
  self->done = TRUE;
  gtk_window_destroy (GTK_WINDOW (self));
}
