/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way through the lines of the run before: whatever changes in a file, the pages of it become those that would be
 * made of it anew, what went is told, and only pages that differ are written. */
#include "cpd-ehr-recall-old.h"

#define PAGE_LINES 10
#define FAR 256 /* so many lines ahead a line is looked for that is not where it stood */
#define FARTHEST (FAR << 6)
#define PAGES_HELD 3 /* beside those: that of the line, that in front and that behind */

/* A file, of which each line is a number (its tag) and names the row with that number. */
typedef struct
{
  GPtrArray *pages; /* of GByteArray, as on disk */
  guint written;    /* pages of the newest run */
  guint read_anew;  /* lines of it */
  GArray *lost;     /* of int */
  CpdEhrOld old;
  CpdEhrOldDraft draft;
  guint number; /* of the page that is being made */
} Kit;

static gboolean
load_cb (guint number, GByteArray *body, gpointer data)
{
  const Kit *kit = data;
  const GByteArray *page;

  if (number >= kit->pages->len)
    return FALSE;
  page = g_ptr_array_index (kit->pages, number);
  g_byte_array_set_size (body, 0);
  g_byte_array_append (body, page->data, page->len);
  return TRUE;
}

static void
lose_cb (const CpdEhrOldLine *line, gpointer data)
{
  const Kit *kit = data;
  int number = (int) line->tag;

  g_assert_cmpuint (cpd_ehr_old_key (line, 0), ==, line->tag);
  g_array_append_val (kit->lost, number);
}

static void
set_up (Kit *kit, gconstpointer data)
{
  *kit = (Kit){ 0 };
  kit->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  kit->lost = g_array_new (FALSE, FALSE, sizeof (int));
  cpd_ehr_old_init (&kit->old, load_cb, kit);
  cpd_ehr_old_draft_init (&kit->draft);
}

static void
tear_down (Kit *kit, gconstpointer data)
{
  cpd_ehr_old_draft_clear (&kit->draft);
  cpd_ehr_old_clear (&kit->old);
  g_array_unref (kit->lost);
  g_ptr_array_unref (kit->pages);
}

/* The line as it is read; some lines ask for something, so that not all are of one length. */
static void
add_anew (CpdEhrOldDraft *draft, CpdEhrOld *old, int number)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize key = (gsize) number;
  CpdEhrOldLine line = { .tag = (guint64) number };

  g_array_append_val (keys, key);
  for (guint32 i = 0; i < (guint32) number % 3; i++)
    g_array_append_val (asked, i);
  cpd_ehr_old_line_set (&line, keys, asked);
  cpd_ehr_old_draft_add (draft, old, &line);
}

/* It is on disk at once, the earliest that a writer can be. */
static void
end_page (Kit *kit)
{
  GByteArray *page = NULL;

  if (cpd_ehr_old_draft_lines (&kit->draft) == 0)
    return;
  page = cpd_ehr_old_draft_take (&kit->draft, &kit->old, kit->number);
  if (page != NULL)
    {
      kit->written++;
      if (kit->number < kit->pages->len)
        g_byte_array_unref (g_steal_pointer (&g_ptr_array_index (kit->pages, kit->number)));
      else
        g_ptr_array_add (kit->pages, NULL);
      g_ptr_array_index (kit->pages, kit->number) = page;
    }
  kit->number++;
}

static void
pass_line (Kit *kit, int number)
{
  CpdEhrOldLine line;

  if (cpd_ehr_old_find (&kit->old, (guint64) number, &line, lose_cb, kit))
    {
      g_assert_cmpuint (cpd_ehr_old_key (&line, 0), ==, number);
      cpd_ehr_old_draft_copy (&kit->draft, &kit->old, &line);
    }
  else
    {
      kit->read_anew++;
      add_anew (&kit->draft, &kit->old, number);
    }
  if (cpd_ehr_old_draft_lines (&kit->draft) == PAGE_LINES)
    end_page (kit);
}

