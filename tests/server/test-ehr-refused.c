/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A newer version that cannot be used says all the same that it is somebody else's, or was a mistake. */
#include "fhir-kit.h"

#include <string.h>

#define BODY_MAX (64 * 1024)

#define CODE "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
#define REPORT(patient, status) CODE "'status':'" status "','subject':{'reference':'Patient/" patient "'},"
#define MORE "'effectiveDateTime':'2026-03-01'"

static const struct
{
  const char *name, *members;
  gboolean stays;
} versions[] = {
  { "somebody-else", REPORT ("karel", "final"), FALSE },
  { "another-client", REPORT ("henk", "final"), FALSE },
  { "mistake", REPORT ("wil", "entered-in-error"), FALSE },
  { "cancelled", REPORT ("wil", "cancelled"), FALSE },
  { "withheld",
    REPORT ("wil", "final") "'meta':{'lastUpdated':'2026-03-02T00:00:00Z','security':[{'system':'http://"
                            "terminology.hl7.org/CodeSystem/v3-ActCode','code':'NOPAT'}]},",
    FALSE },
  { "the-same", REPORT ("wil", "final"), TRUE },
};

static void
set_up (FhirKit *kit, gconstpointer data)
{
  static const CpdTransferLimits limits = { .connect = 10000, .silence = 30000, .total = 120000, .body = BODY_MAX };

  fhir_kit_set_up_both (kit);
  kit->ehr.limits = &limits;
  kit->without_history = TRUE;
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
}

static void
tear_down (FhirKit *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
assert_after (FhirKit *kit, int i, const char *members)
{
  const char *subject = i == 0 ? "karel" : i == 1 ? "henk" : "wil";

  fhir_kit_report (kit, "x", "wil", LONG_AGO, "Van Wil");
  fhir_kit_report (kit, "y", "wil", LONG_AGO, "Ook");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  fhir_kit_put (kit, "Observation", "x", subject, FHIR_NOW + CP_TIME_MINUTE, members);
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "x"), ==, versions[i].stays);
  g_assert_cmpint (fhir_kit_is_shown (kit, "y"), ==, 1);
  fhir_kit_days_later (2);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "x"), ==, versions[i].stays);
}

static void
test_too_large (FhirKit *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *filling = g_strnfill (BODY_MAX, 'x');
  g_autofree char *members = g_strdup_printf ("%s" MORE ",'valueString':'%s'", versions[i].members, filling);

  assert_after (kit, i, members);
}

static void
test_wrong_type (FhirKit *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *members = g_strconcat (versions[i].members, MORE ",'valueString':7", NULL);

  assert_after (kit, i, members);
}

#define LINE "{'resourceType':'Observation','id':'%s',%s" MORE ",'valueString':%s}\n"

static void
test_in_a_directory (EhrKit *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *other = g_strdup_printf (LINE, "y", REPORT ("wil", "final"), "'Ook'");
  g_autofree char *line = g_strdup_printf (LINE, "x", REPORT ("wil", "final"), "'Van Wil'");
  g_autofree char *odd = g_strdup_printf (LINE, "x", versions[i].members, "7");
  g_autofree char *before = g_strconcat (other, line, NULL);
  g_autofree char *after = g_strconcat (other, odd, NULL);

  ehr_kit_file (kit, "Observation.ndjson", before);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
  ehr_kit_file (kit, "Observation.ndjson", after);
  for (int run = 0; run < 2; run++)
    {
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'x'"), ==,
                       versions[i].stays);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'y'"), ==, 1);
    }
  ehr_kit_file (kit, "Observation.ndjson", before);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *large = g_strconcat ("/ehr/refused/too-large/", versions[i].name, NULL);
      g_autofree char *wrong = g_strconcat ("/ehr/refused/wrong-type/", versions[i].name, NULL);
      g_autofree char *line = g_strconcat ("/ehr/refused/in-a-directory/", versions[i].name, NULL);

      /* The kit has a meta of its own. */
      if (strcmp (versions[i].name, "withheld") != 0)
        {
          g_test_add (large, FhirKit, GINT_TO_POINTER (i), set_up, test_too_large, tear_down);
          g_test_add (wrong, FhirKit, GINT_TO_POINTER (i), set_up, test_wrong_type, tear_down);
        }
      g_test_add (line, EhrKit, GINT_TO_POINTER (i), ehr_kit_begin_wil, test_in_a_directory, ehr_kit_end);
    }
  return g_test_run ();
}
