/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* (transfer floating) (nullable): what stands in the margin of an opened item: the goal that it belongs to, and
 * (explain) the terms in its text. NULL when there is nothing to say. */
GtkWidget *cpa_dossier_margin_new (CpaContext *context, const CpDossierItem *item, gboolean explain);

G_END_DECLS
