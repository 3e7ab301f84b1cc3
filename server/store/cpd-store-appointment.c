/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-appointment.h"

#include <string.h>

#include "cpd-result.h"
#include "cpd-stmt.h"

#define APPOINTMENT_COLUMNS                                                                                            \
  "public_id, status, starts, ends, description, with_whom, place, instruction, note, cancel_reason, id,"              \
  " place_in_time"

/* From when on what was planned is shown as past. */
static CpTime
past_from (const CpAppointment *a)
{
  return a->status == CP_APPOINTMENT_PLANNED && a->start != 0 ? MAX (a->start, a->end) + 1 : G_MAXINT64;
}

static CpAppointment *
take_appointment (CpdStmt *stmt, CpTime now)
{
  CpAppointment *a = cp_appointment_new ();

  a->id = cpd_stmt_dup_text (stmt, 0);
  a->source = CP_APPOINTMENT_OF_CARE;
  a->status = (int) cpd_stmt_int (stmt, 1);
  a->start = cpd_stmt_int (stmt, 2);
  a->end = cpd_stmt_int (stmt, 3);
  a->description = cpd_stmt_dup_text (stmt, 4);
  a->with = cpd_stmt_dup_text (stmt, 5);
  a->place = cpd_stmt_dup_text (stmt, 6);
  a->instruction = cpd_stmt_dup_text (stmt, 7);
  a->note = cpd_stmt_dup_text (stmt, 8);
  a->cancel_reason = cpd_stmt_dup_text (stmt, 9);
  if (past_from (a) <= now)
    a->status = CP_APPOINTMENT_PAST;
  return a;
}

/* Over: its end (or else an hour after its start) has passed, or the EHR says so. */
#define OVER "(status = 2 OR coalesce (ends, place_in_time + 3600000000) <= ?2)"
#define WITHOUT_END CP_TIME_HOUR
#define WITHOUT_START (253370764800 * CP_TIME_SECOND) /* place_in_time in the schema */

/* SQL: columns of what is not over, ?2 being now, with more conditions. Most of it began not long before: ?3 is when.
 * What takes longer than that has an index of its own. */
#define NOT_LONG (31 * CP_TIME_DAY)
#define COMING(columns, more)                                                                                          \
  "SELECT " columns " FROM appointment WHERE patient = ?1 AND removed IS NULL AND place_in_time >= ?3 AND NOT " OVER   \
  " AND " more " UNION ALL SELECT " columns " FROM appointment INDEXED BY appointment_long WHERE patient = ?1"         \
  " AND removed IS NULL AND ends - place_in_time > 2678400000000 AND ends > ?2 AND place_in_time < ?3"                 \
  " AND NOT " OVER " AND " more

static CpdStmt *
query_appointments (CpdDb *db, gint64 patient, gboolean coming, CpTime now, const CpdTimeRange *cancelled,
                    const CpdCursor *cursor, int limit, GError **error)
{
  if (coming)
    return cpd_db_query (db, error,
                         COMING (APPOINTMENT_COLUMNS, "(place_in_time, id) > (?4, ?5)"
                                                      " AND (status <> 3 OR (place_in_time >= ?6 AND place_in_time < "
                                                      "?8))") " ORDER BY place_in_time, id LIMIT ?7",
                         "iiiiiiii", patient, now, now - NOT_LONG, cursor->at, cursor->id, cancelled->since,
                         (gint64) limit, cancelled->until);
  return cpd_db_query (db, error,
                       "SELECT " APPOINTMENT_COLUMNS
                       " FROM appointment WHERE patient = ?1 AND removed IS NULL AND " OVER
                       " AND (?4 = 0 OR (place_in_time, id) < (?3, ?4))"
                       " ORDER BY place_in_time DESC, id DESC LIMIT ?5",
                       "iiiii", patient, now, cursor->at, cursor->id, (gint64) limit);
}

/**
 * cpd_store_appointments:
 * @cancelled: a coming appointment that was cancelled shows when it starts in this
 * @next: (out) (optional): where the next page begins
 *
 * Returns: (transfer full) (element-type CpAppointment): NULL with an error.
 */
GPtrArray *
cpd_store_appointments (CpdDb *db, const CpdGrant *grant, gboolean coming, CpTime now, const CpdTimeRange *cancelled,
                        const CpdCursor *cursor, int limit, CpdCursor *next, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_appointment_free);
  g_autoptr (CpdStmt) stmt =
      query_appointments (db, grant->patient, coming, now, cancelled, cursor, limit + (next != NULL), &local);
  CpdCursor last = { 0, 0 };

  if (next != NULL)
    *next = (CpdCursor){ 0, 0 };
  while (cpd_stmt_next (stmt, &local))
    {
      if ((int) list->len == limit)
        {
          *next = last;
          break;
        }
      last = (CpdCursor){ cpd_stmt_int (stmt, 11), cpd_stmt_int (stmt, 10) };
      g_ptr_array_add (list, take_appointment (stmt, now));
    }
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * cpd_store_appointments_came:
 * @came: (out)
 *
 * One that is cancelled by now does not count, nor what changed in one that was known.
 */
