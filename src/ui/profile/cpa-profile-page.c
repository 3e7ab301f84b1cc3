/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-profile-page.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-badge.h"
#include "cpa-content-view.h"
#include "cpa-fill.h"
#include "cpa-fresh-line.h"
#include "cpa-fresh-text.h"
#include "cpa-kin-text.h"
#include "cpa-copying.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-loader.h"
#include "cpa-panel-grid.h"
#include "cpa-popover-button.h"
#include "cpa-profile-group.h"
#include "cpa-reason.h"
#include "cpa-record-text.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

#define WHOM_WIDTH_CHARS 42

struct _CpaProfilePage
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  GtkWidget *root;     /* (borrowed): the template's child */
  GtkWidget *view;     /* (borrowed) */
  GtkWidget *died;     /* (borrowed) */
  GtkWidget *as_of;    /* (borrowed) */
  GtkWidget *wrong;    /* (borrowed): place of "Is This Wrong?" */
  GtkWidget *source;   /* (borrowed) */
  GtkWidget *groups;   /* (borrowed) */
  char *shown;         /* (owned) (nullable): the profile that the groups show, as text */
  char *no_contacts;   /* (owned) (nullable): why there are none, when there are none */
};

static void cpa_profile_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaProfilePage, cpa_profile_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_profile_page_page_init))

static char *
birth_text (const CpProfile *profile, GTimeZone *zone)
{
  int age = cpa_time_age (profile->birth_date, zone);
  g_autofree char *date = profile->birth_date != NULL ? cpa_time_date (profile->birth_date) : NULL;

  /* Somebody who has died gets no older. */
  if (date == NULL || age < 0 || profile->deceased)
    return g_steal_pointer (&date);
  return cpa_fill_n (ngettext ("{date} ({n} year old)", "{date} ({n} years old)", (gulong) age), age, "date", date,
                     NULL);
}

static GtkWidget *
person_group (CpaProfilePage *self, const CpProfile *profile)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Personal Details"));
  g_autofree char *birth = birth_text (profile, cpa_context_get_zone (self->context));

  cpa_profile_group_add (group, self->context, _ ("Name"), profile->name);
  cpa_profile_group_add (group, self->context, _ ("Date of Birth"), birth);
  cpa_profile_group_add (group, self->context, _ ("Address"), profile->address);
  cpa_profile_group_add (group, self->context, _ ("Phone"), profile->phone);
  cpa_profile_group_add (group, self->context, _ ("Mobile Phone"), profile->mobile);
  cpa_profile_group_add (group, self->context, _ ("E-mail"), profile->email);
  return group;
}

static void
append_text (GtkWidget *box, CpaContext *context, const char *text)
{
  GtkWidget *label;

  if (text == NULL || *text == '\0')
    return;
  label = cpa_label_new (text, NULL);
  cpa_copying_let (label, context);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
contact_row (CpaContext *context, const CpContact *contact)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *avatar = cpa_person_avatar_new (contact->name);
  g_autofree char *who = contact->relation != NULL ? cpa_fill (_ ("{name}, {role}"), "name", contact->name, "role",
                                                               cpa_kin_text (contact->relation), NULL)
                                                   : g_strdup (contact->name);

  if (contact->role != NULL)
    gtk_box_append (GTK_BOX (texts), cpa_label_new (cpa_contact_role_text (contact->role), "cp-caption"));
  append_text (texts, context, who);
  append_text (texts, context, contact->phone);
  append_text (texts, context, contact->email);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), avatar);
  gtk_box_append (GTK_BOX (row), texts);
  return row;
}

/* A profile without contacts does not say why: how old they are does. */
static int
contacts_state (const CpFreshness *freshness)
{
  if (freshness == NULL)
    return CP_CONTENT_EMPTY;
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = g_ptr_array_index (freshness->kinds, i);

      if (part->kind == CP_FRESH_CONTACTS && !part->shared)
        return CP_CONTENT_NOT_SHARED;
    }
  return cpa_fresh_fetched_at (freshness, CP_FRESH_CONTACTS) == 0 ? CP_CONTENT_NOT_FETCHED : CP_CONTENT_EMPTY;
}

