/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* A computer on which no code is asked. */
typedef struct
{
  char *id;
  char *name; /* (nullable): the app never said how it is called */
  CpTime last_visit;
  CpTime until;     /* trusted until then without a visit */
  gboolean current; /* the one that asks */
} CpOwnDevice;
CP_DECLARE_RECORD (CpOwnDevice, cp_own_device)

/* Where one is logged in. */
typedef struct
{
  char *id;
  char *name; /* (nullable): of the computer */
  CpTime since;
  gboolean shared;
  gboolean current;
} CpOwnSession;
CP_DECLARE_RECORD (CpOwnSession, cp_own_session)

/* GET /account: what a person may know and change about their own account. */
typedef struct
{
  char *name;
  char *username;
  char *email;
  char *email_waiting; /* (nullable): counts when its link was opened */
  char *masked;        /* (nullable): the mobile number, recognisable to its owner only */
  char *language;
  gboolean totp;      /* codes from an app are on */
  gboolean news_mail; /* an e-mail comes when there is something new */
  char *quiet_from;   /* (nullable): "21:00": none comes from then, by the organisation's clock */
  char *quiet_until;  /* (nullable): until then; NULL both: it may come at any time */
  gint64 sheet_left;  /* codes on the sheet that were not used yet */
  CpTime sheet_made;  /* 0: never */
  GPtrArray *devices; /* CpOwnDevice, the newest visit first */
  GPtrArray *sessions;
} CpOwnAccount;
CP_DECLARE_RECORD (CpOwnAccount, cp_own_account)

/* PUT /account */
typedef struct
{
  char *name;
  char *language;
} CpAccountRequest;
CP_DECLARE_RECORD (CpAccountRequest, cp_account_request)

/* PUT /account/notifications */
typedef struct
{
  gboolean news_mail;
  char *quiet_from;  /* (nullable), as in CpOwnAccount */
  char *quiet_until; /* (nullable): both, or neither */
} CpNotificationsRequest;
CP_DECLARE_RECORD (CpNotificationsRequest, cp_notifications_request)

/* What is asked for with the password, and nothing else. */
typedef struct
{
  char *password;
} CpConfirmRequest;
CP_DECLARE_RECORD (CpConfirmRequest, cp_confirm_request)

/* POST /account/email */
typedef struct
{
  char *email;
  char *password;
} CpEmailRequest;
CP_DECLARE_RECORD (CpEmailRequest, cp_email_request)

/* POST /account/mobile */
typedef struct
{
  char *mobile;
  char *password;
} CpMobileRequest;
CP_DECLARE_RECORD (CpMobileRequest, cp_mobile_request)

/* Its answer, and that of POST /account/mobile/again: a code is on its way to the new number. */
typedef struct
{
  char *masked;
  CpTime code_until;
  CpTime resend_at;      /* from when another one may be asked, by the server's clock */
  gint64 resend_seconds; /* how long that is from the answer on; 0: at once */
  char *refused;         /* (nullable): the code of the error that says why no other was sent: the earlier one counts */
} CpNumberChallenge;
CP_DECLARE_RECORD (CpNumberChallenge, cp_number_challenge)

/* POST /account/mobile/code, /account/totp/code */
typedef struct
{
  char *code;
} CpTypedCode;
CP_DECLARE_RECORD (CpTypedCode, cp_typed_code)

/* POST /account/totp */
typedef struct
{
  char *key;     /* to be typed into the app */
  char *uri;     /* what the picture says */
  char *modules; /* the picture: '1' where it is dark, row after row, as many rows as columns */
} CpTotpSetup;
CP_DECLARE_RECORD (CpTotpSetup, cp_totp_setup)

/* POST /account/sheet: told this once */
typedef struct
{
  char *username;
  CpTime made;
  GStrv codes;
} CpCodeSheet;
CP_DECLARE_RECORD (CpCodeSheet, cp_code_sheet)

/* POST /account/devices/{device} */
typedef struct
{
  char *name;
} CpDeviceRequest;
CP_DECLARE_RECORD (CpDeviceRequest, cp_device_request)

G_END_DECLS
