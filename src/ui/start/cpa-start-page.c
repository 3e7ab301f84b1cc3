/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-start-page.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-appointment-text.h"
#include "cpa-button.h"
#include "cpa-content-view.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-fresh-line.h"
#include "cpa-invitation-words.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-panel-grid.h"
#include "cpa-record-text.h"
#include "cpa-start-content.h"
#include "cpa-start-notices.h"
#include "cpa-view-as-text.h"

struct _CpaStartPage
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  GtkWidget *root;     /* (borrowed): the template's child */
  GtkWidget *view;     /* (borrowed) */
  GtkWidget *greeting; /* (borrowed) */
  GtkWidget *notices;  /* (borrowed): invitations, what ends soon, who declined */
  GtkWidget *fresh;    /* (borrowed) */
  GtkWidget *panels;   /* (borrowed) */
  CpPart opened;       /* whose page was opened last: the focus comes back there */
  char *shown;         /* (owned) (nullable): what the panels show, as text */
  guint going_on;      /* a bit for each appointment of it that is going on, by its place */
};

enum
{
  SIGNAL_OPEN_PART,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* In this order on the screen; Berichten has no page yet. */
static const struct
{
  CpPart part;
  gboolean has_page;
} shown_parts[] = {
  { CP_PART_APPOINTMENTS, TRUE },
  { CP_PART_MESSAGES, FALSE },
  { CP_PART_DOSSIER, TRUE },
  { CP_PART_PROFILE, TRUE },
};

static void cpa_start_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaStartPage, cpa_start_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_start_page_page_init))

static void
panel_opened_cb (CpaStartPanel *panel, CpaStartPage *self)
{
  self->opened = cpa_start_panel_get_part (panel);
  g_signal_emit (self, signals[SIGNAL_OPEN_PART], 0, (guint) cpa_start_panel_get_part (panel));
}

static CpaStartPanel *
add_panel (CpaStartPage *self, CpPart part)
{
  gboolean has_page = FALSE;
  GtkWidget *panel;

  for (guint i = 0; i < G_N_ELEMENTS (shown_parts); i++)
    if (shown_parts[i].part == part)
      has_page = shown_parts[i].has_page;
  panel = cpa_start_panel_new (part, has_page);
  g_signal_connect_object (panel, "opened", G_CALLBACK (panel_opened_cb), self, 0);
  cpa_wrap_append (CPA_WRAP (self->panels), panel);
  return CPA_START_PANEL (panel);
}

static void
show_greeting (CpaStartPage *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (cp_time_now () / CP_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, cpa_context_get_zone (self->context));
  int hour = g_date_time_get_hour (local);
  const char *template = hour < 6    ? _ ("Good Evening, {name}")
                         : hour < 12 ? _ ("Good Morning, {name}")
                         : hour < 18 ? _ ("Good Afternoon, {name}")
                                     : _ ("Good Evening, {name}");
  g_autofree char *text = cpa_fill (template, "name", cpa_context_get_session (self->context)->given_name, NULL);

  gtk_label_set_text (GTK_LABEL (self->greeting), text);
}

static void
cpa_start_page_set_invitations (CpaPage *page, gint64 open)
{
  cpa_start_notices_set_invitations (CPA_START_NOTICES (CPA_START_PAGE (page)->notices), open);
}

static void
clear_fresh (CpaStartPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->fresh)) != NULL)
    gtk_box_remove (GTK_BOX (self->fresh), child);
}

