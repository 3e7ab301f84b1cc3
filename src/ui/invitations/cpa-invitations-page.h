/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Uitnodigingen (a CpaPage). Signal "answered" (gboolean accepted): one was accepted or declined, so that the session
 * is another now. */
#define CPA_TYPE_INVITATIONS_PAGE (cpa_invitations_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaInvitationsPage, cpa_invitations_page, CPA, INVITATIONS_PAGE, AdwBin)

GtkWidget *cpa_invitations_page_new (CpaContext *context);
/* Whether the server is still to say that it took an answer. */
gboolean cpa_invitations_page_is_answering (CpaInvitationsPage *self);

G_END_DECLS
