/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* FHIR Appointment.status, as far as a reader needs it. */
typedef enum
{
  CP_APPOINTMENT_PLANNED,
  CP_APPOINTMENT_PROPOSED,
  CP_APPOINTMENT_PAST,
  CP_APPOINTMENT_CANCELLED
} CpAppointmentStatus;
extern const char *const cp_appointment_status_names[];

typedef enum
{
  CP_APPOINTMENT_OF_CARE,
  CP_APPOINTMENT_OF_MEMBER
} CpAppointmentSource;

typedef struct
{
  char *id;
  int source;          /* CpAppointmentSource */
  int status;          /* CpAppointmentStatus */
  CpTime start;        /* 0: not known */
  CpTime end;          /* 0: not known */
  char *description;   /* (nullable) */
  char *with;          /* (nullable): who else comes, names joined by ", " */
  char *place;         /* (nullable) */
  char *instruction;   /* (nullable): patientInstruction */
  char *note;          /* (nullable): comment */
  char *cancel_reason; /* (nullable) */
} CpAppointment;
CP_DECLARE_RECORD (CpAppointment, cp_appointment)

G_END_DECLS
