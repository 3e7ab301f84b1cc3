/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>
#include "cpd-connections.h"
#include "cpd-page.h"
#include "cpd-reply.h"
#include "cpd-request.h"

G_BEGIN_DECLS

/* Answers request (takes it) by calling done once, with done_data, from any thread, before or after it returns. */
typedef void (*CpdHandler) (CpdRequest *request, CpdReplyFunc done, gpointer done_data, gpointer user_data);
/* Nobody waits for the answer with this done_data any more. Only for routes whose answer may wait; done is still to be
 * called. */
typedef void (*CpdLeft) (gpointer done_data, gpointer user_data);

/* Who answers what comes in. */
typedef struct
{
  CpdHandler handler;
  CpdRouteLimits (*limits) (CpRouteId route);
  CpdLeft left; /* (nullable) */
  gpointer user_data;
} CpdAnswerer;

/* What all requests of a listener share. */
typedef struct
{
  CpdAnswerer answerer;
  CpdConnections *connections; /* (owned by the listener) */
  CpdPages *pages;             /* (owned by the listener) */
  GTimeZone *zone;             /* (nullable) */
  gboolean tls;
  int quiescing; /* atomic: no new requests, every answer is the last of its connection */
} CpdExchangeContext;

/* One request and its answer. Made when the request line is there; target is that line's, as sent. */
CpdExchange *cpd_exchange_new (CpdExchangeContext *context, struct MHD_Connection *mhd, CpdConnection *connection,
                               const char *target);

/* The three steps, in the thread of the connection. MHD_NO: close it without an answer. */
enum MHD_Result cpd_exchange_read_head (CpdExchange *exchange, const char *method, const char *version);
void cpd_exchange_read_body (CpdExchange *exchange, const char *data, gsize size);
enum MHD_Result cpd_exchange_answer (CpdExchange *exchange);
gboolean cpd_exchange_head_is_read (const CpdExchange *exchange);

/* The connection is done with it; the handler may still hold it. */
void cpd_exchange_end (CpdExchange *exchange);

/* From any thread: no answer will be sent; a suspended connection goes on, to be closed. */
void cpd_exchange_abandon (CpdExchange *exchange);

G_END_DECLS
