/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-link.h"

const char *const cp_link_kind_names[] = { "reset", "invitation", "confirm", NULL };

static const CpField forgot_request_fields[] = {
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpForgotRequest, username), .max = 200 },
  { "email", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpForgotRequest, email), .max = 500 },
  { "language", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpForgotRequest, language), .max = 10 },
  { NULL }
};
CP_DEFINE_RECORD (CpForgotRequest, cp_forgot_request, "ForgotRequest", forgot_request_fields)

static const CpField link_request_fields[] = { { "token", CP_FIELD_STRING, CP_FIELD_SECRET,
                                                 G_STRUCT_OFFSET (CpLinkRequest, token), .max = 100 },
                                               { NULL } };
CP_DEFINE_RECORD (CpLinkRequest, cp_link_request, "LinkRequest", link_request_fields)

static const CpField link_password_request_fields[] = {
  { "token", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpLinkPasswordRequest, token), .max = 100 },
  { "username", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpLinkPasswordRequest, username), .max = 200 },
  { "new_password", CP_FIELD_STRING, CP_FIELD_SECRET, G_STRUCT_OFFSET (CpLinkPasswordRequest, new_password) },
  { NULL }
};
CP_DEFINE_RECORD (CpLinkPasswordRequest, cp_link_password_request, "LinkPasswordRequest", link_password_request_fields)

static const CpField link_fields[] = {
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpLink, kind), .names = cp_link_kind_names },
  { "until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpLink, until) },
  { "seconds_left", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpLink, seconds_left), .min = 0, .max = G_MAXINT32 },
  { NULL }
};
CP_DEFINE_RECORD (CpLink, cp_link, "Link", link_fields)
