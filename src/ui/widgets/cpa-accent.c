/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-accent.h"

#include <adwaita.h>

#include "cp-color.h"

#define CONTRAST 4.5
#define MIX_STEP 0.02f
#define MIX_MAX 0.5f

/* The grounds of style.css and style-dark.css on which text in the accent is hardest to read. */
static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA light_ground = { 0xfa / 255.f, 0xf7 / 255.f, 0xf2 / 255.f, 1 };
static const GdkRGBA dark_ground = { 0x32 / 255.f, 0x2e / 255.f, 0x2b / 255.f, 1 };

static double
luminance (const GdkRGBA *color)
{
  return cp_color_luminance (color->red, color->green, color->blue);
}

static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = luminance (a) + 0.05;
  double two = luminance (b) + 0.05;

  return MAX (one, two) / MIN (one, two);
}

static GdkRGBA
mix (const GdkRGBA *color, const GdkRGBA *towards, float part)
{
  return (GdkRGBA){ color->red + (towards->red - color->red) * part,
                    color->green + (towards->green - color->green) * part,
                    color->blue + (towards->blue - color->blue) * part, 1 };
}

/* Moves color towards another one until it stands out from ground; FALSE when that takes too much. */
static gboolean
stand_out (GdkRGBA *color, const GdkRGBA *towards, const GdkRGBA *ground)
{
  for (float part = 0; part <= MIX_MAX; part += MIX_STEP)
    {
      GdkRGBA mixed = mix (color, towards, part);

      if (contrast (&mixed, ground) >= CONTRAST)
        {
          *color = mixed;
          return TRUE;
        }
    }
  return FALSE;
}

char *
cpa_accent_css (const char *color, gboolean dark)
{
  GdkRGBA background, text;
  g_autofree char *background_css = NULL;
  g_autofree char *text_css = NULL;

  if (color == NULL || color[0] != '#' || strlen (color) != strlen ("#rrggbb") || !gdk_rgba_parse (&background, color))
    return NULL;
  text = background;
  if (!stand_out (&background, &black, &white) ||
      !stand_out (&text, dark ? &white : &black, dark ? &dark_ground : &light_ground))
    return NULL;
  background_css = gdk_rgba_to_string (&background);
  text_css = gdk_rgba_to_string (&text);
  return g_strdup_printf ("@define-color accent_bg_color %s;\n@define-color accent_color %s;\n", background_css,
                          text_css);
}

/* One for the program: there is one display, and one organisation at a time. */
static GtkCssProvider *provider;
static char *applied;

static void
reload_cb (void)
{
  g_autofree char *css = cpa_accent_css (applied, adw_style_manager_get_dark (adw_style_manager_get_default ()));

  gtk_css_provider_load_from_data (provider, css != NULL ? css : "", -1);
}

void
cpa_accent_apply (const char *color)
{
  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
      g_signal_connect (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (reload_cb), NULL);
    }
  g_free (applied);
  applied = g_strdup (color);
  reload_cb ();
}
