/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"
#include "cpa-main-page.h"

G_BEGIN_DECLS

/* What the window shows to who is in: the pages of one client, made anew for each, or in their place the page where the
 * password is changed. Signals "answered" (gboolean accepted): an invitation was answered; and "password-changed". */
#define CPA_TYPE_PORTAL_PAGES (cpa_portal_pages_get_type ())
G_DECLARE_FINAL_TYPE (CpaPortalPages, cpa_portal_pages, CPA, PORTAL_PAGES, GObject)

/* The pages are put in place. */
CpaPortalPages *cpa_portal_pages_new (AdwBin *place, CpaAccount *account, const CpOrganisation *organisation,
                                      GdkPaintable *logo);
/* Who is in, and whose portals they may open; session (borrowed) stays until the next one. */
void cpa_portal_pages_set_session (CpaPortalPages *self, const CpSession *session);
/* Opens the pages of that client; of the only one, or the question which one, when id (nullable) is of none. */
void cpa_portal_pages_open (CpaPortalPages *self, const char *id);
/* (nullable): the client whose pages they are. */
const char *cpa_portal_pages_get_patient_id (CpaPortalPages *self);
/* (nullable) (transfer none): NULL before they were opened and after they were closed. */
CpaMainPage *cpa_portal_pages_get_main (CpaPortalPages *self);
/* Whether what is in sight stays there with the access that the session gives. */
gboolean cpa_portal_pages_stay (CpaPortalPages *self);
/* The session gives other access: what may no longer be seen goes, what is new comes. */
void cpa_portal_pages_update_access (CpaPortalPages *self);
/* Tells what was given (CpaAccessGiven); of a client who is not the one that is looked at, with the way there. */
void cpa_portal_pages_tell_given (CpaPortalPages *self, const GPtrArray *given);
void cpa_portal_pages_change_password (CpaPortalPages *self);
/* Back from there. */
void cpa_portal_pages_show_main (CpaPortalPages *self);
/* Nothing of them is left. */
void cpa_portal_pages_close (CpaPortalPages *self);

G_END_DECLS
