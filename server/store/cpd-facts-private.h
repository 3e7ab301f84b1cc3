/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-stmt.h"

/* Parts are summed in SQL: each live row is one bit. */
#define CPD_FACTS                                                                                                      \
  "m.id, m.patient, m.state, m.accepted, m.until, m.ended,"                                                            \
  " (SELECT coalesce (sum (part), 0) FROM membership_part p WHERE p.membership = m.id AND p.ended IS NULL)"

/* SQL: the address of membership m, of account a, that a manager may see: that of who is not named yet is the one that
 * was typed. */
#define CPD_SHOWN_EMAIL "coalesce (m.email, a.email)"

/* The first columns of a row that begins with CPD_FACTS. */
static inline void
cpd_take_facts (CpdStmt *stmt, CpdMembershipFacts *facts)
{
  facts->membership = cpd_stmt_int (stmt, 0);
  facts->patient = cpd_stmt_int (stmt, 1);
  facts->state = (int) cpd_stmt_int (stmt, 2);
  facts->accepted = cpd_stmt_int (stmt, 3);
  facts->until = cpd_stmt_int (stmt, 4);
  facts->ended = cpd_stmt_int (stmt, 5);
  facts->parts = (guint) cpd_stmt_int (stmt, 6);
}
