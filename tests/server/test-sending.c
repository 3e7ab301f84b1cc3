/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each account has so many files on their way, until they have been sent. */
#include "cpd-sending.h"

#define MOST 8

static void
test_most (void)
{
  CpdSending *sending = cpd_sending_new ();
  g_autoptr (GError) busy = NULL;
  GBytes *files[MOST];

  for (int i = 0; i < MOST; i++)
    {
      g_assert_true (cpd_sending_begin (sending, 1, NULL));
      files[i] = cpd_sending_bytes (sending, 1, g_bytes_new_static ("%PDF", 4));
      g_assert_cmpmem (g_bytes_get_data (files[i], NULL), g_bytes_get_size (files[i]), "%PDF", 4);
    }
  g_assert_false (cpd_sending_begin (sending, 1, &busy));
  g_assert_error (busy, CP_ERROR, CP_ERROR_BUSY);
  g_assert_cmpint (cp_error_details (busy)->wait_seconds, >, 0);
  /* Others do not notice. */
  g_assert_true (cpd_sending_begin (sending, 2, NULL));
  cpd_sending_give_back (sending, 2);
  g_bytes_unref (files[0]);
  g_assert_true (cpd_sending_begin (sending, 1, NULL));
  g_assert_false (cpd_sending_begin (sending, 1, NULL));
  cpd_sending_give_back (sending, 1);
  for (int i = 1; i < MOST; i++)
    g_bytes_unref (files[i]);
  cpd_sending_free (sending);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sending/most", test_most);
  return g_test_run ();
}
