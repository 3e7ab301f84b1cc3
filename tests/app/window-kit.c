/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-kit.h"

#include "cpa-application.h"
#include "cpa-login-page.h"
#include "cpa-main-page.h"
#include "cpa-transport.h"
#include "portal-kit.h"

typedef struct
{
  const WindowTest *test;
  GtkApplication *program;
} Run;

static CpaApi *server; /* (owned): while a test runs */

/* In place of the real one. */
CpaTransport *
cpa_transport_new (const char *address, const char *ca_file, GError **error)
{
  return (CpaTransport *) g_object_ref (server);
}

FixtureApi *
get_server (void)
{
  return FIXTURE_API (server);
}

void
answer_all (void)
{
  fixture_api_release_all (get_server ());
  settle ();
}

GtkWidget *
get_window (GtkApplication *program)
{
  return GTK_WIDGET (gtk_application_get_active_window (program));
}

GtkWidget *
shown_in (GtkApplication *program, GType type)
{
  return find_type (get_window (program), type);
}

void
begin_to_log_in (GtkApplication *program)
{
  Screen screen = { .window = get_window (program) };
  GtkWidget *page = shown_in (program, CPA_TYPE_LOGIN_PAGE);

  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), "m.debruin");
  gtk_editable_set_text (GTK_EDITABLE (find (find (page, is_password, NULL), is_text, NULL)), "geheim geheim");
  press (&screen, "Log In");
}

void
log_in (GtkApplication *program)
{
  begin_to_log_in (program);
  g_assert_nonnull (shown_in (program, CPA_TYPE_MAIN_PAGE));
}

static gboolean
run_cb (gpointer user_data)
{
  const Run *run = user_data;
  GtkWidget *window;

  settle ();
  run->test->run (run->program);
  fixture_api_release_all (get_server ());
  fixture_api_hold (get_server (), CP_N_ROUTES);
  window = get_window (run->program);
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

/* The program ends by itself with its last window. */
static void
run_program (gconstpointer data)
{
  const char *arguments[] = { "clientportaal", "--organisation", ADDRESS, NULL };
  const WindowTest *test = data;
  g_autoptr (GSettings) settings = g_settings_new ("nl.clientportaal.Clientportaal");
  g_autoptr (CpaApplication) program = cpa_application_new (!test->shared);
  Run run = { data, GTK_APPLICATION (program) };

  g_settings_set_boolean (settings, "shared-computer", test->shared);
  server = fixture_api_new (NULL);
  g_idle_add (run_cb, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (program), G_N_ELEMENTS (arguments) - 1, (char **) arguments), ==,
                   0);
  g_clear_object (&server);
}

int
window_main (int argc, char **argv, const WindowTest *tests, gsize n)
{
  g_setenv ("GSETTINGS_SCHEMA_DIR", BUILT_SCHEMA_DIR, TRUE);
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  for (gsize i = 0; i < n; i++)
    g_test_add_data_func (tests[i].path, &tests[i], run_program);
  return g_test_run ();
}
