/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* One whole item on a sheet. */
GtkWidget *cpa_dossier_sheet_new (CpaContext *context, const CpDossierItem *item);

G_END_DECLS
