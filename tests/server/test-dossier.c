/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-store-ehr.h"
#include "cpd-store-item.h"
#include "cpd-store-month.h"
#include "cpd-store-search.h"
#include "cpd-store-timeline.h"
#include "cpd-store-unread.h"
#include "ehr-kit.h"

#define ALL 0x1fu
#define AT(days) (1772539200 * CP_TIME_SECOND + (days) *CP_TIME_DAY) /* 2026-03-03 12:00 UTC */

typedef struct
{
  EhrKit ehr;
  gint64 wil;
  gint64 henk;
  CpdGrant grant; /* of account 1 on wil */
} Kit;

static void
run_sql (Kit *kit, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (kit->ehr.store.database, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
set_up (Kit *kit, gconstpointer data)
{
  store_kit_set_now (AT (0));
  ehr_kit_set_up (&kit->ehr);
  kit->wil = ehr_kit_enrol (&kit->ehr, "1", "Wil");
  kit->henk = ehr_kit_enrol (&kit->ehr, "2", "Henk");
  run_sql (kit, "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                " VALUES (1, 'a', 'a', 'A', 'A', 'a@x.example', 1);"
                "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
                " VALUES (5, 'm', 1, 1, 2, 1, 1)");
  kit->grant = (CpdGrant){ .patient = kit->wil, .membership = 5, .parts = 4 };
}

static void
tear_down (Kit *kit, gconstpointer data)
{
  ehr_kit_tear_down (&kit->ehr);
}

typedef struct
{
  CpdEhrRow *row;
  CpTime now;
} Put;

static gboolean
put_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Put *put = data;
  g_autoptr (CpdStoreItems) items = cpd_store_items_new (db);
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return cpd_store_ehr_put (db, "ecd", &put->row, 1, put->now, items, changed, error) &&
         cpd_store_items_finish (items, error);
}

/* NULL text: removed. known: the row in which it is sought first. */
static void
put_card_at (Kit *kit, gint64 known, gint64 patient, const char *id, int kind, CpTime at, const char *author,
             const char *title, const char *text)
{
  CpdEhrItem *item = NULL;
  Put put = { .now = cp_time_now () };

  if (text != NULL)
    {
      item = g_new0 (CpdEhrItem, 1);
      item->kind = kind;
      item->at = at;
      item->author = g_strdup (author);
      item->title = g_strdup (title);
      item->text = g_strdup (text);
      item->preview = g_strdup ("");
      item->month = cp_time_month (at, kit->ehr.store.config->zone);
    }
  put.row = cpd_ehr_row_new (CPD_EHR_ITEM, patient, "Observation", id, item);
  put.row->known = known;
  store_kit_write (&kit->ehr.store, put_in_writer, &put);
  cpd_ehr_row_free (put.row);
}

static void
put_card (Kit *kit, gint64 patient, const char *id, int kind, CpTime at, const char *author, const char *title,
          const char *text)
{
  put_card_at (kit, 0, patient, id, kind, at, author, title, text);
}

/* What is kept beside the cards against what is counted now, on a connection of its own. */
static const char *const fresh_sql =
    "CREATE VIRTUAL TABLE temp.fresh USING fts5 (title, author, text,"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO temp.fresh (rowid, title, author, text) SELECT id, title, author, text FROM main.item"
    " WHERE removed IS NULL;"
    "CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab ('main', 'item_search', 'instance');"
    "CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab ('temp', 'fresh', 'instance');"
    "CREATE TEMP VIEW fresh_month AS SELECT patient, month, kind, count (*) AS count FROM main.item"
    " WHERE removed IS NULL GROUP BY 1, 2, 3;"
    "CREATE TEMP VIEW fresh_author AS SELECT patient, author, kind, count (*) AS count FROM main.item"
    " WHERE removed IS NULL AND author IS NOT NULL GROUP BY 1, 2, 3;"
    "INSERT INTO item_search (item_search) VALUES ('integrity-check');";

static const char *const compared[][2] = {
  { "temp.kept_words", "temp.fresh_words" },
  { "main.item_month", "fresh_month" },
  { "main.item_author", "fresh_author" },
};

static gint64
number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static void
assert_kept (Kit *kit)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (kit->ehr.store.database, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, fresh_sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (compared); i++)
    for (int side = 0; side < 2; side++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (SELECT * FROM %s EXCEPT SELECT * FROM %s)",
                                                compared[i][side], compared[i][1 - side]);
        g_assert_cmpint (number (db, sql), ==, 0);
      }
  sqlite3_close (db);
}

