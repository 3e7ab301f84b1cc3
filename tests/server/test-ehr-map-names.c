/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

/* What name a Reference gives, wherever it stands: of what it points at, else its display; none of what is somebody
 * else's. Every case is tried at every place. */

#define REPORT_CODE "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]}"
#define DISPLAY "Zo geschreven"
#define SAID ",'display':'" DISPLAY "'"
#define BSN "'system':'http://fhir.nl/fhir/NamingSystem/bsn'"
#define PATIENT_URL "http://hl7.org/fhir/StructureDefinition/Patient"

static CpdEhrMapper mapper;

/* CpdEhrSameFunc */
static gboolean
is_same_cb (const char *key, const char *other, gpointer data)
{
  return FALSE;
}

/* CpdEhrPatientFunc */
static char *
by_identifier_cb (const char *identifier, gpointer data)
{
  if (g_str_has_suffix (identifier, "|1"))
    return g_strdup ("Patient/wil");
  return g_str_has_suffix (identifier, "|2") ? g_strdup ("Patient/henk") : NULL;
}

/* (nullable) full_url */
static void
know (const char *full_url, const char *json)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);

  resource->full_url = g_strdup (full_url);
  cpd_ehr_names_add (mapper.names, resource);
}

/* Where a Reference gives a name: before and after it, in a resource with the contained ones of the cases. */
static const struct
{
  const char *name;
  const char *before, *after;
  gboolean never_client; /* a client is not named there, the reader's own neither */
  gboolean never_unsure; /* nor who may be one, by an identifier of nobody here */
} places[] = {
  { "performer of a report",
    "'resourceType':'Observation','status':'final'," REPORT_CODE
    ",'effectiveDateTime':'2026-03-01','valueString':'x','subject':{'reference':'Patient/wil'},'performer':[",
    "]" },
  { "author of a document",
    "'resourceType':'DocumentReference','status':'current','type':{'coding':[{'system':'http://loinc.org','code':"
    "'34746-8'}]},'date':'2026-03-01T08:00:00Z','subject':{'reference':'Patient/wil'},'content':[{'attachment':"
    "{'contentType':'text/plain','data':'eA=='}}],'author':[",
    "]" },
  { "author of a form",
    "'resourceType':'QuestionnaireResponse','status':'completed','authored':'2026-03-01','subject':{'reference':"
    "'Patient/wil'},'author':",
    "", FALSE, TRUE },
  { "source of a form",
    "'resourceType':'QuestionnaireResponse','status':'completed','authored':'2026-03-01','subject':{'reference':"
    "'Patient/wil'},'source':",
    "", FALSE, TRUE },
  { "answer of a form",
    "'resourceType':'QuestionnaireResponse','status':'completed','authored':'2026-03-01','subject':{'reference':"
    "'Patient/wil'},'item':[{'linkId':'1','text':'Wie?','answer':[{'valueReference':",
    "}]}]" },
  { "author of a plan",
    "'resourceType':'CarePlan','status':'active','title':'T','subject':{'reference':'Patient/wil'},'author':", "" },
  { "contributor of a plan",
    "'resourceType':'CarePlan','status':'active','title':'T','subject':{'reference':'Patient/wil'},'contributor':[",
    "]", TRUE, TRUE },
  { "team of a plan",
    "'resourceType':'CarePlan','status':'active','title':'T','subject':{'reference':'Patient/wil'},'careTeam':[", "]",
    TRUE, TRUE },
  { "performer of an activity",
    "'resourceType':'CarePlan','status':'active','title':'T','subject':{'reference':'Patient/wil'},'activity':[{"
    "'detail':{'status':'in-progress','description':'Lopen','performer':[",
    "]}}]", TRUE, TRUE },
  { "author of progress",
    "'resourceType':'CarePlan','status':'active','title':'T','subject':{'reference':'Patient/wil'},'activity':[{"
    "'detail':{'status':'in-progress','description':'Lopen'},'progress':[{'time':'2026-03-01','text':'Goed',"
    "'authorReference':",
    "}]}]" },
  { "author of a note of a goal",
    "'resourceType':'Goal','lifecycleStatus':'active','description':{'text':'Lopen'},'subject':{'reference':"
    "'Patient/wil'},'note':[{'time':'2026-03-01','text':'Goed','authorReference':",
    "}]" },
  { "performer of a request",
    "'resourceType':'ServiceRequest','status':'active','intent':'order','code':{'text':'Lopen'},'subject':{'reference':"
    "'Patient/wil'},'performer':[",
    "]", TRUE, TRUE },
  { "member of a team",
    "'resourceType':'CareTeam','subject':{'reference':'Patient/wil'},'participant':[{'member':", "}]", TRUE, TRUE },
  { "participant of an appointment", "'resourceType':'Appointment','status':'booked','participant':[{'actor':", "}]",
    TRUE, TRUE },
  { "general practitioner", "'resourceType':'Patient','name':[{'text':'Wil de Bruin'}],'generalPractitioner':[", "]" },
};

