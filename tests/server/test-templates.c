/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cpd-templates.h"

static void
test_fill (void)
{
  g_autofree char *text = cpd_template_fill ("{a} and {b}, {a}; {c} {", "a", "{b}", "b", "two", NULL);

  g_assert_cmpstr (text, ==, "{b} and two, {b}; {c} {");
}

/* The longest values that the settings allow. */
static void
test_sms_fits (void)
{
  const CpdTemplate *template = cpd_template_get ("login-code");

  for (int language = 0; language < 2; language++)
    {
      g_autofree char *text = cpd_template_fill (template->text[language], "sms_name", "Zorggroep De Linde X", "code",
                                                 "123456", "time", "23:59", NULL);
      g_assert_null (strchr (text, '{'));
      g_assert_cmpint (strlen (text), <=, 160);
      for (const char *at = text; *at != '\0'; at++)
        g_assert_true (*at >= ' ' && *at < 0x7f && strchr ("[]{}\\^|~`", *at) == NULL);
    }
}

static void
test_unknown (void)
{
  g_assert_null (cpd_template_get ("no-such-template"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/templates/fill", test_fill);
  g_test_add_func ("/templates/sms-fits", test_sms_fits);
  g_test_add_func ("/templates/unknown", test_unknown);
  return g_test_run ();
}
