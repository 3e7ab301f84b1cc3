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

static void
test_words_are_merged (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  for (guint i = 0; i < 20; i++)
    {
      add (f, batch, i * 10, 10);
      g_assert_true (cpd_ehr_batch_flush (batch, NULL));
    }
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 20);
  g_cancellable_cancel (cancelled);
  cpd_ehr_batch_merge_words (&f->sync, cancelled);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), ==, 20);
  cpd_ehr_batch_merge_words (&f->sync, NULL);
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 4);
  g_assert_cmpint (ehr_kit_count (&f->kit, "SELECT count (*) FROM item_search WHERE item_search MATCH 'gewandeld77'"),
                   ==, 1);
  ehr_kit_exec (&f->kit, "INSERT INTO item_search (item_search) VALUES ('integrity-check')");
}

/* A long run merges on its way, so that FTS5 never has to do all of it within one change. */
static void
test_words_are_merged_on_the_way (Fixture *f, gconstpointer data)
{
  g_autoptr (CpdEhrBatch) batch = cpd_ehr_batch_new (&f->sync, NULL, NULL);

  for (guint i = 0; i < CPD_EHR_BATCH_UNMERGED + 5; i++)
    {
      add (f, batch, i, 1);
      g_assert_true (cpd_ehr_batch_flush (batch, NULL));
    }
  g_assert_cmpint (ehr_kit_count (&f->kit, PARTS), <, 10);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-batch/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (others_wait_for_a_piece);
  ADD (first_twice);
  ADD (words_are_merged);
  ADD (words_are_merged_on_the_way);
  ADD (public_ids);
  return g_test_run ();
}
