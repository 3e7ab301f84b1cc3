/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"
#include "cpd-actor.h"
#include "cpd-audit.h"
#include "cpd-config.h"
#include "cpd-db.h"
#include "cpd-keys.h"
#include "cpd-log-outs.h"
#include "cpd-password.h"
#include "cpd-reply.h"
#include "cpd-request.h"
#include "cpd-sending.h"
#include "cpd-store-account.h"

G_BEGIN_DECLS

/* What all services may use; immutable while the server runs, except for what has its own locks. */
typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  const CpdKeys *keys;     /* (borrowed) */
  CpdPasswordCost cost;
  GBytes *logo;         /* (owned) (nullable) */
  GBytes *picture;      /* (owned) (nullable) */
  CpdLogOuts *log_outs; /* (borrowed) */
  CpdSending *sending;  /* (borrowed) */
  CpWordList **words;   /* (borrowed), atomic: another list on SIGHUP; those before stay till the end */
} CpdServices;

/* A password to test and perhaps one to hash, carried from the first transaction through the pool to the second. */
typedef struct
{
  CpdCredentials credentials;
  char *like;          /* (owned) (nullable): the hash of somebody, by whose cost nobody's password is tested */
  char *password;      /* (owned) (nullable): to test; NULL: there is only one to hash */
  char *new_password;  /* (owned) (nullable): to hash, when the test went well */
  gint64 account;      /* 0: nobody of that name */
  gint64 device;       /* trusted device that the login named */
  CpTime device_visit; /* its last visit */
  gboolean stranger;   /* it logs in on no trusted device: anybody may send so many of those */
  gboolean own_right;
  const CpdTemporary *temporary; /* (borrowed) (nullable): that of credentials which was right */
  char *new_hash;                /* (owned) (nullable): made by the pool */
  GError *error;                 /* (owned) (nullable) */
} CpdHashWork;

/* The policy's judgement of a membership, handed down by dispatch so that a list shows exactly what the gate would
 * open. Returns the parts that are open now; *open tells whether the patient is there at all. */
typedef guint (*CpdJudgeFunc) (const CpdMembershipFacts *facts, CpTime now, gboolean *open);

/* One call of one service: what the gate has found out, and what the service answers. */
typedef struct
{
  const CpdServices *services;
  CpdDb *db;
  const CpdRequest *request;
  gconstpointer body; /* the record of the request; NULL when the route takes none */
  CpdActor actor;
  CpdGrant grant; /* zeros on routes without a patient */
  CpdJudgeFunc judge;
  const guchar *tag_key; /* (borrowed): for cpd_tag() */
  CpdHashWork *work;     /* on routes that hash */
  CpTime now;
  gboolean must_answer; /* on routes that wait: the time is over */
  CpTime wait_until;    /* out, on routes that wait: there is nothing to answer before this, or news; 0: there is */
  CpdReply *reply;      /* out: NULL stands for 204 */
  CpdAudit audit;       /* out: what was read; action 0: nothing of a patient */
  GError *failed;       /* out: answer this error, but keep what was written (a wrong code that was counted) */
} CpdCall;

typedef gboolean (*CpdServiceFunc) (CpdCall *call, GError **error);

/* Answers with a record, its times in the organisation's zone. */
void cpd_call_answer (CpdCall *call, const CpRecordType *type, gconstpointer record);
/* The same, written by the thread that sends it: for what is read in the writer's. Takes record, which nothing else has
 * a part of. */
void cpd_call_answer_later (CpdCall *call, const CpRecordType *type, gpointer record);
/* Says what was read: part, and one object or a range. */
void cpd_call_read (CpdCall *call, CpPart part, gint64 object, CpTime first, CpTime last, gint64 count);
void cpd_call_read_version (CpdCall *call, CpPart part, gint64 object, CpTime at, gint64 version);
/* Says that a list of one's own patients or invitations was read: first and last are the times of its ends. An empty
 * list shows nobody. */
void cpd_call_list (CpdCall *call, CpdAuditAction action, CpTime first, CpTime last, gint64 count);
/* Adds an audit row of a change, in its transaction. */
gboolean cpd_call_audit (CpdCall *call, CpdAuditAction action, gint64 account, gint64 patient, gint64 membership,
                         GError **error);

/* Goes on with rest after something was counted that is to stay counted, or forgiven: when rest refuses, what it wrote
 * is undone, and call->failed says why. FALSE only when nothing can be kept. */
gboolean cpd_call_go_on (CpdCall *call, CpdServiceFunc rest, GError **error);

G_END_DECLS
