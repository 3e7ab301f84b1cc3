/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-auth"
#include "cpd-challenge.h"

#include <string.h>

#include "cpd-phone.h"
#include "cpd-second-step.h"
#include "cpd-store-outbox.h"

#define BETWEEN_CODES (CP_RESEND_PAUSE * CP_TIME_SECOND)
#define QUARTER (15 * CP_TIME_MINUTE)
#define PER_QUARTER 3
/* So many times the limit of a day are sent at most, where the limit itself would keep out the wrong person: of one
 * account when the gateway took none of them (one that fails may have delivered all the same), and to one number by all
 * together who only claim it (each has the limit itself too, so that no one of them uses it up for another). */
#define WIDER 3

static void
number_hash (const CpdKeys *keys, const char *mobile, guchar out[CPD_HASH_SIZE])
{
  cpd_keys_hash (keys, "number", mobile, strlen (mobile), out);
}

/* When the next code may be asked; *code is what to say if that is later than now. */
static CpTime
next_code_at (const CpdSmsCount *count, const CpdConfig *config, CpTime now, CpErrorCode *code)
{
  const struct
  {
    int sent;
    int limit;
    CpTime free; /* the oldest of them counts no longer */
    CpErrorCode code;
  } limits[] = {
    { count->in_day, config->sms_per_day, count->day_oldest + CP_TIME_DAY, CP_ERROR_CODES_TODAY },
    { count->asked, WIDER * config->sms_per_day, count->asked_oldest + CP_TIME_DAY, CP_ERROR_CODES_TODAY },
    { count->to_number, WIDER * config->sms_per_day, count->to_number_oldest + CP_TIME_DAY, CP_ERROR_CODES_TODAY },
    { count->in_quarter, PER_QUARTER, count->quarter_oldest + QUARTER, CP_ERROR_CODES_LATER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i].sent >= limits[i].limit)
      {
        *code = limits[i].code;
        return limits[i].free;
      }
  *code = CP_ERROR_CODES_LATER;
  return count->newest != 0 ? count->newest + BETWEEN_CODES : now;
}

/* From when the organisation's budget has room; now when it has. */
static gboolean
budget_at (CpdDb *db, const CpdConfig *config, CpTime now, CpTime *when, GError **error)
{
  CpTime oldest;
  int count;

  if (!cpd_store_outbox_count_hour (db, now, &count, &oldest, error))
    return FALSE;
  *when = count >= config->sms_per_hour ? oldest + CP_TIME_HOUR : now;
  return TRUE;
}

/* Once a minute: whoever makes it necessary would fill the log too. */
static void
tell_operator (CpTime now)
{
  static gint told = 0;
  gint minute = (gint) (now / CP_TIME_MINUTE);

  if (g_atomic_int_get (&told) == minute)
    return;
  g_atomic_int_set (&told, minute);
  g_warning ("[sms] per-hour is reached: no more text messages are sent for now");
}

static gboolean
refuse (CpErrorCode code, CpTime until, int tries_left, GError **error)
{
  GError *later = g_error_new_literal (CP_ERROR, code, "too many codes");

  cp_error_details (later)->until = until;
  cp_error_details (later)->tries_left = tries_left;
  g_propagate_error (error, later);
  return FALSE;
}

/* Whether a code may be sent now, to this person and at all. */
static gboolean
may_send (CpdDb *db, const CpdConfig *config, const CpdAccount *account, const CpdAttempt *attempt, const guchar *hash,
          CpTime now, GError **error)
{
  CpdSmsCount count;
  CpErrorCode code;
  CpTime when;

  if (!cpd_store_outbox_count_sms (db, account->id, attempt->id, hash, now, &count, error))
    return FALSE;
  when = next_code_at (&count, config, now, &code);
  if (when > now)
    return refuse (code, when, config->sms_per_day, error);
  if (!budget_at (db, config, now, &when, error))
    return FALSE;
  if (when <= now)
    return TRUE;
  tell_operator (now);
  return refuse (CP_ERROR_SMS_BUDGET, when, 0, error);
}

