/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The windows of Gebruikersbeheer: adding somebody, completing a contact, another number; and what stays when something
 * is wrong. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cpa-people-page.h"
#include "fixture-api.h"
#include "people-kit.h"

static void
add_with_address (const char *email)
{
  people_press ("Add User");
  people_type ("E-mail Address", email);
  people_press ("Add");
}

static void
fill_in_joost (void)
{
  people_type ("Name", "Joost Vermeer");
  people_click_box ("Brother");
  people_type ("Username", "j.vermeer");
  people_type ("Mobile Number", "06 12 34 56 78");
}

static void
test_address_first (void)
{
  static const struct
  {
    const char *email, *sentence;
  } wrong[] = {
    { "", "Fill in the e-mail address. Without it the invitation cannot be sent." },
    { "joost", "This is not an e-mail address." },
    { "joost@example.org, piet@example.org", "Fill in one e-mail address, without spaces." },
    { "\u202ejoost@example.org", "This is not an e-mail address." },
    { "😀@example.org", "This is not an e-mail address." },
    { "joke@example.org", "Joke Hofstra is already in the list with this address." },
    { "marijke@example.org", "This is your own address. You have access already." },
    { "veel@example.org", "You have looked up many addresses today. Nothing is lost. You can go on tomorrow." },
  };
  Screen screen = people_open (NULL, 1000);

  people_press ("Add User");
  people_assert_says ("Step 1 of 2. Fill in the e-mail address.");
  g_assert_null (people_find (says, "Username"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      people_type ("E-mail Address", wrong[i].email);
      people_press ("Add");
      people_assert_says (wrong[i].sentence);
      g_assert_cmpstr (people_typed ("E-mail Address"), ==, wrong[i].email);
      g_assert_null (people_find (says, "Username"));
    }
  people_press ("Cancel");
  people_assert_says ("Close Without Saving?");
  people_press ("Go On Editing");
  people_press ("Cancel");
  people_press ("Do Not Save");
  people_assert_does_not_say ("Step 1 of 2.");
  close_screen (&screen);
}

static void
test_somebody_new (void)
{
  Screen screen = people_open (NULL, 1000);

  add_with_address ("joost@example.org");
  people_assert_says ("Step 2 of 2. Tell us who this is.");
  people_assert_says ("Relation to Wil de Bruin");
  people_press ("Add");
  people_assert_says ("Fill in the name.");
  people_assert_says ("Choose the relation.");
  people_assert_says ("Fill in a username.");
  people_assert_says ("Fill in the mobile number. The text message with the code goes to it.");
  people_assert_says ("Some fields are not right yet. What you filled in is kept.");
  fill_in_joost ();
  people_press ("Add");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==,
                   "{\"email\":\"joost@example.org\",\"relation\":\"brother\",\"name\":\"Joost Vermeer\",\"username\":"
                   "\"j.vermeer\",\"mobile\":\"06 12 34 56 78\"}");
  people_assert_does_not_say ("Step 2 of 2.");
  people_assert_says ("Joost Vermeer has been added. Joost Vermeer gets the invitation by e-mail when you tick the "
                      "first part.");
  people_assert_says ("Has no rights yet. Tick what Joost Vermeer may see.");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == people_box ("Messages for Joost Vermeer"));
  /* And with the first tick the invitation waits for its minute. */
  people_click_box ("Messages for Joost Vermeer");
  people_assert_says ("Joost Vermeer: The invitation goes out in");
  close_screen (&screen);
}

/* Before anything else is asked; and with the first tick, which goes back. */
static void
test_of_who_has_died (void)
{
  static const char sentence[] = "No invitations are sent any more after somebody has died. Whoever has access now can "
                                 "still read what is here. Do you have a question? Call ";
  Screen screen = people_open (NULL, 1000);

  people_fail (&screen, CP_ERROR_DECEASED);
  add_with_address ("joost@example.org");
  people_assert_says (sentence);
  g_assert_null (people_find (says, "Username"));
  people_press ("Cancel");
  people_press ("Do Not Save");
  people_assert_does_not_say (sentence);
  people_fail (&screen, CP_ERROR_DECEASED);
  people_click_box ("Details for Sanne Visser");
  people_assert_says (sentence);
  g_assert_false (people_is_ticked ("Details for Sanne Visser"));
  close_screen (&screen);
}

