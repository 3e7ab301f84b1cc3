/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-search.h"

#include <string.h>

#include "cpd-result.h"
#include "cpd-stmt.h"

#define COUNT_MAX 1000               /* more are not counted */
#define TIMES_REPORTS_MAX 200        /* of more it is not told how often */
#define TIMES_TEXT_MAX (1024 * 1024) /* nor of longer texts, in bytes together */
#define MARKS_MAX 1000               /* of CpDossierItem, in each of its texts */
/* So many rows are looked up one by one; words that stand in more are sought from date to date, which may stop early.
 */
#define FEW 4000
/* So many are enough to know that there is more than is counted, where the filter leaves most of them. */
#define SOME 1500
/* Cards of a step through the dates: the first, and how it grows. Rows come about in the order of their dates, so that
 * the rows of a step lie together, in a few ranges of the index; where they do not, the whole index is asked at once.
 */
#define STEP 256
#define STEP_GROWS 2
#define RANGES_MAX 16
#define GAP_MAX 1000 /* rows that are asked in vain rather than that another range begins */

/* A search under way. The index knows words and rows, but nothing of dates and kinds. */
typedef struct
{
  CpdDb *db;
  gint64 patient;
  const CpdDossierFilter *filter;
  const char *match;
  GArray *rows;    /* (owned) of gint64: in which the words stand, ascending, of the range that was asked */
  gboolean is_all; /* that range is everything */
  gboolean more;   /* there are more hits than are counted */
  GArray *hits;    /* (owned) of CpdCursor: those that filter leaves, newest first, at most as many as are needed */
} Search;

/* Adds at most limit rows from first to last. */
static gboolean
ask_index (Search *search, gint64 first, gint64 last, gint64 limit, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (search->db, &local,
                                           "SELECT rowid FROM item_search WHERE item_search MATCH ?"
                                           " AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?",
                                           "tiii", search->match, first, last, limit);

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 row = cpd_stmt_int (stmt, 0);
      g_array_append_val (search->rows, row);
    }
  return cpd_result (&local, error);
}

static gboolean
ask_all (Search *search, gint64 limit, GError **error)
{
  g_array_set_size (search->rows, 0);
  if (!ask_index (search, search->patient << 32, search->patient << 32 | G_MAXUINT32, limit, error))
    return FALSE;
  search->is_all = search->rows->len < limit;
  return TRUE;
}

/* Every condition of the filter but the words; ?1 is the patient. Author and plan stand in no index of dates, so that
 * naming them reads the row: of what comes by date the plan is left out where nobody asks for it, and the author, whom
 * the index of words knows nearly, is looked at last. */
#define FILTER "patient = ?1 AND removed IS NULL AND (?2 >> kind) & 1 AND at >= ?3 AND at < ?4"
#define FILTER_PLAN FILTER " AND about_key IN (SELECT key FROM care_plan_key WHERE care_plan = ?5)"
#define FILTER_ROW                                                                                                     \
  FILTER " AND (?5 IS NULL OR author = ?5)"                                                                            \
         " AND (?6 = 0 OR about_key IN (SELECT key FROM care_plan_key WHERE care_plan = ?6))"
#define UNTIL(search) ((search)->filter->until != 0 ? (search)->filter->until : G_MAXINT64)
#define FILTER_ARGUMENTS(search, until)                                                                                \
  (search)->patient, (gint64) (search)->filter->kinds,                                                                 \
      (search)->filter->from != 0 ? (search)->filter->from : G_MININT64, until

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const CpdCursor *left = a;
  const CpdCursor *right = b;

  if (left->at != right->at)
    return left->at < right->at ? 1 : -1;
  return (left->id < right->id) - (left->id > right->id);
}

/* Stops when there are more than max. */
static gboolean
look_up_each (Search *search, guint max, GError **error)
{
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < search->rows->len && search->hits->len <= max && local == NULL; i++)
    {
      gint64 row = g_array_index (search->rows, gint64, i);
      g_autoptr (CpdStmt) stmt =
          cpd_db_query (search->db, &local, "SELECT at FROM item WHERE " FILTER_ROW " AND id = ?7", "iiiitii",
                        FILTER_ARGUMENTS (search, UNTIL (search)), search->filter->author, search->filter->plan, row);

      if (cpd_stmt_next (stmt, &local))
        {
          CpdCursor hit = { cpd_stmt_int (stmt, 0), row };
          g_array_append_val (search->hits, hit);
        }
    }
  g_array_sort (search->hits, compare_hits);
  return cpd_result (&local, error);
}

