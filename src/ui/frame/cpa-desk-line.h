/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* Whom to call, on every screen before log-in: desk, telephone number and hours. */
#define CPA_TYPE_DESK_LINE (cpa_desk_line_get_type ())
G_DECLARE_FINAL_TYPE (CpaDeskLine, cpa_desk_line, CPA, DESK_LINE, AdwBin)

void cpa_desk_line_set_organisation (CpaDeskLine *self, const CpOrganisation *organisation);
/* At the end of box, instead of where it stands. Where there is little room and the letters are large it would take a
 * third of the page: there it comes after what is on that. */
void cpa_desk_line_move (CpaDeskLine *self, GtkBox *box);

G_END_DECLS