/* The death is known before one begins. */
static void
test_nobody_is_added_to_who_has_died (void)
{
  static const struct
  {
    const char *session;
    gboolean added;
  } cases[] = { { "session", TRUE }, { "session-died", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen ("people", NULL, cases[i].session, 1000);

      g_assert_cmpint (find (screen.window, is_named, "Add User") != NULL, ==, cases[i].added);
      close_screen (&screen);
    }
}

/* Nobody is invited any more, and that is told before a box is ticked. Who has an invitation or access keeps both. */
static void
test_after_a_death (void)
{
  static const char sentence[] = "No invitations are sent any more after somebody has died. Whoever has access now can "
                                 "still read what is here.";
  static const char *const refused[] = { "Wil de Bruin", "Annie Smit", "Aart Postma", "Bea Kuiper",
                                         "Cor Mulder",   "Dirk Bos",   "Fien Kok",    "Gijs Prins" };
  Screen screen = people_open ("died", 500);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *box = g_strdup_printf ("Appointments for %s", refused[i]);

      people_assert_described (box, sentence);
    }
  people_click_box ("Appointments for hans@example.org");
  g_assert_true (people_is_ticked ("Appointments for hans@example.org"));
  people_assert_says (sentence);
  people_assert_does_not_say ("did not arrive.");
  people_assert_does_not_say ("The invitation goes out in");
  g_assert_false (people_can_choose ("Bea Kuiper", "Send Invitation Again"));
  g_assert_true (people_can_choose ("Bea Kuiper", "Withdraw Invitation…"));
  people_click_box ("Appointments for Annie Smit");
  g_assert_false (people_is_ticked ("Appointments for Annie Smit"));
  g_assert_null (people_find (says, "Username"));
  close_screen (&screen);
}

static void
test_somebody_known (void)
{
  Screen screen = people_open (NULL, 1000);

  add_with_address ("bekend@example.org");
  people_assert_says ("Somebody with this address already uses the portal. You only need to fill in the relation.");
  g_assert_null (people_find (says, "Username"));
  people_click_box ("Sister");
  people_press ("Add");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==,
                   "{\"email\":\"bekend@example.org\",\"relation\":\"sister\"}");
  people_assert_says ("Has no rights yet.");
  close_screen (&screen);
}

static void
test_another_address_is_another_person (void)
{
  Screen screen = people_open (NULL, 1000);

  add_with_address ("bekend@example.org");
  people_type ("E-mail Address", "joost@example.org");
  people_assert_says ("Step 1 of 2.");
  people_press ("Add");
  people_assert_says ("Step 2 of 2.");
  fill_in_joost ();
  people_type ("E-mail Address", "joost.vermeer@example.org");
  people_press ("Add");
  /* What was typed is still there. */
  g_assert_cmpstr (people_typed ("Name"), ==, "Joost Vermeer");
  g_assert_cmpstr (people_typed ("Mobile Number"), ==, "06 12 34 56 78");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_LOOKUP), ==, 3);
  people_press ("Cancel");
  people_press ("Do Not Save");
  close_screen (&screen);
}

static void
test_what_the_server_refuses (void)
{
  Screen screen = people_open (NULL, 1000);

  add_with_address ("joost@example.org");
  fill_in_joost ();
  people_type ("Username", "m.debruin");
  people_press ("Add");
  people_assert_says ("This username is already in use. Choose another one, for example m.debruin2.");
  people_type ("Username", "joost vermeer");
  people_press ("Add");
  people_assert_says ("Use only letters, digits, dots and dashes. No spaces.");
  people_type ("Username", "jv");
  people_press ("Add");
  people_assert_says ("A username has 3 to 64 characters.");
  people_type ("Username", "j.vermeer");
  people_type ("Mobile Number", "thuis");
  people_press ("Add");
  people_assert_says ("This is not a phone number.");
  people_type ("Mobile Number", "06 12 34 56 78");
  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_press ("Add");
  people_assert_says ("what you typed is kept");
  g_assert_cmpstr (people_typed ("Name"), ==, "Joost Vermeer");
  g_assert_true (people_is_ticked ("Brother"));
  people_press ("Add");
  people_assert_says ("Has no rights yet. Tick what Joost Vermeer may see.");
  close_screen (&screen);
}

