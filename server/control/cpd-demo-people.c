/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-people.h"

#include <string.h>

#include "cp-part.h"
#include "cpd-demo-ehr.h"
#include "cpd-enrol.h"
#include "cpd-password.h"
#include "cp-relation.h"
#include "cpd-member-rule.h"
#include "cpd-store-account.h"
#include "cpd-store-audit.h"
#include "cpd-store-invitation.h"
#include "cpd-store-member-put.h"
#include "cpd-store-membership.h"
#include "cpd-store-outbox.h"
#include "cpd-token.h"

const char *const cpd_demo_people_options[] = { "renew: make nobody, let open invitations live on", NULL };

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
  ENDED,
  ENDING, /* accepted, and ends soon */
  NOT_INVITED,
  EXPIRED,
  WITHDRAWN,
  DECLINED,
  UNDELIVERED
} DemoTie;

typedef struct
{
  DemoTie tie;
  guint parts;
  const char *relation;
} DemoMembership;

#define FIRST_ACCOUNT 1     /* of the first of the list, in an empty database */
#define ENDS_IN_DAYS 10     /* what ends soon */
#define ENDS_AFTER_DAYS 100 /* for how long it was given */

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
  { "k.visser",
    "Kees",
    "Kees Visser",
    "kees@visser.example",
    "+31600000067",
    FALSE,
    { { ENDING, CP_PART_APPOINTMENTS | CP_PART_PROFILE, "family" }, { NOT_HERE } },
    "son-in-law, whose access ends soon" },
  { "n.peters",
    "Nel",
    "Nel Peters",
    "nel@peters.example",
    "+31600000078",
    TRUE,
    { { NOT_INVITED, CP_PART_NONE, "friend" }, { NOT_HERE } },
    "friend, added and not invited yet" },
  { "r.smit",
    "Ria",
    "Ria Smit",
    "ria@smit.example",
    "+31600000089",
    TRUE,
    { { EXPIRED, CP_PART_APPOINTMENTS, "friend" }, { NOT_HERE } },
    "neighbour, who did not accept in time" },
  { "h.dekker",
    "Hans",
    "Hans Dekker",
    "hans@dekker.example",
    "+31600000090",
    TRUE,
    { { WITHDRAWN, CP_PART_MESSAGES, "other" }, { NOT_HERE } },
    "volunteer, whose invitation was withdrawn" },
  { "e.bakker",
    "Els",
    "Els Bakker",
    "els@bakker.example",
    "+31600000101",
    FALSE,
    { { DECLINED, CP_PART_MESSAGES, "friend" }, { NOT_HERE } },
    "friend, who declined" },
  { "a.mulder",
    "Annie",
    "Annie Mulder",
    "annie@mulder.example",
    "+31600000112",
    TRUE,
    { { UNDELIVERED, CP_PART_MESSAGES, "other" }, { NOT_HERE } },
    "volunteer, whose mail did not arrive" },
};

typedef struct
{
  const CpdCommandContext *context;
  char *passwords[G_N_ELEMENTS (people)]; /* (owned) */
  char *hashes[G_N_ELEMENTS (people)];    /* (owned): own passwords are hashed before, outside the writer */
} Demo;

static CpTime
invited_until (const Demo *demo, CpTime now)
{
  return cpd_config_invitation_ends (demo->context->config, now);
}

static gboolean
answer_invitation (CpdDb *db, gint64 account, gboolean accept, CpTime now, GError **error)
{
  g_autoptr (GPtrArray) invitations = cpd_store_invitation_list (db, account, now, 0, NULL, TRUE, error);
  CpdMembershipFacts facts;

  return invitations != NULL && cpd_store_invitation_answer (db, account, ((CpInvitation *) invitations->pdata[0])->id,
                                                             accept, now, &facts, error);
}

static gboolean
end_soon (CpdDb *db, const Demo *demo, gint64 membership, CpTime now, GError **error)
{
  CpTime end = cp_time_day_ends (now, 0, ENDS_IN_DAYS, demo->context->config->zone);

  return cpd_store_member_set_until (db, membership, end, ENDS_AFTER_DAYS, error);
}

static gboolean
lose_mail (CpdDb *db, gint64 account, gint64 membership, gint64 invitation, CpTime now, GError **error)
{
  const CpdOutboxNew message = { CPD_OUTBOX_MAIL, "invitation-credentials", .account = account,
                                 .membership = membership, .invitation = invitation };
  gint64 outbox;
  gboolean dropped;

  return cpd_store_outbox_add_message (db, &message, now, error) && cpd_store_outbox_newest (db, &outbox, error) &&
         cpd_store_invitation_carry (db, invitation, outbox, error) &&
         cpd_store_outbox_drop (db, outbox, now, &dropped, error);
}