static gboolean
is_among (const GArray *rows, gint64 row)
{
  guint low = 0;
  guint high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 found = g_array_index (rows, gint64, middle);

      if (found == row)
        return TRUE;
      if (found < row)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static gboolean
is_after (const CpdCursor *hit, const CpdCursor *cursor)
{
  return cursor->id == 0 || compare_hits (cursor, hit) < 0;
}

#define BY_DATE "SELECT at, id FROM item INDEXED BY item_date WHERE "
#define NEWEST_FIRST " AND (at, id) < (?6, ?7) ORDER BY at DESC, id DESC LIMIT ?8"

/* The cards of the filter after place, which bounds the dates of the index too, so that what came before is not gone
 * through again; whoever wrote them and whatever stands in them. */
static gboolean
step (Search *search, const CpdCursor *place, gint64 limit, GArray *cards, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      search->db, &local, search->filter->plan != 0 ? BY_DATE FILTER_PLAN NEWEST_FIRST : BY_DATE FILTER NEWEST_FIRST,
      "iiiiiiii", FILTER_ARGUMENTS (search, MIN (UNTIL (search) - 1, place->at) + 1), search->filter->plan, place->at,
      place->id, limit);

  g_array_set_size (cards, 0);
  while (cpd_stmt_next (stmt, &local))
    {
      CpdCursor card = { cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1) };
      g_array_append_val (cards, card);
    }
  return cpd_result (&local, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

/* (transfer full): the rows of cards as pairs of first and last, ascending. */
static GArray *
find_ranges (const GArray *cards)
{
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), cards->len);
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < cards->len; i++)
    g_array_append_val (rows, g_array_index (cards, CpdCursor, i).id);
  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (ranges->len == 0 || row - g_array_index (ranges, gint64, ranges->len - 1) > GAP_MAX)
        {
          g_array_append_val (ranges, row);
          g_array_append_val (ranges, row);
        }
      g_array_index (ranges, gint64, ranges->len - 1) = row;
    }
  return ranges;
}

static gboolean
ask_for (Search *search, const GArray *cards, GError **error)
{
  g_autoptr (GArray) ranges = NULL;

  if (search->is_all)
    return TRUE;
  ranges = find_ranges (cards);
  if (ranges->len > 2 * RANGES_MAX)
    return ask_all (search, G_MAXINT64, error);
  g_array_set_size (search->rows, 0);
  for (guint i = 0; i < ranges->len; i += 2)
    if (!ask_index (search, g_array_index (ranges, gint64, i), g_array_index (ranges, gint64, i + 1), G_MAXINT64,
                    error))
      return FALSE;
  return TRUE;
}

/* What the index of words says of names is nearly true. */
static gboolean
is_by_author (Search *search, gint64 row, GError **error)
{
  g_autoptr (CpdStmt) stmt = NULL;

  if (search->filter->author == NULL)
    return TRUE;
  stmt = cpd_db_query (search->db, error, "SELECT 1 FROM item WHERE id = ? AND author = ?", "it", row,
                       search->filter->author);
  return cpd_stmt_next (stmt, error);
}

static gboolean
is_enough (const Search *search, int shown, int limit)
{
  return shown > limit && (search->more || search->hits->len > COUNT_MAX);
}

/* Newest first, until what is counted and what is shown is there. */
static gboolean
go_through_dates (Search *search, const CpdCursor *cursor, int limit, GError **error)
{
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (CpdCursor));
  g_autoptr (GError) local = NULL;
  CpdCursor place = { G_MAXINT64, G_MAXINT64 };
  gint64 size = STEP;
  int shown = 0;

  if (search->more && cursor->id != 0)
    place = *cursor;
  do
    {
      if (!step (search, &place, size, cards, &local) || !ask_for (search, cards, &local))
        break;
      for (guint i = 0; i < cards->len && local == NULL && !is_enough (search, shown, limit); i++)
        {
          place = g_array_index (cards, CpdCursor, i);
          if (!is_among (search->rows, place.id) || !is_by_author (search, place.id, &local))
            continue;
          g_array_append_val (search->hits, place);
          shown += is_after (&place, cursor);
        }
      size *= STEP_GROWS;
    }
  while (local == NULL && cards->len * STEP_GROWS == size && !is_enough (search, shown, limit));
  return cpd_result (&local, error);
}

