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
  CPD_AUDIT_DEMO = 15
} CpdAuditAction;

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
  gint64 count;
  gboolean refresh;
} CpdAudit;

G_END_DECLS
