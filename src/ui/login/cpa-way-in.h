/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"
#include "cpa-link-uri.h"
#include "cpa-settings.h"

G_BEGIN_DECLS

/* The screens up to the portal, in the order that the server names: which organisation, log in, verify the device,
 * change the password. Signals "in": there is a full session; and
 * "unfit" (GError *): the server of that session turned out to be of a version that cannot be spoken with. */
#define CPA_TYPE_WAY_IN (cpa_way_in_get_type ())
G_DECLARE_FINAL_TYPE (CpaWayIn, cpa_way_in, CPA, WAY_IN, GObject)

/* The screens are put in place. */
CpaWayIn *cpa_way_in_new (AdwBin *place, CpaSettings *settings);
/* From the beginning: the organisation of this computer, the last one, or the question which one. */
void cpa_way_in_start (CpaWayIn *self);
/* The session is over: log in again at the same organisation, whose words are asked anew; sentence (nullable) says why.
 */
void cpa_way_in_log_in_again (CpaWayIn *self, const char *sentence);

/* Takes link. Goes to its page when its organisation is known or the person says that it is the right one. */
void cpa_way_in_open_link (CpaWayIn *self, CpaLinkUri *link);

/* Of the organisation that one is at; after "in". */
CpaAccount *cpa_way_in_get_account (CpaWayIn *self);
const CpOrganisation *cpa_way_in_get_organisation (CpaWayIn *self);
GdkPaintable *cpa_way_in_get_logo (CpaWayIn *self);

G_END_DECLS
