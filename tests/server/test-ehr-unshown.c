/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-ehr-content.h"
#include "cpd-store-dossier.h"
#include "cpd-store-search.h"

/* That not all of a report can be shown is kept with it, and told with the rest. */

typedef EhrKit Fixture;

#define LOINC "'type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},"
#define COMMON "'subject':{'reference':'Patient/wil'},'date':'2026-03-01T09:00:00Z',"
#define DOCUMENT(meta, content)                                                                                        \
  "{'resourceType':'DocumentReference','id':'d'," meta "'status':'current'," LOINC COMMON                              \
  "'contained':[{'resourceType':'Binary','id':'kept','meta':{'security':[{'system':"                                   \
  "'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'NOPAT'}]},'data':'SGFsbG8='}],'content':[" content       \
  "]}\n"
#define DATA(type, base64) "{'attachment':{'contentType':'" type "','data':'" base64 "'}}"
#define TEXT DATA ("text/plain", "SGFsbG8=") /* Hallo */
#define SECTION(more)                                                                                                  \
  "{'resourceType':'Composition','id':'d','status':'final'," LOINC COMMON "'section':[{" more "}]}\n"
#define OBSERVATION(id, code, more)                                                                                    \
  "{'resourceType':'Observation','id':'" id "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct'," \
  "'code':'" code "'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01T09:00:00Z'," more "}\n"
#define FORM(answer)                                                                                                   \
  "{'resourceType':'QuestionnaireResponse','id':'d','status':'completed','authored':'2026-03-01','subject':"           \
  "{'reference':'Patient/wil'},'item':[{'linkId':'a','text':'Foto','answer':[{" answer "}]}]}\n"

static const struct
{
  const char *name, *file, *text;
  gboolean unshown;
} cases[] = {
  { "text", "DocumentReference", DOCUMENT ("", TEXT), FALSE },
  { "text-and-pdf", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("application/pdf", "JVBERi0xLjQK")), FALSE },
  { "two-forms", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("text/html", "PHA+IEhhbGxvIDwvcD4=")), FALSE },
  { "two-texts", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("text/plain", "SGFsbG8gV2ls")), TRUE },
  { "rtf", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("text/rtf", "e1xydGYxIEhhbGxvfQ==")), TRUE },
  { "tiff", "DocumentReference", DOCUMENT ("", DATA ("image/tiff", "SUkqAAgAAAA=") "," TEXT), TRUE },
  { "no-text", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("text/plain", "AGFiYw==")), TRUE },
  { "no-base64", "DocumentReference", DOCUMENT ("", TEXT "," DATA ("image/png", "niet*base64")), TRUE },
  { "nowhere", "DocumentReference", DOCUMENT ("", TEXT ",{'attachment':{'url':'https://elders.example/brief.pdf'}}"),
    TRUE },
  { "no-content", "DocumentReference", DOCUMENT ("", TEXT ",{'attachment':{'title':'Brief'}}"), TRUE },
  /* What is not for them is not told either. */
  { "kept-back", "DocumentReference", DOCUMENT ("", TEXT ",{'attachment':{'url':'#kept'}}"), FALSE },
  /* <p>Hallo<img src="a"></p> */
  { "html-with-picture", "DocumentReference", DOCUMENT ("", DATA ("text/html", "PHA+SGFsbG88aW1nIHNyYz0iYSI+PC9wPg==")),
    TRUE },
  { "narrative", "Composition", SECTION ("'text':{'div':'<div>Hallo</div>'}"), FALSE },
  { "narrative-with-picture", "Composition", SECTION ("'text':{'div':'<div>Hallo<svg/></div>'}"), TRUE },
  { "wordless-entry", "Composition",
    SECTION ("'entry':[{'reference':'Condition/c','display':'Hallo'},{'reference':'Condition/e'}]"), TRUE },
  { "entry-of-plan", "Composition",
    SECTION ("'entry':[{'reference':'Condition/c','display':'Hallo'},{'reference':'CarePlan/p'}]"), FALSE },
  { "hidden-line", "Composition",
    SECTION ("'entry':[{'reference':'Condition/c','display':'Hallo'},{'reference':'Observation/l'}]"), FALSE },
  { "observation", "Observation", OBSERVATION ("d", "11591000146107", "'text':{'div':'<div>Hallo</div>'}"), FALSE },
  { "observation-with-picture", "Observation",
    OBSERVATION ("d", "11591000146107", "'text':{'div':'<div>Hallo<object></object></div>'}"), TRUE },
  { "form", "QuestionnaireResponse",
    FORM ("'valueAttachment':{'contentType':'image/jpeg','title':'Hallo','data':'/9j/4AAQ'}"), FALSE },
  { "form-with-tiff", "QuestionnaireResponse",
    FORM ("'valueAttachment':{'contentType':'image/tiff','title':'Hallo','data':'SUkqAAgAAAA='}"), TRUE },
};

static void
test_reasons (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Lines.ndjson",
                "{'resourceType':'Observation','id':'l','status':'entered-in-error','code':{'coding':[{'system':"
                "'http://snomed.info/sct','code':'255362007'}]},'subject':{'reference':'Patient/wil'}}\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat (cases[i].file, ".ndjson", NULL);

      g_test_message ("%s", cases[i].name);
      ehr_kit_file (kit, name, cases[i].text);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text LIKE '%Hallo%'"),
                       ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT unshown FROM item WHERE removed IS NULL"), ==, cases[i].unshown);
      ehr_kit_file (kit, name, "");
      ehr_kit_run_well (kit);
    }
}

