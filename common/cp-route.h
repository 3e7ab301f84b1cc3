/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-validate.h"

G_BEGIN_DECLS

#define CP_API_VERSION 1 /* the one that this source speaks */

typedef enum
{
  CP_METHOD_GET,
  CP_METHOD_POST,
  CP_METHOD_PUT,
  CP_METHOD_DELETE,
  CP_N_METHODS
} CpMethod;

/* The whole contract of paths. Order is that of the table in cp-route.c. */
typedef enum
{
  CP_ROUTE_VERSION,
  CP_ROUTE_ORGANISATION,
  CP_ROUTE_ORGANISATION_LOGO,
  CP_ROUTE_ORGANISATION_PICTURE,
  CP_ROUTE_LOGIN,
  CP_ROUTE_LOGIN_CODE,
  CP_ROUTE_LOGIN_CHALLENGE,
  CP_ROUTE_PASSWORD,
  CP_ROUTE_FORGOT,
  CP_ROUTE_LINK_LOOK,
  CP_ROUTE_LINK_PASSWORD,
  CP_ROUTE_LINK_CONFIRM,
  CP_ROUTE_SESSION,
  CP_ROUTE_LOGOUT,
  CP_ROUTE_INVITATIONS,
  CP_ROUTE_INVITATION_ACCEPT,
  CP_ROUTE_INVITATION_DECLINE,
  CP_ROUTE_START,
  CP_ROUTE_APPOINTMENTS,
  CP_ROUTE_TIMELINE,
  CP_ROUTE_DOSSIER,
  CP_ROUTE_DOSSIER_SEARCH,
  CP_ROUTE_DOSSIER_AUTHORS,
  CP_ROUTE_DOSSIER_READ,
  CP_ROUTE_DOSSIER_ITEM,
  CP_ROUTE_DOSSIER_ITEM_READ,
  CP_ROUTE_ATTACHMENT,
  CP_ROUTE_CARE_PLANS,
  CP_ROUTE_CARE_PLAN,
  CP_ROUTE_PROFILE,
  CP_ROUTE_WORDS,
  CP_ROUTE_CHANGES,
  CP_ROUTE_MEMBERS,
  CP_ROUTE_MEMBER_LOOKUP,
  CP_ROUTE_MEMBER_ADD,
  CP_ROUTE_MEMBER_PARTS,
  CP_ROUTE_MEMBER_UNTIL,
  CP_ROUTE_MEMBER_RENEW,
  CP_ROUTE_MEMBER_INVITATION,
  CP_ROUTE_MEMBER_WITHDRAW,
  CP_ROUTE_MEMBER_END,
  CP_ROUTE_MEMBER_GROUND,
  CP_ROUTE_MEMBER_MOBILE,
  CP_ROUTE_MEMBER_EMAIL,
  CP_ROUTE_ACCOUNT,
  CP_ROUTE_ACCOUNT_CHANGE,
  CP_ROUTE_ACCOUNT_NOTIFICATIONS,
  CP_ROUTE_ACCOUNT_EMAIL,
  CP_ROUTE_ACCOUNT_MOBILE,
  CP_ROUTE_ACCOUNT_MOBILE_AGAIN,
  CP_ROUTE_ACCOUNT_MOBILE_CODE,
  CP_ROUTE_ACCOUNT_TOTP,
  CP_ROUTE_ACCOUNT_TOTP_CODE,
  CP_ROUTE_ACCOUNT_TOTP_OFF,
  CP_ROUTE_ACCOUNT_SHEET,
  CP_ROUTE_ACCOUNT_DEVICE_RENAME,
  CP_ROUTE_ACCOUNT_DEVICE_END,
  CP_ROUTE_ACCOUNT_SESSION_END,
  CP_ROUTE_ACCOUNT_SESSIONS_END,
  CP_ROUTE_ACCOUNT_END,
  CP_N_ROUTES
} CpRouteId;

#define CP_ROUTE_MAX_PARAMS 3

typedef struct
{
  CpRouteId id;
  CpMethod method;
  const char *path; /* template; each {name} stands for one opaque id (cp_validate_is_id) */
} CpRoute;

const CpRoute *cp_route_get (CpRouteId id);
const char *cp_method_name (CpMethod method);

/* (transfer full): the path with its ids filled in, in the order of the template; the list ends with NULL. */
char *cp_route_path (CpRouteId id, ...) G_GNUC_NULL_TERMINATED;

typedef enum
{
  CP_ROUTE_MATCH,
  CP_ROUTE_NO_PATH,
  CP_ROUTE_NO_METHOD, /* the path exists with another method */
} CpRouteMatch;

/* Finds the route of a method and a raw path (no query, no percent encoding: a path with '%' matches nothing).
 * params are copied as "id\0" into the caller's array of CP_ROUTE_MAX_PARAMS strings of CP_ID_LENGTH + 1 bytes. */
CpRouteMatch cp_route_match (const char *method, const char *path, CpRouteId *id, char params[][CP_ID_LENGTH + 1]);

G_END_DECLS
