/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-appointment.h"
#include "died-kit.h"
#include "fhir-kit.h"

/* Nothing new comes of somebody who has died; what is here follows the source. */

typedef FhirKit Fixture;

static void
put_wil (Fixture *kit, const char *members)
{
  fhir_kit_put (kit, "Patient", "wil", "wil", cp_time_now () - CP_TIME_MINUTE, members);
}

static void
put_anna (Fixture *kit, CpTime updated)
{
  fhir_kit_put (kit, "RelatedPerson", "anna", "wil", updated,
                "'patient':{'reference':'Patient/wil'},'name':[{'text':'Anna Smit'}],"
                "'telecom':[{'system':'phone','value':'020 123'}]");
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up (kit);
  ehr_kit_enrol (&kit->ehr, "s|123456782", "W. Bruin");
  put_wil (kit, WIL);
  put_anna (kit, LONG_AGO);
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "Van vroeger");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static gint64
shown (Fixture *kit, const char *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE removed IS NULL AND text = '%s'", text);

  return ehr_kit_count (&kit->ehr, sql);
}

static void
run_later (Fixture *kit)
{
  store_kit_set_now (cp_time_now () + CP_TIME_DAY);
  fhir_kit_forget_requests (kit);
  g_assert_true (fhir_kit_run (kit));
}

static void
dies (Fixture *kit)
{
  g_assert_true (fhir_kit_run (kit));
  put_wil (kit, WIL DIED);
  fhir_kit_report (kit, "b", "wil", cp_time_now (), "Van de laatste dag");
  /* The run that learns of it is as any. */
  run_later (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT deceased FROM patient"), ==, 1);
  g_assert_cmpint (shown (kit, "Van de laatste dag"), ==, 1);
  fhir_kit_report (kit, "c", "wil", cp_time_now (), "Nagekomen");
}

static void
test_nothing_more (Fixture *kit, gconstpointer data)
{
  dies (kit);
  fhir_kit_put (kit, "Observation", "d", "wil", cp_time_now (),
                REPORT ("final", "Ook nagekomen") ",'performer':[{'reference':'Practitioner/new'}]");
  fhir_kit_put (kit, "RelatedPerson", "new", "wil", cp_time_now (),
                "'patient':{'reference':'Patient/wil'},'name':[{'text':'Een nicht'}]");
  for (int i = 0; i < 2; i++)
    {
      run_later (kit);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Patient?_id=wil"), >, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "/fhir/Practitioner"), ==, 0);
      g_assert_cmpint (shown (kit, "Ook nagekomen"), ==, 0);
      g_assert_cmpint (shown (kit, "Van vroeger") + shown (kit, "Van de laatste dag"), ==, 2);
      g_assert_cmpint (shown (kit, "Nagekomen"), ==, 0);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
    }
}

/* What is here is withdrawn, put right and cancelled as it was in life; what the source deletes stays. */
static void
test_follows (Fixture *kit, gconstpointer data)
{
  static const char *const ids[] = { "error",  "deleted", "history", "amended", "stays1",
                                     "stays2", "stays3",  "stays4",  "stays5",  "stays6" };

  kit->without_history = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    fhir_kit_report (kit, ids[i], "wil", LONG_AGO, ids[i]);
  fhir_kit_put (
      kit, "Appointment", "x", "wil", LONG_AGO,
      "'status':'booked','start':'2026-04-09T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]");
  fhir_kit_put (kit, "Goal", "g", "wil", LONG_AGO,
                "'lifecycleStatus':'active','description':{'text':'Lopen'},'subject':{'reference':'Patient/wil'}");
  dies (kit);
  run_later (kit);
  fhir_kit_put (kit, "Observation", "error", "wil", cp_time_now (), REPORT ("entered-in-error", "error"));
  fhir_kit_put (kit, "Observation", "amended", "wil", cp_time_now (), REPORT ("amended", "Verbeterd"));
  fhir_kit_delete (kit, "Observation", "history", cp_time_now ());
  fhir_kit_put (
      kit, "Appointment", "x", "wil", cp_time_now (),
      "'status':'cancelled','start':'2026-04-09T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]");
  fhir_kit_put (kit, "Goal", "g", "wil", cp_time_now (),
                "'lifecycleStatus':'entered-in-error','description':{'text':'Lopen'},"
                "'subject':{'reference':'Patient/wil'}");
  put_wil (kit, "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}]" DIED);
  run_later (kit);
  g_assert_cmpint (shown (kit, "error") + shown (kit, "amended"), ==, 0);
  g_assert_cmpint (shown (kit, "history"), ==, 1);
  g_assert_cmpint (shown (kit, "Verbeterd"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT status FROM appointment"), ==, CP_APPOINTMENT_CANCELLED);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM plan_piece WHERE body LIKE '%Lopen%'"), ==, 0);
  /* What no history tells is found missing. */
  kit->without_history = TRUE;
  fhir_kit_delete (kit, "Observation", "deleted", cp_time_now ());
  run_later (kit);
  g_assert_cmpint (shown (kit, "deleted"), ==, 1);
  g_assert_cmpint (shown (kit, "Nagekomen"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 11);
}

static void
henk_has_reports (Fixture *kit)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("h%d", i);

      fhir_kit_report (kit, id, "henk", LONG_AGO, "Van Henk");
    }
}

