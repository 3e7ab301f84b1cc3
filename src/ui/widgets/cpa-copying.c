/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-copying.h"

gboolean
cpa_copying_is_allowed (CpaContext *context)
{
  return !cpa_context_get_session (context)->shared;
}

void
cpa_copying_let (GtkWidget *label, CpaContext *context)
{
  gtk_label_set_selectable (GTK_LABEL (label), cpa_copying_is_allowed (context));
}
