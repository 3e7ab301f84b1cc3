/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-route.h"
#include "cpd-call.h"

G_BEGIN_DECLS

/* Who may come: bits of CpdSessionKind, or anybody. 0 is not allowed: cpd_routes_check() refuses to start. */
#define CPD_ANYBODY (1u << 31)
/* parts of a route whose path names no patient. 0 is not allowed either. */
#define CPD_NO_PATIENT (1u << 31)

typedef enum
{
  CPD_RUN_READ = 1,  /* on the epoll thread's own connection */
  CPD_RUN_READ_SLOW, /* in a pool of readers, so that no epoll thread waits for it */
  CPD_RUN_GLANCE,    /* a reading of a few rows: in the writer, with its audit row */
  CPD_RUN_WRITE,     /* in the writer */
  CPD_RUN_LOG_OUT,   /* where it came in, then in the writer; answered also when nothing can be written */
  CPD_RUN_HASH,      /* begin in the writer, hash in the pool, service in the writer */
  CPD_RUN_WAIT,      /* a reading of nobody's data that waits for news; never a use of the session */
} CpdRun;

typedef struct
{
  CpRouteId id;
  guint sessions; /* which sessions may */
  guint parts;    /* CpPart: holding one of them is enough; or CPD_NO_PATIENT */
  CpdRun run;
  const CpRecordType *body; /* (nullable): what the request carries */
  CpdServiceFunc begin;     /* CPD_RUN_HASH only */
  CpdServiceFunc service;
} CpdRouteRow;

const CpdRouteRow *cpd_routes_get (CpRouteId id);
/* Whether a route shows something of a patient and changes nothing, so that one may look at it as somebody else. */
gboolean cpd_routes_is_viewable (const CpdRouteRow *row);
/* A request of CPD_RUN_WAIT waits at most so long. Whatever stands in between may close what is silent for a minute. */
#define CPD_WAIT_MS (55 * 1000)
CpdRouteLimits cpd_routes_limits (CpRouteId id);
/* Every route has a row with who may come and what is needed; a mistake ends the program. */
void cpd_routes_check (void);
/* (transfer full): the table as text, a line for each route. */
char *cpd_routes_print (void);

G_END_DECLS