/* Of what is shown beside the name itself nothing has these words. */
static const char contained[] =
    "'contained':[{'resourceType':'Practitioner','id':'in','name':[{'text':'Els Bos'}]},"
    "{'resourceType':'Patient','id':'pat','name':[{'text':'Henk Smit'}]},"
    "{'resourceType':'RelatedPerson','id':'of-henk','patient':{'reference':'Patient/henk'},'name':[{'text':'An "
    "Smit'}]},"
    "{'resourceType':'RelatedPerson','id':'of-far','patient':{'reference':'https://ver.example/fhir/Patient/wil'},"
    "'name':[{'text':'An Smit'}]},"
    "{'resourceType':'RelatedPerson','id':'by-2','patient':{'identifier':{'system':'s','value':'2'}},"
    "'name':[{'text':'An Smit'}]},"
    "{'resourceType':'RelatedPerson','id':'by-1','patient':{'identifier':{'system':'s','value':'1'}},"
    "'name':[{'text':'Els Bos'}]},"
    "{'resourceType':'RelatedPerson','id':'of-whom','name':[{'text':'Els Bos'}]},"
    "{'resourceType':'PractitionerRole','id':'role','practitioner':{'reference':'#in'}},"
    "{'resourceType':'PractitionerRole','id':'role-lost','practitioner':{'reference':'#gone','display':'Els Bos'}},"
    "{'resourceType':'PractitionerRole','id':'role-secret','practitioner':{'reference':'Practitioner/secret',"
    "'display':'Vera Geheim'}},"
    "{'resourceType':'PractitionerRole','id':'loop','practitioner':{'reference':'#loop'}}]";

typedef enum
{
  ANYBODY,
  CLIENT, /* the reader's own */
  UNSURE  /* may be a client, by an identifier of nobody here */
} Who;

