/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include <string.h>

#include "cp-profile.h"
#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define MEMBERS_MAX 200

/* FHIR CareTeam.status: absent counts as active. */
static const char *const hiding[] = { "proposed", "suspended", "inactive", "entered-in-error", NULL };

static gboolean
is_there (const GPtrArray *members, const CpCareTeamMember *member)
{
  for (guint i = 0; i < members->len; i++)
    {
      const CpCareTeamMember *other = g_ptr_array_index (members, i);

      if (g_str_equal (other->name, member->name) && g_strcmp0 (other->role, member->role) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Clients are left out: that is the person itself, or somebody else's data. */
static void
add_member (const CpdEhrMapper *mapper, JsonObject *participant, JsonObject *container, GPtrArray *members)
{
  JsonObject *reference = cpd_fhir_object (participant, "member");
  g_autoptr (CpCareTeamMember) member = cp_care_team_member_new ();
  g_autofree char *own_role = NULL;

  if (reference == NULL || cpd_ehr_map_may_be_patient (mapper, reference, container) ||
      cpd_ehr_map_has_ended (mapper, participant))
    return;
  member->name = cpd_ehr_map_name (mapper, reference, container, &own_role);
  /* What somebody is in this team, before what somebody is anywhere. */
  member->role = cpd_ehr_text_line (cpd_fhir_concepts_text (cpd_fhir_array (participant, "role")));
  if (member->role == NULL)
    member->role = g_steal_pointer (&own_role);
  if (member->name != NULL && !is_there (members, member))
    g_ptr_array_add (members, g_steal_pointer (&member));
}

/**
 * cpd_ehr_map_care_team:
 *
 * Returns: what became of the CareTeam.
 */
CpdEhrMapped
cpd_ehr_map_care_team (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrPiece **content,
                       const char **reason)
{
  JsonObject *object = resource->object;
  JsonArray *participants = cpd_fhir_array (object, "participant");
  const char *status = cpd_fhir_string (object, "status");
  g_autoptr (CpdCareTeam) team = cpd_care_team_new ();

  if (cpd_ehr_is_withheld (object) || (status != NULL && g_strv_contains (hiding, status)) ||
      cpd_ehr_map_has_ended (mapper, object))
    return CPD_EHR_HIDDEN;
  for (guint i = 0; i < cpd_fhir_length (participants) && team->members->len < MEMBERS_MAX; i++)
    add_member (mapper, cpd_fhir_nth (participants, i), object, team->members);
  *content = g_new0 (CpdEhrPiece, 1);
  (*content)->body = cp_record_to_text (&cpd_care_team_record, team, NULL, NULL);
  return CPD_EHR_SHOWN;
}
