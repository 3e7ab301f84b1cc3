/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-error.h"

static void
test_names (void)
{
  for (int i = 0; i < CP_ERROR_N_CODES; i++)
    {
      CpErrorCode code = CP_ERROR_N_CODES;
      g_assert_nonnull (cp_error_code_name (i));
      g_assert_true (cp_error_code_from_name (cp_error_code_name (i), &code));
      g_assert_cmpint (code, ==, i);
    }
}

static void
test_unknown_name (void)
{
  CpErrorCode code = CP_ERROR_BUSY;

  g_assert_false (cp_error_code_from_name ("busy ", &code));
  g_assert_false (cp_error_code_from_name ("", &code));
  g_assert_false (cp_error_code_from_name (NULL, &code));
  g_assert_cmpint (code, ==, CP_ERROR_BUSY);
}

static void
test_field (void)
{
  g_autoptr (GError) error = NULL;

  cp_error_set_field (NULL, "email", "nobody wants to know");
  cp_error_set_field (&error, "email", "too long");
  g_assert_error (error, CP_ERROR, CP_ERROR_INVALID_FIELD);
  g_assert_cmpstr (cp_error_details (error)->field, ==, "email");
  g_assert_null (cp_error_details (error)->id);
}

static void
test_copy (void)
{
  g_autoptr (GError) error = g_error_new (CP_ERROR, CP_ERROR_THROTTLED, "later");
  CpErrorDetails *details = cp_error_details (error);

  details->id = g_strdup ("abc");
  details->field = g_strdup ("code");
  details->until = 12;
  details->wait_seconds = 60;
  details->tries_left = 2;
  g_autoptr (GError) copy = g_error_copy (error);
  g_clear_error (&error);
  details = cp_error_details (copy);
  g_assert_cmpstr (details->id, ==, "abc");
  g_assert_cmpstr (details->field, ==, "code");
  g_assert_cmpint (details->until, ==, 12);
  g_assert_cmpint (details->wait_seconds, ==, 60);
  g_assert_cmpint (details->tries_left, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/names", test_names);
  g_test_add_func ("/error/unknown-name", test_unknown_name);
  g_test_add_func ("/error/field", test_field);
  g_test_add_func ("/error/copy", test_copy);
  return g_test_run ();
}
