/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include "cp-appointment.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define GONE -1
#define MINUTES_MAX (7 * 24 * 60)

/* FHIR Appointment.status */
static const struct
{
  const char *status;
  int state; /* CpAppointmentStatus, or GONE */
} states[] = {
  { "booked", CP_APPOINTMENT_PLANNED },     { "arrived", CP_APPOINTMENT_PLANNED },
  { "checked-in", CP_APPOINTMENT_PLANNED }, { "proposed", CP_APPOINTMENT_PROPOSED },
  { "pending", CP_APPOINTMENT_PROPOSED },   { "waitlist", CP_APPOINTMENT_PROPOSED },
  { "fulfilled", CP_APPOINTMENT_PAST },     { "cancelled", CP_APPOINTMENT_CANCELLED },
  { "noshow", CP_APPOINTMENT_CANCELLED },   { "entered-in-error", GONE },
};

static void
join (GString *names, const char *name)
{
  if (name != NULL)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static gboolean
is_shared (const CpdEhrMapper *mapper, JsonObject *object)
{
  JsonArray *participants = cpd_fhir_array (object, "participant");
  guint patients = 0;

  for (guint i = 0; i < cpd_fhir_length (participants); i++)
    if (cpd_ehr_map_may_be_patient (mapper, cpd_fhir_object (cpd_fhir_nth (participants, i), "actor"), object))
      patients++;
  return patients > 1;
}

/* Patients are never named, nor who is with another one: in a shared appointment that would be somebody else's data,
 * and there somebody of whom it is not told whose they are is not named either. */
static gboolean
may_be_named (const CpdEhrMapper *mapper, JsonObject *actor, JsonObject *object, gboolean shared)
{
  static const char *const carers[] = { "Practitioner", "PractitionerRole", "HealthcareService", "Location", NULL };
  g_autofree char *owner = NULL;

  if (actor == NULL || cpd_ehr_map_may_be_patient (mapper, actor, object))
    return FALSE;
  for (int i = 0; shared && carers[i] != NULL; i++)
    if (cpd_ehr_names_is_a (mapper->names, actor, object, carers[i]))
      return TRUE;
  owner = cpd_ehr_names_owner (mapper->names, actor, object);
  return (owner != NULL || !shared) && !cpd_ehr_map_is_of_other (mapper, actor, object);
}

/* Who else comes, and where. */
static void
map_participants (const CpdEhrMapper *mapper, JsonObject *object, CpdEhrAppointment *appointment)
{
  JsonArray *participants = cpd_fhir_array (object, "participant");
  g_autoptr (GString) with = g_string_new (NULL);
  g_autoptr (GString) place = g_string_new (NULL);
  gboolean shared = is_shared (mapper, object);

  for (guint i = 0; i < cpd_fhir_length (participants); i++)
    {
      JsonObject *participant = cpd_fhir_nth (participants, i);
      JsonObject *actor = cpd_fhir_object (participant, "actor");
      g_autofree char *name = NULL;

      /* Who has said no does not come. */
      if (g_strcmp0 (cpd_fhir_string (participant, "status"), "declined") == 0 ||
          !may_be_named (mapper, actor, object, shared))
        continue;
      name = cpd_ehr_map_name (mapper, actor, object, NULL);
      join (cpd_ehr_names_is_a (mapper->names, actor, object, "Location") ? place : with, name);
    }
  appointment->with = cpd_ehr_text_line (with->str);
  appointment->place = cpd_ehr_text_line (place->str);
}

/* A moment as exact as Appointment.start and end have to be, or at least a day. */
typedef struct
{
  CpTime at; /* 0: not known; of a day its beginning */
  gboolean is_day;
} Moment;

/* FALSE when something is there and it is not known what it says. A year or a month is no time of an appointment: it is
 * told, and the rest is shown. */
static gboolean
read_moment (const CpdEhrMapper *mapper, JsonObject *object, const char *member, Moment *moment, const char **reason)
{
  const char *text = cpd_fhir_string (object, member);
  g_autofree char *partial = cpd_ehr_date_partial (text);

  *moment = (Moment){ 0 };
  if (text == NULL)
    return TRUE;
  if (partial != NULL)
    {
      *reason = "a time that is no more than a year or a month was left out";
      return TRUE;
    }
  return cpd_ehr_date_parse (text, mapper->zone, &moment->at, &moment->is_day);
}

static CpTime
duration_of (JsonObject *object)
{
  JsonNode *minutes = json_object_get_member (object, "minutesDuration");
  gint64 length = minutes != NULL && JSON_NODE_HOLDS_VALUE (minutes) ? json_node_get_int (minutes) : 0;

  return length > 0 && length <= MINUTES_MAX ? length * CP_TIME_MINUTE : 0;
}

/* An end that does not come after the beginning is none: it would be over before it takes place. What begins on a day
 * takes whole days. FALSE when a time cannot be read. */
static gboolean
map_times (const CpdEhrMapper *mapper, JsonObject *object, CpdEhrAppointment *appointment, const char **reason)
{
  Moment start;
  Moment end;

  if (!read_moment (mapper, object, "start", &start, reason) || !read_moment (mapper, object, "end", &end, reason))
    return FALSE;
  if (end.is_day)
    end.at = cp_time_day_begins (end.at, 0, 1, mapper->zone);
  if (start.is_day)
    end.at = cp_time_day_begins (MAX (start.at, end.at - 1), 0, 1, mapper->zone);
  else if (start.at != 0 && end.at <= start.at)
    {
      CpTime length = duration_of (object);

      end.at = length != 0 ? start.at + length : 0;
    }
  appointment->start = start.at;
  appointment->end = end.at;
  return TRUE;
}

static char *
description_of (JsonObject *object)
{
  const char *text = cpd_fhir_string (object, "description");

  if (text == NULL)
    text = cpd_fhir_concepts_text (cpd_fhir_array (object, "serviceType"));
  if (text == NULL)
    text = cpd_fhir_concept_text (cpd_fhir_object (object, "appointmentType"));
  if (text == NULL)
    text = cpd_fhir_concepts_text (cpd_fhir_array (object, "serviceCategory"));
  return cpd_ehr_text_line (text);
}

/**
 * cpd_ehr_map_appointment:
 *
 * Returns: what became of the Appointment.
 */
CpdEhrMapped
cpd_ehr_map_appointment (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrAppointment **content,
                         const char **reason)
{
  JsonObject *object = resource->object;
  const char *status = cpd_fhir_string (object, "status");
  CpdEhrAppointment *appointment;
  gsize i = 0;

  while (i < G_N_ELEMENTS (states) && g_strcmp0 (states[i].status, status) != 0)
    i++;
  if (i == G_N_ELEMENTS (states))
    {
      *reason = "no status that FHIR R4 knows";
      return CPD_EHR_STRANGE;
    }
  if (states[i].state == GONE)
    return CPD_EHR_HIDDEN;
  appointment = g_new0 (CpdEhrAppointment, 1);
  appointment->status = states[i].state;
  if (!map_times (mapper, object, appointment, reason))
    {
      *reason = "its start or end is no time that FHIR R4 knows";
      /* That it is off counts, whenever it would have been. */
      if (appointment->status != CP_APPOINTMENT_CANCELLED)
        {
          cpd_ehr_appointment_free (appointment);
          return CPD_EHR_STRANGE;
        }
    }
  *content = appointment;
  map_participants (mapper, object, appointment);
  appointment->description = description_of (object);
  appointment->instruction =
      cpd_ehr_text_block (cpd_fhir_string (object, "patientInstruction"), CPD_EHR_ANSWER_MAX, NULL);
  appointment->note = cpd_ehr_text_block (cpd_fhir_string (object, "comment"), CPD_EHR_ANSWER_MAX, NULL);
  appointment->cancel_reason =
      cpd_ehr_text_line (cpd_fhir_concept_text (cpd_fhir_object (object, "cancelationReason")));
  return CPD_EHR_SHOWN;
}
