/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one page with the records of tests/data/app: preview PAGE [SCENARIO [SESSION [WIDTHxHEIGHT
 * [SCALE [BUTTON...]]]]]: the buttons are pressed by their names, each as soon as it is there. */
#include <adwaita.h>
#include <stdio.h>

#include "config.h"
#include "cpa-language.h"
#include "fixture-api.h"
#include "page-table.h"
#include "screen-kit.h"

static const char *page_name, *scenario, *session, *size;
static double text_scale;
static char **buttons;

static gboolean
press_cb (gpointer window)
{
  GtkWidget *button = *buttons != NULL ? find (window, is_named, *buttons) : NULL;

  if (*buttons == NULL)
    return G_SOURCE_REMOVE;
  if (button == NULL)
    return G_SOURCE_CONTINUE;
  buttons++;
  gtk_widget_activate (button);
  return G_SOURCE_CONTINUE;
}

static void
activate_cb (GtkApplication *application)
{
  CpaApi *api = fixture_api_new (scenario);
  CpaContext *context = fixture_context_new (api, session, 0);
  GtkWidget *window = adw_application_window_new (application);
  int width = 1000, height = 720;
  GtkWidget *page;

  if (text_scale > 0)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (text_scale * 96 * 1024), NULL);
  page = page_table_new_page (page_name, context);
  sscanf (size, "%dx%d", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page_table_frame (context, page));
  gtk_window_set_title (GTK_WINDOW (window), "preview");
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (400, press_cb, window);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  char *no_arguments[] = { argv[0], NULL };

  page_name = argc > 1 ? argv[1] : "start";
  scenario = argc > 2 && *argv[2] != '\0' ? argv[2] : NULL;
  session = argc > 3 && *argv[3] != '\0' ? argv[3] : "session";
  size = argc > 4 ? argv[4] : "1000x720";
  text_scale = argc > 5 ? g_ascii_strtod (argv[5], NULL) : 0;
  buttons = argc > 6 ? argv + 6 : argv + argc;
  fixture_set_time ();
  cpa_language_setup (BUILT_LOCALE_DIR);
  /* The app's own path, so that its style sheets are found, and no uniqueness: several may run. */
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "nl.clientportaal.Clientportaal.Preview", "flags",
                              G_APPLICATION_NON_UNIQUE, "resource-base-path", APP_RESOURCES, NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, no_arguments);
}
