/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* A report in lines (nl-core SOAPReport): a Composition of which each line is an Observation of its own. */

typedef FhirKit Fixture;

#define SNOMED "'system':'http://snomed.info/sct','code':"
#define SECTION(name, id, display)                                                                                     \
  "{'title':'" name "','entry':[{'reference':'Observation/" id "','display':'" display "'}]}"

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_put (
      kit, "Composition", "k", "wil", LONG_AGO,
      "'status':'final','type':{'coding':[{" SNOMED "'11591000146107'}]},'date':'2026-03-01',"
      "'subject':{'reference':'Patient/wil'},'title':'SOEP','section':[" SECTION (
          "Subjectief", "s",
          "SOAP line observation, Subjective") "," SECTION ("Objectief", "o",
                                                            "Van Henk") "," SECTION ("Evaluatie", "e",
                                                                                     "Was fout") "," SECTION ("Plan",
                                                                                                              "p",
                                                                                                              "Zoals "
                                                                                                              "het er "
                                                                                                              "staat") "]");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
line_at (Fixture *kit, const char *id, const char *subject, CpTime updated, const char *status, const char *words)
{
  g_autofree char *members = g_strdup_printf ("'status':'%s','code':{'coding':[{" SNOMED "'255362007'}]},"
                                              "'subject':{'reference':'Patient/%s'},'valueString':'%s'",
                                              status, subject, words);

  fhir_kit_put (kit, "Observation", id, subject, updated, members);
}

static void
line (Fixture *kit, const char *id, const char *subject, const char *status, const char *words)
{
  line_at (kit, id, subject, LONG_AGO, status, words);
}

/* Of a line that is not here its display is shown; of one of somebody else, or that was an error, nothing is. */
static void
test_lines (Fixture *kit, gconstpointer data)
{
  g_autofree char *text = NULL;

  line (kit, "s", "wil", "final", "Hoest al twee maanden");
  line (kit, "o", "henk", "final", "Henk rookt");
  line (kit, "e", "wil", "entered-in-error", "Verkeerd opgeschreven");
  g_assert_true (fhir_kit_run (kit));
  text = ehr_kit_text (&kit->ehr, "SELECT text FROM item WHERE type = 'Composition' AND removed IS NULL");
  g_assert_cmpstr (text, ==, "Subjectief\nHoest al twee maanden\n\nPlan\nZoals het er staat");
}

/* A line that lies in the report is judged as one beside it: also whom it is about. */
static void
test_lines_inside (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *type, *status, *subject, *words;
  } lines[] = {
    { "Observation", "final", "'subject':{'reference':'Patient/wil'},", "Hoest nog" },
    { "Observation", "final", "'subject':{'reference':'Patient/henk'},", "Henk hoest" },
    { "Observation", "entered-in-error", "'subject':{'reference':'Patient/wil'},", "Was fout" },
    { "Observation", "final", "'subject':{'display':'Henk'},", "Van wie?" },
    { "Observation", "final", "", "Rochelt ook" },
    { "Basic", "final", "", "Geen regel" },
  };
  g_autoptr (GString) contained = g_string_new (NULL);
  g_autoptr (GString) sections = g_string_new (NULL);
  g_autofree char *members = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *comma = i > 0 ? "," : "";

      g_string_append_printf (contained, "%s{'resourceType':'%s','id':'l%d','status':'%s',%s'valueString':'%s'}", comma,
                              lines[i].type, (int) i, lines[i].status, lines[i].subject, lines[i].words);
      g_string_append_printf (sections, "%s{'title':'%d','entry':[{'reference':'#l%d','display':'Regel %d'}]}", comma,
                              (int) i, (int) i, (int) i);
    }
  members = g_strdup_printf ("'status':'final','type':{'coding':[{" SNOMED "'11591000146107'}]},'date':'2026-03-01',"
                             "'subject':{'reference':'Patient/wil'},'contained':[%s],'section':[%s]",
                             contained->str, sections->str);
  fhir_kit_put (kit, "Composition", "k", "wil", FHIR_NOW, members);
  g_assert_true (fhir_kit_run (kit));
  text = ehr_kit_text (&kit->ehr, "SELECT text FROM item WHERE type = 'Composition' AND removed IS NULL");
  g_assert_cmpstr (text, ==, "0\nHoest nog\n\n4\nRochelt ook\n\n5\nRegel 5");
}

