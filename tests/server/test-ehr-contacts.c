/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* The contacts inside a Patient: a row stays that of the same person, as access may hang on it (membership.contact). */

#define ANNA(phone, what) "{'name':{'text':'Anna Smit'}" phone what "}"
#define BERT "{'name':{'text':'Bert Smit'}" PHONE ("020 5550002") SON "}"
#define CARLA "{'name':{'text':'Carla Smit'}" PHONE ("020 5550001") DAUGHTER "}"
#define JAN(phone, what) "{'name':{'text':'Jan Smit'}" phone what "}"
#define PHONE(number) ",'telecom':[{'system':'phone','value':'" number "'}]"
#define ROLE(code)                                                                                                     \
  ",'relationship':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'" code "'}]}]"
#define DAUGHTER ROLE ("DAUC")
#define SON ROLE ("SONC")
#define FATHER ROLE ("FTH")
#define ONE PHONE ("020 5550001")
#define TWO PHONE ("020 5550002")
#define THREE PHONE ("020 5550003")

typedef struct
{
  EhrKit kit;
  int n; /* Patients that were written */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ehr_kit_set_up_wil (&fixture->kit);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ehr_kit_tear_down (&fixture->kit);
}

static char *
patient (const char *contacts, int day)
{
  return g_strdup_printf ("{'resourceType':'Patient','id':'wil','meta':{'lastUpdated':'2026-02-%02dT09:00:00Z'},"
                          "'identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil Bruin'}],'contact':[%s]}\n",
                          day, contacts);
}

static void
run_with (Fixture *fixture, const char *contacts)
{
  g_autofree char *text = patient (contacts, ++fixture->n);

  ehr_kit_file (&fixture->kit, "Patient.ndjson", text);
  ehr_kit_run_well (&fixture->kit);
}

/* what: a column of contact; number: of the row */
static void
assert_row (Fixture *fixture, int number, const char *what, const char *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM contact WHERE id = %d", what, number);
  g_autofree char *here = ehr_kit_text (&fixture->kit, sql);

  g_assert_cmpstr (here, ==, value);
}

static void
assert_shown (Fixture *fixture, const char *rows)
{
  g_autofree char *shown = ehr_kit_text (
      &fixture->kit, "SELECT coalesce (group_concat (id || ' ' || name, ', '), '') FROM (SELECT id, name FROM contact"
                     " WHERE removed IS NULL ORDER BY id)");

  g_assert_cmpstr (shown, ==, rows);
}

static void
test_first_goes (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, ANNA (ONE, DAUGHTER) "," BERT);
  assert_shown (fixture, "1 Anna Smit, 2 Bert Smit");
  run_with (fixture, BERT);
  assert_shown (fixture, "2 Bert Smit");
  assert_row (fixture, 1, "name", "Anna Smit");
  /* Nor does somebody else who comes there, at her number. */
  run_with (fixture, CARLA "," BERT);
  assert_shown (fixture, "2 Bert Smit, 3 Carla Smit");
  assert_row (fixture, 1, "name", "Anna Smit");
  /* She comes back as who she was. */
  run_with (fixture, BERT "," CARLA "," ANNA (ONE, DAUGHTER));
  assert_shown (fixture, "1 Anna Smit, 2 Bert Smit, 3 Carla Smit");
  run_with (fixture, "");
  assert_shown (fixture, "");
}

/* In her place, in one step. */
static void
test_another_in_place (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, ANNA (ONE, DAUGHTER));
  run_with (fixture, CARLA);
  assert_shown (fixture, "2 Carla Smit");
  assert_row (fixture, 1, "name", "Anna Smit");
}

static void
test_same_person (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, ANNA (ONE, DAUGHTER) "," BERT);
  run_with (fixture, BERT "," ANNA (THREE, ROLE ("SIS")));
  assert_shown (fixture, "1 Anna Smit, 2 Bert Smit");
  assert_row (fixture, 1, "phone", "020 5550003");
  assert_row (fixture, 1, "relation", "sister");
  run_with (fixture, "{'name':{'text':'ANNA SMIT'}}," BERT);
  assert_shown (fixture, "1 ANNA SMIT, 2 Bert Smit");
}

/* Father and son of one name. */
static void
test_one_name (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, JAN (ONE, FATHER) "," JAN (TWO, SON));
  assert_shown (fixture, "1 Jan Smit, 2 Jan Smit");
  run_with (fixture, JAN (TWO, SON) "," JAN (ONE, FATHER));
  assert_row (fixture, 1, "relation", "father");
  assert_row (fixture, 2, "relation", "son");
  run_with (fixture, JAN (THREE, FATHER) "," JAN (TWO, SON));
  assert_row (fixture, 1, "phone", "020 5550003");
  /* The father goes, and the son has another number at once. */
  run_with (fixture, JAN (ONE, SON));
  assert_shown (fixture, "2 Jan Smit");
  assert_row (fixture, 2, "relation", "son");
  /* Another Jan is not the father who went. */
  run_with (fixture, JAN (PHONE ("020 5550004"), ROLE ("GRNDSON")) "," JAN (ONE, SON));
  assert_shown (fixture, "2 Jan Smit, 3 Jan Smit");
  assert_row (fixture, 1, "relation", "father");
}

/* At one number too. */
static void
test_one_name_and_number (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, JAN (ONE, FATHER) "," JAN (ONE, SON));
  assert_shown (fixture, "1 Jan Smit, 2 Jan Smit");
  run_with (fixture, JAN (ONE, SON));
  assert_shown (fixture, "2 Jan Smit");
  assert_row (fixture, 1, "relation", "father");
}