static void
test_names (void)
{
  static const char letters[] = "Wilhelmina Alexandra Johanna van Heemstra Oosterhout de Bruin Hofstra van den Berg "
                                "Westerlaken tot Xy";
  Screen screen = people_open (NULL, 1000);

  add_with_address ("joost@example.org");
  fill_in_joost ();
  people_type ("Name", letters);
  people_press ("Add");
  people_assert_says ("This is 1 character too long. At most 100 fit.");
  g_assert_cmpstr (people_typed ("Name"), ==, letters);
  people_type ("Name", "Joost\u202eremreeV");
  people_press ("Add");
  people_assert_says ("There are characters in this text that we cannot keep.");
  people_type ("Name", "🌷🌷");
  people_press ("Add");
  people_assert_says ("There are characters in this text that we cannot keep.");
  people_type ("Name", "אברהם 🌷 לוי");
  people_press ("Add");
  people_assert_says ("Has no rights yet. Tick what אברהם 🌷 לוי may see.");
  close_screen (&screen);
}

static void
test_contact_is_completed (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Dossier for Annie Smit");
  people_click_box ("Written authority");
  people_press ("Next");
  people_assert_says ("Step 1 of 2. Fill in the e-mail address of Annie Smit. The invitation goes to this address.");
  g_assert_null (people_find (says, "Username"));
  people_press ("Next");
  people_assert_says ("Fill in the e-mail address. Without it the invitation cannot be sent.");
  people_assert_says ("Step 1 of 2.");
  people_type ("E-mail Address", "annie@example.org");
  people_press ("Next");
  /* What the health record has stands there. */
  people_assert_says ("Step 2 of 2. Fill in a username and a mobile number. Check what is filled in already.");
  g_assert_cmpstr (people_typed ("Mobile Number"), ==, "06 12 34 56 01");
  g_assert_cmpstr (people_typed ("Username"), ==, "a.smit");
  g_assert_null (people_find (says, "Relation to Wil de Bruin"));
  /* Another address is perhaps of somebody who is known. */
  people_type ("E-mail Address", "annie@example.com");
  g_assert_null (people_find (says, "Username"));
  people_assert_says ("Step 1 of 2.");
  people_type ("E-mail Address", "annie@example.org");
  people_press ("Next");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==,
                   "{\"email\":\"annie@example.org\",\"username\":\"a.smit\",\"mobile\":\"06 12 34 56 01\",\"contact\":"
                   "\"annieAAAAAAAAAAAAAAAAA\",\"parts\":[\"dossier\"],\"ground\":\"written-authority\"}");
  g_assert_true (people_is_ticked ("Dossier for Annie Smit"));
  people_assert_says ("Annie Smit has been added and gets an invitation by e-mail.");
  people_assert_does_not_say ("Has no rights yet.");
  close_screen (&screen);
}

/* Who uses the portal already has a name and a number of their own there: what would be typed counts for nothing. */
static void
test_contact_uses_the_portal (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Annie Smit");
  people_type ("E-mail Address", "bekend@example.org");
  people_press ("Next");
  g_assert_cmpstr (
      fixture_members_last_body (people_members (&screen)), ==,
      "{\"email\":\"bekend@example.org\",\"contact\":\"annieAAAAAAAAAAAAAAAAA\",\"parts\":[\"messages\"]}");
  people_assert_says ("Annie Smit has been added and gets an invitation by e-mail.");
  g_assert_true (people_is_ticked ("Messages for Annie Smit"));
  close_screen (&screen);
}

