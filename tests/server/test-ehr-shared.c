/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* An appointment that is first of one client and then of several, and back: the same one all the time, and there once.
 */

#define VISIT(id, day, who)                                                                                            \
  "{'resourceType':'Appointment','id':'" id "','meta':{'lastUpdated':'2026-03-" day "T09:00:00Z'},'status':'booked',"  \
  "'start':'2026-03-05T10:00:00Z','participant':[" who "]}\n"
#define WIL "{'actor':{'reference':'Patient/wil'}}"
#define HENK "{'actor':{'reference':'Patient/henk'}}"
#define PIET "{'actor':{'reference':'Patient/piet'}}" /* who is not enrolled */
#define OF_WIL "SELECT count(*) FROM appointment WHERE patient = 1 AND removed IS NULL"
#define OF_HENK "SELECT count(*) FROM appointment WHERE patient = 2 AND removed IS NULL"

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_two (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static void
run (Fixture *kit)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (ehr_kit_run (kit, &report, 0));
}

/* To Wil it is what it was, and not new. */
static void
assert_same (Fixture *kit, const char *public_id)
{
  g_autofree char *now = NULL;

  g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
  now = ehr_kit_text (kit, "SELECT public_id FROM appointment WHERE patient = 1 AND removed IS NULL");
  g_assert_cmpstr (now, ==, public_id);
}

/* broken (nullable): what cannot be read. Nothing is concluded from what is missing then; who takes part is said by
 * what is there. */
static void
go_back_and_forth (Fixture *kit, const char *broken)
{
  static const char *const steps[] = { VISIT ("x", "02", WIL "," HENK), VISIT ("x", "03", WIL),
                                       VISIT ("x", "04", HENK "," WIL), VISIT ("x", "05", WIL) };
  g_autofree char *public_id = NULL;

  ehr_kit_file (kit, "Appointment.ndjson", VISIT ("x", "01", WIL));
  run (kit);
  public_id = ehr_kit_text (kit, "SELECT public_id FROM appointment");
  if (broken != NULL)
    ehr_kit_file (kit, "Appointment-2.ndjson", broken);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ehr_kit_file (kit, "Appointment.ndjson", steps[i]);
      for (int times = 0; times < 2; times++)
        {
          run (kit);
          assert_same (kit, public_id);
          /* What says that it changed at a moment yet to come is not known to be the later. */
          g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, i % 2 == 0 || (broken != NULL && i == 3));
        }
    }
}

static void
test_back_and_forth (Fixture *kit, gconstpointer data)
{
  go_back_and_forth (kit, NULL);
}

static void
test_not_all_read (Fixture *kit, gconstpointer data)
{
  go_back_and_forth (kit, "{'resourceType':'Appointment','id':'y',\n");
}

/* The export of before is still there, in either order, at once or later: the newest says who takes part. */
static void
test_two_files (Fixture *kit, gconstpointer data)
{
  static const char *const names[] = { "Appointment-1.ndjson", "Appointment-2.ndjson" };
  static const struct
  {
    const char *old, *new;
  } cases[] = { { VISIT ("x", "01", WIL), VISIT ("x", "02", WIL "," HENK) },
                { VISIT ("y", "01", WIL "," HENK), VISIT ("y", "02", WIL) } };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      ehr_kit_file (kit, names[i % 2], cases[i / 2].old);
      ehr_kit_file (kit, names[1 - i % 2], cases[i / 2].new);
      for (int times = 0; times < 3; times++)
        {
          run (kit);
          g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
          g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, i / 2 == 0);
        }
      ehr_kit_file (kit, names[i % 2], NULL);
      ehr_kit_file (kit, names[1 - i % 2], NULL);
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 0);
      g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 0);
    }
}

/* One after the other: what is here knows of the new one when the old one comes. */
static void
test_old_comes_later (Fixture *kit, gconstpointer data)
{
  static const char *const names[] = { "Appointment-1.ndjson", "Appointment-2.ndjson" };

  for (int i = 0; i < 2; i++)
    {
      ehr_kit_file (kit, names[i], VISIT ("x", "02", WIL));
      run (kit);
      ehr_kit_file (kit, names[1 - i], VISIT ("x", "01", WIL "," HENK));
      for (int times = 0; times < 2; times++)
        {
          run (kit);
          g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
          g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 0);
        }
      ehr_kit_file (kit, names[0], NULL);
      ehr_kit_file (kit, names[1], NULL);
      run (kit);
    }
}

/* Only the old one is left: who is in both keeps it, and who had lost it does not get it back. */
static void
test_new_goes (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment-1.ndjson", VISIT ("x", "01", WIL "," HENK));
  ehr_kit_file (kit, "Appointment-2.ndjson", VISIT ("x", "02", WIL));
  run (kit);
  ehr_kit_file (kit, "Appointment-2.ndjson", NULL);
  for (int times = 0; times < 4; times++)
    {
      if (times == 3)
        ehr_kit_exec (kit, "UPDATE ehr_recall SET context = zeroblob (32)");
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 0);
    }
}

/* A later version that says the same of who stays in it, and so is written nowhere. */
static void
test_touched (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment-2.ndjson", VISIT ("x", "01", WIL));
  run (kit);
  ehr_kit_file (kit, "Appointment-2.ndjson", VISIT ("x", "03", WIL));
  run (kit);
  ehr_kit_file (kit, "Appointment-1.ndjson", VISIT ("x", "02", WIL "," HENK));
  for (int times = 0; times < 2; times++)
    {
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 0);
    }
}

