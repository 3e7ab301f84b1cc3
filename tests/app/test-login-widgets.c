/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cp-error.h"
#include "cpa-code-entry.h"
#include "cpa-login-page.h"
#include "cpa-password-field.h"
#include "cpa-password-rules.h"
#include "cpa-resend.h"
#include "screen-kit.h"

static int slept_seconds;

/* In place of the C library's: a machine that slept. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && clock == CLOCK_BOOTTIME)
    time->tv_sec += slept_seconds;
  return result;
}

/* The one field under the six cells. */
static GtkEditable *
field_of (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = field_of (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_into (CpaCodeEntry *entry, const char *text)
{
  GtkEditable *field = field_of (GTK_WIDGET (entry));
  int position = gtk_editable_get_position (field);

  gtk_editable_insert_text (gtk_editable_get_delegate (field), text, -1, &position);
  gtk_editable_set_position (field, position);
}

static void
test_paste (void)
{
  g_autoptr (CpaCodeEntry) entry = g_object_ref_sink (g_object_new (CPA_TYPE_CODE_ENTRY, NULL));

  type_into (entry, " 417-203\n");
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "417203");
}

static void
test_typing (void)
{
  g_autoptr (CpaCodeEntry) entry = g_object_ref_sink (g_object_new (CPA_TYPE_CODE_ENTRY, NULL));
  static const char *const keys[] = { "1", "x", "2", " ", "3", "4", "é", "5", "6", "7", "8" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    type_into (entry, keys[i]);
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "123456");
}

/* Who is told that digits are missing goes on behind those that are there. */
static void
test_going_on (void)
{
  GtkWidget *window = gtk_window_new ();
  CpaCodeEntry *entry = g_object_new (CPA_TYPE_CODE_ENTRY, NULL);
  GtkEditable *field = field_of (GTK_WIDGET (entry));

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (entry));
  gtk_window_present (GTK_WINDOW (window));
  type_into (entry, "12");
  gtk_editable_select_region (field, 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  g_assert_false (gtk_editable_get_selection_bounds (field, NULL, NULL));
  type_into (entry, "3456");
  g_assert_cmpstr (cpa_code_entry_get_text (entry), ==, "123456");
  gtk_window_destroy (GTK_WINDOW (window));
}

static CpaPasswordRules *
new_rules (void)
{
  g_autoptr (CpOrganisation) organisation = cp_organisation_new ();
  CpaPasswordRules *rules = g_object_ref_sink (g_object_new (CPA_TYPE_PASSWORD_RULES, NULL));

  organisation->name = g_strdup ("De Linde");
  organisation->password_min = 12;
  cpa_password_rules_setup (rules, organisation, "m.debruin");
  return rules;
}

static void
test_rules (void)
{
  g_autoptr (CpaPasswordRules) rules = new_rules ();
  g_autoptr (GError) error = NULL;

  g_assert_true (cpa_password_rules_accept (rules, "vier losse fietsbellen", NULL));
  g_assert_true (cpa_password_rules_accept (rules, "éééééééééééé", NULL));
  g_assert_false (cpa_password_rules_accept (rules, "elf tekens.", &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_PASSWORD_SHORT);
}

static gboolean
is_ticked_for_names (CpaPasswordRules *rules, const char *password)
{
  GObject *icon = gtk_widget_get_template_child (GTK_WIDGET (rules), CPA_TYPE_PASSWORD_RULES, "name_icon");

  cpa_password_rules_check (rules, password);
  return gtk_widget_has_css_class (GTK_WIDGET (icon), "cp-accent");
}

/* What is ticked is not refused afterwards. */
static void
test_names (void)
{
  static const char *const refused[] = { "", "m.DeBruin vier fietsen", "vier de-bruin fietsen", "fietsen van deLinde" };
  g_autoptr (CpaPasswordRules) rules = new_rules ();

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (is_ticked_for_names (rules, refused[i]));
  g_assert_true (is_ticked_for_names (rules, "vier losse fietsbellen"));
}

/* Without a page yet. */
static Screen
new_screen (const char *scenario)
{
  Screen screen = { .api = fixture_api_new (scenario) };

  screen.context = fixture_context_new (screen.api, "session", -1);
  return screen;
}

static Screen
open_login (void)
{
  Screen screen = new_screen (NULL);
  const CpOrganisation *organisation = cpa_context_get_organisation (screen.context);
  g_autoptr (CpaAccount) account = cpa_account_new (screen.api, organisation, "delinde.example");

  show_page (&screen, cpa_login_page_new (account, organisation, NULL), -1);
  cpa_login_page_set_username (CPA_LOGIN_PAGE (screen.page), "m.debruin");
  return screen;
}

/* What is seen of the organisation or the portal. */
static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget) && gtk_widget_get_opacity (widget) == 1;
}

