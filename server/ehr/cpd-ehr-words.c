/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-words.h"

typedef struct
{
  const char *code;
  const char *word;
} Word;

#define FIRST_CONTACT "Eerste relatie/contactpersoon"
#define SECOND_CONTACT "Tweede relatie/contactpersoon"

/* Without their leading zeros. */
static const Word roles[] = {
  { "1", FIRST_CONTACT },
  { "2", SECOND_CONTACT },
  { "3", "Curator" },
  { "4", "Financieel gemachtigde" },
  { "5", "Financieel toezicht" },
  { "6", "Leefeenheid" },
  { "7", "Hulpverlener" },
  { "9", "Anders" },
  { "11", "Voogd" },
  { "14", "Bewindvoerder" },
  { "15", "Mentor" },
  { "19", "Buur" },
  { "20", "Vriend(in) of kennis" },
  { "21", "Cliëntondersteuner" },
  { "23", "Contactpersoon" },
  { "24", "Wettelijk vertegenwoordiger" },
};

static const Word relations[] = {
  { "ADOPTF", "adoptievader" },
  { "ADOPTM", "adoptiemoeder" },
  { "AUNT", "tante" },
  { "BRO", "broer" },
  { "BROINLAW", "zwager" },
  { "CHILD", "kind" },
  { "CHLDADOPT", "adoptiekind" },
  { "CHLDFOST", "pleegkind" },
  { "CHLDINLAW", "schoonkind" },
  { "COUSN", "neef of nicht" },
  { "DAU", "dochter" },
  { "DAUADOPT", "adoptiedochter" },
  { "DAUC", "dochter" },
  { "DAUFOST", "pleegdochter" },
  { "DAUINLAW", "schoondochter" },
  { "DOMPART", "partner" },
  { "EXT", "familielid" },
  { "FAMMEMB", "familielid" },
  { "FTH", "vader" },
  { "FTHFOST", "pleegvader" },
  { "FTHINLAW", "schoonvader" },
  { "GRFTH", "grootvader" },
  { "GRMTH", "grootmoeder" },
  { "GRNDCHILD", "kleinkind" },
  { "GRNDDAU", "kleindochter" },
  { "GRNDSON", "kleinzoon" },
  { "GRPRN", "grootouder" },
  { "GUARD", "voogd" },
  { "HSIS", "halfzus" },
  { "HBRO", "halfbroer" },
  { "HUSB", "echtgenoot" },
  { "MTH", "moeder" },
  { "MTHFOST", "pleegmoeder" },
  { "MTHINLAW", "schoonmoeder" },
  { "NBOR", "buur" },
  { "NBRO", "broer" },
  { "NCHILD", "kind" },
  { "NEPHEW", "neef" },
  { "NFTH", "vader" },
  { "NIECE", "nicht" },
  { "NIENEPH", "neef of nicht" },
  { "NMTH", "moeder" },
  { "NSIS", "zus" },
  { "PRN", "ouder" },
  { "PRNINLAW", "schoonouder" },
  { "ROOM", "huisgenoot" },
  { "SIB", "broer of zus" },
  { "SIBINLAW", "zwager of schoonzus" },
  { "SIGOTHR", "partner" },
  { "SIS", "zus" },
  { "SISINLAW", "schoonzus" },
  { "SON", "zoon" },
  { "SONADOPT", "adoptiezoon" },
  { "SONC", "zoon" },
  { "SONFOST", "pleegzoon" },
  { "SONINLAW", "schoonzoon" },
  { "SPS", "echtgenoot of echtgenote" },
  { "STPBRO", "stiefbroer" },
  { "STPCHLD", "stiefkind" },
  { "STPDAU", "stiefdochter" },
  { "STPFTH", "stiefvader" },
  { "STPMTH", "stiefmoeder" },
  { "STPSIS", "stiefzus" },
  { "STPSON", "stiefzoon" },
  { "UNCLE", "oom" },
  { "FRND", "vriend of vriendin" },
  { "WIFE", "echtgenote" },
};

static const char *
find (const Word *words, gsize n, const char *code)
{
  for (gsize i = 0; code != NULL && i < n; i++)
    if (g_str_equal (words[i].code, code))
      return words[i].word;
  return NULL;
}

/**
 * cpd_ehr_words_role:
 *
 * Returns: (nullable): the Dutch word of a VEKT role.
 */
const char *
cpd_ehr_words_role (const char *code)
{
  while (code != NULL && *code == '0')
    code++;
  return find (roles, G_N_ELEMENTS (roles), code);
}

/**
 * cpd_ehr_words_relation:
 *
 * Returns: (nullable): the Dutch word of a v3 RoleCode, in small letters.
 */
const char *
cpd_ehr_words_relation (const char *code)
{
  return find (relations, G_N_ELEMENTS (relations), code);
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
  if (g_strcmp0 (role, FIRST_CONTACT) == 0)
    return 0;
  return g_strcmp0 (role, SECOND_CONTACT) == 0 ? 1 : 2;
}
