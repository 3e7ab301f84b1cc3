/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-routes.h"

#include <string.h>

#include "cp-link.h"
#include "cp-member.h"
#include "cp-own-account.h"
#include "cp-session.h"
#include "cp-timeline.h"
#include "cpd-service-account.h"
#include "cpd-service-dossier.h"
#include "cpd-service-link.h"
#include "cpd-service-login.h"
#include "cpd-service-member.h"
#include "cpd-service-plan.h"
#include "cpd-service-public.h"
#include "cpd-service-reading.h"
#include "cpd-service-session.h"

#define JSON_BODY_LIMIT (64 * 1024)

#define FULL (1u << CPD_SESSION_FULL)
#define PENDING (1u << CPD_SESSION_PENDING_SMS)
#define MUST_CHANGE (1u << CPD_SESSION_MUST_CHANGE)

/* One row per route, in the order of cp-route.c: who, what right, how, what. */
static const CpdRouteRow rows[CP_N_ROUTES] = {
  { CP_ROUTE_VERSION, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_version },
  { CP_ROUTE_ORGANISATION, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_organisation },
  { CP_ROUTE_ORGANISATION_LOGO, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_logo },
  { CP_ROUTE_ORGANISATION_PICTURE, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_picture },
  { CP_ROUTE_LOGIN, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_login_request_record, cpd_service_login_begin,
    cpd_service_login_finish },
  { CP_ROUTE_LOGIN_CODE, PENDING, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_code_request_record, NULL,
    cpd_service_login_code },
  { CP_ROUTE_LOGIN_CHALLENGE, PENDING, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_login_challenge },
  { CP_ROUTE_PASSWORD, MUST_CHANGE | FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_password_request_record,
    cpd_service_password_begin, cpd_service_password_finish },
  { CP_ROUTE_FORGOT, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_forgot_request_record, NULL, cpd_service_forgot },
  { CP_ROUTE_LINK_LOOK, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_READ, &cp_link_request_record, NULL,
    cpd_service_link_look },
  { CP_ROUTE_LINK_PASSWORD, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_link_password_request_record,
    cpd_service_link_password_begin, cpd_service_link_password_finish },
  { CP_ROUTE_LINK_CONFIRM, CPD_ANYBODY, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_link_request_record, NULL,
    cpd_service_link_confirm },
  { CP_ROUTE_SESSION, FULL, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_session },
  { CP_ROUTE_LOGOUT, PENDING | MUST_CHANGE | FULL, CPD_NO_PATIENT, CPD_RUN_LOG_OUT, NULL, NULL, cpd_service_log_out },
  { CP_ROUTE_INVITATIONS, FULL, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_invitations },
  { CP_ROUTE_INVITATION_ACCEPT, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_invitation_accept },
  { CP_ROUTE_INVITATION_DECLINE, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_invitation_decline },
  { CP_ROUTE_START, FULL, CP_PART_ALL, CPD_RUN_GLANCE, NULL, NULL, cpd_service_start },
  { CP_ROUTE_APPOINTMENTS, FULL, CP_PART_APPOINTMENTS, CPD_RUN_READ, NULL, NULL, cpd_service_appointments },
  { CP_ROUTE_TIMELINE, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_timeline },
  { CP_ROUTE_DOSSIER, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_dossier },
  { CP_ROUTE_DOSSIER_SEARCH, FULL, CP_PART_DOSSIER, CPD_RUN_READ_SLOW, NULL, NULL, cpd_service_dossier_search },
  { CP_ROUTE_DOSSIER_AUTHORS, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_dossier_authors },
  { CP_ROUTE_DOSSIER_READ, FULL, CP_PART_DOSSIER, CPD_RUN_WRITE, &cp_read_request_record, NULL,
    cpd_service_dossier_read },
  { CP_ROUTE_DOSSIER_ITEM, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_dossier_item },
  { CP_ROUTE_DOSSIER_ITEM_READ, FULL, CP_PART_DOSSIER, CPD_RUN_WRITE, &cp_read_request_record, NULL,
    cpd_service_dossier_item_read },
  { CP_ROUTE_ATTACHMENT, FULL, CP_PART_DOSSIER, CPD_RUN_READ_SLOW, NULL, NULL, cpd_service_attachment },
  { CP_ROUTE_CARE_PLANS, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_care_plans },
  { CP_ROUTE_CARE_PLAN, FULL, CP_PART_DOSSIER, CPD_RUN_READ, NULL, NULL, cpd_service_care_plan },
  { CP_ROUTE_PROFILE, FULL, CP_PART_PROFILE, CPD_RUN_READ, NULL, NULL, cpd_service_profile },
  { CP_ROUTE_WORDS, FULL, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_words },
  { CP_ROUTE_CHANGES, FULL, CPD_NO_PATIENT, CPD_RUN_WAIT, NULL, NULL, cpd_service_changes },
  { CP_ROUTE_MEMBERS, FULL, CP_PART_SETTINGS, CPD_RUN_READ, NULL, NULL, cpd_service_members },
  { CP_ROUTE_MEMBER_LOOKUP, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_lookup_request_record, NULL,
    cpd_service_member_lookup },
  { CP_ROUTE_MEMBER_ADD, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_request_record, NULL,
    cpd_service_member_add },
  { CP_ROUTE_MEMBER_PARTS, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_part_request_record, NULL,
    cpd_service_member_parts },
  { CP_ROUTE_MEMBER_UNTIL, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_until_request_record, NULL,
    cpd_service_member_until },
  { CP_ROUTE_MEMBER_RENEW, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, NULL, NULL, cpd_service_member_renew },
  { CP_ROUTE_MEMBER_INVITATION, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, NULL, NULL, cpd_service_member_invitation },
  { CP_ROUTE_MEMBER_WITHDRAW, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, NULL, NULL, cpd_service_member_withdraw },
  { CP_ROUTE_MEMBER_END, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, NULL, NULL, cpd_service_member_end },
  { CP_ROUTE_MEMBER_GROUND, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_ground_request_record, NULL,
    cpd_service_member_ground },
  { CP_ROUTE_MEMBER_MOBILE, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_mobile_request_record, NULL,
    cpd_service_member_mobile },
  { CP_ROUTE_MEMBER_EMAIL, FULL, CP_PART_SETTINGS, CPD_RUN_WRITE, &cp_member_email_request_record, NULL,
    cpd_service_member_email },
  { CP_ROUTE_ACCOUNT, FULL, CPD_NO_PATIENT, CPD_RUN_READ, NULL, NULL, cpd_service_account },
  { CP_ROUTE_ACCOUNT_CHANGE, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_account_request_record, NULL,
    cpd_service_account_change },
  { CP_ROUTE_ACCOUNT_NOTIFICATIONS, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_notifications_request_record, NULL,
    cpd_service_account_notifications },
  { CP_ROUTE_ACCOUNT_EMAIL, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_email_request_record, cpd_service_email_begin,
    cpd_service_email_finish },
  { CP_ROUTE_ACCOUNT_MOBILE, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_mobile_request_record, cpd_service_mobile_begin,
    cpd_service_mobile_finish },
  { CP_ROUTE_ACCOUNT_MOBILE_AGAIN, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_mobile_again },
  { CP_ROUTE_ACCOUNT_MOBILE_CODE, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_typed_code_record, NULL,
    cpd_service_mobile_code },
  { CP_ROUTE_ACCOUNT_TOTP, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_confirm_request_record, cpd_service_confirm_begin,
    cpd_service_totp_finish },
  { CP_ROUTE_ACCOUNT_TOTP_CODE, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_typed_code_record, NULL,
    cpd_service_totp_code },
  { CP_ROUTE_ACCOUNT_TOTP_OFF, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_confirm_request_record,
    cpd_service_confirm_begin, cpd_service_totp_off_finish },
  { CP_ROUTE_ACCOUNT_SHEET, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_confirm_request_record, cpd_service_confirm_begin,
    cpd_service_sheet_finish },
  { CP_ROUTE_ACCOUNT_DEVICE_RENAME, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, &cp_device_request_record, NULL,
    cpd_service_device_rename },
  { CP_ROUTE_ACCOUNT_DEVICE_END, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_device_end },
  { CP_ROUTE_ACCOUNT_SESSION_END, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_session_end },
  { CP_ROUTE_ACCOUNT_SESSIONS_END, FULL, CPD_NO_PATIENT, CPD_RUN_WRITE, NULL, NULL, cpd_service_sessions_end_others },
  { CP_ROUTE_ACCOUNT_END, FULL, CPD_NO_PATIENT, CPD_RUN_HASH, &cp_confirm_request_record, cpd_service_confirm_begin,
    cpd_service_account_end_finish },
};

