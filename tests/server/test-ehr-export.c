/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define REPORT(id, patient, text)                                                                                      \
  "{'resourceType':'Observation','id':'" id "','meta':{'lastUpdated':'2026-02-01T12:00:00Z'},'status':'final','code':" \
  "{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},'subject':{'reference':'Patient/" patient  \
  "'},'effectiveDateTime':'2026-02-01','performer':[{'reference':'Practitioner/anna'}],'valueString':'" text "'}\n"

#define WIL                                                                                                            \
  "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil "       \
  "Bruin'}]}\n"

typedef struct
{
  FhirKit kit;
  char *directory;
  char *started;
  char *manifest;
} Fixture;

static void
fault (Fixture *fixture, const char *match, int times, int status, const char *headers, const char *body)
{
  const FhirFault one = { match, times, FHIR_ANSWER, status, headers, body };

  fhir_kit_fault (&fixture->kit, &one);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;
  int port;

  fhir_kit_set_up_wil (kit);
  kit->ehr.store.config->ehr_export_group = g_strdup ("portaal");
  fixture->directory = g_strconcat (kit->ehr.store.database, ".export", NULL);
  port = fhir_kit_port (kit);
  fixture->started = g_strdup_printf ("Content-Location: http://127.0.0.1:%d/fhir/export-status\r\n", port);
  fixture->manifest = g_strdup_printf (
      "{'transactionTime':'2026-03-03T11:59:00Z','output':[{'type':'Observation','url':'http://127.0.0.1:%d/fhir/files/"
      "1'},"
      "{'type':'Patient','url':'http://127.0.0.1:%d/fhir/files/4'},"
      "{'type':'Practitioner','url':'http://127.0.0.1:%d/fhir/files/2'}],'deleted':[{'type':'Bundle','url':"
      "'http://127.0.0.1:%d/fhir/files/3'}]}",
      port, port, port, port);
  fault (fixture, "/fhir/Group/portaal/$export?", 1, 202, fixture->started, "");
  fault (fixture, "GET /fhir/export-status", 2, 202, "Retry-After: 120\r\n", "");
  fault (fixture, "GET /fhir/export-status", 1, 200, NULL, fixture->manifest);
  fault (fixture, "DELETE /fhir/export-status", 1, 202, NULL, "");
  fault (fixture, "/files/2", 1, 200, NULL,
         "{'resourceType':'Practitioner','id':'anna','name':[{'text':'Anna de Wit'}]}\n");
  fault (fixture, "/files/3", 1, 200, NULL,
         "{'resourceType':'Bundle','type':'transaction','entry':[{'request':{'method':'DELETE','url':'Observation/"
         "r2'}}]}\n");
  fault (fixture, "/files/4", 1, 200, NULL, WIL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->directory);
  g_free (fixture->started);
  g_free (fixture->manifest);
  fhir_kit_tear_down (&fixture->kit);
}

static void
private_hook (gpointer data, guint request, const char *line)
{
  const Fixture *fixture = data;
  GStatBuf info;

  if (strstr (line, "/files/2") == NULL)
    return;
  g_assert_cmpint (g_stat (fixture->directory, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_first_load (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;

  fault (fixture, "/files/1", 1, 200, NULL,
         REPORT ("r1", "wil", "een") REPORT ("r2", "wil", "twee") REPORT ("h", "henk", "Van Henk"));
  kit->hook = private_hook;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'Anna de Wit'"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count FROM audit WHERE action = 14"), ==, 1);
  /* As long as the server asked. */
  g_assert_cmpint (cp_time_now () - FHIR_NOW, >=, 240 * CP_TIME_SECOND);
  g_assert_cmpuint (fhir_kit_requests (kit, "Prefer: respond-async"), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (kit, "DELETE /fhir/export-status"), ==, 1);
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
  /* From there on by what changed. */
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_lastUpdated=ge2026-03-03T11:49:00.000Z"), ==, 1);
  fhir_kit_report (kit, "r3", "wil", FHIR_NOW + CP_TIME_HOUR, "drie");
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 2);
  g_assert_cmpuint (fhir_kit_requests (kit, "$export"), ==, 1);
}

/* After other settings everything is exported anew: what is listed as deleted is too much to go at once. */
static void
test_many_deleted (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;
  g_autoptr (GString) deleted = g_string_new ("{'resourceType':'Bundle','entry':[");
  g_autofree char *error = NULL;

  fhir_kit_clear_faults (kit);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO + i, id);
      if (i < 10)
        g_string_append_printf (deleted, "%s{'request':{'method':'DELETE','url':'Observation/%s'}}", i > 0 ? "," : "",
                                id);
    }
  g_string_append (deleted, "]}\n");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 20);
  ehr_kit_exec (&kit->ehr, "DELETE FROM ehr_mark");
  fault (fixture, "/fhir/Group/portaal/$export?", 1, 202, fixture->started, "");
  fault (fixture, "GET /fhir/export-status", 1, 200, NULL, fixture->manifest);
  fault (fixture, "DELETE /fhir/export-status", 1, 202, NULL, "");
  fault (fixture, "/files/1", 1, 200, NULL, REPORT ("r1", "wil", "r1"));
  fault (fixture, "/files/2", 1, 200, NULL, "");
  fault (fixture, "/files/3", 1, 200, NULL, deleted->str);
  fault (fixture, "/files/4", 1, 200, NULL, WIL);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_true (error != NULL && strstr (error, "10 of 20 are missing") != NULL);
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 20);
}