gboolean
cpd_store_appointments_came (CpdDb *db, const CpdGrant *grant, CpTime since, CpTime now, gboolean *came, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, COMING ("1", "first_seen > ?4 AND status <> 3") " LIMIT 1",
                                           "iiii", grant->patient, now, now - NOT_LONG, since);

  *came = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

/* What is coming is kept in the summary as it is written in an answer, the nearest first, a line for each:
 * from when on it is over, from when on what is written is not right any more, its place in time, whether it was
 * cancelled, and the JSON text. All of that only ever goes one way as time passes, so that a reader of any later moment
 * can tell by those numbers which lines still count. */
#define KEPT 8

/* One that was cancelled is asked for on its day only, which may be any day to come: so it is kept too, but takes no
 * place of one that goes on. Of somebody for whom nearly everything is cancelled this is enough. */
#define KEPT_LINES 32

static void
keep_line (GString *lines, const CpAppointment *a, GTimeZone *zone)
{
  CpTime place = a->start != 0 ? a->start : WITHOUT_START;

  g_string_append_printf (lines, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d ",
                          a->end != 0 ? a->end : place + WITHOUT_END, past_from (a), place,
                          a->status == CP_APPOINTMENT_CANCELLED);
  cp_record_write (&cp_appointment_record, a, zone, lines);
  g_string_append_c (lines, '\n');
}

/* What another program wrote, or this one under another zone, may be written differently. */
static gint64
this_run (void)
{
  static gsize run = 0;

  if (g_once_init_enter (&run))
    g_once_init_leave (&run, (gsize) g_random_int () << 16 | 1);
  return (gint64) run;
}

/* (out) all: there are no more than these. */
static gboolean
keep_lines (CpdStmt *stmt, CpTime now, GTimeZone *zone, GString *lines, gboolean *all, GError **error)
{
  int planned = 0;

  for (int kept = 0; cpd_stmt_next (stmt, error); kept++)
    {
      g_autoptr (CpAppointment) a = take_appointment (stmt, now);

      if (planned == KEPT || kept == KEPT_LINES)
        {
          *all = FALSE;
          return TRUE;
        }
      planned += a->status != CP_APPOINTMENT_CANCELLED;
      keep_line (lines, a, zone);
    }
  *all = TRUE;
  return *error == NULL;
}

/**
 * cpd_store_appointments_keep:
 * @zone: of the organisation
 *
 * Fills what triggers have emptied when an appointment of the patient changed. Without a summary nothing is kept.
 */
gboolean
cpd_store_appointments_keep (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error)
{
  /* Which day it is, the reader knows: what was cancelled yesterday is in, rather than too little. */
  const CpdTimeRange cancelled = { now - 2 * CP_TIME_DAY, CPD_TIME_RANGE_OPEN };
  const CpdCursor beginning = { 0, 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      query_appointments (db, patient, TRUE, now, &cancelled, &beginning, KEPT_LINES + 1, &local);
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean all = FALSE;

  if (!keep_lines (stmt, now, zone, lines, &all, &local))
    return cpd_result (&local, error);
  return cpd_db_run (db, error,
                     "UPDATE summary SET coming = ?, coming_at = ?, coming_all = ?, coming_run = ? WHERE patient = ?",
                     "tiiii", lines->str, now, (gint64) all, this_run (), patient);
}

typedef struct
{
  CpTime over;
  CpTime wrong;
  CpTime place;
  gboolean cancelled;
  const char *text;
  gsize length;
} Line;

/* None is negative: what is coming is not of before 1970. */
static gint64
take_number (const char **at)
{
  gint64 number = 0;

  for (; g_ascii_isdigit (**at); ++*at)
    number = number * 10 + (**at - '0');
  if (**at == ' ')
    ++*at;
  return number;
}

/* Where the next line begins; NULL after the last. */
static const char *
take_line (const char *at, Line *line)
{
  const char *end;

  line->over = take_number (&at);
  line->wrong = take_number (&at);
  line->place = take_number (&at);
  line->cancelled = take_number (&at) != 0;
  line->text = at;
  end = strchr (at, '\n');
  if (end == NULL)
    return NULL;
  line->length = end - line->text;
  return end + 1;
}

/* The first of what is coming; NULL when what is kept does not say enough. */
static GPtrArray *
take_kept (const char *lines, gboolean all, const CpdNextAppointments *next)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_appointment_free);
  Line line;

  while ((int) list->len < next->limit && (lines = take_line (lines, &line)) != NULL)
    {
      if (line.over <= next->now ||
          (line.cancelled && (line.place < next->cancelled.since || line.place >= next->cancelled.until)))
        continue;
      if (line.wrong <= next->now)
        return NULL;
      g_ptr_array_add (list, cp_record_new_written (&cp_appointment_record, line.text, line.length));
    }
  return all || (int) list->len == next->limit ? g_steal_pointer (&list) : NULL;
}

/**
 * cpd_store_appointments_take_kept:
 * @row: a summary, with CPD_KEPT_COLUMNS from @column on
 */
void
cpd_store_appointments_take_kept (CpdStmt *row, int column, CpdNextAppointments *next)
{
  const char *lines = cpd_stmt_text (row, column);

  if (lines != NULL && cpd_stmt_int (row, column + 2) <= next->now && cpd_stmt_int (row, column + 3) == this_run ())
    next->items = take_kept (lines, cpd_stmt_int (row, column + 1) != 0, next);
}
