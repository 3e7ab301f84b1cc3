/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "cpd-config.h"
#include "cpd-ehr-lease.h"
#include "cpd-transfer.h"

G_BEGIN_DECLS

/* Requests to a FHIR server: the token, trying again, waiting when it is too busy, and what each error means. */
typedef struct _CpdEhrHttp CpdEhrHttp;
typedef struct _CpdEhrAccess CpdEhrAccess;

typedef enum
{
  CPD_EHR_HTTP_ERROR_STOPPED,     /* cancelled, the lease lost, the disk full: the run ends */
  CPD_EHR_HTTP_ERROR_FAILED,      /* not well, also after trying again */
  CPD_EHR_HTTP_ERROR_NOT_ALLOWED, /* 403 */
  CPD_EHR_HTTP_ERROR_NOT_FOUND,   /* 404 */
  CPD_EHR_HTTP_ERROR_GONE,        /* 410 */
  CPD_EHR_HTTP_ERROR_CHANGES,     /* refused because of _lastUpdated or _sort */
  CPD_EHR_HTTP_ERROR_COUNT,       /* refused because of _count */
  CPD_EHR_HTTP_ERROR_TOO_LARGE,   /* larger or deeper than is read: a question for less may do */
  CPD_EHR_HTTP_ERROR_REFUSED      /* refused: trying again is of no use */
} CpdEhrHttpError;
#define CPD_EHR_HTTP_ERROR (cpd_ehr_http_error_quark ())
GQuark cpd_ehr_http_error_quark (void);

/* config and lease (nullable) are kept by the caller. NULL with error when the key or the secret cannot be used. limits
 * (nullable): of each request. */
CpdEhrHttp *cpd_ehr_http_new (const CpdConfig *config, CpdEhrLease *lease, GCancellable *cancellable,
                              const CpdTransferLimits *limits, GError **error);
void cpd_ehr_http_free (CpdEhrHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrHttp, cpd_ehr_http_free)

/* The body of one try: what may be sent only once is made anew for each. (transfer full), NULL with error. */
typedef char *(*CpdEhrBodyFunc) (gpointer data, GError **error);

typedef struct
{
  const char *method; /* NULL: GET */
  const char *url;    /* absolute, or counted from the base address */
  const char *accept; /* NULL: FHIR JSON */
  const char *prefer;
  const char *content_type;
  const char *body;
  CpdEhrBodyFunc make_body; /* (nullable): instead of body */
  gpointer make_data;
  const char *authorization; /* with without_token: what to send instead */
  gboolean without_token;
  gboolean elsewhere; /* may have another origin than the server: the token endpoint of the configuration */
  gboolean plain;     /* the answer may be anything but a FHIR resource */
  int sink;           /* a file descriptor that takes the body */
} CpdEhrRequest;

typedef struct
{
  int status;
  CpTime date;        /* the server's now; 0: not said */
  JsonNode *node;     /* (nullable): the body, an object; NULL without one, and with a sink */
  JsonObject *object; /* (borrowed) (nullable) of node */
  char *content_location;
  CpTime retry_after; /* -1: not said */
} CpdEhrReply;

/* (transfer full). NULL with CPD_EHR_HTTP_ERROR, whose message says status and code and no content. */
CpdEhrReply *cpd_ehr_http_ask (CpdEhrHttp *http, const CpdEhrRequest *request, GError **error);
/* The same for a GET. */
CpdEhrReply *cpd_ehr_http_get (CpdEhrHttp *http, const char *url, GError **error);
void cpd_ehr_reply_free (CpdEhrReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrReply, cpd_ehr_reply_free)

/* What the server said beside its newest refusal, without long numbers; (nullable). */
const char *cpd_ehr_http_diagnostics (const CpdEhrHttp *http);
/* The Date of the first answer of the server itself that had one; 0: none so far. */
CpTime cpd_ehr_http_first_date (const CpdEhrHttp *http);
const char *cpd_ehr_http_base (const CpdEhrHttp *http);
CpdEhrAccess *cpd_ehr_http_access (CpdEhrHttp *http);
/* Waits, and keeps the lease meanwhile. FALSE with CPD_EHR_HTTP_ERROR_STOPPED. */
gboolean cpd_ehr_http_wait (CpdEhrHttp *http, CpTime duration, GError **error);

G_END_DECLS
