/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-settings.h"

static CpaSettings *
new_settings (void)
{
  g_autoptr (GError) error = NULL;
  CpaSettings *settings = cpa_settings_new (TRUE, &error);

  g_assert_no_error (error);
  return settings;
}

static void
test_command_line_wins (void)
{
  g_autoptr (CpaSettings) settings = new_settings ();
  g_autofree char *none = cpa_settings_get_preset (settings);
  g_autofree char *preset = NULL;
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;

  g_assert_null (none);
  cpa_settings_override (settings, "portaal.example:8443", "ca.pem");
  preset = cpa_settings_get_preset (settings);
  g_assert_cmpstr (preset, ==, "portaal.example:8443");
  own = cpa_settings_get_ca_file (settings, "portaal.example:8443");
  g_assert_cmpstr (own, ==, "ca.pem");
  /* The authority of one organisation vouches for no other. */
  other = cpa_settings_get_ca_file (settings, "elders.example");
  g_assert_null (other);
}

static void
test_remembers_the_last_first (void)
{
  g_autoptr (CpaSettings) settings = new_settings ();
  g_autoptr (GVariant) known = NULL;
  const char *address;

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%d.example", i);
      cpa_settings_remember (settings, host, "De Linde");
    }
  cpa_settings_remember (settings, "h5.example", "De Linde");
  known = cpa_settings_get_organisations (settings);
  g_assert_cmpuint (g_variant_n_children (known), ==, 10);
  g_variant_get_child (known, 0, "(&s&s)", &address, NULL);
  g_assert_cmpstr (address, ==, "h5.example");
  g_variant_get_child (known, 1, "(&s&s)", &address, NULL);
  g_assert_cmpstr (address, ==, "h11.example");
}

int
main (int argc, char **argv)
{
  g_setenv ("GSETTINGS_SCHEMA_DIR", BUILT_SCHEMA_DIR, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/command-line", test_command_line_wins);
  g_test_add_func ("/settings/remember", test_remembers_the_last_first);
  return g_test_run ();
}