static gboolean
settle (CpdDb *db, const Demo *demo, DemoTie tie, gint64 account, gint64 membership, gint64 invitation, CpTime now,
        GError **error)
{
  switch (tie)
    {
    case ACCEPTED:
      return answer_invitation (db, account, TRUE, now, error);
    case ENDED:
      return answer_invitation (db, account, TRUE, now, error) && cpd_store_member_end (db, membership, now, error);
    case ENDING:
      return answer_invitation (db, account, TRUE, now, error) && end_soon (db, demo, membership, now, error);
    case DECLINED:
      return answer_invitation (db, account, FALSE, now, error);
    case WITHDRAWN:
      return cpd_store_invitation_withdraw (db, invitation, now, error) &&
             cpd_store_member_take_all (db, membership, now, error);
    case UNDELIVERED:
      return lose_mail (db, account, membership, invitation, now, error);
    default:
      return TRUE;
    }
}

/* Who began before somebody else invited was enrolled; the others were invited by the first of the list. */
static gint64
inviter_of (DemoTie tie)
{
  return tie >= ENDING ? FIRST_ACCOUNT : 0;
}

static gboolean
add_membership (CpdDb *db, const Demo *demo, gint64 account, gint64 patient, const DemoMembership *of, CpTime now,
                GError **error)
{
  CpTime begun = of->tie == EXPIRED ? now - 20 * CP_TIME_DAY : now;
  const CpdMemberNew member = {
    .account = account,
    .patient = patient,
    .relation = of->relation,
    .ground = (of->parts & CP_PART_DOSSIER) != 0 && strcmp (of->relation, CP_RELATION_CLIENT) != 0 ? "family" : NULL,
    .made_account = of->tie >= ENDING,
  };
  gint64 membership;
  gint64 invitation;

  if (of->tie == NOT_HERE)
    return TRUE;
  if (!cpd_store_member_add (db, &member, begun, &membership, NULL, error))
    return FALSE;
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    if ((of->parts & part) != 0 && !cpd_store_member_give (db, membership, part, inviter_of (of->tie), begun, error))
      return FALSE;
  if (of->tie == NOT_INVITED)
    return TRUE;
  return cpd_store_invitation_add (db, membership, inviter_of (of->tie), begun, invited_until (demo, begun),
                                   &invitation, error) &&
         settle (db, demo, of->tie, account, membership, invitation, now, error);
}

static gboolean
set_password (CpdDb *db, const Demo *demo, gsize i, gint64 account, CpTime now, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;

  if (!people[i].temporary)
    return cpd_store_account_set_own (db, account, cpd_keys_pepper (demo->context->keys), demo->hashes[i], now, error);
  cpd_keys_hash (demo->context->keys, "temporary-password", demo->passwords[i], strlen (demo->passwords[i]), hash);
  text = g_base64_encode (hash, sizeof hash);
  return cpd_store_account_add_temporary (db, account, text, TRUE, now, now + 365 * CP_TIME_DAY, error);
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
    if (!add_membership (db, demo, account.id, patient_ids[p], &people[i].of[p], now, error))
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
has_tie (gsize i, DemoTie tie)
{
  return people[i].of[WIL].tie == tie || people[i].of[HENK].tie == tie;
}

/* A demo that an older program made has not everybody. */
static gboolean
renew_person (CpdDb *db, const Demo *demo, gsize i, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = cpd_store_account_find (db, people[i].username, &local);
  g_autoptr (GPtrArray) ties = NULL;

  if (account == NULL && local == NULL && i == 0)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "the demo people are not here");
  if (account == NULL)
    {
      gboolean absent = local == NULL;
      if (!absent)
        g_propagate_error (error, g_steal_pointer (&local));
      return absent;
    }
  if (has_tie (i, INVITED) && !cpd_store_invitation_renew (db, account->id, invited_until (demo, now), error))
    return FALSE;
  if (!has_tie (i, ENDING))
    return TRUE;
  ties = cpd_store_membership_list (db, account->id, now, error);
  return ties != NULL &&
         (ties->len == 0 || end_soon (db, demo, ((CpdMembershipRow *) ties->pdata[0])->facts.membership, now, error));
}

/* A demo gets older than its invitations may, so each ./dev run gives the open ones their days anew. */
static gboolean
renew_all (CpdDb *db, gpointer data, GError **error)
{
  const Demo *demo = data;
  CpTime now = cp_time_now ();
  CpdAudit audit = { .at = now, .action = CPD_AUDIT_DEMO };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (!renew_person (db, demo, i, now, error))
      return FALSE;
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
 * Prints "user name<TAB>password<TAB>who" per line. With --renew nobody is made and nothing is printed: the open
 * invitations of those who are there can be accepted for as many days again as new ones.
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
  if (g_hash_table_contains (arguments, "renew"))
    return cpd_writer_run (context->writer, renew_all, &demo, error);
  done = make_passwords (&demo, error) && cpd_writer_run (context->writer, add_all, &demo, error);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      if (done)
        g_string_append_printf (out, "%s\t%s\t%s\n", people[i].username, demo.passwords[i], people[i].who);
      cpd_secret_free (demo.passwords[i]);
      g_free (demo.hashes[i]);
    }
  return done;
}
