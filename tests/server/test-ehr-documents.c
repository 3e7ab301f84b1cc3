/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cpd-ehr-content.h"
#include "cpd-ehr-keep.h"
#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"
#include "cpd-store-dossier.h"
#include "cpd-token.h"

#define DOCUMENT                                                                                                       \
  "{'resourceType':'DocumentReference','id':'%s','status':'%s','type':{'coding':[{'system':'http://loinc.org',"        \
  "'code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':'2026-03-01T09:00:00Z','content':[{'attachment':"  \
  "{%s}}]}\n"

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_wil (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static const char *title = "Brief";

/* data: bytes that are given inside */
static void
document (Fixture *kit, const char *status, const char *bytes)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) bytes, strlen (bytes));
  g_autofree char *attachment = g_strdup_printf ("'title':'%s','data':'%s'", title, base64);
  g_autofree char *text = g_strdup_printf (DOCUMENT, "d", status, attachment);

  ehr_kit_file (kit, "DocumentReference.ndjson", text);
}

static int
n_files (Fixture *kit)
{
  g_autofree char *directory = cpd_store_attachments_directory (kit->store.database);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  int n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_kept_once (Fixture *kit, gconstpointer data)
{
  g_autofree char *public_id = NULL;
  g_autofree char *sql = NULL;

  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  public_id = ehr_kit_text (kit, "SELECT public_id || file FROM attachment");
  sql = g_strdup_printf ("SELECT public_id || file = '%s' FROM attachment", public_id);
  g_assert_cmpint (n_files (kit), ==, 1);
  ehr_kit_run_well (kit);
  g_assert_cmpint (n_files (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT sum(written_count) FROM sync_type"), ==, 0);
  /* Another title: the same bytes, so the same file and the same id of the attachment. */
  title = "Een andere naam";
  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  title = "Brief";
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM attachment WHERE title = 'Een andere naam'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, sql), ==, 1);
  g_assert_cmpint (n_files (kit), ==, 1);
}

/* The size of the file that a version of the only card shows; 0: none. */
static gint64
shown_size (Fixture *kit, gint64 version)
{
  const CpdGrant grant = { .patient = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, &error);
  g_autofree char *public_id = ehr_kit_text (kit, "SELECT public_id FROM item");
  g_autoptr (CpDossierItem) item = NULL;
  const CpAttachment *attachment;
  gint64 id;

  g_assert_no_error (error);
  item = cpd_store_dossier_item (db, &grant, ~0u, public_id, version, 1, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->version, ==, version);
  g_assert_cmpint (item->versions->len, ==,
                   (gint64) ehr_kit_count (kit, "SELECT iif (version > 1, version, 0) FROM item"));
  if (item->attachments->len == 0)
    return 0;
  attachment = g_ptr_array_index (item->attachments, 0);
  g_assert_cmpint (item->attachments->len, ==, 1);
  g_assert_cmpstr (attachment->title, ==, "Brief");
  return attachment->size;
}

/* Every version keeps the file that it came with. */
static void
test_changed_bytes (Fixture *kit, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  g_assert_cmpint (shown_size (kit, 1), ==, 12);
  document (kit, "current", "%PDF-1.4 twee");
  ehr_kit_run_well (kit);
  g_assert_cmpint (shown_size (kit, 1), ==, 12);
  g_assert_cmpint (shown_size (kit, 2), ==, 13);
  document (kit, "current", "alleen nog tekst");
  ehr_kit_run_well (kit);
  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  g_assert_cmpint (shown_size (kit, 1), ==, 12);
  g_assert_cmpint (shown_size (kit, 2), ==, 13);
  g_assert_cmpint (shown_size (kit, 3), ==, 0);
  g_assert_cmpint (shown_size (kit, 4), ==, 12);
  /* What has come back is the file that is there. */
  g_assert_true (cpd_ehr_keep_sweep (kit->store.config, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_files (kit), ==, 2);
}

/* A crash between the file and its row. */
static void
test_sweep (Fixture *kit, gconstpointer data)
{
  g_autofree char *directory = cpd_store_attachments_directory (kit->store.database);
  g_autofree char *lost = NULL;
  g_autofree char *other = g_build_filename (directory, "not.ours", NULL);

  g_assert_true (cpd_ehr_keep_sweep (kit->store.config, NULL));
  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  lost = cpd_seal_file_write (kit->store.keys, directory, "x", 1, NULL);
  g_assert_nonnull (lost);
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  g_assert_cmpint (n_files (kit), ==, 3);
  g_assert_true (cpd_ehr_keep_sweep (kit->store.config, NULL));
  g_assert_cmpint (n_files (kit), ==, 2);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Withdrawn: the row of the item is a tombstone, and what is under it is asked for by it. */
static void
test_withdrawn (Fixture *kit, gconstpointer data)
{
  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  document (kit, "entered-in-error", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM attachment JOIN item ON item.id = item"
                                       " WHERE removed IS NULL"),
                   ==, 0);
  document (kit, "current", "%PDF-1.4 een");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM attachment JOIN item ON item.id = item"
                                       " WHERE removed IS NULL"),
                   ==, 1);
  g_assert_cmpint (n_files (kit), ==, 1);
}