/* A newer one of others only, and one that was withdrawn. */
static void
test_of_others (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment-1.ndjson", VISIT ("x", "01", WIL "," HENK) VISIT ("y", "01", WIL "," HENK));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 2);
  ehr_kit_file (kit, "Appointment-2.ndjson",
                VISIT ("x", "02", HENK "," PIET) "{'resourceType':'Appointment','id':'y','meta':{'lastUpdated':"
                                                 "'2026-03-02T09:00:00Z'},'status':'entered-in-error','start':"
                                                 "'2026-03-05T10:00:00Z','participant':[" WIL "]}\n");
  for (int times = 0; times < 2; times++)
    {
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 0);
      g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 1);
    }
}

/* Of all appointments at once: nothing vanishes, so nobody has to accept that. */
static void
test_many (Fixture *kit, gconstpointer data)
{
  g_autoptr (GString) alone = g_string_new (NULL);
  g_autoptr (GString) both = g_string_new (NULL);

  for (int i = 0; i < 30; i++)
    {
      g_string_append_printf (alone, VISIT ("x%d", "01", WIL), i);
      g_string_append_printf (both, VISIT ("x%d", "02", WIL "," HENK), i);
    }
  ehr_kit_file (kit, "Appointment.ndjson", alone->str);
  run (kit);
  ehr_kit_file (kit, "Appointment.ndjson", both->str);
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 30);
  g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 30);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem"), ==, 0);
}

/* Two records of one person, of which one has the place of the other: both are named, and it is one appointment. */
static void
test_one_person_twice (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Patient.ndjson",
                "{'resourceType':'Patient','id':'oud','active':false,'name':[{'text':'Wil'}],"
                "'link':[{'other':{'reference':'Patient/wil'},'type':'replaced-by'}]}\n" EHR_KIT_TWO);
  ehr_kit_file (kit, "Appointment.ndjson", VISIT ("x", "01", "{'actor':{'reference':'Patient/oud'}}," WIL));
  for (int times = 0; times < 3; times++)
    {
      run (kit);
      g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
    }
}

/* Of who has died it is followed too: cancelled when it is one of several, it is cancelled. */
static void
test_died (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment.ndjson", VISIT ("x", "01", WIL));
  run (kit);
  ehr_kit_file (
      kit, "Patient.ndjson",
      "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil'}],"
      "'deceasedBoolean':true}\n" EHR_KIT_PATIENT ("henk", "2", "Henk"));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, OF_WIL " AND status <> 3"), ==, 1);
  ehr_kit_file (kit, "Appointment.ndjson",
                "{'resourceType':'Appointment','id':'x','status':'cancelled','start':'2026-03-05T10:00:00Z',"
                "'participant':[" WIL "," HENK "]}\n" VISIT ("nieuw", "02", WIL "," HENK));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, OF_WIL " AND status = 3"), ==, 1);
}

#define TALK(what)                                                                                                     \
  "{'resourceType':'Appointment','id':'x','status':'booked','description':'" what "','start':'2026-03-05T10:00:00Z',"  \
  "'participant':[" WIL "," HENK "]}\n"

/* A plan that names it says what it is called now. */
static void
test_in_a_plan (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "CarePlan.ndjson",
                "{'resourceType':'CarePlan','id':'p','status':'active','title':'Plan','subject':{'reference':"
                "'Patient/wil'},'activity':[{'reference':{'reference':'Appointment/x'}}]}\n");
  ehr_kit_file (kit, "Appointment.ndjson", TALK ("Kennismaken"));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Kennismaken%'"), ==, 1);
  ehr_kit_file (kit, "Appointment.ndjson", TALK ("Bespreken"));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Bespreken%'"), ==, 1);
}

/* Who takes part is told by an identifier alone, without a type: each sees that it is there, and no name of the other.
 */
static void
test_by_identifier (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment.ndjson",
                VISIT ("x", "01",
                       "{'actor':{'identifier':{'system':'s','value':'1'},'display':'W. de Bruin'}},"
                       "{'actor':{'identifier':{'system':'s','value':'2'},'display':'H. Smit'}},"
                       "{'actor':{'identifier':{'system':'s','value':'3'},'display':'P. Jansen'}},"
                       "{'actor':{'display':'An Smit'}}"));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, OF_WIL), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, OF_HENK), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM appointment WHERE with_whom IS NOT NULL"), ==, 0);
}

static void
server_set_up (FhirKit *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
}

static void
server_tear_down (FhirKit *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

#define AT "'status':'booked','start':'2026-03-05T10:00:00Z','participant':["

static void
test_server (FhirKit *kit, gconstpointer data)
{
  static const char *const steps[] = { AT WIL "," HENK "]", AT WIL "]", AT HENK "," WIL "]" };
  g_autofree char *public_id = NULL;

  fhir_kit_put (kit, "Appointment", "x", "wil", LONG_AGO, AT WIL "]");
  g_assert_true (fhir_kit_run (kit));
  public_id = ehr_kit_text (&kit->ehr, "SELECT public_id FROM appointment");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      fhir_kit_put (kit, "Appointment", "x", "wil", cp_time_now (), steps[i]);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_true (fhir_kit_run (kit));
      assert_same (&kit->ehr, public_id);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, OF_HENK), ==, i % 2 == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-shared/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (back_and_forth);
  ADD (not_all_read);
  ADD (two_files);
  ADD (old_comes_later);
  ADD (new_goes);
  ADD (touched);
  ADD (of_others);
  ADD (many);
  ADD (one_person_twice);
  ADD (died);
  ADD (in_a_plan);
  ADD (by_identifier);
  g_test_add ("/ehr-shared/server", FhirKit, NULL, server_set_up, test_server, server_tear_down);
  return g_test_run ();
}
