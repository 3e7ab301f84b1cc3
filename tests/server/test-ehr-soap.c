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
line (Fixture *kit, const char *id, const char *subject, const char *status, const char *words)
{
  g_autofree char *members = g_strdup_printf ("'status':'%s','code':{'coding':[{" SNOMED "'255362007'}]},"
                                              "'subject':{'reference':'Patient/%s'},'valueString':'%s'",
                                              status, subject, words);

  fhir_kit_put (kit, "Observation", id, subject, LONG_AGO, members);
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

#define ADD(name, func) g_test_add ("/ehr/soap/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines", test_lines);
  ADD ("lines-inside", test_lines_inside);
  ADD ("line-later", test_line_later);
  return g_test_run ();
}
