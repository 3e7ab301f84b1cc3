/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-ehr-answer.h"

/* Forms and their answers. */

#define VERSION(version, title, question)                                                                              \
  "{'resourceType':'Questionnaire','id':'v" version "','url':'http://x/v','version':'" version "','title':'" title     \
  "','item':[{'linkId':'1','type':'boolean','text':'" question "'},{'linkId':'2','type':'display',"                    \
  "'text':'Lees dit eerst'},{'linkId':'3','type':'group','text':'Kop'}]}"

#define INSIDE(type, id, title, question)                                                                              \
  "{'resourceType':'" type "','id':'" id "','title':'" title "','item':[{'linkId':'1','type':'string',"                \
  "'text':'" question "'},{'linkId':'2','type':'display','text':'Lees dit eerst'}]}"

static CpdEhrMapper mapper;

static void
know (const char *json)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);

  cpd_ehr_names_add (mapper.names, resource);
}

static void
test_form (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'QuestionnaireResponse','id':'f','status':'in-progress','authored':'2026-03-01','questionnaire':"
      "'http://x/q|1','item':[{'linkId':'1','answer':[{'valueBoolean':true,'item':[{'linkId':'1.1','text':'Onder',"
      "'answer':[{'valueDecimal':3.25}]}]}]},{'linkId':'2','text':'Kop','item':[{'linkId':'2.1','text':'Leeg'}]}]}");
  CpdEhrItem *item = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
  g_assert_true (item->unfinished);
  g_assert_cmpstr (item->title, ==, "Afspraak = afspraak");
  g_assert_nonnull (strstr (item->entries, "\"label\":\"Akkoord\",\"kind\":\"yes-no\",\"answers\":[\"yes\"]"));
  g_assert_nonnull (strstr (item->entries, "\"level\":1,\"label\":\"Onder\",\"answers\":[\"3,25\"]"));
  g_assert_nonnull (strstr (item->entries, "\"label\":\"Kop\",\"group\":true"));
  g_assert_cmpstr (item->text, ==, "Akkoord: Ja\nOnder: 3,25\nKop\nLeeg");
  /* The first lines of its card are answers too: in which words is for the app to say. */
  g_assert_cmpstr (item->preview, ==,
                   "[{\"level\":0,\"kind\":\"yes-no\",\"answers\":[\"yes\"]},{\"level\":0,\"answers\":[\"3,25\"]}]");
  cpd_ehr_item_free (item);
}

#define PHOTO "'contentType':'image/jpeg','data':'/9j/4AAQSkY='"

/* A photo of a wound opens as any file; what is only told of has no file, and words are read as words. */
static void
test_files (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'QuestionnaireResponse','id':'f','status':'completed','authored':'2026-03-01','item':["
      "{'linkId':'a','text':'Foto van de wond','answer':[{'valueAttachment':{" PHOTO "}},"
      "{'valueAttachment':{'title':'Na een week'," PHOTO "}}]},"
      "{'linkId':'b','text':'Brief','answer':[{'valueAttachment':{'title':'Weg'}}]},"
      "{'linkId':'c','text':'Notitie','answer':[{'valueAttachment':{'contentType':'text/"
      "plain','data':'SGFsbG8='}}]}]}");
  CpdEhrItem *item = NULL;
  const char *reason = NULL;
  const CpdEhrAttachment *file;

  g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
  g_assert_nonnull (item->attachments);
  g_assert_cmpint (item->attachments->len, ==, 2);
  file = g_ptr_array_index (item->attachments, 0);
  g_assert_cmpstr (file->title, ==, "Foto van de wond");
  g_assert_cmpstr (file->media_type, ==, "image/jpeg");
  g_assert_cmpint (file->size, ==, 8);
  file = g_ptr_array_index (item->attachments, 1);
  g_assert_cmpstr (file->title, ==, "Na een week");
  g_assert_cmpstr (item->text, ==,
                   "Foto van de wond: Bijlage, Bijlage: Na een week\nBrief: Bijlage: Weg\nNotitie: Hallo");
  g_assert_cmpstr (reason, ==, "an attachment without content");
  cpd_ehr_item_free (item);
}

/* The words of the version that was filled in, else those of another; what asks nothing is not "not filled in". */
static void
test_form_version (void)
{
  static const struct
  {
    const char *canonical;
    const char *title;
    const char *text;
  } cases[] = {
    { "http://x/v|1", "Oud", "Slaapt u goed?: x\nLees dit eerst\nKop" },
    { "http://x/v|2", "Nieuw", "Slaapt u slecht?: x\nLees dit eerst\nKop" },
    { "http://x/v|3", "Oud", "Slaapt u goed?: x\nLees dit eerst\nKop" },
    { "http://x/v", "Oud", "Slaapt u goed?: x\nLees dit eerst\nKop" },
  };

  know (VERSION ("2", "Nieuw", "Slaapt u slecht?"));
  know (VERSION ("1", "Oud", "Slaapt u goed?"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'QuestionnaireResponse','id':'f','status':'completed','authored':'2026-03-01',"
          "'questionnaire':'%s','item':[{'linkId':'1','answer':[{'valueString':'x'}]},{'linkId':'2'},{'linkId':'3'}]}",
          cases[i].canonical);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrItem) item = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpstr (item->title, ==, cases[i].title);
      g_assert_cmpstr (item->text, ==, cases[i].text);
      g_assert_nonnull (strstr (item->entries, "\"label\":\"Lees dit eerst\",\"display\":true,\"answers\":[]"));
      g_assert_nonnull (strstr (item->entries, "\"label\":\"Kop\",\"group\":true,\"answers\":[]"));
    }
}

