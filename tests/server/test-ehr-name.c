/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-name.h"

#include "cpd-fhir.h"
#include "ehr-kit.h"

static CpdEhrMapper mapper;

static void
test_names (void)
{
  static const struct
  {
    const char *json;
    const char *full;
    const char *brief;
  } cases[] = {
    { "[{'text':'Wil de Bruin','given':['Wil'],'family':'de Bruin'}]", "Wil de Bruin", "W. de Bruin" },
    { "[{'use':'old','text':'Oud'},{'use':'official','given':['A.','B.'],'family':'Jansen'}]", "A.B. Jansen",
      "A.B. Jansen" },
    { "[{'given':[null,'Jo'],'_given':[null,{'extension':[]}],'family':'Smit'}]", "Jo Smit", "J. Smit" },
    { "[{'given':['Jo'],'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/humanname-assembly-order',"
      "'valueCode':'NL3'}],'_family':{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/"
      "humanname-own-prefix',"
      "'valueString':'van'},{'url':'http://hl7.org/fhir/StructureDefinition/"
      "humanname-own-name','valueString':'Putten'},"
      "{'url':'http://hl7.org/fhir/StructureDefinition/humanname-partner-name','valueString':'Giessen'}]}}]",
      "Jo Giessen-van Putten", "J. Giessen-van Putten" },
    { "[null]", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Patient','id':'x','name':%s}", cases[i].json);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      JsonObject *name = cpd_ehr_name_best (&mapper, cpd_fhir_array (resource->object, "name"));
      g_autofree char *full = cpd_ehr_name_full (name);
      g_autofree char *brief = cpd_ehr_name_short (name);

      g_assert_cmpstr (full, ==, cases[i].full);
      g_assert_cmpstr (brief, ==, cases[i].brief);
    }
}

#define NAME(use, text, end) "{'use':'" use "','text':'" text "','period':{'end':'" end "'}}"

/* A name of a time that is over is nobody's name any more, when there is another. */
static void
test_name_of_then (void)
{
  static const struct
  {
    const char *names;
    const char *best;
    const char *usual;
    const char *timeless; /* the best, without a clock */
  } cases[] = {
    { NAME ("official", "Smit", "2026-03-02") ",{'use':'usual','text':'Bos'}", "Bos", "Bos", "Bos" },
    { NAME ("official", "Smit", "2026-03-03") ",{'use':'usual','text':'Bos'}", "Smit", "Bos", "Bos" },
    { "{'use':'official','text':'Smit'}," NAME ("usual", "Bos", "2026-02"), "Smit", "Smit", "Smit" },
    { NAME ("official", "Smit", "2020") "," NAME ("official", "Bos", "2027"), "Bos", "Bos", "Smit" },
    { NAME ("official", "Smit", "2020"), "Smit", "Smit", "Smit" },
    { "{'use':'old','text':'Bos'}," NAME ("official", "Smit", "2020"), "Smit", "Smit", "Smit" },
    { NAME ("official", "Smit", "9999-12-31") ",{'use':'nickname','text':'Bos'}", "Smit", "Smit", "Smit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Patient','id':'x','name':[%s]}", cases[i].names);
      g_autoptr (CpdEhrResource) resource = ehr_kit_resource (json);
      JsonArray *names = cpd_fhir_array (resource->object, "name");
      g_autofree char *best = cpd_ehr_name_full (cpd_ehr_name_best (&mapper, names));
      g_autofree char *usual = cpd_ehr_name_full (cpd_ehr_name_usual (&mapper, names));
      g_autofree char *timeless = cpd_ehr_name_full (cpd_ehr_name_best (NULL, names));

      g_assert_cmpstr (best, ==, cases[i].best);
      g_assert_cmpstr (usual, ==, cases[i].usual);
      g_assert_cmpstr (timeless, ==, cases[i].timeless);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mapper.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_assert_true (cp_time_parse ("2026-03-03T12:00:00Z", &mapper.now));
  g_test_add_func ("/ehr-name/names", test_names);
  g_test_add_func ("/ehr-name/of-then", test_name_of_then);
  status = g_test_run ();
  g_time_zone_unref (mapper.zone);
  return status;
}
