/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a directory that say that they changed at a moment that is yet to come. */
#include "ehr-kit.h"

typedef EhrKit Fixture;

#define LINE(id, status, updated, patient, text)                                                                       \
  "{'resourceType':'Observation','id':'" id "','meta':{'lastUpdated':'" updated "'},'status':'" status                 \
  "','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},'subject':{'reference':"          \
  "'Patient/" patient "'},'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'" text "'}\n"
#define AHEAD "2062-03-02T01:00:00Z"

static void
set_up (Fixture *kit, gconstpointer data)
{
  CpTime now;

  ehr_kit_set_up_two (kit);
  g_assert_true (cp_time_parse ("2026-03-02T07:00:00Z", &now));
  store_kit_set_now (now);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static void
assert_count (Fixture *kit, gint64 n, const char *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);

  g_assert_cmpint (ehr_kit_count (kit, sql), ==, n);
}

static void
assert_told (Fixture *kit, gint64 n)
{
  assert_count (kit, n, "sync_quarantine WHERE reason LIKE '%yet to come'");
  assert_count (kit, n, "sync_problem WHERE reason LIKE '%yet to come'");
}

/* They are shown and told. What puts them right says a moment before the run that showed them: a directory is written
 * before it is read. */
static void
test_put_right (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson",
                LINE ("r1", "final", AHEAD, "wil", "Een") LINE ("r2", "final", AHEAD, "wil", "Twee")
                    LINE ("r3", "final", AHEAD, "wil", "Drie") LINE ("r4", "final", AHEAD, "wil", "Vier"));
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_run_well (kit);
      assert_count (kit, 4, "item WHERE patient = 1 AND removed IS NULL AND version = 1");
      assert_told (kit, 4);
    }
  ehr_kit_file (kit, "Observation.ndjson",
                LINE ("r1", "final", "2026-03-02T03:00:00Z", "henk", "Een")
                    LINE ("r2", "final", "2026-03-02T03:00:00Z", "wil", "Anders")
                        LINE ("r3", "entered-in-error", "2026-03-02T03:00:00Z", "wil", "Drie")
                            LINE ("r4", "final", "2026-03-02T03:00:00Z", "nobody", "Vier"));
  ehr_kit_run_well (kit);
  assert_count (kit, 1, "item WHERE fhir_id = 'r1' AND patient = 2 AND removed IS NULL");
  assert_count (kit, 1, "item WHERE fhir_id = 'r2' AND patient = 1 AND removed IS NULL AND text = 'Anders'");
  assert_count (kit, 2, "item WHERE removed IS NULL");
  assert_told (kit, 0);
}

/* It comes after the version that is here, and is put right itself. */
static void
test_changed (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *line;
    const char *text;
  } runs[] = {
    { LINE ("r1", "final", "2026-03-01T09:00:00Z", "wil", "Een"), "Een" },
    { LINE ("r1", "final", AHEAD, "wil", "Twee"), "Twee" },
    { LINE ("r1", "final", "2026-03-02T03:00:00Z", "wil", "Drie"), "Drie" },
    { LINE ("r1", "final", "2026-03-01T09:00:00Z", "wil", "Een"), "Drie" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *text = NULL;

      ehr_kit_file (kit, "Observation.ndjson", runs[i].line);
      ehr_kit_run_well (kit);
      text = ehr_kit_text (kit, "SELECT text FROM item WHERE removed IS NULL");
      g_assert_cmpstr (text, ==, runs[i].text);
    }
}

/* Two lines that are both ahead, about two people: which is right nobody says, and it is shown to neither. */
static void
test_of_two (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", LINE ("r1", "final", "2026-03-01T09:00:00Z", "wil", "Een"));
  ehr_kit_run_well (kit);
  ehr_kit_file (kit, "Observation.ndjson",
                LINE ("r1", "final", AHEAD, "wil", "Een") LINE ("r1", "final", AHEAD, "henk", "Twee"));
  for (int i = 0; i < 3; i++)
    {
      ehr_kit_run_well (kit);
      assert_count (kit, 0, "item WHERE removed IS NULL");
      assert_count (kit, 1, "sync_quarantine");
    }
}

#define PARTICIPANT(id) "{'actor':{'reference':'Patient/" id "'}}"
#define APPOINTMENT(updated, start, participants)                                                                      \
  "{'resourceType':'Appointment','id':'a1','meta':{'lastUpdated':'" updated "'},'status':'booked','start':'" start     \
  "','participant':[" participants "]}\n"

/* A moment ahead may lie there, of a program that believed it. Of an appointment that is moved, and gets another guest,
 * it does not make what comes after it older. */
static void
test_kept (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Appointment.ndjson",
                APPOINTMENT ("2026-03-01T09:00:00Z", "2026-03-05T10:00:00Z", PARTICIPANT ("wil")));
  ehr_kit_run_well (kit);
  assert_count (kit, 1, "appointment WHERE removed IS NULL");
  ehr_kit_exec (kit, "UPDATE appointment SET last_updated = last_updated + 100000000000000");
  ehr_kit_file (
      kit, "Appointment.ndjson",
      APPOINTMENT ("2026-03-02T03:00:00Z", "2026-03-06T10:00:00Z", PARTICIPANT ("wil") "," PARTICIPANT ("henk")));
  ehr_kit_run_well (kit);
  assert_count (kit, 2, "appointment WHERE removed IS NULL AND starts = unixepoch ('2026-03-06T10:00:00Z') * 1000000");
  assert_count (kit, 2, "appointment WHERE removed IS NULL");
}

#define ADD(name, func) g_test_add ("/ehr/time-files/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("put-right", test_put_right);
  ADD ("changed", test_changed);
  ADD ("of-two", test_of_two);
  ADD ("kept", test_kept);
  return g_test_run ();
}
