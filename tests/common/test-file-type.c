/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-file-type.h"

static void
test_to_send (void)
{
  g_assert_cmpstr (cp_file_type_to_send ("application/pdf"), ==, "application/pdf");
  g_assert_cmpstr (cp_file_type_to_send ("image/png"), ==, "image/png");
  /* A drawing can hold a script, and a page too. */
  g_assert_cmpstr (cp_file_type_to_send ("image/svg+xml"), ==, "application/octet-stream");
  g_assert_cmpstr (cp_file_type_to_send ("text/html"), ==, "application/octet-stream");
  g_assert_cmpstr (cp_file_type_to_send ("image/gif"), ==, "application/octet-stream");
}

static void
test_is_sent (void)
{
  g_assert_true (cp_file_type_is_sent ("text/plain"));
  g_assert_true (cp_file_type_is_sent ("Image/SVG+xml"));
  g_assert_true (cp_file_type_is_sent ("application/octet-stream"));
  g_assert_false (cp_file_type_is_sent ("image/gif"));
  g_assert_false (cp_file_type_is_sent ("text/html"));
  g_assert_false (cp_file_type_is_sent ("application/json"));
  g_assert_false (cp_file_type_is_sent (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-type/to-send", test_to_send);
  g_test_add_func ("/file-type/is-sent", test_is_sent);
  return g_test_run ();
}