/* What the timeline finds in two indexes against the rows themselves. */
static void
assert_unread (Kit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpTimeline) timeline = cp_timeline_new ();

  cpd_store_timeline (db, &kit->grant, ALL, timeline, &error);
  g_assert_no_error (error);
  g_assert_cmpint (timeline->unread, >, 0);
  g_assert_cmpint (timeline->unread, ==,
                   ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item JOIN membership m ON m.patient = item.patient"
                                             " WHERE m.id = 5 AND removed IS NULL AND seen > unread_since"
                                             " AND at > unread_since - 1209600000000"));
}

static void
test_kept_with_each_change (Kit *kit, gconstpointer data)
{
  static const char *const words[] = { "één", "koffie", "a.d.l.", "Mevrouw", "zus" };
  static const char *const authors[] = { NULL, "Fatima", "Joke", "fatima" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  run_sql (kit, "UPDATE membership SET unread_since = 1772539500000000");
  for (int step = 1; step <= 1200; step++)
    {
      g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (random, 0, 40));
      g_autofree char *text = g_strdup_printf ("%s %s %d", words[g_rand_int_range (random, 0, 5)],
                                               words[g_rand_int_range (random, 0, 5)], g_rand_int_range (random, 0, 3));
      /* Now and then a card turns out to be somebody else's. */
      gint64 patient = g_rand_int_range (random, 0, 20) == 0 ? kit->henk : kit->wil;
      gboolean gone = g_rand_int_range (random, 0, 4) == 0;

      store_kit_set_now (AT (0) + step * CP_TIME_SECOND);
      put_card (kit, patient, id, g_rand_int_range (random, 0, 5), AT (g_rand_int_range (random, -100, 0)),
                authors[g_rand_int_range (random, 0, 4)], g_rand_boolean (random) ? "Titel" : NULL, gone ? NULL : text);
      if (step % 150 == 0)
        assert_kept (kit);
      if (step % 150 == 0 && step >= 600)
        assert_unread (kit);
    }
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE removed IS NULL"), >, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE removed IS NOT NULL"), >, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_version"), >, 100);
}

/* Where a card was sought first may be another's row by now, or nobody's. */
static void
test_known_no_more (Kit *kit, gconstpointer data)
{
  put_card (kit, kit->wil, "a", 0, AT (0), NULL, NULL, "of a");
  put_card (kit, kit->wil, "b", 0, AT (0), NULL, NULL, "of b");
  put_card_at (kit, ehr_kit_count (&kit->ehr, "SELECT id FROM item WHERE fhir_id = 'a'"), kit->wil, "b", 0, AT (0),
               NULL, NULL, "of b again");
  put_card_at (kit, 77, kit->wil, "a", 0, AT (0), NULL, NULL, "of a again");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE text = 'of ' || fhir_id || ' again'"),
                   ==, 2);
}

/* Nothing is written to the index of words when they stay as they are. */
static void
test_words_stay (Kit *kit, gconstpointer data)
{
  gint64 before;

  put_card (kit, kit->wil, "a", 0, AT (0), "Fatima", "Titel", "Goed geslapen");
  before = ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data");
  put_card (kit, kit->wil, "a", 1, AT (-40), "Fatima", "Titel", "Goed geslapen");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data"), ==, before);
  assert_kept (kit);
  put_card (kit, kit->wil, "a", 1, AT (-40), "Fatima", NULL, "Goed geslapen");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data"), >, before);
  assert_kept (kit);
}

static void
judge (Kit *kit, const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GError) error = NULL;

  cpd_store_months_judge (kit->ehr.store.writer, name, zone, &error);
  g_assert_no_error (error);
}

