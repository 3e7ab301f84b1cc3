/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-route.h"

#include <string.h>

#include "cp-validate.h"

#define API "/api/v1"

static const CpRoute routes[CP_N_ROUTES] = {
  { CP_ROUTE_VERSION, CP_METHOD_GET, API "/version" },
  { CP_ROUTE_ORGANISATION, CP_METHOD_GET, API "/organisation" },
  { CP_ROUTE_ORGANISATION_LOGO, CP_METHOD_GET, API "/organisation/logo" },
  { CP_ROUTE_ORGANISATION_PICTURE, CP_METHOD_GET, API "/organisation/picture" },
  { CP_ROUTE_LOGIN, CP_METHOD_POST, API "/login" },
  { CP_ROUTE_LOGIN_CODE, CP_METHOD_POST, API "/login/code" },
  { CP_ROUTE_LOGIN_CHALLENGE, CP_METHOD_POST, API "/login/challenge" },
  { CP_ROUTE_PASSWORD, CP_METHOD_POST, API "/password" },
  { CP_ROUTE_FORGOT, CP_METHOD_POST, API "/forgot" },
  { CP_ROUTE_LINK_LOOK, CP_METHOD_POST, API "/links/look" },
  { CP_ROUTE_LINK_PASSWORD, CP_METHOD_POST, API "/links/password" },
  { CP_ROUTE_LINK_CONFIRM, CP_METHOD_POST, API "/links/confirm" },
  { CP_ROUTE_SESSION, CP_METHOD_GET, API "/session" },
  { CP_ROUTE_LOGOUT, CP_METHOD_DELETE, API "/session" },
  { CP_ROUTE_INVITATIONS, CP_METHOD_GET, API "/invitations" },
  { CP_ROUTE_INVITATION_ACCEPT, CP_METHOD_POST, API "/invitations/{invitation}/accept" },
  { CP_ROUTE_INVITATION_DECLINE, CP_METHOD_POST, API "/invitations/{invitation}/decline" },
  { CP_ROUTE_START, CP_METHOD_GET, API "/patients/{patient}/start" },
  { CP_ROUTE_APPOINTMENTS, CP_METHOD_GET, API "/patients/{patient}/appointments" },
  { CP_ROUTE_TIMELINE, CP_METHOD_GET, API "/patients/{patient}/timeline" },
  { CP_ROUTE_DOSSIER, CP_METHOD_GET, API "/patients/{patient}/dossier" },
  { CP_ROUTE_DOSSIER_SEARCH, CP_METHOD_GET, API "/patients/{patient}/dossier/search" },
  { CP_ROUTE_DOSSIER_AUTHORS, CP_METHOD_GET, API "/patients/{patient}/dossier/authors" },
  { CP_ROUTE_DOSSIER_READ, CP_METHOD_POST, API "/patients/{patient}/dossier/read" },
  { CP_ROUTE_DOSSIER_ITEM, CP_METHOD_GET, API "/patients/{patient}/dossier/{item}" },
  { CP_ROUTE_DOSSIER_ITEM_READ, CP_METHOD_POST, API "/patients/{patient}/dossier/{item}/read" },
  { CP_ROUTE_ATTACHMENT, CP_METHOD_GET, API "/patients/{patient}/dossier/{item}/attachments/{attachment}" },
  { CP_ROUTE_CARE_PLANS, CP_METHOD_GET, API "/patients/{patient}/care-plans" },
  { CP_ROUTE_CARE_PLAN, CP_METHOD_GET, API "/patients/{patient}/care-plans/{plan}" },
  { CP_ROUTE_PROFILE, CP_METHOD_GET, API "/patients/{patient}/profile" },
  { CP_ROUTE_WORDS, CP_METHOD_GET, API "/words" },
  { CP_ROUTE_CHANGES, CP_METHOD_GET, API "/changes" },
  { CP_ROUTE_MEMBERS, CP_METHOD_GET, API "/patients/{patient}/members" },
  { CP_ROUTE_MEMBER_LOOKUP, CP_METHOD_POST, API "/patients/{patient}/members/lookup" },
  { CP_ROUTE_MEMBER_ADD, CP_METHOD_POST, API "/patients/{patient}/members" },
  { CP_ROUTE_MEMBER_PARTS, CP_METHOD_POST, API "/patients/{patient}/members/{member}/parts" },
  { CP_ROUTE_MEMBER_UNTIL, CP_METHOD_POST, API "/patients/{patient}/members/{member}/until" },
  { CP_ROUTE_MEMBER_RENEW, CP_METHOD_POST, API "/patients/{patient}/members/{member}/renew" },
  { CP_ROUTE_MEMBER_INVITATION, CP_METHOD_POST, API "/patients/{patient}/members/{member}/invitation" },
  { CP_ROUTE_MEMBER_WITHDRAW, CP_METHOD_POST, API "/patients/{patient}/members/{member}/withdraw" },
  { CP_ROUTE_MEMBER_END, CP_METHOD_POST, API "/patients/{patient}/members/{member}/end" },
  { CP_ROUTE_MEMBER_GROUND, CP_METHOD_POST, API "/patients/{patient}/members/{member}/ground" },
  { CP_ROUTE_MEMBER_MOBILE, CP_METHOD_POST, API "/patients/{patient}/members/{member}/mobile" },
  { CP_ROUTE_MEMBER_EMAIL, CP_METHOD_POST, API "/patients/{patient}/members/{member}/email" },
  { CP_ROUTE_ACCOUNT, CP_METHOD_GET, API "/account" },
  { CP_ROUTE_ACCOUNT_CHANGE, CP_METHOD_PUT, API "/account" },
  { CP_ROUTE_ACCOUNT_NOTIFICATIONS, CP_METHOD_PUT, API "/account/notifications" },
  { CP_ROUTE_ACCOUNT_EMAIL, CP_METHOD_POST, API "/account/email" },
  { CP_ROUTE_ACCOUNT_MOBILE, CP_METHOD_POST, API "/account/mobile" },
  { CP_ROUTE_ACCOUNT_MOBILE_AGAIN, CP_METHOD_POST, API "/account/mobile/again" },
  { CP_ROUTE_ACCOUNT_MOBILE_CODE, CP_METHOD_POST, API "/account/mobile/code" },
  { CP_ROUTE_ACCOUNT_TOTP, CP_METHOD_POST, API "/account/totp" },
  { CP_ROUTE_ACCOUNT_TOTP_CODE, CP_METHOD_POST, API "/account/totp/code" },
  { CP_ROUTE_ACCOUNT_TOTP_OFF, CP_METHOD_POST, API "/account/totp/off" },
  { CP_ROUTE_ACCOUNT_SHEET, CP_METHOD_POST, API "/account/sheet" },
  { CP_ROUTE_ACCOUNT_DEVICE_RENAME, CP_METHOD_POST, API "/account/devices/{device}" },
  { CP_ROUTE_ACCOUNT_DEVICE_END, CP_METHOD_DELETE, API "/account/devices/{device}" },
  { CP_ROUTE_ACCOUNT_SESSION_END, CP_METHOD_DELETE, API "/account/sessions/{session}" },
  { CP_ROUTE_ACCOUNT_SESSIONS_END, CP_METHOD_POST, API "/account/sessions/end-others" },
  { CP_ROUTE_ACCOUNT_END, CP_METHOD_POST, API "/account/end" },
};

