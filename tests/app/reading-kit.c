/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading-kit.h"

#include "cpa-field.h"

FixtureApi *
get_api (Screen *screen)
{
  return FIXTURE_API (screen->api);
}

Screen
open_reading (const char *scenario, const char *session, int width)
{
  Screen screen = open_screen ("dossier", scenario, session, width);

  choose_tab (&screen, "Read");
  return screen;
}

static gboolean
is_reports (GtkWidget *widget, const char *text)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_has_css_class (widget, "cp-reports");
}

GtkWidget *
find_reports (Screen *screen)
{
  GtkWidget *list = find (screen->window, is_reports, NULL);

  g_assert_nonnull (list);
  return list;
}

guint
count_reports (Screen *screen)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_reports (screen)))));
}

gboolean
is_search_entry (GtkWidget *widget, const char *text)
{
  return GTK_IS_SEARCH_ENTRY (widget);
}

void
type (Screen *screen, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (screen->window, is_search_entry, NULL)), text);
}

void
search (Screen *screen, const char *text)
{
  guint before = fixture_api_count (get_api (screen), CP_ROUTE_DOSSIER_SEARCH);

  type (screen, text);
  WAIT_FOR (fixture_api_count (get_api (screen), CP_ROUTE_DOSSIER_SEARCH) > before);
  settle ();
}

gboolean
is_check_named (GtkWidget *widget, const char *name)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), name) == 0;
}

void
choose (Screen *screen, const char *field, const char *name)
{
  GtkWidget *choice;

  press (screen, field);
  choice = find (screen->window, is_check_named, name);
  g_assert_nonnull (choice);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  settle ();
}

gboolean
is_described (GtkWidget *widget, const char *words)
{
  g_autofree char *difference = NULL;

  if (*words == '\0')
    return !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  return difference == NULL;
}

gboolean
has_private_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), g_get_prgname (), "attachments", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
is_field (GtkWidget *widget, const char *key)
{
  return CPA_IS_FIELD (widget) && g_str_equal (cpa_field_get_key (CPA_FIELD (widget)), key);
}
