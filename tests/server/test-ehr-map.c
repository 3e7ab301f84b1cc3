/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

#include "cp-appointment.h"
#include "cp-care-plan.h"
#include "cp-json.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-words.h"
#include "cpd-fhir.h"

#define REPORT_CODE "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]}"
#define AT "'effectiveDateTime':'2026-03-01T09:00:00+01:00'"

static CpdEhrMapper mapper;

/* Patient/wil-old was replaced by Patient/wil. */
static gboolean
is_same_cb (const char *key, const char *other, gpointer data)
{
  return g_str_has_prefix (key, "Patient/wil") && g_str_has_prefix (other, "Patient/wil");
}

/* CpdEhrPatientFunc */
static char *
by_identifier_cb (const char *identifier, gpointer data)
{
  return g_strcmp0 (identifier, "s|1") == 0 ? g_strdup ("Patient/wil") : NULL;
}

static void
know (const char *json)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);

  cpd_ehr_names_add (mapper.names, resource);
}

static CpdEhrItem *
observation (const char *json, CpdEhrMapped expected)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
  CpdEhrItem *item = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_observation (&mapper, resource, &item, &reason), ==, expected);
  return item;
}

/* Of a date of birth as much as is known. */
static void
test_birth_date (void)
{
  static const char *const cases[][2] = {
    { "1938-05-14", "1938-05-14" }, { "1938-05", "1938-05" }, { "1938", "1938" },
    { "1938-02-30", NULL },         { "1938-13", NULL },      { "vroeger", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'Patient','id':'x','name':[{'text':'Wil'}],'birthDate':'%s'}", cases[i][0]);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrProfile) profile = NULL;
      g_autoptr (CpProfile) read = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_profile (&mapper, resource, &profile, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpstr (profile->profile->birth_date, ==, cases[i][1]);
      /* And the app can read it. */
      text = cp_record_to_text (&cp_profile_record, profile->profile, NULL, NULL);
      node = cp_json_parse (text, strlen (text), CP_JSON_DEPTH, NULL);
      read = cp_record_from_json (&cp_profile_record, node, CP_RECORD_STRICT, NULL);
      g_assert_nonnull (read);
      g_assert_cmpstr (read->birth_date, ==, cases[i][1]);
    }
}

static void
test_report (void)
{
  g_autoptr (CpdEhrItem) general =
      observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT
                   ",'performer':[{'reference':'Organization/o'},{'reference':'Practitioner/p'}],"
                   "'valueString':'Let <b>op</b> & kijk\\r\\nmorgen\\u0007','text':{'div':'<div>Iets anders</div>'}}",
                   CPD_EHR_SHOWN);
  g_autoptr (CpdEhrItem) plan =
      observation ("{'resourceType':'Observation','id':'a','status':'corrected'," REPORT_CODE
                   ",'effectiveDateTime':'2026-03','issued':'2026-03-02T10:00:00Z','basedOn':[{'reference':"
                   "'CarePlan/c/_history/2'}],'valueString':'x'}",
                   CPD_EHR_SHOWN);
  g_autoptr (CpdEhrItem) narrative =
      observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT
                   ",'text':{'div':'<div><p>Een &amp; twee</p><p>drie</p></div>'}}",
                   CPD_EHR_SHOWN);

  g_assert_cmpint (general->kind, ==, CP_DOSSIER_REPORT_GENERAL);
  g_assert_cmpstr (general->text, ==, "Let <b>op</b> & kijk\nmorgen");
  g_assert_cmpint (general->month, ==, 202603);
  g_assert_cmpstr (general->author, ==, "Fatima El Amrani");
  g_assert_cmpstr (general->author_role, ==, "verpleegkundige");
  g_assert_false (general->amended);
  g_assert_cmpint (plan->kind, ==, CP_DOSSIER_REPORT_PLAN);
  g_assert_null (plan->about);
  g_assert_cmpstr (plan->about_key, ==, "CarePlan/c");
  g_assert_true (plan->amended);
  g_assert_true (plan->date_only);
  g_assert_cmpstr (plan->partial_date, ==, "2026-03");
  g_assert_null (general->partial_date);
  g_assert_cmpint (plan->amended_at, >, plan->at);
  g_assert_cmpstr (narrative->preview, ==, "Een & twee\ndrie");
}

