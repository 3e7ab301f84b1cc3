/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-appointment.h"

G_BEGIN_DECLS

/* Appointments by day, each day with its heading and a card of rows. */
#define CPA_TYPE_APPOINTMENT_LIST (cpa_appointment_list_get_type ())
G_DECLARE_FINAL_TYPE (CpaAppointmentList, cpa_appointment_list, CPA, APPOINTMENT_LIST, GtkWidget)

void cpa_appointment_list_set_zone (CpaAppointmentList *self, GTimeZone *zone);
/* items: CpAppointment, in the order in which they are shown; they follow what is there. */
void cpa_appointment_list_append (CpaAppointmentList *self, const GPtrArray *items);
void cpa_appointment_list_clear (CpaAppointmentList *self);

G_END_DECLS
