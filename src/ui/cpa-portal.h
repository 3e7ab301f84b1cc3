/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"

G_BEGIN_DECLS

/* One session, from the moment that one is in until it ends: who one is, whose portal is shown, the count-down, and
 * logging out. Signal "left" (char *sentence): the session is over; the sentence says why. */
#define CPA_TYPE_PORTAL (cpa_portal_get_type ())
G_DECLARE_FINAL_TYPE (CpaPortal, cpa_portal, CPA, PORTAL, GObject)

/* The pages are put in place, short notices over it. */
CpaPortal *cpa_portal_new (GtkWindow *window, AdwBin *place, AdwToastOverlay *toasts, CpaAccount *account,
                           const CpOrganisation *organisation, GdkPaintable *logo);

/* Logs out, without asking; "left" follows. */
void cpa_portal_log_out (CpaPortal *self);
/* The session cannot go on, and error says why; "left" follows. What was typed is kept for who logs in again. */
void cpa_portal_end (CpaPortal *self, const GError *error);
/* This program cannot go on with it, and error says why; it is ended on the server too, when what is being sent is
 * there. "left" follows. */
void cpa_portal_give_up (CpaPortal *self, const GError *error);
/* Ends the session on the server, without asking, within a few seconds; then callback. */
void cpa_portal_close_async (CpaPortal *self, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: perhaps not all that the person changed has been saved. */
gboolean cpa_portal_close_finish (CpaPortal *self, GAsyncResult *result);
/* It ends now: "left" follows, unless it is closed. */
gboolean cpa_portal_is_over (CpaPortal *self);

G_END_DECLS