/* A line that cannot be used says all the same that it is somebody else's, or was a mistake; and it is asked for. */
static void
test_refused_line (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;

  fault (fixture, "/files/1", 1, 200, NULL,
         REPORT ("a", "wil", "een") REPORT ("b", "wil", "twee") REPORT ("c", "wil", "drie"));
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  ehr_kit_exec (&kit->ehr, "DELETE FROM ehr_mark");
  fault (fixture, "/fhir/Group/portaal/$export?", 1, 202, fixture->started, "");
  fault (fixture, "GET /fhir/export-status", 1, 200, NULL, fixture->manifest);
  fault (fixture, "DELETE /fhir/export-status", 1, 202, NULL, "");
#define ODD(id, patient, status)                                                                                       \
  "{'resourceType':'Observation','id':'" id "','meta':{'lastUpdated':'2026-03-01T12:00:00Z'},'status':'" status        \
  "','subject':{'reference':'Patient/" patient "'},'valueString':7}\n"
  fault (fixture, "/files/1", 1, 200, NULL,
         ODD ("a", "henk", "final") ODD ("b", "wil", "entered-in-error") ODD ("c", "wil", "final"));
  fault (fixture, "/files/2", 1, 200, NULL, "");
  fault (fixture, "/files/3", 1, 200, NULL, "");
  fault (fixture, "/files/4", 1, 200, NULL, WIL);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "a"), ==, 0);
  g_assert_cmpint (fhir_kit_is_shown (kit, "b"), ==, 0);
  g_assert_cmpint (fhir_kit_is_shown (kit, "c"), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/c"), >, 0);
}

/* A file that is cut off: what is missing is searched for. */
static void
test_cut_file (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;

  fault (fixture, "/files/1", 1, 200, NULL, REPORT ("r1", "wil", "een") "{'resourceType':'Observation','id':'r2'");
  fhir_kit_report (kit, "r1", "wil", LONG_AGO, "een");
  fhir_kit_report (kit, "r9", "wil", LONG_AGO, "negen");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 2);
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, 1);
}

/* A file that does not come, or comes half, is fetched again from its beginning. */
static void
test_file_again (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;
  const FhirFault cut = { "/files/1", 1, FHIR_CUT, 200, NULL, REPORT ("r0", "wil", "nul") REPORT ("r1", "wil", "een") };

  fhir_kit_report (kit, "r1", "wil", LONG_AGO, "een");
  fhir_kit_fault (kit, &cut);
  fault (fixture, "/files/1", 1, 500, NULL, "");
  fault (fixture, "/files/1", 1, 200, NULL, REPORT ("r1", "wil", "een"));
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "/files/1"), ==, 3);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem"), ==, 0);
}

#define OUTCOME(severity, more)                                                                                        \
  "{'resourceType':'OperationOutcome','issue':[{'severity':'" severity "','code':'exception'" more "}]}\n"
#define OF_OBSERVATION ",'expression':['Observation.value']"

/* An export in which r1 is, of a server that has r9 too. */
typedef struct
{
  const char *name;
  const char *outputs[3]; /* types; of the first files/1, of the second files/2 */
  const char *errors;     /* (nullable): the file of errors */
  int status;             /* with which that comes */
  gboolean observations;  /* count as read */
  gboolean goals;         /* and those */
} Part;

static const Part parts[] = {
  { "all", { "Observation", "Patient", "Goal" }, NULL, 200, TRUE, TRUE },
  { "type-absent", { "Practitioner", "Patient", "Goal" }, NULL, 200, FALSE, TRUE },
  { "patient-absent", { "Observation", "Practitioner", "Goal" }, NULL, 200, FALSE, FALSE },
  { "error", { "Observation", "Patient", "Goal" }, OUTCOME ("error", OF_OBSERVATION), 200, FALSE, TRUE },
  { "fatal", { "Observation", "Patient", "Goal" }, OUTCOME ("fatal", OF_OBSERVATION), 200, FALSE, TRUE },
  { "warning", { "Observation", "Patient", "Goal" }, OUTCOME ("warning", OF_OBSERVATION), 200, TRUE, TRUE },
  { "error-of-another",
    { "Observation", "Patient", "Goal" },
    OUTCOME ("error", ",'expression':['Goal']"),
    200,
    TRUE,
    FALSE },
  { "error-of-unknown",
    { "Observation", "Patient", "Goal" },
    OUTCOME ("error", ",'location':['/f:Observation']"),
    200,
    FALSE,
    FALSE },
  { "error-of-nothing",
    { "Observation", "Patient", "Goal" },
    OUTCOME ("warning", "") OUTCOME ("error", ""),
    200,
    FALSE,
    FALSE },
  { "error-cut-off", { "Observation", "Patient", "Goal" }, "{'resourceType':'Operat", 200, FALSE, FALSE },
  { "error-without-file", { "Observation", "Patient", "Goal" }, "", 403, FALSE, FALSE },
};

