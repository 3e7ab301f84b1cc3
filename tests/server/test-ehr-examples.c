/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-reader.h"
#include "cpd-ehr-run.h"
#include "ehr-kit.h"

/* A run over examples of FHIR R4, and what it must find: over our own, and over public ones when they lie beside the
 * project. What becomes of each of our own is in test-ehr-rows.c. */

typedef struct
{
  const char *name, *variable; /* of the environment, which says where they are */
  const char *identifiers[5];  /* pairs of an identifier and the family name that it is enrolled with, and NULL */
  gint64 people;               /* who are found by those */
  int resources;               /* at least so many */
  gboolean own;
} Examples;

static const Examples all[] = {
  { "own", "EHR_ROWS", { "https://zorg.example/client|1", "W. de Bruin" }, 1, 60, TRUE },
  { "public",
    "FHIR_EXAMPLES",
    { "http://fhir.nl/fhir/NamingSystem/bsn|111222333", "J. van Putten", "urn:oid:2.16.840.1.113883.2.4.6.3|738472983",
      "P. van de Heuvel" },
    2,
    600,
    FALSE },
};

static char *
examples (const char *variable, const char *name)
{
  const char *root = g_getenv (variable);
  g_autofree char *directory = root != NULL ? g_build_filename (root, name, NULL) : NULL;

  if (directory != NULL && g_file_test (directory, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&directory);
  g_test_skip ("no examples beside the project");
  return NULL;
}

static gboolean
run_over (EhrKit *kit, const char *directory, const char *const *identifiers, CpdEhrSyncReport *report)
{
  g_free (kit->store.config->source_directory);
  kit->store.config->source_directory = g_strdup (directory);
  for (; *identifiers != NULL; identifiers += 2)
    ehr_kit_enrol (kit, identifiers[0], identifiers[1]);
  return ehr_kit_run (kit, report, 0);
}

static void
test_scenario (void)
{
  static const char *const identifiers[] = { "http://fhir.nl/fhir/NamingSystem/bsn|999911120", "J. de Vries", NULL };
  g_autofree char *directory = examples ("FHIR_EXAMPLES", "portal-scenario");
  g_auto (CpdEhrSyncReport) report = { 0 };
  EhrKit kit = { 0 };

  if (directory == NULL)
    return;
  ehr_kit_set_up (&kit);
  g_assert_true (run_over (&kit, directory, identifiers, &report));
  g_assert_true (cpd_ehr_sync_report_is_fine (&report));
  g_assert_cmpint (report.problems->len, ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE kind = 0"), ==, 1);
  /* One is an Observation, the other a DocumentReference. */
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE kind = 1"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE kind = 2"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE kind = 3 AND type = 'Observation'"), ==, 1);
  /* What the plan tells itself: progress and outcome of an activity, and a note of a goal. */
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE kind = 3 AND type <> 'Observation'"), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM care_plan WHERE part_of IS NULL"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM care_plan WHERE part_of IS NOT NULL"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM plan_piece WHERE type = 'Goal'"), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM plan_piece WHERE type = 'ServiceRequest'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT json_array_length (body, '$.members') FROM plan_piece"
                                        " WHERE type = 'CareTeam'"),
                   ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM appointment"), ==, 4);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM contact WHERE relation = 'son'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE author = 'Fatima El Amrani'"
                                        " AND author_role = 'Verpleegkundige'"),
                   ==, 5);
  g_assert_cmpint (ehr_kit_count (&kit,
                                  "SELECT count(*) FROM patient WHERE short_name = 'J.E. de Vries-van den Berg' OR"
                                  " short_name = 'J.E. van den Berg-de Vries'"),
                   ==, 1);
  ehr_kit_tear_down (&kit);
}

/* Everything is read to its end, with no other effect than on the people enrolled. */
static void
test_all (gconstpointer data)
{
  const Examples *some = data;
  g_autofree char *directory = examples (some->variable, ".");
  g_auto (CpdEhrSyncReport) report = { 0 };
  EhrKit kit = { 0 };

  if (directory == NULL)
    return;
  ehr_kit_set_up (&kit);
  g_assert_true (run_over (&kit, directory, some->identifiers, &report));
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM profile"), ==, some->people);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT max (id) FROM patient"), ==, some->people);
  if (some->own)
    g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE patient = 1"), >, 15);
  ehr_kit_tear_down (&kit);
}

/* The mapping itself, of every example, whoever it is about. */
static void
test_mapping (gconstpointer data)
{
  const Examples *some = data;
  g_autofree char *directory = examples (some->variable, ".");
  gboolean mapped[CPD_EHR_N_TYPES] = { FALSE };
  g_autoptr (CpdEhrReader) reader = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_autoptr (CpdEhrNames) names = cpd_ehr_names_new ();
  CpdEhrMapper mapper = { .zone = zone, .names = names };
  CpdEhrResource *resource;
  CpdEhrProblem *problem;
  int n = 0;

  if (directory == NULL)
    return;
  ehr_kit_set_codes (&mapper);
  reader = cpd_ehr_reader_new (directory, NULL, NULL);
  while (cpd_ehr_reader_next (reader, &resource, &problem) != CPD_EHR_READ_END)
    {
      const char *reason = NULL;
      gpointer content = NULL;

      cpd_ehr_problem_free (problem);
      if (resource == NULL)
        continue;
      n++;
      cpd_ehr_names_add (names, resource);
      if (cpd_ehr_map (&mapper, resource, &content, &reason) == CPD_EHR_STRANGE)
        g_assert_nonnull (reason);
      if (content != NULL && cpd_ehr_run_type (resource->type) >= 0)
        mapped[cpd_ehr_run_type (resource->type)] = TRUE;
      g_ptr_array_unref (cpd_ehr_map_patient_contacts (&mapper, resource));
      cpd_ehr_content_free (cpd_ehr_kind_of (resource->type), content);
      cpd_ehr_resource_free (resource);
    }
  g_assert_cmpint (n, >, some->resources);
  for (int i = 0; some->own && i < CPD_EHR_N_TYPES; i++)
    {
      g_test_message ("of any %s", cpd_ehr_sync_types[i]);
      g_assert_true (mapped[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ehr-examples/scenario", test_scenario);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *run = g_strconcat ("/ehr-examples/all/", all[i].name, NULL);
      g_autofree char *mapping = g_strconcat ("/ehr-examples/mapping/", all[i].name, NULL);

      g_test_add_data_func (run, &all[i], test_all);
      g_test_add_data_func (mapping, &all[i], test_mapping);
    }
  return g_test_run ();
}
