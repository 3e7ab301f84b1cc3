/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-menu.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"
#include "cpa-time-text.h"

struct _CpaMemberMenu
{
  CpaMemberBound parent_instance;

  GtkWidget *button; /* (owned) */
  GtkWidget *rows;   /* (borrowed): in the popover */
};

G_DEFINE_FINAL_TYPE (CpaMemberMenu, cpa_member_menu, CPA_TYPE_MEMBER_BOUND)

/* In the order of the menu; the words in which `allowed` names them. */
static const struct
{
  const char *what, *icon, *label, *action;
} choices[] = {
  { "view", "view-reveal-symbolic", N_ ("View as…"), "people.view" },
  { "send", "mail-send-symbolic", N_ ("Send Now"), "people.send" },
  { "resend", "mail-send-symbolic", N_ ("Send Invitation Again"), "people.send" },
  { "renew", "view-refresh-symbolic", N_ ("Renew Until {date}"), "people.renew" },
  { "until", "x-office-calendar-symbolic", N_ ("Access Until…"), "people.until" },
  { "ground", "document-edit-symbolic", N_ ("Reason for Access…"), "people.ground" },
  { "mobile", "cp-sms-symbolic", N_ ("Change Mobile Number…"), "people.mobile" },
  { "email", "mail-unread-symbolic", N_ ("Change E-mail Address…"), "people.email" },
  { "withdraw", "action-unavailable-symbolic", N_ ("Withdraw Invitation…"), "people.withdraw" },
  { "end", "system-log-out-symbolic", N_ ("End Access…"), "people.end" },
};

static char *
label_of (gsize choice, const CpMember *member)
{
  g_autofree char *date = member->renew_until != NULL ? cpa_time_date (member->renew_until) : NULL;
  const char *label = choices[choice].label;

  /* Somebody who was invited before is invited again. */
  if (g_str_equal (choices[choice].what, "send") && member->state != CP_MEMBER_NOT_INVITED)
    label = N_ ("Send Invitation Again");
  return cpa_fill (_ (label), "date", date, NULL);
}

static void
append_row (CpaMemberMenu *self, gsize choice, const CpMember *member)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = label_of (choice, member);
  GtkWidget *label = cpa_label_new (text, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (choices[choice].icon));
  gtk_box_append (GTK_BOX (box), label);
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "cp-menu-row");
  cpa_name (row, text, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), choices[choice].action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", member->id);
  g_signal_connect (row, "clicked", G_CALLBACK (cpa_popover_close), NULL);
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
cpa_member_menu_update (CpaMemberBound *bound, CpaMember *member)
{
  CpaMemberMenu *self = CPA_MEMBER_MENU (bound);
  const CpMember *record = cpa_member_get (member);
  g_autofree char *name = cpa_fill (_ ("Choices for {name}"), "name", record->name, NULL);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (cpa_member_allows (member, choices[i].what))
      append_row (self, i, record);
  cpa_name (self->button, name, NULL);
  gtk_widget_set_tooltip_text (self->button, name);
  gtk_widget_set_visible (self->button, gtk_widget_get_first_child (self->rows) != NULL);
}

static void
cpa_member_menu_class_init (CpaMemberMenuClass *klass)
{
  CPA_MEMBER_BOUND_CLASS (klass)->update = cpa_member_menu_update;
}

static void
cpa_member_menu_init (CpaMemberMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (self->rows, "cp-menu");
  gtk_popover_set_child (GTK_POPOVER (popover), self->rows);
  self->button = cpa_popover_button_new (gtk_image_new_from_icon_name ("view-more-symbolic"), popover, "");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "cp-icon-button");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
cpa_member_menu_new (CpaContext *context, CpaMemberModel *model)
{
  CpaMemberMenu *self = g_object_new (CPA_TYPE_MEMBER_MENU, NULL);

  cpa_member_bound_setup (CPA_MEMBER_BOUND (self), context, model);
  return GTK_WIDGET (self);
}

gboolean
cpa_member_menu_focus (GtkWidget *widget, const char *id)
{
  CpaMember *member = CPA_IS_MEMBER_MENU (widget) ? cpa_member_bound_get_member (CPA_MEMBER_BOUND (widget)) : NULL;
  gboolean done = FALSE;

  if (member != NULL)
    return g_str_equal (cpa_member_get (member)->id, id) && gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !done;
       child = gtk_widget_get_next_sibling (child))
    done = cpa_member_menu_focus (child, id);
  return done;
}
