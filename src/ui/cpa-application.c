/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-application.h"

#include <malloc.h>
#include <stdlib.h>

#include "cp-validate.h"
#include "cpa-private-files.h"
#include "cpa-settings.h"
#include "cpa-window.h"

#define EXIT_NO_SCREEN 3

struct _CpaApplication
{
  AdwApplication parent_instance;

  gboolean demo;
  CpaSettings *settings; /* (owned) (nullable): until started */
};

G_DEFINE_FINAL_TYPE (CpaApplication, cpa_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "organisation", 0, 0, G_OPTION_ARG_STRING, NULL, "Address of the care organisation, instead of the settings",
    "HOST[:PORT]" },
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, "Trust only the certificate authorities in this PEM file", "FILE" },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, "Run beside a real portal, with settings that are gone afterwards", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Print the version and exit", NULL },
  { NULL }
};

static int
cpa_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  CpaApplication *self = CPA_APPLICATION (application);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  const char *organisation = NULL;
  const char *ca_file = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("clientportaal %s\n", APP_VERSION);
      return EXIT_SUCCESS;
    }
  g_variant_dict_lookup (dict, "organisation", "&s", &organisation);
  g_variant_dict_lookup (dict, "ca-file", "^&ay", &ca_file);
  if (organisation != NULL && (address = cp_validate_address (organisation, NULL)) == NULL)
    {
      g_printerr ("clientportaal: --organisation=%s is not HOST or HOST:PORT\n", organisation);
      return EXIT_FAILURE;
    }
  self->settings = cpa_settings_new (self->demo, &error);
  if (self->settings == NULL)
    {
      g_printerr ("clientportaal: %s\n", error->message);
      return EXIT_FAILURE;
    }
  cpa_settings_override (self->settings, address, ca_file);
  return -1;
}

/* Reading style sheets, templates and pictures leaves some megabytes of freed memory behind: it goes back to the
 * system, because the app stays open all day on a computer that may have little. */
static gboolean
give_back_memory_cb (gpointer user_data)
{
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static void
cpa_application_activate (GApplication *application)
{
  CpaApplication *self = CPA_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (cpa_window_new (GTK_APPLICATION (application), self->settings));
      g_timeout_add_seconds (1, give_back_memory_cb, NULL);
    }
  gtk_window_present (window);
}

/* From a browser: for this program, or handed over by one that was started beside it. */
static void
cpa_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autofree char *uri = g_file_get_uri (files[0]);

  g_application_activate (application);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    if (CPA_IS_WINDOW (l->data))
      {
        cpa_window_open (l->data, uri);
        return;
      }
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry actions[] = { { "close", close_cb, NULL, NULL, NULL, { 0 } } };

static void
cpa_application_startup (GApplication *application)
{
  static const char *const close_keys[] = { "<Control>q", "<Control>w", NULL };

  /* GTK would end with the 1 of any failure; who starts the app from a script can tell this one. */
  if (!gtk_init_check ())
    {
      g_printerr ("%s: the screen cannot be opened\n", g_get_prgname ());
      exit (EXIT_NO_SCREEN);
    }
  G_APPLICATION_CLASS (cpa_application_parent_class)->startup (application);
  cpa_private_files_remove_all ();
  gtk_window_set_default_icon_name (APP_ID);
  /* Text that can be selected is not, just because Tab comes by. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.close", close_keys);
}

static void
cpa_application_finalize (GObject *object)
{
  g_clear_object (&CPA_APPLICATION (object)->settings);
  G_OBJECT_CLASS (cpa_application_parent_class)->finalize (object);
}

static void
cpa_application_class_init (CpaApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_application_finalize;
  G_APPLICATION_CLASS (klass)->handle_local_options = cpa_application_handle_local_options;
  G_APPLICATION_CLASS (klass)->activate = cpa_application_activate;
  G_APPLICATION_CLASS (klass)->open = cpa_application_open;
  G_APPLICATION_CLASS (klass)->startup = cpa_application_startup;
}

static void
cpa_application_init (CpaApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

CpaApplication *
cpa_application_new (gboolean demo)
{
  CpaApplication *self = g_object_new (CPA_TYPE_APPLICATION, "application-id", demo ? APP_ID ".Demo" : APP_ID,
                                       "resource-base-path", APP_RESOURCES, "flags", G_APPLICATION_HANDLES_OPEN, NULL);

  self->demo = demo;
  return self;
}