/* 23:30 UTC on the last of February is March in Amsterdam and February in New York. */
static void
test_months_of_the_zone (Kit *kit, gconstpointer data)
{
  CpTime border = 1772321400 * CP_TIME_SECOND;

  put_card (kit, kit->wil, "1", 0, border, NULL, NULL, "x");
  put_card (kit, kit->henk, "2", 0, border, NULL, NULL, "x");
  /* More than are judged at once. */
  run_sql (kit,
           "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 2599)"
           " INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, text, hash, first_seen,"
           " changed) SELECT 1 << 32 | i, 'm' || i, 1, 'ecd', 'Observation', 'm' || i, i % 2, 1772321400000000, 'x',"
           " x'', 1, 1 FROM n; INSERT INTO item_search (item_search) VALUES ('rebuild')");
  judge (kit, "Europe/Amsterdam");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202603"), ==, 2502);
  assert_kept (kit);
  run_sql (kit, "DELETE FROM item WHERE fhir_id LIKE 'm%'; DELETE FROM item_month;"
                " INSERT INTO item_search (item_search) VALUES ('rebuild')");
  judge (kit, "America/New_York");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202602"), ==, 2);
  assert_kept (kit);
  /* The same zone is not judged again: what is wrong on purpose stays. */
  run_sql (kit, "UPDATE item SET month = 1");
  judge (kit, "America/New_York");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 1"), ==, 2);
  /* One that broke off has not written which zone it was. */
  run_sql (kit, "DELETE FROM meta; UPDATE item SET month = 202602 WHERE patient = 1");
  judge (kit, "Europe/Amsterdam");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202603"), ==, 2);
  assert_kept (kit);
}

/* (transfer full): the answer to a search, page after page in one; NULL when it is refused. */
static CpSearchPage *
search (Kit *kit, const char *text, CpdDossierFilter filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpdSought) sought = cpd_sought_new (db, text, &error);
  g_autoptr (CpSearchPage) all = cp_search_page_new ();
  CpdCursor cursor = { 0, 0 };

  if (sought == NULL)
    {
      g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
      return NULL;
    }
  do
    {
      g_autoptr (CpSearchPage) page = cp_search_page_new ();
      CpdCursor next;

      cpd_store_search (db, &kit->grant, sought, &filter, 0, &cursor, 50, page, &next, &error);
      g_assert_no_error (error);
      g_assert_true (cursor.id == 0 || (all->reports == page->reports && all->times == page->times));
      all->reports = page->reports;
      all->times = page->times;
      all->more = page->more;
      while (page->items->len > 0)
        g_ptr_array_add (all->items, g_ptr_array_steal_index (page->items, 0));
      cursor = next;
    }
  while (cursor.id != 0);
  return g_steal_pointer (&all);
}

/* (transfer full): the titles of what was found, and the words that were marked: "1:koffie,thee 2:koffie". */
static char *
found (Kit *kit, const char *text, guint kinds)
{
  g_autoptr (CpSearchPage) page = search (kit, text, (CpdDossierFilter){ .kinds = kinds });
  GString *out = g_string_new (NULL);

  if (page == NULL)
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  g_assert_cmpint (page->reports, ==, page->items->len);
  for (guint i = 0; i < page->items->len; i++)
    {
      const CpDossierItem *item = page->items->pdata[i];

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", item->title);
      for (guint m = 0; m < item->marks->len; m++)
        {
          const CpTextMark *mark = item->marks->pdata[m];
          g_autofree char *word = g_utf8_substring (item->text, mark->start, mark->start + mark->length);

          g_string_append_printf (out, "%c%s", m == 0 ? ':' : ',', word);
        }
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *title;
  int kind;
  int day;
  const char *author;
  const char *text;
} cards[] = {
  { "1", 0, -9, "Fatima El Amrani", "Eén kopje koffie. Coördinatie van de a.d.l. ging goed." },
  { "2", 0, -8, "Joke Hofstra", "ADL zelfstandig, één medicijn ’s ochtends; medicatie besproken." },
  { "3", 1, -7, NULL, "Zn. is geweest, z.n. paracetamol. Één en ander: koffie\nkoffie, KOFFIE." },
  { "4", 2, -6, "Fatima El Amrani", "Hoe gaat het: Patiënt drinkt koffie" },
  { "5", 3, -5, NULL, "Het doel \"zelf koffie zetten\" AND NOT thee" },
  { "6 koffie", 0, -4, "Koffie Jansen", "niets" },
};

static void
put_cards (Kit *kit)
{
  /* Not in the order of their days: what is found is, all the same. */
  static const int order[] = { 3, 0, 5, 2, 1, 4 };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const int n = order[i];
      g_autofree char *id = g_strdup_printf ("%d", n);

      put_card (kit, kit->wil, id, cards[n].kind, AT (cards[n].day), cards[n].author, cards[n].title, cards[n].text);
    }
}

