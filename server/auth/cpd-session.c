/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-session.h"

#include <string.h>

#include "cpd-clock.h"
#include "cpd-store-session.h"
#include "cpd-token.h"

/* A login attempt lives 15 minutes; its sessions (SMS pending, password to be changed) live no longer. */
#define ATTEMPT_LIFE (15 * CP_TIME_MINUTE)

static const CpErrorCode end_codes[] = {
  [CPD_SESSION_END_LOG_OUT] = CP_ERROR_UNAUTHENTICATED,
  [CPD_SESSION_END_REPLACED] = CP_ERROR_UNAUTHENTICATED,
  [CPD_SESSION_END_PASSWORD] = CP_ERROR_SESSION_ENDED_PASSWORD,
  [CPD_SESSION_END_ELSEWHERE] = CP_ERROR_SESSION_ENDED_ELSEWHERE,
  [CPD_SESSION_END_ACCOUNT] = CP_ERROR_SESSION_ENDED_ACCOUNT,
};

/**
 * cpd_session_idle:
 *
 * Returns: microseconds without use after which a session ends.
 */
CpTime
cpd_session_idle (const CpdConfig *config, gboolean shared)
{
  return (shared ? config->shared_idle_seconds : config->idle_seconds) * CP_TIME_SECOND;
}

/**
 * cpd_session_ends:
 *
 * Returns: from when on it does not count any more, unless it is used before.
 */
CpTime
cpd_session_ends (const CpdConfig *config, const CpdActor *actor)
{
  /* A login on its way ends with its attempt, also on a shared computer: a code may be ten minutes late. */
  if (actor->kind != CPD_SESSION_FULL)
    return actor->expires;
  /* last_used is written at most once a minute (see dispatch), so that it may be a minute too early: that minute is
   * given, because the app's own count-down is exact. */
  return MIN (actor->expires, actor->last_used + cpd_session_idle (config, actor->shared) + CP_TIME_MINUTE);
}

/**
 * cpd_session_counts:
 * @actor: of a session that was not ended
 */
gboolean
cpd_session_counts (const CpdConfig *config, const CpdActor *actor, CpTime now)
{
  return cpd_session_ends (config, actor) > now && !cpd_clock_was_fast (actor->last_used, now);
}

/**
 * cpd_session_find:
 * @token: (nullable): well-formed
 * @patient_id: (nullable)
 * @actor: (out caller-allocates)
 * @facts: (out caller-allocates)
 */
gboolean
cpd_session_find (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdLogOuts *log_outs, const char *token,
                  const char *patient_id, CpTime now, CpdActor *actor, CpdMembershipFacts *facts, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  CpdSessionEnd end;
  CpErrorCode code = CP_ERROR_UNAUTHENTICATED;

  memset (actor, 0, sizeof *actor);
  memset (facts, 0, sizeof *facts);
  if (token != NULL)
    {
      cpd_keys_hash (keys, "session", token, strlen (token), hash);
      if (!cpd_store_session_find (db, hash, patient_id, actor, &end, facts, error))
        return FALSE;
      if (actor->session != 0 && end == 0 && cpd_log_outs_has (log_outs, actor->session))
        end = CPD_SESSION_END_LOG_OUT;
      if (actor->session != 0 && end == 0 && cpd_session_counts (config, actor, now))
        return TRUE;
      if (end != 0)
        code = end_codes[end];
      else if (actor->session != 0 && actor->kind != CPD_SESSION_FULL)
        code = CP_ERROR_ATTEMPT_ENDED;
    }
  memset (actor, 0, sizeof *actor);
  memset (facts, 0, sizeof *facts);
  g_set_error_literal (error, CP_ERROR, code, "no session");
  return FALSE;
}

/**
 * cpd_session_begin:
 * @actor: (inout): account, attempt, device and shared are taken over; the rest is that of the new session
 *
 * Returns: (transfer full): the token, free with cpd_secret_free().
 */
char *
cpd_session_begin (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdActor *actor, CpdSessionKind kind,
                   CpTime now, GError **error)
{
  char *token;
  guchar hash[CPD_HASH_SIZE];

  if (actor->session != 0 && !cpd_store_session_end (db, actor->session, CPD_SESSION_END_REPLACED, now, NULL, error))
    return NULL;
  token = cpd_token_new ();
  cpd_keys_hash (keys, "session", token, strlen (token), hash);
  actor->kind = kind;
  actor->expires = now + (kind == CPD_SESSION_FULL ? config->session_hours * CP_TIME_HOUR : ATTEMPT_LIFE);
  if (cpd_store_session_add (db, hash, actor, now, error))
    return token;
  cpd_secret_free (token);
  return NULL;
}