/* A dossier that the source does not give any more stays here, whether a history tells that or not. */
static void
test_closed (Fixture *kit, gconstpointer without_history)
{
  kit->without_history = GPOINTER_TO_INT (without_history);
  henk_has_reports (kit);
  dies (kit);
  fhir_kit_delete (kit, "Observation", "a", cp_time_now ());
  fhir_kit_delete (kit, "Observation", "b", cp_time_now ());
  fhir_kit_delete (kit, "Observation", "c", cp_time_now ());
  fhir_kit_delete (kit, "Observation", "h0", cp_time_now ());
  run_later (kit);
  g_assert_cmpint (shown (kit, "Van vroeger") + shown (kit, "Van de laatste dag"), ==, 2);
  g_assert_cmpint (shown (kit, "Van Henk"), ==, 19);
}

/* Also when it is closed before any run knew of the death. */
static void
test_closed_at_once (Fixture *kit, gconstpointer without_history)
{
  kit->without_history = GPOINTER_TO_INT (without_history);
  henk_has_reports (kit);
  g_assert_true (fhir_kit_run (kit));
  put_wil (kit, WIL DIED);
  fhir_kit_delete (kit, "Observation", "a", cp_time_now ());
  fhir_kit_delete (kit, "Observation", "h0", cp_time_now ());
  for (int i = 0; i < 2; i++)
    {
      run_later (kit);
      g_assert_cmpint (shown (kit, "Van vroeger"), ==, 1);
      g_assert_cmpint (shown (kit, "Van Henk"), ==, 19);
    }
}

/* The source does not show the Patient any more: what is here is all there will be, and nothing has failed. */
static void
test_patient_leaves (Fixture *kit, gconstpointer data)
{
  dies (kit);
  fhir_kit_delete (kit, "Patient", "wil", cp_time_now ());
  for (int i = 0; i < 2; i++)
    {
      run_later (kit);
      ehr_kit_assert_current (&kit->ehr);
      g_assert_cmpint (shown (kit, "Van vroeger"), ==, 1);
    }
}

/* Somebody else's is fetched as before, also an appointment of both. */
static void
test_others (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  g_assert_true (fhir_kit_run (kit));
  put_wil (kit, WIL DIED);
  run_later (kit);
  fhir_kit_report (kit, "h", "henk", cp_time_now (), "Van Henk");
  fhir_kit_put (kit, "Appointment", "x", "henk", cp_time_now (),
                "'status':'booked','start':'2026-03-09T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}},"
                "{'actor':{'reference':'Patient/henk'}}]");
  run_later (kit);
  g_assert_cmpint (shown (kit, "Van Henk"), ==, 1);
  g_assert_cmpint (shown (kit, "Van vroeger"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT group_concat (patient) FROM appointment"), ==, 2);
}

/* A report of somebody living turns out to be about who has died: it is taken from there. */
static void
test_goes_over (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  fhir_kit_report (kit, "h", "henk", LONG_AGO, "Van wie?");
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("h%d", i);

      fhir_kit_report (kit, id, "henk", LONG_AGO, "Van Henk");
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown (kit, "Van wie?"), ==, 1);
  put_wil (kit, WIL DIED);
  run_later (kit);
  fhir_kit_report (kit, "h", "wil", cp_time_now (), "Van wie?");
  for (int i = 0; i < 2; i++)
    run_later (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Van wie?' AND"
                                             " patient = (SELECT id FROM patient WHERE fhir_id = 'henk')"),
                   ==, 0);
}

