/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-settings.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <string.h>

#include "cp-validate.h"

#define KEY_ORGANISATION "organisation"
#define KEY_CA_FILE "ca-file"
#define KEY_SHARED "shared-computer"
#define KEY_TICKED "shared-ticked"
#define KEY_ORGANISATIONS "organisations"
#define KEY_WIDTH "window-width"
#define KEY_HEIGHT "window-height"
#define KEY_MAXIMIZED "window-maximized"

#define ORGANISATIONS_MAX 10

struct _CpaSettings
{
  GObject parent_instance;

  GSettings *settings; /* (owned) */
  char *organisation;  /* (owned) (nullable): of the command line */
  char *ca_file;       /* (owned) (nullable): of the command line */
};

G_DEFINE_FINAL_TYPE (CpaSettings, cpa_settings, G_TYPE_OBJECT)

static void
cpa_settings_finalize (GObject *object)
{
  CpaSettings *self = CPA_SETTINGS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->organisation, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  G_OBJECT_CLASS (cpa_settings_parent_class)->finalize (object);
}

static void
cpa_settings_class_init (CpaSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_settings_finalize;
}

static void
cpa_settings_init (CpaSettings *self)
{
}

CpaSettings *
cpa_settings_new (gboolean in_memory, GError **error)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
  g_autoptr (GSettingsBackend) backend = in_memory ? g_memory_settings_backend_new () : NULL;
  CpaSettings *self;

  if (schema == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The settings schema %s is not installed", APP_ID);
      return NULL;
    }
  self = g_object_new (CPA_TYPE_SETTINGS, NULL);
  self->settings = g_settings_new_full (schema, backend, NULL);
  return self;
}

void
cpa_settings_override (CpaSettings *self, const char *organisation, const char *ca_file)
{
  g_free (self->organisation);
  self->organisation = g_strdup (organisation);
  g_free (self->ca_file);
  self->ca_file = g_strdup (ca_file);
}

char *
cpa_settings_get_preset (CpaSettings *self)
{
  g_autofree char *text = g_settings_get_string (self->settings, KEY_ORGANISATION);
  g_autoptr (GError) error = NULL;
  char *address;

  if (self->organisation != NULL)
    return g_strdup (self->organisation);
  if (*text == '\0')
    return NULL;
  address = cp_validate_address (text, &error);
  if (address == NULL)
    g_warning ("The setting %s is not an address and is not used", KEY_ORGANISATION);
  return address;
}

char *
cpa_settings_get_ca_file (CpaSettings *self, const char *address)
{
  g_autofree char *preset = cpa_settings_get_preset (self);
  g_autofree char *file =
      self->ca_file != NULL ? g_strdup (self->ca_file) : g_settings_get_string (self->settings, KEY_CA_FILE);

  if (*file == '\0' || (preset != NULL && g_strcmp0 (preset, address) != 0))
    return NULL;
  return g_steal_pointer (&file);
}

gboolean
cpa_settings_get_shared_computer (CpaSettings *self)
{
  return g_settings_get_boolean (self->settings, KEY_SHARED);
}

gboolean
cpa_settings_get_ticked (CpaSettings *self)
{
  return g_settings_get_boolean (self->settings, KEY_TICKED);
}

void
cpa_settings_set_ticked (CpaSettings *self, gboolean ticked)
{
  g_settings_set_boolean (self->settings, KEY_TICKED, ticked);
}

GVariant *
cpa_settings_get_organisations (CpaSettings *self)
{
  if (cpa_settings_get_shared_computer (self))
    return g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(ss)"), NULL, 0));
  return g_settings_get_value (self->settings, KEY_ORGANISATIONS);
}

gboolean
cpa_settings_knows (CpaSettings *self, const char *address)
{
  g_autoptr (GVariant) known = cpa_settings_get_organisations (self);
  GVariantIter iter;
  const char *one;

  g_variant_iter_init (&iter, known);
  while (g_variant_iter_next (&iter, "(&s&s)", &one, NULL))
    if (strcmp (one, address) == 0)
      return TRUE;
  return FALSE;
}

void
cpa_settings_remember (CpaSettings *self, const char *address, const char *name)
{
  g_autoptr (GVariant) before = cpa_settings_get_organisations (self);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *old_address, *old_name;
  int n = 1;

  if (cpa_settings_get_shared_computer (self))
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  g_variant_builder_add (&builder, "(ss)", address, name);
  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "(&s&s)", &old_address, &old_name))
    if (g_strcmp0 (old_address, address) != 0 && n++ < ORGANISATIONS_MAX)
      g_variant_builder_add (&builder, "(ss)", old_address, old_name);
  g_settings_set_value (self->settings, KEY_ORGANISATIONS, g_variant_builder_end (&builder));
}

void
cpa_settings_get_window (CpaSettings *self, int *width, int *height, gboolean *maximized)
{
  *width = g_settings_get_int (self->settings, KEY_WIDTH);
  *height = g_settings_get_int (self->settings, KEY_HEIGHT);
  *maximized = g_settings_get_boolean (self->settings, KEY_MAXIMIZED);
}

void
cpa_settings_set_window (CpaSettings *self, int width, int height, gboolean maximized)
{
  g_settings_set_boolean (self->settings, KEY_MAXIMIZED, maximized);
  if (maximized)
    return;
  g_settings_set_int (self->settings, KEY_WIDTH, width);
  g_settings_set_int (self->settings, KEY_HEIGHT, height);
}