static const struct
{
  const char *reference;
  const char *name; /* (nullable) */
  Who who;
} cases[] = {
  /* What is found has the name that it has, whatever the reference calls it. */
  { "'reference':'Practitioner/p'" SAID, "Fatima El Amrani", ANYBODY },
  { "'reference':'Practitioner/p/_history/3'" SAID, "Fatima El Amrani", ANYBODY },
  { "'reference':'https://eigen.example/fhir/Practitioner/p'" SAID, "Fatima El Amrani", ANYBODY },
  { "'reference':'urn:uuid:11111111-1111-4111-8111-111111111111'" SAID, "Noor Prins", ANYBODY },
  { "'reference':'PractitionerRole/pr'" SAID, "Fatima El Amrani", ANYBODY },
  { "'reference':'#in'" SAID, "Els Bos", ANYBODY },
  { "'reference':'#role'" SAID, "Els Bos", ANYBODY },
  { "'reference':'#role-lost'" SAID, "Els Bos", ANYBODY },
  { "'reference':'#of-whom'" SAID, "Els Bos", ANYBODY },
  { "'reference':'#by-1'" SAID, "Els Bos", ANYBODY },
  { "'reference':'RelatedPerson/marijke'" SAID, "Marijke de Bruin", ANYBODY },
  { "'reference':'RelatedPerson/by-1'" SAID, "Pieter de Bruin", ANYBODY },
  { "'reference':'Patient/wil'" SAID, "Wil de Bruin", CLIENT },
  /* Nothing is found: then it is called as the reference calls it. */
  { "'display':'" DISPLAY "'", DISPLAY, ANYBODY },
  { "'reference':''" SAID, DISPLAY, ANYBODY },
  { "'reference':'Fatima'" SAID, DISPLAY, ANYBODY },
  { "'reference':'Practitioner/none'" SAID, DISPLAY, ANYBODY },
  { "'reference':'Practitioner/a_b'" SAID, DISPLAY, ANYBODY },
  { "'reference':'Practitioner?identifier=s|2'" SAID, DISPLAY, ANYBODY },
  { "'reference':'https://ver.example/fhir/Practitioner/p'" SAID, DISPLAY, ANYBODY },
  { "'reference':'urn:uuid:99999999-9999-4999-8999-999999999999'" SAID, DISPLAY, ANYBODY },
  { "'reference':'urn:oid:1.2.3'" SAID, DISPLAY, ANYBODY },
  { "'reference':'urn:uuid:55555555-5555-4555-8555-555555555555'" SAID, DISPLAY, ANYBODY },
  { "'reference':'#gone'" SAID, DISPLAY, ANYBODY },
  { "'reference':'#loop'" SAID, DISPLAY, ANYBODY },
  { "'type':'Practitioner','identifier':{'system':'s','value':'9'}" SAID, DISPLAY, ANYBODY },
  { "'identifier':{'system':'http://fhir.nl/fhir/NamingSystem/big','value':'9'}" SAID, DISPLAY, ANYBODY },
  { "'identifier':{'system':'s','value':'9'}" SAID, DISPLAY, UNSURE },
  { "'reference':'RelatedPerson/none'" SAID, DISPLAY, ANYBODY },
  { "'reference':'Practitioner/nameless'" SAID, DISPLAY, ANYBODY },
  { "'reference':'PractitionerRole/of-none'" SAID, DISPLAY, ANYBODY },
  { "'reference':'PractitionerRole/of-none'", "De Linde", ANYBODY },
  /* A client who is somebody else, or may be. */
  { "'reference':'Patient/henk'" SAID, NULL, ANYBODY },
  { "'reference':'Patient/none'" SAID, NULL, ANYBODY },
  { "'reference':'Patient/a_b'" SAID, NULL, ANYBODY },
  { "'reference':'Patient/'" SAID, NULL, ANYBODY },
  { "'reference':'Patient?identifier=s|2'" SAID, NULL, ANYBODY },
  { "'reference':'Patient?identifier=http://s.example/nr|2'" SAID, NULL, ANYBODY },
  { "'reference':'https://eigen.example/fhir/Patient?identifier=s|2'" SAID, NULL, ANYBODY },
  { "'reference':'https://ver.example/fhir/Patient/wil'" SAID, NULL, ANYBODY },
  { "'reference':'urn:uuid:22222222-2222-4222-8222-222222222222'" SAID, NULL, ANYBODY },
  { "'reference':'urn:uuid:44444444-4444-4444-8444-444444444444'" SAID, NULL, ANYBODY },
  { "'type':'Patient','reference':'urn:uuid:99999999-9999-4999-8999-999999999999'" SAID, NULL, ANYBODY },
  { "'type':'Patient','reference':'Henk'" SAID, NULL, ANYBODY },
  { "'type':'Patient','reference':'#gone'" SAID, NULL, ANYBODY },
  { "'type':'Patient'" SAID, NULL, ANYBODY },
  { "'type':'" PATIENT_URL "'" SAID, NULL, ANYBODY },
  { "'type':'" PATIENT_URL "','identifier':{'system':'s','value':'2'}" SAID, NULL, ANYBODY },
  { "'type':'Patient','identifier':{'system':'s','value':'9'}" SAID, NULL, ANYBODY },
  { "'identifier':{'system':'s','value':'2'}" SAID, NULL, ANYBODY },
  { "'identifier':{" BSN ",'value':'9'}" SAID, NULL, ANYBODY },
  { "'reference':'urn:uuid:99999999-9999-4999-8999-999999999999','identifier':{" BSN ",'value':'9'}" SAID, NULL,
    ANYBODY },
  { "'reference':'#pat'" SAID, NULL, ANYBODY },
  /* Who is with somebody else. */
  { "'reference':'RelatedPerson/of-henk'" SAID, NULL, ANYBODY },
  { "'reference':'RelatedPerson/of-nobody'" SAID, NULL, ANYBODY },
  { "'reference':'RelatedPerson/by-2'" SAID, NULL, ANYBODY },
  { "'reference':'urn:uuid:33333333-3333-4333-8333-333333333333'" SAID, NULL, ANYBODY },
  { "'reference':'#of-henk'" SAID, NULL, ANYBODY },
  { "'reference':'#of-far'" SAID, NULL, ANYBODY },
  { "'reference':'#by-2'" SAID, NULL, ANYBODY },
  /* Who is not to be named. */
  { "'reference':'Practitioner/secret'" SAID, NULL, ANYBODY },
  { "'reference':'PractitionerRole/of-secret'" SAID, NULL, ANYBODY },
  { "'reference':'#role-secret'" SAID, NULL, ANYBODY },
};