static const char *const method_names[CP_N_METHODS] = { "GET", "POST", "PUT", "DELETE" };

/**
 * cp_route_get:
 *
 * Returns: (transfer none): the row of @id.
 */
const CpRoute *
cp_route_get (CpRouteId id)
{
  g_return_val_if_fail ((int) id >= 0 && id < CP_N_ROUTES, NULL);
  return &routes[id];
}

/**
 * cp_method_name:
 *
 * Returns: (transfer none): the method as in RFC 9110, in capitals.
 */
const char *
cp_method_name (CpMethod method)
{
  g_return_val_if_fail ((int) method >= 0 && method < CP_N_METHODS, NULL);
  return method_names[method];
}

/**
 * cp_route_path:
 * @id: the route
 * @...: an id for each {parameter}, then NULL
 *
 * Returns: (transfer full): the path.
 */
char *
cp_route_path (CpRouteId id, ...)
{
  GString *path = g_string_new (NULL);
  va_list ids;

  va_start (ids, id);
  for (const char *at = cp_route_get (id)->path; *at != '\0';)
    if (*at == '{')
      {
        g_string_append (path, va_arg (ids, const char *));
        at = strchr (at, '}') + 1;
      }
    else
      g_string_append_c (path, *at++);
  va_end (ids);
  return g_string_free (path, FALSE);
}

static gboolean
match_path (const char *pattern, const char *path, char params[][CP_ID_LENGTH + 1])
{
  int n = 0;

  while (*pattern != '\0')
    {
      if (*pattern == '{')
        {
          gsize length = strcspn (path, "/");
          if (length != CP_ID_LENGTH)
            return FALSE;
          memcpy (params[n], path, length);
          params[n][length] = '\0';
          if (!cp_validate_is_id (params[n++]))
            return FALSE;
          path += length;
          pattern = strchr (pattern, '}') + 1;
        }
      else if (*pattern++ != *path++)
        return FALSE;
    }
  return *path == '\0';
}

/**
 * cp_route_match:
 * @params: (out): the ids in the path
 *
 * Returns: whether a route fits, and if not whether one fits with another method.
 */
CpRouteMatch
cp_route_match (const char *method, const char *path, CpRouteId *id, char params[][CP_ID_LENGTH + 1])
{
  CpRouteMatch result = CP_ROUTE_NO_PATH;

  if (strncmp (path, API, strlen (API)) != 0)
    return CP_ROUTE_NO_PATH;
  path += strlen (API);
  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      if (!match_path (routes[i].path + strlen (API), path, params))
        continue;
      if (strcmp (method_names[routes[i].method], method) == 0)
        {
          *id = i;
          return CP_ROUTE_MATCH;
        }
      result = CP_ROUTE_NO_METHOD;
    }
  return result;
}
