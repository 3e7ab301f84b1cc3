/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-appointment.h"

G_BEGIN_DECLS

/* The words around an appointment. (transfer full) unless const. */

/* (nullable): why nobody can count on it: "Canceled", "Proposal, not certain yet"; and how the chip with that looks. */
const char *cpa_appointment_doubt (const CpAppointment *appointment);
const char *cpa_appointment_doubt_class (const CpAppointment *appointment);
/* Never of what is canceled or only proposed. */
gboolean cpa_appointment_is_now (const CpAppointment *appointment);
/* What it is: its description, or what can be said without one. */
const char *cpa_appointment_title (const CpAppointment *appointment);
/* Whether it has an hour of the day: not when it takes whole days, or its time is not known. */
gboolean cpa_appointment_has_clock (const CpAppointment *appointment, GTimeZone *zone);
/* Whether it takes more than one day, and whole ones. */
gboolean cpa_appointment_has_days (const CpAppointment *appointment, GTimeZone *zone);
/* "14:00 – 14:30", "14:00", "Whole day", "Whole days, up to and including tomorrow", "Time not known". */
char *cpa_appointment_clock (const CpAppointment *appointment, GTimeZone *zone);
/* "today 14:00"; "today" of a whole day; "tomorrow, whole days, up to and including ..." of several, without the first
 * once they have begun; "Time not known". */
char *cpa_appointment_when (const CpAppointment *appointment, GTimeZone *zone);
/* "Care" or "Family". */
const char *cpa_appointment_tag (const CpAppointment *appointment);
const char *cpa_appointment_icon (const CpAppointment *appointment);
const char *cpa_appointment_class (const CpAppointment *appointment);

G_END_DECLS