static void
assert_as_made_anew (Kit *kit, const int *lines, guint n)
{
  Kit other;

  set_up (&other, NULL);
  for (guint i = 0; i < n; i++)
    {
      add_anew (&other.draft, &other.old, lines[i]);
      if ((i + 1) % PAGE_LINES == 0 || i + 1 == n)
        end_page (&other);
    }
  g_assert_cmpuint (kit->pages->len, ==, other.pages->len);
  for (guint i = 0; i < kit->pages->len; i++)
    {
      const GByteArray *one = g_ptr_array_index (kit->pages, i);
      const GByteArray *two = g_ptr_array_index (other.pages, i);

      g_assert_cmpmem (one->data, one->len, two->data, two->len);
    }
  tear_down (&other, NULL);
}

/* A run over a file with these lines. */
static void
pass (Kit *kit, const int *lines, guint n)
{
  kit->written = kit->read_anew = kit->number = 0;
  g_array_set_size (kit->lost, 0);
  cpd_ehr_old_begin (&kit->old, TRUE);
  for (guint i = 0; i < n; i++)
    pass_line (kit, lines[i]);
  end_page (kit);
  cpd_ehr_old_end (&kit->old, lose_cb, kit);
  g_ptr_array_set_size (kit->pages, MIN ((int) kit->number, (int) kit->pages->len));
  assert_as_made_anew (kit, lines, n);
}

static void
pass_array (Kit *kit, const GArray *lines)
{
  pass (kit, (const int *) (gconstpointer) lines->data, lines->len);
}

/* 1 to n. */
static GArray *
count_to (int n)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 1; i <= n; i++)
    g_array_append_val (lines, i);
  return lines;
}

static void
assert_lost (const Kit *kit, int n, int first)
{
  g_assert_cmpuint (kit->lost->len, ==, n);
  for (int i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (kit->lost, int, i), ==, first + i);
}

static void
test_nothing (Kit *kit, gconstpointer data)
{
  static const int lengths[] = { 0, 1, PAGE_LINES - 1, PAGE_LINES, PAGE_LINES + 1, 5 * PAGE_LINES, 5 * PAGE_LINES + 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GArray) lines = count_to (lengths[i]);

      pass_array (kit, lines);
      pass_array (kit, lines);
      g_assert_cmpuint (kit->written, ==, 0);
      g_assert_cmpuint (kit->read_anew, ==, 0);
      assert_lost (kit, 0, 0);
    }
}

/* The first line of a page, the last, one between them, and the last of the file. */
static void
test_a_line_changed (Kit *kit, gconstpointer data)
{
  static const int places[] = { 0,
                                PAGE_LINES / 2,
                                PAGE_LINES - 1,
                                PAGE_LINES,
                                2 * PAGE_LINES - 1,
                                5 * PAGE_LINES - 1,
                                5 * PAGE_LINES,
                                5 * PAGE_LINES + 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GArray) lines = count_to (5 * PAGE_LINES + 3);

      pass_array (kit, lines);
      g_array_index (lines, int, places[i]) = 1000;
      pass_array (kit, lines);
      g_assert_cmpuint (kit->written, ==, 1);
      g_assert_cmpuint (kit->read_anew, ==, 1);
      assert_lost (kit, 1, places[i] + 1);
    }
}

/* Then each page begins with what was the last of the one in front of it. */
static void
test_a_line_more (Kit *kit, gconstpointer data)
{
  static const int places[] = { 0, PAGE_LINES / 2, PAGE_LINES - 1, PAGE_LINES, 3 * PAGE_LINES, 5 * PAGE_LINES };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GArray) lines = count_to (5 * PAGE_LINES);
      int more = 1000;

      pass_array (kit, lines);
      g_array_insert_val (lines, places[i], more);
      pass_array (kit, lines);
      g_assert_cmpuint (kit->written, ==, 6 - places[i] / PAGE_LINES);
      g_assert_cmpuint (kit->read_anew, ==, 1);
      assert_lost (kit, 0, 0);
    }
}

