/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the schemas of docs/openapi.yaml from the tables that both programs compile, so that it cannot drift. */
#include "cp-changes.h"
#include "cp-error.h"
#include "cp-invitation.h"
#include "cp-member.h"
#include "cp-link.h"
#include "cp-organisation.h"
#include "cp-own-account.h"
#include "cp-session.h"
#include "cp-start.h"
#include "cp-timeline.h"
#include "cp-validate.h"

/* What travels by itself; the records inside follow from the tables. */
static const CpRecordType *const roots[] = {
  &cp_version_record,
  &cp_organisation_record,
  &cp_login_request_record,
  &cp_code_request_record,
  &cp_password_request_record,
  &cp_login_answer_record,
  &cp_session_record,
  &cp_invitation_list_record,
  &cp_start_record,
  &cp_appointment_page_record,
  &cp_dossier_page_record,
  &cp_dossier_item_answer_record,
  &cp_care_plan_list_record,
  &cp_profile_answer_record,
  &cp_problem_record,
  &cp_timeline_record,
  &cp_read_request_record,
  &cp_author_list_record,
  &cp_search_page_record,
  &cp_care_plan_answer_record,
  &cp_word_list_record,
  &cp_member_list_record,
  &cp_lookup_request_record,
  &cp_lookup_record,
  &cp_member_request_record,
  &cp_member_part_request_record,
  &cp_member_until_request_record,
  &cp_member_ground_request_record,
  &cp_member_mobile_request_record,
  &cp_member_email_request_record,
  &cp_own_account_record,
  &cp_account_request_record,
  &cp_notifications_request_record,
  &cp_confirm_request_record,
  &cp_email_request_record,
  &cp_mobile_request_record,
  &cp_number_challenge_record,
  &cp_typed_code_record,
  &cp_totp_setup_record,
  &cp_code_sheet_record,
  &cp_device_request_record,
  &cp_changes_record,
  &cp_forgot_request_record,
  &cp_link_request_record,
  &cp_link_password_request_record,
  &cp_link_record,
};

#define PARTIAL_DATE "type: string, pattern: '^[0-9]{4}(-[0-9]{2}){0,2}$'"

static const char *const type_lines[] = {
  [CP_FIELD_STRING] = "type: string",
  [CP_FIELD_INT] = "type: integer",
  [CP_FIELD_BOOL] = "type: boolean",
  [CP_FIELD_TIME] = "type: string, format: date-time",
  [CP_FIELD_DATE] = "type: string, format: date",
};

/* As cp-record.h says what 0 means. */
static gint64
limit (const CpField *field, gint64 otherwise)
{
  return field->max != 0 ? field->max : otherwise;
}

static void
print_names (const CpField *field)
{
  for (int i = 0; field->names[i] != NULL; i++)
    g_print ("%s%s", i > 0 ? ", " : "", field->names[i]);
}

static void
print_scalar (const CpField *field)
{
  g_print ("%s", (field->flags & CP_FIELD_PARTIAL) != 0 ? PARTIAL_DATE : type_lines[field->type]);
  if (field->type == CP_FIELD_STRING)
    g_print (", maxLength: %" G_GINT64_FORMAT, limit (field, 10000));
  if (field->type == CP_FIELD_INT && (field->min != 0 || field->max != 0))
    g_print (", minimum: %" G_GINT64_FORMAT ", maximum: %" G_GINT64_FORMAT, field->min, field->max);
}

static void
print_field (const CpField *field)
{
  g_print ("        %s: ", field->key);
  switch (field->type)
    {
    case CP_FIELD_RECORD:
      g_print ("{ $ref: '#/components/schemas/%s' }\n", field->record->name);
      return;
    case CP_FIELD_RECORDS:
      g_print ("{ type: array, maxItems: %" G_GINT64_FORMAT ", items: { $ref: '#/components/schemas/%s' } }\n",
               limit (field, 1000), field->record->name);
      return;
    case CP_FIELD_STRINGS:
      g_print ("{ type: array, maxItems: %" G_GINT64_FORMAT ", items: { type: string } }\n", limit (field, 100));
      return;
    case CP_FIELD_ENUM:
      g_print ("{ type: string, enum: [");
      print_names (field);
      g_print ("] }\n");
      return;
    case CP_FIELD_FLAGS:
      g_print ("{ type: array, uniqueItems: true, items: { type: string, enum: [");
      print_names (field);
      g_print ("] } }\n");
      return;
    default:
      g_print ("{ ");
      print_scalar (field);
      g_print ("%s }\n", (field->flags & CP_FIELD_SECRET) != 0 ? ", format: password" : "");
    }
}

static void
print_required (const CpRecordType *type)
{
  const char *separator = "";

  g_print ("      required: [");
  for (const CpField *field = type->fields; field->key != NULL; field++)
    if ((field->flags & CP_FIELD_OPTIONAL) == 0)
      {
        g_print ("%s%s", separator, field->key);
        separator = ", ";
      }
  g_print ("]\n");
}

static void
print_record (const CpRecordType *type, GHashTable *printed)
{
  if (!g_hash_table_add (printed, (gpointer) type))
    return;
  g_print ("    %s:\n      type: object\n", type->name);
  print_required (type);
  g_print ("      properties:\n");
  for (const CpField *field = type->fields; field->key != NULL; field++)
    print_field (field);
  for (const CpField *field = type->fields; field->key != NULL; field++)
    if (field->record != NULL)
      print_record (field->record, printed);
}

static void
print_codes (void)
{
  g_print ("    ErrorCode:\n      type: string\n      enum:\n");
  for (int code = 0; code < CP_ERROR_NO_NETWORK; code++)
    g_print ("        - %s\n", cp_error_code_name (code));
}

int
main (void)
{
  g_autoptr (GHashTable) printed = g_hash_table_new (NULL, NULL);

  g_print ("    Id:\n      type: string\n      pattern: '^[A-Za-z0-9_-]{%d}$'\n", CP_ID_LENGTH);
  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    print_record (roots[i], printed);
  print_codes ();
  return 0;
}