static void
test_report_status (void)
{
  static const struct
  {
    const char *status;
    CpdEhrMapped mapped;
  } cases[] = { { "registered", CPD_EHR_HIDDEN }, { "preliminary", CPD_EHR_HIDDEN },
                { "cancelled", CPD_EHR_HIDDEN },  { "entered-in-error", CPD_EHR_HIDDEN },
                { "bogus", CPD_EHR_STRANGE },     { "amended", CPD_EHR_SHOWN } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Observation','id':'a','status':'%s'," REPORT_CODE
                                               "," AT ",'valueString':'x'}",
                                               cases[i].status);

      cpd_ehr_item_free (observation (json, cases[i].mapped));
    }
  observation ("{'resourceType':'Observation','id':'a','status':'final'," AT ",'valueString':'x','code':{'coding':["
               "{'system':'http://loinc.org','code':'51855-5'},{'system':'http://snomed.info/sct',"
               "'code':'11591000146107'}]}}",
               CPD_EHR_HIDDEN);
  observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT "}", CPD_EHR_STRANGE);
}

static void
test_references (void)
{
  g_autoptr (CpdEhrItem) item =
      observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT ",'valueString':'x',"
                   "'contained':[{'resourceType':'Practitioner','id':'in','name':[{'text':'Els'}]}],"
                   "'performer':[{'reference':'#in'}]}",
                   CPD_EHR_SHOWN);
  g_autoptr (CpdEhrItem) unknown =
      observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT ",'valueString':'x',"
                   "'performer':[{'reference':'Practitioner/none','display':'Iemand'}]}",
                   CPD_EHR_SHOWN);

  g_assert_cmpstr (item->author, ==, "Els");
  g_assert_cmpstr (unknown->author, ==, "Iemand");
}

static char *
who_told (const char *source)
{
  g_autofree char *json =
      g_strdup_printf ("{'resourceType':'QuestionnaireResponse','id':'f','status':'completed','authored':'2026-03-01',"
                       "'subject':{'reference':'Patient/wil'},'source':{%s}}",
                       source);
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
  g_autoptr (CpdEhrItem) item = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_form (&mapper, resource, &item, &reason), ==, CPD_EHR_SHOWN);
  return g_steal_pointer (&item->informant);
}

/* Of another client, and of who is with them, not even the name is told. */
static void
test_informant (void)
{
  static const char *const cases[][2] = {
    { "'reference':'Patient/wil'", "Wil de Bruin" },
    { "'reference':'RelatedPerson/marijke'", "Marijke de Bruin" },
    { "'reference':'RelatedPerson/unknown','display':'Buurvrouw'", "Buurvrouw" },
    { "'reference':'Practitioner/p'", "Fatima El Amrani" },
    { "'display':'Zoon Pieter'", "Zoon Pieter" },
    { "'type':'Patient','display':'Henk Smit'", NULL },
    { "'type':'Patient','identifier':{'system':'s','value':'2'},'display':'Henk Smit'", NULL },
    { "'identifier':{'system':'s','value':'2'},'display':'Henk Smit'", NULL },
    { "'identifier':{'value':'2'},'display':'Henk Smit'", NULL },
    { "'identifier':{'system':'s','value':'1'},'display':'Wil zelf'", "Wil zelf" },
    { "'type':'RelatedPerson','identifier':{'system':'s','value':'3'},'display':'Zoon Pieter'", "Zoon Pieter" },
    { "'identifier':{'system':'http://fhir.nl/fhir/NamingSystem/uzi-nr-pers','value':'4'},'display':'Dokter Bos'",
      "Dokter Bos" },
    { "'reference':'Patient/henk','display':'Henk Smit'", NULL },
    { "'reference':'RelatedPerson/of-henk','display':'An Smit'", NULL },
    { "'type':'Patient','display':'Iemand'", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = who_told (cases[i][0]);

      g_assert_cmpstr (told, ==, cases[i][1]);
    }
}

/* Nor are they the writer of a report. */
static void
test_author_of_another (void)
{
  g_autoptr (CpdEhrItem) item =
      observation ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE "," AT ",'valueString':'x',"
                   "'subject':{'reference':'Patient/wil'},'performer':[{'reference':'Patient/henk','display':'Henk'},"
                   "{'reference':'Practitioner/p'}]}",
                   CPD_EHR_SHOWN);

  g_assert_cmpstr (item->author, ==, "Fatima El Amrani");
}

/* What a report hangs under by mistake is not told: no title of another's plan, no text of another's goal. What is
 * known by its key is called as it is when the card is shown. */
