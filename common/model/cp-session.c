/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-session.h"

#include <string.h>

#include "cp-part.h"
#include "cp-validate.h"

static const CpField login_request_fields[] = {
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpLoginRequest, username), .max = 200 },
  { "password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpLoginRequest, password), .max = 1024 },
  { "device_token", CP_FIELD_STRING, CP_FIELD_OPTIONAL | CP_FIELD_SECRET,
    G_STRUCT_OFFSET (CpLoginRequest, device_token), .max = 100 },
  { "language", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginRequest, language), .max = 10 },
  { "shared", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginRequest, shared) },
  { "device_name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginRequest, device_name), .max = 200 },
  { "no_keyring", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginRequest, no_keyring) },
  { NULL }
};
CP_DEFINE_RECORD (CpLoginRequest, cp_login_request, "LoginRequest", login_request_fields)

static const char *const step_names[] = { "sms", "totp", "sheet", "desk", NULL };

/**
 * cp_step_digits:
 *
 * Returns: how many digits a code of @method has.
 */
int
cp_step_digits (CpStepMethod method)
{
  return method == CP_STEP_SHEET || method == CP_STEP_DESK ? CP_GIVEN_CODE_DIGITS : CP_CODE_DIGITS;
}

static const CpField code_request_fields[] = {
  { "code", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpCodeRequest, code), .max = 1024 },
  { "method", CP_FIELD_ENUM, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCodeRequest, method), .names = step_names },
  { NULL }
};
CP_DEFINE_RECORD (CpCodeRequest, cp_code_request, "CodeRequest", code_request_fields)

static const CpField password_request_fields[] = {
  { "old_password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpPasswordRequest, old_password), .max = 1024 },
  /* Its rule, with a code of its own, is cp_validate_new_password's. */
  { "new_password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpPasswordRequest, new_password) },
  { NULL }
};
CP_DEFINE_RECORD (CpPasswordRequest, cp_password_request, "PasswordRequest", password_request_fields)

static const char *const next_names[] = { "verify-device", "change-password", "invitations", "in", NULL };
static const char *const reason_names[] = { "first-login", "new-device", "long-ago", "shared", "no-keyring", NULL };

static const CpField challenge_fields[] = {
  { "reason", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpChallenge, reason), .names = reason_names },
  { "masked", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpChallenge, masked) },
  { "code_until", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpChallenge, code_until) },
  { "resend_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpChallenge, resend_at) },
  { "resend_seconds", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpChallenge, resend_seconds), .min = 0,
    .max = 1000000 },
  { "refused", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpChallenge, refused) },
  { "attempt_until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpChallenge, attempt_until) },
  { "tries_left", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpChallenge, tries_left), .min = 0, .max = 100 },
  { "methods", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpChallenge, methods), .names = step_names },
  { "method", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpChallenge, method), .names = step_names },
  { NULL }
};
CP_DEFINE_RECORD (CpChallenge, cp_challenge, "Challenge", challenge_fields)

static const CpField login_answer_fields[] = {
  { "token", CP_FIELD_STRING, CP_FIELD_OPTIONAL | CP_FIELD_SECRET, G_STRUCT_OFFSET (CpLoginAnswer, token), .max = 100 },
  { "device_token", CP_FIELD_STRING, CP_FIELD_OPTIONAL | CP_FIELD_SECRET, G_STRUCT_OFFSET (CpLoginAnswer, device_token),
    .max = 100 },
  { "next", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpLoginAnswer, next), .names = next_names },
  { "challenge", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginAnswer, challenge),
    .record = &cp_challenge_record },
  { "first_change", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginAnswer, first_change) },
  { "sheet_used", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginAnswer, sheet_used) },
  { "sheet_left", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpLoginAnswer, sheet_left), .min = 0, .max = 100 },
  { NULL }
};
CP_DEFINE_RECORD (CpLoginAnswer, cp_login_answer, "LoginAnswer", login_answer_fields)

static const CpField patient_access_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpPatientAccess, id) },
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpPatientAccess, name) },
  { "birth_date", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpPatientAccess, birth_date) },
  { "relation", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPatientAccess, relation) },
  { "parts", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpPatientAccess, parts), .names = cp_part_names },
  { "granter", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPatientAccess, granter) },
  { "deceased", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPatientAccess, deceased) },
  { "until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPatientAccess, until) },
  { "place", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPatientAccess, place), .min = 0, .max = G_MAXINT32 },
  { NULL }
};
CP_DEFINE_RECORD (CpPatientAccess, cp_patient_access, "PatientAccess", patient_access_fields)

static const CpField session_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpSession, name) },
  { "given_name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpSession, given_name) },
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpSession, username) },
  { "language", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpSession, language) },
  { "shared", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpSession, shared) },
  { "idle_seconds", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpSession, idle_seconds), .min = 1, .max = 86400 },
  { "ends_at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpSession, ends_at) },
  { "seconds_left", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpSession, seconds_left), .min = 0, .max = G_MAXINT32 },
  { "previous_visit", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpSession, previous_visit) },
  { "open_invitations", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpSession, open_invitations), .min = 0, .max = 10000 },
  { "patients", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpSession, patients), .record = &cp_patient_access_record },
  { NULL }
};
CP_DEFINE_RECORD (CpSession, cp_session, "Session", session_fields)

static const CpField problem_fields[] = {
  { "type", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpProblem, type) },
  { "title", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpProblem, title) },
  { "status", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpProblem, status), .min = 100, .max = 599 },
  { "code", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpProblem, code) },
  { "field", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, field) },
  { "reason", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, reason) },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, text) },
  { "id", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, id) },
  { "until", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, until) },
  { "wait_seconds", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, wait_seconds), .min = 0,
    .max = 1000000 },
  { "tries_left", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProblem, tries_left), .min = 0, .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpProblem, cp_problem, "Problem", problem_fields)

static const CpField version_fields[] = {
  { "api_min", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpVersion, api_min), .min = 0, .max = 1000 },
  { "api_max", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpVersion, api_max), .min = 0, .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpVersion, cp_version, "Version", version_fields)

/**
 * cp_given_name:
 */
char *
cp_given_name (const char *name)
{
  return g_strndup (name, strcspn (name, " "));
}
