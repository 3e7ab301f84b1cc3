/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* A person the EHR knows around the patient (RelatedPerson, Patient.contact). */
typedef struct
{
  char *name;
  char *relation; /* (nullable): of cp_kin_names, or else in the words of the EHR */
  char *role;     /* (nullable): of cp_contact_role_names, or else in the words of the EHR */
  char *phone;    /* (nullable): only to who holds settings, and to the contact */
  char *email;    /* (nullable): the same */
} CpContact;
CP_DECLARE_RECORD (CpContact, cp_contact)

/* Somebody who cares for the patient. */
typedef struct
{
  char *name;
  char *role; /* (nullable) */
} CpCareTeamMember;
CP_DECLARE_RECORD (CpCareTeamMember, cp_care_team_member)

typedef struct
{
  char *name;       /* "Wil de Bruin-Hofstra" */
  char *birth_date; /* (nullable) */
  char *address;    /* (nullable): lines separated by newlines */
  char *phone;      /* (nullable) */
  char *mobile;     /* (nullable) */
  char *email;      /* (nullable) */
  char *gp;         /* (nullable): general practitioner */
  gboolean deceased;
  GPtrArray *contacts;  /* CpContact */
  GPtrArray *care_team; /* CpCareTeamMember, those of every team, each once */
} CpProfile;
CP_DECLARE_RECORD (CpProfile, cp_profile)

G_END_DECLS