static const char *
file_of (const char *type)
{
  return g_str_equal (type, "Observation") ? REPORT ("r1", "wil", "een") : g_str_equal (type, "Patient") ? WIL : "";
}

/* Only what the export says that it holds counts as read; the rest is searched for from its beginning. */
static void
test_part (Fixture *fixture, gconstpointer data)
{
  const Part *part = data;
  FhirKit *kit = &fixture->kit;
  g_autoptr (GString) manifest = g_string_new ("{'transactionTime':'2026-03-03T11:59:00Z','output':[");

  fhir_kit_clear_faults (kit);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *match = g_strdup_printf ("/files/%d", i);

      g_string_append_printf (manifest, "%s{'type':'%s','url':'http://127.0.0.1:%d/fhir/files/%d'}", i > 0 ? "," : "",
                              part->outputs[i], fhir_kit_port (kit), i);
      fault (fixture, g_intern_string (match), 1, 200, NULL, file_of (part->outputs[i]));
    }
  g_string_append (manifest, "],'error':[");
  if (part->errors != NULL)
    g_string_append_printf (manifest, "{'type':'OperationOutcome','url':'http://127.0.0.1:%d/fhir/files/9'}",
                            fhir_kit_port (kit));
  g_string_append (manifest, "]}");
  fault (fixture, "/files/9", 1, part->status, NULL, part->errors);
  fault (fixture, "/fhir/Group/portaal/$export?", 1, 202, fixture->started, "");
  fault (fixture, "GET /fhir/export-status", 1, 200, NULL, manifest->str);
  fault (fixture, "DELETE /fhir/export-status", 1, 202, NULL, "");
  fhir_kit_report (kit, "r9", "wil", LONG_AGO, "negen");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_sort=_lastUpdated&_count=200"), ==, !part->observations);
  g_assert_cmpuint (fhir_kit_requests (kit, "Goal?patient=Patient/wil&_sort=_lastUpdated&_count=200"), ==,
                    !part->goals);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id = 'r9'"), ==,
                   !part->observations);
}

/* The group holds one of two clients: the other is read by the searches. */
static void
test_not_in_group (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;

  ehr_kit_enrol (&kit->ehr, "s|222", "H. Bruin");
  fhir_kit_patient (kit, "henk", "222", "Henk Bruin");
  fault (fixture, "/files/1", 1, 200, NULL, REPORT ("r1", "wil", "een"));
  fhir_kit_report (kit, "h", "henk", LONG_AGO, "Van Henk");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id IN ('r1', 'h')"), ==, 2);
  g_assert_cmpuint (fhir_kit_requests (kit, "Observation?patient=Patient/henk&code"), ==, 1);
}

typedef struct
{
  const char *name;
  const char *match;
  int status;
} Refusal;

static const Refusal refusals[] = {
  { "not-offered", "$export", 404 },
  { "not-allowed", "$export", 403 },
  { "status-fails", "GET /fhir/export-status", 500 },
  { "file-fails", "/files/1", 403 },
};

/* A server that cannot export is searched. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  FhirKit *kit = &fixture->kit;

  if (!g_str_equal (refusal->name, "file-fails"))
    fhir_kit_clear_faults (kit);
  if (g_str_equal (refusal->name, "status-fails"))
    fault (fixture, "/fhir/Group/portaal/$export?", 1, 202, fixture->started, "");
  fault (fixture, refusal->match, 100, refusal->status, NULL, "");
  fhir_kit_report (kit, "r1", "wil", LONG_AGO, "een");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (&fixture->kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'no export:%'"), ==,
                   1);
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ehr/export/first-load", Fixture, NULL, set_up, test_first_load, tear_down);
  g_test_add ("/ehr/export/many-deleted", Fixture, NULL, set_up, test_many_deleted, tear_down);
  g_test_add ("/ehr/export/cut-file", Fixture, NULL, set_up, test_cut_file, tear_down);
  g_test_add ("/ehr/export/refused-line", Fixture, NULL, set_up, test_refused_line, tear_down);
  g_test_add ("/ehr/export/file-again", Fixture, NULL, set_up, test_file_again, tear_down);
  g_test_add ("/ehr/export/not-in-group", Fixture, NULL, set_up, test_not_in_group, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/export/part/", parts[i].name, NULL);

      g_test_add (path, Fixture, &parts[i], set_up, test_part, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/export/refused/", refusals[i].name, NULL);

      g_test_add (path, Fixture, &refusals[i], set_up, test_refused, tear_down);
    }
  return g_test_run ();
}
