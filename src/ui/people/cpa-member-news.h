/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-form-window.h"
#include "cpa-member.h"

G_BEGIN_DECLS

/* (transfer full): what of a row is other than it was seen, a line for each, as it is now; "" when nothing is. */
char *cpa_member_news (const CpMember *seen, const CpMember *now, GTimeZone *zone);
/* The server refused what window wanted, since somebody else changed member: says how that is now, and asks whether to
 * save all the same. Who goes on has seen this: *seen is replaced. */
void cpa_member_news_ask (CpaFormWindow *window, CpaMember *member, CpMember **seen, GTimeZone *zone);

G_END_DECLS
