/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-start-notices.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-member.h"
#include "cpa-alert.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-time-text.h"
#include "cpa-toast.h"
#include "cpa-wrap.h"

#define GAP 8

struct _CpaStartNotices
{
  GtkWidget parent_instance;

  CpaContext *context;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of renewing */
  GtkWidget *box;            /* (owned) */
  GtkWidget *alert;          /* (borrowed) */
  GtkWidget *rows;           /* (borrowed) */
};

enum
{
  SIGNAL_RENEWED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaStartNotices, cpa_start_notices, GTK_TYPE_WIDGET)

static void
say_renewed (CpaStartNotices *self, const CpMember *member)
{
  g_autofree char *date = cpa_time_date (member->until);
  g_autofree char *text = cpa_fill (_ ("Renewed until {date}."), "date", date, NULL);

  cpa_toast_say (GTK_WIDGET (self), text);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaStartNotices) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) member = cpa_api_call_finish (CPA_API (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->rows, TRUE);
  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
      cpa_alert_show_error (CPA_ALERT (self->alert), text->text);
    }
  else if (member != NULL)
    say_renewed (self, member);
  g_signal_emit (self, signals[SIGNAL_RENEWED], 0);
}

static void
renew_cb (GtkButton *button, CpaStartNotices *self)
{
  const char *member = g_object_get_data (G_OBJECT (button), "member");
  CpaCall call = { .route = CP_ROUTE_MEMBER_RENEW,
                   .ids = { cpa_context_get_patient (self->context)->id, member },
                   .answer_type = &cp_member_record };

  cpa_alert_clear (CPA_ALERT (self->alert));
  gtk_widget_set_sensitive (self->rows, FALSE);
  cpa_api_call_async (cpa_context_get_api (self->context), &call, self->cancellable, renewed_cb, g_object_ref (self));
}

/* A sentence and, when button is not NULL, what to do about it. */
static void
add_row (CpaStartNotices *self, const char *icon, const char *text, GtkWidget *button)
{
  GtkWidget *row = g_object_new (CPA_TYPE_WRAP, "spread", TRUE, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  cpa_hide_from_reader (image);
  gtk_box_append (GTK_BOX (words), image);
  gtk_box_append (GTK_BOX (words), cpa_label_new (text, NULL));
  cpa_wrap_append (CPA_WRAP (row), words);
  if (button != NULL)
    {
      gtk_widget_add_css_class (button, "cp-outline");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      cpa_wrap_append (CPA_WRAP (row), button);
    }
  gtk_widget_add_css_class (row, "cp-soft");
  gtk_box_append (GTK_BOX (self->rows), row);
}

static char *
end_text (const CpAccessEnd *end)
{
  g_autofree char *date = cpa_time_date (end->until);

  if (end->self && end->days == 0)
    return cpa_fill (_ ("Your access ends today. Ask the portal administrator to renew it."), "date", date, NULL);
  if (end->self)
    return cpa_fill_n (ngettext ("Your access ends in {n} day, on {date}. Ask the portal administrator to renew it.",
                                 "Your access ends in {n} days, on {date}. Ask the portal administrator to renew it.",
                                 end->days),
                       end->days, "date", date, NULL);
  if (end->days == 0)
    return cpa_fill (_ ("Access of {name} ends today."), "name", end->name, NULL);
  return cpa_fill_n (ngettext ("Access of {name} ends in {n} day, on {date}.",
                               "Access of {name} ends in {n} days, on {date}.", end->days),
                     end->days, "name", end->name, "date", date, NULL);
}

static GtkWidget *
renew_button_new (CpaStartNotices *self, const CpAccessEnd *end)
{
  g_autofree char *date = cpa_time_date (end->renew_until);
  g_autofree char *label = cpa_fill (_ ("Renew Until {date}"), "date", date, NULL);
  g_autofree char *name = cpa_fill (_ ("{action}: {name}"), "action", label, "name", end->name, NULL);
  GtkWidget *button = gtk_button_new_with_label (label);

  cpa_name (button, name, NULL);
  g_object_set_data_full (G_OBJECT (button), "member", g_strdup (end->member), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (renew_cb), self, 0);
  return button;
}

static void
add_end (CpaStartNotices *self, const CpAccessEnd *end)
{
  g_autofree char *text = end_text (end);

  add_row (self, "alarm-symbolic", text, end->renew_until != NULL ? renew_button_new (self, end) : NULL);
}

static void
add_declined (CpaStartNotices *self, const CpDeclined *declined)
{
  g_autofree char *text = cpa_fill (_ ("{name} declined the invitation."), "name", declined->name, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("User Management"));
  g_autofree char *name =
      cpa_fill (_ ("{action}: {name}"), "action", _ ("User Management"), "name", declined->name, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "main.person");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", declined->member);
  cpa_name (button, name, NULL);
  add_row (self, "cp-invitation-symbolic", text, button);
}

static void
cpa_start_notices_dispose (GObject *object)
{
  CpaStartNotices *self = CPA_START_NOTICES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_start_notices_parent_class)->dispose (object);
}

static void
cpa_start_notices_finalize (GObject *object)
{
  g_clear_object (&CPA_START_NOTICES (object)->cancellable);
  G_OBJECT_CLASS (cpa_start_notices_parent_class)->finalize (object);
}

static void
cpa_start_notices_class_init (CpaStartNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_start_notices_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_start_notices_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_RENEWED] =
      g_signal_new ("renewed", CPA_TYPE_START_NOTICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_start_notices_init (CpaStartNotices *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  self->alert = g_object_new (CPA_TYPE_ALERT, "visible", FALSE, NULL);
  gtk_box_append (GTK_BOX (self->box), self->alert);
  gtk_box_append (GTK_BOX (self->box), self->rows);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
cpa_start_notices_show (CpaStartNotices *self, CpaContext *context, const CpStart *start)
{
  GtkWidget *child;

  g_set_object (&self->context, context);
  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < start->access_ends->len; i++)
    add_end (self, g_ptr_array_index (start->access_ends, i));
  for (guint i = 0; i < start->declined->len; i++)
    add_declined (self, g_ptr_array_index (start->declined, i));
  gtk_widget_set_visible (GTK_WIDGET (self), start->access_ends->len + start->declined->len > 0);
}
