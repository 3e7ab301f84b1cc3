/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-address.h"

static const struct
{
  const char *text;
  const char *block; /* NULL: not an address */
  gboolean loopback;
} addresses[] = {
  { "192.0.2.7", "192.0.2.7", FALSE },
  { "::ffff:192.0.2.7", "192.0.2.7", FALSE },
  { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", FALSE },
  { "2001:db8:1:2::1", "2001:db8:1:2::/64", FALSE },
  { "127.0.0.1", "127.0.0.1", TRUE },
  { "127.8.9.1", "127.8.9.1", TRUE },
  { "::1", "::/64", TRUE },
  { "::ffff:127.0.0.1", "127.0.0.1", TRUE },
  { "unix", "unix", TRUE },
  { "", NULL, FALSE },
  { "192.0.2.7:80", NULL, FALSE },
  { "192.0.2", NULL, FALSE },
  { "192.0.2.256", NULL, FALSE },
  { "[::1]", NULL, FALSE },
  { "portal.example", NULL, FALSE },
};

static void
test_block (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      CpdAddress address;
      char block[CPD_BLOCK_SIZE];

      g_test_message ("%s", addresses[i].text);
      g_assert_cmpint (cpd_address_from_text (addresses[i].text, &address), ==, addresses[i].block != NULL);
      if (addresses[i].block == NULL)
        continue;
      cpd_address_block (&address, block);
      g_assert_cmpstr (block, ==, addresses[i].block);
      g_assert_cmpint (cpd_address_is_loopback (&address), ==, addresses[i].loopback);
    }
}

static const struct
{
  const char *values;
  const char *client; /* NULL: nobody */
} forwarded[] = {
  { "192.0.2.7", "192.0.2.7" },
  { "198.51.100.1, 192.0.2.7", "192.0.2.7" },
  { "192.0.2.7, 10.0.0.1", "192.0.2.7" },
  { "198.51.100.1,192.0.2.7 ,10.0.0.2, 10.0.0.1", "192.0.2.7" },
  { "2001:db8:1:2::9, 10.0.0.1", "2001:db8:1:2::/64" },
  { "10.0.0.1", NULL },
  { "", NULL },
  { "192.0.2.7, unknown", NULL },
  { "192.0.2.7, unix", NULL },
  { "unknown, 192.0.2.7", "192.0.2.7" },
};

static void
test_forwarded (void)
{
  CpdAddress proxies[2];

  g_assert_true (cpd_address_from_text ("10.0.0.1", &proxies[0]));
  g_assert_true (cpd_address_from_text ("10.0.0.2", &proxies[1]));
  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    {
      CpdAddress client;
      char block[CPD_BLOCK_SIZE];

      g_test_message ("%s", forwarded[i].values);
      g_assert_cmpint (cpd_address_forwarded (forwarded[i].values, proxies, 2, &client), ==,
                       forwarded[i].client != NULL);
      if (forwarded[i].client == NULL)
        continue;
      cpd_address_block (&client, block);
      g_assert_cmpstr (block, ==, forwarded[i].client);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/block", test_block);
  g_test_add_func ("/address/forwarded", test_forwarded);
  return g_test_run ();
}
