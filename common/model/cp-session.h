/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* POST /login */
typedef struct
{
  char *username;
  char *password;
  char *device_token;  /* (nullable): of an earlier login of this account on this device */
  char *language;      /* (nullable): "nl" or "en", the desktop's; kept with the account at its first login */
  gboolean shared;     /* a shared computer: no device trust, short idle time */
  char *device_name;   /* (nullable): how the computer is called, until the person calls it otherwise */
  gboolean no_keyring; /* the computer cannot keep a device token now: none is made */
} CpLoginRequest;
CP_DECLARE_RECORD (CpLoginRequest, cp_login_request)

/* The ways to the second step. Stored as numbers: never renumber. */
typedef enum
{
  CP_STEP_SMS = 0,
  CP_STEP_TOTP = 1,  /* from an authenticator app */
  CP_STEP_SHEET = 2, /* from the printed sheet */
  CP_STEP_DESK = 3,  /* from the organisation's desk */
  CP_N_STEP_METHODS
} CpStepMethod;

/* How many digits a code of this method has. */
int cp_step_digits (CpStepMethod method);

/* POST /login/code */
typedef struct
{
  char *code;
  int method; /* CpStepMethod: which code it is */
} CpCodeRequest;
CP_DECLARE_RECORD (CpCodeRequest, cp_code_request)

/* POST /password */
typedef struct
{
  char *old_password;
  char *new_password;
} CpPasswordRequest;
CP_DECLARE_RECORD (CpPasswordRequest, cp_password_request)

/* What the server wants next; it drives the order. */
typedef enum
{
  CP_NEXT_VERIFY_DEVICE,
  CP_NEXT_CHANGE_PASSWORD,
  CP_NEXT_INVITATIONS, /* full session, nothing accepted yet */
  CP_NEXT_IN
} CpNext;

/* Why a code is asked. Stored as numbers: never renumber. */
typedef enum
{
  CP_CHALLENGE_FIRST_LOGIN,
  CP_CHALLENGE_NEW_DEVICE,
  CP_CHALLENGE_LONG_AGO, /* the last visit with this device is more than 90 days ago */
  CP_CHALLENGE_SHARED,
  CP_CHALLENGE_NO_KEYRING /* the computer cannot keep a device token now */
} CpChallengeReason;

/* Between two codes. Who has to wait longer has asked for too many. */
#define CP_RESEND_PAUSE 30 /* seconds */

typedef struct
{
  int reason;            /* CpChallengeReason */
  char *masked;          /* "06-••••••12"; NULL when no usable number is known: then no code was sent */
  CpTime code_until;     /* end of the newest code; 0 when none was sent */
  CpTime resend_at;      /* from when a new code may be asked, by the server's clock */
  gint64 resend_seconds; /* how long that is from the answer on; 0: at once */
  char *refused;         /* (nullable): the code of the error that says why none was sent */
  CpTime attempt_until;  /* end of this login attempt */
  gint64 tries_left;
  guint methods; /* flags of CpStepMethod: the ways that there are */
  int method;    /* CpStepMethod: the one to begin with */
} CpChallenge;
CP_DECLARE_RECORD (CpChallenge, cp_challenge)

/* Answer of /login, /login/code, /login/challenge and /password. */
typedef struct
{
  char *token;            /* of the session; replaces the one before; NULL from /login/challenge, where it stays */
  char *device_token;     /* (nullable): to keep in the keyring */
  int next;               /* CpNext */
  CpChallenge *challenge; /* with CP_NEXT_VERIFY_DEVICE */
  gboolean first_change;  /* with CP_NEXT_CHANGE_PASSWORD: the very first login of this account */
  gboolean sheet_used;    /* the code was one of the sheet */
  gint64 sheet_left;      /* so many are left on it then */
} CpLoginAnswer;
CP_DECLARE_RECORD (CpLoginAnswer, cp_login_answer)

/* A patient that the account may look at, in the order in which each was invited for the first time. */
typedef struct
{
  char *id;
  char *name;       /* "Wil de Bruin" */
  char *birth_date; /* (nullable) */
  char *relation;   /* (nullable): code, see cp-relation */
  guint parts;      /* CpPart; may be 0: accepted, nothing ticked yet */
  char *granter;    /* (nullable): name of who invited and can give parts; NULL: nobody who did can */
  gboolean deceased;
  char *until;  /* (nullable): the last day of one's own access */
  gint64 place; /* among all that the account was ever invited for: it stays, also when access ends and begins again */
} CpPatientAccess;
CP_DECLARE_RECORD (CpPatientAccess, cp_patient_access)

/* GET /session: who one is */
typedef struct
{
  char *name;       /* "Marijke de Bruin" */
  char *given_name; /* "Marijke" */
  char *username;
  char *language;
  gboolean shared;
  gint64 idle_seconds;   /* after this long without use the session ends */
  CpTime ends_at;        /* the absolute end */
  gint64 seconds_left;   /* until that from the answer on: the asker's own clock may be wrong */
  CpTime previous_visit; /* 0: this is the first */
  gint64 open_invitations;
  GPtrArray *patients; /* CpPatientAccess */
} CpSession;
CP_DECLARE_RECORD (CpSession, cp_session)

/* Every error: application/problem+json (RFC 9457). */
typedef struct
{
  char *type;
  char *title;
  gint64 status;
  char *code;
  char *field;
  char *reason;
  char *text;
  char *id;
  CpTime until;
  gint64 wait_seconds;
  gint64 tries_left;
} CpProblem;
CP_DECLARE_RECORD (CpProblem, cp_problem)

/* GET /version */
typedef struct
{
  gint64 api_min;
  gint64 api_max;
} CpVersion;
CP_DECLARE_RECORD (CpVersion, cp_version)

/* (transfer full): how somebody of that name is greeted: "Marijke" of "Marijke de Bruin". */
char *cp_given_name (const char *name);

G_END_DECLS