static void
test_words (Kit *kit, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *found; /* NULL: refused */
  } cases[] = {
    { "koffie", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "KOFFIE", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "kof", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "koffie kopje", "1:kopje,koffie" },
    { "kopje koffie drinkt", "" },
    { "een", "3:Één 2:één 1:Eén" },
    { "één", "3:Één 2:één 1:Eén" },
    { "e\xcc\x81\x65n", "3:Één 2:één 1:Eén" },
    { "patient", "4:Patiënt" },
    { "patiënt", "4:Patiënt" },
    { "coordinatie", "1:Coördinatie" },
    { "adl", "2:ADL 1:a.d.l" },
    { "a.d.l.", "2:ADL 1:a.d.l" },
    { "a.d.l", "2:ADL 1:a.d.l" },
    { "zn", "3:Zn,z.n" },
    { "z.n.", "3:Zn,z.n" },
    { "medic", "2:medicijn,medicatie" },
    { "atie", "" },
    { "amrani", "4 1" },
    { "fatima koffie", "4:koffie 1:koffie" },
    { "jansen niets", "6 koffie:niets" },
    { "\"zelf koffie\"", "5:zelf,koffie" },
    { "koffie AND thee", "5:koffie,AND,thee" },
    { "koffie OR thee", "" },
    { "koffie NOT paracetamol", "" },
    { "text:koffie", "" },
    { "koffie\" OR \"medicijn", "" },
    { "koffie*", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "^koffie", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "-koffie", "6 koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "NEAR(koffie zetten, 5", "" },
    { "{text} : koffie", "" },
    { "koffie - paracetamol", "3:paracetamol,koffie,koffie,KOFFIE" },
    { "koffie '; DROP TABLE item; --", "" },
    { "", NULL },
    { "k", NULL },
    { " - ", NULL },
    { "\" \"", NULL },
    { "a b c d e f g h i j k l m", NULL },
  };

  put_cards (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = found (kit, cases[i].text, ALL);

      if (g_strcmp0 (out, cases[i].found) != 0)
        g_error ("“%s” finds %s and not %s", cases[i].text, out, cases[i].found);
    }
}

static void
test_counts_tell_nothing (Kit *kit, gconstpointer data)
{
  g_autoptr (CpSearchPage) reports = NULL;
  g_autoptr (CpSearchPage) nothing = NULL;
  g_autofree char *gone = NULL;

  put_cards (kit);
  put_card (kit, kit->henk, "h", 0, AT (-1), "Geheim", "h", "koffie van Henk");
  put_card (kit, kit->wil, "0", 0, AT (-9), NULL, NULL, NULL);
  reports = search (kit, "koffie", (CpdDossierFilter){ .kinds = 1u << 0 | 1u << 1 });
  g_assert_cmpint (reports->reports, ==, 2);
  g_assert_cmpint (reports->times, ==, 3 + 2); /* the other one has it as title and author */
  g_assert_false (reports->more);
  nothing = search (kit, "koffie", (CpdDossierFilter){ .kinds = 0 });
  g_assert_cmpint (nothing->reports + nothing->times + nothing->items->len, ==, 0);
  g_assert_cmpstr ((gone = found (kit, "geheim", ALL)), ==, "");
}

static void
test_filters (Kit *kit, gconstpointer data)
{
  g_autoptr (CpSearchPage) author = NULL;
  g_autoptr (CpSearchPage) period = NULL;

  put_cards (kit);
  author = search (kit, "koffie", (CpdDossierFilter){ .kinds = ALL, .author = "Fatima El Amrani" });
  g_assert_cmpint (author->reports, ==, 2);
  period = search (kit, "koffie", (CpdDossierFilter){ .kinds = ALL, .from = AT (-7), .until = AT (-5) });
  g_assert_cmpint (period->reports, ==, 2);
  g_assert_cmpint (((CpDossierItem *) period->items->pdata[0])->at, ==, AT (-6));
}

/* So many that the index is not looked up one by one; data is by how many days each differs from the one before: with 1
 * rows and days have the same order. */
static void
test_many (Kit *kit, gconstpointer data)
{
  g_autoptr (CpSearchPage) common = NULL;
  g_autoptr (CpSearchPage) half = NULL;
  g_autoptr (CpSearchPage) rare = NULL;

  g_autofree char *sql = g_strdup_printf (
      "WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 6000)"
      "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, text, hash, first_seen,"
      " changed) SELECT 1 << 32 | n, n, 1, 'ecd', 'Observation', n, n %% 2, 1 + n * %d %% 6000 * 86400000000,"
      " 'mevrouw ' || iif (n %% 1000 = 0, 'zonder', 'met'), x'00', 1, 1 FROM n;"
      "INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item",
      GPOINTER_TO_INT (data));

  run_sql (kit, sql);
  common = search (kit, "mevrouw", (CpdDossierFilter){ .kinds = ALL });
  g_assert_cmpint (common->reports, ==, 1000);
  g_assert_true (common->more);
  g_assert_cmpint (common->times, ==, 0);
  g_assert_cmpint (common->items->len, ==, 6000);
  for (guint i = 1; i < common->items->len; i++)
    g_assert_cmpint (((CpDossierItem *) common->items->pdata[i - 1])->at, >,
                     ((CpDossierItem *) common->items->pdata[i])->at);
  half = search (kit, "mevrouw", (CpdDossierFilter){ .kinds = 1, .until = 2000 * CP_TIME_DAY });
  g_assert_cmpint (half->reports, ==, 1000);
  g_assert_false (half->more);
  g_assert_cmpint (half->items->len, ==, 1000);
  rare = search (kit, "mevrouw zonder", (CpdDossierFilter){ .kinds = ALL });
  g_assert_cmpint (rare->reports, ==, 6);
  g_assert_cmpint (rare->times, ==, 12);
}

static void
test_many_endings (Kit *kit, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("verpleegd");
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append_printf (text, " verpleeg%c%c", 'a' + i / 26, 'a' + i % 26);
  put_card (kit, kit->wil, "1", 0, AT (-1), NULL, "een", text->str);
  put_card (kit, kit->henk, "2", 0, AT (-1), NULL, "ander", text->str);
  g_assert_cmpstr ((few = found (kit, "verpleegd", ALL)), ==,
                   "een:verpleegd,verpleegda,verpleegdb,verpleegdc,"
                   "verpleegdd,verpleegde,verpleegdf,verpleegdg,verpleegdh,"
                   "verpleegdi,verpleegdj,verpleegdk,verpleegdl,verpleegdm,"
                   "verpleegdn,verpleegdo,verpleegdp,verpleegdq,verpleegdr,"
                   "verpleegds,verpleegdt,verpleegdu,verpleegdv,verpleegdw,"
                   "verpleegdx,verpleegdy,verpleegdz");
  many = found (kit, "verpl", ALL);
  g_assert_true (g_str_has_prefix (many, "een:verpleegd,verpleegaa,"));
}

/* (transfer full): the timeline as text: "2026-02 3/1 2026-03 1/0 = 1 oldest 5". */
static char *
timeline (Kit *kit, guint kinds, CpTime *asked_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpTimeline) timeline = cp_timeline_new ();
  GString *out = g_string_new (NULL);

  cpd_store_timeline (db, &kit->grant, kinds, timeline, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < timeline->months->len; i++)
    {
      const CpTimelineMonth *month = timeline->months->pdata[i];
      g_string_append_printf (out, "%s %d/%d ", month->month, (int) month->count, (int) month->unread);
    }
  g_string_append_printf (out, "= %d", (int) timeline->unread);
  if (timeline->oldest_unread_at != 0)
    g_string_append_printf (out, " oldest %d", (int) ((timeline->oldest_unread_at - AT (0)) / CP_TIME_DAY));
  if (asked_at != NULL)
    *asked_at = timeline->asked_at;
  return g_string_free (out, FALSE);
}

