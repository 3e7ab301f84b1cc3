/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* Care plans, all and one. */
gboolean cpd_service_care_plans (CpdCall *call, GError **error);
gboolean cpd_service_care_plan (CpdCall *call, GError **error);

G_END_DECLS