/* A Binary is found by its place in whatever kind of file, by id and by urn, and in the document itself. */
static void
test_binaries (Fixture *kit, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  static const char *const urls[] = { "Binary/tweede", "https://ecd.example/fhir/Binary/bundel", "Binary/los",
                                      "urn:uuid:0f9d7a3e-0000-4000-8000-000000000001" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *id = g_strdup_printf ("d%u", (guint) i);
      g_autofree char *attachment = g_strdup_printf ("'url':'%s'", urls[i]);

      g_string_append_printf (text, DOCUMENT, id, "current", attachment);
    }
  g_string_append (text, "{'resourceType':'DocumentReference','id':'in','status':'current','type':{'coding':[{'system':"
                         "'http://loinc.org','code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':"
                         "'2026-03-01','contained':[{'resourceType':'Binary','id':'b','data':'JVBERi1pbg=='}],"
                         "'content':[{'attachment':{'url':'#b'}}]}\n");
  ehr_kit_file (kit, "DocumentReference.ndjson", text->str);
  ehr_kit_file (kit, "Binary.ndjson",
                "{'resourceType':'Binary','id':'eerste','data':'JVBERi0x'}\n\n"
                "{'resourceType':'Binary','id':'tweede','contentType':'application/pdf','data':'JVBERi0y'}\n");
  ehr_kit_file (kit, "los.json", "{'resourceType':'Binary','id':'los','data':'JVBERi1sb3M='}");
  ehr_kit_file (kit, "bundel.json",
                "{'resourceType':'Bundle','type':'collection','entry':[{'fullUrl':'https://ecd.example/fhir/Patient/x',"
                "'resource':{'resourceType':'Patient','id':'x'}},{'fullUrl':'https://ecd.example/fhir/Binary/bundel',"
                "'resource':{'resourceType':'Binary','id':'bundel','data':'JVBERi1idW5kZWw='}},{'fullUrl':"
                "'urn:uuid:0f9d7a3e-0000-4000-8000-000000000001','resource':{'resourceType':'Binary','data':"
                "'JVBERi11cm4='}}]}");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM attachment"), ==, 5);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(DISTINCT hash) FROM attachment"), ==, 5);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT size FROM attachment JOIN item ON item.id = item WHERE fhir_id = 'd1'"),
                   ==, (gint64) strlen ("%PDF-bundel"));
}

