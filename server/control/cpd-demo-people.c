/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-people.h"

#include <string.h>

#include "cp-part.h"
#include "cpd-demo-ehr.h"
#include "cpd-enrol.h"
#include "cpd-password.h"
#include "cpd-store-account.h"
#include "cpd-store-audit.h"
#include "cpd-store-membership.h"
#include "cpd-token.h"

typedef enum
{
  WIL,
  HENK,
  N_PATIENTS
} DemoPatient;

static const struct
{
  const char *identifier;
  const char *name;
} patients[N_PATIENTS] = {
  [WIL] = { CPD_DEMO_EHR_SYSTEM "|DL-000001", "Wil de Bruin" },
  [HENK] = { CPD_DEMO_EHR_SYSTEM "|DL-000002", "Henk de Bruin" },
};

typedef enum
{
  NOT_HERE,
  ACCEPTED,
  INVITED,
  ENDED
} DemoTie;

typedef struct
{
  DemoTie tie;
  guint parts;
  const char *relation;
} DemoMembership;

#define FAMILY_PARTS (CP_PART_MESSAGES | CP_PART_APPOINTMENTS | CP_PART_DOSSIER | CP_PART_PROFILE)

static const struct
{
  const char *username;
  const char *given_name;
  const char *name;
  const char *email;
  const char *mobile;
  gboolean temporary; /* logs in with a temporary password that must be changed */
  DemoMembership of[N_PATIENTS];
  const char *who; /* for the list that is printed */
} people[] = {
  { "m.debruin",
    "Marijke",
    "Marijke de Bruin",
    "marijke@debruin.example",
    "+31600000012",
    FALSE,
    { { ACCEPTED, CP_PART_ALL, "daughter" }, { INVITED, CP_PART_ALL, "daughter" } },
    "daughter of Wil, portal administrator; invited for Henk too" },
  { "w.debruin",
    "Wil",
    "Wil de Bruin",
    "wil@debruin.example",
    "+31600000001",
    FALSE,
    { { ACCEPTED, CP_PART_ALL, "client" }, { NOT_HERE } },
    "the client herself" },
  { "p.debruin",
    "Pieter",
    "Pieter de Bruin",
    "pieter@debruin.example",
    "+31600000023",
    FALSE,
    { { ACCEPTED, FAMILY_PARTS, "son" }, { ACCEPTED, CP_PART_APPOINTMENTS | CP_PART_PROFILE, "son" } },
    "son, two clients: everything of Wil but Instellingen, appointments and details of Henk" },
  { "s.visser",
    "Sanne",
    "Sanne Visser",
    "sanne@visser.example",
    "+31600000034",
    TRUE,
    { { INVITED, CP_PART_APPOINTMENTS | CP_PART_MESSAGES, "grandchild" }, { NOT_HERE } },
    "granddaughter, invited, with a temporary password" },
  { "j.hofstra",
    "Joke",
    "Joke Hofstra",
    "joke@hofstra.example",
    "+31600000045",
    FALSE,
    { { ACCEPTED, CP_PART_NONE, "sister" }, { NOT_HERE } },
    "sister, accepted, without rights yet" },
  { "t.bakker",
    "Ton",
    "Ton Bakker",
    "ton@bakker.example",
    "+31600000056",
    FALSE,
    { { ENDED, FAMILY_PARTS, "friend" }, { NOT_HERE } },
    "neighbour, whose access has ended" },
};

typedef struct
{
  const CpdCommandContext *context;
  char *passwords[G_N_ELEMENTS (people)]; /* (owned) */
  char *hashes[G_N_ELEMENTS (people)];    /* (owned): own passwords are hashed before, outside the writer */
} Demo;

