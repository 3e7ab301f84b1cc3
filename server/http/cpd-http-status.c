/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-http-status.h"

#include "cp-json.h"
#include "cp-session.h"

static const CpdHttpStatus statuses[CP_ERROR_N_CODES] = {
  [CP_ERROR_INTERNAL] = { 500, "Internal error" },
  [CP_ERROR_BAD_REQUEST] = { 400, "Not a request of this protocol" },
  [CP_ERROR_INVALID_FIELD] = { 422, "A field breaks a rule" },
  [CP_ERROR_UNAUTHENTICATED] = { 401, "No session" },
  [CP_ERROR_SESSION_ENDED_ELSEWHERE] = { 401, "The session was ended elsewhere" },
  [CP_ERROR_SESSION_ENDED_PASSWORD] = { 401, "The session ended with a new password" },
  [CP_ERROR_SESSION_ENDED_ACCOUNT] = { 401, "The session ended with its account" },
  [CP_ERROR_NOT_FOUND] = { 404, "Not found" },
  [CP_ERROR_METHOD_NOT_ALLOWED] = { 405, "Method not allowed" },
  [CP_ERROR_TOO_LARGE] = { 413, "Too large" },
  [CP_ERROR_LOGIN_FAILED] = { 403, "User name and password do not match" },
  [CP_ERROR_TEMPORARY_PASSWORD_EXPIRED] = { 403, "The temporary password has expired" },
  [CP_ERROR_ATTEMPT_ENDED] = { 401, "The login attempt has ended" },
  [CP_ERROR_CODE_WRONG] = { 403, "The code is wrong" },
  [CP_ERROR_CODE_USED_UP] = { 403, "The code was tried too often" },
  [CP_ERROR_CODE_EXPIRED] = { 403, "The code has expired" },
  [CP_ERROR_CODES_LATER] = { 429, "No more codes for now", 30 },
  [CP_ERROR_CODES_TODAY] = { 429, "No more codes today", 3600 },
  [CP_ERROR_SMS_BUDGET] = { 503, "No text messages for now", 300 },
  [CP_ERROR_NO_MOBILE_NUMBER] = { 409, "No mobile number is known" },
  [CP_ERROR_PASSWORD_OLD_WRONG] = { 403, "The old password is wrong" },
  [CP_ERROR_PASSWORD_SHORT] = { 422, "The password is too short" },
  [CP_ERROR_PASSWORD_LONG] = { 422, "The password is too long" },
  [CP_ERROR_PASSWORD_COMMON] = { 422, "The password is a common one" },
  [CP_ERROR_PASSWORD_PERSONAL] = { 422, "The password contains a name" },
  [CP_ERROR_PASSWORD_CONTEXT] = { 422, "The password contains the organisation or the portal" },
  [CP_ERROR_PASSWORD_SAME] = { 422, "The password is the old one" },
  [CP_ERROR_PASSWORD_WRONG] = { 403, "The password is wrong" },
  [CP_ERROR_MOBILE_UNKNOWN] = { 422, "Not a telephone number" },
  [CP_ERROR_MOBILE_LENGTH] = { 422, "Too few or too many digits" },
  [CP_ERROR_MOBILE_LANDLINE] = { 422, "A landline number" },
  [CP_ERROR_MOBILE_SPECIAL] = { 422, "A paid or special number" },
  [CP_ERROR_MOBILE_EXTENSION] = { 422, "A number with an extension" },
  [CP_ERROR_MOBILE_FOREIGN] = { 422, "A number without its country code" },
  [CP_ERROR_MOBILE_COUNTRY] = { 422, "No text messages go to this country" },
  [CP_ERROR_SELF] = { 403, "Not for oneself" },
  [CP_ERROR_NOT_HELD] = { 403, "Not held" },
  [CP_ERROR_OWN_END] = { 403, "One's own access ends earlier" },
  [CP_ERROR_LAST_SETTINGS] = { 409, "The last who manages users" },
  [CP_ERROR_DECEASED] = { 409, "The client has died" },
  [CP_ERROR_LOOKUPS_TODAY] = { 429, "No more addresses today", 3600 },
  [CP_ERROR_LINK_ENDED] = { 410, "The link does not work any more" },
  [CP_ERROR_LINK_USER] = { 403, "The user name does not belong to the link" },
  [CP_ERROR_CONFLICT] = { 409, "Not in this state any more" },
  [CP_ERROR_CHANGED_MEANWHILE] = { 412, "Changed in the meantime" },
  [CP_ERROR_VERSION_REQUIRED] = { 428, "An edit must say of which version it is" },
  [CP_ERROR_THROTTLED] = { 429, "Too many tries", 60 },
  [CP_ERROR_BUSY] = { 503, "Busy", 5 },
  [CP_ERROR_SERVER_FULL] = { 503, "Nothing can be saved", 60 },
};

