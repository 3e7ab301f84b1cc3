/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a backup was put back: what the first runs over a server find out, and from when on something is shown. */
#include "fhir-kit.h"

#include <glib/gstdio.h>

#include "cpd-copy.h"
#include "cpd-store-attachment.h"
#include "cpd-store-ehr-sync.h"

#define N_REPORTS 40

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_reports (kit, N_REPORTS);
  fhir_kit_put (kit, "Binary", "b1", NULL, LONG_AGO, "'contentType':'application/pdf','data':'JVBERi0xLjQgZWVu'");
  fhir_kit_put (
      kit, "DocumentReference", "d1", "wil", LONG_AGO,
      "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},"
      "'subject':{'reference':'Patient/"
      "wil'},'date':'2026-02-01T09:00:00Z','content':[{'attachment':{'contentType':'application/pdf','title':'Brief',"
      "'url':'Binary/b1'}}]");
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_forget_requests (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
put_back (Fixture *kit, gboolean lacks_documents)
{
  const CpdAudit told = { .at = cp_time_now (), .action = CPD_AUDIT_RESTORED };
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_WRITER, &error);

  g_assert_no_error (error);
  g_assert_true (cpd_copy_close_all (db, &told, lacks_documents, &error));
  g_assert_no_error (error);
}

static gboolean
is_closed (Fixture *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  gint64 n;

  g_assert_true (cpd_store_ehr_count_put_back (db, kit->ehr.store.config->source_name, &n, &error));
  g_assert_no_error (error);
  return n > 0;
}

/* Long before the ids are compared again by themselves. */
static void
test_deleted (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  g_assert_false (is_closed (kit));
  put_back (kit, FALSE);
  g_assert_true (is_closed (kit));
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_false (is_closed (kit));
}

static void
test_not_found_out (Fixture *kit, gconstpointer data)
{
  const FhirFault hole = { "18776-5&_elements=id",
                           1,
                           FHIR_ANSWER,
                           200,
                           NULL,
                           "{'resourceType':'Bundle','type':'searchset','entry':[{},"
                           "{'resource':{'resourceType':'Observation','id':'r000'}}]}" };

  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  put_back (kit, FALSE);
  fhir_kit_fault (kit, &hole);
  fhir_kit_days_later (0.1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
  g_assert_true (is_closed (kit));
  fhir_kit_days_later (0.2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_false (is_closed (kit));
}

static void
test_a_type_fails (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "GET /fhir/Appointment", 100, FHIR_ANSWER, 500, NULL, "" };

  put_back (kit, FALSE);
  fhir_kit_fault (kit, &fault);
  fhir_kit_days_later (0.1);
  g_assert_false (fhir_kit_run (kit));
  g_assert_true (is_closed (kit));
  fhir_kit_clear_faults (kit);
  fhir_kit_days_later (0.2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_false (is_closed (kit));
}

/* What is not listed, and of which nothing is known, may be somebody else's by now. */
static void
test_says_nothing (Fixture *kit, gconstpointer data)
{
  static const int statuses[] = { 403, 500 };

  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  put_back (kit, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      const FhirFault fault = { "GET /fhir/Observation/r003", 100, FHIR_ANSWER, statuses[i], NULL, "" };

      fhir_kit_fault (kit, &fault);
      fhir_kit_days_later (0.1);
      fhir_kit_run (kit);
      g_assert_true (is_closed (kit));
      fhir_kit_clear_faults (kit);
    }
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_false (is_closed (kit));
}

/* A type that is not given any more: what is here of it cannot be compared. Of what was never here nothing is waited
 * for. */
static void
test_not_allowed (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *type;
    gboolean closed;
  } cases[] = { { "GET /fhir/Observation", TRUE }, { "GET /fhir/QuestionnaireResponse", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FhirFault fault = { cases[i].type, 100, FHIR_ANSWER, 403, NULL, "" };

      put_back (kit, FALSE);
      fhir_kit_fault (kit, &fault);
      fhir_kit_days_later (0.1);
      fhir_kit_run (kit);
      g_assert_cmpint (is_closed (kit), ==, cases[i].closed);
      fhir_kit_clear_faults (kit);
    }
}

/* A document that is not beside the copy comes again; otherwise what did not change is not asked for. */
static void
test_documents (Fixture *kit, gconstpointer data)
{
  g_autofree char *directory = cpd_store_attachments_directory (kit->ehr.store.database);
  g_autofree char *name = ehr_kit_text (&kit->ehr, "SELECT file FROM attachment");
  g_autofree char *path = g_build_filename (directory, name, NULL);

  put_back (kit, FALSE);
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Binary/b1"), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  put_back (kit, TRUE);
  fhir_kit_days_later (0.2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM attachment"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT max(version) FROM item"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/put-back/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("deleted", test_deleted);
  ADD ("not-found-out", test_not_found_out);
  ADD ("a-type-fails", test_a_type_fails);
  ADD ("says-nothing", test_says_nothing);
  ADD ("not-allowed", test_not_allowed);
  ADD ("documents", test_documents);
  return g_test_run ();
}