/* The panels that will come, with the words that they are being fetched. */
static void
show_loading (CpaStartPage *self)
{
  guint parts = cpa_context_get_patient (self->context)->parts;

  g_clear_pointer (&self->shown, g_free);
  clear_fresh (self);
  cpa_wrap_clear (CPA_WRAP (self->panels));
  for (guint i = 0; i < G_N_ELEMENTS (shown_parts); i++)
    if ((parts & shown_parts[i].part) != 0)
      cpa_start_panel_say (add_panel (self, shown_parts[i].part), _ ("Being fetched…"));
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

/* Accepted, but nothing ticked yet; of somebody as whom one looks it is not known whether it was accepted. */
static void
show_no_parts (CpaStartPage *self)
{
  g_autofree char *nothing = cpa_view_as_nothing_text (self->context);
  const CpPatientAccess *patient = cpa_context_get_patient (self->context);
  g_autofree char *text =
      cpa_fill (_ ("You accepted the invitation. {inviter} still has to choose what you may see. You do not need to do "
                   "anything."),
                "inviter", cpa_invitation_granter (patient->granter), NULL);

  if (nothing != NULL)
    cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-dossier-symbolic", cpa_view_as_nothing_title (),
                                 nothing, NULL);
  else
    cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-invitation-symbolic",
                                 _ ("You Have No Access to Parts Yet"), text, NULL);
}

/* Who only manages users finds the way there. */
static void
show_only_settings (CpaStartPage *self)
{
  /* As whom one looks may see other parts, which then are not shown. */
  const char *words = cpa_context_hides_parts (self->context)
                          ? _ ("You manage who may see what of {client}.")
                          : _ ("You manage who may see what of {client}. You do not see the other parts yourself.");
  g_autofree char *text = cpa_fill (words, "client", cpa_context_get_patient (self->context)->name, NULL);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (self->fresh), cpa_label_new (text, NULL));
  if (cpa_context_manages_people (self->context))
    {
      button = cpa_button_new (_ ("User Management"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "main.people");
      gtk_widget_add_css_class (button, "cp-outline");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (self->fresh), button);
    }
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

static CpPart
focused_part (CpaStartPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *panel = focus != NULL ? gtk_widget_get_ancestor (focus, CPA_TYPE_START_PANEL) : NULL;

  return panel != NULL ? cpa_start_panel_get_part (CPA_START_PANEL (panel)) : CP_PART_NONE;
}

static gboolean
focus_part (CpaStartPage *self, CpPart part)
{
  GtkWidget *panel = gtk_widget_get_first_child (self->panels);

  while (panel != NULL && cpa_start_panel_get_part (CPA_START_PANEL (panel)) != part)
    panel = gtk_widget_get_next_sibling (panel);
  return panel != NULL && gtk_widget_grab_focus (panel);
}

