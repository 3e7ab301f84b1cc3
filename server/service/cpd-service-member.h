/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* Gebruikersbeheer: who may see what of a patient. */
gboolean cpd_service_members (CpdCall *call, GError **error);
gboolean cpd_service_member_lookup (CpdCall *call, GError **error);
gboolean cpd_service_member_add (CpdCall *call, GError **error);
gboolean cpd_service_member_parts (CpdCall *call, GError **error);
gboolean cpd_service_member_until (CpdCall *call, GError **error);
gboolean cpd_service_member_renew (CpdCall *call, GError **error);
gboolean cpd_service_member_invitation (CpdCall *call, GError **error);
gboolean cpd_service_member_withdraw (CpdCall *call, GError **error);
gboolean cpd_service_member_end (CpdCall *call, GError **error);
gboolean cpd_service_member_ground (CpdCall *call, GError **error);
gboolean cpd_service_member_mobile (CpdCall *call, GError **error);
gboolean cpd_service_member_email (CpdCall *call, GError **error);

G_END_DECLS
