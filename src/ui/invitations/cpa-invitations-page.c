/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-invitations-page.h"

#include <glib/gi18n.h>

#include "cp-changes.h"
#include "cpa-alert.h"
#include "cpa-column.h"
#include "cpa-content-view.h"
#include "cpa-dialog.h"
#include "cpa-error-text.h"
#include "cpa-invitation-card.h"
#include "cpa-invitation-words.h"
#include "cpa-loader.h"
#include "cpa-page.h"
#include "cpa-record-text.h"

struct _CpaInvitationsPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaContentView *view;
  CpaAlert *alert;
  GtkBox *cards;

  CpaContext *context;          /* (owned) */
  GCancellable *cancellable;    /* (owned): of an answer */
  CpaLoader *loader;            /* (owned) */
  CpaInvitationCard *answering; /* (owned) (nullable): the card whose answer is under way */
  gboolean accepting;
  char *shown; /* (owned) (nullable): the invitations of the cards, as text */
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void cpa_invitations_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaInvitationsPage, cpa_invitations_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_invitations_page_page_init))

static void send_answer (CpaInvitationsPage *self, CpaInvitationCard *card, gboolean accept);

static void
accept_cb (CpaInvitationCard *card, CpaInvitationsPage *self)
{
  send_answer (self, card, TRUE);
}

static void
decline_response_cb (CpaInvitationsPage *self, const char *response, AdwMessageDialog *dialog)
{
  if (g_strcmp0 (response, "decline") == 0)
    send_answer (self, g_object_get_data (G_OBJECT (dialog), "card"), FALSE);
}

