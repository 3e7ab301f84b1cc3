/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <sys/resource.h>

#include "cpa-application.h"
#include "cpa-language.h"

/* The id of an application is needed before its options are read. */
static gboolean
asks_for_demo (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_strcmp0 (argv[i], "--demo") == 0)
      return TRUE;
  return FALSE;
}

/* The dossier and the password pass through memory: a crash must not leave them in a file, least of all on a computer
 * that others use. A limit of 1 byte also stops what is piped to a program that keeps it, which one of 0 does not. Not
 * PR_SET_DUMPABLE: the desktop portal could no longer tell which program asks it for a file, a printer or a link. */
static void
leave_no_core (void)
{
  const struct rlimit least = { 1, 1 };

  setrlimit (RLIMIT_CORE, &least);
}

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("CLIENTPORTAAL_LOCALE_DIR");
  g_autoptr (CpaApplication) application = NULL;

  leave_no_core ();
  cpa_language_setup (locale_dir != NULL ? locale_dir : LOCALE_DIR);
  g_set_application_name (_ ("Client Portal"));
  application = cpa_application_new (asks_for_demo (argc, argv));
  return g_application_run (G_APPLICATION (application), argc, argv);
}
