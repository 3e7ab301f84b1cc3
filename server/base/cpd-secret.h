/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Frees a text that nobody is to find in memory afterwards: wiped first. secret may be NULL. */
void cpd_secret_free (char *secret);

G_END_DECLS
