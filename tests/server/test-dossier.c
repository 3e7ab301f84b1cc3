/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "../common/search-texts.h"
#include "card-kit.h"
#include "cp-dossier-item.h"
#include "cpd-db-private.h"
#include "cpd-store-search.h"
#include "cpd-store-summary.h"
#include "cpd-store-timeline.h"
#include "cpd-store-unread.h"

#define ALL CARD_KIT_ALL
#define AT(days) CARD_KIT_AT (days)

typedef CardKit Kit;

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

static void
append_marked (GString *out, char first, const char *text, const GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const CpTextMark *mark = marks->pdata[i];
      g_autofree char *word = g_utf8_substring (text, mark->start, mark->start + mark->length);

      g_string_append_printf (out, "%c%s", i == 0 ? first : ',', word);
    }
}

/* (transfer full): the titles of what was found, and the words that were marked, of the text and in title and author:
 * "1:koffie,thee 2:koffie 3 koffie#koffie@Jansen". */
static char *
found (Kit *kit, const char *text, guint kinds)
{
  g_autoptr (CpSearchPage) page = search (kit, text, (CpdDossierFilter){ .kinds = kinds });
  GString *out = g_string_new (NULL);
  guint marks = 0;

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
      append_marked (out, ':', item->text, item->marks);
      append_marked (out, '#', item->title, item->title_marks);
      append_marked (out, '@', item->author, item->author_marks);
      marks += item->marks->len + item->title_marks->len + item->author_marks->len;
    }
  g_assert_cmpint (page->times, ==, marks);
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
  { "2", 0, -8, "Joke Hofstra", "ADL zelfstandig, één medicijn ’s ochtends; medicatie besproken: 2,5 ml." },
  { "3", 1, -7, NULL, "Zn. is geweest, z.n. paracetamol. Één en ander: koffie\nkoffie, KOFFIE." },
  { "4", 2, -6, "Fatima El Amrani", "Hoe gaat het: Patiënt drinkt koffie, 25 ml" },
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

      card_kit_put (kit, kit->wil, id, cards[n].kind, AT (cards[n].day), cards[n].author, cards[n].title,
                    cards[n].text);
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
    { "koffie", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "KOFFIE", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "kof", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
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
    { "25", "4:25" },
    { "2,5", "2:2,5" },
    { "medic", "2:medicijn,medicatie" },
    { "atie", "" },
    { "amrani", "4@Amrani 1@Amrani" },
    { "fatima koffie", "4:koffie@Fatima 1:koffie@Fatima" },
    { "jansen niets", "6 koffie:niets@Jansen" },
    { "\"zelf koffie\"", "5:zelf,koffie" },
    { "koffie AND thee", "5:koffie,AND,thee" },
    { "koffie OR thee", "" },
    { "koffie NOT paracetamol", "" },
    { "text:koffie", "" },
    { "koffie\" OR \"medicijn", "" },
    { "koffie*", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "^koffie", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
    { "-koffie", "6 koffie#koffie@Koffie 5:koffie 4:koffie 3:koffie,koffie,KOFFIE 1:koffie" },
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

/* The app asks what fits, and nothing else. */
static void
test_sizes (Kit *kit, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (search_texts); i++)
    {
      g_autofree char *out = found (kit, search_texts[i].text, ALL);

      g_test_message ("%s", search_texts[i].text);
      g_assert_cmpint (out != NULL, ==, search_texts[i].size == CP_SEARCH_FITS);
    }
}

static void
test_counts_tell_nothing (Kit *kit, gconstpointer data)
{
  g_autoptr (CpSearchPage) reports = NULL;
  g_autoptr (CpSearchPage) nothing = NULL;
  g_autofree char *gone = NULL;

  put_cards (kit);
  card_kit_put (kit, kit->henk, "h", 0, AT (-1), "Geheim", "h", "koffie van Henk");
  card_kit_put (kit, kit->wil, "0", 0, AT (-9), NULL, NULL, NULL);
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

  ehr_kit_exec (&kit->ehr, sql);
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

static int
count_cb (gpointer ticks)
{
  (*(int *) ticks)++;
  return 0;
}

/* Each tick is a hundred steps of SQLite outside the index of words. */
static int
count_ticks (Kit *kit, const char *author, gint64 *reports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpdSought) sought = cpd_sought_new (db, "mevrouw", &error);
  g_autoptr (CpSearchPage) page = cp_search_page_new ();
  CpdDossierFilter filter = { .kinds = ALL, .author = author };
  CpdCursor next;
  int ticks = 0;

  sqlite3_progress_handler (db->handle, 100, count_cb, &ticks);
  cpd_store_search (db, &kit->grant, sought, &filter, 0, &(CpdCursor){ 0, 0 }, 50, page, &next, &error);
  g_assert_no_error (error);
  *reports = page->reports;
  return ticks;
}

/* A name is found by the index of words, which knows it but nearly: one who is called nearly so is somebody else. And
 * what somebody seldom writes is not looked for in every card. */
static void
test_writers (Kit *kit, gconstpointer data)
{
  g_autoptr (CpSearchPage) page = NULL;
  gint64 reports;
  int rare, common;

  ehr_kit_exec (
      &kit->ehr,
      "WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 12000)"
      "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, author, text, hash, first_seen,"
      " changed) SELECT 1 << 32 | n, n, 1, 'ecd', 'Observation', n, 0, n * 86400000000, CASE n % 4 WHEN 0 THEN"
      " 'joke hofstra' WHEN 2 THEN 'Joke Hofstra-Bos' ELSE iif (n % 3000 = 1, 'Wout', 'Joke Hofstra') END,"
      " 'mevrouw', x'00', 1, 1 FROM n;"
      "INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item");
  page = search (kit, "mevrouw", (CpdDossierFilter){ .kinds = ALL, .author = "Joke Hofstra" });
  g_assert_cmpint (page->reports, ==, 1000);
  g_assert_true (page->more);
  g_assert_cmpint (page->items->len, ==, 5996);
  for (guint i = 0; i < page->items->len; i++)
    g_assert_cmpstr (((CpDossierItem *) page->items->pdata[i])->author, ==, "Joke Hofstra");
  rare = count_ticks (kit, "Wout", &reports);
  g_assert_cmpint (reports, ==, 4);
  common = count_ticks (kit, NULL, &reports);
  g_assert_cmpint (reports, ==, 1000);
  g_assert_cmpint (rare * 10, <, common);
  count_ticks (kit, "?", &reports);
  g_assert_cmpint (reports, ==, 0);
}

static void
test_many_endings (Kit *kit, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("verpleegd");
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append_printf (text, " verpleeg%c%c", 'a' + i / 26, 'a' + i % 26);
  card_kit_put (kit, kit->wil, "1", 0, AT (-1), NULL, "een", text->str);
  card_kit_put (kit, kit->henk, "2", 0, AT (-1), NULL, "ander", text->str);
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
             ? cpd_store_unread_read (db, reading->grant, 1, reading->kinds, reading->item, reading->until, error)
             : cpd_store_unread_read_all (db, reading->grant, 1, reading->until, error);
}

/* As it came until then. */
static void
read_card (Kit *kit, const char *id, CpTime until)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE item SET public_id = 'item-' || fhir_id WHERE fhir_id = '%s'", id);
  g_autofree char *public_id = g_strconcat ("item-", id, NULL);
  Reading reading = { &kit->grant, public_id, until, ALL };

  ehr_kit_exec (&kit->ehr, sql);
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
  card_kit_put (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, "was there");
  ehr_kit_exec (&kit->ehr, "UPDATE membership SET unread_since = 1772452800000000");
  store_kit_set_now (AT (1));
  card_kit_put (kit, kit->wil, "old", 0, AT (-16), NULL, NULL, "too old to be news");
  card_kit_put (kit, kit->wil, "a", 0, AT (-14), NULL, NULL, "just not too old");
  card_kit_put (kit, kit->wil, "b", 2, AT (1), NULL, NULL, "a form");
  card_kit_put (kit, kit->henk, "h", 0, AT (1), NULL, NULL, "of somebody else");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/1 = 2 oldest -14");
  assert_timeline (kit, 1, "2026-02 2/1 2026-03 1/0 = 1 oldest -14");
  assert_timeline (kit, 1u << CP_DOSSIER_FORM, "2026-03 1/1 = 1 oldest 1");
  read_card (kit, "a", AT (1));
  read_card (kit, "a", AT (1));
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 1");
  /* Another name of the author is no new text; another text is. */
  store_kit_set_now (AT (2));
  card_kit_put (kit, kit->wil, "a", 0, AT (-14), "Fatima", NULL, "just not too old");
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 1");
  card_kit_put (kit, kit->wil, "a", 0, AT (-14), "Fatima", NULL, "changed");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/1 = 2 oldest -14");
  /* Nobody has seen that who tells late what they read before. */
  read_card (kit, "a", AT (2) - 1);
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/1 = 2 oldest -14");
  /* So is another text of a card that was there long before; not when it has gone since. */
  card_kit_put (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, "was there, and is different");
  assert_timeline (kit, ALL, "2026-02 2/1 2026-03 2/2 = 3 oldest -14");
  /* And of one that was too old when it came. */
  card_kit_put (kit, kit->wil, "old", 0, AT (-16), NULL, NULL, "too old to be news, and corrected");
  assert_timeline (kit, ALL, "2026-02 2/2 2026-03 2/2 = 4 oldest -16");
  card_kit_put (kit, kit->wil, "early", 0, AT (-2), NULL, NULL, NULL);
  /* A card that may not be read is not there. */
  g_assert_false (cpd_writer_run (kit->ehr.store.writer, read_in_writer, &other, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_NOT_FOUND);
  /* What comes between the question and the answer stays unread. */
  read_card (kit, "b", AT (2));
  before = timeline (kit, ALL, &asked_at);
  store_kit_set_now (AT (3));
  card_kit_put (kit, kit->wil, "c", 0, AT (3), NULL, NULL, "new");
  all.until = asked_at;
  store_kit_write (&kit->ehr.store, read_in_writer, &all);
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 3");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_read"), ==, 0);
  all.until = AT (-10);
  store_kit_write (&kit->ehr.store, read_in_writer, &all);
  assert_timeline (kit, ALL, "2026-02 2/0 2026-03 2/1 = 1 oldest 3");
}

