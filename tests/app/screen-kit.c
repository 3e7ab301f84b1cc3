/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen-kit.h"

#include <string.h>

#include "cpa-language.h"
#include "cpa-page.h"
#include "cpa-password-field.h"
#include "page-table.h"

/* Looks, a millisecond apart: so many after each other are quiet, and for so many in all that is waited for. */
#define SETTLE_QUIET 120
#define SETTLE_IDLE 2000
#define SETTLE_LONGEST (20 * G_TIME_SPAN_SECOND)
/* Longer than the pointer rests before GTK asks for a tooltip. */
#define TOOLTIP_MS 700

/* AdwMessageDialog 1.7 measures the large letters of its title also where only the small ones have room, which GTK 4.18
 * complains of; what is on the screen is right. */
static gboolean
is_of_a_title (const char *message)
{
  static const char start[] = "Trying to measure GtkLabel 0x";
  GtkWidget *label;

  if (!g_str_has_prefix (message, start))
    return FALSE;
  label = (gpointer) (gsize) g_ascii_strtoull (message + strlen (start), NULL, 16);
  return gtk_widget_has_css_class (label, "title-2") && ADW_IS_MESSAGE_DIALOG (gtk_widget_get_root (label));
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && is_of_a_title (fields[i].value))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, user_data);
}

gboolean
screen_init (int *argc, char ***argv, const char *language)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("LANGUAGE", language, TRUE);
  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  adw_init ();
  fixture_set_time ();
  /* What moves is never still; and of lines that are no whole number of pixels high GTK 4.8 complains itself. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE,
                "gtk-hint-font-metrics", TRUE, NULL);
  return TRUE;
}

int
screen_main (int argc, char **argv, const ScreenTest *tests)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  for (const ScreenTest *test = tests; test->path != NULL; test++)
    g_test_add_func (test->path, test->run);
  return g_test_run ();
}

void
settle_at_once (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Reckoned in looks at which nothing was ready, and not by the clock: on a machine that has more to do the program
 * itself may be kept waiting for as long. */
void
settle (void)
{
  gint64 end = g_get_monotonic_time () + SETTLE_LONGEST;
  guint quiet = 0;

  for (guint idle = 0; quiet < SETTLE_QUIET && idle < SETTLE_IDLE && g_get_monotonic_time () < end;)
    if (g_main_context_iteration (NULL, FALSE))
      quiet = 0;
    else
      {
        g_usleep (1000);
        quiet++;
        idle++;
      }
}

/* That timer began before this one and is shorter: it is dispatched before it, also when this process was held up
 * meanwhile. */
void
let_tooltip_come (GtkWidget *window)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  /* Where the pointer is has been told. */
  gdk_display_sync (gtk_widget_get_display (window));
  settle_at_once ();
  g_timeout_add_once (TOOLTIP_MS, (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
}

Screen
open_screen (const char *name, const char *scenario, const char *session, int width)
{
  Screen screen = { .api = fixture_api_new (scenario) };
  GtkWidget *toasts = adw_toast_overlay_new ();

  screen.context = fixture_context_new (screen.api, session, 0);
  screen.page = page_table_new_page (name, screen.context);
  screen.window = adw_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), page_table_frame (screen.context, screen.page));
  adw_window_set_content (ADW_WINDOW (screen.window), toasts);
  gtk_window_set_default_size (GTK_WINDOW (screen.window), width, 700);
  gtk_window_present (GTK_WINDOW (screen.window));
  settle ();
  return screen;
}

void
show_page (Screen *screen, GtkWidget *page, int width)
{
  screen->page = page;
  screen->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (screen->window), page);
  gtk_window_set_default_size (GTK_WINDOW (screen->window), width, 720);
  gtk_window_present (GTK_WINDOW (screen->window));
  settle ();
}

void
refresh (Screen *screen)
{
  cpa_page_refresh (CPA_PAGE (screen->page));
  settle ();
}

void
close_screen (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->window));
  settle ();
  /* What a page owns ends with it: nothing holds on to whose portal this was. */
  g_assert_cmpint (G_OBJECT (screen->context)->ref_count, ==, 1);
  g_object_unref (screen->context);
  g_assert_finalize_object (screen->api);
}

GtkWidget *
find (GtkWidget *widget, Match match, const char *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
says (GtkWidget *widget, const char *text)
{
  const char *said = GTK_IS_LABEL (widget)         ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                                                   : NULL;

  return said != NULL && gtk_widget_get_mapped (widget) && strstr (said, text) != NULL;
}

/* As GTK reckons: the label that a widget points to goes before what it is called. A button of a newer GTK points to
 * its own text; in GTK 4.8 it is called by it. */
gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = NULL;

  if (GTK_IS_BUTTON (widget) &&
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return difference == NULL;
}

gboolean
is_button_named (GtkWidget *widget, const char *name)
{
  return GTK_IS_BUTTON (widget) && is_named (widget, name);
}

gboolean
is_selectable (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget));
}

gboolean
is_password (GtkWidget *widget, const char *text)
{
  return CPA_IS_PASSWORD_FIELD (widget);
}

gboolean
is_text (GtkWidget *widget, const char *text)
{
  return GTK_IS_TEXT (widget);
}

gboolean
shows (GtkWidget *widget, const char *text)
{
  return widget != NULL && find (widget, says, text) != NULL;
}

gboolean
tells (GtkWidget *widget, const char *text)
{
  GtkWidget *said = find (widget, says, text);

  while (said != NULL && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (said)) != GTK_ACCESSIBLE_ROLE_ALERT)
    said = gtk_widget_get_parent (said);
  return said != NULL && !is_named (said, "");
}

void
assert_says (Screen *screen, const char *text)
{
  if (!shows (screen->window, text))
    g_error ("not on screen: %s", text);
}

void
assert_does_not_say (Screen *screen, const char *text)
{
  g_assert_false (shows (screen->window, text));
}

void
press (Screen *screen, const char *name)
{
  GtkWidget *button = find (screen->window, is_button_named, name);

  if (button == NULL)
    g_error ("no button %s", name);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

void
choose_tab (Screen *screen, const char *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (screen->window, is_button_named, name)), TRUE);
  settle ();
}

int
least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, scroller, &place) && place.origin.y >= -0.5 &&
         place.origin.y + place.size.height <= gtk_widget_get_height (scroller) + 0.5;
}

gboolean
is_list (GtkWidget *widget, const char *text)
{
  return GTK_IS_LIST_VIEW (widget);
}

GtkWidget *
find_list (Screen *screen)
{
  GtkWidget *list = find (screen->window, is_list, NULL);

  g_assert_nonnull (list);
  return list;
}
