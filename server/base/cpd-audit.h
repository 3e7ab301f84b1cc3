/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"

G_BEGIN_DECLS

/* Stored as numbers in a chained log: never renumber. */
typedef enum
{
  CPD_AUDIT_READ = 1,
  CPD_AUDIT_LOGIN = 2, /* the password was right */
  CPD_AUDIT_LOGIN_FAILED = 3,
  CPD_AUDIT_CODE_SENT = 4,
  CPD_AUDIT_CODE_RIGHT = 5,
  CPD_AUDIT_CODE_WRONG = 6,
  CPD_AUDIT_SESSION = 7, /* a full session began */
  CPD_AUDIT_LOG_OUT = 8,
  CPD_AUDIT_PASSWORD_CHANGED = 9,
  CPD_AUDIT_INVITATION_ACCEPTED = 10,
  CPD_AUDIT_INVITATION_DECLINED = 11,
  CPD_AUDIT_ENROLLED = 12,
  CPD_AUDIT_PATIENT_LINKED = 13,
  CPD_AUDIT_WRONG_PATIENT = 14, /* a resource of somebody else was discarded */
  CPD_AUDIT_DEMO = 15,
  CPD_AUDIT_LISTED_PATIENTS = 16,    /* names and birth dates of all whose portal one may open: count of them */
  CPD_AUDIT_LISTED_INVITATIONS = 17, /* for whom one is or was invited, by initials and family name */
  CPD_AUDIT_FORGOTTEN = 18,          /* the oldest rows were deleted: up to object, count of them, from first to last */
  CPD_AUDIT_CODE_NOT_SENT = 19,      /* the country of the number gets no text messages any more */
  /* What a manager does about a member: account did it, membership is the member's. Of a reading through the eyes of
   * who has none yet it is -n for contact n of the EHR, and 0 for the client. */
  CPD_AUDIT_VIEWED_AS = 20,
  CPD_AUDIT_MEMBER_ADDED = 21, /* or invited again in the same row */
  CPD_AUDIT_INVITED = 22,
  CPD_AUDIT_INVITATION_WITHDRAWN = 23,
  CPD_AUDIT_RIGHT_GIVEN = 24,
  CPD_AUDIT_RIGHT_TAKEN = 25,
  CPD_AUDIT_UNTIL_SET = 26, /* last: the end, 0 for none */
  CPD_AUDIT_ACCESS_ENDED = 27,
  CPD_AUDIT_MOBILE_SET = 28,
  CPD_AUDIT_GROUND_SET = 29,
  CPD_AUDIT_ADDRESS_LOOKED_UP = 30, /* or a user name, in whichever way: membership is the asker's */
  CPD_AUDIT_INVITATION_UNDONE = 31, /* before it went out */
  CPD_AUDIT_EMAIL_SET = 32,         /* of an invitation that nobody used */
  CPD_AUDIT_FORGOT = 40,            /* Wachtwoord vergeten; account 0: nobody of that name and address */
  CPD_AUDIT_PASSWORD_RESET = 41,    /* chosen by a link that was asked for */
  CPD_AUDIT_PASSWORD_CHOSEN = 42,   /* the first one, by the link of an invitation */
  CPD_AUDIT_LINK_USER_WRONG = 43,
  CPD_AUDIT_ACCOUNT_CHANGED = 50, /* name or language, by the person; from here on session 0 is the organisation */
  CPD_AUDIT_EMAIL_ASKED = 51,
  CPD_AUDIT_EMAIL_CHANGED = 52,
  CPD_AUDIT_NUMBER_ASKED = 53,
  CPD_AUDIT_NUMBER_CHANGED = 54,
  CPD_AUDIT_TOTP_ON = 55,
  CPD_AUDIT_TOTP_OFF = 56,
  CPD_AUDIT_SHEET_MADE = 57,
  CPD_AUDIT_DESK_CODE_GIVEN = 58,
  CPD_AUDIT_DEVICE_RENAMED = 59, /* object: the device */
  CPD_AUDIT_DEVICE_ENDED = 60,
  CPD_AUDIT_SESSION_ENDED = 61,  /* object: the session */
  CPD_AUDIT_SESSIONS_ENDED = 62, /* all others of the account */
  CPD_AUDIT_ACCOUNT_ENDED = 63,  /* a row for the account, and one for each membership that ended with it */
  CPD_AUDIT_UNLOCKED = 64,
  CPD_AUDIT_SECOND_STEP_RESET = 65,
  CPD_AUDIT_ACCOUNT_SHOWN = 66,
  CPD_AUDIT_OWN_PASSWORD_WRONG = 67, /* asked again in a session, before a change of the way in */
  CPD_AUDIT_OUTBOX_RETRIED = 70,     /* the operator had a message sent again: object */
  CPD_AUDIT_OUTBOX_DROPPED = 71,     /* the operator gave a message up: object */
  /* The log was not as it was left: it ends at object of first, and count rows followed of which the last is of last.
   * count 0: others than those that were written; all 0 but object: the mark that would tell was gone. */
  CPD_AUDIT_ROWS_MISSING = 80,
  CPD_AUDIT_MISSING_ACCEPTED = 81, /* the operator knows why: object is the row that told of it */
  CPD_AUDIT_RESTORED = 82,     /* a backup was put back: object, first, last and count as of rows that are missing */
  CPD_AUDIT_ERASED = 85,       /* who the patient or the account of this number was is not here any more */
  CPD_AUDIT_KEYS_ROTATED = 84, /* everything is sealed with a new key */
  CPD_AUDIT_COPIED = 83        /* a copy of everything was made for a backup */
} CpdAuditAction;

/* Of a reading the object is a row of the patient's items (patient << 32 and more), or of their files or plans, which
 * are numbered below that: of a plan first is 0, of a file it is not. Others are no row but a list of its own beside
 * the first one of their part. Stored too. */
#define CPD_AUDIT_PLANS (-1)
#define CPD_AUDIT_PAST (-1)
#define CPD_AUDIT_AUTHORS (-2)
#define CPD_AUDIT_TIMELINE (-3)
#define CPD_AUDIT_SEARCH (-4)
#define CPD_AUDIT_START (-5)
/* Of a list that a query chose (a month, an author, words) the object is that list's less so many bits of a tag,
 * shifted by these: no two queries of a session have the same. */
#define CPD_AUDIT_OBJECT_BITS 4
#define CPD_AUDIT_LIST_BITS 56

/* One row; ids only. Zero where it does not apply. */
typedef struct
{
  CpTime at;
  CpdAuditAction action;
  gint64 account;
  gint64 session;
  gint64 patient;
  gint64 membership;
  guint part;
  gint64 object;
  CpTime first;
  CpTime last;
  gint64 count; /* of an earlier version of one thing: its number, below 0 */
  gboolean refresh;
} CpdAudit;

G_END_DECLS