static void
focus_first (GtkWidget *widget)
{
  CpaStartPage *self = CPA_START_PAGE (widget);

  if (!focus_part (self, self->opened))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static gboolean
has_parts (const CpStart *start)
{
  return start->appointments != NULL || start->messages != NULL || start->dossier != NULL || start->profile != NULL;
}

/* It may say something else of the same answer, when that grows old. */
static void
show_fresh (CpaStartPage *self, const CpStart *start)
{
  if (has_parts (start) && start->freshness != NULL)
    cpa_fresh_line_show (GTK_BOX (self->fresh), self->context, start->freshness);
  else
    clear_fresh (self);
}

static void
show_panels (CpaStartPage *self, const CpStart *start)
{
  cpa_wrap_clear (CPA_WRAP (self->panels));
  show_greeting (self);
  cpa_start_notices_show (CPA_START_NOTICES (self->notices), self->context, start);
  show_fresh (self, start);
  if (!has_parts (start))
    {
      if ((cpa_context_get_patient (self->context)->parts & CP_PART_SETTINGS) != 0)
        show_only_settings (self);
      else
        show_no_parts (self);
      return;
    }
  if (start->appointments != NULL)
    cpa_start_show_appointments (add_panel (self, CP_PART_APPOINTMENTS), self->context, start->appointments,
                                 start->freshness);
  if (start->messages != NULL)
    cpa_start_show_messages (add_panel (self, CP_PART_MESSAGES), self->context, start->messages, start->freshness);
  if (start->dossier != NULL)
    cpa_start_show_dossier (add_panel (self, CP_PART_DOSSIER), self->context, start->dossier, start->freshness);
  if (start->profile != NULL)
    cpa_start_show_profile (add_panel (self, CP_PART_PROFILE), self->context, start->profile, start->freshness);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

static guint
going_on (const CpStart *start)
{
  guint bits = 0;

  for (guint i = 0; start->appointments != NULL && i < MIN (start->appointments->items->len, 32); i++)
    if (cpa_appointment_is_now (g_ptr_array_index (start->appointments->items, i)))
      bits |= 1u << i;
  return bits;
}

static gboolean
is_news (CpaStartPage *self, const CpStart *start)
{
  guint before = self->going_on;

  self->going_on = going_on (start);
  return cpa_record_text_is_news (&self->shown, &cp_start_record, start, cpa_context_get_zone (self->context)) ||
         self->going_on != before;
}

/* The panels are made anew, when something of them is; who was on one of them stays there. */
static void
show_start (CpaStartPage *self, const CpStart *start)
{
  CpPart part = focused_part (self);

  if (!is_news (self, start))
    {
      show_greeting (self);
      show_fresh (self, start);
      return;
    }
  show_panels (self, start);
  if (part != CP_PART_NONE)
    focus_part (self, part);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaStartPage *self = owner;
  g_autoptr (CpStart) start = record;

  if (error == NULL)
    {
      show_start (self, start);
      return;
    }
  /* With the next answer the failure goes, also when that says what was there. */
  g_clear_pointer (&self->shown, g_free);
  /* Panels that only say that they are being fetched are no content to keep. */
  if (gtk_widget_get_first_child (self->fresh) == NULL)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
}

static void
load (CpaStartPage *self, gboolean refresh)
{
  cpa_loader_start (self->loader, CP_ROUTE_START, NULL, NULL, &cp_start_record, refresh);
}

static void
retry_cb (CpaStartPage *self)
{
  if (gtk_widget_get_first_child (self->fresh) == NULL)
    show_loading (self);
  load (self, FALSE);
}

static void
renewed_cb (CpaStartPage *self)
{
  load (self, FALSE);
}

static const char *
cpa_start_page_get_title (CpaPage *page)
{
  return _ ("Start");
}

static const char *
cpa_start_page_get_icon (CpaPage *page)
{
  return "cp-care-symbolic";
}

static void
cpa_start_page_refresh (CpaPage *page)
{
  load (CPA_START_PAGE (page), TRUE);
}

static void
cpa_start_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_start_page_get_title;
  iface->get_icon = cpa_start_page_get_icon;
  iface->refresh = cpa_start_page_refresh;
  iface->set_invitations = cpa_start_page_set_invitations;
}

static void
cpa_start_page_dispose (GObject *object)
{
  CpaStartPage *self = CPA_START_PAGE (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_start_page_parent_class)->dispose (object);
}

static void
cpa_start_page_finalize (GObject *object)
{
  g_free (CPA_START_PAGE (object)->shown);
  G_OBJECT_CLASS (cpa_start_page_parent_class)->finalize (object);
}

static void
cpa_start_page_class_init (CpaStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_start_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_start_page_finalize;
  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_PANEL_GRID);
  g_type_ensure (CPA_TYPE_START_NOTICES);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, greeting);
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, notices);
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, CpaStartPage, panels);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, renewed_cb);
  signals[SIGNAL_OPEN_PART] = g_signal_new ("open-part", CPA_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cpa_start_page_init (CpaStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cpa_start_page_new (CpaContext *context)
{
  CpaStartPage *self = g_object_new (CPA_TYPE_START_PAGE, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  show_greeting (self);
  cpa_start_page_set_invitations (CPA_PAGE (self), cpa_context_get_session (context)->open_invitations);
  show_loading (self);
  load (self, FALSE);
  return GTK_WIDGET (self);
}
