/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-batch.h"
#include "cpd-stmt.h"
#include "ehr-kit.h"

/* How rows go to the writer: many at once, in pieces while others wait, and their words merged afterwards. */

typedef struct
{
  EhrKit kit;
  CpdEhrSync sync;
  gint64 patient;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  ehr_kit_set_up (&f->kit);
  f->sync = (CpdEhrSync){ f->kit.store.config, f->kit.store.keys, f->kit.store.writer, NULL, FALSE, NULL };
  f->patient = ehr_kit_enrol (&f->kit, "s|1", "W. de Bruin");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ehr_kit_tear_down (&f->kit);
}

static CpdEhrRow *
report_new (const Fixture *f, guint n)
{
  CpdEhrItem *item = g_new0 (CpdEhrItem, 1);
  g_autofree char *id = g_strdup_printf ("r%u", n);
  CpdEhrRow *row;

  item->at = (CpTime) n * CP_TIME_HOUR;
  item->month = 202603;
  item->preview = g_strdup ("Mevrouw heeft gewandeld.");
  item->text = g_strdup_printf ("Mevrouw heeft gewandeld%u.", n);
  row = cpd_ehr_row_new (CPD_EHR_ITEM, f->patient, "Observation", id, item);
  row->first = TRUE;
  return row;
}

static void
add (const Fixture *f, CpdEhrBatch *batch, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    g_assert_true (cpd_ehr_batch_add (batch, report_new (f, i), NULL));
}

static gboolean
wait_for_gate (CpdDb *db, gpointer data, GError **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return TRUE;
}

static gboolean
count_items (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT count (*) FROM item", "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *(gint64 *) data = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/* Who came while rows were to be written waits for one piece of them, not for all, and all of them are written. */
static void
test_others_wait_for_a_piece (Fixture *f, gconstpointer data)
{
  enum
  {
    ROWS = 3 * CPD_EHR_BATCH_PIECE + 7
  };
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);
  GMutex gate;
  CpdWriting *waiting[3];
  gint64 seen = -1;

  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  waiting[0] = cpd_writer_begin (f->sync.writer, wait_for_gate, &gate);
  add (f, batch, 0, CPD_EHR_BATCH_ROWS);
  waiting[1] = cpd_writer_begin (f->sync.writer, count_items, &seen);
  g_mutex_unlock (&gate);
  g_assert_true (cpd_writer_end (waiting[0], NULL));
  g_assert_true (cpd_writer_end (waiting[1], NULL));
  g_assert_cmpint (seen, ==, CPD_EHR_BATCH_PIECE);
  add (f, batch, CPD_EHR_BATCH_ROWS, ROWS);
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
  g_assert_cmpint (cpd_ehr_batch_written (batch), ==, CPD_EHR_BATCH_ROWS + ROWS);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item"), ==, CPD_EHR_BATCH_ROWS + ROWS);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT sum (count) FROM item_month"), ==, CPD_EHR_BATCH_ROWS + ROWS);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item_search WHERE item_search MATCH 'mevrouw'"), ==,
                   CPD_EHR_BATCH_ROWS + ROWS);
  g_mutex_clear (&gate);
}

/* A row under a key that is there already after all costs none of the others their place. */
static void
test_first_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);

  add (f, batch, 0, 3);
  add (f, batch, 2, 3);
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item"), ==, 5);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT sum (count) FROM item_month"), ==, 5);
}

#define PARTS "SELECT count (DISTINCT segid) FROM item_search_idx"

/* A word in each row; FTS5 writes a part whenever their numbers go down. */
#define WORDS(word, from, to)                                                                                          \
  "INSERT INTO item_search (rowid, text) WITH RECURSIVE n (i) AS (SELECT " from " UNION ALL SELECT i - 1 FROM n"       \
  " WHERE i > " to ") SELECT i, " word " FROM n"
/* Of which parts become that lie above those of a small word. */
#define LARGE "hex (randomblob (3000))"
#define SMALL "'woord'"

/* So many parts of a size are merged (0040-merge-more.sql). */
#define MERGED 16

/* What a run left that did not get to its end. */
static void
test_words_are_merged (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  ehr_kit_exec (&f->kit, WORDS (SMALL, "2020", "2001"));
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 20);
  g_cancellable_cancel (cancelled);
  cpd_ehr_batch_merge_words (&f->sync, cancelled);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 20);
  cpd_ehr_batch_merge_words (&f->sync, NULL);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 1);
}

/* A run merges on its way, a step after each job, so that FTS5 never has to do all of it within one change; and finds
 * all words then. */
static void
test_words_are_merged_on_the_way (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);

  for (guint i = 0; i < 4 * MERGED; i++)
    {
      add (f, batch, i, 1);
      g_assert_true (cpd_ehr_batch_flush (batch, NULL));
      g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 2 * MERGED);
    }
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item_search WHERE item_search MATCH 'gewandeld7'"),
                   ==, 1);
  ehr_kit_exec (&f->kit, "INSERT INTO item_search (item_search) VALUES ('integrity-check')");
}

static void
count_problem (const CpdEhrRow *row, const char *reason, gpointer data)
{
  g_assert_cmpstr (row->id, ==, "r2000");
  ++*(int *) data;
}