static const struct
{
  CpdHttpStatus status;
  CpErrorCode code;
} refusals[CPD_N_REFUSALS] = {
  [CPD_REFUSAL_FORM] = { { 400, "Not a request in canonical form" }, CP_ERROR_BAD_REQUEST },
  [CPD_REFUSAL_NO_PATH] = { { 404, "Not found" }, CP_ERROR_NOT_FOUND },
  [CPD_REFUSAL_NO_METHOD] = { { 405, "Method not allowed" }, CP_ERROR_METHOD_NOT_ALLOWED },
  [CPD_REFUSAL_BODY_LARGE] = { { 413, "The body is too large" }, CP_ERROR_TOO_LARGE },
  [CPD_REFUSAL_URI_LONG] = { { 414, "The address is too long" }, CP_ERROR_TOO_LARGE },
  [CPD_REFUSAL_MEDIA_TYPE] = { { 415, "The body must be application/json" }, CP_ERROR_BAD_REQUEST },
  [CPD_REFUSAL_EXPECT] = { { 417, "Unknown expectation" }, CP_ERROR_BAD_REQUEST },
  [CPD_REFUSAL_THROTTLED] = { { 429, "Too many requests at once", 5 }, CP_ERROR_THROTTLED },
  [CPD_REFUSAL_HEADER_LARGE] = { { 431, "The header is too large" }, CP_ERROR_TOO_LARGE },
  [CPD_REFUSAL_CLOSING] = { { 503, "Closing", 5 }, CP_ERROR_BUSY },
  [CPD_REFUSAL_VERSION] = { { 505, "HTTP/1.0 or HTTP/1.1 only" }, CP_ERROR_BAD_REQUEST },
};

/**
 * cpd_http_status_of_error:
 *
 * Returns: (transfer none): how @code travels. A code that only the app makes is an internal error here.
 */
const CpdHttpStatus *
cpd_http_status_of_error (CpErrorCode code)
{
  if ((int) code < 0 || code >= CP_ERROR_N_CODES || statuses[code].status == 0)
    return &statuses[CP_ERROR_INTERNAL];
  return &statuses[code];
}

/**
 * cpd_http_status_of_refusal:
 *
 * Returns: (transfer none): how @refusal travels.
 */
const CpdHttpStatus *
cpd_http_status_of_refusal (CpdRefusal refusal)
{
  if (refusal <= CPD_REFUSAL_NONE || refusal >= CPD_N_REFUSALS)
    return &statuses[CP_ERROR_INTERNAL];
  return &refusals[refusal].status;
}

/**
 * cpd_http_refusal_error:
 *
 * Returns: (transfer full): @refusal as an error.
 */
GError *
cpd_http_refusal_error (CpdRefusal refusal)
{
  return g_error_new_literal (CP_ERROR, refusals[refusal].code, cpd_http_status_of_refusal (refusal)->title);
}

/**
 * cpd_http_retry_after:
 *
 * Returns: what the error says (wait_seconds or until), else what is usual for @status, rounded up to whole seconds.
 */
int
cpd_http_retry_after (const CpdHttpStatus *status, GError *error)
{
  const CpErrorDetails *details = cp_error_details (error);
  CpTime left = details->until - cp_time_now ();

  if (status->retry_after == 0)
    return 0;
  if (details->wait_seconds > 0)
    return details->wait_seconds;
  if (details->until > 0 && left > 0)
    return (int) MIN ((left + CP_TIME_SECOND - 1) / CP_TIME_SECOND, G_MAXINT);
  return status->retry_after;
}

/**
 * cpd_http_problem:
 * @id: of the request, as in the log
 * @zone: (nullable): in which times are written
 *
 * Returns: (transfer full): the body.
 */
GBytes *
cpd_http_problem (const CpdHttpStatus *status, GError *error, const char *id, GTimeZone *zone)
{
  const CpErrorDetails *details = cp_error_details (error);
  CpErrorCode code = cpd_http_status_of_error (error->code) == &statuses[CP_ERROR_INTERNAL] ? CP_ERROR_INTERNAL
                                                                                            : (CpErrorCode) error->code;
  g_autoptr (CpProblem) problem = cp_problem_new ();
  char *text;
  gsize length;

  problem->type = g_strdup ("about:blank");
  problem->title = g_strdup (status->title);
  problem->status = status->status;
  problem->code = g_strdup (cp_error_code_name (code));
  problem->id = g_strdup (id);
  if (code != CP_ERROR_INTERNAL)
    {
      problem->field = g_strdup (details->field);
      problem->reason = g_strdup (details->reason);
      problem->text = g_strdup (details->text);
      problem->until = details->until;
      problem->wait_seconds = details->wait_seconds;
      problem->tries_left = details->tries_left;
    }
  text = cp_record_to_text (&cp_problem_record, problem, zone, &length);
  return g_bytes_new_take (text, length);
}
