/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-password-rules.h"
#include "store-kit.h"

#define FINE (-1)

static const struct
{
  const char *password;
  int code;
} cases[] = {
  { "vier losse fietsbellen", FINE },
  { "paarse olifant danst graag", FINE },
  { "Ik woon al 40 jaar in Drachten!", FINE },
  { "zeven appels", FINE },
  { "elf tekens!", CP_ERROR_PASSWORD_SHORT },
  { "caféthéëëëë", CP_ERROR_PASSWORD_SHORT }, /* characters are counted, not bytes */
  { "het oude wachtwoord", CP_ERROR_PASSWORD_SAME },
  { "marijke en ik", CP_ERROR_PASSWORD_PERSONAL },
  { "mijn m.debruin 2026", CP_ERROR_PASSWORD_PERSONAL },
  { "BRUIN brood met kaas", CP_ERROR_PASSWORD_PERSONAL },
  { "zorggroep de linde", CP_ERROR_PASSWORD_CONTEXT },
  { "Zorggroep-De-Linde-1", CP_ERROR_PASSWORD_CONTEXT },
  { "mijn cliëntportaal", CP_ERROR_PASSWORD_CONTEXT },
  { "clientportaal1", CP_ERROR_PASSWORD_CONTEXT },
  { "wachtwoord123", CP_ERROR_PASSWORD_COMMON },
  { "Welkom2026!!", CP_ERROR_PASSWORD_COMMON },
  { "welkomwelkom", CP_ERROR_PASSWORD_COMMON },
  { "aaaaaaaaaaaaaa", CP_ERROR_PASSWORD_COMMON },
  { "123456789012", CP_ERROR_PASSWORD_COMMON },
  { "abcdefghijklm", CP_ERROR_PASSWORD_COMMON },
  { "987654321098", CP_ERROR_PASSWORD_COMMON },
  { "            ", CP_ERROR_PASSWORD_COMMON },
  { "19381938193800", CP_ERROR_PASSWORD_COMMON },
};

static void
test_rules (void)
{
  StoreKit kit;
  CpdAccount account = { .username = (char *) "m.debruin", .name = (char *) "Marijke de Bruin" };

  store_kit_set_up (&kit);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean fine = cpd_password_rules_check (kit.config, &account, "het oude wachtwoord", cases[i].password, &error);
      if (fine != (cases[i].code == FINE) || (!fine && error->code != cases[i].code))
        g_error ("“%s”: %s", cases[i].password, fine ? "accepted" : error->message);
    }
  store_kit_tear_down (&kit);
}

static void
test_too_long (void)
{
  StoreKit kit;
  CpdAccount account = { .username = (char *) "m.debruin", .name = (char *) "Marijke de Bruin" };
  g_autofree char *longest = g_strnfill (1024, 'x');
  g_autofree char *longer = NULL;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  for (int i = 0; i < 1024; i++)
    longest[i] = "abcxyz klm opq"[(i * 7 + i / 5) % 14];
  longer = g_strconcat (longest, "q", NULL);
  g_assert_true (cpd_password_rules_check (kit.config, &account, "oud", longest, &error));
  g_assert_no_error (error);
  g_assert_false (cpd_password_rules_check (kit.config, &account, "oud", longer, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_PASSWORD_LONG);
  store_kit_tear_down (&kit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password-rules/rules", test_rules);
  g_test_add_func ("/password-rules/too-long", test_too_long);
  return g_test_run ();
}