/* (transfer full): all that is made of it, as text. */
static char *
made_of (const char *json)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  const char *reason = NULL;
  gpointer content = NULL;
  char *text = NULL;

  g_assert_cmpint (cpd_ehr_map (&mapper, resource, &content, &reason), ==, CPD_EHR_SHOWN);
  if (kind == CPD_EHR_ITEM)
    {
      const CpdEhrItem *item = content;

      text = g_strdup_printf ("%s|%s|%s", item->author, item->informant, item->entries);
    }
  else if (kind == CPD_EHR_PLAN)
    text = g_strdup (((const CpdEhrPlan *) content)->own);
  else if (kind == CPD_EHR_PIECE)
    text = g_strdup (((const CpdEhrPiece *) content)->body);
  else if (kind == CPD_EHR_APPOINTMENT)
    text = g_strdup_printf ("%s|%s", ((const CpdEhrAppointment *) content)->with,
                            ((const CpdEhrAppointment *) content)->place);
  else
    text = g_strdup_printf ("%s", ((const CpdEhrProfile *) content)->profile->gp);
  cpd_ehr_content_free (kind, content);
  return text;
}

static gboolean
names_nobody (const char *text)
{
  static const char *const all[] = { DISPLAY,  "Fatima",    "Noor Prins", "Els Bos",     "Marijke", "Pieter",
                                     "Wil de", "Henk Smit", "An Smit",    "Vera Geheim", "De Linde" };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strstr (text, all[i]) != NULL)
      return FALSE;
  return TRUE;
}

static void
test_place (gconstpointer data)
{
  gsize place = GPOINTER_TO_SIZE (data);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'id':'x',%s,%s{%s}%s}", contained, places[place].before,
                                               cases[i].reference, places[place].after);
      g_autofree char *made = made_of (json);
      gboolean told = cases[i].name != NULL && !(places[place].never_client && cases[i].who == CLIENT) &&
                      !(places[place].never_unsure && cases[i].who == UNSURE);

      g_test_message ("%s: {%s} made %s", places[place].name, cases[i].reference, made);
      if (!told)
        g_assert_true (names_nobody (made));
      else
        g_assert_nonnull (strstr (made, cases[i].name));
    }
}

