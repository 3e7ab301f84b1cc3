/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-kin-text.h"

#include <glib/gi18n.h>

static const char *const kin[CP_N_KIN] = {
  [CP_KIN_ADOPTIVE_FATHER] = NC_ ("kin", "adoptive father"),
  [CP_KIN_ADOPTIVE_MOTHER] = NC_ ("kin", "adoptive mother"),
  [CP_KIN_AUNT] = NC_ ("kin", "aunt"),
  [CP_KIN_BROTHER] = NC_ ("kin", "brother"),
  [CP_KIN_BROTHER_IN_LAW] = NC_ ("kin", "brother-in-law"),
  [CP_KIN_CHILD] = NC_ ("kin", "child"),
  [CP_KIN_ADOPTED_CHILD] = NC_ ("kin", "adopted child"),
  [CP_KIN_FOSTER_CHILD] = NC_ ("kin", "foster child"),
  [CP_KIN_CHILD_IN_LAW] = NC_ ("kin", "child-in-law"),
  [CP_KIN_COUSIN] = NC_ ("kin", "cousin"),
  [CP_KIN_DAUGHTER] = NC_ ("kin", "daughter"),
  [CP_KIN_ADOPTED_DAUGHTER] = NC_ ("kin", "adopted daughter"),
  [CP_KIN_FOSTER_DAUGHTER] = NC_ ("kin", "foster daughter"),
  [CP_KIN_DAUGHTER_IN_LAW] = NC_ ("kin", "daughter-in-law"),
  [CP_KIN_PARTNER] = NC_ ("kin", "partner"),
  [CP_KIN_RELATIVE] = NC_ ("kin", "relative"),
  [CP_KIN_FATHER] = NC_ ("kin", "father"),
  [CP_KIN_FOSTER_FATHER] = NC_ ("kin", "foster father"),
  [CP_KIN_FATHER_IN_LAW] = NC_ ("kin", "father-in-law"),
  [CP_KIN_GRANDFATHER] = NC_ ("kin", "grandfather"),
  [CP_KIN_GRANDMOTHER] = NC_ ("kin", "grandmother"),
  [CP_KIN_GRANDCHILD] = NC_ ("kin", "grandchild"),
  [CP_KIN_GRANDDAUGHTER] = NC_ ("kin", "granddaughter"),
  [CP_KIN_GRANDSON] = NC_ ("kin", "grandson"),
  [CP_KIN_GRANDPARENT] = NC_ ("kin", "grandparent"),
  [CP_KIN_GUARDIAN] = NC_ ("kin", "guardian"),
  [CP_KIN_HALF_SISTER] = NC_ ("kin", "half-sister"),
  [CP_KIN_HALF_BROTHER] = NC_ ("kin", "half-brother"),
  [CP_KIN_HUSBAND] = NC_ ("kin", "husband"),
  [CP_KIN_MOTHER] = NC_ ("kin", "mother"),
  [CP_KIN_FOSTER_MOTHER] = NC_ ("kin", "foster mother"),
  [CP_KIN_MOTHER_IN_LAW] = NC_ ("kin", "mother-in-law"),
  [CP_KIN_NEIGHBOR] = NC_ ("kin", "neighbor"),
  [CP_KIN_NEPHEW] = NC_ ("kin", "nephew"),
  [CP_KIN_NIECE] = NC_ ("kin", "niece"),
  [CP_KIN_NIECE_OR_NEPHEW] = NC_ ("kin", "niece or nephew"),
  [CP_KIN_PARENT] = NC_ ("kin", "parent"),
  [CP_KIN_PARENT_IN_LAW] = NC_ ("kin", "parent-in-law"),
  [CP_KIN_HOUSEMATE] = NC_ ("kin", "housemate"),
  [CP_KIN_SIBLING] = NC_ ("kin", "brother or sister"),
  [CP_KIN_SIBLING_IN_LAW] = NC_ ("kin", "brother-in-law or sister-in-law"),
  [CP_KIN_SISTER] = NC_ ("kin", "sister"),
  [CP_KIN_SISTER_IN_LAW] = NC_ ("kin", "sister-in-law"),
  [CP_KIN_SON] = NC_ ("kin", "son"),
  [CP_KIN_ADOPTED_SON] = NC_ ("kin", "adopted son"),
  [CP_KIN_FOSTER_SON] = NC_ ("kin", "foster son"),
  [CP_KIN_SON_IN_LAW] = NC_ ("kin", "son-in-law"),
  [CP_KIN_SPOUSE] = NC_ ("kin", "husband or wife"),
  [CP_KIN_STEPBROTHER] = NC_ ("kin", "stepbrother"),
  [CP_KIN_STEPCHILD] = NC_ ("kin", "stepchild"),
  [CP_KIN_STEPDAUGHTER] = NC_ ("kin", "stepdaughter"),
  [CP_KIN_STEPFATHER] = NC_ ("kin", "stepfather"),
  [CP_KIN_STEPMOTHER] = NC_ ("kin", "stepmother"),
  [CP_KIN_STEPSISTER] = NC_ ("kin", "stepsister"),
  [CP_KIN_STEPSON] = NC_ ("kin", "stepson"),
  [CP_KIN_UNCLE] = NC_ ("kin", "uncle"),
  [CP_KIN_FRIEND] = NC_ ("kin", "friend"),
  [CP_KIN_WIFE] = NC_ ("kin", "wife"),
};

