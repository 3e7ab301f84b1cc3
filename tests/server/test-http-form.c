/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-form.h"

#include <string.h>

/* What browsers send, and what they do not. */
static const struct
{
  const char *sent;
  const char *name;  /* NULL: refused */
  const char *value; /* of that name */
} forms[] = {
  { "a=b", "a", "b" },
  { "a=", "a", "" },
  { "a=b&c=d", "c", "d" },
  { "new_password=vier+losse+fietsen", "new_password", "vier losse fietsen" },
  { "a=%2B%26%3D%25+%2b", "a", "+&=% +" },
  { "a=caf%C3%A9+%F0%9F%9A%B2", "a", "café 🚲" },
  { "a=*-._", "a", "*-._" },
  { "a=%E2%80%AEadmin", "a",
    "\u202e"
    "admin" }, /* right to left: a rule of the field, not of the form */
  { "", NULL, NULL },
  { "a", NULL, NULL },
  { "=b", NULL, NULL },
  { "&", NULL, NULL },
  { "a=b&", NULL, NULL },
  { "&a=b", NULL, NULL },
  { "a=b&&c=d", NULL, NULL },
  { "a=b&a=b", NULL, NULL },
  { "a=b&%61=c", NULL, NULL },
  { "A=b", NULL, NULL },
  { "a[]=b", NULL, NULL },
  { "a b=c", NULL, NULL },
  { "a=b=c", NULL, NULL },
  { "a=b;c=d", NULL, NULL },
  { "a=b c", NULL, NULL },
  { "a=<b>", NULL, NULL },
  { "a=\"", NULL, NULL },
  { "a=%", NULL, NULL },
  { "a=%2", NULL, NULL },
  { "a=%2&b=c", NULL, NULL },
  { "a=%&2=c", NULL, NULL },
  { "a=%zz", NULL, NULL },
  { "a=%-1", NULL, NULL },
  { "a=%00", NULL, NULL },
  { "a=b%00c", NULL, NULL },
  { "a=%0D%0ASet-Cookie:x", NULL, NULL },
  { "a=%09", NULL, NULL },
  { "a=%7F", NULL, NULL },
  { "a=%C2%85", NULL, NULL },       /* a control character of Latin-1 */
  { "a=%FF", NULL, NULL },          /* not UTF-8 */
  { "a=%C3", NULL, NULL },          /* cut off */
  { "a=%C0%AF", NULL, NULL },       /* longer than needed */
  { "a=%ED%A0%80", NULL, NULL },    /* half of a pair of UTF-16 */
  { "a=%F4%90%80%80", NULL, NULL }, /* beyond Unicode */
  { "a=\xc3\xa9", NULL, NULL },     /* not encoded */
  { "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1", "h", "1" },
  { "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1", NULL, NULL },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GHashTable) form = cpd_form_read (forms[i].sent, strlen (forms[i].sent));

      g_test_message ("%s", forms[i].sent);
      g_assert_cmpint (form != NULL, ==, forms[i].name != NULL);
      if (form != NULL)
        g_assert_cmpstr (g_hash_table_lookup (form, forms[i].name), ==, forms[i].value);
    }
}

static void
test_sizes (void)
{
  g_autofree char *long_value = g_strnfill (CPD_FORM_MAX - 2, 'x');
  g_autofree char *fits = g_strconcat ("a=", long_value, NULL);
  g_autofree char *longer = g_strconcat (fits, "x", NULL);
  g_autoptr (GHashTable) form = cpd_form_read (fits, strlen (fits));

  g_assert_nonnull (form);
  g_assert_null (cpd_form_read (longer, strlen (longer)));
  g_assert_null (cpd_form_read ("a=b\0c=d", 7));
}

/* Not terminated: what lies behind the end is not looked at. */
static void
test_the_end (void)
{
  static const char bytes[] = "a=b%41&c=d";

  for (gsize size = 0; size < sizeof bytes; size++)
    {
      g_autofree char *copy = g_memdup2 (bytes, size);
      g_autoptr (GHashTable) form = cpd_form_read (copy, size);
      g_assert_cmpint (form != NULL, ==, size == 2 || size == 3 || size == 6 || size == 9 || size == 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/form/table", test_table);
  g_test_add_func ("/http/form/sizes", test_sizes);
  g_test_add_func ("/http/form/the-end", test_the_end);
  return g_test_run ();
}
