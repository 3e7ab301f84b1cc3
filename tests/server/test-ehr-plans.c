/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* Care plans of a FHIR server of which only what changed is read again. */

typedef FhirKit Fixture;

#define WIL "'subject':{'reference':'Patient/wil'}"
#define PART "'status':'active','intent':'plan','title':'Douchen'," WIL ",'partOf':[{'reference':'CarePlan/c'}]"

/* Of the list of plans. */
#define LISTED "SELECT count(*) FROM care_plan WHERE removed IS NULL AND part_of IS NULL"

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
plan (Fixture *kit, CpTime updated, const char *status, const char *rest)
{
  g_autofree char *members =
      g_strdup_printf ("'status':'%s','intent':'plan','title':'Zorgplan'," WIL "%s", status, rest);

  fhir_kit_put (kit, "CarePlan", "c", "wil", updated, members);
}

/* The run of hour, in which nothing is read but what changed after the one before. */
static void
run_at (Fixture *kit, int hour)
{
  store_kit_set_now (FHIR_NOW + hour * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

static gint64
count (Fixture *kit, const char *sql)
{
  return ehr_kit_count (&kit->ehr, sql);
}

static gint64
with_part (Fixture *kit)
{
  return count (kit, LISTED " AND title = 'Zorgplan' AND body LIKE '%Douchen%'");
}

static void
test_part_of_draft (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "draft", "");
  fhir_kit_put (kit, "CarePlan", "d", "wil", LONG_AGO + CP_TIME_SECOND, PART);
  run_at (kit, 0);
  g_assert_cmpint (count (kit, LISTED), ==, 0);
  /* Of what is not shown no word is kept. */
  g_assert_cmpint (count (kit, "SELECT count(*) FROM care_plan WHERE title = 'Zorgplan'"), ==, 0);
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "active", "");
  run_at (kit, 1);
  g_assert_cmpint (count (kit, LISTED), ==, 1);
  g_assert_cmpint (with_part (kit), ==, 1);
}

static void
test_part_of_error (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", "");
  fhir_kit_put (kit, "CarePlan", "d", "wil", LONG_AGO + CP_TIME_SECOND, PART);
  run_at (kit, 0);
  g_assert_cmpint (with_part (kit), ==, 1);
  plan (kit, FHIR_NOW + CP_TIME_MINUTE, "entered-in-error", "");
  run_at (kit, 1);
  g_assert_cmpint (count (kit, LISTED), ==, 0);
  plan (kit, FHIR_NOW + 61 * CP_TIME_MINUTE, "active", "");
  run_at (kit, 2);
  g_assert_cmpint (count (kit, LISTED), ==, 1);
  g_assert_cmpint (with_part (kit), ==, 1);
}

/* A draft that is to replace a plan does not do so yet. */
static void
test_replaced_by_draft (Fixture *kit, gconstpointer data)
{
  plan (kit, LONG_AGO, "active", "");
  fhir_kit_put (kit, "CarePlan", "next", "wil", LONG_AGO,
                "'status':'draft','intent':'plan','title':'Nieuw'," WIL ",'replaces':[{'reference':'CarePlan/c'}]");
  run_at (kit, 0);
  g_assert_cmpint (count (kit, LISTED " AND replaced = 0"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/plans/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("part-of-draft", test_part_of_draft);
  ADD ("part-of-error", test_part_of_error);
  ADD ("replaced-by-draft", test_replaced_by_draft);
  return g_test_run ();
}
