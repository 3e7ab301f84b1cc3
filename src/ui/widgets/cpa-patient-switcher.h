/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Whose portal this is: avatar, name, date of birth. With more than one patient a button with the list of them, with
 * one it looks the same but is no button. Signal "patient-chosen" (char *id): another one than the one shown. */
#define CPA_TYPE_PATIENT_SWITCHER (cpa_patient_switcher_get_type ())
G_DECLARE_FINAL_TYPE (CpaPatientSwitcher, cpa_patient_switcher, CPA, PATIENT_SWITCHER, GtkWidget)

GtkWidget *cpa_patient_switcher_new (CpaContext *context);
void cpa_patient_switcher_set_compact (CpaPatientSwitcher *self, gboolean compact);
/* How wide it must be for no word of it to be broken. */
int cpa_patient_switcher_get_whole_width (CpaPatientSwitcher *self);

G_END_DECLS
