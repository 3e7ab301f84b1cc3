/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for mobile numbers of a build without libphonenumber (-Dphone=false), which every build tests. */
#include "cp-error.h"
#include "cpd-phone.h"

static const char *const taken[] = { "+31612345678", "+32470123456", "+12015550123", "+5977412345" };
static const char *const refused[] = { "0612345678",     "31612345678",        "+31 6 12345678",
                                       "+0612345678",    "+3161234",           "",
                                       "+31612345678\n", "+31612345678;ext=3", "+3161234567890123456",
                                       "mijn nummer",    "+3161234567\xff",    "+31612345678 x" };

static void
test_international (void)
{
  static const char *const allowed[] = { "NL", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *e164 = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (cpd_phone_check (taken[i], allowed, &e164, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (e164, ==, taken[i]);
      g_assert_true (cpd_phone_is_allowed (e164, allowed));
    }
}

/* What may be a number of somebody else, or of nobody, is asked for once more: nothing is guessed. */
static void
test_anything_else (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *e164 = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("'%s'", refused[i]);
      g_assert_false (cpd_phone_check (refused[i], NULL, &e164, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_MOBILE_UNKNOWN);
      g_assert_cmpstr (cp_error_details (error)->field, ==, "mobile");
      g_assert_null (e164);
      g_assert_false (cpd_phone_check (refused[i], NULL, &e164, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-plain/international", test_international);
  g_test_add_func ("/phone-plain/anything-else", test_anything_else);
  return g_test_run ();
}
