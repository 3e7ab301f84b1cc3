/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-past.h"

#include "cpd-clock.h"
#include "cpd-stmt.h"

/* ?1 is now, ?2 how many rows at most. Each leaves nothing that it would find again. */
#define FAST "?1 + " CPD_CLOCK_ALLOWED_SQL
#define OF(table, condition) " WHERE id IN (SELECT id FROM " table " WHERE " condition " LIMIT ?2)"
#define PAST(column) column " = min (" column ", ?1)"
/* Of each client by an index: there are millions of cards. */
#define OF_CLIENTS(table, index, condition)                                                                            \
  " WHERE id IN (SELECT r.id FROM patient p CROSS JOIN " table " r INDEXED BY " index                                  \
  " ON r.patient = p.id AND r.removed IS NULL AND " condition " LIMIT ?2)"
#define SEEN PAST ("first_seen") ", " PAST ("seen")

static const char *const rules[] = {
  /* What lets somebody in counts no more, also when that moment comes. */
  "UPDATE session SET expires = 0" OF ("session", "last_used > " FAST " AND expires > 0"),
  "UPDATE login_attempt SET expires = 0" OF ("login_attempt", "created > " FAST " AND expires > 0"),
  "UPDATE device SET ended = ?1" OF ("device", "last_visit > " FAST " AND ended IS NULL"),
  /* A code on paper works as long as it would have. */
  "UPDATE given_code SET expires = ?1 + expires - created, created = ?1" OF ("given_code", "created > " FAST),
  /* A login and the look at a client in it are of one moment, before and after. */
  "UPDATE account SET " PAST ("last_login") ", " PAST ("previous_login")
      OF ("account", "max (coalesce (last_login, 0), coalesce (previous_login, 0)) > " FAST),
  "UPDATE membership SET " PAST ("accepted") ", " PAST ("visited") ", " PAST ("visited_before") ", " PAST (
      "unread_since") OF ("membership", "max (coalesce (accepted, 0), coalesce (visited, 0), coalesce (visited_before,"
                                        " 0), coalesce (unread_since, 0)) > " FAST),
  "UPDATE membership_part SET given = ?1" OF ("membership_part", "given > " FAST),
  /* The mail that tells it is known by that moment, until it has gone. */
  "UPDATE account SET news_told = ?1 WHERE id IN (SELECT id FROM account a WHERE news_told > " FAST
  " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.account = a.id AND o.created = a.news_told AND o.sent IS NULL"
  " AND o.failed IS NULL) LIMIT ?2)",
  "UPDATE patient SET loaded = ?1" OF ("patient", "loaded > " FAST),
  "UPDATE item SET " SEEN OF_CLIENTS ("item", "item_first_seen", "r.first_seen > " FAST),
  "UPDATE item SET " SEEN OF_CLIENTS ("item", "item_renewed", "r.seen > r.first_seen AND r.seen > " FAST),
  "UPDATE care_plan SET " SEEN OF_CLIENTS ("care_plan", "care_plan_newest", "r.part_of IS NULL AND r.seen > " FAST),
  /* Of those that are coming it is told that they are new. */
  "UPDATE appointment SET first_seen = ?1" OF_CLIENTS ("appointment", "appointment_order",
                                                       "r.place_in_time > ?1 AND r.first_seen > " FAST),
};

/**
 * cpd_past_put_right:
 * @more: (inout)
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_past_put_right (CpdDb *db, CpTime now, int batch, gboolean *more, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (!cpd_db_run (db, error, rules[i], "ii", now, (gint64) batch))
        return FALSE;
      *more = *more || cpd_db_changes (db) == batch;
    }
  return TRUE;
}
