/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-news.h"

#include <string.h>

#include "cp-part.h"
#include "cp-start.h"
#include "cpd-open-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-appointment.h"
#include "cpd-store-summary.h"

#define TEMPLATE "something-new"

/* A type that never comes whole keeps nobody waiting for longer. */
#define LOADING (7 * CP_TIME_DAY)

/* SQL: account a was told and has not been in since. */
#define WAITS "(a.news_waiting AND NOT EXISTS (SELECT 1 FROM outbox o WHERE " CPD_NEWS_TOLD_NOTHING "))"

/* A part that somebody may read now, and since when what comes there is new to that person. */
typedef struct
{
  CpdGrant grant; /* of the client alone */
  CpPart part;
  CpTime since;
} Held;

/**
 * cpd_store_news_accounts:
 *
 * Who was never in does not know the portal yet: that is what the invitation is for.
 *
 * Returns: (transfer full) (element-type gint64): NULL with an error.
 */
GArray *
cpd_store_news_accounts (CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT a.id FROM account a WHERE a.news_mail AND NOT " WAITS
                                           " AND a.ended IS NULL AND a.last_login IS NOT NULL ORDER BY a.id",
                                           "");

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 account = cpd_stmt_int (stmt, 0);
      g_array_append_val (accounts, account);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&accounts) : NULL;
}

/* told: when the mail was written that waits, 0 before there is one. What it tells was there by then: how far was told
 * does not count. What was there before one had the right, or came while the client's dossier was fetched for the first
 * time, is no news. Of who has died nothing is mailed. (transfer full) (element-type Held): when the person has been in
 * since, of clients whom that visit was not to, and none when another mail tells them. */
static GArray *
held_parts (CpdDb *db, gint64 account, CpTime told, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Held));
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT m.patient, p.part,"
                    " max (coalesce (m.visited, 0), m.accepted, p.given, patient.loaded, iif (?2, 0, a.news_told))"
                    " FROM account a JOIN membership m ON m.account = a.id JOIN patient ON patient.id = m.patient"
                    " JOIN membership_part p ON p.membership = m.id AND p.ended IS NULL"
                    " WHERE a.id = ?1 AND a.news_mail AND a.ended IS NULL"
                    " AND iif (?2, iif (a.news_waiting, a.news_told = ?2, m.visited IS NOT a.last_login),"
                    " NOT " WAITS ")"
                    " AND a.last_login IS NOT NULL AND NOT patient.deceased AND patient.loaded IS NOT NULL"
                    /* After a backup was put back nothing shows until all was read again. */
                    " AND patient.read_at IS NOT 0"
                    " AND " CPD_IS_OPEN ("m", "?3"),
                    "iii", account, told, now);

  while (cpd_stmt_next (stmt, &local))
    {
      const Held held = { { .patient = cpd_stmt_int (stmt, 0) },
                          (CpPart) cpd_stmt_int (stmt, 1),
                          cpd_stmt_int (stmt, 2) };
      g_array_append_val (parts, held);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&parts) : NULL;
}

/* What the start screen will say is new, but for corrections. */
static gboolean
dossier_has_news (CpdDb *db, const CpdConfig *config, const Held *held, CpTime now, gboolean *found, GError **error)
{
  return cpd_store_summary_came (db, config, &held->grant, held->since, found, error);
}

static gboolean
appointments_have_news (CpdDb *db, const CpdConfig *config, const Held *held, CpTime now, gboolean *found,
                        GError **error)
{
  return !cpd_config_shares (config, CP_FRESH_APPOINTMENTS) ||
         cpd_store_appointments_came (db, &held->grant, held->since, now, found, error);
}

static const struct
{
  CpPart part;
  gboolean (*has_news) (CpdDb *db, const CpdConfig *config, const Held *held, CpTime now, gboolean *found,
                        GError **error);
} parts[] = {
  { CP_PART_DOSSIER, dossier_has_news },
  { CP_PART_APPOINTMENTS, appointments_have_news },
};

static gboolean
has_news (CpdDb *db, const CpdConfig *config, const Held *held, CpTime now, gboolean *found, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].part == held->part)
      return parts[i].has_news (db, config, held, now, found, error);
  return TRUE;
}

static gboolean
find (CpdDb *db, const CpdConfig *config, gint64 account, CpTime told, CpTime now, gboolean *found, GError **error)
{
  g_autoptr (GArray) held = held_parts (db, account, told, now, error);

  *found = FALSE;
  for (guint i = 0; held != NULL && i < held->len && !*found; i++)
    if (!has_news (db, config, &g_array_index (held, Held, i), now, found, error))
      return FALSE;
  return held != NULL;
}

/**
 * cpd_store_news_find:
 * @found: (out)
 */
gboolean
cpd_store_news_find (CpdDb *db, const CpdConfig *config, gint64 account, CpTime now, gboolean *found, GError **error)
{
  return find (db, config, account, 0, now, found, error);
}

/**
 * cpd_store_news_tell:
 *
 * The row and the mark are one change: stopped in between, neither is there.
 */
