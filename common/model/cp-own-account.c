/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-own-account.h"

/* Rules with a sentence of their own are those of cp-validate.c and of the server, so these are only bounds. */
#define TYPED_MAX 1024

static const CpField own_device_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnDevice, id) },
  { "name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnDevice, name) },
  { "last_visit", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpOwnDevice, last_visit) },
  { "until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpOwnDevice, until) },
  { "current", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnDevice, current) },
  { NULL }
};
CP_DEFINE_RECORD (CpOwnDevice, cp_own_device, "OwnDevice", own_device_fields)

static const CpField own_session_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnSession, id) },
  { "name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnSession, name) },
  { "since", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpOwnSession, since) },
  { "shared", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnSession, shared) },
  { "current", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnSession, current) },
  { NULL }
};
CP_DEFINE_RECORD (CpOwnSession, cp_own_session, "OwnSession", own_session_fields)

static const CpField own_account_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnAccount, name) },
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnAccount, username) },
  { "email", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnAccount, email) },
  { "email_waiting", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnAccount, email_waiting) },
  { "masked", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnAccount, masked) },
  { "language", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOwnAccount, language) },
  { "totp", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpOwnAccount, totp) },
  { "news_mail", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpOwnAccount, news_mail) },
  { "quiet_from", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnAccount, quiet_from) },
  { "quiet_until", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnAccount, quiet_until) },
  { "sheet_left", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOwnAccount, sheet_left), .min = 0, .max = 100 },
  { "sheet_made", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOwnAccount, sheet_made) },
  { "devices", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpOwnAccount, devices), .record = &cp_own_device_record },
  { "sessions", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpOwnAccount, sessions), .record = &cp_own_session_record },
  { NULL }
};
CP_DEFINE_RECORD (CpOwnAccount, cp_own_account, "OwnAccount", own_account_fields)

static const CpField account_request_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpAccountRequest, name), .max = TYPED_MAX },
  { "language", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpAccountRequest, language), .max = 10 },
  { NULL }
};
CP_DEFINE_RECORD (CpAccountRequest, cp_account_request, "AccountRequest", account_request_fields)

static const CpField notifications_request_fields[] = {
  { "news_mail", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpNotificationsRequest, news_mail) },
  { "quiet_from", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpNotificationsRequest, quiet_from), .max = 5 },
  { "quiet_until", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpNotificationsRequest, quiet_until),
    .max = 5 },
  { NULL }
};
CP_DEFINE_RECORD (CpNotificationsRequest, cp_notifications_request, "NotificationsRequest",
                  notifications_request_fields)

static const CpField confirm_request_fields[] = { { "password", CP_FIELD_STRING, CP_FIELD_SECRET,
                                                    G_STRUCT_OFFSET (CpConfirmRequest, password), .max = TYPED_MAX },
                                                  { NULL } };
CP_DEFINE_RECORD (CpConfirmRequest, cp_confirm_request, "ConfirmRequest", confirm_request_fields)

static const CpField email_request_fields[] = {
  { "email", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpEmailRequest, email), .max = TYPED_MAX },
  { "password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpEmailRequest, password), .max = TYPED_MAX },
  { NULL }
};
CP_DEFINE_RECORD (CpEmailRequest, cp_email_request, "EmailRequest", email_request_fields)

static const CpField mobile_request_fields[] = {
  { "mobile", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpMobileRequest, mobile), .max = TYPED_MAX },
  { "password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpMobileRequest, password), .max = TYPED_MAX },
  { NULL }
};
CP_DEFINE_RECORD (CpMobileRequest, cp_mobile_request, "MobileRequest", mobile_request_fields)

static const CpField number_challenge_fields[] = {
  { "masked", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpNumberChallenge, masked) },
  { "code_until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpNumberChallenge, code_until) },
  { "resend_at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpNumberChallenge, resend_at) },
  { "resend_seconds", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpNumberChallenge, resend_seconds), .min = 0,
    .max = 1000000 },
  { "refused", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpNumberChallenge, refused) },
  { NULL }
};
CP_DEFINE_RECORD (CpNumberChallenge, cp_number_challenge, "NumberChallenge", number_challenge_fields)

static const CpField typed_code_fields[] = { { "code", CP_FIELD_STRING, CP_FIELD_SECRET,
                                               G_STRUCT_OFFSET (CpTypedCode, code), .max = TYPED_MAX },
                                             { NULL } };
CP_DEFINE_RECORD (CpTypedCode, cp_typed_code, "TypedCode", typed_code_fields)

static const CpField totp_setup_fields[] = {
  { "key", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpTotpSetup, key) },
  { "uri", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpTotpSetup, uri) },
  { "modules", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpTotpSetup, modules), .max = 40000 },
  { NULL }
};
CP_DEFINE_RECORD (CpTotpSetup, cp_totp_setup, "TotpSetup", totp_setup_fields)

static const CpField code_sheet_fields[] = {
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCodeSheet, username) },
  { "made", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpCodeSheet, made) },
  { "codes", CP_FIELD_STRINGS, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpCodeSheet, codes) },
  { NULL }
};
CP_DEFINE_RECORD (CpCodeSheet, cp_code_sheet, "CodeSheet", code_sheet_fields)

static const CpField device_request_fields[] = { { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpDeviceRequest, name),
                                                   .max = TYPED_MAX },
                                                 { NULL } };
CP_DEFINE_RECORD (CpDeviceRequest, cp_device_request, "DeviceRequest", device_request_fields)
