/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-error.h"

typedef CpErrorDetails CpErrorPrivate;

static void
cp_error_private_init (CpErrorPrivate *details)
{
  *details = (CpErrorPrivate){ 0 };
}

static void
cp_error_private_copy (const CpErrorPrivate *source, CpErrorPrivate *target)
{
  *target = *source;
  target->field = g_strdup (source->field);
  target->reason = g_strdup (source->reason);
  target->text = g_strdup (source->text);
  target->id = g_strdup (source->id);
}

static void
cp_error_private_clear (CpErrorPrivate *details)
{
  g_free (details->field);
  g_free (details->reason);
  g_free (details->text);
  g_free (details->id);
}

/* GLib's macro casts a pointer to bytes, which clang finds less aligned than it is. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (CpError, cp_error)
#pragma GCC diagnostic pop

/* It is made without a lock: before there are threads. */
static void __attribute__ ((constructor)) make_quark (void) { cp_error_quark (); }

static const char *const code_names[CP_ERROR_N_CODES] = {
  [CP_ERROR_INTERNAL] = "internal",
  [CP_ERROR_BAD_REQUEST] = "bad-request",
  [CP_ERROR_INVALID_FIELD] = "invalid-field",
  [CP_ERROR_UNAUTHENTICATED] = "session-ended",
  [CP_ERROR_SESSION_ENDED_ELSEWHERE] = "session-ended-elsewhere",
  [CP_ERROR_SESSION_ENDED_PASSWORD] = "session-ended-password",
  [CP_ERROR_SESSION_ENDED_ACCOUNT] = "session-ended-account",
  [CP_ERROR_NOT_FOUND] = "not-found",
  [CP_ERROR_METHOD_NOT_ALLOWED] = "method-not-allowed",
  [CP_ERROR_TOO_LARGE] = "too-large",
  [CP_ERROR_LOGIN_FAILED] = "login-failed",
  [CP_ERROR_TEMPORARY_PASSWORD_EXPIRED] = "temporary-password-expired",
  [CP_ERROR_ATTEMPT_ENDED] = "attempt-ended",
  [CP_ERROR_CODE_WRONG] = "code-wrong",
  [CP_ERROR_CODE_USED_UP] = "code-used-up",
  [CP_ERROR_CODE_EXPIRED] = "code-expired",
  [CP_ERROR_CODES_LATER] = "codes-later",
  [CP_ERROR_CODES_TODAY] = "codes-today",
  [CP_ERROR_SMS_BUDGET] = "sms-budget",
  [CP_ERROR_NO_MOBILE_NUMBER] = "no-mobile-number",
  [CP_ERROR_PASSWORD_OLD_WRONG] = "password-old-wrong",
  [CP_ERROR_PASSWORD_SHORT] = "password-short",
  [CP_ERROR_PASSWORD_LONG] = "password-long",
  [CP_ERROR_PASSWORD_COMMON] = "password-common",
  [CP_ERROR_PASSWORD_PERSONAL] = "password-personal",
  [CP_ERROR_PASSWORD_CONTEXT] = "password-context",
  [CP_ERROR_PASSWORD_SAME] = "password-same",
  [CP_ERROR_PASSWORD_WRONG] = "password-wrong",
  [CP_ERROR_MOBILE_UNKNOWN] = "mobile-unknown",
  [CP_ERROR_MOBILE_LENGTH] = "mobile-length",
  [CP_ERROR_MOBILE_LANDLINE] = "mobile-landline",
  [CP_ERROR_MOBILE_SPECIAL] = "mobile-special",
  [CP_ERROR_MOBILE_EXTENSION] = "mobile-extension",
  [CP_ERROR_MOBILE_FOREIGN] = "mobile-foreign",
  [CP_ERROR_MOBILE_COUNTRY] = "mobile-country",
  [CP_ERROR_SELF] = "self",
  [CP_ERROR_NOT_HELD] = "not-held",
  [CP_ERROR_OWN_END] = "own-end",
  [CP_ERROR_LAST_SETTINGS] = "last-settings",
  [CP_ERROR_DECEASED] = "deceased",
  [CP_ERROR_LOOKUPS_TODAY] = "lookups-today",
  [CP_ERROR_LINK_ENDED] = "link-ended",
  [CP_ERROR_LINK_USER] = "link-user",
  [CP_ERROR_CONFLICT] = "conflict",
  [CP_ERROR_CHANGED_MEANWHILE] = "changed-meanwhile",
  [CP_ERROR_VERSION_REQUIRED] = "version-required",
  [CP_ERROR_THROTTLED] = "throttled",
  [CP_ERROR_BUSY] = "busy",
  [CP_ERROR_SERVER_FULL] = "server-full",
  [CP_ERROR_NO_NETWORK] = "no-network",
  [CP_ERROR_UNREACHABLE] = "unreachable",
  [CP_ERROR_TIMEOUT] = "timeout",
  [CP_ERROR_BAD_CERTIFICATE] = "bad-certificate",
  [CP_ERROR_BAD_ANSWER] = "bad-answer",
  [CP_ERROR_NO_ANSWER] = "no-answer",
  [CP_ERROR_APP_TOO_OLD] = "app-too-old",
  [CP_ERROR_SERVER_TOO_OLD] = "server-too-old",
  [CP_ERROR_VIEW_ONLY] = "view-only",
  [CP_ERROR_PASSWORD_UNSURE] = "password-unsure",
};

/**
 * cp_error_code_name:
 *
 * Returns: (transfer none): the stable wire name of @code, as in "code" of a problem (RFC 9457).
 */
const char *
cp_error_code_name (CpErrorCode code)
{
  g_return_val_if_fail ((int) code >= 0 && code < CP_ERROR_N_CODES, NULL);
  return code_names[code];
}

/**
 * cp_error_code_from_name:
 *
 * Returns: TRUE and @code when @name is a code of this version.
 */
gboolean
cp_error_code_from_name (const char *name, CpErrorCode *code)
{
  for (int i = 0; i < CP_ERROR_N_CODES; i++)
    if (g_strcmp0 (name, code_names[i]) == 0)
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cp_error_details:
 * @error: an error of the CP_ERROR domain
 *
 * Returns: (transfer none): its details, to read or to fill in.
 */
CpErrorDetails *
cp_error_details (GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == CP_ERROR, NULL);
  return cp_error_get_private (error);
}

/**
 * cp_error_set_field:
 * @field: name of the wire field that breaks a rule
 * @message: English, for the log of a developer; the app has its own sentence
 *
 * Sets CP_ERROR_INVALID_FIELD with its field.
 */
void
cp_error_set_field (GError **error, const char *field, const char *message)
{
  if (error == NULL)
    return;
  g_set_error (error, CP_ERROR, CP_ERROR_INVALID_FIELD, "%s: %s", field, message);
  cp_error_details (*error)->field = g_strdup (field);
}

/**
 * cp_error_set_field_reason:
 * @field: name of the wire field that breaks a rule
 * @reason: code of the rule
 * @text: (nullable): what it is about
 *
 * Sets CP_ERROR_INVALID_FIELD with its field and reason.
 */
void
cp_error_set_field_reason (GError **error, const char *field, const char *reason, const char *text)
{
  if (error == NULL)
    return;
  cp_error_set_field (error, field, reason);
  cp_error_details (*error)->reason = g_strdup (reason);
  cp_error_details (*error)->text = g_strdup (text);
}