static GtkWidget *
contacts_group (CpaProfilePage *self, const CpProfile *profile)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Contacts"));

  for (guint i = 0; i < profile->contacts->len; i++)
    cpa_profile_group_add_row (group, contact_row (self->context, g_ptr_array_index (profile->contacts, i)));
  if (profile->contacts->len == 0)
    cpa_profile_group_add_row (group, cpa_label_new (self->no_contacts, "cp-quiet"));
  return group;
}

/* Absent when the health record names nobody: not every organisation records a team. */
static void
append_care_team (CpaProfilePage *self, GtkWidget *column, const CpProfile *profile)
{
  GtkWidget *group;

  if (profile->care_team->len == 0)
    return;
  group = cpa_profile_group_new (_ ("Care Team"));
  for (guint i = 0; i < profile->care_team->len; i++)
    {
      const CpCareTeamMember *member = g_ptr_array_index (profile->care_team, i);
      g_autofree char *who = member->role != NULL
                                 ? cpa_fill (_ ("{name}, {role}"), "name", member->name, "role", member->role, NULL)
                                 : g_strdup (member->name);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

      append_text (row, self->context, who);
      cpa_profile_group_add_row (group, row);
    }
  gtk_box_append (GTK_BOX (column), group);
}

static GtkWidget *
gp_group (const CpProfile *profile)
{
  GtkWidget *group = cpa_profile_group_new (_ ("General Practitioner"));

  cpa_profile_group_add_row (group, cpa_label_new (profile->gp != NULL ? profile->gp : _ ("Not known"),
                                                   profile->gp != NULL ? NULL : "cp-quiet"));
  return group;
}

/* The people are many: the rest stands beside them. */
static GtkWidget *
own_column (CpaProfilePage *self, const CpProfile *profile)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  gtk_box_append (GTK_BOX (column), person_group (self, profile));
  gtk_box_append (GTK_BOX (column), gp_group (profile));
  return column;
}

/* Who is around the person. */
static GtkWidget *
people_column (CpaProfilePage *self, const CpProfile *profile)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  gtk_box_append (GTK_BOX (column), contacts_group (self, profile));
  append_care_team (self, column, profile);
  return column;
}

static void
show_died (CpaProfilePage *self, const CpProfile *profile)
{
  g_autofree char *text = cpa_fresh_died_text (cpa_context_get_patient (self->context));

  gtk_label_set_text (GTK_LABEL (self->died), text);
  gtk_widget_set_visible (self->died, profile->deceased);
  gtk_widget_set_visible (self->as_of, !profile->deceased);
}

static void
show_groups (CpaProfilePage *self, const CpProfile *profile, const CpFreshness *freshness)
{
  char *no_contacts = cpa_reason_text (CPA_REASON_CONTACTS, contacts_state (freshness), freshness, self->context);
  gboolean other_reason = profile->contacts->len == 0 && g_strcmp0 (no_contacts, self->no_contacts) != 0;

  g_free (self->no_contacts);
  self->no_contacts = no_contacts;
  if (!cpa_record_text_is_news (&self->shown, &cp_profile_record, profile, cpa_context_get_zone (self->context)) &&
      !other_reason)
    return;
  cpa_wrap_clear (CPA_WRAP (self->groups));
  cpa_wrap_append (CPA_WRAP (self->groups), own_column (self, profile));
  cpa_wrap_append (CPA_WRAP (self->groups), people_column (self, profile));
}

