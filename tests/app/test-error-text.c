/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "cpa-code-text.h"
#include "cpa-error-text.h"
#include "cpa-language.h"

static CpOrganisation *
new_organisation (void)
{
  CpOrganisation *organisation = cp_organisation_new ();

  organisation->name = g_strdup ("De Linde");
  organisation->time_zone = g_strdup ("Europe/Amsterdam");
  organisation->desk = cp_text_new ();
  organisation->desk->nl = g_strdup ("de servicedesk");
  organisation->desk->en = g_strdup ("the service desk");
  organisation->phone = g_strdup ("088 000 12 00");
  organisation->password_min = 14;
  return organisation;
}

/* Whatever is known or not: words, and no placeholder left in them. */
static void
check_whole (const GError *error, const CpOrganisation *organisation)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

  g_test_message ("%d: %s: %s", error->code, text->title, text->text);
  g_assert_cmpint ((int) strlen (text->title), >, 0);
  g_assert_cmpint ((int) strlen (text->text), >, 20);
  g_assert_null (strpbrk (text->title, "{}"));
  g_assert_null (strpbrk (text->text, "{}"));
  g_assert_null (strstr (text->text, ": ."));
  g_assert_cmpint (text->button != NULL, ==, text->can_retry);
}

static void
test_every_code (void)
{
  g_autoptr (CpOrganisation) organisation = new_organisation ();

  for (int code = 0; code < CP_ERROR_N_CODES; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CP_ERROR, code, "reason");

      check_whole (error, organisation);
      check_whole (error, NULL);
      cp_error_details (error)->id = g_strdup ("abc");
      cp_error_details (error)->until = 1772542800 * CP_TIME_SECOND;
      cp_error_details (error)->wait_seconds = 40;
      cp_error_details (error)->tries_left = 2;
      check_whole (error, organisation);
      check_whole (error, NULL);
    }
}

static void
test_another_domain (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  check_whole (error, NULL);
}

static void
assert_says (int code, int tries_left, const char *id, const char *words)
{
  g_autoptr (CpOrganisation) organisation = new_organisation ();
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, code, "unknown-ca");
  g_autoptr (CpaErrorText) text = NULL;

  cp_error_details (error)->tries_left = tries_left;
  cp_error_details (error)->id = g_strdup (id);
  text = cpa_error_text_new (error, organisation);
  if (strstr (text->text, words) == NULL)
    g_error ("%s: is not in: %s", words, text->text);
}

static void
test_details (void)
{
  assert_says (CP_ERROR_CODE_WRONG, 1, NULL, "1 try left");
  assert_says (CP_ERROR_CODE_WRONG, 2, NULL, "2 tries left");
  assert_says (CP_ERROR_INTERNAL, 0, "k7-3", "mention this number: k7-3");
  assert_says (CP_ERROR_PASSWORD_SHORT, 0, NULL, "at least 14 characters");
  assert_says (CP_ERROR_BAD_CERTIFICATE, 0, NULL,
               "Technical reason: The certificate is not from an authority that this computer knows. (unknown-ca)");
}

/* Who got no answer of the server's own, or none that can be read, is not told that nothing was changed: it may have
 * been done. The server's own refusals say so. */
static void
test_what_may_have_been_done (void)
{
  static const int unsure[] = { CP_ERROR_TIMEOUT, CP_ERROR_BAD_ANSWER, CP_ERROR_NO_ANSWER, CP_ERROR_UNREACHABLE };

  for (gsize i = 0; i < G_N_ELEMENTS (unsure); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (CP_ERROR, unsure[i], "x");
      g_autoptr (CpOrganisation) organisation = new_organisation ();
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);
      g_autoptr (CpaErrorText) alone = cpa_error_text_new (error, NULL);

      g_assert_null (strstr (text->text, "Nothing has been changed"));
      g_assert_null (strstr (alone->text, "Nothing has been changed"));
    }
  assert_says (CP_ERROR_BAD_ANSWER, 0, NULL, "Were you saving something? First look whether that is done.");
  assert_says (CP_ERROR_NO_ANSWER, 0, NULL, "Were you saving something? First look whether that is done.");
  assert_says (CP_ERROR_TIMEOUT, 0, NULL, "Were you saving something? First look whether that is done.");
  assert_says (CP_ERROR_BAD_REQUEST, 0, NULL, "Nothing has been changed");
}

/* Whom to ask for another password depends on where the one that is over came from. */
static void
test_a_temporary_password_that_is_over (void)
{
  g_autoptr (CpOrganisation) organisation = new_organisation ();
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_TEMPORARY_PASSWORD_EXPIRED, "over");
  g_autoptr (CpaErrorText) asked = cpa_error_text_new (error, organisation);
  g_autoptr (CpaErrorText) invited = NULL;

  cp_error_details (error)->reason = g_strdup ("invitation");
  invited = cpa_error_text_new (error, organisation);
  g_assert_nonnull (strstr (asked->text, "Ask for a new one with “Forgot Password?”."));
  g_assert_cmpstr (invited->text, ==,
                   "The password in your invitation no longer works. Ask the person who invited you to send the "
                   "invitation again.");
}

static void
assert_used_up (CpStepMethod method, const char *expected)
{
  g_autoptr (CpOrganisation) organisation = new_organisation ();
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_CODE_USED_UP, "used up");
  g_autofree char *text = cpa_code_text_failure (method, error, organisation);

  g_assert_cmpstr (text, ==, expected);
}

/* A new code of the desk works on the screen that is there; of the other ways there is no new one to ask for. */
static void
test_a_code_that_is_used_up (void)
{
  assert_used_up (CP_STEP_DESK, "A wrong code was filled in too often. Nothing is lost. Ask the service desk for a new "
                                "code, or choose another way.");
  assert_used_up (CP_STEP_TOTP, "A wrong code was filled in too often. Nothing is lost. Choose another way, or go back "
                                "and log in again.");
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/error-text/every-code", test_every_code);
  g_test_add_func ("/error-text/another-domain", test_another_domain);
  g_test_add_func ("/error-text/details", test_details);
  g_test_add_func ("/error-text/what-may-have-been-done", test_what_may_have_been_done);
  g_test_add_func ("/error-text/a-temporary-password-that-is-over", test_a_temporary_password_that_is_over);
  g_test_add_func ("/error-text/a-code-that-is-used-up", test_a_code_that_is_used_up);
  return g_test_run ();
}
