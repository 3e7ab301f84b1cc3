/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Whether text of the client may be copied: not on a shared computer, whose desktop keeps what was copied also when
 * this program has emptied the clipboard or is gone. */
gboolean cpa_copying_is_allowed (CpaContext *context);
/* Lets the text of label be selected, where that is so. */
void cpa_copying_let (GtkWidget *label, CpaContext *context);

G_END_DECLS
