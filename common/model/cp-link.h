/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* What a link in a mail is for; the name is the first word of its path, on the web and of clientportaal://. */
typedef enum
{
  CP_LINK_RESET,      /* choose a new password */
  CP_LINK_INVITATION, /* choose the first password */
  CP_LINK_CONFIRM,    /* confirm an e-mail address */
  CP_LINK_N_KINDS
} CpLinkKind;
extern const char *const cp_link_kind_names[];

/* POST /forgot */
typedef struct
{
  char *username;
  char *email;
  char *language; /* (nullable): "nl" or "en", the desktop's; as in LoginRequest */
} CpForgotRequest;
CP_DECLARE_RECORD (CpForgotRequest, cp_forgot_request)

/* POST /links/look and /links/confirm */
typedef struct
{
  char *token;
} CpLinkRequest;
CP_DECLARE_RECORD (CpLinkRequest, cp_link_request)

/* POST /links/password */
typedef struct
{
  char *token;
  char *username;
  char *new_password;
} CpLinkPasswordRequest;
CP_DECLARE_RECORD (CpLinkPasswordRequest, cp_link_password_request)

/* Answer of /links/look: nothing of whose it is. */
typedef struct
{
  int kind;            /* CpLinkKind */
  CpTime until;        /* it works */
  gint64 seconds_left; /* of that from the answer on: the asker's own clock may be wrong */
} CpLink;
CP_DECLARE_RECORD (CpLink, cp_link)

G_END_DECLS
