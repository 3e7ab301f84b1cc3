/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-time.h"

G_BEGIN_DECLS

/* "Send New Code", and until then the seconds that are left, or from when. Signal "clicked". */
#define CPA_TYPE_RESEND (cpa_resend_get_type ())
G_DECLARE_FINAL_TYPE (CpaResend, cpa_resend, CPA, RESEND, AdwBin)

GtkWidget *cpa_resend_new (void);
/* Whether that is no pause between two codes any more: too many were asked. */
gboolean cpa_resend_is_limit (CpTime resend_at);
/* resend_at: by the server's clock; 0 for at once. */
void cpa_resend_start (CpaResend *self, CpTime resend_at, GTimeZone *zone);
void cpa_resend_set_busy (CpaResend *self, gboolean busy);

G_END_DECLS