static gboolean
add_membership (CpdDb *db, gint64 account, gint64 patient, const DemoMembership *of, CpTime now, GError **error)
{
  g_autoptr (GPtrArray) invitations = NULL;
  CpdMembershipFacts facts;
  gint64 membership;

  if (of->tie == NOT_HERE)
    return TRUE;
  if (!cpd_store_membership_add (db, account, patient, of->relation, now, 0, &membership, error) ||
      !cpd_store_membership_give (db, membership, of->parts, 0, now, error) ||
      !cpd_store_invitation_add (db, membership, 0, now, now + 7 * CP_TIME_DAY, error))
    return FALSE;
  if (of->tie == INVITED)
    return TRUE;
  invitations = cpd_store_invitation_list (db, account, now, 0, NULL, error);
  if (invitations == NULL || !cpd_store_invitation_answer (db, account, ((CpInvitation *) invitations->pdata[0])->id,
                                                           TRUE, now, &facts, error))
    return FALSE;
  return of->tie != ENDED || cpd_store_membership_end (db, membership, now, error);
}

static gboolean
set_password (CpdDb *db, const Demo *demo, gsize i, gint64 account, CpTime now, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;

  if (!people[i].temporary)
    return cpd_store_account_set_credential (db, account, CPD_CREDENTIAL_OWN, cpd_keys_pepper (demo->context->keys),
                                             demo->hashes[i], now, 0, error);
  cpd_keys_hash (demo->context->keys, "temporary-password", demo->passwords[i], strlen (demo->passwords[i]), hash);
  text = g_base64_encode (hash, sizeof hash);
  return cpd_store_account_set_credential (db, account, CPD_CREDENTIAL_TEMPORARY, 0, text, now, now + 365 * CP_TIME_DAY,
                                           error);
}

static gboolean
add_person (CpdDb *db, const Demo *demo, gsize i, const gint64 patient_ids[N_PATIENTS], CpTime now, GError **error)
{
  CpdAccount account = {
    .username = (char *) people[i].username,
    .name = (char *) people[i].name,
    .given_name = (char *) people[i].given_name,
    .email = (char *) people[i].email,
    .mobile = (char *) people[i].mobile,
    .language = (char *) "nl",
  };

  if (!cpd_store_account_add (db, &account, now, error) || !set_password (db, demo, i, account.id, now, error))
    return FALSE;
  for (int p = 0; p < N_PATIENTS; p++)
    if (!add_membership (db, account.id, patient_ids[p], &people[i].of[p], now, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_all (CpdDb *db, gpointer data, GError **error)
{
  Demo *demo = data;
  CpTime now = cp_time_now ();
  CpdAudit audit = { .at = now, .action = CPD_AUDIT_DEMO };
  gint64 patient_ids[N_PATIENTS];

  for (int p = 0; p < N_PATIENTS; p++)
    if (!cpd_enrol_patient (db, demo->context, demo->context->config->source_name, patients[p].identifier,
                            patients[p].name, &patient_ids[p], error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (!add_person (db, demo, i, patient_ids, now, error))
      {
        g_prefix_error (error, "%s (are the demo people here already?): ", people[i].username);
        return FALSE;
      }
  return cpd_store_audit_add (db, &audit, error);
}

static gboolean
made_by_dev_run (const CpdConfig *config)
{
  g_autofree char *directory = g_path_get_dirname (config->database);
  g_autofree char *marker = g_build_filename (directory, "demo", NULL);

  return g_file_test (marker, G_FILE_TEST_IS_REGULAR);
}

static gboolean
make_passwords (Demo *demo, GError **error)
{
  const CpdConfig *config = demo->context->config;
  CpdPasswordCost cost = { config->argon2_memory_mib, config->argon2_passes };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      demo->passwords[i] = cpd_token_new_password ();
      if (people[i].temporary)
        continue;
      demo->hashes[i] = cpd_password_hash (demo->context->keys, cost, demo->passwords[i], error);
      if (demo->hashes[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_demo_people_command:
 *
 * Prints "user name<TAB>password<TAB>who" per line.
 */
gboolean
cpd_demo_people_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  Demo demo = { .context = context };
  gboolean done;

  if (!made_by_dev_run (context->config))
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "this is not a demo database: ./dev run makes one");
      return FALSE;
    }
  done = make_passwords (&demo, error) && cpd_writer_run (context->writer, add_all, &demo, error);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      if (done)
        g_string_append_printf (out, "%s\t%s\t%s\n", people[i].username, demo.passwords[i], people[i].who);
      cpd_token_free (demo.passwords[i]);
      g_free (demo.hashes[i]);
    }
  return done;
}