/* What nothing tells apart stays two, each time. */
static void
test_quite_alike (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 3; i++)
    {
      run_with (fixture, JAN ("", "") "," JAN ("", ""));
      assert_shown (fixture, "1 Jan Smit, 2 Jan Smit");
    }
}

#define WITH_ID(id, name) "{'id':'" id "','name':{'text':'" name "'}}"

/* An id that the EHR gives tells who somebody is who has another name now; a number does not, nor when it goes by the
 * place all the same. */
static void
test_ids (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, WITH_ID ("a", "Anna Smit") "," WITH_ID ("b", "Bert Smit"));
  run_with (fixture, WITH_ID ("b", "Bert Smit") "," WITH_ID ("a", "Anna Jansen"));
  assert_shown (fixture, "1 Anna Jansen, 2 Bert Smit");
  run_with (fixture, WITH_ID ("a", "Bert Smit"));
  assert_shown (fixture, "2 Bert Smit");
  assert_row (fixture, 1, "name", "Anna Jansen");
  run_with (fixture, WITH_ID ("a", "Carla Smit"));
  assert_shown (fixture, "3 Carla Smit");
}

static void
test_numbers_as_ids (Fixture *fixture, gconstpointer data)
{
  run_with (fixture, WITH_ID ("1", "Anna Smit") "," BERT);
  assert_shown (fixture, "1 Anna Smit, 2 Bert Smit");
  run_with (fixture, WITH_ID ("1", "Bert Smit") "," WITH_ID ("2", "Carla Smit"));
  assert_shown (fixture, "2 Bert Smit, 3 Carla Smit");
  /* The EHR begins to give ids. */
  run_with (fixture, WITH_ID ("c", "Carla Smit") "," WITH_ID ("b", "Bert Smit"));
  assert_shown (fixture, "2 Bert Smit, 3 Carla Smit");
  run_with (fixture, WITH_ID ("2", "Dirk Smit") "," WITH_ID ("2", "Els Smit") "," JAN ("", ""));
  assert_shown (fixture, "4 Dirk Smit, 5 Els Smit, 6 Jan Smit");
}

/* Who has died keeps who stood there, and it is nobody else. */
static void
test_died (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = patient (BERT "," CARLA, 28);
  char *end = strstr (text, ",'contact'");
  g_autofree char *died = g_strdup_printf ("%.*s,'deceasedBoolean':true%s", (int) (end - text), text, end);

  run_with (fixture, ANNA (ONE, DAUGHTER) "," BERT);
  ehr_kit_file (&fixture->kit, "Patient.ndjson", died);
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_run_well (&fixture->kit);
      assert_shown (fixture, "1 Anna Smit, 2 Bert Smit");
    }
}

/* The Patient of before is still there, in either order: the newest says who the contacts are. */
static void
test_two_files (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Patient.ndjson", "Patient-2.ndjson" };

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *old = patient (ANNA (ONE, DAUGHTER) "," BERT, 2 * i + 1);
      g_autofree char *new = patient (CARLA "," BERT, 2 * i + 2);

      ehr_kit_file (&fixture->kit, names[i], old);
      ehr_kit_file (&fixture->kit, names[1 - i], new);
      for (int times = 0; times < 3; times++)
        {
          g_autofree char *shown = NULL;

          ehr_kit_run_well (&fixture->kit);
          shown = ehr_kit_text (&fixture->kit, "SELECT group_concat (name, ', ') FROM (SELECT name FROM contact"
                                               " WHERE removed IS NULL ORDER BY name)");
          g_assert_cmpstr (shown, ==, "Bert Smit, Carla Smit");
        }
    }
}

/* Without a time of change the first counts. */
static void
test_first_counts (Fixture *fixture, gconstpointer data)
{
  ehr_kit_file (&fixture->kit, "Patient.ndjson",
                "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],"
                "'name':[{'text':'Wil Bruin'}],'contact':[" BERT "]}\n"
                "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],"
                "'name':[{'text':'Wil Bruin'}],'contact':[" CARLA "," BERT "]}\n");
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_run_well (&fixture->kit);
      assert_shown (fixture, "1 Bert Smit");
    }
}

#define SERVED "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}],'contact':["

static void
test_server (FhirKit *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Patient", "wil", "wil", LONG_AGO, SERVED ANNA (ONE, DAUGHTER) "," BERT "]");
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_put (kit, "Patient", "wil", "wil", cp_time_now (), SERVED BERT "," CARLA "]");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *shown = NULL;

      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_true (fhir_kit_run (kit));
      shown =
          ehr_kit_text (&kit->ehr, "SELECT group_concat (id || ' ' || name || iif (removed IS NULL, '', ' gone'), ', ')"
                                   " FROM (SELECT * FROM contact ORDER BY id)");
      g_assert_cmpstr (shown, ==, "1 Anna Smit gone, 2 Bert Smit, 3 Carla Smit");
    }
}

static void
server_set_up (FhirKit *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
}

static void
server_tear_down (FhirKit *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-contacts/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (first_goes);
  ADD (another_in_place);
  ADD (same_person);
  ADD (one_name);
  ADD (one_name_and_number);
  ADD (quite_alike);
  ADD (ids);
  ADD (numbers_as_ids);
  ADD (died);
  ADD (two_files);
  ADD (first_counts);
  g_test_add ("/ehr-contacts/server", FhirKit, NULL, server_set_up, test_server, server_tear_down);
  return g_test_run ();
}