/* A report turns out to be about nobody's client: it was never of who has died, and goes. What the source gives no more
 * stays, however much that is, and is asked for together. */
static void
test_of_a_stranger (Fixture *kit, gconstpointer without_history)
{
  kit->without_history = GPOINTER_TO_INT (without_history);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO, "Blijft");
    }
  dies (kit);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      fhir_kit_delete (kit, "Observation", id, cp_time_now ());
    }
  fhir_kit_report (kit, "a", "vreemd", cp_time_now (), "Van vroeger");
  for (int i = 0; i < 2; i++)
    {
      run_later (kit);
      g_assert_cmpint (shown (kit, "Van vroeger"), ==, 0);
      g_assert_cmpint (shown (kit, "Van de laatste dag"), ==, 1);
      g_assert_cmpint (shown (kit, "Blijft"), ==, 60);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r"), ==, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation?_id="), ==, 2);
    }
}

/* The server never lists all that it has: of somebody living nothing goes for that, and what was never of who has died
 * goes all the same. */
static void
test_of_a_stranger_and_not_listed (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "18776-5&_elements=id",
                            100,
                            FHIR_ANSWER,
                            200,
                            NULL,
                            "{'resourceType':'Bundle','type':'searchset','entry':[{},"
                            "{'resource':{'resourceType':'Observation','id':'h1'}}]}" };

  henk_has_reports (kit);
  dies (kit);
  fhir_kit_fault (kit, &fault);
  fhir_kit_delete (kit, "Observation", "h0", cp_time_now ());
  fhir_kit_report (kit, "a", "vreemd", cp_time_now (), "Van vroeger");
  run_later (kit);
  g_assert_cmpint (shown (kit, "Van vroeger"), ==, 0);
  g_assert_cmpint (shown (kit, "Van de laatste dag"), ==, 1);
  g_assert_cmpint (shown (kit, "Van Henk"), ==, 20);
}

#define LETTER                                                                                                         \
  "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},'date':'2026-02-01',"         \
  "'subject':{'reference':'Patient/wil'},'content':[{'attachment':{'contentType':'text/plain','url':'Binary/b'}}]"

/* A letter of before the death whose file could not be read then comes when it can, also when the portal, another one
 * meanwhile, reads everything anew. */
static void
test_letter_waits (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "/fhir/Binary/b", 1000, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_put (kit, "Binary", "b", NULL, LONG_AGO, "'contentType':'text/plain','data':'QQ=='");
  fhir_kit_put (kit, "DocumentReference", "d", "wil", LONG_AGO, LETTER);
  fhir_kit_fault (kit, &fault);
  for (int run = 0; run < 3; run++)
    {
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_waiting (kit), ==, 1);
      put_wil (kit, WIL DIED);
      if (run == 1)
        ehr_kit_exec (&kit->ehr, "UPDATE meta SET value = 'another' WHERE key LIKE 'ehr-context-of-%'");
      store_kit_set_now (cp_time_now () + CP_TIME_DAY);
    }
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT deceased FROM patient"), ==, 1);
  g_assert_cmpint (shown (kit, "A"), ==, 0);
  fhir_kit_clear_faults (kit);
  fhir_kit_put (kit, "DocumentReference", "new", "wil", cp_time_now (), LETTER);
  run_later (kit);
  g_assert_cmpint (shown (kit, "A"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
assert_one_contact (Fixture *kit)
{
  run_later (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
}

/* Anna is in the Patient and a RelatedPerson: she shows once, whichever of the two the source has at what time. */
static void
test_contact_once (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "RelatedPerson", "anna", LONG_AGO);
  assert_one_contact (kit);
  put_anna (kit, cp_time_now ());
  assert_one_contact (kit);
  put_wil (kit, WIL DIED);
  assert_one_contact (kit);
  fhir_kit_delete (kit, "RelatedPerson", "anna", cp_time_now ());
  assert_one_contact (kit);
  put_anna (kit, cp_time_now ());
  assert_one_contact (kit);
}

static void
test_contact_closed_at_once (Fixture *kit, gconstpointer data)
{
  assert_one_contact (kit);
  put_wil (kit, WIL DIED);
  fhir_kit_delete (kit, "RelatedPerson", "anna", cp_time_now ());
  assert_one_contact (kit);
  assert_one_contact (kit);
}

static void
test_contact_comes_later (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "RelatedPerson", "anna", LONG_AGO);
  assert_one_contact (kit);
  put_wil (kit, WIL DIED);
  assert_one_contact (kit);
  put_anna (kit, cp_time_now ());
  assert_one_contact (kit);
  assert_one_contact (kit);
}

/* In the very run that learns of the death. */
static void
test_contact_comes_at_once (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "RelatedPerson", "anna", LONG_AGO);
  assert_one_contact (kit);
  put_wil (kit, WIL DIED);
  put_anna (kit, cp_time_now ());
  assert_one_contact (kit);
  assert_one_contact (kit);
}

