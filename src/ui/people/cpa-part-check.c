/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-part-check.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-member-text.h"
#include "cpa-part-text.h"

struct _CpaPartCheck
{
  CpaMemberBound parent_instance;

  CpPart part;
  GtkWidget *check; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CpaPartCheck, cpa_part_check, CPA_TYPE_MEMBER_BOUND)

static gboolean
is_ticked (CpaPartCheck *self)
{
  return (cpa_member_get_ticked (cpa_member_bound_get_member (CPA_MEMBER_BOUND (self))) & self->part) != 0;
}

static void
toggled_cb (CpaPartCheck *self)
{
  CpaMember *member = cpa_member_bound_get_member (CPA_MEMBER_BOUND (self));
  gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));

  if (member == NULL || active == is_ticked (self))
    return;
  /* What it shows is what the server says, or was asked for. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), !active);
  if (cpa_member_get_refusal (member, self->part) >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "people.refused", "(su)", cpa_member_get (member)->id, self->part);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "people.tick", "(sub)", cpa_member_get (member)->id, self->part,
                                active);
}

static void
cpa_part_check_update (CpaMemberBound *bound, CpaMember *member)
{
  CpaPartCheck *self = CPA_PART_CHECK (bound);
  const CpOrganisation *organisation = cpa_context_get_organisation (cpa_member_bound_get_context (bound));
  gboolean refused = cpa_member_get_refusal (member, self->part) >= 0;
  g_autofree char *more = cpa_member_box (member, self->part, organisation);
  g_autofree char *name = cpa_fill (_ ("{part} for {name}"), "part", cpa_part_name (self->part), "name",
                                    cpa_member_get (member)->name, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), is_ticked (self));
  cpa_name (self->check, name, more != NULL ? more : "");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_STATE_DISABLED, refused, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), more);
  if (refused)
    gtk_widget_add_css_class (self->check, "cp-refused");
  else
    gtk_widget_remove_css_class (self->check, "cp-refused");
}

static void
cpa_part_check_class_init (CpaPartCheckClass *klass)
{
  CPA_MEMBER_BOUND_CLASS (klass)->update = cpa_part_check_update;
}

static void
cpa_part_check_init (CpaPartCheck *self)
{
  self->check = gtk_check_button_new ();
  gtk_widget_add_css_class (self->check, "cp-check");
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_part_check_new (CpaContext *context, CpaMemberModel *model, CpPart part, gboolean with_word)
{
  CpaPartCheck *self = g_object_new (CPA_TYPE_PART_CHECK, NULL);

  cpa_member_bound_setup (CPA_MEMBER_BOUND (self), context, model);
  self->part = part;
  if (with_word)
    gtk_check_button_set_label (GTK_CHECK_BUTTON (self->check), cpa_part_name (part));
  else
    {
      gtk_widget_add_css_class (self->check, "cp-check-alone");
      gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
      gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
    }
  return GTK_WIDGET (self);
}
