/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* The words around the end of a session that did not go wrong. shared: on a shared computer. */

/* "Uitloggen?": its response is "log-out". */
GtkWidget *cpa_leaving_question_new (GtkWindow *window, gboolean shared);
/* The person chose it. */
const char *cpa_leaving_chosen (gboolean shared);
/* (transfer full): sentence, and that changes may not have been saved when they were not. */
char *cpa_leaving_said (const char *sentence, gboolean saved);
/* (transfer none): a dialog that says so to who closed the program; over window (nullable). */
GtkWidget *cpa_leaving_tell_not_saved (GtkWindow *window);
/* (transfer full): nothing happened for so long. */
char *cpa_leaving_unused (gint64 seconds);
/* (transfer full): the time of the session is over. */
char *cpa_leaving_over (const CpOrganisation *organisation);
/* Nobody is at a shared computer any more. */
const char *cpa_leaving_locked (void);

G_END_DECLS