/* Of many rows some are enough to know that there are more hits than are counted. */
static gboolean
find_hits (Search *search, const CpdSought *sought, const CpdCursor *cursor, int limit, GError **error)
{
  gint64 rows = cpd_sought_gathers (sought) ? G_MAXINT64 : SOME;

  do
    {
      if (!ask_all (search, rows, error))
        return FALSE;
      if (search->is_all && search->rows->len <= FEW)
        return look_up_each (search, G_MAXUINT, error);
      if (!look_up_each (search, COUNT_MAX, error))
        return FALSE;
      search->more = search->hits->len > COUNT_MAX;
      g_array_set_size (search->hits, 0);
      if (search->more || rows > FEW)
        return go_through_dates (search, cursor, limit, error);
      rows = FEW + 1;
    }
  while (TRUE);
}

/* 0 when there is too much to look at. */
static gboolean
count_times (Search *search, CpdSought *sought, gint64 *times, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize size = 0;

  *times = 0;
  if (search->more || search->hits->len > TIMES_REPORTS_MAX)
    return TRUE;
  for (guint i = 0; i < search->hits->len && local == NULL; i++)
    {
      g_autoptr (CpdStmt) stmt =
          cpd_db_query (search->db, &local, "SELECT title, author, text, length (text) FROM item WHERE id = ?", "i",
                        g_array_index (search->hits, CpdCursor, i).id);

      if (!cpd_stmt_next (stmt, &local))
        continue;
      size += cpd_stmt_int (stmt, 3);
      if (size > TIMES_TEXT_MAX)
        {
          *times = 0;
          break;
        }
      for (int column = 0; column < 3; column++)
        *times += cpd_sought_mark (sought, cpd_stmt_text (stmt, column), NULL, 0);
    }
  return cpd_result (&local, error);
}

static gboolean
add_items (Search *search, const CpdGrant *grant, CpdSought *sought, CpTime since, const CpdCursor *cursor, int limit,
           CpSearchPage *page, CpdCursor *next, GError **error)
{
  gsize size = 0;

  for (guint i = 0; i < search->hits->len; i++)
    {
      const CpdCursor *hit = &g_array_index (search->hits, CpdCursor, i);
      CpDossierItem *item;

      if (!is_after (hit, cursor))
        continue;
      if ((int) page->items->len == limit || size > CPD_DOSSIER_TEXT_MAX)
        {
          *next = g_array_index (search->hits, CpdCursor, i - 1);
          break;
        }
      item = cpd_store_dossier_found (search->db, grant, hit->id, since, error);
      if (item == NULL)
        return FALSE;
      cpd_sought_mark (sought, item->text, item->marks, MARKS_MAX);
      cpd_sought_mark (sought, item->title, item->title_marks, MARKS_MAX);
      cpd_sought_mark (sought, item->author, item->author_marks, MARKS_MAX);
      size += strlen (item->text);
      g_ptr_array_add (page->items, item);
    }
  return TRUE;
}

/**
 * cpd_store_search:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_search (CpdDb *db, const CpdGrant *grant, CpdSought *sought, const CpdDossierFilter *filter, CpTime since,
                  const CpdCursor *cursor, int limit, CpSearchPage *page, CpdCursor *next, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (CpdCursor));
  g_autofree char *match = cpd_sought_match (sought, filter->author);
  Search search = { db, grant->patient, filter, match, rows, FALSE, FALSE, hits };

  *next = (CpdCursor){ 0, 0 };
  if (filter->kinds == 0)
    return TRUE;
  if (!find_hits (&search, sought, cursor, limit, error) || !count_times (&search, sought, &page->times, error))
    return FALSE;
  page->more = search.more || hits->len > COUNT_MAX;
  page->reports = page->more ? COUNT_MAX : hits->len;
  return add_items (&search, grant, sought, since, cursor, limit, page, next, error);
}
