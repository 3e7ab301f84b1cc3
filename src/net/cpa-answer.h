/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-record.h"

G_BEGIN_DECLS

#define CPA_ANSWER_MAX_BYTES (16 * 1024 * 1024)

/* What a server said, before anybody believed it. */
typedef struct
{
  guint status;
  const char *content_type; /* (nullable): without parameters */
  const char *retry_after;  /* (nullable) */
  GBytes *body;
} CpaAnswer;

/* (transfer full): the record in the answer; NULL without error for 204 and where type is NULL; else an error of
 * CP_ERROR with its details. Unknown keys are skipped: the server may be newer. */
gpointer cpa_answer_read (const CpaAnswer *answer, const CpRecordType *type, GError **error);

/* Sets an error, as above, unless the body is a file of the server's. */
void cpa_answer_check_file (const CpaAnswer *answer, GError **error);

/* (transfer full): a failure of the network as one of CP_ERROR; cancelling stays what it is. tls_errors are those of
 * the peer's certificate. */
GError *cpa_answer_network_error (const GError *error, GTlsCertificateFlags tls_errors);

/* Whether the server may have done what was asked although it failed: no answer of its own came, or none that can be
 * read. */
gboolean cpa_answer_is_unsure (const GError *error);

G_END_DECLS
