/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"

G_BEGIN_DECLS

/* The door to the server for who sees a portal as somebody else would. Each reading of a patient says as whom; nothing
 * else is let through, so that no page can forget it. What only marks as read is left out; any other change fails with
 * CP_ERROR_VIEW_ONLY. */
#define CPA_TYPE_VIEW_AS (cpa_view_as_get_type ())
G_DECLARE_FINAL_TYPE (CpaViewAs, cpa_view_as, CPA, VIEW_AS, CpaApi)

/* member: id of the row in user management. parts: CpPart, as if these were ticked; 0: as it is. */
CpaApi *cpa_view_as_new (CpaApi *api, const char *member, guint parts);

G_END_DECLS
