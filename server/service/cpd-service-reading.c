/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-reading.h"

#include <string.h>

#include "cpd-content.h"
#include "cpd-cursor.h"
#include "cpd-end-dates.h"
#include "cpd-store-appointment.h"
#include "cpd-store-reading.h"
#include "cpd-store-summary.h"
#include "cpd-store-timeline.h"

#define PAGE 50
#define START_APPOINTMENTS 4

/* In the organisation's zone. */
static CpTime
day_begins (const CpdCall *call, int days)
{
  return cp_time_day_begins (call->now, 0, days, call->services->config->zone);
}

/* Without a report there may be cards of another kind. */
static gboolean
set_dossier_state (CpdCall *call, CpStart *start, GError **error)
{
  guint cards = cpd_content_cards (call);
  gboolean any = start->dossier->latest != NULL || start->dossier->plan_changed || start->dossier->new_plans > 0;

  if (!any && !cpd_store_timeline_any (call->db, &call->grant, cards, &any, error))
    return FALSE;
  start->dossier->state = cpd_content_state_of_cards (call, start->freshness, cards, any);
  return TRUE;
}

/* All of it comes from one row. */
static gboolean
read_summary (CpdCall *call, CpStart *start, GError **error)
{
  CpStartAppointments *appointments = start->appointments;
  /* A cancelled appointment shows on its day only. There it may be the first: that nobody comes is what one wants to
   * know on that day, and behind a later one it would be overlooked. */
  CpdNextAppointments next = { call->now, { day_begins (call, 0), day_begins (call, 1) }, START_APPOINTMENTS, NULL };
  gboolean wants_next = appointments != NULL && cpd_content_is_shown (call, CP_FRESH_APPOINTMENTS);

  if (!cpd_store_summary_read (call->db, call->services->config, &call->grant, call->grant.previous_visit,
                               cpd_content_cards (call) != 0 ? start->dossier : NULL,
                               cpd_content_is_shown (call, CP_FRESH_PROFILE) ? start->profile : NULL,
                               wants_next ? &next : NULL, error))
    return FALSE;
  if (next.items != NULL)
    {
      g_ptr_array_unref (appointments->items);
      appointments->items = next.items;
    }
  return TRUE;
}

static gboolean
start_summary (CpdCall *call, CpStart *start, GError **error)
{
  guint parts = call->grant.parts;

  start->appointments = (parts & CP_PART_APPOINTMENTS) != 0 ? cp_start_appointments_new () : NULL;
  start->dossier = (parts & CP_PART_DOSSIER) != 0 ? cp_start_dossier_new () : NULL;
  start->profile = (parts & CP_PART_PROFILE) != 0 ? cp_start_profile_new () : NULL;
  if (!read_summary (call, start, error) || (start->dossier != NULL && !set_dossier_state (call, start, error)))
    return FALSE;
  if (start->appointments != NULL)
    start->appointments->state =
        cpd_content_state (call, start->freshness, CP_FRESH_APPOINTMENTS, start->appointments->items->len > 0);
  if (start->profile != NULL)
    start->profile->state = cpd_content_state (call, start->freshness, CP_FRESH_PROFILE, start->profile->name != NULL);
  return TRUE;
}

/* Messages have no page yet; the panel says why it is empty. */
static gboolean
start_messages (CpdCall *call, CpStart *start, GError **error)
{
  start->messages = cp_start_messages_new ();
  start->messages->state = CP_CONTENT_EMPTY;
  return TRUE;
}

static const struct
{
  guint parts;
  gboolean (*fill) (CpdCall *call, CpStart *start, GError **error);
} panels[] = {
  { CP_PART_APPOINTMENTS | CP_PART_DOSSIER | CP_PART_PROFILE, start_summary },
  { CP_PART_MESSAGES, start_messages },
};

/**
 * cpd_service_start:
 *
 * The four panels as far as the grant reaches: a panel without the right is absent.
 */
