/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"

G_BEGIN_DECLS

/* What http/ itself refuses, before dispatch sees it. */
typedef enum
{
  CPD_REFUSAL_NONE,
  CPD_REFUSAL_FORM, /* not in canonical form, or against a rule of the header */
  CPD_REFUSAL_NO_PATH,
  CPD_REFUSAL_NO_METHOD,
  CPD_REFUSAL_BODY_LARGE,
  CPD_REFUSAL_URI_LONG,
  CPD_REFUSAL_MEDIA_TYPE,
  CPD_REFUSAL_EXPECT,
  CPD_REFUSAL_THROTTLED, /* too many requests at once from this address block */
  CPD_REFUSAL_HEADER_LARGE,
  CPD_REFUSAL_CLOSING,
  CPD_REFUSAL_VERSION,
  CPD_N_REFUSALS
} CpdRefusal;

typedef struct
{
  int status; /* RFC 9110, chapter 15 */
  const char *title;
  int retry_after; /* seconds, when the error does not say; 0: no Retry-After */
} CpdHttpStatus;

const CpdHttpStatus *cpd_http_status_of_error (CpErrorCode code);
const CpdHttpStatus *cpd_http_status_of_refusal (CpdRefusal refusal);
/* (transfer full), of the CP_ERROR domain. */
GError *cpd_http_refusal_error (CpdRefusal refusal);

/* Seconds for Retry-After (RFC 9110, 10.2.3); 0: none. */
int cpd_http_retry_after (const CpdHttpStatus *status, GError *error);

/* (transfer full): application/problem+json (RFC 9457) of an error of the CP_ERROR domain. Its message stays here. */
GBytes *cpd_http_problem (const CpdHttpStatus *status, GError *error, const char *id, GTimeZone *zone);

G_END_DECLS
