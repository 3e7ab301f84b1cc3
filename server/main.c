/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "cpd-cli.h"

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  return cpd_cli_run (argc, argv);
}
