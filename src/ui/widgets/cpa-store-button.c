/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-store-button.h"

#include <glib/gi18n.h>

#include "cpa-button.h"

/* The id of the metainfo, also for the demo. */
#define STORE_SCHEME "appstream"
#define STORE_PAGE STORE_SCHEME "://nl.clientportaal.Clientportaal"

/* A sandbox does not see what the desktop has; there opening tells. */
static gboolean
has_store (void)
{
  g_autoptr (GAppInfo) store = g_app_info_get_default_for_uri_scheme (STORE_SCHEME);

  return store != NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* What the sentence above it asks can be done without it too. */
static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, NULL))
    gtk_widget_set_visible (button, FALSE);
}

static void
clicked_cb (GtkWidget *button)
{
  gtk_show_uri_full (GTK_WINDOW (gtk_widget_get_root (button)), STORE_PAGE, GDK_CURRENT_TIME, NULL, shown_cb,
                     g_object_ref (button));
}

GtkWidget *
cpa_store_button_new (void)
{
  GtkWidget *button;

  if (!has_store ())
    return NULL;
  button = cpa_button_new (_ ("Open Software Store"));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "cp-main");
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), NULL);
  return button;
}
