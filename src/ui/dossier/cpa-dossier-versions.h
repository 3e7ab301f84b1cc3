/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* The earlier texts of an item that the care team changed, each behind the words that say when: fetched when it is
 * unfolded. */
#define CPA_TYPE_DOSSIER_VERSIONS (cpa_dossier_versions_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierVersions, cpa_dossier_versions, CPA, DOSSIER_VERSIONS, GtkWidget)

/* item has at least two versions. */
GtkWidget *cpa_dossier_versions_new (CpaContext *context, const CpDossierItem *item);

G_END_DECLS
