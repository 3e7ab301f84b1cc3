/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-audit.h"
#include "cpd-config.h"
#include "cpd-db.h"
#include "cpd-keys.h"
#include "cpd-password.h"
#include "cpd-reply.h"
#include "cpd-request.h"
#include "cpd-store-account.h"

G_BEGIN_DECLS

/* What all services may use; immutable while the server runs, except for the flag of a running sync. */
typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  const CpdKeys *keys;     /* (borrowed) */
  CpdPasswordCost cost;
  GBytes *logo; /* (owned) (nullable) */
} CpdServices;

/* A password to test and perhaps one to hash, carried from the first transaction through the pool to the second. */
typedef struct
{
  CpdCredentials credentials;
  char *password;      /* (owned): to test */
  char *new_password;  /* (owned) (nullable): to hash, when the test went well */
  gint64 account;      /* 0: nobody of that name */
  gint64 device;       /* trusted device that the login named */
  CpTime device_visit; /* its last visit */
  gboolean own_right;
  gboolean temporary_right;
  char *new_hash; /* (owned) (nullable): made by the pool */
  GError *error;  /* (owned) (nullable) */
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
  CpdHashWork *work; /* on routes that hash */
  CpTime now;
  CpdReply *reply; /* out: NULL stands for 204 */
  CpdAudit audit;  /* out: what was read; action 0: nothing of a patient */
  GError *failed;  /* out: answer this error, but keep what was written (a wrong code that was counted) */
} CpdCall;

typedef gboolean (*CpdServiceFunc) (CpdCall *call, GError **error);

/* Answers with a record, its times in the organisation's zone. */
void cpd_call_answer (CpdCall *call, const CpRecordType *type, gconstpointer record);
/* Says what was read: part, and one object or a range. */
void cpd_call_read (CpdCall *call, CpPart part, gint64 object, CpTime first, CpTime last, gint64 count);
/* Adds an audit row of a change, in its transaction. */
gboolean cpd_call_audit (CpdCall *call, CpdAuditAction action, gint64 account, gint64 patient, gint64 membership,
                         GError **error);

G_END_DECLS
