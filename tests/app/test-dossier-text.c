/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-text.h"

#include "cpa-language.h"

/* What is printed is called what it is. */
static void
test_this (void)
{
  static const char *const dutch[] = {
    [CP_DOSSIER_REPORT_GENERAL] = "Deze rapportage",
    [CP_DOSSIER_REPORT_PLAN] = "Deze rapportage",
    [CP_DOSSIER_FORM] = "Dit formulier",
    [CP_DOSSIER_EVALUATION] = "Deze evaluatie",
    [CP_DOSSIER_DOCUMENT] = "Dit document",
  };

  for (guint i = 0; i < G_N_ELEMENTS (dutch); i++)
    g_assert_cmpstr (cpa_dossier_this (i), ==, dutch[i]);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/dossier-text/this", test_this);
  return g_test_run ();
}