/* 10 MB goes, a byte more does not; and what is no base64 is told. */
static void
test_limits (Fixture *kit, gconstpointer data)
{
  CpdEhrMapper mapper = { .names = cpd_ehr_names_new () };
  static const struct
  {
    gsize size;
    gboolean kept;
  } cases[] = { { CPD_EHR_ATTACHMENT_MAX, TRUE }, { CPD_EHR_ATTACHMENT_MAX + 1, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guchar *bytes = g_malloc0 (cases[i].size);
      g_autofree char *base64 = NULL;
      g_autoptr (JsonObject) attachment = json_object_new ();
      g_auto (CpdEhrContent) content = { 0 };

      memcpy (bytes, "%PDF-", 5);
      base64 = g_base64_encode (bytes, cases[i].size);
      json_object_set_string_member (attachment, "data", base64);
      cpd_ehr_content_init (&content);
      cpd_ehr_content_add (&content, &mapper, attachment, attachment, NULL);
      g_assert_cmpint (content.files->len, ==, cases[i].kept);
      g_assert_cmpint (content.reason == NULL, ==, cases[i].kept);
    }
  cpd_ehr_names_free (mapper.names);
}

/* What the bytes are, whatever the source calls them. */
static void
test_kinds (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *type;
    const char *base64;
    const char *kept; /* (nullable) media type */
    const char *text; /* (nullable) */
  } cases[] = {
    { "text/plain", "JVBERi0xLjQK", "application/pdf", NULL },
    { "application/pdf", "iVBORw0KGgoAAAA=", "image/png", NULL },
    { "image/png", "/9j/4AAQ", "image/jpeg", NULL },
    { "image/gif", "R0lGODlhAQ==", "image/gif", NULL },
    { "application/pdf", "TVqQAA==", NULL, NULL },
    { "image/svg+xml", "PHN2Zy8+", NULL, NULL },
    { "text/plain", "AGFiYw==", NULL, NULL },
    { "text/plain", "SGFsbG8=", NULL, "Hallo" },
    { NULL, "SGFs\nbG8=", NULL, "Hallo" },
    { "text/plain; charset=ISO-8859-1", "Y3LobWU=", NULL, "crème" },
    { "text/plain; charset=utf-8", "77u/Y3LDqG1l", NULL, "crème" },
    { "application/xhtml+xml", "PHA+YTwvcD48cD5iPC9wPg==", NULL, "a\nb" },
    { "text/plain", "PEhUTUw+PGI+YTwvYj48c2NyaXB0PmIoKTwvc2NyaXB0PjwvSFRNTD4=", NULL, "a" },
    { "text/plain", "niet*base64", NULL, NULL },
    { "text/plain", "", NULL, NULL },
  };
  CpdEhrMapper mapper = { .names = cpd_ehr_names_new () };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) attachment = json_object_new ();
      g_auto (CpdEhrContent) content = { 0 };

      json_object_set_string_member (attachment, "data", cases[i].base64);
      if (cases[i].type != NULL)
        json_object_set_string_member (attachment, "contentType", cases[i].type);
      cpd_ehr_content_init (&content);
      cpd_ehr_content_add (&content, &mapper, attachment, attachment, NULL);
      g_assert_cmpstr (content.text, ==, cases[i].text);
      g_assert_cmpint (content.files->len, ==, cases[i].kept != NULL);
      if (cases[i].kept != NULL)
        g_assert_cmpstr (((CpdEhrAttachment *) g_ptr_array_index (content.files, 0))->media_type, ==, cases[i].kept);
      g_assert_cmpint (content.reason != NULL, ==, cases[i].kept == NULL && cases[i].text == NULL);
    }
  cpd_ehr_names_free (mapper.names);
}

