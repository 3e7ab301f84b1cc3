/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

gboolean cpd_service_session (CpdCall *call, GError **error);
gboolean cpd_service_log_out (CpdCall *call, GError **error);
gboolean cpd_service_changes (CpdCall *call, GError **error);

gboolean cpd_service_invitations (CpdCall *call, GError **error);
gboolean cpd_service_invitation_accept (CpdCall *call, GError **error);
gboolean cpd_service_invitation_decline (CpdCall *call, GError **error);

G_END_DECLS
