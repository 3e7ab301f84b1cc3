/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* What is said of a portal that is seen as somebody else. Results are (transfer full) (nullable). */

/* Of the parts that this person has and who looks does not: they are not shown. */
char *cpa_view_as_hidden_text (CpaContext *looker, const CpMember *member);
/* Where there is nothing to see, whatever the reason; NULL when one looks as oneself. */
char *cpa_view_as_nothing_text (CpaContext *viewed);
const char *cpa_view_as_nothing_title (void);

G_END_DECLS
