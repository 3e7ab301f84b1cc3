/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <locale.h>
#include <sys/stat.h>

#include "cpd-cli.h"

int
main (int argc, char *argv[])
{
  umask (0077); /* whatever is made holds dossiers, or what opens them */
  setlocale (LC_ALL, "");
  return cpd_cli_run (argc, argv);
}
