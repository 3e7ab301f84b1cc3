/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

/* What time it is by the server: all that it tells lies on its clock, and a day that the computer's own one makes of it
 * ("today", "2 days old") is wrong where that one is. From the first answer on cp_time_now() goes by the newest one,
 * unless the two differ by less than a minute. */

/* date (nullable): the Date of an answer that has just come (RFC 9110, 6.6.1). What is no date changes nothing. */
void cpa_server_clock_take (const char *date);

G_END_DECLS
