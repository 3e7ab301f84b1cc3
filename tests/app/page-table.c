/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-table.h"

#include "cpa-account-page.h"
#include "cpa-appointments-page.h"
#include "cpa-dossier-page.h"
#include "cpa-header.h"
#include "cpa-invitations-page.h"
#include "cpa-people-page.h"
#include "cpa-profile-page.h"
#include "cpa-start-page.h"

const char *const page_table_names[] = { "start", "appointments", "dossier", "profile", "people", NULL };

static GtkWidget *(*const constructors[]) (CpaContext *) = {
  cpa_start_page_new, cpa_appointments_page_new, cpa_dossier_page_new, cpa_profile_page_new, cpa_people_page_new,
};

GtkWidget *
page_table_new_page (const char *name, CpaContext *context)
{
  for (guint i = 0; page_table_names[i] != NULL; i++)
    if (g_str_equal (page_table_names[i], name))
      return constructors[i](context);
  /* One's own, and of no client: it has no freshness. */
  if (g_str_equal (name, "account"))
    return cpa_account_page_new (context);
  if (g_str_equal (name, "invitations"))
    return cpa_invitations_page_new (context);
  g_error ("no page %s", name);
}

static void
nothing_cb (void)
{
}

/* What the app's window does; here the buttons only have to be live. */
static GActionGroup *
session_actions (void)
{
  static const char *const names[] = { "invitations", "profile", "people", "change-password", "log-out" };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_signal_connect (action, "activate", G_CALLBACK (nothing_cb), NULL);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  return G_ACTION_GROUP (group);
}

GtkWidget *
page_table_frame (CpaContext *context, GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = cpa_header_new (context);
  g_autoptr (GObject) actions = G_OBJECT (session_actions ());

  if (!CPA_IS_START_PAGE (page))
    cpa_header_set_page (CPA_HEADER (header), cpa_page_get_title (CPA_PAGE (page)),
                         cpa_page_get_icon (CPA_PAGE (page)));
  gtk_widget_insert_action_group (box, "session", G_ACTION_GROUP (actions));
  gtk_widget_insert_action_group (box, "main", G_ACTION_GROUP (actions));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  return box;
}
