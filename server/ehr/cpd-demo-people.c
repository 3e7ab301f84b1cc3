/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include <string.h>

#include "cpd-demo-json.h"

#define NAME_EXTENSION "http://hl7.org/fhir/StructureDefinition/humanname-"
#define GENERAL_PRACTITIONER "gp-1"

static void
append_part (GString *out, const char *url, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_c (out, out->len > 0 ? ',' : '[');
  cpd_demo_json (out, "{'url':%,'valueString':%}", url, text);
}

/* The official name in full and the one that the person goes by. */
static void
append_names (const CpdDemoPerson *person, GString *out)
{
  g_autoptr (GString) parts = g_string_new (NULL);
  const char *official_family = person->name + strlen (person->given) + 1;

  append_part (parts, NAME_EXTENSION "own-prefix", person->own_prefix);
  append_part (parts, NAME_EXTENSION "own-name", person->own_name);
  append_part (parts, NAME_EXTENSION "partner-prefix", person->partner_prefix);
  append_part (parts, NAME_EXTENSION "partner-name", person->partner_name);
  cpd_demo_json (out,
                 "'name':[{'use':'official','text':%,'extension':[{'url':'" NAME_EXTENSION
                 "assembly-order','valueCode':'&'}],'family':%,'_family':{'extension':&]},'given':[%]},"
                 "{'use':'usual','text':%,'family':%,'given':[%]}]",
                 person->name, person->partner_name != NULL ? "NL3" : "NL1", official_family, parts->str, person->given,
                 person->usual, person->family, person->given);
}

/**
 * cpd_demo_write_patient:
 *
 * Appends the Patient of a person as one line of NDJSON.
 */
void
cpd_demo_write_patient (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  g_autofree char *id = g_strdup_printf ("client-%d", person->number + 1);
  g_autofree char *number = g_strdup_printf ("DL-%06d", person->number + 1);
  g_autofree char *room = g_strdup_printf ("De Lindehof, kamer %d", person->room);

  cpd_demo_json (out,
                 "{'resourceType':'Patient','id':%,'active':true,'identifier':[{'system':'" CPD_DEMO_EHR_SYSTEM
                 "','value':%}",
                 id, number);
  if (*person->bsn != '\0')
    cpd_demo_json (out, ",{'system':'http://fhir.nl/fhir/NamingSystem/bsn','value':%}", person->bsn);
  g_string_append (out, "],");
  append_names (person, out);
  cpd_demo_json (out,
                 ",'gender':'&','birthDate':%,'telecom':[{'system':'phone','value':%,'use':'home'}],"
                 "'address':[{'use':'home','type':'both','line':[%,'Lindelaan 4'],'city':'Oudwoude'}],"
                 "'generalPractitioner':[{'reference':'Practitioner/" GENERAL_PRACTITIONER "'}]}\n",
                 person->woman ? "female" : "male", person->birth_date, person->phone, room);
}

/**
 * cpd_demo_write_contacts:
 *
 * Appends a RelatedPerson for each contact of a person.
 */
void
cpd_demo_write_contacts (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  for (int i = 0; i < person->n_contacts; i++)
    {
      const CpdDemoContact *contact = &person->contacts[i];
      g_autofree char *id = g_strdup_printf ("contact-%d-%d", person->number + 1, i + 1);
      g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
      g_autofree char *name = g_strconcat (contact->given, " ", contact->family, NULL);

      cpd_demo_json (out,
                     "{'resourceType':'RelatedPerson','id':%,'active':true,'patient':{'reference':%},'relationship':["
                     "{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':%,'display':%}]}",
                     id, patient, contact->relation, contact->word);
      if (i < 2)
        cpd_demo_json (
            out, ",{'coding':[{'system':'urn:oid:2.16.840.1.113883.2.4.3.11.22.472','code':'&','display':%}]}",
            i == 0 ? "01" : "02", i == 0 ? "Eerste relatie/contactpersoon" : "Tweede relatie/contactpersoon");
      cpd_demo_json (out,
                     "],'name':[{'text':%,'family':%,'given':[%]}],'telecom':[{'system':'phone','value':%,"
                     "'use':'mobile'},{'system':'email','value':%}],'gender':'&'}\n",
                     name, contact->family, contact->given, contact->phone, contact->email,
                     contact->woman ? "female" : "male");
    }
}

/**
 * cpd_demo_write_carers:
 *
 * Appends the carers, with the first client only.
 */
void
cpd_demo_write_carers (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  if (person->number > 0)
    return;
  for (int i = 0; i < CPD_DEMO_CARERS; i++)
    cpd_demo_json (out, "{'resourceType':'Practitioner','id':%,'active':true,'name':[{'text':%}]}\n",
                   cpd_demo_carers[i].id, cpd_demo_carers[i].name);
  cpd_demo_json (out, "{'resourceType':'Practitioner','id':'" GENERAL_PRACTITIONER
                      "','active':true,'name':[{'text':'Dokter Van Leeuwen'}]}\n");
}

/**
 * cpd_demo_write_roles:
 *
 * Appends their roles, with the first client only.
 */
void
cpd_demo_write_roles (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  if (person->number > 0)
    return;
  for (int i = 0; i < CPD_DEMO_CARERS; i++)
    {
      g_autofree char *id = g_strconcat ("role-", cpd_demo_carers[i].id, NULL);
      g_autofree char *carer = g_strconcat ("Practitioner/", cpd_demo_carers[i].id, NULL);

      cpd_demo_json (out,
                     "{'resourceType':'PractitionerRole','id':%,'active':true,'practitioner':{'reference':%},"
                     "'organization':{'reference':'Organization/linde'},'specialty':[{'text':%}]}\n",
                     id, carer, cpd_demo_carers[i].role);
    }
}

/**
 * cpd_demo_write_organization:
 *
 * Appends their organisation, with the first client only.
 */
void
cpd_demo_write_organization (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  if (person->number == 0)
    cpd_demo_json (out, "{'resourceType':'Organization','id':'linde','active':true,'name':'Zorggroep De Linde'}\n");
}
