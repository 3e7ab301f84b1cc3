/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Anybody can make a browser open this program: only what is exactly a link of ours is one. */
#include "cpa-link-uri.h"

#include <gio/gio.h>

#define TOKEN "0123456789abcdefghijABCDEFGHIJ_-0123456789A"

static const struct
{
  const char *text;
  const char *address; /* NULL: refused */
  int kind;            /* -1: no link, the portal itself */
} rows[] = {
  { "clientportaal://portal.example.org/reset#" TOKEN, "portal.example.org", CP_LINK_RESET },
  { "clientportaal://portal.example.org:8443/invitation#" TOKEN, "portal.example.org:8443", CP_LINK_INVITATION },
  { "CLIENTPORTAAL://Portal.Example.ORG/confirm#" TOKEN, "portal.example.org", CP_LINK_CONFIRM },
  { "clientportaal://127.0.0.1:8443/reset#" TOKEN, "127.0.0.1:8443", CP_LINK_RESET },
  { "clientportaal://[::1]:8443/reset#" TOKEN, "[::1]:8443", CP_LINK_RESET },
  { "clientportaal://pörtal.example.org/reset#" TOKEN, "xn--prtal-jua.example.org", CP_LINK_RESET },
  { "clientportaal://portal.example.org/", "portal.example.org", -1 },
  { "clientportaal://portal.example.org", "portal.example.org", -1 },
  { "", NULL },
  { "clientportaal:", NULL },
  { "clientportaal://", NULL },
  { "clientportaal:///reset#" TOKEN, NULL },
  { "clientportaal:portal.example.org/reset#" TOKEN, NULL },
  { "https://portal.example.org/reset#" TOKEN, NULL },
  { "file:///etc/passwd", NULL },
  { "clientportaal://file:///etc/passwd", NULL },
  { "clientportaal://user@portal.example.org/reset#" TOKEN, NULL },
  { "clientportaal://user:secret@portal.example.org/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org@evil.example/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org:99999/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org:/reset#" TOKEN, NULL },
  { "clientportaal://portal example.org/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org%2Fevil/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org\\evil/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org\n/reset#" TOKEN, NULL },
  { "clientportaal://-portal.example.org/reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset/" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset?" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset", NULL },
  { "clientportaal://portal.example.org/reset#", NULL },
  { "clientportaal://portal.example.org/#" TOKEN, NULL },
  { "clientportaal://portal.example.org#" TOKEN, NULL },
  { "clientportaal://portal.example.org/Reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org/delete#" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset/#" TOKEN, NULL },
  { "clientportaal://portal.example.org/../reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org//reset#" TOKEN, NULL },
  { "clientportaal://portal.example.org/%72eset#" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset#" TOKEN "A", NULL },
  { "clientportaal://portal.example.org/reset#" TOKEN "\n", NULL },
  { "clientportaal://portal.example.org/reset#" TOKEN "&x=1", NULL },
  { "clientportaal://portal.example.org/reset#\u202e" TOKEN, NULL },
  { "clientportaal://portal.example.org/reset#🙂", NULL },
  { "clientportaal://portal.example.org/reset#../../../../../../../../etc/passwd0123456789", NULL },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CpaLinkUri) uri = cpa_link_uri_new (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (uri != NULL, ==, rows[i].address != NULL);
      if (uri == NULL)
        continue;
      g_assert_cmpstr (uri->address, ==, rows[i].address);
      g_assert_cmpstr (uri->token, ==, rows[i].kind >= 0 ? TOKEN : NULL);
      if (rows[i].kind >= 0)
        g_assert_cmpint (uri->kind, ==, rows[i].kind);
    }
}

static void
test_long (void)
{
  g_autofree char *letters = g_strnfill (100000, 'a');
  g_autofree char *text = g_strconcat ("clientportaal://portal.example.org/reset#", letters, NULL);

  g_assert_null (cpa_link_uri_new (text));
  g_assert_null (cpa_link_uri_new (letters));
}

/* It comes as a file, through GIO and over the bus: that must leave it as it is. */
static void
test_as_a_file (void)
{
  static const char link[] = "clientportaal://127.0.0.1:8443/reset#" TOKEN;
  g_autoptr (GFile) given = g_file_new_for_commandline_arg (link);
  g_autofree char *handed_over = g_file_get_uri (given);
  g_autoptr (GFile) received = g_file_new_for_uri (handed_over);
  g_autofree char *read = g_file_get_uri (received);

  g_assert_cmpstr (read, ==, link);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-uri/table", test_table);
  g_test_add_func ("/link-uri/long", test_long);
  g_test_add_func ("/link-uri/as-a-file", test_as_a_file);
  return g_test_run ();
}
