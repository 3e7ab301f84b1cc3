/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* Whom to call, on every screen before log-in: desk, telephone number and hours. */
#define CPA_TYPE_DESK_LINE (cpa_desk_line_get_type ())
G_DECLARE_FINAL_TYPE (CpaDeskLine, cpa_desk_line, CPA, DESK_LINE, AdwBin)

void cpa_desk_line_set_organisation (CpaDeskLine *self, const CpOrganisation *organisation);

G_END_DECLS
