/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people-kit.h"

#include "cpa-ask.h"
#include "cpa-field.h"
#include "cpa-member-menu.h"

Screen
people_open (const char *scenario, int width)
{
  return open_screen ("people", scenario, "session", width);
}

FixtureMembers *
people_members (Screen *screen)
{
  return fixture_api_get_members (FIXTURE_API (screen->api));
}

void
people_fail (Screen *screen, CpErrorCode code)
{
  fixture_members_fail (people_members (screen), g_error_new_literal (CP_ERROR, code, "as a test wants it"));
}

GtkWidget *
people_find (Match match, const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);
      GtkWidget *found = find (window, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
people_assert_says (const char *text)
{
  if (people_find (says, text) == NULL)
    g_error ("not on screen: %s", text);
}

void
people_assert_does_not_say (const char *text)
{
  g_assert_null (people_find (says, text));
}

/* By its name, or by its label where a dialog names it so. */
static gboolean
is_button (GtkWidget *widget, const char *name)
{
  if (!GTK_IS_BUTTON (widget) || !gtk_widget_get_mapped (widget))
    return FALSE;
  return is_named (widget, name) || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
}

void
people_press (const char *button)
{
  GtkWidget *widget = people_find (is_button, button);

  if (widget == NULL)
    g_error ("no button %s", button);
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
  settle ();
}

static gboolean
is_box (GtkWidget *widget, const char *name)
{
  return GTK_IS_CHECK_BUTTON (widget) && is_named (widget, name);
}

GtkWidget *
people_box (const char *name)
{
  GtkWidget *box = people_find (is_box, name);

  if (box == NULL)
    g_error ("no box %s", name);
  return box;
}

gboolean
people_is_ticked (const char *name)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (people_box (name)));
}

void
people_click_box (const char *name)
{
  gtk_widget_activate (people_box (name));
  settle ();
}

static gboolean
is_field (GtkWidget *widget, const char *name)
{
  return CPA_IS_FIELD (widget) && find (widget, says, name) != NULL;
}

GtkWidget *
people_entry (const char *field)
{
  GtkWidget *widget = people_find (is_field, field);

  if (widget == NULL)
    g_error ("no field %s", field);
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (widget)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_EDITABLE (child))
      return child;
  g_error ("no entry in %s", field);
}

void
people_type (const char *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (people_entry (field)), text);
  settle ();
}

const char *
people_typed (const char *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (people_entry (field)));
}

static gboolean
is_menu_of (GtkWidget *widget, const char *name)
{
  CpaMember *member = CPA_IS_MEMBER_MENU (widget) ? cpa_member_bound_get_member (CPA_MEMBER_BOUND (widget)) : NULL;

  return member != NULL && g_str_equal (cpa_member_get (member)->name, name);
}

/* The row of a menu, also while it is closed. */
static GtkWidget *
find_row (GtkWidget *widget, const char *choice)
{
  if (GTK_IS_BUTTON (widget) && is_named (widget, choice))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, choice);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
row_of (const char *name, const char *choice)
{
  GtkWidget *menu = people_find (is_menu_of, name);

  if (menu == NULL)
    g_error ("no menu of %s", name);
  return find_row (menu, choice);
}

gboolean
people_can_choose (const char *name, const char *choice)
{
  return row_of (name, choice) != NULL;
}

void
people_choose (const char *name, const char *choice)
{
  GtkWidget *row = row_of (name, choice);

  if (row == NULL)
    g_error ("%s: no %s", name, choice);
  g_signal_emit_by_name (row, "clicked");
  settle ();
}

void
people_assert_described (const char *name, const char *description)
{
  GtkWidget *widget = people_find (is_named, name);

  g_assert_nonnull (widget);
  g_assert_cmpstr (
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description),
      ==, NULL);
}

Screen
open_account (const char *scenario)
{
  return open_screen ("account", scenario, "session", 1000);
}

gboolean
is_ask (GtkWidget *widget, const char *text)
{
  return CPA_IS_ASK (widget);
}
