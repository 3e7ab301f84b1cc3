/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account-menu.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"

struct _CpaAccountMenu
{
  GtkWidget parent_instance;

  GtkWidget *button;      /* (owned) */
  GtkWidget *name;        /* (borrowed) */
  GtkWidget *arrow;       /* (borrowed) */
  GtkWidget *invitations; /* (borrowed) */
  GtkWidget *count;       /* (borrowed) */
  GtkWidget *separator;   /* (borrowed) */
  GtkWidget *log_out;     /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaAccountMenu, cpa_account_menu, GTK_TYPE_WIDGET)

static GtkWidget *
append_row (GtkWidget *menu, const char *icon, const char *text, const char *action, GtkWidget *badge)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = cpa_label_new (text, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  if (badge != NULL)
    gtk_box_append (GTK_BOX (box), badge);
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "cp-menu-row");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  cpa_name (row, text, NULL);
  g_signal_connect (row, "clicked", G_CALLBACK (cpa_popover_close), NULL);
  gtk_box_append (GTK_BOX (menu), row);
  return row;
}

static GtkWidget *
build_popover (CpaAccountMenu *self, gboolean manages_people)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (menu, "cp-menu");
  self->count = cpa_chip_new (NULL, "", "new");
  self->invitations =
      append_row (menu, "cp-invitation-symbolic", _ ("Invitations"), "session.invitations", self->count);
  append_row (menu, "avatar-default-symbolic", _ ("Profile Settings"), "main.profile", NULL);
  if (manages_people)
    append_row (menu, "system-users-symbolic", _ ("User Management"), "main.people", NULL);
  append_row (menu, "dialog-password-symbolic", _ ("Change Password"), "session.change-password", NULL);
  self->separator = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_box_append (GTK_BOX (menu), self->separator);
  self->log_out = append_row (menu, "system-log-out-symbolic", _ ("Log Out"), "session.log-out", NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), menu);
  return popover;
}

static void
build (CpaAccountMenu *self, const char *name, gboolean manages_people)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->name = cpa_label_preview_new (name, NULL, 1);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 24);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  self->button = cpa_popover_button_new (box, build_popover (self, manages_people), name);
  gtk_widget_add_css_class (self->button, "cp-header-button");
  cpa_name (self->button, name, _ ("Your menu"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static void
cpa_account_menu_dispose (GObject *object)
{
  CpaAccountMenu *self = CPA_ACCOUNT_MENU (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_account_menu_parent_class)->dispose (object);
}

static void
cpa_account_menu_class_init (CpaAccountMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_account_menu_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_account_menu_init (CpaAccountMenu *self)
{
}

GtkWidget *
cpa_account_menu_new (CpaContext *context)
{
  CpaAccountMenu *self = g_object_new (CPA_TYPE_ACCOUNT_MENU, NULL);
  const CpSession *session = cpa_context_get_session (context);

  build (self, session->name, cpa_context_manages_people (context));
  cpa_account_menu_set_compact (self, FALSE);
  cpa_account_menu_set_invitations (self, session->open_invitations);
  return GTK_WIDGET (self);
}

void
cpa_account_menu_set_name (CpaAccountMenu *self, const char *name)
{
  gtk_label_set_text (GTK_LABEL (self->name), name);
  cpa_name (self->button, name, _ ("Your menu"));
}

void
cpa_account_menu_set_compact (CpaAccountMenu *self, gboolean compact)
{
  gtk_widget_set_visible (self->name, !compact);
  gtk_widget_set_visible (self->arrow, !compact);
  gtk_widget_set_visible (self->separator, compact);
  gtk_widget_set_visible (self->log_out, compact);
}

void
cpa_account_menu_set_invitations (CpaAccountMenu *self, gint64 open)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, open);
  g_autofree char *description =
      cpa_fill_n (ngettext ("You have {n} open invitation.", "You have {n} open invitations.", open), open, NULL);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (self->count)), number);
  gtk_widget_set_visible (self->count, open > 0);
  cpa_name (self->invitations, _ ("Invitations"), open > 0 ? description : "");
}
