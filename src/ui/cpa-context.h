/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "cp-member.h"
#include "cp-organisation.h"
#include "cp-session.h"
#include "cpa-api.h"

G_BEGIN_DECLS

/* What a page needs to know: whose portal this is, who looks, and the door to the server. Another patient is another
 * context and other pages, so that what was asked for one can never be shown at another. Signal
 * "session-ended" (GError *). */
#define CPA_TYPE_CONTEXT (cpa_context_get_type ())
G_DECLARE_FINAL_TYPE (CpaContext, cpa_context, CPA, CONTEXT, GObject)

/* The records are copied; logo and patient may be NULL (nothing accepted yet). */
CpaContext *cpa_context_new (CpaApi *api, const CpOrganisation *organisation, GdkPaintable *logo,
                             const CpSession *session, const CpPatientAccess *patient);

/* The same portal, as somebody else would see it: a row of user management, with these parts (CpPart) as far as the
 * asker holds them too. Nothing can be changed through it. */
CpaContext *cpa_context_new_view_as (CpaContext *base, const CpMember *member, guint parts);

/* What is known of this patient, and what one may see of them, is from now on what it is in now. All that a page is
 * made of looks here, so that it follows when it shows itself anew. */
void cpa_context_follow (CpaContext *self, CpaContext *now);

CpaApi *cpa_context_get_api (CpaContext *self);
const CpOrganisation *cpa_context_get_organisation (CpaContext *self);
const CpSession *cpa_context_get_session (CpaContext *self);
const CpPatientAccess *cpa_context_get_patient (CpaContext *self);
/* Of who sits there, also when the portal is seen as somebody else. */
const char *cpa_context_get_own_name (CpaContext *self);
/* (nullable): as whom the portal is seen, when that is somebody else. */
const char *cpa_context_get_viewed_name (CpaContext *self);
/* CpPart that somebody has, or gets by accepting, and that who looks does not have. */
guint cpa_context_get_hidden_parts (CpaContext *self, const CpMember *member);
/* Whether the person as whom the portal is seen has such parts. */
gboolean cpa_context_hides_parts (CpaContext *self);
/* Whether who looks may open user management of this client. */
gboolean cpa_context_manages_people (CpaContext *self);
GdkPaintable *cpa_context_get_logo (CpaContext *self);
/* The organisation's zone, in which every time is shown. */
GTimeZone *cpa_context_get_zone (CpaContext *self);

G_END_DECLS