static void
test_about_another (void)
{
  static const struct
  {
    const char *references;
    const char *about;
    const char *key;
  } cases[] = {
    { "'basedOn':[{'reference':'CarePlan/c'}]", NULL, "CarePlan/c" },
    { "'basedOn':[{'reference':'CarePlan/of-henk','display':'Plan van Henk'}]", NULL, NULL },
    { "'basedOn':[{'reference':'CarePlan/of-nobody'}]", NULL, NULL },
    { "'basedOn':[{'reference':'CarePlan/of-henk'},{'reference':'CarePlan/c'}]", NULL, "CarePlan/c" },
    { "'basedOn':[{'reference':'CarePlan/unknown','display':'Het plan'}]", "Het plan", "CarePlan/unknown" },
    /* Of the Patient that Wil's has replaced. */
    { "'focus':[{'reference':'Goal/g'}]", NULL, "Goal/g" },
    { "'focus':[{'reference':'Goal/of-henk'}]", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Observation','id':'a','status':'final'," REPORT_CODE
                                               "," AT ",'valueString':'x',%s}",
                                               cases[i].references);
      g_autoptr (CpdEhrItem) item = observation (json, CPD_EHR_SHOWN);

      g_assert_cmpstr (item->about, ==, cases[i].about);
      g_assert_cmpstr (item->about_key, ==, cases[i].key);
      g_assert_cmpint (item->kind, ==, CP_DOSSIER_REPORT_PLAN);
    }
}

/* Nor in a plan: not as who does it, not as who wrote how it goes. */
static void
test_plan_people (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'CarePlan','id':'p','status':'active','title':'T','subject':{'reference':'Patient/wil'},"
      "'author':{'reference':'RelatedPerson/of-henk','display':'An Smit'},"
      "'contributor':[{'reference':'RelatedPerson/of-henk','display':'An Smit'},{'reference':'RelatedPerson/marijke'}],"
      "'activity':[{'detail':{'status':'in-progress','description':'Wandelen','performer':[{'reference':"
      "'RelatedPerson/of-henk'},{'reference':'Practitioner/p'}]},'progress':[{'time':'2026-03-01','text':'Gaat goed',"
      "'authorReference':{'reference':'RelatedPerson/of-henk','display':'An Smit'}}]}]}");
  CpdEhrPlan *plan = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_plan (&mapper, resource, &plan, &reason), ==, CPD_EHR_SHOWN);
  g_assert_nonnull (strstr (plan->own, "Marijke de Bruin"));
  g_assert_nonnull (strstr (plan->own, "Fatima El Amrani"));
  g_assert_nonnull (strstr (plan->own, "Gaat goed"));
  g_assert_null (strstr (plan->own, "Smit"));
  cpd_ehr_plan_free (plan);
}

/* Nor among who cares for somebody. */
static void
test_team_people (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'CareTeam','id':'t','subject':{'reference':'Patient/wil'},'participant':[{'member':{'reference':"
      "'RelatedPerson/of-henk','display':'An Smit'}},{'member':{'reference':'RelatedPerson/marijke'}}]}");
  g_autoptr (CpdEhrPiece) team = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_care_team (&mapper, resource, &team, &reason), ==, CPD_EHR_SHOWN);
  g_assert_nonnull (strstr (team->body, "Marijke de Bruin"));
  g_assert_null (strstr (team->body, "Smit"));
}

static void
test_appointment (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'Appointment','id':'a','status':'waitlist','start':'2026-03-04T10:00:00+01:00','minutesDuration'"
      ":30,"
      "'serviceType':[{'text':'Pedicure'}],'participant':[{'actor':{'reference':'Patient/wil','display':'Wil'}},"
      "{'actor':{'reference':'Practitioner/p'}},{'actor':{'type':'Location','display':'Salon'}}]}");
  CpdEhrAppointment *appointment = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_appointment (&mapper, resource, &appointment, &reason), ==, CPD_EHR_SHOWN);
  g_assert_cmpint (appointment->status, ==, CP_APPOINTMENT_PROPOSED);
  g_assert_cmpint (appointment->end - appointment->start, ==, 30 * CP_TIME_MINUTE);
  g_assert_cmpstr (appointment->with, ==, "Fatima El Amrani");
  g_assert_cmpstr (appointment->place, ==, "Salon");
  g_assert_cmpstr (appointment->description, ==, "Pedicure");
  cpd_ehr_appointment_free (appointment);
}

