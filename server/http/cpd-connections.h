/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cpd-address.h"
#include "cpd-certificate.h"
#include "cpd-pull.h"
#include "cpd-push.h"

G_BEGIN_DECLS

#define CPD_PIECE (64 * 1024)

/* How long and how many. A deadline is a point in time that no traffic moves: dripping bytes wins nothing. */
typedef struct
{
  int header_ms;   /* handshake, request line and fields */
  int body_ms;     /* the body */
  int answer_ms;   /* from the complete request to the last byte of the answer */
  int piece_ms;    /* this more for each CPD_PIECE bytes of a body, and from then on of an answer */
  int idle_ms;     /* between two requests */
  int tick_ms;     /* how often deadlines are looked at */
  int connections; /* in all */
} CpdLimits;

extern const CpdLimits cpd_limits_default;

typedef struct _CpdExchange CpdExchange;
typedef struct _CpdConnections CpdConnections;

typedef struct
{
  CpdConnections *connections; /* (borrowed) */
  int fd;                      /* (borrowed): open until cpd_connections_remove */
  CpdAddress address;
  char block[CPD_BLOCK_SIZE];
  gboolean from_proxy;         /* its X-Forwarded-For is believed */
  CpdCertificate *certificate; /* (owned) (nullable): of its TLS session */
  CpdPull pull;                /* of its TLS session */
  CpdPush push;                /* the same */
  gboolean in_handshake;       /* the same: the client has more to say in it */
  struct MHD_Connection *mhd;  /* (borrowed) (nullable): of its TLS session */
  /* of CpdConnections, under its lock */
  GList link;
  gboolean counted;
  gboolean watched;
  gboolean paused;       /* suspended until what is watched for is there */
  gint64 deadline;       /* monotonic, microseconds */
  CpdExchange *exchange; /* (borrowed) (nullable): the request that is in progress */
} CpdConnection;

/* All open connections: their number, their share by address block, and what a thread of its own watches: their
 * deadlines, and the descriptors of some. Safe from every thread. */
CpdConnections *cpd_connections_new (const CpdLimits *limits, int per_block, const char *const *proxies);
void cpd_connections_free (CpdConnections *connections); /* when all are removed */
const CpdLimits *cpd_connections_get_limits (const CpdConnections *connections);

/* A connection is handed to the library; unexpect when the library refuses it. */
void cpd_connections_expect (CpdConnections *connections);
void cpd_connections_unexpect (CpdConnections *connections);
/* The library begins with one that was expected. Never NULL. Over a limit fd is shut down at once; the connection must
 * still be removed. */
CpdConnection *cpd_connections_add (CpdConnections *connections, int fd, const struct sockaddr *peer);
void cpd_connections_remove (CpdConnections *connections, CpdConnection *connection);
void cpd_connections_set_deadline (CpdConnections *connections, CpdConnection *connection, gint64 from_now_ms);

/* The block of the client, also behind a proxy. forwarded (nullable) is what X-Forwarded-For says. TRUE when a proxy
 * vouched for it: then the requests are what counts, not the connection. */
gboolean cpd_connections_client_block (CpdConnections *connections, const CpdConnection *connection,
                                       const char *forwarded, char block[CPD_BLOCK_SIZE]);
/* Counts one more for block; FALSE when it has its share already. Loopback and Unix sockets have no limit. */
gboolean cpd_connections_count (CpdConnections *connections, const char *block);
void cpd_connections_uncount (CpdConnections *connections, const char *block);

/* Around each request. begin returns FALSE when the listener is being stopped. */
gboolean cpd_connections_begin (CpdConnections *connections, CpdConnection *connection, CpdExchange *exchange);
void cpd_connections_end (CpdConnections *connections, CpdConnection *connection);

/* While a request waits for long: when its client leaves, the connection is closed as at a deadline. */
void cpd_connections_watch (CpdConnections *connections, CpdConnection *connection);
void cpd_connections_unwatch (CpdConnections *connections, CpdConnection *connection);

/* Until its descriptor is ready, the library's thread does nothing for it. */
void cpd_connections_pause (CpdConnections *connections, CpdConnection *connection, guint32 events);

/* Stopping, when no more are expected than there are: closes the idle ones and waits until the library has begun with
 * all, and no request is in progress, at most grace_ms; then closes all, and lets go of every request that still waits
 * for its answer. */
void cpd_connections_drain (CpdConnections *connections, gint64 grace_ms);

G_END_DECLS
