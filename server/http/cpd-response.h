/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>
#include "cpd-http-status.h"
#include "cpd-reply.h"

G_BEGIN_DECLS

/* What an answer needs to know beyond the reply itself. */
typedef struct
{
  const char *id;     /* of the request */
  const char *allow;  /* (nullable): methods of the path, with CPD_REFUSAL_NO_METHOD */
  GTimeZone *zone;    /* (nullable) */
  CpdRefusal refusal; /* of http/ itself; then the reply's error is its error */
  gboolean tls;
  gboolean close; /* the last answer on this connection */
} CpdResponseContext;

/* (transfer full): the answer of HTTP and its status. An internal error is logged with the id here. */
struct MHD_Response *cpd_response_new (const CpdReply *reply, const CpdResponseContext *context, int *status);

G_END_DECLS