static void
test_a_line_less (Kit *kit, gconstpointer data)
{
  static const int places[] = { 0, PAGE_LINES / 2, PAGE_LINES - 1, PAGE_LINES, 5 * PAGE_LINES - 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GArray) lines = count_to (5 * PAGE_LINES);

      pass_array (kit, lines);
      g_array_remove_index (lines, places[i]);
      pass_array (kit, lines);
      g_assert_cmpuint (kit->written, ==, 5 - places[i] / PAGE_LINES);
      g_assert_cmpuint (kit->read_anew, ==, 0);
      assert_lost (kit, 1, places[i] + 1);
    }
}

/* Whole pages go, so that those behind them become those in front; a file that is shorter, and empty. */
static void
test_pages_less (Kit *kit, gconstpointer data)
{
  g_autoptr (GArray) lines = count_to (5 * PAGE_LINES);

  pass_array (kit, lines);
  g_array_remove_range (lines, PAGE_LINES, PAGE_LINES);
  pass_array (kit, lines);
  g_assert_cmpuint (kit->written, ==, 3);
  assert_lost (kit, PAGE_LINES, PAGE_LINES + 1);
  g_array_set_size (lines, 2 * PAGE_LINES);
  pass_array (kit, lines);
  g_assert_cmpuint (kit->written, ==, 0);
  assert_lost (kit, 2 * PAGE_LINES, 3 * PAGE_LINES + 1);
  g_array_set_size (lines, PAGE_LINES + 5);
  pass_array (kit, lines);
  g_assert_cmpuint (kit->written, ==, 1);
  g_array_set_size (lines, 0);
  pass_array (kit, lines);
  g_assert_cmpuint (kit->lost->len, ==, PAGE_LINES + 5);
  g_assert_cmpuint (kit->pages->len, ==, 0);
}

/* So many lines come in front that their pages are written over some that are still to be recalled, and which lie
 * farther than any line is looked for. */
static void
test_pages_more (Kit *kit, gconstpointer data)
{
  g_autoptr (GArray) lines = count_to (2 * FARTHEST);
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (int));

  pass_array (kit, lines);
  for (int i = 1; i <= FARTHEST + 500; i++)
    {
      int number = 100000 + i;
      g_array_append_val (more, number);
    }
  g_array_prepend_vals (lines, more->data, more->len);
  pass_array (kit, lines);
  g_assert_cmpuint (kit->read_anew, ==, more->len);
}

/* Two lines that say the same; each was there. */
static void
test_the_same_twice (Kit *kit, gconstpointer data)
{
  static const int places[] = { 1, PAGE_LINES - 1, PAGE_LINES, 3 * PAGE_LINES };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GArray) lines = count_to (5 * PAGE_LINES);

      g_array_index (lines, int, places[i]) = 1;
      pass_array (kit, lines);
      pass_array (kit, lines);
      g_assert_cmpuint (kit->written, ==, 0);
      g_assert_cmpuint (kit->read_anew, ==, 0);
      g_array_remove_index (lines, 0);
      pass_array (kit, lines);
      g_assert_cmpuint (kit->lost->len, >, 0);
    }
}

/* A line that is read each time and shows the same: its page is not written. */
static void
test_read_again (Kit *kit, gconstpointer data)
{
  g_autoptr (GArray) lines = count_to (3 * PAGE_LINES);
  CpdEhrOldLine line;

  pass_array (kit, lines);
  kit->written = kit->number = 0;
  cpd_ehr_old_begin (&kit->old, TRUE);
  for (int i = 1; i <= 3 * PAGE_LINES; i++)
    if (i % 7 == 0)
      {
        g_assert_true (cpd_ehr_old_find (&kit->old, (guint64) i, &line, lose_cb, kit));
        add_anew (&kit->draft, &kit->old, i);
        if (i % PAGE_LINES == 0)
          end_page (kit);
      }
    else
      pass_line (kit, i);
  cpd_ehr_old_end (&kit->old, lose_cb, kit);
  g_assert_cmpuint (kit->number, ==, 3);
  g_assert_cmpuint (kit->written, ==, 0);
}