/* It leaves when a good version comes, and when it is there no more; since when it is bad stays. */
static void
test_quarantine (Fixture *kit, gconstpointer data)
{
  gint64 since;

  document (kit, "bogus", "a");
  ehr_kit_run_well (kit);
  since = ehr_kit_count (kit, "SELECT since FROM sync_quarantine WHERE fhir_id = 'd'");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT patient FROM sync_quarantine WHERE fhir_id = 'd'"), ==, 1);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT since FROM sync_quarantine WHERE fhir_id = 'd'"), ==, since);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT seen > since FROM sync_quarantine WHERE fhir_id = 'd'"), ==, 1);
  document (kit, "current", "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 1);
  /* A bad version of it: the good one stays. */
  document (kit, "bogus", "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'a'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 1);
  ehr_kit_file (kit, "DocumentReference.ndjson", NULL);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

static char *
letter (const char *id, const char *whose, const char *text, const char *relation, const char *other)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *related =
      other != NULL ? g_strdup_printf ("'relatesTo':[{'code':'%s','target':{'reference':'DocumentReference/%s'}}],",
                                       relation, other)
                    : g_strdup ("");

  return g_strdup_printf ("{'resourceType':'DocumentReference','id':'%s','status':'current',%s'type':{'coding':[{"
                          "'system':'http://loinc.org','code':'34746-8'}]},'subject':{'reference':'Patient/%s'},"
                          "'date':'2026-03-01T09:00:00Z','content':[{'attachment':{'contentType':'text/plain',"
                          "'data':'%s'}}]}\n",
                          id, related, whose, base64);
}

static void
write_letters (Fixture *kit, const char *first, const char *second, const char *third)
{
  g_autofree char *text = g_strconcat (first, second, third, NULL);

  ehr_kit_file (kit, "DocumentReference.ndjson", text);
}

#define SHOWN "SELECT count(*) FROM item WHERE removed IS NULL"

/* What a run lets go of the next one reads. */
static void
run_twice (Fixture *kit)
{
  for (int run = 0; run < 2; run++)
    {
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      ehr_kit_run_well (kit);
    }
}

/* What it replaces becomes a version of the same card, and is no card any more. */
static void
test_replaces (Fixture *kit, gconstpointer data)
{
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", "old");
  g_autofree char *card = NULL;
  g_autofree char *same = NULL;

  write_letters (kit, old, NULL, NULL);
  ehr_kit_run_well (kit);
  card = ehr_kit_text (kit, "SELECT public_id FROM item");
  write_letters (kit, old, new, NULL);
  for (int run = 0; run < 3; run++)
    {
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Nieuw' AND version = 2 AND fhir_id = 'new'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version WHERE text = 'Oud'"), ==, 1);
      if (run == 1)
        ehr_kit_exec (kit, "DELETE FROM ehr_recall");
    }
  same = ehr_kit_text (kit, "SELECT public_id FROM item");
  g_assert_cmpstr (same, ==, card);
  /* Withdrawn, it leaves its place to what was there. */
  write_letters (kit, old, NULL, NULL);
  run_twice (kit);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Oud' AND fhir_id = 'old'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
  /* That lasts one run: the next ones leave out what did not change again. */
  run_twice (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT trusted FROM ehr_recall"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
assert_shown (Fixture *kit, const char *texts)
{
  g_autofree char *shown = ehr_kit_text (kit, "SELECT group_concat (text, ' ') FROM"
                                              " (SELECT text FROM item WHERE removed IS NULL ORDER BY text)");

  g_assert_cmpstr (shown, ==, texts);
}

/* What it does not say any more that it replaces shows again, beside it. */
static void
test_replaces_no_more (Fixture *kit, gconstpointer data)
{
  g_autofree char *one = letter ("one", "wil", "Een", NULL, NULL);
  g_autofree char *two = letter ("two", "wil", "Twee", NULL, NULL);
  g_autofree char *both = g_strconcat (one, two, NULL);
  const char *const steps[][2] = { { "one", "Nieuw Twee" }, { "two", "Een Nieuw" }, { NULL, "Een Nieuw Twee" } };

  write_letters (kit, both, NULL, NULL);
  ehr_kit_run_well (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", steps[i][0]);

      write_letters (kit, both, new, NULL);
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
    }
}

/* What the letter that it replaces replaced itself stays away with it, whatever changes in the newest. */
static void
test_replaces_in_a_row (Fixture *kit, gconstpointer data)
{
  g_autofree char *a = letter ("a", "wil", "A", NULL, NULL);
  g_autofree char *b = letter ("b", "wil", "B", "replaces", "a");
  g_autofree char *c = letter ("c", "wil", "C", "replaces", "b");
  g_autofree char *better = letter ("c", "wil", "Beter", "replaces", "b");
  const char *const letters[][3] = { { a, NULL }, { a, b, NULL }, { a, b, c }, { a, b, better }, { a, b, NULL } };
  const char *const shown[] = { "A", "B", "C", "Beter", "B" };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      write_letters (kit, letters[i][0], letters[i][1], letters[i][2]);
      ehr_kit_run_well (kit);
      if (i == G_N_ELEMENTS (letters) - 1)
        ehr_kit_run_well (kit);
      assert_shown (kit, shown[i]);
    }
}

/* Letters in whose place one came go their own way: what one of them replaced itself goes with that one. */
static void
test_replaces_one_less (Fixture *kit, gconstpointer data)
{
  static const char both[] = "'relatesTo':[{'code':'replaces','target':{'reference':'DocumentReference/two'}},";
  g_autofree char *zero = letter ("zero", "wil", "Nul", NULL, NULL);
  g_autofree char *one = letter ("one", "wil", "Een", NULL, NULL);
  g_autofree char *two = letter ("two", "wil", "Twee", "replaces", "zero");
  g_autofree char *old = g_strconcat (zero, one, two, NULL);
  g_autofree char *of_one = letter ("new", "wil", "Nieuw", "replaces", "one");
  g_autofree char *of_two = letter ("new", "wil", "Nieuw", "replaces", "two");
  g_auto (GStrv) parts = g_strsplit (of_one, "'relatesTo':[", 2);
  g_autofree char *of_both = g_strjoinv (both, parts);
  const char *const steps[][2] = { { of_both, "Nieuw" },     { of_two, "Een Nieuw" }, { of_both, "Nieuw" },
                                   { of_one, "Nieuw Twee" }, { of_both, "Nieuw" },    { NULL, "Een Twee" } };

  write_letters (kit, old, NULL, NULL);
  run_twice (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      write_letters (kit, old, steps[i][0], NULL);
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
      /* As when it was told before it was noted who said so (0031-ehr-more.sql): then all is read, and written once. */
      if (i == 0)
        ehr_kit_exec (kit,
                      "UPDATE item_replaced SET named_by = NULL; UPDATE item SET hash = x''; DELETE FROM ehr_recall");
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
    }
}

/* (transfer full) of: (transfer full) */
static char *
changed (char *of, const char *when)
{
  g_autofree char *whole = of;
  g_autofree char *meta = g_strdup_printf ("'status':'current','meta':{'lastUpdated':'%s'},", when);
  g_auto (GStrv) parts = g_strsplit (whole, "'status':'current',", 2);

  return g_strconcat (parts[0], meta, parts[1], NULL);
}

/* An old copy of a letter takes no other away. */
static void
test_replaces_in_an_old_copy (Fixture *kit, gconstpointer data)
{
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = changed (letter ("new", "wil", "Nieuw", NULL, NULL), "2026-03-02T09:00:00Z");
  g_autofree char *copy = changed (letter ("new", "wil", "Fout", "replaces", "old"), "2026-03-01T09:00:00Z");

  write_letters (kit, old, new, NULL);
  ehr_kit_run_well (kit);
  write_letters (kit, old, new, copy);
  for (int run = 0; run < 3; run++)
    {
      ehr_kit_run_well (kit);
      assert_shown (kit, "Nieuw Oud");
    }
}

/* What another has the place of may be withdrawn itself, as a source does with what was replaced. */
static void
test_replaced_is_hidden (Fixture *kit, gconstpointer data)
{
  static const char *const statuses[] = { "superseded", "entered-in-error", "current" };
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", "old");
  g_auto (GStrv) parts = g_strsplit (old, "current", 2);

  write_letters (kit, old, NULL, NULL);
  ehr_kit_run_well (kit);
  write_letters (kit, old, new, NULL);
  ehr_kit_run_well (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *hidden = g_strjoinv (statuses[i], parts);

      write_letters (kit, hidden, new, NULL);
      run_twice (kit);
      assert_shown (kit, "Nieuw");
    }
}

/* In whatever order they come, also in a first load and when each replaces the one before. */
static void
test_replaces_in_any_order (Fixture *kit, gconstpointer data)
{
  static const int orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 }, { 1, 2, 0 }, { 0, 2, 1 }, { 2, 0, 1 } };
  g_autofree char *a = letter ("a", "wil", "A", NULL, NULL);
  g_autofree char *b = letter ("b", "wil", "B", "replaces", "a");
  g_autofree char *c = letter ("c", "wil", "C", "replaces", "b");
  const char *const letters[] = { a, b, c };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    for (int apart = 0; apart < 2; apart++)
      {
        const int *order = orders[i];

        ehr_kit_tear_down (kit);
        ehr_kit_set_up_wil (kit);
        for (int n = apart ? 0 : 2; n < 3; n++)
          {
            write_letters (kit, letters[order[0]], n > 0 ? letters[order[1]] : "", n > 1 ? letters[order[2]] : "");
            ehr_kit_run_well (kit);
          }
        g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'C'"), ==, 1);
        g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
      }
}

