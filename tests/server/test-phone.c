/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-error.h"
#include "cpd-phone.h"

#define FINE (-1)

static const struct
{
  const char *text;
  int code;
  const char *e164;
} cases[] = {
  { "0612345678", FINE, "+31612345678" },
  { "06 12 34 56 78", FINE, "+31612345678" },
  { "06-12345678", FINE, "+31612345678" },
  { " (06) 1234.5678 ", FINE, "+31612345678" },
  { "+31 6 12345678", FINE, "+31612345678" },
  { "+31 (0)6 12345678", FINE, "+31612345678" },
  { "0031612345678", FINE, "+31612345678" },
  { "31612345678", FINE, "+31612345678" },
  { "+32 470 12 34 56", FINE, "+32470123456" },
  { "0049 1512 3456789", FINE, "+4915123456789" },
  { "+44 7400 123456", FINE, "+447400123456" },
  { "+1 201 555 0123", FINE, "+12015550123" }, /* a landline or a mobile: nobody can tell */
  { "+52 55 1234 5678", FINE, "+525512345678" },
  { "+597 741 2345", FINE, "+5977412345" },
  { "\u202a+31 6 12345678\u202c", FINE, "+31612345678" }, /* as copied from an address book */
  { "\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", FINE, "+31612345678" },
  { "020 123 4567", CP_ERROR_MOBILE_LANDLINE },
  { "0512 512345", CP_ERROR_MOBILE_LANDLINE },
  { "+32 2 555 12 12", CP_ERROR_MOBILE_LANDLINE },
  { "0900 1234", CP_ERROR_MOBILE_SPECIAL },
  { "0906 12345", CP_ERROR_MOBILE_SPECIAL },
  { "0800 1234", CP_ERROR_MOBILE_SPECIAL },
  { "088 000 12 00", CP_ERROR_MOBILE_SPECIAL },
  { "085 012 3456", CP_ERROR_MOBILE_SPECIAL },
  { "+881 631 123456", CP_ERROR_MOBILE_SPECIAL },
  { "0612345678 x12", CP_ERROR_MOBILE_EXTENSION },
  { "+31612345678;ext=3", CP_ERROR_MOBILE_EXTENSION },
  { "06123456", CP_ERROR_MOBILE_LENGTH },
  { "06123456789", CP_ERROR_MOBILE_LENGTH },
  { "+3161234567890123456", CP_ERROR_MOBILE_LENGTH },
  { "07400 123456", CP_ERROR_MOBILE_LENGTH },
  { "0470 12 34 56", CP_ERROR_MOBILE_FOREIGN },
  { "+31600000000", CP_ERROR_MOBILE_UNKNOWN },
  { "0600000000", CP_ERROR_MOBILE_UNKNOWN },
  { "+999 123456789", CP_ERROR_MOBILE_UNKNOWN },
  { "", CP_ERROR_MOBILE_UNKNOWN },
  { "   ", CP_ERROR_MOBILE_UNKNOWN },
  { "112", CP_ERROR_MOBILE_LENGTH },
  { "1", CP_ERROR_MOBILE_UNKNOWN },
  { "mijn nummer", CP_ERROR_MOBILE_UNKNOWN },
  { "bel 0612345678", CP_ERROR_MOBILE_UNKNOWN },
  { "06-BLOEMEN", CP_ERROR_MOBILE_UNKNOWN },
  { "\xf0\x9f\x93\xb1", CP_ERROR_MOBILE_UNKNOWN },
  { "06\xff\xfe", CP_ERROR_MOBILE_UNKNOWN },
  { "'; DROP TABLE account; --", CP_ERROR_MOBILE_UNKNOWN },
};

static void
check_case (const char *text, int code, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *e164 = NULL;
  gboolean fine = cpd_phone_check (text, NULL, &e164, &error);

  if (fine != (code == FINE) || (!fine && error->code != code))
    g_error ("“%s”: %s", text, fine ? e164 : cp_error_code_name (error->code));
  g_assert_cmpstr (e164, ==, wanted);
  if (!fine)
    g_assert_cmpstr (cp_error_details (error)->field, ==, "mobile");
}

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (cases[i].text, cases[i].code, cases[i].e164);
}

static void
test_very_long (void)
{
  g_autofree char *text = g_strnfill (100000, '6');

  check_case (text, CP_ERROR_MOBILE_UNKNOWN, NULL);
}

static void
test_countries (void)
{
  static const char *const allowed[] = { "NL", "BE", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *e164 = NULL;

  g_assert_true (cpd_phone_check ("+32470123456", allowed, &e164, NULL));
  g_assert_cmpstr (e164, ==, "+32470123456");
  g_clear_pointer (&e164, g_free);
  g_assert_false (cpd_phone_check ("+447400123456", allowed, &e164, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_MOBILE_COUNTRY);
  g_assert_null (e164);
  g_assert_true (cpd_phone_check ("+447400123456", none, &e164, NULL));
  g_assert_true (cpd_phone_is_allowed ("+32470123456", allowed));
  g_assert_true (cpd_phone_is_allowed ("+447400123456", none));
  g_assert_false (cpd_phone_is_allowed ("+447400123456", allowed));
  /* Of the same country code, but not of the same country. */
  g_assert_false (cpd_phone_is_allowed ("+447624123456", (const char *[]){ "GB", NULL }));
  g_assert_false (cpd_phone_is_allowed ("nonsense", allowed));
  g_assert_true (cpd_phone_knows_country ("NL"));
  g_assert_false (cpd_phone_knows_country ("XX"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/kinds", test_kinds);
  g_test_add_func ("/phone/very-long", test_very_long);
  g_test_add_func ("/phone/countries", test_countries);
  return g_test_run ();
}