/* A form that brings its questions itself is asked with those, and lends them to no other. */
static void
test_form_inside (void)
{
  static const struct
  {
    const char *contained;
    const char *title; /* (nullable) */
    const char *text;
  } cases[] = {
    { INSIDE ("Questionnaire", "q", "Slapen", "Slaapt u goed?"), "Slapen", "Slaapt u goed?: x\nLees dit eerst" },
    { INSIDE ("Questionnaire", "q", "Eten", "Eet u goed?"), "Eten", "Eet u goed?: x\nLees dit eerst" },
    { INSIDE ("Questionnaire", "p", "Eten", "Eet u goed?"), NULL, ": x\n" },
    { INSIDE ("Basic", "q", "Eten", "Eet u goed?"), NULL, ": x\n" },
    { "", NULL, ": x\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'QuestionnaireResponse','id':'f','status':'completed','authored':'2026-03-01','contained':["
          "%s],'questionnaire':'#q','item':[{'linkId':'1','answer':[{'valueString':'x'}]},{'linkId':'2'}]}",
          cases[i].contained);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrItem) item = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpstr (item->title, ==, cases[i].title);
      g_assert_cmpstr (item->text, ==, cases[i].text);
    }
}

/* What the app makes words of is told as it is; of several kinds in one question, words. */
static void
test_answer_kinds (void)
{
  static const char *const cases[][2] = {
    { "{'valueBoolean':false}", "'kind':'yes-no','answers':['no']" },
    { "{'valueDate':'2026-03'}", "'kind':'date','answers':['2026-03']" },
    { "{'valueAttachment':{'title':'Foto'}},{'valueAttachment':{}}", "'kind':'file','answers':['Foto','']" },
    { "{'valueBoolean':true},{'valueString':'Soms'},{'valueDate':'2026-03'}",
      "'label':'x','answers':['Ja','Soms','maart 2026']" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'QuestionnaireResponse','id':'f','status':'completed','authored':'2026',"
                           "'item':[{'linkId':'1','text':'x','answer':[%s]}]}",
                           cases[i][0]);
      g_autofree char *expected = g_strdelimit (g_strdup (cases[i][1]), "'", '"');
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrItem) item = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
      g_assert_nonnull (strstr (item->entries, expected));
    }
}

static void
test_answers (void)
{
  static const char *const cases[][2] = {
    { "'valueBoolean':false", "Nee" },
    { "'valueBoolean':'x'", NULL },
    { "'valueDecimal':1.50", "1,5" },
    { "'valueInteger':7", "7" },
    { "'valueDate':'2026-12-15'", "15 december 2026" },
    { "'valueDate':'2026-12'", "december 2026" },
    { "'valueDateTime':'2026-07-01T10:00:00Z'", "1 juli 2026 12:00" },
    { "'valueTime':'14:05:00'", "14:05" },
    { "'valueString':'a\\nb'", "a\nb" },
    { "'valueUri':'urn:x'", "urn:x" },
    { "'valueAttachment':{'title':'Foto'}", "Bijlage: Foto" },
    { "'valueCoding':{'code':'f'}", "f" },
    { "'valueCoding':{'code':'f','display':'vrouw'}", "vrouw" },
    { "'valueQuantity':{'value':3.5,'unit':'kg','comparator':'<'}", "< 3,5 kg" },
    { "'valueReference':{'reference':'Practitioner/p'}", "Fatima El Amrani" },
    { "'valueReference':{'reference':'RelatedPerson/of-henk','display':'An Smit'}", NULL },
    { "'valueReference':{'reference':'Goal/of-henk','display':'Henk drinkt niet'}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'X','id':'x',%s}", cases[i][0]);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      int kind = CP_ANSWER_TEXT;
      g_autofree char *answer = cpd_ehr_answer (&mapper, resource->object, resource->object, &kind);
      g_autofree char *text = answer != NULL ? cpd_ehr_answer_words (&mapper, kind, answer) : NULL;

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  mapper.names = cpd_ehr_names_new ();
  mapper.patient = "Patient/wil";
  know ("{'resourceType':'Practitioner','id':'p','name':[{'text':'Fatima El Amrani'}]}");
  know ("{'resourceType':'Goal','id':'of-henk','description':{'text':'Henk drinkt niet'},"
        "'subject':{'reference':'Patient/henk'}}");
  know ("{'resourceType':'RelatedPerson','id':'of-henk','patient':{'reference':'Patient/henk'},"
        "'name':[{'text':'An Smit'}]}");
  know (
      "{'resourceType':'Questionnaire','id':'q','url':'http://x/q','title':'Afspraak = afspraak','item':[{'linkId':'1',"
      "'text':'Akkoord'}]}");
  g_test_add_func ("/ehr-map-form/form", test_form);
  g_test_add_func ("/ehr-map-form/files", test_files);
  g_test_add_func ("/ehr-map-form/version", test_form_version);
  g_test_add_func ("/ehr-map-form/inside", test_form_inside);
  g_test_add_func ("/ehr-map-form/answer-kinds", test_answer_kinds);
  g_test_add_func ("/ehr-map-form/answers", test_answers);
  result = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return result;
}