/**
 * cpd_challenge_is_limit:
 */
gboolean
cpd_challenge_is_limit (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_CODES_LATER) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_CODES_TODAY) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_SMS_BUDGET);
}

/* The code itself is made when the message is handed over (see out/), so that it is never in the database in clear. */
static gboolean
send (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account, const CpdAttempt *attempt,
      const char *template_name, const char *mobile, CpTime now, GError **error)
{
  CpdOutboxNew message = { CPD_OUTBOX_SMS, template_name, .account = account->id, .attempt = attempt->id };
  g_autoptr (GBytes) to = mobile != account->mobile ? cpd_store_outbox_seal (keys, mobile) : NULL;
  guchar hash[CPD_HASH_SIZE];

  number_hash (keys, mobile, hash);
  message.number_hash = hash;
  message.to_sealed = to;
  return may_send (db, config, account, attempt, hash, now, error) &&
         cpd_store_outbox_add_message (db, &message, now, error) &&
         cpd_store_attempt_reset_tries (db, attempt->id, error);
}

/**
 * cpd_challenge_has_number:
 */
gboolean
cpd_challenge_has_number (const CpdConfig *config, const CpdAccount *account)
{
  return account->mobile != NULL && cpd_phone_is_allowed (account->mobile, (const char *const *) config->sms_countries);
}

/**
 * cpd_challenge_send:
 *
 * To the number on file.
 */
gboolean
cpd_challenge_send (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                    const CpdAttempt *attempt, CpTime now, GError **error)
{
  if (cpd_challenge_has_number (config, account))
    return send (db, keys, config, account, attempt, "login-code", account->mobile, now, error);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NO_MOBILE_NUMBER, "no mobile number that gets messages");
  return FALSE;
}

/**
 * cpd_challenge_send_number:
 * @attempt: of CPD_ATTEMPT_NUMBER, which holds @mobile
 */
gboolean
cpd_challenge_send_number (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                           const CpdAttempt *attempt, const char *mobile, CpTime now, GError **error)
{
  return send (db, keys, config, account, attempt, "mobile-confirm", mobile, now, error);
}

/**
 * cpd_challenge_mask:
 *
 * Returns: (transfer full): "06-••••••12" for "+31612345612", "+32 ••••••12" for a foreign number.
 */
char *
cpd_challenge_mask (const char *mobile)
{
  const char *end = mobile + strlen (mobile) - 2;

  if (g_str_has_prefix (mobile, "+316"))
    return g_strdup_printf ("06-••••••%s", end);
  return g_strdup_printf ("%.3s ••••••%s", mobile, end);
}

/* When the next code may be asked for that number, by its own limits and by the organisation's; and how many seconds
 * that is from now, for the clock of who asks may be wrong. */
static gboolean
resend_at (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
           const CpdAttempt *attempt, const char *mobile, CpTime now, CpdSmsCount *count, CpTime *when, gint64 *seconds,
           GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  CpErrorCode code;
  CpTime budget;

  number_hash (keys, mobile, hash);
  if (!cpd_store_outbox_count_sms (db, account->id, attempt->id, hash, now, count, error) ||
      !budget_at (db, config, now, &budget, error))
    return FALSE;
  *when = MAX (next_code_at (count, config, now, &code), budget);
  *seconds = MAX (*when - now + CP_TIME_SECOND - 1, 0) / CP_TIME_SECOND;
  return TRUE;
}

/**
 * cpd_challenge_describe_number:
 *
 * A code of the last minutes of an attempt works no longer than that.
 *
 * Returns: (transfer full): NULL with an error.
 */
CpNumberChallenge *
cpd_challenge_describe_number (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                               const CpdAttempt *attempt, const char *mobile, CpTime now, GError **error)
{
  g_autoptr (CpNumberChallenge) challenge = cp_number_challenge_new ();
  CpdSmsCount count;

  challenge->masked = cpd_challenge_mask (mobile);
  challenge->code_until = MIN (now + CPD_CODE_LIFE, attempt->expires);
  return resend_at (db, keys, config, account, attempt, mobile, now, &count, &challenge->resend_at,
                    &challenge->resend_seconds, error)
             ? g_steal_pointer (&challenge)
             : NULL;
}

