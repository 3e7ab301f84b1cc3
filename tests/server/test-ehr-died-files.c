/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "died-kit.h"
#include "ehr-kit.h"

/* The same as test-ehr-died.c of a directory: what is here of who has died follows the source, and stays. */

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up (kit);
  ehr_kit_enrol (kit, "s|123456782", "W. Bruin");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static void
test_patient_leaves (Fixture *kit, gconstpointer data)
{
  static const char report[] = "{'resourceType':'Observation','id':'one'," REPORT ("final", "Een") "}\n";

  ehr_kit_file (kit, "Patient.ndjson", "{'resourceType':'Patient','id':'wil'," WIL DIED "}");
  ehr_kit_file (kit, "Observation.ndjson", report);
  ehr_kit_run_well (kit);
  ehr_kit_file (kit, "Patient.ndjson", "");
  for (int i = 0; i < 2; i++)
    {
      store_kit_set_now (cp_time_now () + CP_TIME_DAY);
      ehr_kit_run_well (kit);
      ehr_kit_assert_current (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
    }
}

/* What is withdrawn and put right in a directory. */
static void
test_follows (Fixture *kit, gconstpointer data)
{
  static const char patient[] = "{'resourceType':'Patient','id':'wil'," WIL DIED "}";
  static const char report[] = "{'resourceType':'Observation','id':'%s'," REPORT ("%s", "%s") "}";
  CpdEhrSyncReport result;

  for (int run = 0; run < 3; run++)
    {
      g_autofree char *one = g_strdup_printf (report, "one", run < 2 ? "final" : "entered-in-error", "Een");
      g_autofree char *two = g_strdup_printf (report, "two", run < 2 ? "final" : "amended", run < 2 ? "Twee" : "Beter");
      g_autofree char *all = g_strconcat (one, "\n", two, NULL);
      g_autofree char *three = g_strdup_printf (report, "three", "final", "Drie");

      ehr_kit_file (kit, "Patient.ndjson", patient);
      ehr_kit_file (kit, "Observation.ndjson", all);
      if (run > 0)
        ehr_kit_file (kit, "Later.ndjson", three);
      g_assert_true (ehr_kit_run (kit, &result, 0));
      cpd_ehr_sync_report_clear (&result);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, run < 2 ? 2 : 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Beter'"), ==, run < 2 ? 0 : 1);
    }
}

/* A directory in which nothing of theirs is left but the Patient. */
static void
test_closed (Fixture *kit, gconstpointer data)
{
  static const char report[] = "{'resourceType':'Observation','id':'%s'," REPORT ("final", "Een") "}\n";
  g_autofree char *one = g_strdup_printf (report, "one");
  g_autofree char *two = g_strdup_printf (report, "two");
  g_autofree char *both = g_strconcat (one, two, NULL);

  ehr_kit_file (kit, "Patient.ndjson", "{'resourceType':'Patient','id':'wil'," WIL DIED "}");
  ehr_kit_file (kit, "Observation.ndjson", both);
  ehr_kit_run_well (kit);
  kit->accept_removals = TRUE;
  /* Not all at once. */
  ehr_kit_file (kit, "Observation.ndjson", one);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
  ehr_kit_file (kit, "Observation.ndjson", "");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
}

/* What is deleted after the death goes when that was a mistake. */
static void
test_mistake (Fixture *kit, gconstpointer data)
{
  static const char one[] = "{'resourceType':'Observation','id':'one'," REPORT ("final", "Een") "}\n";
  static const char two[] = "{'resourceType':'Observation','id':'two'," REPORT ("final", "Twee") "}\n";
  static const char lives[] = "{'resourceType':'Patient','id':'wil'," WIL "}";
  static const char died[] = "{'resourceType':'Patient','id':'wil'," WIL DIED "}";
  static const struct
  {
    const char *patient;
    const char *reports[2];
    int n;
  } runs[] = { { lives, { one, two }, 2 }, { died, { one, two }, 2 }, { died, { one, "" }, 2 },
               { died, { "", "" }, 2 },    { lives, { one, "" }, 2 }, { lives, { one, "" }, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      ehr_kit_file (kit, "Patient.ndjson", runs[i].patient);
      ehr_kit_file (kit, "Observation.ndjson", runs[i].reports[0]);
      ehr_kit_file (kit, "Observation-2.ndjson", runs[i].reports[1]);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, runs[i].n);
    }
}

/* Also when it is, before any run knew of the death. */
static void
test_closed_at_once (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Patient.ndjson", "{'resourceType':'Patient','id':'wil'," WIL "}");
  ehr_kit_file (kit, "Observation.ndjson", "{'resourceType':'Observation','id':'one'," REPORT ("final", "Een") "}\n");
  ehr_kit_run_well (kit);
  ehr_kit_file (kit, "Patient.ndjson", "{'resourceType':'Patient','id':'wil'," WIL DIED "}");
  ehr_kit_file (kit, "Observation.ndjson", "");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/died-files/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("patient-leaves", test_patient_leaves);
  ADD ("follows", test_follows);
  ADD ("closed", test_closed);
  ADD ("mistake", test_mistake);
  ADD ("closed-at-once", test_closed_at_once);
  return g_test_run ();
}
