/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-words.h"

/* Without their leading zeros. */
static const struct
{
  const char *code;
  CpContactRole role;
} roles[] = {
  { "1", CP_CONTACT_FIRST },
  { "2", CP_CONTACT_SECOND },
  { "3", CP_CONTACT_CURATOR },
  { "4", CP_CONTACT_FINANCES },
  { "5", CP_CONTACT_FINANCIAL_OVERSIGHT },
  { "6", CP_CONTACT_HOUSEHOLD },
  { "7", CP_CONTACT_CARE_PROVIDER },
  { "9", CP_CONTACT_OTHER },
  { "11", CP_CONTACT_GUARDIAN },
  { "14", CP_CONTACT_ADMINISTRATOR },
  { "15", CP_CONTACT_MENTOR },
  { "19", CP_CONTACT_NEIGHBOR },
  { "20", CP_CONTACT_FRIEND },
  { "21", CP_CONTACT_CLIENT_SUPPORTER },
  { "23", CP_CONTACT_CONTACT },
  { "24", CP_CONTACT_REPRESENTATIVE },
};

static const struct
{
  const char *code;
  CpKin kin;
} relations[] = {
  { "ADOPTF", CP_KIN_ADOPTIVE_FATHER },
  { "ADOPTM", CP_KIN_ADOPTIVE_MOTHER },
  { "AUNT", CP_KIN_AUNT },
  { "BRO", CP_KIN_BROTHER },
  { "BROINLAW", CP_KIN_BROTHER_IN_LAW },
  { "CHILD", CP_KIN_CHILD },
  { "CHLDADOPT", CP_KIN_ADOPTED_CHILD },
  { "CHLDFOST", CP_KIN_FOSTER_CHILD },
  { "CHLDINLAW", CP_KIN_CHILD_IN_LAW },
  { "COUSN", CP_KIN_COUSIN },
  { "DAU", CP_KIN_DAUGHTER },
  { "DAUADOPT", CP_KIN_ADOPTED_DAUGHTER },
  { "DAUC", CP_KIN_DAUGHTER },
  { "DAUFOST", CP_KIN_FOSTER_DAUGHTER },
  { "DAUINLAW", CP_KIN_DAUGHTER_IN_LAW },
  { "DOMPART", CP_KIN_PARTNER },
  { "EXT", CP_KIN_RELATIVE },
  { "FAMMEMB", CP_KIN_RELATIVE },
  { "FRND", CP_KIN_FRIEND },
  { "FTH", CP_KIN_FATHER },
  { "FTHFOST", CP_KIN_FOSTER_FATHER },
  { "FTHINLAW", CP_KIN_FATHER_IN_LAW },
  { "GRFTH", CP_KIN_GRANDFATHER },
  { "GRMTH", CP_KIN_GRANDMOTHER },
  { "GRNDCHILD", CP_KIN_GRANDCHILD },
  { "GRNDDAU", CP_KIN_GRANDDAUGHTER },
  { "GRNDSON", CP_KIN_GRANDSON },
  { "GRPRN", CP_KIN_GRANDPARENT },
  { "GUARD", CP_KIN_GUARDIAN },
  { "HBRO", CP_KIN_HALF_BROTHER },
  { "HSIS", CP_KIN_HALF_SISTER },
  { "HUSB", CP_KIN_HUSBAND },
  { "MTH", CP_KIN_MOTHER },
  { "MTHFOST", CP_KIN_FOSTER_MOTHER },
  { "MTHINLAW", CP_KIN_MOTHER_IN_LAW },
  { "NBOR", CP_KIN_NEIGHBOR },
  { "NBRO", CP_KIN_BROTHER },
  { "NCHILD", CP_KIN_CHILD },
  { "NEPHEW", CP_KIN_NEPHEW },
  { "NFTH", CP_KIN_FATHER },
  { "NIECE", CP_KIN_NIECE },
  { "NIENEPH", CP_KIN_NIECE_OR_NEPHEW },
  { "NMTH", CP_KIN_MOTHER },
  { "NSIS", CP_KIN_SISTER },
  { "PRN", CP_KIN_PARENT },
  { "PRNINLAW", CP_KIN_PARENT_IN_LAW },
  { "ROOM", CP_KIN_HOUSEMATE },
  { "SIB", CP_KIN_SIBLING },
  { "SIBINLAW", CP_KIN_SIBLING_IN_LAW },
  { "SIGOTHR", CP_KIN_PARTNER },
  { "SIS", CP_KIN_SISTER },
  { "SISINLAW", CP_KIN_SISTER_IN_LAW },
  { "SON", CP_KIN_SON },
  { "SONADOPT", CP_KIN_ADOPTED_SON },
  { "SONC", CP_KIN_SON },
  { "SONFOST", CP_KIN_FOSTER_SON },
  { "SONINLAW", CP_KIN_SON_IN_LAW },
  { "SPS", CP_KIN_SPOUSE },
  { "STPBRO", CP_KIN_STEPBROTHER },
  { "STPCHLD", CP_KIN_STEPCHILD },
  { "STPDAU", CP_KIN_STEPDAUGHTER },
  { "STPFTH", CP_KIN_STEPFATHER },
  { "STPMTH", CP_KIN_STEPMOTHER },
  { "STPSIS", CP_KIN_STEPSISTER },
  { "STPSON", CP_KIN_STEPSON },
  { "UNCLE", CP_KIN_UNCLE },
  { "WIFE", CP_KIN_WIFE },
};

/**
 * cpd_ehr_words_role:
 *
 * Returns: (nullable): the name of a VEKT role, of cp_contact_role_names.
 */
const char *
cpd_ehr_words_role (const char *code)
{
  while (code != NULL && *code == '0')
    code++;
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].code, code) == 0)
      return cp_contact_role_names[roles[i].role];
  return NULL;
}

/**
 * cpd_ehr_words_relation:
 *
 * Returns: (nullable): the name of a v3 RoleCode, of cp_kin_names.
 */
const char *
cpd_ehr_words_relation (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (g_strcmp0 (relations[i].code, code) == 0)
      return cp_kin_names[relations[i].kin];
  return NULL;
}

/**
 * cpd_ehr_words_role_rank:
 * @role: (nullable): as in CpContact
 *
 * Returns: where somebody with that role stands in a list of contacts.
 */
int
cpd_ehr_words_role_rank (const char *role)
{
  if (g_strcmp0 (role, cp_contact_role_names[CP_CONTACT_FIRST]) == 0)
    return 0;
  return g_strcmp0 (role, cp_contact_role_names[CP_CONTACT_SECOND]) == 0 ? 1 : 2;
}