/* The page of an organisation that chose no name of its own, or that one and a picture. */
static Screen
open_login_of (const char *portal_name, const char *scenario)
{
  Screen screen = new_screen (scenario);
  CpOrganisation *organisation = (CpOrganisation *) cpa_context_get_organisation (screen.context);
  g_autoptr (CpaAccount) account = cpa_account_new (screen.api, organisation, "delinde.example");

  organisation->portal_name = g_strdup (portal_name);
  organisation->has_picture = portal_name != NULL;
  show_page (&screen, cpa_login_page_new (account, organisation, NULL), -1);
  return screen;
}

/* How it looks and what it is called is the organisation's to choose. */
static void
test_of_the_organisation (void)
{
  Screen screen = open_login_of (NULL, NULL);
  GdkPaintable *shown;
  GtkWidget *picture;

  assert_says (&screen, "Client Portal");
  close_screen (&screen);
  screen = open_login_of ("Mijn Linde", NULL);
  assert_says (&screen, "Mijn Linde");
  assert_does_not_say (&screen, "Client Portal");
  picture = find (screen.page, is_picture, NULL);
  shown = gtk_picture_get_paintable (GTK_PICTURE (picture));
  g_assert_cmpfloat (gdk_paintable_get_intrinsic_aspect_ratio (shown), ==, 2.0 / 5);
  close_screen (&screen);
}

static graphene_rect_t
place_of_form (Screen *screen)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (find (screen->page, is_button_named, "Log In"), screen->page, &place));
  return place;
}

/* Whatever its shape, a picture leaves the form where it is, and of one that is not upright nothing is cut off. */
static void
test_shapes_of_pictures (void)
{
  static const struct
  {
    const char *scenario;
    GtkContentFit fit;
  } pictures[] = { { "login-upright", GTK_CONTENT_FIT_COVER },
                   { "login-wide", GTK_CONTENT_FIT_SCALE_DOWN },
                   { NULL, GTK_CONTENT_FIT_SCALE_DOWN } };
  Screen screen = open_login_of (NULL, NULL);
  graphene_rect_t usual = place_of_form (&screen);

  close_screen (&screen);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      graphene_rect_t form;
      GtkWidget *picture;

      screen = open_login_of ("Mijn Linde", pictures[i].scenario);
      picture = find (screen.page, is_picture, NULL);
      form = place_of_form (&screen);
      g_assert_true (graphene_rect_equal (&form, &usual));
      g_assert_cmpint (gtk_picture_get_content_fit (GTK_PICTURE (picture)), ==, pictures[i].fit);
      close_screen (&screen);
    }
}

