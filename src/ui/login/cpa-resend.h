/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-time.h"

G_BEGIN_DECLS

/* "Send New Code", and until then the seconds that are left, or from when. How long that is the server says: the clock
 * of this computer may be wrong. Signal "clicked". */
#define CPA_TYPE_RESEND (cpa_resend_get_type ())
G_DECLARE_FINAL_TYPE (CpaResend, cpa_resend, CPA, RESEND, AdwBin)

GtkWidget *cpa_resend_new (void);
/* Whether that is no pause between two codes any more: too many were asked. */
gboolean cpa_resend_is_limit (gint64 seconds);
/* seconds: from now on; 0 for at once. resend_at: the same by the server's clock, for a limit; 0 where that is said
 * elsewhere. */
void cpa_resend_start (CpaResend *self, gint64 seconds, CpTime resend_at, GTimeZone *zone);
/* No code can be asked now, nor in a moment. */
gboolean cpa_resend_is_at_limit (CpaResend *self);
void cpa_resend_set_busy (CpaResend *self, gboolean busy);

G_END_DECLS
