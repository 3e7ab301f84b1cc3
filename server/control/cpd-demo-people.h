/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* As in cpd-command.h. */
extern const char *const cpd_demo_people_options[];

/* The invented people of the demo, with random passwords that are printed. Refuses a database that `./dev run` did not
 * make (it leaves a file "demo" beside it), and one that has people already. With
 * --renew nobody is made: open invitations get their days again. */
gboolean cpd_demo_people_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                  GError **error);

G_END_DECLS
