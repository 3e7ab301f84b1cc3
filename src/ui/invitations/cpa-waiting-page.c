/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-waiting-page.h"

#include <glib/gi18n.h>

#include "cpa-column.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-invitation-words.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-page.h"
#include "cpa-view-as-text.h"

struct _CpaWaitingPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
  GtkButton *invitations;
};

static void cpa_waiting_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaWaitingPage, cpa_waiting_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_waiting_page_page_init))

static void
show (CpaWaitingPage *self, const char *icon, const char *title, const char *text)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), *title != '\0');
  gtk_label_set_label (self->text, text);
}

static void
show_no_parts (CpaWaitingPage *self, CpaContext *context)
{
  const CpPatientAccess *patient = cpa_context_get_patient (context);
  g_autofree char *text =
      cpa_fill (_ ("You accepted the invitation. {inviter} still has to choose what you may see. You do not need to do "
                   "anything. This screen changes by itself."),
                "inviter", cpa_invitation_granter (patient->granter), NULL);

  show (self, "cp-dossier-symbolic", _ ("You Have No Access to Parts Yet"), text);
}

static void
show_no_access (CpaWaitingPage *self, const CpOrganisation *organisation)
{
  g_autofree char *text = cpa_fill (
      _ ("At the moment you have no access to a client portal of {organization}. Ask the portal administrator "
         "of your family, or call {desk}: {phone}."),
      "organization", organisation->name, "desk", cpa_language_text (organisation->desk), "phone", organisation->phone,
      NULL);

  show (self, "cp-dossier-symbolic", _ ("You Have No Access (Any More)"), text);
}

static void
cpa_waiting_page_set_invitations (CpaPage *page, gint64 open)
{
  CpaWaitingPage *self = CPA_WAITING_PAGE (page);
  g_autofree char *label = cpa_fill_n (_ ("Invitations ({n})"), open, NULL);
  g_autofree char *description =
      cpa_fill_n (ngettext ("You have {n} open invitation.", "You have {n} open invitations.", open), open, NULL);

  gtk_button_set_label (self->invitations, label);
  cpa_name (GTK_WIDGET (self->invitations), _ ("Invitations"), description);
  gtk_widget_set_visible (GTK_WIDGET (self->invitations), open > 0);
}

/* Where there is nothing to do, nothing takes the focus. */
static void
focus_first (GtkWidget *widget)
{
  GtkWidget *button = GTK_WIDGET (CPA_WAITING_PAGE (widget)->invitations);

  if (gtk_widget_get_visible (button))
    gtk_widget_grab_focus (button);
}

static const char *
cpa_waiting_page_get_title (CpaPage *page)
{
  return _ ("Start");
}

static const char *
cpa_waiting_page_get_icon (CpaPage *page)
{
  return "cp-invitation-symbolic";
}

static void
cpa_waiting_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_waiting_page_get_title;
  iface->get_icon = cpa_waiting_page_get_icon;
  iface->set_invitations = cpa_waiting_page_set_invitations;
}

static void
cpa_waiting_page_class_init (CpaWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-waiting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaWaitingPage, icon);
  gtk_widget_class_bind_template_child (widget_class, CpaWaitingPage, title);
  gtk_widget_class_bind_template_child (widget_class, CpaWaitingPage, text);
  gtk_widget_class_bind_template_child (widget_class, CpaWaitingPage, invitations);
}

static void
cpa_waiting_page_init (CpaWaitingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cpa_waiting_page_new (CpaContext *context)
{
  CpaWaitingPage *self = g_object_new (CPA_TYPE_WAITING_PAGE, NULL);
  gint64 open = cpa_context_get_session (context)->open_invitations;
  g_autofree char *nothing = cpa_view_as_nothing_text (context);

  /* Of somebody as whom one looks it is not known whether an invitation was accepted. */
  if (nothing != NULL)
    show (self, "cp-dossier-symbolic", cpa_view_as_nothing_title (), nothing);
  else if (cpa_context_get_patient (context) != NULL)
    show_no_parts (self, context);
  else if (open > 0)
    show (self, "cp-invitation-symbolic", "",
          _ ("You have been invited. First accept the invitation. Then you see the client portal."));
  else
    show_no_access (self, cpa_context_get_organisation (context));
  cpa_waiting_page_set_invitations (CPA_PAGE (self), open);
  return GTK_WIDGET (self);
}