static void
know_them (void)
{
  cpd_ehr_names_add_base (mapper.names, "https://eigen.example/fhir");
  know (NULL, "{'resourceType':'Practitioner','id':'p','name':[{'text':'Fatima El Amrani'}]}");
  know (NULL, "{'resourceType':'Practitioner','id':'nameless'}");
  know (NULL, "{'resourceType':'Practitioner','id':'secret','name':[{'text':'Vera Geheim'}],'meta':{'security':[{"
              "'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'NOPAT'}]}}");
  know (NULL, "{'resourceType':'PractitionerRole','id':'pr','practitioner':{'reference':'Practitioner/p'}}");
  know (NULL, "{'resourceType':'PractitionerRole','id':'of-none','practitioner':{'reference':'Practitioner/none'},"
              "'organization':{'reference':'Organization/o'}}");
  know (NULL, "{'resourceType':'PractitionerRole','id':'of-secret','practitioner':{'reference':'Practitioner/secret',"
              "'display':'Vera Geheim'}}");
  know (NULL, "{'resourceType':'Organization','id':'o','name':'De Linde'}");
  know (NULL, "{'resourceType':'Patient','id':'wil','name':[{'text':'Wil de Bruin'}]}");
  know (NULL, "{'resourceType':'RelatedPerson','id':'marijke','patient':{'reference':'Patient/wil'},"
              "'name':[{'text':'Marijke de Bruin'}]}");
  know (NULL, "{'resourceType':'RelatedPerson','id':'by-1','patient':{'identifier':{'system':'s','value':'1'}},"
              "'name':[{'text':'Pieter de Bruin'}]}");
  know (NULL, "{'resourceType':'RelatedPerson','id':'by-2','patient':{'identifier':{'system':'s','value':'2'}},"
              "'name':[{'text':'An Smit'}]}");
  know (NULL, "{'resourceType':'RelatedPerson','id':'of-henk','patient':{'reference':'Patient/henk'},"
              "'name':[{'text':'An Smit'}]}");
  know (NULL, "{'resourceType':'RelatedPerson','id':'of-nobody','name':[{'text':'An Smit'}]}");
  know ("urn:uuid:11111111-1111-4111-8111-111111111111",
        "{'resourceType':'Practitioner','id':'urn-1','name':[{'text':'Noor Prins'}]}");
  know ("urn:uuid:22222222-2222-4222-8222-222222222222",
        "{'resourceType':'Patient','id':'henk','name':[{'text':'Henk Smit'}]}");
  know ("urn:uuid:33333333-3333-4333-8333-333333333333",
        "{'resourceType':'RelatedPerson','id':'urn-3','patient':{'reference':'Patient/henk'},"
        "'name':[{'text':'An Smit'}]}");
  /* By one address two of the same kind, and two of whom one is a client. */
  know ("urn:uuid:44444444-4444-4444-8444-444444444444",
        "{'resourceType':'Practitioner','id':'twice','name':[{'text':'Noor Prins'}]}");
  know ("urn:uuid:44444444-4444-4444-8444-444444444444",
        "{'resourceType':'Patient','id':'truus','name':[{'text':'Henk Smit'}]}");
  know ("urn:uuid:55555555-5555-4555-8555-555555555555",
        "{'resourceType':'Practitioner','id':'once','name':[{'text':'Noor Prins'}]}");
  know ("urn:uuid:55555555-5555-4555-8555-555555555555",
        "{'resourceType':'Practitioner','id':'again','name':[{'text':'Noor Prins'}]}");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  mapper.names = cpd_ehr_names_new ();
  ehr_kit_set_codes (&mapper);
  g_assert_true (cp_time_parse ("2026-03-03T12:00:00Z", &mapper.now));
  mapper.patient = "Patient/wil";
  mapper.same = is_same_cb;
  mapper.by_identifier = by_identifier_cb;
  know_them ();
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr-map-names/", places[i].name, NULL);

      g_strdelimit (path, " ", '-');
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_place);
    }
  result = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return result;
}
