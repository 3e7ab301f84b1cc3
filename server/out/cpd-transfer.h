/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "cp-time.h"

G_BEGIN_DECLS

/* Every HTTP request that leaves the server: https with the certificate checked, or http to a loopback address; no
 * redirects, no proxy, no cookies, a bounded body, bounded times. */
typedef struct _CpdTransfer CpdTransfer;

#define CPD_TRANSFER_BODY_MAX (16 * 1024 * 1024)

typedef enum
{
  CPD_TRANSFER_ERROR_ADDRESS,   /* the address is not one that may be asked: nothing was sent */
  CPD_TRANSFER_ERROR_CONNECT,   /* no connection: name, route, refused */
  CPD_TRANSFER_ERROR_TLS,       /* the certificate or the handshake is not right */
  CPD_TRANSFER_ERROR_TIMEOUT,   /* too slow, or too long silent */
  CPD_TRANSFER_ERROR_CUT,       /* broken off in the middle */
  CPD_TRANSFER_ERROR_TOO_LARGE, /* the body is larger than it may be */
  CPD_TRANSFER_ERROR_CANCELLED,
  CPD_TRANSFER_ERROR_LOCAL /* here: a file, a disk, memory */
} CpdTransferError;
#define CPD_TRANSFER_ERROR (cpd_transfer_error_quark ())
GQuark cpd_transfer_error_quark (void);

/* How long it may take, in milliseconds, and how large the answer may be. */
typedef struct
{
  int connect;
  int silence; /* whole seconds count: not a byte for so long */
  int total;
  gint64 body; /* bytes that are kept in memory; 0: CPD_TRANSFER_BODY_MAX */
} CpdTransferLimits;
extern const CpdTransferLimits cpd_transfer_limits;

/* (nullable) each: paths of PEM files. */
typedef struct
{
  const char *ca_file;
  const char *client_certificate;
  const char *client_key;
} CpdTransferFiles;

/* Copies what it is given. limits NULL: cpd_transfer_limits. */
CpdTransfer *cpd_transfer_new (const CpdTransferFiles *files, const CpdTransferLimits *limits);
void cpd_transfer_free (CpdTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdTransfer, cpd_transfer_free)

typedef struct
{
  const char *method; /* GET, POST, DELETE */
  const char *url;
  const char *accept;         /* (nullable) */
  const char *authorization;  /* (nullable): "Bearer ...": the caller has looked where it goes */
  const char *prefer;         /* (nullable) */
  const char *const *headers; /* (nullable): more of them, "Name: value" */
  const char *content_type;   /* (nullable) of body */
  const char *body;           /* (nullable) */
  gboolean once;   /* never sent twice: libcurl does that when a connection that it kept turns out to be closed */
  int sink;        /* file descriptor that takes the body of a 200 instead of memory; 0: none */
  gint64 body_max; /* 0: that of the limits; larger only with a sink */
  gint64 timeout;  /* of the whole, in milliseconds; 0: that of the limits */
  gboolean (*tick) (gpointer data); /* (nullable): called once a second at least; FALSE cancels */
  gpointer tick_data;
} CpdTransferRequest;

typedef struct
{
  int status;
  CpTime date; /* of the Date header; 0: none or not a date */
  char *retry_after;
  char *rate_limit;
  char *content_type;
  char *content_location;
  char *etag;
  GByteArray *body;
} CpdTransferAnswer;

/* (transfer full). NULL with CPD_TRANSFER_ERROR when no whole answer came; an answer of any status is no error. One
 * thread at a time. */
CpdTransferAnswer *cpd_transfer_send (CpdTransfer *transfer, const CpdTransferRequest *request,
                                      GCancellable *cancellable, GError **error);
void cpd_transfer_answer_free (CpdTransferAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdTransferAnswer, cpd_transfer_answer_free)

/* Whether both have the same scheme, host and port. */
gboolean cpd_transfer_same_origin (const char *a, const char *b);
/* The moment that an HTTP date (RFC 9110, 5.6.7; nullable) says; 0 when it says none. */
CpTime cpd_transfer_date (const char *text);

G_END_DECLS
