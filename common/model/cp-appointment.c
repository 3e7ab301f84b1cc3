/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-appointment.h"

const char *const cp_appointment_status_names[] = { "planned", "proposed", "past", "cancelled", NULL };
static const char *const source_names[] = { "care", "member", NULL };

static const CpField appointment_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpAppointment, id) },
  { "source", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpAppointment, source), .names = source_names },
  { "status", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpAppointment, status), .names = cp_appointment_status_names },
  { "start", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, start) },
  { "end", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, end) },
  { "description", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, description) },
  { "with", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, with) },
  { "place", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, place) },
  { "instruction", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, instruction) },
  { "note", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, note) },
  { "cancel_reason", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointment, cancel_reason) },
  { NULL }
};
CP_DEFINE_RECORD (CpAppointment, cp_appointment, "Appointment", appointment_fields)