static gboolean
refresh_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const Kit *kit = data;

  return cpd_store_summary_refresh (db, kit->wil, cp_time_now (), kit->ehr.store.config->zone, error);
}

static void
assert_new (Kit *kit, CpTime since, gint64 reports, gint64 forms)
{
  const CpdConfig config = { .unshared = 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpStartDossier) start = cp_start_dossier_new ();

  store_kit_write (&kit->ehr.store, refresh_in_writer, kit);
  g_assert_true (cpd_store_summary_read (db, &config, &kit->grant, since, start, NULL, NULL, &error));
  g_assert_cmpint (start->new_reports, ==, reports);
  g_assert_cmpint (start->new_forms, ==, forms);
}

/* What was corrected since the visit is new, though it came before. */
static void
test_corrected_is_new (Kit *kit, gconstpointer data)
{
  store_kit_set_now (AT (-20));
  card_kit_put (kit, kit->wil, "a", 0, AT (-30), NULL, NULL, "a report");
  card_kit_put (kit, kit->wil, "b", 2, AT (-30), NULL, NULL, "a form");
  assert_new (kit, AT (-10), 0, 0);
  store_kit_set_now (AT (-5));
  card_kit_put (kit, kit->wil, "a", 0, AT (-30), "Fatima", NULL, "a report");
  assert_new (kit, AT (-10), 0, 0);
  card_kit_put (kit, kit->wil, "a", 0, AT (-30), "Fatima", NULL, "a better report");
  assert_new (kit, AT (-10), 1, 0);
  card_kit_put (kit, kit->wil, "b", 2, AT (-30), NULL, NULL, "a better form");
  assert_new (kit, AT (-10), 1, 1);
  assert_new (kit, AT (-4), 0, 0);
  /* What came and was corrected is one. */
  assert_new (kit, AT (-21), 1, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Kit, NULL, card_kit_set_up, func, card_kit_tear_down)
  ADD ("/dossier/unread", test_unread);
  ADD ("/dossier/corrected-is-new", test_corrected_is_new);
  ADD ("/search/words", test_words);
  ADD ("/search/sizes", test_sizes);
  ADD ("/search/counts-tell-nothing", test_counts_tell_nothing);
  ADD ("/search/filters", test_filters);
  ADD ("/search/many-endings", test_many_endings);
  ADD ("/search/writers", test_writers);
  g_test_add ("/search/many", Kit, GINT_TO_POINTER (1), card_kit_set_up, test_many, card_kit_tear_down);
  g_test_add ("/search/many-in-disorder", Kit, GINT_TO_POINTER (37), card_kit_set_up, test_many, card_kit_tear_down);
  return g_test_run ();
}
