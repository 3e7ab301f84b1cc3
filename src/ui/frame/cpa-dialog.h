/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows a question. A screen reader hears each answer once: libadwaita 1.2 names its buttons twice ("Cancel Cancel").
 */
void cpa_dialog_present (GtkWidget *dialog);

G_END_DECLS
