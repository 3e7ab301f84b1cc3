/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-invitation-card.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-button.h"
#include "cpa-focus.h"
#include "cpa-invitation-words.h"
#include "cpa-label.h"

struct _CpaInvitationCard
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkBox *lines;
  CpaAdaptive *adaptive;
  GtkWidget *buttons;
  GtkWidget *accept;
  GtkWidget *decline;

  CpInvitation *invitation; /* (owned) */
};

enum
{
  SIGNAL_ACCEPT,
  SIGNAL_DECLINE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaInvitationCard, cpa_invitation_card, ADW_TYPE_BIN)

/* Takes text; NULL is no line. */
static void
add_line (CpaInvitationCard *self, char *text, const char *css_class)
{
  g_autofree char *line = text;

  if (line != NULL)
    gtk_box_append (self->lines, cpa_label_new (line, css_class));
}

static void
accept_cb (CpaInvitationCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPT], 0);
}

static void
decline_cb (CpaInvitationCard *self)
{
  g_signal_emit (self, signals[SIGNAL_DECLINE], 0);
}

static void
narrow_cb (CpaInvitationCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons), cpa_adaptive_is_narrow (self->adaptive)
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
}

static void
cpa_invitation_card_dispose (GObject *object)
{
  CpaInvitationCard *self = CPA_INVITATION_CARD (object);

  g_clear_pointer (&self->invitation, cp_invitation_free);
  G_OBJECT_CLASS (cpa_invitation_card_parent_class)->dispose (object);
}

static void
cpa_invitation_card_class_init (CpaInvitationCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_invitation_card_dispose;
  signals[SIGNAL_ACCEPT] =
      g_signal_new ("accept", CPA_TYPE_INVITATION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DECLINE] =
      g_signal_new ("decline", CPA_TYPE_INVITATION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-invitation-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationCard, lines);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationCard, adaptive);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationCard, accept);
  gtk_widget_class_bind_template_child (widget_class, CpaInvitationCard, decline);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_cb);
}

static void
cpa_invitation_card_init (CpaInvitationCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
}

GtkWidget *
cpa_invitation_card_new (CpaContext *context, const CpInvitation *invitation)
{
  CpaInvitationCard *self = g_object_new (CPA_TYPE_INVITATION_CARD, NULL);
  const CpOrganisation *organisation = cpa_context_get_organisation (context);
  g_autofree char *title = cpa_invitation_title (invitation, organisation);

  self->invitation = cp_record_copy (&cp_invitation_record, invitation);
  add_line (self, g_strdup (title), "cp-heading");
  add_line (self, cpa_invitation_relation (invitation), NULL);
  add_line (self, cpa_invitation_parts (invitation, organisation), NULL);
  add_line (self, cpa_invitation_access (invitation), NULL);
  add_line (self, cpa_invitation_state (invitation, organisation, cpa_context_get_zone (context)), "cp-quiet");
  if (invitation->state == CP_INVITATION_OPEN)
    add_line (self, g_strdup (_ ("What you read here is private. We record that you have read it.")), "cp-quiet");
  gtk_widget_set_visible (GTK_WIDGET (self->adaptive), invitation->state == CP_INVITATION_OPEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->decline), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return GTK_WIDGET (self);
}

const CpInvitation *
cpa_invitation_card_get_invitation (CpaInvitationCard *self)
{
  return self->invitation;
}

void
cpa_invitation_card_set_busy (CpaInvitationCard *self, gboolean busy)
{
  /* One by one: whoever declined must not stand on the other one afterwards. */
  cpa_focus_set_busy (self->accept, busy, NULL);
  cpa_focus_set_busy (self->decline, busy, NULL);
}

gboolean
cpa_invitation_card_has_focus (CpaInvitationCard *self, gboolean *on_accept)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *on_accept = focus == self->accept;
  return focus != NULL && (focus == self->accept || focus == self->decline);
}

gboolean
cpa_invitation_card_focus (CpaInvitationCard *self, gboolean on_accept)
{
  return gtk_widget_grab_focus (on_accept ? self->accept : self->decline);
}