static void
show_profile (CpaProfilePage *self, const CpProfileAnswer *answer)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  int state = answer->profile != NULL ? answer->state : MAX (answer->state, CP_CONTENT_EMPTY);

  if (state != CP_CONTENT_FILLED)
    {
      g_autofree char *text = cpa_reason_text (CPA_REASON_PROFILE, state, answer->freshness, self->context);

      cpa_content_view_show_empty (view, cpa_page_get_icon (CPA_PAGE (self)),
                                   cpa_reason_title (CPA_REASON_PROFILE, state, self->context), text,
                                   cpa_fresh_line_new (self->context, answer->freshness));
      return;
    }
  show_died (self, answer->profile);
  cpa_fresh_line_show (GTK_BOX (self->as_of), self->context, answer->freshness);
  show_groups (self, answer->profile, answer->freshness);
  cpa_content_view_show_content (view);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaProfilePage *self = owner;
  g_autoptr (CpProfileAnswer) answer = record;

  if (error != NULL)
    cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
  else
    show_profile (self, answer);
}

static void
load (CpaProfilePage *self, gboolean refresh)
{
  if (!refresh)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_loader_start (self->loader, CP_ROUTE_PROFILE, NULL, NULL, &cp_profile_answer_record, refresh);
}

static void
retry_cb (CpaProfilePage *self)
{
  load (self, FALSE);
}

static const char *
cpa_profile_page_get_title (CpaPage *page)
{
  return _ ("My Details");
}

static const char *
cpa_profile_page_get_icon (CpaPage *page)
{
  return "cp-profile-symbolic";
}

static void
cpa_profile_page_refresh (CpaPage *page)
{
  load (CPA_PROFILE_PAGE (page), TRUE);
}

static void
cpa_profile_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_profile_page_get_title;
  iface->get_icon = cpa_profile_page_get_icon;
  iface->refresh = cpa_profile_page_refresh;
}

static void
cpa_profile_page_dispose (GObject *object)
{
  CpaProfilePage *self = CPA_PROFILE_PAGE (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_profile_page_parent_class)->dispose (object);
}

static void
cpa_profile_page_finalize (GObject *object)
{
  g_free (CPA_PROFILE_PAGE (object)->shown);
  g_free (CPA_PROFILE_PAGE (object)->no_contacts);
  G_OBJECT_CLASS (cpa_profile_page_parent_class)->finalize (object);
}

static void
cpa_profile_page_class_init (CpaProfilePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_profile_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_profile_page_finalize;
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_WRAP);
  g_type_ensure (CPA_TYPE_PANEL_GRID);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-profile-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, died);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, as_of);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, wrong);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, source);
  gtk_widget_class_bind_template_child (widget_class, CpaProfilePage, groups);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
cpa_profile_page_init (CpaProfilePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_source (CpaProfilePage *self)
{
  g_autofree char *text = cpa_fill (
      _ ("These details are recorded like this in the health record of {organization}. You cannot change them here."),
      "organization", cpa_context_get_organisation (self->context)->name, NULL);

  gtk_label_set_text (GTK_LABEL (self->source), text);
}

static void
add_wrong (CpaProfilePage *self)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autofree char *text = cpa_fill (
      _ ("Tell {desk} what should be changed: {phone} ({hours}). They change it in the health record. After that you "
         "see it here the next time that data is fetched."),
      "desk", cpa_language_text (organisation->desk), "phone", organisation->phone, "hours",
      cpa_language_text (organisation->hours), NULL);
  GtkWidget *whom = cpa_label_new (text, "cp-sheet-inner");
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button;

  gtk_label_set_max_width_chars (GTK_LABEL (whom), WHOM_WIDTH_CHARS);
  gtk_popover_set_child (GTK_POPOVER (popover), whom);
  gtk_box_append (GTK_BOX (inside), gtk_label_new (_ ("Is This Wrong?")));
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  button = cpa_popover_button_new (inside, popover, _ ("Is This Wrong?"));
  gtk_widget_add_css_class (button, "cp-link");
  gtk_box_append (GTK_BOX (self->wrong), button);
}

GtkWidget *
cpa_profile_page_new (CpaContext *context)
{
  CpaProfilePage *self = g_object_new (CPA_TYPE_PROFILE_PAGE, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  show_source (self);
  add_wrong (self);
  load (self, FALSE);
  return GTK_WIDGET (self);
}