static void
test_contact_is_left (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Annie Smit");
  people_assert_says ("Fill In What Is Missing");
  people_press ("Cancel");
  g_assert_false (people_is_ticked ("Messages for Annie Smit"));
  people_assert_says ("Without an e-mail address and a mobile number Annie Smit cannot get access. Nothing has been "
                      "changed.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_ADD), ==, 0);
  close_screen (&screen);
}

/* The person in care is completed the same way: neither a relation nor a reason is asked. */
static void
test_client_is_completed (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Dossier for Wil de Bruin");
  people_assert_says ("Step 1 of 2. Fill in the e-mail address of Wil de Bruin.");
  g_assert_null (people_find (says, "Relation to Wil de Bruin"));
  people_press ("Next");
  people_assert_says ("Fill in the e-mail address. Without it the invitation cannot be sent.");
  people_press ("Cancel");
  people_assert_says ("Without an e-mail address and a mobile number Wil de Bruin cannot get access. Nothing has been "
                      "changed.");
  g_assert_false (people_is_ticked ("Dossier for Wil de Bruin"));
  people_click_box ("Dossier for Wil de Bruin");
  people_type ("E-mail Address", "wil@example.org");
  people_press ("Next");
  people_type ("Mobile Number", "06 12 34 56 70");
  people_press ("Save");
  g_assert_cmpstr (
      fixture_members_last_body (people_members (&screen)), ==,
      "{\"email\":\"wil@example.org\",\"username\":\"w.debruin\",\"mobile\":\"06 12 34 56 70\",\"contact\":"
      "\"wilmemberAAAAAAAAAAAAA\",\"parts\":[\"dossier\"]}");
  people_assert_says ("Wil de Bruin has been added and gets an invitation by e-mail.");
  g_assert_true (people_is_ticked ("Dossier for Wil de Bruin"));
  close_screen (&screen);
}

static void
test_mobile (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Karel Dijkstra", "Change Mobile Number…");
  people_assert_says ("You can change the number until Karel Dijkstra has accepted.");
  people_type ("Mobile Number", "");
  people_press ("Save");
  people_assert_says ("Fill in the mobile number.");
  people_type ("Mobile Number", "+31 6 12 34 56 99");
  people_press ("Save");
  people_assert_says ("Mobile number changed");
  g_assert_cmpstr (fixture_members_find (people_members (&screen), "Karel Dijkstra")->mobile, ==, "+31 6 12 34 56 99");
  close_screen (&screen);
}

/* From the strip that says that the mail did not arrive. */
static void
test_email (void)
{
  static const struct
  {
    const char *email, *sentence;
  } wrong[] = {
    { "", "Fill in the e-mail address." },
    { "els", "This is not an e-mail address." },
    { "els@exmaple.org", "This is the address that was there already." },
    { "joke@example.org", "Joke Hofstra is already in the list with this address." },
    { "ton@example.org", "Somebody uses the portal with this address already." },
  };
  Screen screen = people_open ("states", 500);

  people_press ("Change E-mail Address…: Els Vos");
  people_assert_says ("What was sent before no longer works.");
  g_assert_cmpstr (people_typed ("E-mail Address"), ==, "els@exmaple.org");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      people_type ("E-mail Address", wrong[i].email);
      people_press ("Save");
      people_assert_says (wrong[i].sentence);
    }
  people_type ("E-mail Address", "els@example.org");
  people_press ("Save");
  people_assert_says ("E-mail address changed");
  g_assert_cmpstr (fixture_members_find (people_members (&screen), "Els Vos")->email, ==, "els@example.org");
  g_assert_null (people_find (says, "The e-mail to els@exmaple.org did not arrive."));
  g_assert_false (people_can_choose ("Karel Dijkstra", "Change E-mail Address…"));
  close_screen (&screen);
}

/* The page may go while a window is open, or a change is under way: nothing is told to what is no more. */
static void
test_page_goes (void)
{
  Screen screen = people_open (NULL, 1000);

  fixture_members_hold (people_members (&screen));
  people_click_box ("Messages for Pieter de Bruin");
  people_press ("Add User");
  gtk_window_destroy (GTK_WINDOW (people_find (is_named, "Cancel") != NULL
                                      ? gtk_widget_get_root (people_find (is_named, "Cancel"))
                                      : gtk_widget_get_root (people_find (says, "Step 1 of 2."))));
  fixture_members_let_go (people_members (&screen));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people-forms/address-first", test_address_first },
    { "/people-forms/somebody-new", test_somebody_new },
    { "/people-forms/of-who-has-died", test_of_who_has_died },
    { "/people-forms/nobody-is-added-to-who-has-died", test_nobody_is_added_to_who_has_died },
    { "/people-forms/after-a-death", test_after_a_death },
    { "/people-forms/somebody-known", test_somebody_known },
    { "/people-forms/another-address", test_another_address_is_another_person },
    { "/people-forms/what-the-server-refuses", test_what_the_server_refuses },
    { "/people-forms/names", test_names },
    { "/people-forms/contact-is-completed", test_contact_is_completed },
    { "/people-forms/contact-uses-the-portal", test_contact_uses_the_portal },
    { "/people-forms/contact-is-left", test_contact_is_left },
    { "/people-forms/client-is-completed", test_client_is_completed },
    { "/people-forms/mobile", test_mobile },
    { "/people-forms/email", test_email },
    { "/people-forms/page-goes", test_page_goes },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
