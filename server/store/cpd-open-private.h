/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-clock.h"

/* SQL: the membership of this alias is open at now: what cpd_policy_judge() says of its facts. When it was accepted
 * does not matter: by a clock that was set back since, that is still to come. */
#define CPD_IS_OPEN(m, now)                                                                                            \
  "(" m ".state = 2 AND " m ".accepted IS NOT NULL AND " m ".ended IS NULL AND (" m ".until IS NULL OR " m             \
  ".until > " now "))"

/* SQL: the granter of a row of membership_part (by its alias) still holds that part of the same patient at now. NULL is
 * the organisation, which always does. */
#define CPD_GRANTER_HOLDS(part, patient, now)                                                                          \
  "(" part ".given_by IS NULL OR EXISTS (SELECT 1 FROM membership g"                                                   \
  " JOIN membership_part gp ON gp.membership = g.id AND gp.ended IS NULL AND gp.part = " part ".part"                  \
  " WHERE g.account = " part ".given_by AND g.patient = " patient " AND " CPD_IS_OPEN ("g", now) "))"

/* SQL: the parts of membership m that count when it is accepted at now, as one number. */
#define CPD_COUNTING_PARTS(now)                                                                                        \
  "(SELECT coalesce (sum (p.part), 0) FROM membership_part p WHERE p.membership = m.id AND p.ended IS NULL"            \
  " AND " CPD_GRANTER_HOLDS ("p", "m.patient", now) ")"

/* SQL: somebody of whom a condition on membership g is true manages the users of patient at now. */
#define CPD_MANAGED(patient, now, condition)                                                                           \
  "EXISTS (SELECT 1 FROM membership g JOIN membership_part gp ON gp.membership = g.id AND gp.ended IS NULL"            \
  " AND gp.part = 16 WHERE g.patient = " patient " AND " CPD_IS_OPEN ("g", now) " AND " condition ")"

/* SQL: what was made at created is there at now. It may be made for a minute later, so that it can be undone; what is
 * of longer after that was made by a clock that was set back since. */
#define CPD_HAS_COME(created, now) "(" created " <= " now " OR " created " > " now " + " CPD_CLOCK_LATER_SQL ")"
