/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-answer.h"

#include "cp-error.h"
#include "cp-file-type.h"
#include "cp-json.h"
#include "cp-session.h"

#define MAX_WAIT_SECONDS (24 * 3600)

static gboolean
is_type (const CpaAnswer *answer, const char *type)
{
  return answer->content_type != NULL && g_ascii_strcasecmp (answer->content_type, type) == 0;
}

static gboolean
is_success (const CpaAnswer *answer)
{
  return answer->status >= 200 && answer->status < 300;
}

static gpointer
parse (const CpaAnswer *answer, const CpRecordType *type, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonNode) node = cp_json_parse (text, length, CP_JSON_DEPTH, error);

  return node != NULL ? cp_record_from_json (type, node, CP_RECORD_LENIENT, error) : NULL;
}

static int
wait_of_header (const CpaAnswer *answer)
{
  guint64 seconds = 0;

  if (answer->retry_after == NULL ||
      !g_ascii_string_to_unsigned (answer->retry_after, 10, 0, MAX_WAIT_SECONDS, &seconds, NULL))
    return 0;
  return (int) seconds;
}

/* What a problem of the portal's is whose code is of a newer server. */
static CpErrorCode
code_of_status (guint status)
{
  switch (status)
    {
    case 401:
      return CP_ERROR_UNAUTHENTICATED;
    case 404:
      return CP_ERROR_NOT_FOUND;
    case 413:
      return CP_ERROR_TOO_LARGE;
    case 429:
      return CP_ERROR_THROTTLED;
    case 500:
      return CP_ERROR_INTERNAL;
    case 503:
      return CP_ERROR_BUSY;
    default:
      return CP_ERROR_BAD_ANSWER;
    }
}

/* Without a problem (nullable) it is of something in between, or of the HTTP library itself: that says at most when to
 * try again, and never what the server did, that a session is over, or that something is gone. */
static CpErrorCode
code_of (guint status, const CpProblem *problem)
{
  CpErrorCode code;

  if (problem == NULL)
    return CP_ERROR_NO_ANSWER;
  if (cp_error_code_from_name (problem->code, &code) && code < CP_ERROR_NO_NETWORK)
    return code;
  return code_of_status (status);
}

static void
set_problem (GError **error, const CpaAnswer *answer, const CpProblem *problem)
{
  CpErrorDetails *details;

  if (error == NULL)
    return;
  g_set_error (error, CP_ERROR, code_of (answer->status, problem), "HTTP status %u", answer->status);
  details = cp_error_details (*error);
  details->wait_seconds = wait_of_header (answer);
  if (problem == NULL)
    return;
  details->field = g_strdup (problem->field);
  details->reason = g_strdup (problem->reason);
  details->text = g_strdup (problem->text);
  details->id = g_strdup (problem->id);
  details->until = problem->until;
  details->tries_left = (int) CLAMP (problem->tries_left, 0, 100);
  if (problem->wait_seconds > 0)
    details->wait_seconds = (int) MIN (problem->wait_seconds, MAX_WAIT_SECONDS);
}

static void
set_failure (GError **error, const CpaAnswer *answer)
{
  g_autoptr (CpProblem) problem =
      is_type (answer, "application/problem+json") ? parse (answer, &cp_problem_record, NULL) : NULL;

  set_problem (error, answer, problem);
}

void
cpa_answer_check_file (const CpaAnswer *answer, GError **error)
{
  if (!is_success (answer))
    set_failure (error, answer);
  else if (!cp_file_type_is_sent (answer->content_type))
    g_set_error (error, CP_ERROR, CP_ERROR_NO_ANSWER, "the answer is no file of the server's");
}

gpointer
cpa_answer_read (const CpaAnswer *answer, const CpRecordType *type, GError **error)
{
  g_autoptr (GError) why = NULL;
  gpointer record;

  if (!is_success (answer))
    {
      set_failure (error, answer);
      return NULL;
    }
  if (answer->status == 204)
    return NULL;
  if (!is_type (answer, "application/json"))
    {
      /* Also where nothing is expected back: a page of something in between does not say that it was done. */
      g_set_error (error, CP_ERROR, CP_ERROR_NO_ANSWER, "the answer is not JSON");
      return NULL;
    }
  if (type == NULL)
    return NULL;
  record = parse (answer, type, &why);
  if (record == NULL)
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_ANSWER, "%s: %s", type->name, why->message);
  return record;
}

static char *
describe_certificate (GTlsCertificateFlags flags)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (G_TYPE_TLS_CERTIFICATE_FLAGS);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    if (klass->values[i].value != G_TLS_CERTIFICATE_VALIDATE_ALL && (klass->values[i].value & flags) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", klass->values[i].value_nick);
  return g_string_free (text, FALSE);
}

static gboolean
is_no_network (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return TRUE;
  return error->domain == G_RESOLVER_ERROR &&
         !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

/* Whether it broke off before anything of the request was sent. */
static gboolean
is_before_sending (const GError *error)
{
  static const int codes[] = { G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_HOST_NOT_FOUND, G_IO_ERROR_HOST_UNREACHABLE };

  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_NOT_TLS || error->code == G_TLS_ERROR_HANDSHAKE;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return error->domain == G_RESOLVER_ERROR;
}

GError *
cpa_answer_network_error (const GError *error, GTlsCertificateFlags tls_errors)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (tls_errors != 0)
    {
      g_autofree char *reason = describe_certificate (tls_errors);
      return g_error_new_literal (CP_ERROR, CP_ERROR_BAD_CERTIFICATE, reason);
    }
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new_literal (CP_ERROR, CP_ERROR_BAD_CERTIFICATE, error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (CP_ERROR, CP_ERROR_TIMEOUT, error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return g_error_new_literal (CP_ERROR, CP_ERROR_BAD_ANSWER, error->message);
  if (is_no_network (error))
    return g_error_new_literal (CP_ERROR, CP_ERROR_NO_NETWORK, error->message);
  return g_error_new_literal (CP_ERROR, is_before_sending (error) ? CP_ERROR_UNREACHABLE : CP_ERROR_NO_ANSWER,
                              error->message);
}

gboolean
cpa_answer_is_unsure (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_TIMEOUT) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_BAD_ANSWER) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_NO_ANSWER);
}
