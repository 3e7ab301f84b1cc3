/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-challenge.h"

#include <string.h>

#include "cpd-store-outbox.h"

#define BETWEEN_CODES (30 * CP_TIME_SECOND)
#define QUARTER (15 * CP_TIME_MINUTE)
#define PER_QUARTER 3
/* A text message that a gateway has not taken within a minute is of no use to somebody who waits for it. */
#define SMS_GIVE_UP CP_TIME_MINUTE

static void
number_hash (const CpdKeys *keys, const CpdAccount *account, guchar out[CPD_HASH_SIZE])
{
  cpd_keys_hash (keys, "number", account->mobile, strlen (account->mobile), out);
}

/* When the next code may be asked; *code is what to say if that is later than now. */
static CpTime
next_code_at (const CpdSmsCount *count, const CpdConfig *config, CpTime now, CpErrorCode *code)
{
  *code = CP_ERROR_CODES_LATER;
  if (count->in_day >= config->sms_per_day)
    {
      *code = CP_ERROR_CODES_TODAY;
      return count->day_oldest + CP_TIME_DAY;
    }
  if (count->in_quarter >= PER_QUARTER)
    return count->quarter_oldest + QUARTER;
  return count->newest != 0 ? count->newest + BETWEEN_CODES : now;
}

/**
 * cpd_challenge_send:
 *
 * The code itself is made when the message is handed over (see out/), so that it is never in the database in clear.
 */
gboolean
cpd_challenge_send (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                    const CpdAttempt *attempt, CpTime now, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  CpdSmsCount count;
  CpErrorCode code;
  CpTime when;

  if (account->mobile == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_NO_MOBILE_NUMBER, "no mobile number");
      return FALSE;
    }
  number_hash (keys, account, hash);
  if (!cpd_store_outbox_count_sms (db, account->id, hash, now, &count, error))
    return FALSE;
  when = next_code_at (&count, config, now, &code);
  if (when > now)
    {
      GError *later = g_error_new_literal (CP_ERROR, code, "too many codes");
      cp_error_details (later)->until = when;
      cp_error_details (later)->tries_left = config->sms_per_day;
      g_propagate_error (error, later);
      return FALSE;
    }
  return cpd_store_outbox_add (db, CPD_OUTBOX_SMS, "login-code", account->id, attempt->id, hash, now, now + SMS_GIVE_UP,
                               error) &&
         cpd_store_attempt_reset_tries (db, attempt->id, error);
}

/* "+31612345612" becomes "06-••••••12", a foreign number "+32 ••••••12": enough to recognise one's own. */
static char *
mask_number (const char *mobile)
{
  const char *end = mobile + strlen (mobile) - 2;

  if (g_str_has_prefix (mobile, "+316"))
    return g_strdup_printf ("06-••••••%s", end);
  return g_strdup_printf ("%.3s ••••••%s", mobile, end);
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
  guchar hash[CPD_HASH_SIZE];
  CpdSmsCount count;
  CpErrorCode code;

  challenge->reason = attempt->reason;
  challenge->attempt_until = attempt->expires;
  challenge->tries_left = CPD_ATTEMPT_TRIES - attempt->tries;
  if (account->mobile == NULL)
    return g_steal_pointer (&challenge);
  number_hash (keys, account, hash);
  if (!cpd_store_outbox_count_sms (db, account->id, hash, now, &count, error))
    return NULL;
  challenge->masked = mask_number (account->mobile);
  if (count.newest >= attempt->created)
    challenge->code_until = count.newest + CPD_CODE_LIFE;
  challenge->resend_at = next_code_at (&count, config, now, &code);
  return g_steal_pointer (&challenge);
}

/**
 * cpd_challenge_hash:
 */
void
cpd_challenge_hash (const CpdKeys *keys, gint64 attempt, const char *code, guchar out[CPD_HASH_SIZE])
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", attempt, code);

  cpd_keys_hash (keys, "code", text, strlen (text), out);
  explicit_bzero (text, strlen (text));
}

/**
 * cpd_challenge_try:
 * @failed: (out): set when the code was not right; the count must be kept
 *
 * Returns: TRUE when the code was right, or when @failed says why not; FALSE with @error when it could not be tested.
 */
gboolean
cpd_challenge_try (CpdDb *db, const CpdKeys *keys, gint64 attempt, const char *code, CpTime now, GError **failed,
                   GError **error)
{
  static const CpErrorCode codes[] = {
    [CPD_CODE_WRONG] = CP_ERROR_CODE_WRONG,
    [CPD_CODE_EXPIRED] = CP_ERROR_CODE_EXPIRED,
    [CPD_CODE_USED_UP] = CP_ERROR_CODE_USED_UP,
  };
  guchar hash[CPD_HASH_SIZE];
  CpdCodeResult result;
  int left;

  cpd_challenge_hash (keys, attempt, code, hash);
  if (!cpd_store_code_try (db, attempt, hash, now, &result, &left, error))
    return FALSE;
  if (result == CPD_CODE_RIGHT)
    return TRUE;
  if (result == CPD_CODE_WRONG && left == 0)
    result = CPD_CODE_USED_UP;
  *failed = g_error_new_literal (CP_ERROR, codes[result], "the code was not right");
  cp_error_details (*failed)->tries_left = left;
  return TRUE;
}