/* While a line cannot be read the report waits for it: it does not come without its words. */
static void
test_line_later (Fixture *kit, gconstpointer data)
{
  FhirFault fault = { "GET /fhir/Observation/s", 100, FHIR_ANSWER, 500, NULL, "{}" };

  line (kit, "s", "wil", "final", "Hoest al twee maanden");
  fhir_kit_fault (kit, &fault);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr,
                     "SELECT count(*) FROM sync_problem WHERE reason LIKE 'it waits for a file or a line,%'"),
      ==, 1);
  fhir_kit_clear_faults (kit);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT text LIKE '%Hoest al%' FROM item WHERE removed IS NULL"), ==, 1);
}

#define TEXT "SELECT text FROM item WHERE type = 'Composition' AND removed IS NULL"
#define VERSIONS "SELECT count(*) FROM item_version"
#define BEFORE "Subjectief\nHoest\n\nObjectief\nRookt\n\nEvaluatie\nWas fout\n\nPlan\nZoals het er staat"

static void
assert_text (Fixture *kit, const char *expected)
{
  g_autofree char *text = ehr_kit_text (&kit->ehr, TEXT);

  g_assert_cmpstr (text, ==, expected);
}

static void
run_at (Fixture *kit, int hours)
{
  store_kit_set_now (FHIR_NOW + hours * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

/* In run after run nothing is read, nor written, that did not change: also of lines that are not there. */
static void
read_before (Fixture *kit)
{
  line (kit, "s", "wil", "final", "Hoest");
  line (kit, "o", "wil", "final", "Rookt");
  run_at (kit, 0);
  assert_text (kit, BEFORE);
  for (int hours = 1; hours < 60; hours += 29)
    {
      fhir_kit_forget_requests (kit);
      run_at (kit, hours);
      g_assert_cmpint (fhir_kit_written (kit), ==, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/"), ==, 0);
    }
}

static void
withdraw (Fixture *kit)
{
  line_at (kit, "s", "wil", FHIR_NOW + CP_TIME_HOUR, "entered-in-error", "Hoest");
}

static void
move (Fixture *kit)
{
  line_at (kit, "s", "henk", FHIR_NOW + CP_TIME_HOUR, "final", "Hoest");
}

static void
move_silently (Fixture *kit)
{
  line (kit, "s", "henk", "final", "Hoest");
}

static void delete (Fixture *kit) { fhir_kit_delete (kit, "Observation", "s", FHIR_NOW + CP_TIME_HOUR); }

#define WITHOUT "Objectief\nRookt\n\nEvaluatie\nWas fout\n\nPlan\nZoals het er staat"
static const struct
{
  const char *name;
  void (*change) (Fixture *kit);
  const char *text;
} changes[] = {
  { "withdrawn", withdraw, WITHOUT },
  { "moved", move, WITHOUT },
  { "moved-silently", move_silently, WITHOUT },
  { "deleted", delete, "Subjectief\nSOAP line observation, Subjective\n\n" WITHOUT },
};

/* What a line said that is withdrawn, gone or somebody else's is told no more, nor by an earlier version; and the
 * report itself did not change. */
static void
test_line_goes (Fixture *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);

  read_before (kit);
  changes[i].change (kit);
  run_at (kit, 60);
  assert_text (kit, changes[i].text);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT version FROM item WHERE removed IS NULL"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS), ==, 0);
  ehr_kit_assert_search (&kit->ehr);
  fhir_kit_forget_requests (kit);
  run_at (kit, 61);
  g_assert_cmpint (fhir_kit_written (kit), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/"), ==, 0);
}

/* An earlier version tells what a line said that the report names no more: until that line goes. */
static void
test_earlier_line_goes (Fixture *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);

  read_before (kit);
  fhir_kit_put (kit, "Composition", "k", "wil", FHIR_NOW + 59 * CP_TIME_HOUR,
                "'status':'amended','type':{'coding':[{" SNOMED "'11591000146107'}]},'date':'2026-03-01',"
                "'subject':{'reference':'Patient/wil'},'section':[" SECTION ("Objectief", "o", "Van Henk") "]");
  run_at (kit, 60);
  assert_text (kit, "Objectief\nRookt");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS), ==, 1);
  run_at (kit, 61);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS), ==, 1);
  changes[i].change (kit);
  run_at (kit, 62);
  assert_text (kit, "Objectief\nRookt");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS), ==, 0);
}