/**
 * cpd_routes_get:
 *
 * Returns: (transfer none): the row of @id.
 */
const CpdRouteRow *
cpd_routes_get (CpRouteId id)
{
  return &rows[id];
}

/**
 * cpd_routes_is_viewable:
 */
gboolean
cpd_routes_is_viewable (const CpdRouteRow *row)
{
  return cp_route_get (row->id)->method == CP_METHOD_GET && row->parts != CPD_NO_PATIENT &&
         row->parts != CP_PART_SETTINGS;
}

/**
 * cpd_routes_limits:
 *
 * Returns: what the route asks of http/.
 */
CpdRouteLimits
cpd_routes_limits (CpRouteId id)
{
  return (CpdRouteLimits){
    .body = rows[id].body != NULL ? JSON_BODY_LIMIT : 0,
    .wait_ms = rows[id].run == CPD_RUN_WAIT ? CPD_WAIT_MS : 0,
  };
}

/**
 * cpd_routes_check:
 *
 * A route without a right does not start.
 */
void
cpd_routes_check (void)
{
  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      gboolean names_patient = strstr (cp_route_get (i)->path, "{patient}") != NULL;
      if (rows[i].id != (CpRouteId) i || rows[i].sessions == 0 || rows[i].parts == 0 || rows[i].service == NULL ||
          rows[i].run == 0 || (rows[i].run == CPD_RUN_HASH) != (rows[i].begin != NULL) ||
          (rows[i].run == CPD_RUN_WAIT && names_patient) || names_patient != (rows[i].parts != CPD_NO_PATIENT))
        g_error ("route %s has no complete row", cp_route_get (i)->path);
    }
}

static void
append_names (GString *text, guint bits, const char *const *names, int n)
{
  gboolean first = TRUE;

  for (int i = 0; i < n; i++)
    if ((bits & (1u << i)) != 0 && names[i] != NULL)
      {
        g_string_append_printf (text, "%s%s", first ? "" : "|", names[i]);
        first = FALSE;
      }
}

/**
 * cpd_routes_print:
 *
 * Returns: (transfer full): "METHOD path sessions parts" per line, for clientportaald routes and its tests.
 */
char *
cpd_routes_print (void)
{
  static const char *const session_names[] = { NULL, "pending-sms", "must-change", "full" };
  GString *text = g_string_new (NULL);

  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      const CpRoute *route = cp_route_get (i);
      g_string_append_printf (text, "%s %s ", cp_method_name (route->method), route->path);
      if (rows[i].sessions == CPD_ANYBODY)
        g_string_append (text, "anybody");
      else
        append_names (text, rows[i].sessions, session_names, G_N_ELEMENTS (session_names));
      g_string_append_c (text, ' ');
      if (rows[i].parts == CPD_NO_PATIENT)
        g_string_append (text, "-");
      else
        append_names (text, rows[i].parts, cp_part_names, CP_N_PARTS);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
