/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-validate.h"

typedef gboolean (*Rule) (const char *text, GError **error);

static void
assert_good (Rule rule, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!rule (text, &error))
    g_error ("refused: %s: %s", text, error->message);
  g_assert_no_error (error);
}

static void
assert_bad (Rule rule, const char *text, CpErrorCode code, const char *field)
{
  g_autoptr (GError) error = NULL;

  if (rule (text, &error))
    g_error ("accepted: %s", text);
  g_assert_error (error, CP_ERROR, (int) code);
  g_assert_cmpstr (cp_error_details (error)->field, ==, field);
  g_assert_false (rule (text, NULL));
}

/* n times c. */
static char *
repeat (const char *c, int n)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    g_string_append (text, c);
  return g_string_free (text, FALSE);
}

static void
test_username (void)
{
  static const char *const good[] = { "abc", "Marijke.deBruin-1_x", "123", "..." };
  static const char *const bad[] = {
    "", "ab", "a b", "abc ", "mari\xc3\xabl", "a@b", "abc\n", "a/b/c", "\xff\xff\xff"
  };
  g_autofree char *longest = repeat ("a", 64);
  g_autofree char *longer = repeat ("a", 65);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_good (cp_validate_username, good[i]);
  assert_good (cp_validate_username, longest);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (cp_validate_username, bad[i], CP_ERROR_INVALID_FIELD, "username");
  assert_bad (cp_validate_username, longer, CP_ERROR_INVALID_FIELD, "username");
  assert_bad (cp_validate_username, NULL, CP_ERROR_INVALID_FIELD, "username");
}

static void
test_name (void)
{
  static const char *const good[] = { "W", "Marijke de Bruin-Hofstra", "Ayşe Öztürk", "O'Neill", "李", "Jan 3" };
  static const char *const bad[] = { "",
                                     " ",
                                     "---",
                                     "123",
                                     "Jan\nde Bruin",
                                     "Jan\t",
                                     "Jan\x7f",
                                     "Jan\xc2\x85",
                                     "Jan\xe2\x80\xa8x",
                                     "Jan\xe2\x80\xaex",
                                     "Jan\xe2\x81\xa7x",
                                     "\xff" };
  g_autofree char *longest = repeat ("é", 100);
  g_autofree char *longer = repeat ("é", 101);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_good (cp_validate_name, good[i]);
  assert_good (cp_validate_name, longest);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (cp_validate_name, bad[i], CP_ERROR_INVALID_FIELD, "name");
  assert_bad (cp_validate_name, longer, CP_ERROR_INVALID_FIELD, "name");
  assert_bad (cp_validate_name, NULL, CP_ERROR_INVALID_FIELD, "name");
}

static void
test_email (void)
{
  static const char *const good[] = { "a@b.nl", "Marijke.de.Bruin+portaal@voorbeeld.nl", "o'neill_1@a-b.co.uk",
                                      "x@bücher.example", "x@xn--bcher-kva.example" };
  static const char *const bad[] = {
    "",
    "a",
    "@",
    "a@",
    "@b.nl",
    "a@b",
    "a@@b.nl",
    "a@b@c.nl",
    "a b@c.nl",
    "a@b .nl",
    " a@b.nl",
    "a@b.nl ",
    "a@b.nl\n",
    "a@b.nl\r\nBcc: x@y.nl",
    "<a@b.nl>",
    "A <a@b.nl>",
    "a@b.nl,c@d.nl",
    "a@b.nl;c@d.nl",
    ".a@b.nl",
    "a.@b.nl",
    "a..b@c.nl",
    "a@.nl",
    "a@b..nl",
    "a@b.nl.",
    "a@-b.nl",
    "a@b-.nl",
    "a@b_c.nl",
    "a@1.2.3.4",
    "a@[1.2.3.4]",
    "\"a b\"@c.nl",
    "a(x)@b.nl",
    "\xc3\xab@b.nl",
    "a\x7f@b.nl",
    "a@b.nl/x",
    "a@b.nl:25",
    "a@\xff.nl",
  };
  g_autofree char *local = repeat ("a", 64);
  g_autofree char *label = repeat ("b", 63);
  g_autofree char *fits = g_strdup_printf ("%s@%s.%s.%.58s.nl", local, label, label, label);
  g_autofree char *longer = g_strdup_printf ("%s@%s.%s.%.59s.nl", local, label, label, label);
  g_autofree char *long_local = g_strdup_printf ("a%s@b.nl", local);
  g_autofree char *long_label = g_strdup_printf ("a@b%s.nl", label);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_good (cp_validate_email, good[i]);
  g_assert_cmpuint (strlen (fits), ==, CP_EMAIL_MAX);
  assert_good (cp_validate_email, fits);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (cp_validate_email, bad[i], CP_ERROR_INVALID_FIELD, "email");
  assert_bad (cp_validate_email, longer, CP_ERROR_INVALID_FIELD, "email");
  assert_bad (cp_validate_email, long_local, CP_ERROR_INVALID_FIELD, "email");
  assert_bad (cp_validate_email, long_label, CP_ERROR_INVALID_FIELD, "email");
  assert_bad (cp_validate_email, NULL, CP_ERROR_INVALID_FIELD, "email");
}