/* Another wording, or a line that was not there before, is a correction as any other. */
static void
test_line_is_put_right (Fixture *kit, gconstpointer data)
{
  read_before (kit);
  line_at (kit, "s", "wil", FHIR_NOW + CP_TIME_HOUR, "amended", "Hoest niet");
  line_at (kit, "p", "wil", FHIR_NOW + CP_TIME_HOUR, "final", "Rust");
  run_at (kit, 60);
  assert_text (kit, "Subjectief\nHoest niet\n\nObjectief\nRookt\n\nEvaluatie\nWas fout\n\nPlan\nRust");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS " WHERE text LIKE '%Hoest%' AND version = 1"), ==, 1);
}

/* A line that comes into the report and may not be shown yet was never told. Of a report whose lines are not known, as
 * a program of before them kept it, it may have been. */
static void
test_line_not_yet (Fixture *kit, gconstpointer data)
{
  gboolean known = GPOINTER_TO_INT (data);

  read_before (kit);
  if (!known)
    ehr_kit_exec (&kit->ehr, "DELETE FROM item_line");
  line (kit, "n", "wil", "preliminary", "Morgen bloed prikken");
  line_at (kit, "s", "wil", FHIR_NOW + 59 * CP_TIME_HOUR, "amended", "Hoest niet");
  fhir_kit_put (kit, "Composition", "k", "wil", FHIR_NOW + 59 * CP_TIME_HOUR,
                "'status':'amended','type':{'coding':[{" SNOMED "'11591000146107'}]},'date':'2026-03-01',"
                "'subject':{'reference':'Patient/wil'},'section':[" SECTION ("Subjectief", "s", "") "," SECTION (
                    "Objectief", "o", "") "," SECTION ("Plan", "n", "") "]");
  run_at (kit, 60);
  assert_text (kit, "Subjectief\nHoest niet\n\nObjectief\nRookt");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, VERSIONS), ==, known);
}

/* Where the server does not list lines by their ids, or gives no more than some of them, the report tells. */
static void
test_lines_are_not_listed (Fixture *kit, gconstpointer data)
{
  static const FhirFault refused = { "GET /fhir/Observation?_id=",         100, FHIR_ANSWER, 400, NULL,
                                     "{'resourceType':'OperationOutcome'}" };

  read_before (kit);
  withdraw (kit);
  fhir_kit_fault (kit, &refused);
  run_at (kit, 60);
  assert_text (kit, WITHOUT);
}

#define LINES 10
#define REPORTS 60

/* kept: so many of its lines it has still; the words of the others stand in its earlier version. */
static void
put_report (Fixture *kit, int number, int kept, CpTime updated)
{
  g_autoptr (GString) sections = g_string_new (NULL);
  g_autofree char *id = g_strdup_printf ("k%02d", number);
  g_autofree char *members = NULL;

  for (int i = 0; i < kept; i++)
    g_string_append_printf (sections, "%s{'title':'%d','entry':[{'reference':'Observation/l%d-%d'}]}", i > 0 ? "," : "",
                            i, number, i);
  members = g_strdup_printf ("'status':'final','type':{'coding':[{" SNOMED "'11591000146107'}]},'date':'2026-03-01',"
                             "'subject':{'reference':'Patient/wil'},'section':[%s]",
                             sections->str);
  fhir_kit_put (kit, "Composition", id, "wil", updated, members);
}

