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
  char *if_match;      /* (nullable): with its quotes */
  char *address;       /* block of the client's address: "192.0.2.7", "2001:db8:1:2::/64", "unix" */
  gboolean refresh;    /* Cp-Cause: refresh */
  char *view_as;       /* (nullable): Cp-View-As, the id of a row of user management; "" when it makes no sense */
  guint view_parts;    /* CpPart, Cp-View-Parts: as if these were ticked; 0: as it is */
} CpdRequest;

/* What a route asks of http/. */
typedef struct
{
  gsize body;  /* bytes at most; 0: it takes none */
  int wait_ms; /* its answer may wait so long for something to happen, beyond the time that an answer may take */
} CpdRouteLimits;

CpdRequest *cpd_request_new (CpRouteId route);
void cpd_request_free (CpdRequest *request);
/* (transfer full): takes text, which is wiped when it is freed: there may be a password in it. */
GBytes *cpd_request_wiped_bytes (char *text, gsize length);
/* (nullable) (transfer none): the value of a query parameter. */
const char *cpd_request_query (const CpdRequest *request, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdRequest, cpd_request_free)

G_END_DECLS