static void
decline_cb (CpaInvitationCard *card, CpaInvitationsPage *self)
{
  g_autofree char *body = cpa_invitation_declining (cpa_invitation_card_get_invitation (card));
  GtkWidget *dialog = cpa_dialog_question_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               _ ("Decline Invitation?"), body, "decline", _ ("Decline"));

  g_object_set_data_full (G_OBJECT (dialog), "card", g_object_ref (card), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (decline_response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

static void
append_card (CpaInvitationsPage *self, const CpInvitation *invitation)
{
  GtkWidget *card = cpa_invitation_card_new (self->context, invitation);

  g_signal_connect_object (card, "accept", G_CALLBACK (accept_cb), self, 0);
  g_signal_connect_object (card, "decline", G_CALLBACK (decline_cb), self, 0);
  gtk_box_append (self->cards, card);
}

static CpaInvitationCard *
first_card (CpaInvitationsPage *self)
{
  return (CpaInvitationCard *) gtk_widget_get_first_child (GTK_WIDGET (self->cards));
}

static CpaInvitationCard *
next_card (CpaInvitationCard *card)
{
  return (CpaInvitationCard *) gtk_widget_get_next_sibling (GTK_WIDGET (card));
}

/* (transfer full) (nullable): the invitation on whose button one is. The focus leaves it: GTK would give it to what is
 * first, and a second press would accept. */
static char *
take_focus (CpaInvitationsPage *self, gboolean *on_accept)
{
  for (CpaInvitationCard *card = first_card (self); card != NULL; card = next_card (card))
    if (cpa_invitation_card_has_focus (card, on_accept))
      {
        gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
        return g_strdup (cpa_invitation_card_get_invitation (card)->id);
      }
  return NULL;
}

/* To the same button of the same invitation, or to none. */
static void
give_focus_back (CpaInvitationsPage *self, const char *id, gboolean on_accept)
{
  for (CpaInvitationCard *card = first_card (self); card != NULL && id != NULL; card = next_card (card))
    if (g_str_equal (cpa_invitation_card_get_invitation (card)->id, id))
      cpa_invitation_card_focus (card, on_accept);
}

static void
fill_cards (CpaInvitationsPage *self, const CpInvitationList *list)
{
  gboolean on_accept;
  g_autofree char *id = take_focus (self, &on_accept);
  CpaInvitationCard *card;

  while ((card = first_card (self)) != NULL)
    gtk_box_remove (self->cards, GTK_WIDGET (card));
  for (guint i = 0; i < list->invitations->len; i++)
    {
      const CpInvitation *invitation = g_ptr_array_index (list->invitations, i);

      if (invitation->state != CP_INVITATION_ACCEPTED)
        append_card (self, invitation);
    }
  give_focus_back (self, id, on_accept);
}

/* What is the same is left alone, with the focus on it. */
static void
show_list (CpaInvitationsPage *self, const CpInvitationList *list)
{
  if (cpa_record_text_list_is_news (&self->shown, &cp_invitation_record, list->invitations,
                                    cpa_context_get_zone (self->context)))
    fill_cards (self, list);
  if (first_card (self) == NULL)
    cpa_content_view_show_empty (self->view, "cp-invitation-symbolic", _ ("Invitations"),
                                 _ ("You have no open invitations."), NULL);
  else
    cpa_content_view_show_content (self->view);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaInvitationsPage *self = owner;
  g_autoptr (CpInvitationList) list = record;

  if (error != NULL)
    cpa_content_view_show_error (self->view, error, cpa_context_get_organisation (self->context));
  else if (self->answering == NULL)
    show_list (self, list);
}

static void
load (CpaInvitationsPage *self, gboolean refresh)
{
  cpa_loader_start_own (self->loader, CP_ROUTE_INVITATIONS, &cp_invitation_list_record, refresh);
}

static void
retry_cb (CpaInvitationsPage *self)
{
  cpa_content_view_show_loading (self->view);
  load (self, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaInvitationsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaInvitationCard) card = g_steal_pointer (&self->answering);

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  cpa_invitation_card_set_busy (card, FALSE);
  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
      cpa_alert_show_error (self->alert, text->text);
      load (self, FALSE);
      /* What became of it is in the session, which may have waited for this. */
      gtk_widget_activate_action (GTK_WIDGET (self), "main.look-again", NULL);
      return;
    }
  load (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, self->accepting);
}

static void
send_answer (CpaInvitationsPage *self, CpaInvitationCard *card, gboolean accept)
{
  CpaCall call = { .route = accept ? CP_ROUTE_INVITATION_ACCEPT : CP_ROUTE_INVITATION_DECLINE,
                   .ids = { cpa_invitation_card_get_invitation (card)->id } };

  if (self->answering != NULL)
    return;
  cpa_alert_clear (self->alert);
  self->answering = g_object_ref (card);
  self->accepting = accept;
  cpa_invitation_card_set_busy (card, TRUE);
  cpa_api_call_async (cpa_context_get_api (self->context), &call, self->cancellable, answered_cb, g_object_ref (self));
}

static const char *
cpa_invitations_page_get_title (CpaPage *page)
{
  return _ ("Invitations");
}

static const char *
cpa_invitations_page_get_icon (CpaPage *page)
{
  return "cp-invitation-symbolic";
}

static void
cpa_invitations_page_refresh (CpaPage *page)
{
  load (CPA_INVITATIONS_PAGE (page), TRUE);
}

static void
cpa_invitations_page_look_again (CpaPage *page, guint topics)
{
  if ((topics & CP_TOPIC_INVITATIONS) != 0)
    load (CPA_INVITATIONS_PAGE (page), TRUE);
}

static void
cpa_invitations_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_invitations_page_get_title;
  iface->get_icon = cpa_invitations_page_get_icon;
  iface->refresh = cpa_invitations_page_refresh;
  iface->look_again = cpa_invitations_page_look_again;
}

/* The answer does not come here any more, and the session may have waited for it. */
static void
cpa_invitations_page_unroot (GtkWidget *widget)
{
  if (CPA_INVITATIONS_PAGE (widget)->answering != NULL)
    gtk_widget_activate_action (widget, "main.look-again", NULL);
  GTK_WIDGET_CLASS (cpa_invitations_page_parent_class)->unroot (widget);
}

static void
cpa_invitations_page_dispose (GObject *object)
{
  CpaInvitationsPage *self = CPA_INVITATIONS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->answering);
  g_clear_object (&self->context);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (cpa_invitations_page_parent_class)->dispose (object);
}

static void
cpa_invitations_page_class_init (CpaInvitationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_invitations_page_dispose;
  widget_class->unroot = cpa_invitations_page_unroot;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", CPA_TYPE_INVITATIONS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-invitations-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationsPage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationsPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationsPage, cards);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
cpa_invitations_page_init (CpaInvitationsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
cpa_invitations_page_new (CpaContext *context)
{
  CpaInvitationsPage *self = g_object_new (CPA_TYPE_INVITATIONS_PAGE, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  cpa_content_view_show_loading (self->view);
  load (self, FALSE);
  return GTK_WIDGET (self);
}

gboolean
cpa_invitations_page_is_answering (CpaInvitationsPage *self)
{
  return self->answering != NULL;
}