/* Who had died before the first run has contacts too. */
static void
test_contact_of_the_dead (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "RelatedPerson", "anna", LONG_AGO);
  put_wil (kit, WIL DIED);
  assert_one_contact (kit);
  assert_one_contact (kit);
}

#define WITHOUT_CONTACT "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}]"

/* The source takes a contact out of the Patient when the dossier is closed: here it stays. */
static void
test_contact_taken_out (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "RelatedPerson", "anna", LONG_AGO);
  assert_one_contact (kit);
  put_wil (kit, WIL DIED);
  assert_one_contact (kit);
  put_wil (kit, WITHOUT_CONTACT DIED);
  assert_one_contact (kit);
  assert_one_contact (kit);
}

#define REPLACES "'relatesTo':[{'code':'replaces','target':{'reference':'DocumentReference/old'}}],"
#define WORDS(status, more, data)                                                                                      \
  "'status':'" status "','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},'date':'2026-02-01'," more \
  "'subject':{'reference':'Patient/wil'},'content':[{'attachment':{'contentType':'text/plain','data':'" data "'}}]"

/* Another document that comes in the place of one that is here is no new one. */
static void
test_replaced (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "DocumentReference", "old", "wil", LONG_AGO, WORDS ("current", "", "QQ=="));
  dies (kit);
  fhir_kit_put (kit, "DocumentReference", "new", "wil", cp_time_now (), WORDS ("current", REPLACES, "Qg=="));
  fhir_kit_put (kit, "DocumentReference", "old", "wil", cp_time_now () + 1, WORDS ("superseded", "", "QQ=="));
  run_later (kit);
  g_assert_cmpint (shown (kit, "B"), ==, 1);
  g_assert_cmpint (shown (kit, "A"), ==, 0);
}

/* The newer one is withdrawn, or turns out to replace nothing: what it was in the place of, which did not change, is
 * asked for. Of who has died too. */
