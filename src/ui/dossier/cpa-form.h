/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The questions and answers of a form (CpFormEntry), as on paper: headings, and each answer on a line under its
 * question. */
GtkWidget *cpa_form_new (CpaContext *context, const GPtrArray *entries);

G_END_DECLS