/* Each status of FHIR R4, and what is none. */
static void
test_appointment_statuses (void)
{
  static const struct
  {
    const char *status;
    CpdEhrMapped mapped;
    int state;
  } cases[] = {
    { "'proposed'", CPD_EHR_SHOWN, CP_APPOINTMENT_PROPOSED },
    { "'pending'", CPD_EHR_SHOWN, CP_APPOINTMENT_PROPOSED },
    { "'booked'", CPD_EHR_SHOWN, CP_APPOINTMENT_PLANNED },
    { "'arrived'", CPD_EHR_SHOWN, CP_APPOINTMENT_PLANNED },
    { "'fulfilled'", CPD_EHR_SHOWN, CP_APPOINTMENT_PAST },
    { "'cancelled'", CPD_EHR_SHOWN, CP_APPOINTMENT_CANCELLED },
    { "'noshow'", CPD_EHR_SHOWN, CP_APPOINTMENT_CANCELLED },
    { "'entered-in-error'", CPD_EHR_HIDDEN, 0 },
    { "'checked-in'", CPD_EHR_SHOWN, CP_APPOINTMENT_PLANNED },
    { "'waitlist'", CPD_EHR_SHOWN, CP_APPOINTMENT_PROPOSED },
    { "'Booked'", CPD_EHR_STRANGE, 0 },
    { "'nonsense'", CPD_EHR_STRANGE, 0 },
    { "null", CPD_EHR_STRANGE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{'resourceType':'Appointment','id':'a','status':%s,'participant':[]}", cases[i].status);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrAppointment) appointment = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_appointment (&mapper, resource, &appointment, &reason), ==, cases[i].mapped);
      g_assert_cmpint (appointment != NULL, ==, cases[i].mapped == CPD_EHR_SHOWN);
      g_assert_cmpint (reason != NULL, ==, cases[i].mapped == CPD_EHR_STRANGE);
      if (appointment != NULL)
        g_assert_cmpint (appointment->status, ==, cases[i].state);
    }
}

/* Who comes with the other client is not named to this one: known, by the display of one that is not, or by a display
 * alone. */
static void
test_shared_appointment (void)
{
  static const struct
  {
    const char *more; /* participants beside Wil, with a comma in front */
    const char *with;
  } cases[] = {
    { ",{'actor':{'reference':'Patient/henk'}},{'actor':{'reference':'RelatedPerson/of-henk','display':'An Smit'}},"
      "{'actor':{'reference':'RelatedPerson/marijke'}},{'actor':{'reference':'Practitioner/p'}}",
      "Marijke de Bruin, Fatima El Amrani" },
    { ",{'actor':{'type':'Patient','display':'Henk'}},{'actor':{'reference':'RelatedPerson/unknown','display':'An'}},"
      "{'actor':{'type':'RelatedPerson','display':'An Smit'}},{'actor':{'display':'Iemand'}},"
      "{'actor':{'type':'Practitioner','display':'Dokter Bos'}}",
      "Dokter Bos" },
    { ",{'actor':{'reference':'RelatedPerson/of-henk','display':'An Smit'}},{'actor':{'display':'Dokter Bos'}}",
      "Dokter Bos" },
    { ",{'actor':{'reference':'RelatedPerson/unknown','display':'Buurvrouw'}}", "Buurvrouw" },
    { ",{'actor':{'identifier':{'system':'s','value':'2'},'display':'Henk'}},{'actor':{'display':'An Smit'}},"
      "{'actor':{'type':'Practitioner','identifier':{'system':'s','value':'9'},'display':'Dokter Bos'}}",
      "Dokter Bos" },
    { ",{'actor':{'display':'Dokter Bos'},'status':'declined'},{'actor':{'display':'Dokter Vos'},'status':'accepted'}",
      "Dokter Vos" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Appointment','id':'a','status':'booked','participant':"
                                               "[{'actor':{'reference':'Patient/wil','display':'Wil'}}%s]}",
                                               cases[i].more);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrAppointment) appointment = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_appointment (&mapper, resource, &appointment, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpstr (appointment->with, ==, cases[i].with);
    }
}

static void
test_plan (void)
{
  static const struct
  {
    const char *json;
    CpdEhrMapped mapped;
    int state;
  } cases[] = {
    { "'status':'on-hold'", CPD_EHR_SHOWN, CP_CARE_PLAN_ON_HOLD },
    { "'status':'revoked'", CPD_EHR_SHOWN, CP_CARE_PLAN_EXPIRED },
    { "'status':'unknown'", CPD_EHR_SHOWN, CP_CARE_PLAN_UNKNOWN },
    { "'status':'draft'", CPD_EHR_HIDDEN, 0 },
    { "'status':'active','category':[{'coding':[{'system':'http://snomed.info/sct','code':'243114000'}]}]",
      CPD_EHR_HIDDEN, 0 },
    { "'status':'active','partOf':[{'reference':'CarePlan/c'}]", CPD_EHR_SHOWN, CP_CARE_PLAN_CURRENT },
    /* Whether it is shown there is told when the plan is put together. */
    { "'status':'active','partOf':[{'reference':'CarePlan/draft'}]", CPD_EHR_SHOWN, CP_CARE_PLAN_CURRENT },
    { "'status':'active','partOf':[{'reference':'CarePlan/none'}]", CPD_EHR_SHOWN, CP_CARE_PLAN_CURRENT },
    { "'status':'nonsense'", CPD_EHR_STRANGE, 0 },
    { "'status':'active','intent':'order'", CPD_EHR_SHOWN, CP_CARE_PLAN_CURRENT },
    { "'status':'active','intent':'proposal'", CPD_EHR_HIDDEN, 0 },
    { "'status':'active','intent':'option'", CPD_EHR_HIDDEN, 0 },
    { "'status':'active','intent':'wish'", CPD_EHR_STRANGE, 0 },
    { "'status':'entered-in-error','intent':'wish'", CPD_EHR_HIDDEN, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'CarePlan','id':'p','title':'T','period':{'start':'2026','end':'2026-02'},%s}",
          cases[i].json);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      CpdEhrPlan *plan = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_plan (&mapper, resource, &plan, &reason), ==, cases[i].mapped);
      if (plan == NULL)
        continue;
      g_assert_cmpint (plan->state, ==, cases[i].state);
      g_assert_cmpstr (plan->from, ==, "2026");
      g_assert_cmpstr (plan->until, ==, "2026-02");
      cpd_ehr_plan_free (plan);
    }
}

