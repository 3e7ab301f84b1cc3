/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-start-notices.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-member.h"
#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-record-text.h"
#include "cpa-time-text.h"
#include "cpa-toast.h"
#include "cpa-wrap.h"

#define ROWS_MAX 4 /* more would push the panels out of sight */

struct _CpaStartNotices
{
  GtkWidget parent_instance;

  CpaContext *context;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of renewing */
  char *shown;               /* (owned) (nullable): what the rows are of, as text */
  GtkWidget *box;            /* (owned) */
  GtkWidget *alert;          /* (borrowed) */
  GtkWidget *card;           /* (borrowed): a row for each thing to know */
  GtkWidget *invitations;    /* (borrowed): its first row */
  GtkWidget *more;           /* (borrowed) (nullable): its last row while there are hidden ones */
  gboolean all;              /* also what is more than fits */
  gboolean busy;
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
  g_autofree char *text =
      cpa_fill (_ ("Access of {name} renewed until {date}."), "name", member->name, "date", date, NULL);

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
  self->busy = FALSE;
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
                   .version = g_object_get_data (G_OBJECT (button), "version"),
                   .answer_type = &cp_member_record };

  if (self->busy)
    return;
  self->busy = TRUE;
  cpa_alert_clear (CPA_ALERT (self->alert));
  cpa_api_call_async (cpa_context_get_api (self->context), &call, self->cancellable, renewed_cb, g_object_ref (self));
}

/* Rows */

static GtkWidget *
words_new (const char *icon, const char *text)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  cpa_hide_from_reader (image);
  gtk_box_append (GTK_BOX (words), image);
  gtk_box_append (GTK_BOX (words), cpa_label_new (text, NULL));
  gtk_widget_add_css_class (words, "cp-start-notice-words");
  return words;
}

/* A sentence and, when button is not NULL, what to do about it. */
static void
add_row (CpaStartNotices *self, const char *icon, const char *text, GtkWidget *button)
{
  GtkWidget *row = g_object_new (CPA_TYPE_WRAP, "spread", TRUE, NULL);

  cpa_wrap_append (CPA_WRAP (row), words_new (icon, text));
  if (button != NULL)
    {
      gtk_widget_add_css_class (button, "cp-link");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      cpa_wrap_append (CPA_WRAP (row), button);
    }
  gtk_widget_add_css_class (row, "cp-row");
  gtk_box_append (GTK_BOX (self->card), row);
}

/* The whole row is the button, as the panels are. */
static GtkWidget *
invitations_row_new (void)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *inside = words_new ("cp-invitation-symbolic", "");
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_widget_set_hexpand (gtk_widget_get_last_child (inside), TRUE);
  gtk_widget_add_css_class (arrow, "cp-arrow");
  gtk_box_append (GTK_BOX (inside), arrow);
  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (row), inside);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "session.invitations");
  gtk_widget_add_css_class (row, "cp-row");
  gtk_widget_add_css_class (row, "cp-start-notice-new");
  gtk_widget_set_visible (row, FALSE);
  return row;
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
  GtkWidget *button = cpa_button_new (label);

  cpa_name (button, name, NULL);
  g_object_set_data_full (G_OBJECT (button), "member", g_strdup (end->member), g_free);
  g_object_set_data_full (G_OBJECT (button), "version", g_strdup (end->version), g_free);
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
  GtkWidget *button = cpa_button_new (_ ("User Management"));
  g_autofree char *name =
      cpa_fill (_ ("{action}: {name}"), "action", _ ("User Management"), "name", declined->name, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "main.person");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", declined->member);
  cpa_name (button, name, NULL);
  add_row (self, "cp-invitation-symbolic", text, button);
}

/* The card */

static void
show_card (CpaStartNotices *self)
{
  gtk_widget_set_visible (self->card, gtk_widget_get_visible (self->invitations) ||
                                          gtk_widget_get_last_child (self->card) != self->invitations);
}

static void
fit_rows (CpaStartNotices *self)
{
  int place = 0;

  for (GtkWidget *row = gtk_widget_get_next_sibling (self->invitations); row != NULL && row != self->more;
       row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, self->all || self->more == NULL || ++place < ROWS_MAX);
}

static void
more_cb (CpaStartNotices *self)
{
  GtkWidget *next = gtk_widget_get_first_child (self->card);

  for (int place = 0; place < ROWS_MAX; place++)
    next = gtk_widget_get_next_sibling (next);
  self->all = TRUE;
  fit_rows (self);
  /* The first of what came takes the focus of the row that goes. */
  gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
  gtk_box_remove (GTK_BOX (self->card), g_steal_pointer (&self->more));
}

static void
add_more_row (CpaStartNotices *self)
{
  GtkWidget *button = cpa_button_new (_ ("Show More"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (button, "cp-link");
  g_signal_connect_object (button, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_add_css_class (row, "cp-row");
  gtk_box_append (GTK_BOX (self->card), row);
  self->more = row;
}

static void
clear_rows (CpaStartNotices *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_last_child (self->card)) != self->invitations)
    gtk_box_remove (GTK_BOX (self->card), row);
  self->more = NULL;
}

static char *
text_of (const CpStart *start)
{
  g_autofree char *ends = cpa_record_text_of_list (&cp_access_end_record, start->access_ends);
  g_autofree char *declined = cpa_record_text_of_list (&cp_declined_record, start->declined);

  return g_strconcat (ends, declined, NULL);
}

static gboolean
has_focus (CpaStartNotices *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->card);
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
  CpaStartNotices *self = CPA_START_NOTICES (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_free);
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
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->alert = g_object_new (CPA_TYPE_ALERT, "visible", FALSE, NULL);
  self->invitations = invitations_row_new ();
  gtk_widget_add_css_class (self->card, "cp-card");
  gtk_widget_add_css_class (self->card, "cp-start-notices");
  gtk_widget_set_overflow (self->card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self->card), self->invitations);
  gtk_box_append (GTK_BOX (self->box), self->alert);
  gtk_box_append (GTK_BOX (self->box), self->card);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_card (self);
}

void
cpa_start_notices_set_invitations (CpaStartNotices *self, gint64 open)
{
  g_autofree char *text =
      cpa_fill_n (ngettext ("You have {n} open invitation.", "You have {n} open invitations.", open), open, NULL);
  GtkWidget *inside = gtk_button_get_child (GTK_BUTTON (self->invitations));
  GtkWidget *label = gtk_widget_get_next_sibling (gtk_widget_get_first_child (inside));

  gtk_label_set_text (GTK_LABEL (label), text);
  cpa_name (self->invitations, text, NULL);
  gtk_widget_set_visible (self->invitations, open > 0);
  show_card (self);
}

/* What is the same is left alone: the focus stays where it is. */
void
cpa_start_notices_show (CpaStartNotices *self, CpaContext *context, const CpStart *start)
{
  g_autofree char *text = text_of (start);
  gboolean focus = has_focus (self);

  g_set_object (&self->context, context);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  clear_rows (self);
  for (guint i = 0; i < start->access_ends->len; i++)
    add_end (self, g_ptr_array_index (start->access_ends, i));
  for (guint i = 0; i < start->declined->len; i++)
    add_declined (self, g_ptr_array_index (start->declined, i));
  if (!self->all && start->access_ends->len + start->declined->len > ROWS_MAX)
    add_more_row (self);
  fit_rows (self);
  show_card (self);
  if (focus && !has_focus (self) && !gtk_widget_child_focus (self->card, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (self->card)), GTK_DIR_TAB_FORWARD);
}