/* A file larger than is read, and a text longer than is shown. */
static void
test_sizes (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *type;
    gsize size;
    gboolean unshown;
  } sizes[] = {
    { "application/pdf", CPD_EHR_ATTACHMENT_MAX, FALSE },
    { "application/pdf", CPD_EHR_ATTACHMENT_MAX + 1, TRUE },
    { "text/plain", 1000000, FALSE },
    { "text/plain", 1000001, TRUE },
  };
  CpdEhrMapper mapper = { .names = cpd_ehr_names_new () };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *bytes = g_strnfill (sizes[i].size, 'x');
      g_autofree char *base64 = NULL;
      g_autoptr (JsonObject) attachment = json_object_new ();
      g_auto (CpdEhrContent) content = { 0 };

      if (g_str_equal (sizes[i].type, "application/pdf"))
        memcpy (bytes, "%PDF-", 5);
      base64 = g_base64_encode ((const guchar *) bytes, sizes[i].size);
      json_object_set_string_member (attachment, "data", base64);
      json_object_set_string_member (attachment, "contentType", sizes[i].type);
      cpd_ehr_content_init (&content);
      cpd_ehr_content_add (&content, &mapper, attachment, attachment, NULL);
      g_assert_cmpint (content.unshown, ==, sizes[i].unshown);
    }
  cpd_ehr_names_free (mapper.names);
}

/* HTML that is nothing but a picture is a card that says so, as a picture by itself is. */
static void
test_only_a_picture (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "DocumentReference.ndjson",
                DOCUMENT ("", DATA ("text/html", "PGh0bWw+PGltZyBzcmM9ImEiPjwvaHRtbD4=")));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL AND text = '' AND unshown"), ==,
                   1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

#define RTF TEXT "," DATA ("text/rtf", "e1xydGYxIEhhbGxvfQ==")
#define SAID(day) "'meta':{'lastUpdated':'2026-02-" day "T09:00:00Z'},"

/* What every way of reading the only card says of one version; 0: the present one. */
static gboolean
is_told (Fixture *kit, gint64 version)
{
  const CpdGrant grant = { .patient = 1 };
  const CpdDossierFilter filter = { .kinds = ~0u, .text = TRUE };
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  g_autofree char *public_id = ehr_kit_text (kit, "SELECT public_id FROM item");
  CpdCursor cursor = { 0, 0 }, next;
  gint64 row;
  g_autoptr (CpDossierItem) item = cpd_store_dossier_item (db, &grant, ~0u, public_id, version, 1, &row, NULL);
  g_autoptr (CpDossierItem) found = cpd_store_dossier_found (db, &grant, row, 1, NULL);
  g_autoptr (GPtrArray) list = cpd_store_dossier (db, &grant, &filter, 1, &cursor, 10, &next, NULL);

  g_assert_cmpint (list->len, ==, 1);
  g_assert_cmpint (found->unshown, ==, ((CpDossierItem *) g_ptr_array_index (list, 0))->unshown);
  g_assert_true (version != 0 || found->unshown == item->unshown);
  return item->unshown;
}

/* A part that came, and cannot be shown, is a change; each version says it of itself. */
static void
test_versions (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "DocumentReference.ndjson", DOCUMENT (SAID ("01"), TEXT));
  ehr_kit_run_well (kit);
  g_assert_false (is_told (kit, 0));
  ehr_kit_file (kit, "DocumentReference.ndjson", DOCUMENT (SAID ("02"), RTF));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item WHERE seen > first_seen"), ==, 2);
  g_assert_true (is_told (kit, 0));
  g_assert_false (is_told (kit, 1));
  /* That nothing is missing any more nobody has to read again. */
  ehr_kit_file (kit, "DocumentReference.ndjson", DOCUMENT (SAID ("03"), TEXT));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item"), ==, 2);
  g_assert_false (is_told (kit, 0));
  ehr_kit_file (kit, "DocumentReference.ndjson", DOCUMENT (SAID ("04"), TEXT "," DATA ("image/tiff", "SUkqAAgAAAA=")));
  ehr_kit_run_well (kit);
  ehr_kit_file (kit, "DocumentReference.ndjson", DOCUMENT (SAID ("05"), DATA ("text/plain", "SGFsbG8gV2ls")));
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item"), ==, 4);
  g_assert_true (is_told (kit, 3));
  g_assert_false (is_told (kit, 4));
}

/* What an earlier program kept did not say it: it is put right, and is a change to nobody, whatever the source tells of
 * when it changed. */
static void
test_mapped_anew (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *file, *text;
  } sources[] = {
    { "DocumentReference.ndjson", DOCUMENT ("", RTF) },
    { "DocumentReference.ndjson", DOCUMENT (SAID ("01"), RTF) },
    { "brief.json", DOCUMENT ("", RTF) },
    { "brief.json", DOCUMENT (SAID ("01"), RTF) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      ehr_kit_file (kit, sources[i].file, sources[i].text);
      ehr_kit_run_well (kit);
      ehr_kit_exec (kit, "UPDATE item SET unshown = 0, hash = zeroblob (32), version = 1, seen = first_seen;"
                         "DELETE FROM item_version; UPDATE ehr_recall SET context = zeroblob (32);"
                         "UPDATE meta SET value = '' WHERE key LIKE 'ehr-context-of-%'");
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT unshown FROM item WHERE removed IS NULL"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version > 1 OR seen > first_seen"), ==, 0);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version"), ==, 0);
      ehr_kit_file (kit, sources[i].file, NULL);
      ehr_kit_run_well (kit);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-unshown/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)
  ADD (reasons);
  ADD (sizes);
  ADD (only_a_picture);
  ADD (versions);
  ADD (mapped_anew);
  return g_test_run ();
}
