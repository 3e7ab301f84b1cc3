/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include "cp-appointment.h"

/* When an appointment is. */

static CpdEhrMapper mapper;

static CpTime
at (const char *text)
{
  CpTime time = 0;

  g_assert_true (text == NULL || cp_time_parse (text, &time));
  return time;
}

/* (transfer full) (nullable): what became of an appointment with these times. */
static CpdEhrAppointment *
map (const char *status, const char *times, CpdEhrMapped *mapped, const char **reason)
{
  g_autofree char *json =
      g_strdup_printf ("{'resourceType':'Appointment','id':'a','status':'%s'%s,'participant':[]}", status, times);
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
  CpdEhrAppointment *appointment = NULL;

  *reason = NULL;
  *mapped = cpd_ehr_map_appointment (&mapper, resource, &appointment, reason);
  return appointment;
}

#define START ",'start':'2026-03-03T14:00:00+01:00'"

static void
test_times (void)
{
  static const struct
  {
    const char *times;
    const char *start; /* (nullable): not known */
    const char *end;   /* (nullable): not known */
    gboolean told;
  } cases[] = {
    { "", NULL, NULL, FALSE },
    { START, "2026-03-03T14:00:00+01:00", NULL, FALSE },
    { START ",'end':'2026-03-03T15:00:00+01:00'", "2026-03-03T14:00:00+01:00", "2026-03-03T15:00:00+01:00", FALSE },
    /* An end before the beginning is none. */
    { START ",'end':'2026-03-03T13:00:00+01:00'", "2026-03-03T14:00:00+01:00", NULL, FALSE },
    { START ",'end':'2026-03-03T14:00:00+01:00'", "2026-03-03T14:00:00+01:00", NULL, FALSE },
    { START ",'end':'2026-03-02'", "2026-03-03T14:00:00+01:00", NULL, FALSE },
    { START ",'end':'2026-03-03T13:00:00+01:00','minutesDuration':30", "2026-03-03T14:00:00+01:00",
      "2026-03-03T14:30:00+01:00", FALSE },
    /* A day ends when the next one begins, also that of the summer's clock. */
    { START ",'end':'2026-03-03'", "2026-03-03T14:00:00+01:00", "2026-03-04T00:00:00+01:00", FALSE },
    { ",'start':'2026-03-03'", "2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", FALSE },
    { ",'start':'2026-03-29'", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", FALSE },
    { ",'start':'2026-03-03','minutesDuration':30", "2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", FALSE },
    { ",'start':'2026-03-03','end':'2026-03-03'", "2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", FALSE },
    { ",'start':'2026-03-03','end':'2026-03-05'", "2026-03-03T00:00:00+01:00", "2026-03-06T00:00:00+01:00", FALSE },
    { ",'start':'2026-03-03','end':'2026-03-02'", "2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", FALSE },
    /* A month or a year is no time of it. */
    { ",'start':'2026-03'", NULL, NULL, TRUE },
    { ",'start':'2026'", NULL, NULL, TRUE },
    { START ",'end':'2026'", "2026-03-03T14:00:00+01:00", NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpdEhrMapped mapped;
      const char *reason;
      g_autoptr (CpdEhrAppointment) appointment = map ("booked", cases[i].times, &mapped, &reason);

      g_test_message ("%s", cases[i].times);
      g_assert_cmpint (mapped, ==, CPD_EHR_SHOWN);
      g_assert_cmpint (appointment->start, ==, at (cases[i].start));
      g_assert_cmpint (appointment->end, ==, at (cases[i].end));
      g_assert_cmpint (reason != NULL, ==, cases[i].told);
    }
}

/* Nobody may miss an appointment because its time was written in another way: what was told before stays. Only that it
 * is off is told without one. */
static void
test_unreadable (void)
{
  static const char *const times[] = {
    ",'start':'2026-03-03T14:00:00'", ",'start':'2026-03-03T14:00+01:00'",  ",'start':'3 maart'",
    ",'start':'2026-02-30'",          START ",'end':'2026-03-03T15:00:00'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      CpdEhrMapped mapped;
      const char *reason;
      g_autoptr (CpdEhrAppointment) booked = map ("booked", times[i], &mapped, &reason);
      g_autoptr (CpdEhrAppointment) off = NULL;

      g_assert_cmpint (mapped, ==, CPD_EHR_STRANGE);
      g_assert_nonnull (reason);
      g_assert_null (booked);
      off = map ("cancelled", times[i], &mapped, &reason);
      g_assert_cmpint (mapped, ==, CPD_EHR_SHOWN);
      g_assert_nonnull (reason);
      g_assert_cmpint (off->status, ==, CP_APPOINTMENT_CANCELLED);
      g_assert_cmpint (off->start, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  mapper.now = at ("2026-03-03T12:00:00+01:00");
  mapper.names = cpd_ehr_names_new ();
  mapper.patient = "Patient/wil";
  g_test_add_func ("/ehr-map-appointment/times", test_times);
  g_test_add_func ("/ehr-map-appointment/unreadable", test_unreadable);
  result = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return result;
}