gboolean
cpd_service_start (CpdCall *call, GError **error)
{
  g_autoptr (CpStart) start = cp_start_new ();

  if ((call->grant.parts & (CP_PART_APPOINTMENTS | CP_PART_DOSSIER | CP_PART_PROFILE)) != 0)
    {
      start->freshness = cpd_content_freshness (call, call->grant.parts, error);
      if (start->freshness == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (panels); i++)
    if ((call->grant.parts & panels[i].parts) != 0 && !panels[i].fill (call, start, error))
      return FALSE;
  if (!cpd_end_dates_start (call, start, error))
    return FALSE;
  g_strfreev (start->allowed);
  start->allowed = cpd_content_allowed (call);
  cpd_call_read (call, call->grant.parts, CPD_AUDIT_START, 0, 0, 1);
  cpd_call_answer_later (call, &cp_start_record, g_steal_pointer (&start));
  return TRUE;
}

static void
range_of (GPtrArray *items, CpTime (*time_of) (gconstpointer), CpTime *first, CpTime *last)
{
  *first = items->len > 0 ? time_of (items->pdata[0]) : 0;
  *last = items->len > 0 ? time_of (items->pdata[items->len - 1]) : 0;
}

static CpTime
appointment_time (gconstpointer item)
{
  return ((const CpAppointment *) item)->start;
}

static gboolean
wants_coming (CpdCall *call, gboolean *coming, GError **error)
{
  const char *when = cpd_request_query (call->request, "when");

  *coming = when == NULL || strcmp (when, "coming") == 0;
  if (*coming || strcmp (when, "past") == 0)
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "when is coming or past");
  return FALSE;
}

/**
 * cpd_service_appointments:
 */
gboolean
cpd_service_appointments (CpdCall *call, GError **error)
{
  g_autoptr (CpAppointmentPage) page = cp_appointment_page_new ();
  /* In the list one sees that a later one was cancelled. */
  const CpdTimeRange cancelled = { day_begins (call, 0), CPD_TIME_RANGE_OPEN };
  CpdCursor cursor;
  CpdCursor next = { 0, 0 };
  CpTime first;
  CpTime last;
  gboolean coming;

  page->freshness = cpd_content_freshness (call, CP_PART_APPOINTMENTS, error);
  if (page->freshness == NULL || !wants_coming (call, &coming, error) || !cpd_cursor_read (call, &cursor, error))
    return FALSE;
  if (cpd_content_is_shown (call, CP_FRESH_APPOINTMENTS))
    {
      GPtrArray *items =
          cpd_store_appointments (call->db, &call->grant, coming, call->now, &cancelled, &cursor, PAGE, &next, error);
      if (items == NULL)
        return FALSE;
      g_ptr_array_unref (page->items);
      page->items = items;
    }
  page->state = cpd_content_state (call, page->freshness, CP_FRESH_APPOINTMENTS, page->items->len > 0);
  page->next_cursor = cpd_cursor_write (call, &next);
  g_strfreev (page->allowed);
  page->allowed = cpd_content_allowed (call);
  range_of (page->items, appointment_time, &first, &last);
  cpd_call_read (call, CP_PART_APPOINTMENTS, coming ? 0 : CPD_AUDIT_PAST, first, last, page->items->len);
  cpd_call_answer (call, &cp_appointment_page_record, page);
  return TRUE;
}

/**
 * cpd_service_profile:
 */
gboolean
cpd_service_profile (CpdCall *call, GError **error)
{
  g_autoptr (CpProfileAnswer) answer = cp_profile_answer_new ();
  g_autoptr (GError) local = NULL;

  answer->freshness = cpd_content_freshness (call, CP_PART_PROFILE, error);
  if (answer->freshness == NULL)
    return FALSE;
  if (cpd_content_is_shown (call, CP_FRESH_PROFILE))
    answer->profile = cpd_store_profile (call->db, &call->grant, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (answer->profile != NULL && !cpd_content_is_shown (call, CP_FRESH_CONTACTS))
    g_ptr_array_set_size (answer->profile->contacts, 0);
  answer->state = cpd_content_state (call, answer->freshness, CP_FRESH_PROFILE, answer->profile != NULL);
  g_strfreev (answer->allowed);
  answer->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_PROFILE, 0, 0, 0, 1);
  cpd_call_answer (call, &cp_profile_answer_record, answer);
  return TRUE;
}
