/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* What members read of a patient. Each says in call->audit what it was. */
gboolean cpd_service_start (CpdCall *call, GError **error);
gboolean cpd_service_appointments (CpdCall *call, GError **error);
gboolean cpd_service_profile (CpdCall *call, GError **error);

G_END_DECLS
