/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* What anybody may ask. */
gboolean cpd_service_version (CpdCall *call, GError **error);
gboolean cpd_service_organisation (CpdCall *call, GError **error);
gboolean cpd_service_logo (CpdCall *call, GError **error);
gboolean cpd_service_picture (CpdCall *call, GError **error);
gboolean cpd_service_words (CpdCall *call, GError **error);

G_END_DECLS
