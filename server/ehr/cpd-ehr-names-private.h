/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cpd-ehr-names.c gathers, for who answers from it. */
#pragma once

#include "cpd-ehr-names.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;               /* (nullable) */
  char *role;               /* (nullable) */
  JsonObject *person;       /* (owned) (nullable) PractitionerRole.practitioner */
  JsonObject *organization; /* (owned) (nullable) PractitionerRole.organization */
  JsonObject *patient;      /* (owned) (nullable) whose it is */
  gboolean withheld;
  gboolean owned; /* it is somebody's, also when it does not say whose */
} CpdEhrNamed;

struct _CpdEhrNames
{
  GHashTable *entries;    /* key -> CpdEhrNamed */
  GHashTable *urls;       /* fullUrl of a urn -> key; of two resources that share it "Type/", or "/" */
  GHashTable *bases;      /* set of the addresses that absolute references to this source begin with */
  GPtrArray *carers;      /* (borrowed) of CpdEhrNamed *: with a role that is not in roles yet */
  GHashTable *roles;      /* key of a Practitioner -> role; "" when several */
  GHashTable *forms;      /* of cpd-ehr-forms.h */
  GArray *asked;          /* (borrowed) (nullable) of guint32 */
  CpdEhrNamesLater later; /* (nullable) */
  gpointer later_data;
};

/* Whether what is kept of a fullUrl is no key, as two resources share it. */
static inline gboolean
cpd_ehr_names_is_shared (const char *known)
{
  return g_str_has_suffix (known, "/");
}

/* (nullable): what is known of key (nullable). */
const CpdEhrNamed *cpd_ehr_names_entry (CpdEhrNames *names, const char *key);
/* The key of what parsed (nullable) points at; (transfer full) (nullable). */
char *cpd_ehr_names_key_of (CpdEhrNames *names, const CpdEhrReference *parsed);
/* Gives the people of PractitionerRoles their role; done late, because a urn may come before its target. */
void cpd_ehr_names_settle_roles (CpdEhrNames *names);

G_END_DECLS