gboolean
cpd_store_news_tell (CpdDb *db, const CpdConfig *config, gint64 account, CpTime now, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, TEMPLATE, .account = account };
  gboolean found;

  if (!find (db, config, account, 0, now, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  return cpd_store_outbox_add_message (db, &message, now, error) &&
         cpd_db_run (db, error, "UPDATE account SET news_told = ?, news_waiting = 1 WHERE id = ?", "ii", now, account);
}

/* When the quiet hours end in which now lies; 0: it lies in none. */
static CpTime
quiet_end (const CpdNewsChoice *choice, CpTime now, GTimeZone *zone)
{
  g_autofree char *clock = cp_time_clock (now, zone);
  int minute = cp_time_minute_of_day (clock);
  int from = choice->quiet_from;
  int until = choice->quiet_until;
  gboolean over_midnight = from > until;
  gboolean after_from = minute >= from;
  gboolean before_until = minute < until;
  g_autofree char *date = NULL;
  CpTime end;

  if (from == until || !(over_midnight ? after_from || before_until : after_from && before_until))
    return 0;
  date = cp_time_date (cp_time_day_begins (now, 0, before_until ? 0 : 1, zone), zone);
  end = cp_time_of_local (date, until, zone);
  /* In the second of the double hour of autumn the clock is before their end again: they were over in the first. */
  return end > now ? end : 0;
}

/* No operator is asked to look at it, and another one may come. */
static gboolean
drop (CpdDb *db, const CpdOutboxRow *row, CpTime now, GError **error)
{
  gboolean done;

  return cpd_store_outbox_drop (db, row->id, now, &done, error) &&
         cpd_db_run (db, error, "UPDATE account SET news_waiting = 0 WHERE id = ? AND news_told = ?", "ii",
                     row->account, row->created);
}

/* Also to who has been in meanwhile, elsewhere than where the news is: no other one goes before the next visit. */
static gboolean
let_go (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET news_waiting = 1, news_told = ? WHERE id = ? AND NOT news_waiting",
                     "ii", row->created, row->account);
}

/**
 * cpd_store_news_hold:
 * @held: (out)
 *
 * Who has seen it meanwhile, may not read it any more or does not want it gets no mail. In the quiet hours it waits.
 */
gboolean
cpd_store_news_hold (CpdDb *db, const CpdConfig *config, const CpdOutboxRow *row, CpTime now, gboolean *held,
                     GError **error)
{
  CpdNewsChoice choice;
  gboolean found;
  CpTime end;

  *held = FALSE;
  if (strcmp (row->template_name, TEMPLATE) != 0)
    return TRUE;
  if (!find (db, config, row->account, row->created, now, &found, error) ||
      !cpd_store_news_choice (db, row->account, &choice, error))
    return FALSE;
  end = quiet_end (&choice, now, config->zone);
  *held = !found || end != 0;
  if (!found)
    return drop (db, row, now, error);
  return end == 0 ? let_go (db, row, error) : cpd_store_outbox_put_off (db, row, end, error);
}

/**
 * cpd_store_news_seen:
 *
 * What came since the mail that waited was there to be seen.
 */
gboolean
cpd_store_news_seen (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET news_waiting = 0, news_told = ? WHERE id = ? AND news_waiting",
                     "ii", now, account);
}

/**
 * cpd_store_news_loaded:
 *
 * Who was enrolled while the run went on is not linked yet.
 */
gboolean
cpd_store_news_loaded (CpdDb *db, const char *source, gboolean everything, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE patient SET loaded = ?1 WHERE source = ?2 AND loaded IS NULL AND fhir_id IS NOT NULL"
                     " AND (?3 OR created < ?4)",
                     "itii", now, source, (gint64) everything, now - LOADING);
}

/**
 * cpd_store_news_choice:
 * @choice: (out caller-allocates)
 */
gboolean
cpd_store_news_choice (CpdDb *db, gint64 account, CpdNewsChoice *choice, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT news_mail, coalesce (quiet_from, -1), coalesce (quiet_until, -1) FROM account"
                    " WHERE id = ?",
                    "i", account);

  *choice = (CpdNewsChoice){ FALSE, -1, -1 };
  if (cpd_stmt_next (stmt, &local))
    *choice =
        (CpdNewsChoice){ cpd_stmt_int (stmt, 0) != 0, (int) cpd_stmt_int (stmt, 1), (int) cpd_stmt_int (stmt, 2) };
  return cpd_result (&local, error);
}

/**
 * cpd_store_news_choose:
 *
 * By the person, who is in: what is there by now needs no telling.
 */
gboolean
cpd_store_news_choose (CpdDb *db, gint64 account, const CpdNewsChoice *choice, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE account SET news_mail = ?1, quiet_from = iif (?2 < 0, NULL, ?2),"
                     " quiet_until = iif (?3 < 0, NULL, ?3), news_waiting = 0, news_told = ?4 WHERE id = ?5",
                     "iiiii", (gint64) choice->mail, (gint64) choice->quiet_from, (gint64) choice->quiet_until, now,
                     account);
}
