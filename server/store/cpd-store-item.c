/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-item.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-token.h"

#define ROW_BITS 32       /* an item's id is patient << 32 | n */
#define MERGE_PAGES "500" /* of 4 KB, in one step: a twentieth of a second */

/* Cards of one patient and kind: of a month, or of an author. */
typedef struct
{
  gint64 patient;
  int kind;
  int month;    /* 0: of an author */
  char *author; /* (nullable) */
  int more;     /* than there were */
} Count;

/* The words of an external content table are taken out by the very words that went in. */
typedef struct
{
  gint64 id;
  gboolean leave;
  guint order;
  char *title;  /* (nullable) */
  char *author; /* (nullable) */
  char *text;
} Words;

struct _CpdStoreItems
{
  CpdDb *db;           /* (borrowed) */
  char *beside;        /* (owned): the public ids of the job begin as this does */
  GHashTable *numbers; /* (owned) patient -> next number */
  GHashTable *counts;  /* (owned) set of Count */
  GPtrArray *words;    /* (owned) of Words */
};

static void
count_free (gpointer data)
{
  Count *count = data;

  g_free (count->author);
  g_free (count);
}

static guint
count_hash (gconstpointer data)
{
  const Count *count = data;

  return ((guint) count->patient * 31 + count->month) * 31 + count->kind +
         (count->author != NULL ? g_str_hash (count->author) : 0);
}

static gboolean
count_equal (gconstpointer a, gconstpointer b)
{
  const Count *one = a;
  const Count *other = b;

  return one->patient == other->patient && one->month == other->month && one->kind == other->kind &&
         g_strcmp0 (one->author, other->author) == 0;
}

static void
words_free (gpointer data)
{
  Words *words = data;

  g_free (words->title);
  g_free (words->author);
  g_free (words->text);
  g_free (words);
}

/**
 * cpd_store_items_new:
 *
 * Returns: (transfer full): for one writer job.
 */
CpdStoreItems *
cpd_store_items_new (CpdDb *db)
{
  CpdStoreItems *items = g_new0 (CpdStoreItems, 1);

  items->db = db;
  items->beside = cpd_token_new_id ();
  items->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  items->counts = g_hash_table_new_full (count_hash, count_equal, count_free, NULL);
  items->words = g_ptr_array_new_with_free_func (words_free);
  return items;
}

/**
 * cpd_store_items_free:
 * @items: (nullable): what was not written is forgotten
 */
void
cpd_store_items_free (CpdStoreItems *items)
{
  if (items == NULL)
    return;
  g_free (items->beside);
  g_hash_table_unref (items->numbers);
  g_hash_table_unref (items->counts);
  g_ptr_array_unref (items->words);
  g_free (items);
}

/**
 * cpd_store_items_new_public_id:
 *
 * Returns: (transfer full)
 */
char *
cpd_store_items_new_public_id (CpdStoreItems *items)
{
  return cpd_token_new_id_beside (items->beside);
}

static gboolean
read_number (CpdDb *db, gint64 patient, gint64 *number, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT next_item FROM patient WHERE id = ?", "i", patient);

  if (cpd_stmt_next (stmt, &local))
    *number = cpd_stmt_int (stmt, 0);
  else if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such patient");
  return cpd_result (&local, error);
}

/**
 * cpd_store_items_next_id:
 *
 * Returns: the id of a row; 0 with @error.
 */
gint64
cpd_store_items_next_id (CpdStoreItems *items, gint64 patient, GError **error)
{
  gint64 *next = g_hash_table_lookup (items->numbers, &patient);
  gint64 first;

  if (next == NULL)
    {
      if (!read_number (items->db, patient, &first, error))
        return 0;
      next = g_memdup2 (&first, sizeof first);
      g_hash_table_insert (items->numbers, g_memdup2 (&patient, sizeof patient), next);
    }
  return patient << ROW_BITS | (*next)++;
}

static void
count_one (CpdStoreItems *items, gint64 patient, int kind, int month, const char *author, int more)
{
  Count key = { patient, kind, month, (char *) author, 0 };
  Count *count = g_hash_table_lookup (items->counts, &key);

  if (count == NULL)
    {
      count = g_memdup2 (&key, sizeof key);
      count->author = g_strdup (author);
      g_hash_table_add (items->counts, count);
    }
  count->more += more;
}

static void
note_words (CpdStoreItems *items, gint64 id, gboolean leave, const CpdEhrItem *item)
{
  Words *words = g_new0 (Words, 1);

  words->id = id;
  words->leave = leave;
  words->order = items->words->len;
  words->title = g_strdup (item->title);
  words->author = g_strdup (item->author);
  words->text = g_strdup (item->text);
  g_ptr_array_add (items->words, words);
}

static void
note_counts (CpdStoreItems *items, gint64 id, const CpdEhrItem *item, int more)
{
  count_one (items, id >> ROW_BITS, item->kind, item->month, NULL, more);
  if (item->author != NULL)
    count_one (items, id >> ROW_BITS, item->kind, 0, item->author, more);
}

/**
 * cpd_store_items_enter:
 */
