/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-ehr-content.h"
#include "cpd-ehr-keep.h"
#include "cpd-ehr-text.h"
#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"
#include "cpd-store-dossier.h"
#include "cpd-token.h"

#define DOCUMENT                                                                                                       \
  "{'resourceType':'DocumentReference','id':'%s','status':'%s','type':{'coding':[{'system':'http://loinc.org',"        \
  "'code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':'2026-03-01T09:00:00Z','content':[{'attachment':"  \
  "{%s}}]}\n"

typedef EhrKit Fixture;

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

/* A file says of which document it is: it is shown in that one, and in what came in the place of it. */
static void
test_other_document (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *of;
    const char *replaces;
    gboolean shown;
  } cases[] = {
    { "DocumentReference/d", "", TRUE },
    { "https://ecd.example/fhir/DocumentReference/d/_history/2", "", TRUE },
    { "DocumentReference/other", "", FALSE },
    { "Composition/d", "", FALSE },
    { "DocumentReference/other", "'code':'replaces'", TRUE },
    { "DocumentReference/other", "'code':'appends'", FALSE },
    { "DocumentReference/third", "'code':'replaces'", FALSE },
    { "Encounter/e", "", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'resourceType':'DocumentReference','id':'d','status':'current','type':{'coding':[{'system':"
          "'http://loinc.org','code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':'2026-03-01',"
          "'relatesTo':[{%s%s'target':{'reference':'DocumentReference/other'}}],'content':[{'attachment':"
          "{'contentType':'text/plain','url':'Binary/b'}}]}\n",
          cases[i].replaces, *cases[i].replaces != '\0' ? "," : "");
      g_autofree char *binary = g_strdup_printf (
          "{'resourceType':'Binary','id':'b','securityContext':{'reference':'%s'},'data':'QnJpZWY='}\n", cases[i].of);

      ehr_kit_file (kit, "DocumentReference.ndjson", text);
      ehr_kit_file (kit, "Binary.ndjson", binary);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Brief'"), ==,
                       cases[i].shown);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, !cases[i].shown);
      /* The last good copy stays: begin anew. */
      ehr_kit_file (kit, "DocumentReference.ndjson", "");
      ehr_kit_run_well (kit);
    }
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
      g_assert_cmpint (content.exists, ==, !cases[i].kept);
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
    { "text/rtf", "e1xydGYxIEhhbGxvfQ==", NULL, NULL },
    { "text/plain", "e1xydGYxIEhhbGxvfQ==", NULL, NULL },
    { NULL, "CntccnRmMSBIYWxsb30=", NULL, NULL },
    { "text/html", "e1xydGYxIEhhbGxvfQ==", NULL, NULL },
    { "text/xml", "PGE+SGFsbG88L2E+", NULL, NULL },
    { "text/csv", "YTti", NULL, NULL },
    { "text/plain", "PD94bWwgdmVyc2lvbj0iMS4wIj8+PENsaW5pY2FsRG9jdW1lbnQ+YTwvQ2xpbmljYWxEb2N1bWVudD4=", NULL, NULL },
    { "text/html", "PD94bWwgdmVyc2lvbj0iMS4wIj8+PENsaW5pY2FsRG9jdW1lbnQ+YTwvQ2xpbmljYWxEb2N1bWVudD4=", NULL, NULL },
    { "text/plain", "PD94bWwgdmVyc2lvbj0iMS4wIj8+CjxodG1sPjxib2R5PmE8L2JvZHk+PC9odG1sPg==", NULL, "a" },
    { "application/xhtml+xml",
      "PD94bWwgdmVyc2lvbj0iMS4wIj8+PGRpdiB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMTk5OS94aHRtbCI+YTwvZGl2Pg==", NULL, "a" },
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

/* A report is one in whatever form it comes, and stands with those of its kind; an evaluation is in a plan by its
 * words. */
static void
test_reports (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *code;
    const char *related;
    const char *base64;
    int kind;
  } cases[] = {
    { "34746-8", "", "JVBERi0xLjQK", CP_DOSSIER_REPORT_GENERAL },
    { "34746-8", "CarePlan/7", "JVBERi0xLjQK", CP_DOSSIER_REPORT_PLAN },
    { "34746-8", "CarePlan/7", "SGFsbG8=", CP_DOSSIER_REPORT_PLAN },
    { "18776-5", "CarePlan/7", "SGFsbG8=", CP_DOSSIER_EVALUATION },
    { "18776-5", "CarePlan/7", "JVBERi0xLjQK", CP_DOSSIER_DOCUMENT },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (text,
                            "{'resourceType':'DocumentReference','id':'%u','status':'current','type':{'coding':[{"
                            "'system':'http://loinc.org','code':'%s'}]},'subject':{'reference':'Patient/wil'},'date':"
                            "'2026-03-01','context':{'related':[{'reference':'%s'}]},'content':[{'attachment':{'data':"
                            "'%s'}}]}\n",
                            (guint) i, cases[i].code, cases[i].related, cases[i].base64);
  ehr_kit_file (kit, "DocumentReference.ndjson", text->str);
  ehr_kit_run_well (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT kind FROM item WHERE fhir_id = '%u'", (guint) i);

      g_assert_cmpint (ehr_kit_count (kit, sql), ==, cases[i].kind);
    }
}

/* A picture of a kind that is not shown, or bytes that are nothing: that it is there is told, so that one can ask for
 * it. */
static void
test_not_shown (Fixture *kit, gconstpointer data)
{
  static const char *const attachments[] = {
    "'title':'Foto van de wond','contentType':'image/tiff','data':'SUkqAAgAAAA='",
    "'title':'Foto van de wond','contentType':'image/webp','data':'UklGRgAAAABXRUJQ'",
    "'title':'Foto van de wond','data':'Qk0AAAAA'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (attachments); i++)
    {
      g_autofree char *text = g_strdup_printf (DOCUMENT, "d", "current", attachments[i]);

      ehr_kit_file (kit, "DocumentReference.ndjson", text);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE title = 'Foto van de wond' AND text = ''"
                                           " AND kind = 0 AND removed IS NULL"),
                       ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM attachment"), ==, 0);
      ehr_kit_file (kit, "DocumentReference.ndjson", NULL);
      ehr_kit_run_well (kit);
    }
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

/* HTML that is cut is reported as other text is, wherever it stands. */
static void
test_long_html (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *json; /* %s: HTML, and in base64 for a document */
    CpdEhrMapped (*map) (const CpdEhrMapper *, const CpdEhrResource *, CpdEhrItem **, const char **);
  } cases[] = {
    { "{'resourceType':'DocumentReference','id':'a','status':'current','type':{'coding':[{'system':'http://loinc.org',"
      "'code':'34746-8'}]},'date':'2026-03-01','content':[{'attachment':{'contentType':'text/html','data':'%s'}}]}",
      cpd_ehr_map_document },
    { "{'resourceType':'Composition','id':'a','status':'final','type':{'coding':[{'system':'http://loinc.org','code':"
      "'34746-8'}]},'date':'2026-03-01','section':[{'text':{'div':'%s'}}]}",
      cpd_ehr_map_composition },
    { "{'resourceType':'Observation','id':'a','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"
      "'code':'11591000146107'}]},'effectiveDateTime':'2026-03-01','text':{'div':'%s'}}",
      cpd_ehr_map_observation },
  };
  static const int lengths[] = { CPD_EHR_TEXT_MAX, CPD_EHR_TEXT_MAX + 1 };
  CpdEhrMapper mapper = { .names = cpd_ehr_names_new () };

  ehr_kit_set_codes (&mapper);
  for (gsize i = 0; i < G_N_ELEMENTS (cases) * G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *words = g_strnfill (lengths[i % 2], 'x');
      g_autofree char *html = g_strconcat ("<p>", words, "</p>", NULL);
      g_autofree char *base64 = g_base64_encode ((const guchar *) html, strlen (html));
      gboolean document = cases[i / 2].map == cpd_ehr_map_document;
      g_auto (GStrv) parts = g_strsplit (cases[i / 2].json, "%s", 2);
      g_autofree char *json = g_strconcat (parts[0], document ? base64 : html, parts[1], NULL);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrItem) item = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cases[i / 2].map (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpint (strlen (item->text), ==, CPD_EHR_TEXT_MAX);
      g_assert_cmpstr (reason, ==,
                       lengths[i % 2] > CPD_EHR_TEXT_MAX ? "the text is longer than 1,000,000 characters and was cut"
                                                         : NULL);
    }
  cpd_ehr_names_free (mapper.names);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-documents/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)
  ADD (kept_once);
  ADD (changed_bytes);
  ADD (sweep);
  ADD (withdrawn);
  ADD (binaries);
  ADD (other_document);
  ADD (limits);
  ADD (kinds);
  ADD (reports);
  ADD (not_shown);
  ADD (long_html);
  ADD (form);
  ADD (quarantine);
  return g_test_run ();
}
