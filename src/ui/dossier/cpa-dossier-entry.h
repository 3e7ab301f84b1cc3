/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* An item of the dossier in a list model, with its place there. Property "open": it is the one being read. */
#define CPA_TYPE_DOSSIER_ENTRY (cpa_dossier_entry_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierEntry, cpa_dossier_entry, CPA, DOSSIER_ENTRY, GObject)

/* Takes item. */
CpaDossierEntry *cpa_dossier_entry_new (CpDossierItem *item, gboolean first_of_day);
const CpDossierItem *cpa_dossier_entry_get_item (CpaDossierEntry *self);
gboolean cpa_dossier_entry_is_first_of_day (CpaDossierEntry *self);
gboolean cpa_dossier_entry_is_open (CpaDossierEntry *self);
void cpa_dossier_entry_set_open (CpaDossierEntry *self, gboolean open);

G_END_DECLS