static const char *const roles[CP_N_CONTACT_ROLES] = {
  [CP_CONTACT_FIRST] = NC_ ("contact role", "First relation/contact"),
  [CP_CONTACT_SECOND] = NC_ ("contact role", "Second relation/contact"),
  [CP_CONTACT_CURATOR] = NC_ ("contact role", "Curator"),
  [CP_CONTACT_FINANCES] = NC_ ("contact role", "Authorized for finances"),
  [CP_CONTACT_FINANCIAL_OVERSIGHT] = NC_ ("contact role", "Financial oversight"),
  [CP_CONTACT_HOUSEHOLD] = NC_ ("contact role", "Household"),
  [CP_CONTACT_CARE_PROVIDER] = NC_ ("contact role", "Care provider"),
  [CP_CONTACT_OTHER] = NC_ ("contact role", "Other"),
  [CP_CONTACT_GUARDIAN] = NC_ ("contact role", "Guardian"),
  [CP_CONTACT_ADMINISTRATOR] = NC_ ("contact role", "Administrator of finances (bewindvoerder)"),
  [CP_CONTACT_MENTOR] = NC_ ("contact role", "Mentor"),
  [CP_CONTACT_NEIGHBOR] = NC_ ("contact role", "Neighbor"),
  [CP_CONTACT_FRIEND] = NC_ ("contact role", "Friend or acquaintance"),
  [CP_CONTACT_CLIENT_SUPPORTER] = NC_ ("contact role", "Client supporter"),
  [CP_CONTACT_CONTACT] = NC_ ("contact role", "Contact"),
  [CP_CONTACT_REPRESENTATIVE] = NC_ ("contact role", "Legal representative"),
};

static const char *
text_of (const char *const *names, const char *const *words, gsize n, const char *context, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return g_dpgettext2 (NULL, context, words[i]);
  return name;
}

const char *
cpa_kin_text (const char *relation)
{
  return text_of (cp_kin_names, kin, CP_N_KIN, "kin", relation);
}

char *
cpa_kin_line (const char *relation)
{
  const char *text = cpa_kin_text (relation);
  g_autofree char *first = NULL;

  if (text == NULL || *text == '\0')
    return g_strdup (text);
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

const char *
cpa_contact_role_text (const char *role)
{
  return text_of (cp_contact_role_names, roles, CP_N_CONTACT_ROLES, "contact role", role);
}
