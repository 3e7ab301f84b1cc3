/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-tools.h"

#include <glib/gi18n.h>

#include "cpa-label.h"
#include "cpa-member-cell.h"
#include "cpa-member-text.h"
#include "cpa-part-text.h"
#include "cpa-popover-button.h"

#define HELP_WIDTH_CHARS 44
#define LIST_MAX_HEIGHT 420
#define NAME_WIDTH_CHARS 28

static GtkWidget *
button_new (const char *icon, const char *text, GtkWidget *popover)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (inside), gtk_label_new (text));
  button = cpa_popover_button_new (inside, popover, text);
  gtk_widget_add_css_class (button, "cp-outline");
  return button;
}

GtkWidget *
cpa_people_help_new (CpaContext *context)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "cp-sheet-inner");
  for (int i = 0; i < CP_N_PARTS; i++)
    {
      g_autofree char *hint = cpa_part_hint (1 << i, cpa_context_get_organisation (context));
      GtkWidget *label = cpa_label_new (hint, NULL);

      gtk_label_set_max_width_chars (GTK_LABEL (label), HELP_WIDTH_CHARS);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return button_new ("help-about-symbolic", _ ("More Information"), popover);
}

static void
append_person (GtkWidget *list, CpaContext *context, const CpMember *member)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = cpa_label_new (member->name, NULL);

  /* A long name takes a second line, and does not make the list wider than the window. */
  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), cpa_member_avatar_new (context, member));
  gtk_box_append (GTK_BOX (box), name);
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "cp-menu-row");
  cpa_name (row, member->name, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "people.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", member->id);
  g_signal_connect (row, "clicked", G_CALLBACK (cpa_popover_close), NULL);
  gtk_box_append (GTK_BOX (list), row);
}

char *
cpa_people_viewed (CpaMemberModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (cpa_member_allows (member, "view"))
        g_string_append_printf (text, "%s %s\n", cpa_member_get (member)->id, cpa_member_get (member)->name);
    }
  return g_string_free (text, FALSE);
}

GtkWidget *
cpa_people_view_as_new (CpaContext *context, CpaMemberModel *model)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button;

  gtk_widget_add_css_class (list, "cp-menu");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (cpa_member_allows (member, "view"))
        append_person (list, context, cpa_member_get (member));
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  button = button_new ("view-reveal-symbolic", _ ("View as…"), popover);
  gtk_widget_set_visible (button, gtk_widget_get_first_child (list) != NULL);
  return button;
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_reason (GtkWidget *reasons, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lock = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

  cpa_hide_from_reader (lock);
  gtk_widget_set_valign (lock, GTK_ALIGN_START);
  gtk_widget_add_css_class (lock, "cp-first-line");
  gtk_box_append (GTK_BOX (line), lock);
  gtk_box_append (GTK_BOX (line), cpa_label_new (text, "cp-small"));
  gtk_widget_add_css_class (line, "cp-quiet");
  gtk_box_append (GTK_BOX (reasons), line);
}

void
cpa_people_show_reasons (GtkWidget *reasons, CpaContext *context, CpaMemberModel *model)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const CpOrganisation *organisation = cpa_context_get_organisation (context);

  clear_box (reasons);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (model), i);
      const CpMember *record = cpa_member_get (member);

      for (guint j = 0; j < record->refused->len; j++)
        {
          const CpRefusal *refusal = g_ptr_array_index (record->refused, j);
          char *text = cpa_member_refusal (record, refusal->reason, organisation);

          if (!g_hash_table_contains (said, text))
            add_reason (reasons, text);
          g_hash_table_add (said, text);
        }
    }
}