static void
put_lines (Fixture *kit, int number)
{
  for (int i = 0; i < LINES; i++)
    {
      g_autofree char *id = g_strdup_printf ("l%d-%d", number, i);

      line (kit, id, "wil", "final", "Hoest");
    }
}

static void
assert_requests (Fixture *kit, int hours, guint together, guint least_apart, guint apart)
{
  fhir_kit_forget_requests (kit);
  run_at (kit, hours);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation?_id="), <=, together);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/"), >=, least_apart);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/"), <=, apart);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/"), <=, together + apart + 45);
}

/* What a run in which nothing changed asks for the lines of reports: fifty by a question, and none by itself; also of
 * those that only an earlier version has. Of a server that does not list them, so many by itself. */
static void
test_few_requests (Fixture *kit, gconstpointer data)
{
  static const FhirFault refused = { "GET /fhir/Observation?_id=",         1000, FHIR_ANSWER, 400, NULL,
                                     "{'resourceType':'OperationOutcome'}" };

  fhir_kit_delete (kit, "Composition", "k", LONG_AGO);
  for (int n = 0; n < REPORTS; n++)
    {
      put_report (kit, n, LINES, LONG_AGO);
      put_lines (kit, n);
    }
  run_at (kit, 0);
  assert_requests (kit, 1, REPORTS * LINES / 50, 0, 0);
  for (int n = 0; n < REPORTS; n++)
    put_report (kit, n, 1, FHIR_NOW + 2 * CP_TIME_HOUR);
  run_at (kit, 3);
  assert_requests (kit, 4, REPORTS * LINES / 50, 0, 0);
  fhir_kit_fault (kit, &refused);
  assert_requests (kit, 5, 1, 500, REPORTS + 500);
}

/* Of who has died a dossier may be closed with the lines in it. */
static void
test_died (Fixture *kit, gconstpointer data)
{
  read_before (kit);
  fhir_kit_put (kit, "Patient", "wil", "wil", FHIR_NOW + CP_TIME_HOUR,
                "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil'}],'deceasedBoolean':true");
  run_at (kit, 60);
  run_at (kit, 61);
  delete (kit);
  run_at (kit, 62);
  assert_text (kit, BEFORE);
  move (kit);
  run_at (kit, 63);
  assert_text (kit, WITHOUT);
}

#define ADD(name, func) g_test_add ("/ehr/soap/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines", test_lines);
  ADD ("lines-inside", test_lines_inside);
  ADD ("line-later", test_line_later);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *goes = g_strconcat ("/ehr/soap/line-goes/", changes[i].name, NULL);
      g_autofree char *earlier = g_strconcat ("/ehr/soap/earlier-line-goes/", changes[i].name, NULL);

      g_test_add (goes, Fixture, GINT_TO_POINTER (i), set_up, test_line_goes, tear_down);
      g_test_add (earlier, Fixture, GINT_TO_POINTER (i), set_up, test_earlier_line_goes, tear_down);
    }
  ADD ("line-is-put-right", test_line_is_put_right);
  g_test_add ("/ehr/soap/line-not-yet/known", Fixture, GINT_TO_POINTER (TRUE), set_up, test_line_not_yet, tear_down);
  g_test_add ("/ehr/soap/line-not-yet/not-known", Fixture, GINT_TO_POINTER (FALSE), set_up, test_line_not_yet,
              tear_down);
  ADD ("lines-are-not-listed", test_lines_are_not_listed);
  ADD ("few-requests", test_few_requests);
  ADD ("died", test_died);
  return g_test_run ();
}
