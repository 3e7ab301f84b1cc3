/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-part.h"
#include "cp-relation.h"
#include "cp-session.h"
#include "cp-validate.h"
#include "cpd-content.h"
#include "cpd-invite.h"
#include "cpd-member-address.h"
#include "cpd-member-list.h"
#include "cpd-phone.h"
#include "cpd-service-member.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-member-put.h"
#include "cpd-username.h"

/* Somebody who is to be added, checked. */
typedef struct
{
  const CpMemberRequest *request; /* (borrowed) */
  CpdAccount *account;            /* (owned) (nullable): whose address it is; NULL: nobody's yet */
  gboolean client;                /* the client in person */
  gint64 contact;
  char *name;     /* (owned), and below: of an account that is to be made */
  char *username; /* case folded */
  char *mobile;   /* E.164 */
} Addition;

static void
addition_clear (Addition *addition)
{
  g_clear_pointer (&addition->account, cpd_account_free);
  g_clear_pointer (&addition->name, g_free);
  g_clear_pointer (&addition->username, g_free);
  g_clear_pointer (&addition->mobile, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Addition, addition_clear)

static gboolean
refuse (GError **error, const char *field, const char *reason, const char *text)
{
  cp_error_set_field_reason (error, field, reason, text);
  return FALSE;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n")] == '\0';
}

static gboolean
look_up (CpdCall *call, GError **error)
{
  const CpLookupRequest *request = call->body;
  g_autoptr (GPtrArray) rows = cpd_store_members (call->db, &call->grant, call->now, error);
  g_autoptr (CpdAccount) account = NULL;
  const CpdAddressFor nobody = { 0 };
  CpLookup lookup = { FALSE };

  if (rows == NULL || !cpd_member_find_address (call, rows, request->email, &nobody, &account, error))
    return FALSE;
  lookup.known = account != NULL;
  cpd_call_answer (call, &cp_lookup_record, &lookup);
  return TRUE;
}

/**
 * cpd_service_member_lookup:
 *
 * Tells whether somebody with this address uses the portal, and nothing else of that person. Where nobody can be added
 * that is said before anything else is asked.
 */
gboolean
cpd_service_member_lookup (CpdCall *call, GError **error)
{
  const CpLookupRequest *request = call->body;

  if (is_empty (request->email))
    return refuse (error, "email", "required", NULL);
  return cp_validate_email (request->email, error) && cpd_invite_may (call->db, call->grant.patient, error) &&
         cpd_member_count_lookup (call, request->email, error) && cpd_call_go_on (call, look_up, error);
}

/* The row without an account that this person is: a contact of the EHR, or the client. */
static gboolean
find_contact (CpdCall *call, GPtrArray *rows, Addition *addition, GError **error)
{
  const char *id = addition->request->contact;
  g_autoptr (CpMember) client = cpd_store_member_client (call->db, &call->grant, error);
  g_autoptr (GPtrArray) contacts = cpd_store_member_contacts (call->db, &call->grant, error);

  if (client == NULL || contacts == NULL)
    return FALSE;
  if (strcmp (client->id, id) == 0 && !cpd_member_rows_have_client (rows))
    {
      addition->client = TRUE;
      addition->name = g_strdup (client->name);
      return TRUE;
    }
  for (guint i = 0; i < contacts->len && cpd_content_is_shown (call, CP_FRESH_CONTACTS); i++)
    {
      const CpdContactRow *row = contacts->pdata[i];
      if (strcmp (row->member->id, id) != 0 || cpd_member_rows_have_contact (rows, row->id))
        continue;
      addition->contact = row->id;
      addition->name = g_strdup (row->member->name);
      return TRUE;
    }
  return refuse (error, "contact", "unknown", NULL);
}

static gboolean
check_relation (const Addition *addition, GError **error)
{
  const char *relation = addition->request->relation;

  if (is_empty (relation))
    return addition->contact != 0 || addition->client || refuse (error, "relation", "required", NULL);
  if (!g_strv_contains (cp_relation_names, relation) ||
      (strcmp (relation, CP_RELATION_CLIENT) == 0) != addition->client)
    return refuse (error, "relation", "unknown", NULL);
  return TRUE;
}

/* Each part that is given at once, as if its box were ticked. */
static gboolean
check_parts (CpdCall *call, const Addition *addition, GError **error)
{
  CpdMemberRule rule;

  cpd_member_judge (call, NULL, NULL, &rule);
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    if ((addition->request->parts & part) != 0 &&
        (!cpd_member_may_give (&rule, part, error) ||
         !cpd_member_check_ground (addition->request->ground, NULL, part, addition->client, error)))
      return FALSE;
  return is_empty (addition->request->ground) ||
         cpd_member_check_ground (addition->request->ground, NULL, 0, addition->client, error);
}

static gboolean
check_username (CpdCall *call, const char *typed, Addition *addition, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = NULL;
  g_autofree char *other = NULL;

  if (is_empty (typed))
    return refuse (error, "username", "required", NULL);
  if (!cp_validate_username (typed, error))
    return FALSE;
  addition->username = cpd_account_fold_username (typed);
  account = cpd_store_account_find (call->db, addition->username, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (account == NULL)
    return TRUE;
  return cpd_username_other (call->db, addition->username, &other, error) && refuse (error, "username", "taken", other);
}

/* What is asked of somebody whom the portal does not know. */
static gboolean
check_person (CpdCall *call, Addition *addition, GError **error)
{
  const CpMemberRequest *request = addition->request;

  if (!is_empty (request->name))
    {
      g_free (addition->name);
      addition->name = g_strstrip (g_strdup (request->name));
    }
  if (addition->name == NULL)
    return refuse (error, "name", "required", NULL);
  if (!cp_validate_name (addition->name, error) || !check_username (call, request->username, addition, error))
    return FALSE;
  if (is_empty (request->mobile))
    return refuse (error, "mobile", "required", NULL);
  return cpd_phone_check (request->mobile, (const char *const *) call->services->config->sms_countries,
                          &addition->mobile, error);
}

/* Somebody whom the list does not name yet may have another address by now. That it is this one is not for the asker to
 * know. */
static gboolean
check_not_member (GPtrArray *rows, const CpdAccount *account, GError **error)
{
  for (guint i = 0; i < rows->len && account != NULL; i++)
    if (((const CpdMemberRow *) rows->pdata[i])->account == account->id)
      return refuse (error, "email", "unusable", NULL);
  return TRUE;
}

static gboolean
check (CpdCall *call, Addition *addition, GError **error)
{
  const CpMemberRequest *request = addition->request;
  const CpdAddressFor whose = { .is_contact = !is_empty (request->contact) };
  g_autoptr (GPtrArray) rows = cpd_store_members (call->db, &call->grant, call->now, error);

  if (rows == NULL || (whose.is_contact && !find_contact (call, rows, addition, error)) ||
      !cpd_member_find_address (call, rows, request->email, &whose, &addition->account, error) ||
      !check_not_member (rows, addition->account, error))
    return FALSE;
  if (addition->account == NULL && !check_person (call, addition, error))
    return FALSE;
  return check_relation (addition, error) && check_parts (call, addition, error);
}

static gboolean
make_account (CpdCall *call, const Addition *addition, gint64 *id, GError **error)
{
  g_autofree char *given = cp_given_name (addition->name);
  CpdAccount account = {
    .username = addition->username,
    .name = addition->name,
    .given_name = given,
    .email = addition->request->email,
    .mobile = addition->mobile,
    .language = (char *) "nl",
  };

  if (!cpd_store_account_add (call->db, &account, call->now, error))
    return FALSE;
  *id = account.id;
  return TRUE;
}

static gboolean
give_parts (CpdCall *call, const Addition *addition, gint64 membership, GError **error)
{
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    {
      const CpdAudit audit = {
        .at = call->now,
        .action = CPD_AUDIT_RIGHT_GIVEN,
        .account = call->actor.account,
        .session = call->actor.session,
        .patient = call->grant.patient,
        .membership = membership,
        .part = part,
      };
      if ((addition->request->parts & part) != 0 &&
          (!cpd_store_member_give (call->db, membership, part, call->actor.account, call->now, error) ||
           !cpd_store_audit_add (call->db, &audit, error)))
        return FALSE;
    }
  return TRUE;
}

/* A contact of the EHR is invited with the first right whatever the organisation chose, and so is the client. */
static gboolean
invite (CpdCall *call, const Addition *addition, gint64 membership, gint64 account, GError **error)
{
  gboolean at_first_right =
      addition->contact != 0 || addition->client || call->services->config->invitation_at == CP_INVITE_AT_FIRST_RIGHT;

  if (!at_first_right)
    return cpd_invite (call, membership, account, 0, call->now, error);
  return addition->request->parts == 0 || cpd_invite (call, membership, account, 0, call->now + CPD_INVITE_WAIT, error);
}

static gboolean
add (CpdCall *call, const Addition *addition, GError **error)
{
  const CpdMemberAsker asker = cpd_member_asker (call);
  CpdMemberNew member = {
    .account = addition->account != NULL ? addition->account->id : 0,
    .patient = call->grant.patient,
    .relation = addition->client                         ? CP_RELATION_CLIENT
                : is_empty (addition->request->relation) ? NULL
                                                         : addition->request->relation,
    .ground = is_empty (addition->request->ground) ? NULL : addition->request->ground,
    .contact = addition->contact,
    .made_account = addition->account == NULL,
    .until = asker.until,
    .until_days = asker.until != 0 ? cp_time_days_between (call->now, asker.until, call->services->config->zone) : 0,
  };
  g_autofree char *public_id = NULL;
  gint64 membership;

  return (member.account != 0 || make_account (call, addition, &member.account, error)) &&
         cpd_store_member_add (call->db, &member, call->now, &membership, &public_id, error) &&
         cpd_call_audit (call, CPD_AUDIT_MEMBER_ADDED, call->actor.account, call->grant.patient, membership, error) &&
         give_parts (call, addition, membership, error) && invite (call, addition, membership, member.account, error) &&
         cpd_store_change_add_member (call->db, membership, call->now, error) &&
         cpd_member_answer (call, public_id, error);
}

static gboolean
check_and_add (CpdCall *call, GError **error)
{
  g_auto (Addition) addition = { .request = call->body };

  return check (call, &addition, error) && add (call, &addition, error);
}

/* That a user name is somebody's tells as much as an address does. */
static gboolean
count_taken (CpdCall *call, const char *email, GError **error)
{
  const CpErrorDetails *details = call->failed != NULL ? cp_error_details (call->failed) : NULL;

  if (details == NULL || g_strcmp0 (details->reason, "taken") != 0)
    return TRUE;
  return cpd_member_count_lookup (call, email, error);
}

/**
 * cpd_service_member_add:
 */
gboolean
cpd_service_member_add (CpdCall *call, GError **error)
{
  const CpMemberRequest *request = call->body;

  if (is_empty (request->email))
    return refuse (error, "email", "required", NULL);
  return cp_validate_email (request->email, error) && cpd_invite_may (call->db, call->grant.patient, error) &&
         cpd_member_count_address (call, request->email, error) && cpd_call_go_on (call, check_and_add, error) &&
         count_taken (call, request->email, error);
}