static void
assert_timeline (Kit *kit, guint kinds, const char *expected)
{
  g_autofree char *text = timeline (kit, kinds, NULL);

  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  const CpdGrant *grant;
  const char *item; /* NULL: all */
  CpTime until;
  guint kinds;
} Reading;

static gboolean
read_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Reading *reading = data;

  return reading->item != NULL
             ? cpd_store_unread_read (db, reading->grant, 1, reading->kinds, reading->item, cp_time_now (), error)
             : cpd_store_unread_read_all (db, reading->grant, 1, reading->until, error);
}

static void
read_card (Kit *kit, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE item SET public_id = 'item-' || fhir_id WHERE fhir_id = '%s'", id);
  g_autofree char *public_id = g_strconcat ("item-", id, NULL);
  Reading reading = { &kit->grant, public_id, 0, ALL };

  run_sql (kit, sql);
  store_kit_write (&kit->ehr.store, read_in_writer, &reading);
}

static void
test_unread (Kit *kit, gconstpointer data)
{
  CpTime asked_at;
  g_autofree char *before = NULL;
  Reading all = { .grant = &kit->grant };
  g_autoptr (GError) error = NULL;
  Reading other = { &kit->grant, "item-a", 0, 1u << CP_DOSSIER_FORM };

  /* Accepted at AT (-1); what came before, or is of more than 14 days before, is not unread. */
  store_kit_set_now (AT (-2));
  put_card (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, "was there");
  run_sql (kit, "UPDATE membership SET unread_since = 1772452800000000");
  store_kit_set_now (AT (1));
  put_card (kit, kit->wil, "old", 0, AT (-16), NULL, NULL, "too old to be news");
  put_card (kit, kit->wil, "a", 0, AT (-14), NULL, NULL, "just not too old");
  put_card (kit, kit->wil, "b", 2, AT (1), NULL, NULL, "a form");
  put_card (kit, kit->henk, "h", 0, AT (1), NULL, NULL, "of somebody else");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/1 = 2 oldest -14");
  assert_timeline (kit, 1, "2026-02 2/1 2026-03 1/0 = 1 oldest -14");
  assert_timeline (kit, 1u << CP_DOSSIER_FORM, "2026-03 1/1 = 1 oldest 1");
  read_card (kit, "a");
  read_card (kit, "a");
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 1");
  /* Another name of the author is no new text; another text is. */
  store_kit_set_now (AT (2));
  put_card (kit, kit->wil, "a", 0, AT (-14), "Fatima", NULL, "just not too old");
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 1");
  put_card (kit, kit->wil, "a", 0, AT (-14), "Fatima", NULL, "changed");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/1 = 2 oldest -14");
  /* So is another text of a card that was there long before; not when it has gone since. */
  put_card (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, "was there, and is different");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/2 = 3 oldest -14");
  put_card (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, NULL);
  /* A card that may not be read is not there. */
  g_assert_false (cpd_writer_run (kit->ehr.store.writer, read_in_writer, &other, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_NOT_FOUND);
  /* What comes between the question and the answer stays unread. */
  read_card (kit, "b");
  before = timeline (kit, ALL, &asked_at);
  store_kit_set_now (AT (3));
  put_card (kit, kit->wil, "c", 0, AT (3), NULL, NULL, "new");
  all.until = asked_at;
  store_kit_write (&kit->ehr.store, read_in_writer, &all);
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 3");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_read"), ==, 0);
  all.until = AT (-10);
  store_kit_write (&kit->ehr.store, read_in_writer, &all);
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Kit, NULL, set_up, func, tear_down)
  ADD ("/dossier/kept-with-each-change", test_kept_with_each_change);
  ADD ("/dossier/known-no-more", test_known_no_more);
  ADD ("/dossier/words-stay", test_words_stay);
  ADD ("/dossier/months-of-the-zone", test_months_of_the_zone);
  ADD ("/dossier/unread", test_unread);
  ADD ("/search/words", test_words);
  ADD ("/search/counts-tell-nothing", test_counts_tell_nothing);
  ADD ("/search/filters", test_filters);
  ADD ("/search/many-endings", test_many_endings);
  g_test_add ("/search/many", Kit, GINT_TO_POINTER (1), set_up, test_many, tear_down);
  g_test_add ("/search/many-in-disorder", Kit, GINT_TO_POINTER (37), set_up, test_many, tear_down);
  return g_test_run ();
}