static void
test_password (void)
{
  g_autofree char *longest = repeat ("a", 1024);
  g_autofree char *longer = repeat ("a", 1025);
  g_autofree char *eleven_composed = repeat ("e\xcc\x88", 11);
  g_autofree char *twelve_composed = repeat ("e\xcc\x88", 12);

  assert_good (cp_validate_new_password, "twaalf teken");
  assert_good (cp_validate_new_password, "            ");
  assert_good (cp_validate_new_password, "😀😀😀😀😀😀😀😀😀😀😀😀");
  assert_good (cp_validate_new_password, twelve_composed);
  assert_good (cp_validate_new_password, longest);
  assert_bad (cp_validate_new_password, "", CP_ERROR_PASSWORD_SHORT, NULL);
  assert_bad (cp_validate_new_password, "elf tekens!", CP_ERROR_PASSWORD_SHORT, NULL);
  assert_bad (cp_validate_new_password, eleven_composed, CP_ERROR_PASSWORD_SHORT, NULL);
  assert_bad (cp_validate_new_password, "😀😀😀", CP_ERROR_PASSWORD_SHORT, NULL);
  assert_bad (cp_validate_new_password, longer, CP_ERROR_PASSWORD_LONG, NULL);
  assert_bad (cp_validate_new_password, "twaalf teken\xff", CP_ERROR_INVALID_FIELD, "new_password");
  assert_bad (cp_validate_new_password, NULL, CP_ERROR_INVALID_FIELD, "new_password");
}

typedef char *(*Normaliser) (const char *text, GError **error);

static void
assert_becomes (Normaliser normalise, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = normalise (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, expected);
}

static void
assert_refused (Normaliser normalise, const char *text, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = normalise (text, &error);

  if (result != NULL)
    g_error ("accepted: %s", text);
  g_assert_error (error, CP_ERROR, CP_ERROR_INVALID_FIELD);
  g_assert_cmpstr (cp_error_details (error)->field, ==, field);
}

static char *
validate_code (const char *text, GError **error)
{
  return cp_validate_code (text, 6, error);
}

static char *
validate_given_code (const char *text, GError **error)
{
  return cp_validate_code (text, 8, error);
}