/* One row that the database refuses costs the others neither their place nor a change, and words, for each of them. */
static void
test_one_is_refused (Fixture *f, gconstpointer data)
{
  enum
  {
    ROWS = 2500
  };
  int problems = 0;
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, count_problem, &problems);
  CpdEhrRow *nobody = report_new (f, 2000);

  nobody->patient = f->patient + 1;
  add (f, batch, 0, 2000);
  g_assert_true (cpd_ehr_batch_add (batch, nobody, NULL));
  add (f, batch, 2001, ROWS - 2001);
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
  g_assert_cmpint (problems, ==, 1);
  g_assert_cmpint (cpd_ehr_batch_written (batch), ==, ROWS - 1);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item"), ==, ROWS - 1);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 40);
}

/* As many that are refused as there are, and what is between them. */
static void
test_many_are_refused (Fixture *f, gconstpointer data)
{
  enum
  {
    ROWS = 280
  };
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);

  for (guint i = 0; i < ROWS; i++)
    {
      CpdEhrRow *row = report_new (f, i);

      row->patient += i % 2;
      g_assert_true (cpd_ehr_batch_add (batch, row, NULL));
    }
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item"), ==, ROWS / 2);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 15);
}

/* However many parts nobody merged, also beside those of another size, words are taken still. */
static void
test_never_full (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_exec (&f->kit, WORDS (LARGE, "9000", "8985"));
      ehr_kit_exec (&f->kit, "INSERT INTO item_search (item_search, rank) VALUES ('merge', 1000)");
    }
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 2);
  ehr_kit_exec (&f->kit, WORDS (SMALL, "2100", "1"));
  ehr_kit_exec (&f->kit, WORDS (SMALL, "2200", "2101"));
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 1000);
  cpd_ehr_batch_merge_words (&f->sync, NULL);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 10);
}

#define PATIENT                                                                                                        \
  "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],"                                    \
  "'name':[{'text':'Wil de Bruin'}]}\n"
#define REPORT                                                                                                         \
  "{'resourceType':'Observation','id':'r%u','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"    \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01',"                 \
  "'valueString':'Gewandeld'}\n"

/* A run that brings one report more, and does not get to its end. */
static void
fail (Fixture *f, guint number, int stop_after)
{
  g_autofree char *name = g_strdup_printf ("Observation%u.ndjson", number);
  g_autofree char *report = g_strdup_printf (REPORT, number);
  g_auto (CpdEhrSyncReport) result = { 0 };

  ehr_kit_file (&f->kit, name, report);
  g_assert_false (ehr_kit_run (&f->kit, &result, stop_after));
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item"), ==, number + 1);
}

/* Runs that fail, or are stopped, each time leave no more and more parts. */
static void
test_words_of_runs_that_fail (Fixture *f, gconstpointer data)
{
  ehr_kit_file (&f->kit, "Patient.ndjson", PATIENT);
  for (guint i = 0; i < MERGED + 4; i++)
    {
      fail (f, i, i == 0 ? 2 : 1);
      g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <=, MERGED);
    }
  ehr_kit_exec (&f->kit, "ALTER TABLE sync_problem RENAME TO away");
  for (guint i = MERGED + 4; i < 3 * MERGED; i++)
    {
      fail (f, i, 0);
      g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <=, MERGED);
    }
}

/* They lie together in their index, and no two are the same. */
static void
test_public_ids (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);

  for (guint i = 0; i < 2; i++)
    {
      add (f, batch, i * 50, 50);
      g_assert_true (cpd_ehr_batch_flush (batch, NULL));
    }
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (DISTINCT public_id) FROM item"), ==, 100);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT min (length (public_id)) FROM item"), ==, 22);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (DISTINCT substr (public_id, 1, 4)) FROM item"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (DISTINCT substr (public_id, 5)) FROM item"), ==, 100);
}

static void
put_appointment (const Fixture *f, CpTime start)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);
  CpdEhrAppointment *appointment = g_new0 (CpdEhrAppointment, 1);

  appointment->start = start;
  g_assert_true (cpd_ehr_batch_add (
      batch, cpd_ehr_row_new (CPD_EHR_APPOINTMENT, f->patient, "Appointment", "1", appointment), NULL));
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
}

/* Of what the start screen tells an appointment changes the coming ones only. */
static void
test_coming (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  put_appointment (f, cp_time_now () + CP_TIME_DAY);
  first = ehr_kit_text (&f->kit, "SELECT coming FROM summary");
  g_assert_cmpstr (first, !=, "");
  ehr_kit_exec (&f->kit, "UPDATE summary SET newest_seen = 7");
  put_appointment (f, cp_time_now () + 2 * CP_TIME_DAY);
  second = ehr_kit_text (&f->kit, "SELECT coming FROM summary");
  g_assert_cmpstr (second, !=, "");
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT newest_seen FROM summary"), ==, 7);
  add (f, batch, 0, 1);
  g_assert_true (cpd_ehr_batch_flush (batch, NULL));
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT newest_seen FROM summary"), >, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-batch/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (others_wait_for_a_piece);
  ADD (first_twice);
  ADD (words_are_merged);
  ADD (words_are_merged_on_the_way);
  ADD (one_is_refused);
  ADD (many_are_refused);
  ADD (never_full);
  ADD (words_of_runs_that_fail);
  ADD (public_ids);
  ADD (coming);
  return g_test_run ();
}
