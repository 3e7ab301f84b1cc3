/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-appointment-text.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-time-text.h"

static const struct
{
  const char *tag, *icon, *css_class, *untitled;
} sources[] = {
  [CP_APPOINTMENT_OF_CARE] = { NC_ ("tag", "Care"), "cp-care-symbolic", "care", N_ ("Appointment with the care team") },
  [CP_APPOINTMENT_OF_MEMBER] = { NC_ ("tag", "Family"), "cp-family-symbolic", "family", N_ ("Appointment") },
};

const char *
cpa_appointment_doubt (const CpAppointment *appointment)
{
  if (appointment->status == CP_APPOINTMENT_CANCELLED)
    return _ ("Canceled");
  if (appointment->status == CP_APPOINTMENT_PROPOSED)
    return _ ("Proposal, not certain yet");
  return NULL;
}

const char *
cpa_appointment_doubt_class (const CpAppointment *appointment)
{
  return appointment->status == CP_APPOINTMENT_CANCELLED ? "gone" : "quiet";
}

gboolean
cpa_appointment_is_now (const CpAppointment *appointment)
{
  CpTime now = cp_time_now ();

  return cpa_appointment_doubt (appointment) == NULL && appointment->start != 0 && appointment->start <= now &&
         now < appointment->end;
}

const char *
cpa_appointment_title (const CpAppointment *appointment)
{
  if (appointment->description != NULL && *appointment->description != '\0')
    return appointment->description;
  return _ (sources[appointment->source].untitled);
}

/* From the beginning of a day to that of another: so comes from the EHR what has days and no hours. */
static gboolean
is_whole_days (const CpAppointment *appointment, GTimeZone *zone)
{
  return appointment->start != 0 && appointment->end > appointment->start &&
         cp_time_day_begins (appointment->start, 0, 0, zone) == appointment->start &&
         cp_time_day_begins (appointment->end, 0, 0, zone) == appointment->end;
}

gboolean
cpa_appointment_has_days (const CpAppointment *appointment, GTimeZone *zone)
{
  return is_whole_days (appointment, zone) && cp_time_days_between (appointment->start, appointment->end - 1, zone) > 0;
}

/* What the last day is cannot be guessed from a heading. */
static char *
until_text (const CpAppointment *appointment, GTimeZone *zone)
{
  g_autofree char *last = cpa_time_day (appointment->end - 1, zone);

  return cpa_fill (_ ("whole days, up to and including {day}"), "day", last, NULL);
}

gboolean
cpa_appointment_has_clock (const CpAppointment *appointment, GTimeZone *zone)
{
  return appointment->start != 0 && !is_whole_days (appointment, zone);
}

char *
cpa_appointment_clock (const CpAppointment *appointment, GTimeZone *zone)
{
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (appointment->start == 0)
    return g_strdup (_ ("Time not known"));
  if (cpa_appointment_has_days (appointment, zone))
    return cpa_time_capital (until_text (appointment, zone));
  if (is_whole_days (appointment, zone))
    return g_strdup (_ ("Whole day"));
  from = cpa_time_clock (appointment->start, zone);
  if (appointment->end <= appointment->start)
    return g_steal_pointer (&from);
  /* Past midnight the clock alone would mislead. */
  until = cp_time_days_between (appointment->start, appointment->end, zone) == 0
              ? cpa_time_clock (appointment->end, zone)
              : cpa_time_day_clock (appointment->end, zone);
  return g_strconcat (from, " – ", until, NULL);
}

char *
cpa_appointment_when (const CpAppointment *appointment, GTimeZone *zone)
{
  g_autofree char *first = NULL;
  g_autofree char *until = NULL;

  if (appointment->start == 0)
    return g_strdup (_ ("Time not known"));
  if (!is_whole_days (appointment, zone))
    return cpa_time_day_clock (appointment->start, zone);
  first = cpa_time_day (appointment->start, zone);
  if (!cpa_appointment_has_days (appointment, zone))
    return g_steal_pointer (&first);
  until = until_text (appointment, zone);
  /* On which day it began is of no use any more. */
  if (appointment->start <= cp_time_now ())
    return g_steal_pointer (&until);
  return g_strconcat (first, ", ", until, NULL);
}

const char *
cpa_appointment_tag (const CpAppointment *appointment)
{
  return g_dpgettext2 (NULL, "tag", sources[appointment->source].tag);
}

const char *
cpa_appointment_icon (const CpAppointment *appointment)
{
  return sources[appointment->source].icon;
}

const char *
cpa_appointment_class (const CpAppointment *appointment)
{
  return sources[appointment->source].css_class;
}