static void
replacement_ends (Fixture *kit, gboolean dead, const char *end, gint64 shown_then)
{
  fhir_kit_put (kit, "DocumentReference", "old", "wil", LONG_AGO, WORDS ("current", "", "QQ=="));
  g_assert_true (fhir_kit_run (kit));
  if (dead)
    put_wil (kit, WIL DIED);
  fhir_kit_put (kit, "DocumentReference", "new", "wil", cp_time_now (), WORDS ("current", REPLACES, "Qg=="));
  run_later (kit);
  g_assert_cmpint (shown (kit, "A"), ==, 0);
  g_assert_cmpint (shown (kit, "B"), ==, 1);
  run_later (kit);
  fhir_kit_put (kit, "DocumentReference", "new", "wil", cp_time_now (), end);
  run_later (kit);
  run_later (kit);
  g_assert_cmpint (shown (kit, "A"), ==, 1);
  g_assert_cmpint (shown (kit, "B"), ==, shown_then);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
test_replacement_withdrawn (Fixture *kit, gconstpointer dead)
{
  replacement_ends (kit, GPOINTER_TO_INT (dead), WORDS ("entered-in-error", REPLACES, "Qg=="), 0);
}

static void
test_replacement_no_more (Fixture *kit, gconstpointer dead)
{
  replacement_ends (kit, GPOINTER_TO_INT (dead), WORDS ("current", "", "Qg=="), 1);
}

static void
test_replacement_withdrawn_in_a_directory (void)
{
  static const char patient[] = "{'resourceType':'Patient','id':'wil'," WIL "%s}";
  static const char old[] = "{'resourceType':'DocumentReference','id':'old'," WORDS ("current", "", "QQ==") "}\n";
  static const char new[] = "{'resourceType':'DocumentReference','id':'new'," WORDS ("current", REPLACES, "Qg==") "}";
  static const char bad[] =
      "{'resourceType':'DocumentReference','id':'new'," WORDS ("entered-in-error", "", "Qg==") "}";
  const char *const letters[] = { "", new, new, bad, bad };
  EhrKit kit = { 0 };

  ehr_kit_set_up (&kit);
  ehr_kit_enrol (&kit, "s|123456782", "W. Bruin");
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *wil = g_strdup_printf (patient, i > 0 ? DIED : "");
      g_autofree char *all = g_strconcat (old, letters[i], NULL);

      ehr_kit_file (&kit, "Patient.ndjson", wil);
      ehr_kit_file (&kit, "DocumentReference.ndjson", all);
      ehr_kit_run_well (&kit);
    }
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'A'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
  ehr_kit_tear_down (&kit);
}

/* It was a mistake: what came meanwhile is fetched after all, and what was deleted goes. */
static void
test_mistake (Fixture *kit, gconstpointer data)
{
  dies (kit);
  run_later (kit);
  fhir_kit_delete (kit, "Observation", "a", cp_time_now ());
  run_later (kit);
  g_assert_cmpint (shown (kit, "Van vroeger"), ==, 1);
  put_wil (kit, WIL);
  run_later (kit);
  run_later (kit);
  g_assert_cmpint (shown (kit, "Nagekomen"), ==, 1);
  g_assert_cmpint (shown (kit, "Van vroeger"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/died/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_WITHOUT_HISTORY(name, func)                                                                                \
  g_test_add ("/ehr/died/" name "-without-history", Fixture, GINT_TO_POINTER (TRUE), set_up, func, tear_down)
#define ADD_OF_THE_DEAD(name, func)                                                                                    \
  g_test_add ("/ehr/died/" name, Fixture, GINT_TO_POINTER (TRUE), set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-more", test_nothing_more);
  ADD ("follows", test_follows);
  ADD ("closed", test_closed);
  ADD_WITHOUT_HISTORY ("closed", test_closed);
  ADD ("closed-at-once", test_closed_at_once);
  ADD_WITHOUT_HISTORY ("closed-at-once", test_closed_at_once);
  ADD ("patient-leaves", test_patient_leaves);
  ADD ("others", test_others);
  ADD ("goes-over", test_goes_over);
  ADD ("of-a-stranger", test_of_a_stranger);
  ADD_WITHOUT_HISTORY ("of-a-stranger", test_of_a_stranger);
  ADD ("of-a-stranger-and-not-listed", test_of_a_stranger_and_not_listed);
  ADD ("letter-waits", test_letter_waits);
  ADD ("replaced", test_replaced);
  ADD ("contact-once", test_contact_once);
  ADD ("contact-closed-at-once", test_contact_closed_at_once);
  ADD ("contact-comes-later", test_contact_comes_later);
  ADD ("contact-comes-at-once", test_contact_comes_at_once);
  ADD ("contact-of-the-dead", test_contact_of_the_dead);
  ADD ("contact-taken-out", test_contact_taken_out);
  ADD ("replacement-withdrawn-of-the-living", test_replacement_withdrawn);
  ADD_OF_THE_DEAD ("replacement-withdrawn", test_replacement_withdrawn);
  ADD ("replacement-no-more-of-the-living", test_replacement_no_more);
  ADD_OF_THE_DEAD ("replacement-no-more", test_replacement_no_more);
  g_test_add_func ("/ehr/died/replacement-withdrawn-in-a-directory", test_replacement_withdrawn_in_a_directory);
  ADD ("mistake", test_mistake);
  return g_test_run ();
}