static void
test_contact (void)
{
  g_autoptr (CpdEhrResource) resource = ehr_kit_resource (
      "{'resourceType':'RelatedPerson','id':'r','relationship':[{'coding':[{'system':"
      "'urn:oid:2.16.840.1.113883.2.4.3.11.22.472','code':'01'}]},{'coding':[{'system':"
      "'http://terminology.hl7.org/CodeSystem/"
      "v3-RoleCode','code':'DAUC','display':'Daughter'}]}],'name':[{'text':'An'}],"
      "'telecom':[{'system':'phone','value':'088 000 00 01'},{'system':'phone','use':'mobile','value':'06-00000001'}],"
      "'period':{'end':'2026-03-02'}}");
  CpdEhrContact *contact = NULL;
  const char *reason = NULL;

  g_assert_cmpint (cpd_ehr_map_related_person (&mapper, resource, &contact, &reason), ==, CPD_EHR_SHOWN);
  g_assert_cmpstr (contact->role, ==, "first-contact");
  g_assert_cmpstr (contact->relation, ==, "daughter");
  g_assert_cmpstr (contact->phone, ==, "06-00000001");
  g_assert_cmpint (contact->position, ==, 0);
  g_assert_true (contact->hidden);
  g_assert_cmpstr (cpd_ehr_words_role ("1"), ==, cpd_ehr_words_role ("01"));
  cpd_ehr_contact_free (contact);
}

/* A code is a name of the contract, for which the app has a word; what the EHR wrote itself stays as it is. */
static void
test_relation (void)
{
  static const struct
  {
    const char *concept, *relation;
  } cases[] = {
    { "{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'SONINLAW'}]}", "son-in-law" },
    { "{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'ONBEKEND','display':"
      "'Achternicht'}]}",
      "Achternicht" },
    { "{'text':'de buurvrouw van beneden'}", "de buurvrouw van beneden" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'resourceType':'RelatedPerson','id':'r','relationship':[%s],'name':[{'text':'An'}]}", cases[i].concept);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      g_autoptr (CpdEhrContact) contact = NULL;
      const char *reason = NULL;

      g_assert_cmpint (cpd_ehr_map_related_person (&mapper, resource, &contact, &reason), ==, CPD_EHR_SHOWN);
      g_assert_cmpstr (contact->relation, ==, cases[i].relation);
    }
  for (int i = 0; i < CP_N_KIN; i++)
    g_assert_nonnull (cp_kin_names[i]);
  for (int i = 0; i < CP_N_CONTACT_ROLES; i++)
    g_assert_nonnull (cp_contact_role_names[i]);
}