/* Nothing of what is there counts: all is read, and written. */
static void
test_not_trusted (Kit *kit, gconstpointer data)
{
  g_autoptr (GArray) lines = count_to (2 * PAGE_LINES);
  CpdEhrOldLine line;

  pass_array (kit, lines);
  cpd_ehr_old_begin (&kit->old, FALSE);
  g_assert_false (cpd_ehr_old_has_page (&kit->old, 0));
  g_assert_false (cpd_ehr_old_find (&kit->old, 1, &line, lose_cb, kit));
  add_anew (&kit->draft, &kit->old, 1);
  kit->number = kit->written = 0;
  end_page (kit);
  g_assert_cmpuint (kit->written, ==, 1);
}

/* Pages are let go of while the file is read. */
static void
test_few_held (Kit *kit, gconstpointer data)
{
  g_autoptr (GArray) lines = count_to (100 * PAGE_LINES);

  pass_array (kit, lines);
  cpd_ehr_old_begin (&kit->old, TRUE);
  kit->number = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      pass_line (kit, i % 9 == 0 ? 5000 + (int) i : g_array_index (lines, int, i));
      g_assert_cmpuint (kit->old.held->len, <=, PAGES_HELD + FAR / PAGE_LINES);
    }
  cpd_ehr_old_end (&kit->old, lose_cb, kit);
  g_assert_cmpuint (kit->old.held->len, ==, 0);
}

static void
change_by_chance (GRand *rand, GArray *lines, int *next)
{
  guint at = lines->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) lines->len) : 0;
  guint many = (guint) g_rand_int_range (rand, 1, 2 * PAGE_LINES);
  guint n = MIN (many, lines->len - at);
  int number = g_rand_int_range (rand, 0, 4) == 0 && lines->len > 0 ? g_array_index (lines, int, at) : ++*next;

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      g_array_insert_val (lines, at, number);
      break;
    case 1:
      if (lines->len > 0)
        g_array_index (lines, int, at) = number;
      break;
    case 2:
      g_array_remove_range (lines, at, n);
      break;
    default:
      for (guint i = 0; i < n; i++)
        {
          int more = ++*next;
          g_array_insert_val (lines, at, more);
        }
    }
}

/* All that was there is there still, or is told. */
static void
assert_none_vanished (const Kit *kit, const GArray *before, const GArray *after)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < after->len; i++)
    g_hash_table_add (known, GINT_TO_POINTER (g_array_index (after, int, i)));
  for (guint i = 0; i < kit->lost->len; i++)
    g_hash_table_add (known, GINT_TO_POINTER (g_array_index (kit->lost, int, i)));
  for (guint i = 0; i < before->len; i++)
    g_assert_true (g_hash_table_contains (known, GINT_TO_POINTER (g_array_index (before, int, i))));
}

static void
test_whatever_changes (Kit *kit, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GArray) lines = count_to (6 * PAGE_LINES);
  int next = 10000;

  pass_array (kit, lines);
  for (int times = 0; times < 2000; times++)
    {
      g_autoptr (GArray) before = g_array_copy (lines);

      for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
        change_by_chance (rand, lines, &next);
      pass_array (kit, lines);
      assert_none_vanished (kit, before, lines);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-recall-old/" #name, Kit, NULL, set_up, test_##name, tear_down)
  ADD (nothing);
  ADD (a_line_changed);
  ADD (a_line_more);
  ADD (a_line_less);
  ADD (pages_less);
  ADD (pages_more);
  ADD (the_same_twice);
  ADD (read_again);
  ADD (not_trusted);
  ADD (few_held);
  ADD (whatever_changes);
  return g_test_run ();
}
