/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs the subcommand that argv names. Returns the exit status: 0, 1 when it failed, 2 for a wrong command line. */
int cpd_cli_run (int argc, char *argv[]);

G_END_DECLS