void
cpd_store_items_enter (CpdStoreItems *items, gint64 id, const CpdEhrItem *item)
{
  note_words (items, id, FALSE, item);
  note_counts (items, id, item, 1);
}

/**
 * cpd_store_items_change:
 */
void
cpd_store_items_change (CpdStoreItems *items, gint64 id, const CpdEhrItem *was, const CpdEhrItem *is)
{
  note_counts (items, id, was, -1);
  note_counts (items, id, is, 1);
  if (g_strcmp0 (was->title, is->title) == 0 && g_strcmp0 (was->author, is->author) == 0 &&
      g_strcmp0 (was->text, is->text) == 0)
    return;
  note_words (items, id, TRUE, was);
  note_words (items, id, FALSE, is);
}

/**
 * cpd_store_items_leave:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_items_leave (CpdStoreItems *items, gint64 id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      items->db, &local, "SELECT kind, month, title, author, text FROM item WHERE id = ? AND removed IS NULL", "i", id);

  if (cpd_stmt_next (stmt, &local))
    {
      const CpdEhrItem was = { .kind = (int) cpd_stmt_int (stmt, 0),
                               .month = (int) cpd_stmt_int (stmt, 1),
                               .title = (char *) cpd_stmt_text (stmt, 2),
                               .author = (char *) cpd_stmt_text (stmt, 3),
                               .text = (char *) cpd_stmt_text (stmt, 4) };

      note_words (items, id, TRUE, &was);
      note_counts (items, id, &was, -1);
    }
  return cpd_result (&local, error);
}

static gboolean
write_numbers (CpdStoreItems *items, GError **error)
{
  GHashTableIter iter;
  gpointer patient;
  gpointer next;

  g_hash_table_iter_init (&iter, items->numbers);
  while (g_hash_table_iter_next (&iter, &patient, &next))
    if (!cpd_db_run (items->db, error, "UPDATE patient SET next_item = ? WHERE id = ?", "ii", *(gint64 *) next,
                     *(gint64 *) patient))
      return FALSE;
  return TRUE;
}

static gboolean
write_month (CpdDb *db, const Count *count, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO item_month (patient, month, kind, count) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (patient, month, kind) DO UPDATE SET count = count + excluded.count",
                     "iiii", count->patient, (gint64) count->month, (gint64) count->kind, (gint64) count->more) &&
         (count->more > 0 ||
          cpd_db_run (db, error, "DELETE FROM item_month WHERE patient = ? AND month = ? AND kind = ? AND count = 0",
                      "iii", count->patient, (gint64) count->month, (gint64) count->kind));
}

static gboolean
write_author (CpdDb *db, const Count *count, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO item_author (patient, author, kind, count) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (patient, author, kind) DO UPDATE SET count = count + excluded.count",
                     "itii", count->patient, count->author, (gint64) count->kind, (gint64) count->more) &&
         (count->more > 0 ||
          cpd_db_run (db, error, "DELETE FROM item_author WHERE patient = ? AND author = ? AND kind = ? AND count = 0",
                      "iti", count->patient, count->author, (gint64) count->kind));
}

static gboolean
write_counts (CpdStoreItems *items, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, items->counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Count *count = key;

      if (count->more != 0 && !(count->author != NULL ? write_author : write_month) (items->db, count, error))
        return FALSE;
    }
  return TRUE;
}

/* By id, for FTS5 writes what it has gathered when they go down; of one card in the order in which they came. */
static int
compare_words (gconstpointer a, gconstpointer b)
{
  const Words *one = *(const Words *const *) a;
  const Words *other = *(const Words *const *) b;

  if (one->id != other->id)
    return one->id < other->id ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

static gboolean
write_words (CpdStoreItems *items, GError **error)
{
  static const char *const enter = "INSERT INTO item_search (rowid, title, author, text) VALUES (?, ?, ?, ?)";
  static const char *const leave =
      "INSERT INTO item_search (item_search, rowid, title, author, text) VALUES ('delete', ?, ?, ?, ?)";

  g_ptr_array_sort (items->words, compare_words);
  for (guint i = 0; i < items->words->len; i++)
    {
      const Words *words = g_ptr_array_index (items->words, i);

      if (!cpd_db_run (items->db, error, words->leave ? leave : enter, "ittt", words->id, words->title, words->author,
                       words->text))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_store_items_finish:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_items_finish (CpdStoreItems *items, GError **error)
{
  return write_numbers (items, error) && write_counts (items, error) && write_words (items, error);
}

/**
 * cpd_store_items_merge:
 * @more: (out) (optional): whether it is to be called again
 *
 * Merges parts of which there are sixteen or more of about a size (0040-merge-more.sql).
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_items_merge (CpdDb *db, gboolean *more, GError **error)
{
  gint64 before = cpd_db_total_changes (db);

  if (!cpd_db_run (db, error, "INSERT INTO item_search (item_search, rank) VALUES ('merge', " MERGE_PAGES ")", ""))
    return FALSE;
  /* As FTS5 says it: a step that had something to do changes two rows or more. */
  if (more != NULL)
    *more = cpd_db_total_changes (db) - before >= 2;
  return TRUE;
}