static void
test_other_server (void)
{
  g_autoptr (CpdEhrNames) names = cpd_ehr_names_new ();
  CpdEhrMapper elsewhere = mapper;
  g_autoptr (CpdEhrResource) mine = ehr_kit_resource (
      "{'resourceType':'Observation','id':'a','subject':{'reference':'http://een.example/fhir/Patient/wil'}}");
  g_autoptr (CpdEhrResource) other = ehr_kit_resource (
      "{'resourceType':'Observation','id':'b','subject':{'reference':'http://twee.example/fhir/Patient/wil'}}");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  elsewhere.names = names;
  before = cpd_ehr_map_patients (&elsewhere, mine);
  cpd_ehr_names_add_base (names, "http://een.example/fhir");
  first = cpd_ehr_map_patients (&elsewhere, mine);
  second = cpd_ehr_map_patients (&elsewhere, other);
  g_assert_cmpint (before->len, ==, 0);
  g_assert_cmpint (first->len, ==, 1);
  g_assert_cmpint (second->len, ==, 0);
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
  know ("{'resourceType':'Practitioner','id':'p','name':[{'text':'Fatima El Amrani'}]}");
  know ("{'resourceType':'PractitionerRole','id':'pr','practitioner':{'reference':'Practitioner/p'},'specialty':"
        "[{'text':'verpleegkundige'}]}");
  know ("{'resourceType':'Organization','id':'o','name':'De Linde'}");
  know ("{'resourceType':'CarePlan','id':'draft','status':'draft'}");
  know ("{'resourceType':'CarePlan','id':'c','title':'Zorgleefplan','subject':{'reference':'Patient/wil'}}");
  know ("{'resourceType':'CarePlan','id':'of-henk','title':'Plan van Henk','subject':{'reference':'Patient/henk'}}");
  know ("{'resourceType':'CarePlan','id':'of-nobody','title':'Plan van wie'}");
  know ("{'resourceType':'Goal','id':'g','description':{'text':'Lopen'},'subject':{'reference':'Patient/wil-old'}}");
  know ("{'resourceType':'Goal','id':'of-henk','description':{'text':'Henk drinkt niet'},"
        "'subject':{'reference':'Patient/henk'}}");
  know ("{'resourceType':'Patient','id':'wil','name':[{'use':'official','text':'Wilhelmina de Bruin-Hofstra'},"
        "{'use':'usual','text':'Wil de Bruin'}]}");
  know ("{'resourceType':'RelatedPerson','id':'marijke','patient':{'reference':'Patient/wil'},"
        "'name':[{'text':'Marijke de Bruin'}]}");
  know ("{'resourceType':'RelatedPerson','id':'of-henk','patient':{'reference':'Patient/henk'},"
        "'name':[{'text':'An Smit'}]}");
  g_test_add_func ("/ehr-map/birth-date", test_birth_date);
  g_test_add_func ("/ehr-map/report", test_report);
  g_test_add_func ("/ehr-map/report-status", test_report_status);
  g_test_add_func ("/ehr-map/references", test_references);
  g_test_add_func ("/ehr-map/informant", test_informant);
  g_test_add_func ("/ehr-map/author-of-another", test_author_of_another);
  g_test_add_func ("/ehr-map/about-another", test_about_another);
  g_test_add_func ("/ehr-map/plan-people", test_plan_people);
  g_test_add_func ("/ehr-map/team-people", test_team_people);
  g_test_add_func ("/ehr-map/appointment", test_appointment);
  g_test_add_func ("/ehr-map/appointment-statuses", test_appointment_statuses);
  g_test_add_func ("/ehr-map/shared-appointment", test_shared_appointment);
  g_test_add_func ("/ehr-map/plan", test_plan);
  g_test_add_func ("/ehr-map/contact", test_contact);
  g_test_add_func ("/ehr-map/relation", test_relation);
  g_test_add_func ("/ehr-map/other-server", test_other_server);
  result = g_test_run ();
  cpd_ehr_names_free (mapper.names);
  g_time_zone_unref (mapper.zone);
  return result;
}