static void
test_code (void)
{
  static const char *const good[] = { "012345",      " 012345\n",    "012 345",     "012-345",
                                      "0 1 2 3 4 5", "012\u00a0345", "012\u2013345" };
  static const char *const bad[] = { "",        "01234",  "0123456", "01234a", "a012345",
                                     "012.345", "+12345", "٠١٢٣٤٥",  "------", "01234\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_becomes (validate_code, good[i], "012345");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (validate_code, bad[i], "code");
  assert_refused (validate_code, NULL, "code");
  assert_becomes (validate_given_code, "0123 4567", "01234567");
  assert_refused (validate_given_code, "0123456", "code");
  assert_refused (validate_given_code, "012345678", "code");
}

static void
test_device_name (void)
{
  static const char *const good[] = { "laptop thuis", "MB-1234", "1", "😀", "حاسوب", "Wil’s computer (boven)" };
  static const char *const bad[] = { "", " ", "\u200b", "a\nb", "a\u202eb", "a\xff" };
  g_autofree char *longest = repeat ("é", 100);
  g_autofree char *longer = repeat ("é", 101);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_good (cp_validate_device_name, good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (cp_validate_device_name, bad[i], CP_ERROR_INVALID_FIELD, "name");
  assert_good (cp_validate_device_name, longest);
  assert_bad (cp_validate_device_name, longer, CP_ERROR_INVALID_FIELD, "name");
}

static void
test_address (void)
{
  static const char *const good[][2] = {
    { "portaal.delinde.nl", "portaal.delinde.nl" },
    { "Portaal.DeLinde.NL", "portaal.delinde.nl" },
    { "https://portaal.delinde.nl", "portaal.delinde.nl" },
    { "HTTPS://portaal.delinde.nl/", "portaal.delinde.nl" },
    { "portaal.delinde.nl/", "portaal.delinde.nl" },
    { "portaal.delinde.nl:8443", "portaal.delinde.nl:8443" },
    { "portaal.delinde.nl:443", "portaal.delinde.nl" },
    { "https://portaal.delinde.nl:65535/", "portaal.delinde.nl:65535" },
    { "localhost", "localhost" },
    { "localhost:1", "localhost:1" },
    { "192.0.2.1", "192.0.2.1" },
    { "192.0.2.1:8443", "192.0.2.1:8443" },
    { "[::1]", "[::1]" },
    { "[2001:DB8:0::1]:8443", "[2001:db8::1]:8443" },
    { "https://[::1]:8443/", "[::1]:8443" },
    { "bücher.example", "xn--bcher-kva.example" },
    { "BÜCHER.example:8443", "xn--bcher-kva.example:8443" },
    { "3com.nl", "3com.nl" },
  };
  static const char *const bad[] = {
    "",
    "/",
    "https://",
    "http://a.nl",
    "ftp://a.nl",
    "//a.nl",
    "a.nl//",
    "a.nl/pad",
    "a.nl/?x",
    "a.nl?x",
    "a.nl#x",
    "u@a.nl",
    "u:p@a.nl",
    " a.nl",
    "a.nl ",
    "a .nl",
    "a.nl\n",
    "a..nl",
    ".a.nl",
    "a.nl.",
    "-a.nl",
    "a-.nl",
    "a_b.nl",
    "a.nl:",
    "a.nl:0",
    "a.nl:65536",
    "a.nl:99999999999999999999",
    "a.nl:-1",
    "a.nl:+1",
    "a.nl:8443x",
    "a.nl: 8443",
    "a.nl:84:43",
    ":8443",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "999",
    "a.1",
    "::1",
    "[::1",
    "::1]",
    "[]",
    "[",
    "]",
    "[1.2.3.4]",
    "[::1]x",
    "[::1]:",
    "[fe80::1%lo]",
    "[fe80::1%1]",
    "[a.nl]",
    "a%2enl",
    "a\\b",
    "https://https://a.nl",
    "\xff.nl",
    "*.nl",
    "a,b",
  };
  g_autofree char *label = repeat ("b", 64);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_becomes (cp_validate_address, good[i][0], good[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_becomes (cp_validate_address, good[i][1], good[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (cp_validate_address, bad[i], "address");
  assert_refused (cp_validate_address, label, "address");
  assert_refused (cp_validate_address, NULL, "address");
}

static void
test_id (void)
{
  g_assert_true (cp_validate_is_id ("abcdefghijklmnopqrst-_"));
  g_assert_true (cp_validate_is_id ("0123456789ABCDEFXYZxyz"));
  g_assert_false (cp_validate_is_id ("abcdefghijklmnopqrst-"));
  g_assert_false (cp_validate_is_id ("abcdefghijklmnopqrst-_a"));
  g_assert_false (cp_validate_is_id ("abcdefghijklmnopqrst+/"));
  g_assert_false (cp_validate_is_id ("abcdefghijklmnopqrst=="));
  g_assert_false (cp_validate_is_id ("abcdefghijklmnopqrs%41"));
  g_assert_false (cp_validate_is_id (""));
  g_assert_false (cp_validate_is_id (NULL));
}

static void
test_token (void)
{
  g_autofree char *good = repeat ("_", 43);
  g_autofree char *shorter = repeat ("a", 42);
  g_autofree char *longer = repeat ("a", 44);
  g_autofree char *other = repeat ("/", 43);

  g_assert_true (cp_validate_is_token (good));
  g_assert_false (cp_validate_is_token (shorter));
  g_assert_false (cp_validate_is_token (longer));
  g_assert_false (cp_validate_is_token (other));
  g_assert_false (cp_validate_is_token (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validate/username", test_username);
  g_test_add_func ("/validate/name", test_name);
  g_test_add_func ("/validate/email", test_email);
  g_test_add_func ("/validate/password", test_password);
  g_test_add_func ("/validate/code", test_code);
  g_test_add_func ("/validate/device-name", test_device_name);
  g_test_add_func ("/validate/address", test_address);
  g_test_add_func ("/validate/id", test_id);
  g_test_add_func ("/validate/token", test_token);
  return g_test_run ();
}
