/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Six cells (or eight) drawn by one field: pasting, filling in by the system and a screen reader meet one entry.
 * Signal "activate": Enter. */
#define CPA_TYPE_CODE_ENTRY (cpa_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (CpaCodeEntry, cpa_code_entry, CPA, CODE_ENTRY, AdwBin)

/* The digits so far. */
const char *cpa_code_entry_get_text (CpaCodeEntry *self);
/* As many as the code has; what was typed is gone. */
void cpa_code_entry_set_digits (CpaCodeEntry *self, int n_digits);
/* Empties the field and puts the focus in it. */
void cpa_code_entry_reset (CpaCodeEntry *self);

G_END_DECLS
