/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A sentence that must be read, in the page: told to a screen reader at once. Hidden while it has nothing to say. */
#define CPA_TYPE_ALERT (cpa_alert_get_type ())
G_DECLARE_FINAL_TYPE (CpaAlert, cpa_alert, CPA, ALERT, AdwBin)

/* Something failed. */
void cpa_alert_show_error (CpaAlert *self, const char *text);
/* Something to know. */
void cpa_alert_show_info (CpaAlert *self, const char *text);
/* The same about what has the focus: that stays in sight, and the page does not go to the sentence. */
void cpa_alert_show_aside (CpaAlert *self, const char *text);
void cpa_alert_clear (CpaAlert *self);
/* (transfer none) (nullable): the first one in widget, also while it has nothing to say. */
CpaAlert *cpa_alert_find (GtkWidget *widget);

G_END_DECLS