/**
 * cpd_challenge_describe_waiting:
 * @attempt: of CPD_ATTEMPT_NUMBER, which holds @mobile
 * @waiting: (out) (transfer full) (nullable): NULL when a new code may go, or none that was sent counts any more
 */
gboolean
cpd_challenge_describe_waiting (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                                const CpdAttempt *attempt, const char *mobile, CpTime now, CpNumberChallenge **waiting,
                                GError **error)
{
  g_autoptr (CpNumberChallenge) challenge = cp_number_challenge_new ();
  g_autoptr (GError) refused = NULL;
  CpdSmsCount count;
  guchar hash[CPD_HASH_SIZE];

  *waiting = NULL;
  number_hash (keys, mobile, hash);
  if (may_send (db, config, account, attempt, hash, now, &refused))
    return TRUE;
  if (!cpd_challenge_is_limit (refused))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  if (!resend_at (db, keys, config, account, attempt, mobile, now, &count, &challenge->resend_at,
                  &challenge->resend_seconds, error))
    return FALSE;
  challenge->masked = cpd_challenge_mask (mobile);
  challenge->code_until = MIN (count.of_attempt != 0 ? count.of_attempt + CPD_CODE_LIFE : 0, attempt->expires);
  challenge->refused = g_strdup (cp_error_code_name (refused->code));
  if (challenge->code_until > now && attempt->tries < CPD_ATTEMPT_TRIES)
    *waiting = g_steal_pointer (&challenge);
  return TRUE;
}

/* What the person can type: a code that was sent for this login or for one before it, while there are tries of it. */
static gboolean
describe_sent (CpdDb *db, const CpdAttempt *attempt, CpTime now, CpChallenge *challenge, GError **error)
{
  CpdSent sent;

  if (!cpd_store_attempt_find_sent (db, attempt->id, now - CPD_CODE_LIFE, now, &sent, error))
    return FALSE;
  if (sent.attempt == 0)
    return TRUE;
  challenge->tries_left = CPD_ATTEMPT_TRIES - sent.tries;
  challenge->code_until = challenge->tries_left > 0 ? sent.at + CPD_CODE_LIFE : 0;
  return TRUE;
}

/**
 * cpd_challenge_describe:
 *
 * Returns: (transfer full): NULL with an error.
 */
CpChallenge *
cpd_challenge_describe (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                        const CpdAttempt *attempt, CpTime now, GError **error)
{
  g_autoptr (CpChallenge) challenge = cp_challenge_new ();
  const CpdSecondStep step = { db, keys, config, account, attempt->id, now };
  CpdSmsCount count;
  CpStepMethod first;

  challenge->reason = attempt->reason;
  challenge->attempt_until = attempt->expires;
  challenge->tries_left = CPD_ATTEMPT_TRIES - attempt->tries;
  if (!cpd_second_step_methods (&step, &challenge->methods, &first, error))
    return NULL;
  challenge->method = first;
  if (!cpd_challenge_has_number (config, account))
    return g_steal_pointer (&challenge);
  if (!resend_at (db, keys, config, account, attempt, account->mobile, now, &count, &challenge->resend_at,
                  &challenge->resend_seconds, error))
    return NULL;
  challenge->masked = cpd_challenge_mask (account->mobile);
  return describe_sent (db, attempt, now, challenge, error) ? g_steal_pointer (&challenge) : NULL;
}

/**
 * cpd_challenge_hash:
 */
void
cpd_challenge_hash (const CpdKeys *keys, gint64 account, const char *code, guchar out[CPD_HASH_SIZE])
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", account, code);

  cpd_keys_hash (keys, "code", text, strlen (text), out);
  explicit_bzero (text, strlen (text));
}