/* What is somebody else's keeps its place, and what only adds to another, signs it or says it otherwise stands beside
 * it. */
static void
test_does_not_replace (Fixture *kit, gconstpointer data)
{
  static const char *const codes[] = { "appends", "signs", "transforms" };
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *other = letter ("other", "henk", "Van Henk", "replaces", "old");

  ehr_kit_enrol (kit, "s|9", "H. Bruin");
  ehr_kit_file (kit, "Patient-9.ndjson",
                "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'9'}],"
                "'name':[{'text':'Henk Bruin'}]}\n");
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *more = letter ("more", "wil", codes[i], codes[i], "old");

      write_letters (kit, i == 0 ? old : other, i == 0 ? other : old, more);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 3);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Oud'"), ==, 1);
    }
}

/* The photo of an answer is kept as a file of the form, also when its bytes are elsewhere, and changes with them. */
static void
test_form (Fixture *kit, gconstpointer data)
{
  static const char *const bytes[] = { "/9j/4AAQSkY=", "/9j/4AAQSkZJRg==" };

  ehr_kit_file (
      kit, "QuestionnaireResponse.ndjson",
      "{'resourceType':'QuestionnaireResponse','id':'q','status':'completed','authored':'2026-03-01','subject':"
      "{'reference':'Patient/wil'},'item':[{'linkId':'a','text':'Foto van de wond','answer':[{'valueAttachment':"
      "{'contentType':'image/jpeg','url':'Binary/photo'}}]}]}\n");
  for (gsize i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      g_autofree char *binary =
          g_strdup_printf ("{'resourceType':'Binary','id':'photo','contentType':'image/jpeg','data':'%s'}\n", bytes[i]);
      g_autofree char *sql =
          g_strdup_printf ("SELECT count(*) FROM attachment JOIN item ON item.id = item WHERE item.kind = 2 AND since "
                           "= %d AND until IS NULL"
                           " AND attachment.title = 'Foto van de wond' AND media_type = 'image/jpeg' AND size = %d",
                           (int) i + 1, i == 0 ? 8 : 10);

      ehr_kit_file (kit, "Binary.ndjson", binary);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, sql), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-documents/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (kept_once);
  ADD (changed_bytes);
  ADD (sweep);
  ADD (withdrawn);
  ADD (binaries);
  ADD (limits);
  ADD (kinds);
  ADD (form);
  ADD (quarantine);
  ADD (replaces);
  ADD (replaces_no_more);
  ADD (replaces_one_less);
  ADD (replaces_in_a_row);
  ADD (replaced_is_hidden);
  ADD (replaces_in_an_old_copy);
  ADD (replaces_in_any_order);
  ADD (does_not_replace);
  return g_test_run ();
}