/* Somebody may look over the shoulder when it is typed again. */
static void
test_a_password_that_was_wrong (void)
{
  Screen screen = open_login ();
  GtkWidget *show, *text;

  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 560);
  text = find (find (screen.page, is_password, NULL), is_text, NULL);
  show = find (screen.page, is_button_named, "Show");
  gtk_editable_set_text (GTK_EDITABLE (text), "vier losse gekke fietsbellen");
  press (&screen, "Show");
  g_assert_true (gtk_text_get_visibility (GTK_TEXT (text)));
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_LOGIN, CP_ERROR_LOGIN_FAILED);
  press (&screen, "Log In");
  assert_says (&screen, "Your username is still filled in.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_assert_false (gtk_text_get_visibility (GTK_TEXT (text)));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (show)));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == text);
  /* The button that the sentence names is there. */
  settle ();
  g_assert_true (is_in_sight (find (screen.page, is_button_named, "Forgot Password?")));
  g_assert_true (is_in_sight (text));
  /* What the server did not judge stays as it is. */
  gtk_editable_set_text (GTK_EDITABLE (text), "vier losse gekke fietsbellen");
  press (&screen, "Show");
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_LOGIN, CP_ERROR_UNREACHABLE);
  press (&screen, "Log In");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "vier losse gekke fietsbellen");
  g_assert_true (gtk_text_get_visibility (GTK_TEXT (text)));
  close_screen (&screen);
}

static gboolean
is_hint (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
}

static gboolean
is_error (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-field-error");
}

static gboolean
is_password_entry (GtkWidget *widget, const char *text)
{
  return GTK_IS_PASSWORD_ENTRY (widget);
}

/* GTK 4.8 holds no two lists for equal, and tells what is there instead. */
static void
assert_described (GtkAccessible *entry, GtkWidget *first, GtkWidget *second, GtkWidget *third)
{
  g_autofree char *found =
      gtk_test_accessible_check_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, first, second, third, NULL);
  GtkWidget *const wanted[] = { first, second, third };

  for (gsize i = 0; found != NULL && i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *name = g_strdup_printf ("<%p>", (void *) wanted[i]);

      g_assert_true (wanted[i] == NULL || strstr (found, name) != NULL);
    }
}

/* What stands under the field is read out with it, also where a page adds a sentence of its own. */
static void
test_the_hint_of_a_password (void)
{
  g_autoptr (GtkWidget) field =
      g_object_ref_sink (g_object_new (CPA_TYPE_PASSWORD_FIELD, "label", "Password", "hint", "At least 12", NULL));
  g_autoptr (GtkWidget) sentence = g_object_ref_sink (gtk_label_new ("Wrong"));
  GtkAccessible *entry = GTK_ACCESSIBLE (find (field, is_password_entry, NULL));
  GtkWidget *hint = find (field, is_hint, "At least 12");
  GtkWidget *error = find (field, is_error, NULL);

  assert_described (entry, hint, error, NULL);
  cpa_password_field_describe (CPA_PASSWORD_FIELD (field), sentence);
  assert_described (entry, hint, error, sentence);
}

static gboolean
offers_code (GtkWidget *window)
{
  GtkWidget *button = find (window, is_button_named, "Send New Code");

  return button != NULL && gtk_widget_get_visible (button);
}

/* The computer sleeps while it counts: what the server lets one do again is not kept back for that. */
static void
test_a_pause_in_sleep (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *resend = cpa_resend_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 begin = g_get_monotonic_time ();

  gtk_window_set_child (GTK_WINDOW (window), resend);
  gtk_window_present (GTK_WINDOW (window));
  cpa_resend_start (CPA_RESEND (resend), 30, 0, zone);
  g_assert_false (offers_code (window));
  slept_seconds = 60;
  while (!offers_code (window) && g_get_monotonic_time () - begin < 10 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (offers_code (window));
  slept_seconds = 0;
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/login-widgets/paste", test_paste },
    { "/login-widgets/typing", test_typing },
    { "/login-widgets/going-on", test_going_on },
    { "/login-widgets/rules", test_rules },
    { "/login-widgets/names", test_names },
    { "/login-widgets/a-pause-in-sleep", test_a_pause_in_sleep },
    { "/login-widgets/a-password-that-was-wrong", test_a_password_that_was_wrong },
    { "/login-widgets/the-hint-of-a-password", test_the_hint_of_a_password },
    { "/login-widgets/of-the-organisation", test_of_the_organisation },
    { "/login-widgets/shapes-of-pictures", test_shapes_of_pictures },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
