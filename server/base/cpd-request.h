/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-route.h"

G_BEGIN_DECLS

#define CPD_REQUEST_ID_LENGTH 12

/* One request after http/ has checked its form. Immutable once it has been given to dispatch. */
typedef struct
{
  char id[CPD_REQUEST_ID_LENGTH + 1]; /* correlation id: in the log and in errors */
  CpRouteId route;
  char ids[CP_ROUTE_MAX_PARAMS][CP_ID_LENGTH + 1];
  GHashTable *query;   /* char * -> char *, decoded; at most 8 */
  GBytes *body;        /* (nullable): only for routes that take one */
  char *bearer;        /* (nullable): a well-formed token */
  char *if_none_match; /* (nullable) */
  char *address;       /* block of the client's address: "192.0.2.7", "2001:db8:1:2::/64", "unix" */
  gboolean refresh;    /* Cp-Cause: refresh */
} CpdRequest;

CpdRequest *cpd_request_new (CpRouteId route);
void cpd_request_free (CpdRequest *request);
/* (nullable) (transfer none): the value of a query parameter. */
const char *cpd_request_query (const CpdRequest *request, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdRequest, cpd_request_free)

G_END_DECLS
