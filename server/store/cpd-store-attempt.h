/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

#define CPD_ATTEMPT_TRIES 3

/* One try to get in, from the right password to the last step. */
typedef struct
{
  gint64 id;
  gint64 account;
  CpTime created;
  CpTime expires;
  int reason; /* CpChallengeReason */
  gboolean shared;
  gboolean temporary; /* the password must be changed */
  gint64 device;      /* an expired one that this login renews, 0: none */
  int tries;
  gboolean verified;
} CpdAttempt;

gboolean cpd_store_attempt_add (CpdDb *db, CpdAttempt *attempt, GError **error);
/* attempt->id is 0 when there is none. */
gboolean cpd_store_attempt_get (CpdDb *db, gint64 id, CpdAttempt *attempt, GError **error);
gboolean cpd_store_attempt_set_verified (CpdDb *db, gint64 id, CpTime now, GError **error);
gboolean cpd_store_attempt_clear_temporary (CpdDb *db, gint64 id, GError **error);
/* A new code gives three new tries. */
gboolean cpd_store_attempt_reset_tries (CpdDb *db, gint64 id, GError **error);

/* Kept as long as the limits of a day look back. */
gboolean cpd_store_code_add (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, CpTime expires, GError **error);

typedef enum
{
  CPD_CODE_RIGHT,
  CPD_CODE_WRONG,
  CPD_CODE_EXPIRED, /* it was right, but too late */
  CPD_CODE_USED_UP  /* no tries left; nothing was compared */
} CpdCodeResult;

/* Counts and tests in one statement, so that no two tries can share one count. */
gboolean cpd_store_code_try (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, CpdCodeResult *result,
                             int *tries_left, GError **error);

/* Deletes attempts (with their codes) that began before a time. */
gboolean cpd_store_attempt_forget (CpdDb *db, CpTime before, GError **error);

G_END_DECLS
