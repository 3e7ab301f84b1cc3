/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"

G_BEGIN_DECLS

typedef enum
{
  CP_MEMBER_CLIENT,
  CP_MEMBER_MEMBER,
  CP_MEMBER_CONTACT /* the EHR knows this person, the portal does not yet */
} CpMemberKind;
extern const char *const cp_member_kind_names[];

typedef enum
{
  CP_MEMBER_KNOWN,       /* by the EHR alone */
  CP_MEMBER_NOT_INVITED, /* nothing went out yet; goes_out_at says when it does, if it does */
  CP_MEMBER_INVITED,     /* until invited_until */
  CP_MEMBER_EXPIRED,
  CP_MEMBER_WITHDRAWN,
  CP_MEMBER_DECLINED,
  CP_MEMBER_UNDELIVERED, /* the mail was given up; the rights are kept */
  CP_MEMBER_ACTIVE,
  CP_MEMBER_ENDED /* at ended_at */
} CpMemberState;
extern const char *const cp_member_state_names[];

/* Why a box may not be ticked, or unticked. */
typedef enum
{
  CP_REFUSAL_SELF,          /* nobody gives a right to oneself */
  CP_REFUSAL_NOT_HELD,      /* the asker does not hold this part */
  CP_REFUSAL_OWN_END,       /* the asker's own access ends before this person's */
  CP_REFUSAL_LAST_SETTINGS, /* nobody else holds settings without an end date */
  CP_REFUSAL_DECEASED,      /* this person needs an invitation, and none is mailed after the client's death */
} CpRefusalReason;
extern const char *const cp_refusal_reason_names[];

typedef struct
{
  int part;   /* index in cp_part_names */
  int reason; /* CpRefusalReason */
} CpRefusal;
CP_DECLARE_RECORD (CpRefusal, cp_refusal)

/* By what right somebody sees the dossier or manages users: a code; the app has a sentence for each. */
extern const char *const cp_ground_names[];

/* One row of user management. */
typedef struct
{
  char *id;                /* of the membership; of a contact, or of the client, as long as there is none */
  char *version;           /* (nullable): opaque, goes back with an edit as If-Match; NULL: there is no membership */
  int kind;                /* CpMemberKind */
  gboolean self;           /* the asker */
  char *name;              /* of an account that existed before, until it has accepted: its e-mail address */
  char *relation;          /* (nullable): code, see cp-relation */
  char *relation_words;    /* (nullable): of cp_kin_names, or else as the EHR says it */
  char *email;             /* (nullable) */
  char *mobile;            /* (nullable): what may still be changed here, or what the EHR says */
  char *username;          /* (nullable): the same; of a contact a free one to propose */
  guint parts;             /* CpPart that are held now */
  guint pending;           /* CpPart that count from acceptance */
  int state;               /* CpMemberState */
  char *until;             /* (nullable): the last day; NULL: no end */
  char *ground;            /* (nullable): one of cp_ground_names */
  CpTime invited_until;    /* 0: no invitation is out */
  CpTime goes_out_at;      /* 0: no invitation waits */
  gint64 goes_out_seconds; /* until that from the answer on: the asker's own clock may be wrong */
  CpTime ended_at;         /* 0: not ended */
  CpTime last_login;       /* 0: never, or not for the asker to know, as of who has no access any more */
  char *renew_until;       /* (nullable): the last day that renewing gives; NULL: cannot be renewed */
  char *until_max;         /* (nullable): the latest last day that may be given, where "until" is allowed */
  GStrv allowed;      /* give:PART, take:PART, send, resend, withdraw, end, until, renew, mobile, view, email, ground,
                       * endless: no end may be given */
  GPtrArray *refused; /* CpRefusal: the parts whose box may not be touched, each with the reason */
} CpMember;
CP_DECLARE_RECORD (CpMember, cp_member)

/* When the invitation goes out. A contact of the EHR always gets it with the first right. */
typedef enum
{
  CP_INVITE_AT_ADDING,
  CP_INVITE_AT_FIRST_RIGHT
} CpInviteAt;
extern const char *const cp_invite_at_names[];

/* What the mail of a new person carries. */
typedef enum
{
  CP_INVITE_WITH_LINK,       /* with which the person chooses a password */
  CP_INVITE_WITH_CREDENTIALS /* user name and temporary password */
} CpInviteWith;
extern const char *const cp_invite_with_names[];

/* What the organisation chose, and what the asker may choose. */
typedef struct
{
  int invitation_at;         /* CpInviteAt */
  int invitation_with;       /* CpInviteWith */
  gint64 invitation_days;    /* how long one can accept */
  gint64 invitation_seconds; /* how long the first right waits, so that it can be undone */
  gint64 warning_days;       /* how long before an end both are told */
} CpMemberOptions;
CP_DECLARE_RECORD (CpMemberOptions, cp_member_options)

/* GET /patients/{patient}/members: the client, the asker, then by name */
typedef struct
{
  GPtrArray *members; /* CpMember */
  CpMemberOptions *options;
  CpFreshness *freshness; /* of the contacts */
  GStrv allowed;
} CpMemberList;
CP_DECLARE_RECORD (CpMemberList, cp_member_list)

/* POST /patients/{patient}/members/lookup */
typedef struct
{
  char *email;
} CpLookupRequest;
CP_DECLARE_RECORD (CpLookupRequest, cp_lookup_request)

typedef struct
{
  gboolean known; /* somebody with this address uses the portal: only the relation is asked */
} CpLookup;
CP_DECLARE_RECORD (CpLookup, cp_lookup)

/* POST /patients/{patient}/members. For an address that is known name, user name and number count for nothing. */
typedef struct
{
  char *email;
  char *relation; /* (nullable) with a contact, whose relation the EHR tells */
  char *name;     /* (nullable) */
  char *username; /* (nullable) */
  char *mobile;   /* (nullable) */
  char *contact;  /* (nullable): id of the row without an account that this person is */
  guint parts;    /* CpPart: given at once */
  char *ground;   /* (nullable): needed with dossier or settings, but for the client */
} CpMemberRequest;
CP_DECLARE_RECORD (CpMemberRequest, cp_member_request)

/* POST /patients/{patient}/members/{member}/parts */
typedef struct
{
  char *part;
  gboolean held;
  char *ground; /* (nullable): needed with the first of dossier and settings, but for the client */
} CpMemberPartRequest;
CP_DECLARE_RECORD (CpMemberPartRequest, cp_member_part_request)

/* POST /patients/{patient}/members/{member}/until */
typedef struct
{
  char *until; /* (nullable): a date, the last day; NULL: no end */
} CpMemberUntilRequest;
CP_DECLARE_RECORD (CpMemberUntilRequest, cp_member_until_request)

/* POST /patients/{patient}/members/{member}/ground */
typedef struct
{
  char *ground;
} CpMemberGroundRequest;
CP_DECLARE_RECORD (CpMemberGroundRequest, cp_member_ground_request)

/* POST /patients/{patient}/members/{member}/mobile */
typedef struct
{
  char *mobile;
} CpMemberMobileRequest;
CP_DECLARE_RECORD (CpMemberMobileRequest, cp_member_mobile_request)

/* POST /patients/{patient}/members/{member}/email */
typedef struct
{
  char *email;
} CpMemberEmailRequest;
CP_DECLARE_RECORD (CpMemberEmailRequest, cp_member_email_request)

G_END_DECLS
