/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-second-step.h"

#include <string.h>

#include "cpd-challenge.h"
#include "cpd-store-attempt.h"
#include "cpd-store-second-step.h"
#include "cpd-throttle.h"
#include "cpd-token.h"
#include "cpd-totp.h"

#define SHEET_CODES 10
#define SHEET_LIFE (10 * 365 * CP_TIME_DAY) /* until a new one is made, or it is used up */
#define DESK_LIFE (15 * CP_TIME_MINUTE)

/* One way to the second step. */
typedef struct
{
  gboolean (*has) (const CpdSecondStep *step, gboolean *has, GError **error);
  gboolean (*prove) (const CpdSecondStep *step, CpStepMethod method, const char *code, CpdProof *proof,
                     guchar hash[CPD_HASH_SIZE], GError **error);
  gboolean (*use) (const CpdSecondStep *step, const CpdProof *proof, GError **error);
  CpdThrottle bucket; /* 0: there are only as many tries as messages that were sent */
} Method;

static gboolean
has_number (const CpdSecondStep *step, gboolean *has, GError **error)
{
  *has = cpd_challenge_has_number (step->config, step->account);
  return TRUE;
}

static gboolean
has_totp (const CpdSecondStep *step, gboolean *has, GError **error)
{
  g_auto (CpdTotp) totp = { 0 };

  if (!cpd_store_totp_get (step->db, step->account->id, &totp, error))
    return FALSE;
  *has = totp.confirmed != 0;
  return TRUE;
}

static gboolean
has_sheet (const CpdSecondStep *step, gboolean *has, GError **error)
{
  int left;
  CpTime made;

  if (!cpd_store_given_code_count (step->db, step->account->id, CP_STEP_SHEET, step->now, &left, &made, error))
    return FALSE;
  *has = left > 0;
  return TRUE;
}

/* The desk may give a code at any moment, also while somebody looks at the screen. */
static gboolean
has_desk (const CpdSecondStep *step, gboolean *has, GError **error)
{
  *has = TRUE;
  return TRUE;
}

static gboolean
prove_sent (const CpdSecondStep *step, CpStepMethod method, const char *code, CpdProof *proof,
            guchar hash[CPD_HASH_SIZE], GError **error)
{
  CpdSent sent;

  if (!cpd_store_attempt_find_sent (step->db, step->attempt, step->now - CPD_CODE_LIFE, step->now, &sent, error))
    return FALSE;
  cpd_challenge_hash (step->keys, step->account->id, code, hash);
  proof->hash = hash;
  /* Logging in again gives no new tries of the same code. */
  if (sent.attempt != 0)
    proof->counted_in = sent.attempt;
  return TRUE;
}

static gboolean
use_sent (const CpdSecondStep *step, const CpdProof *proof, GError **error)
{
  return cpd_store_code_use (step->db, step->attempt, proof->hash, step->now, error);
}

static void
given_hash (const CpdSecondStep *step, CpStepMethod method, const char *code, guchar hash[CPD_HASH_SIZE])
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %d %s", step->account->id, (int) method, code);

  cpd_keys_hash (step->keys, "given-code", text, strlen (text), hash);
  explicit_bzero (text, strlen (text));
}

static gboolean
prove_given (const CpdSecondStep *step, CpStepMethod method, const char *code, CpdProof *proof,
             guchar hash[CPD_HASH_SIZE], GError **error)
{
  given_hash (step, method, code, hash);
  proof->hash = hash;
  return TRUE;
}

/* A seed belongs to its account: one that was put into another's row does not open. */
static char *
seal_purpose (const CpdSecondStep *step)
{
  return g_strdup_printf (CPD_TOTP_SEAL " %" G_GINT64_FORMAT, step->account->id);
}

static gboolean
match_totp (const CpdSecondStep *step, GBytes *sealed, const char *code, gint64 *matched, GError **error)
{
  g_autofree char *purpose = seal_purpose (step);
  gsize size;
  const void *data = g_bytes_get_data (sealed, &size);
  g_autoptr (GBytes) seed = cpd_keys_unseal (step->keys, purpose, data, size, error);

  if (seed == NULL)
    return FALSE;
  data = g_bytes_get_data (seed, &size);
  *matched = cpd_totp_match (data, size, code, step->now);
  explicit_bzero ((void *) data, size);
  return TRUE;
}

static gboolean
prove_totp (const CpdSecondStep *step, CpStepMethod method, const char *code, CpdProof *proof,
            guchar hash[CPD_HASH_SIZE], GError **error)
{
  g_auto (CpdTotp) totp = { 0 };

  return cpd_store_totp_get (step->db, step->account->id, &totp, error) &&
         (totp.seed_sealed == NULL || match_totp (step, totp.seed_sealed, code, &proof->step, error));
}

static gboolean
use_totp (const CpdSecondStep *step, const CpdProof *proof, GError **error)
{
  return cpd_store_totp_use (step->db, step->account->id, proof->step, error);
}

static gboolean
use_given (const CpdSecondStep *step, const CpdProof *proof, GError **error)
{
  return cpd_store_given_code_use (step->db, step->account->id, proof->method, proof->hash, step->now, error);
}

/* In the order in which one is asked for. Codes that need no message have a limit of their own each, so that none of
 * them can be used up by way of another. */
static const Method methods[CP_N_STEP_METHODS] = {
  [CP_STEP_SMS] = { has_number, prove_sent, use_sent, 0 },
  [CP_STEP_TOTP] = { has_totp, prove_totp, use_totp, CPD_THROTTLE_TOTP },
  [CP_STEP_SHEET] = { has_sheet, prove_given, use_given, CPD_THROTTLE_SHEET },
  [CP_STEP_DESK] = { has_desk, prove_given, use_given, CPD_THROTTLE_DESK },
};

/**
 * cpd_second_step_methods:
 * @methods: (out)
 * @first: (out)
 */
gboolean
cpd_second_step_methods (const CpdSecondStep *step, guint *found, CpStepMethod *first, GError **error)
{
  *found = 0;
  for (int i = 0; i < CP_N_STEP_METHODS; i++)
    {
      gboolean has;
      if (!methods[i].has (step, &has, error))
        return FALSE;
      *found |= has ? 1u << i : 0;
    }
  *first = (*found & (1u << CP_STEP_TOTP)) != 0 ? CP_STEP_TOTP : CP_STEP_SMS;
  return TRUE;
}

static gboolean
take (const CpdSecondStep *step, CpdThrottle bucket, GError **error)
{
  CpdThrottleKey key;

  if (bucket == 0)
    return TRUE;
  cpd_throttle_key_of (step->keys, bucket, step->account->id, &key);
  return cpd_throttle_take (step->db, &key, 1, step->now, error);
}

static gboolean
forgive (const CpdSecondStep *step, CpdThrottle bucket, GError **error)
{
  CpdThrottleKey key;

  if (bucket == 0)
    return TRUE;
  cpd_throttle_key_of (step->keys, bucket, step->account->id, &key);
  return cpd_throttle_forgive (step->db, &key, 1, error);
}

static GError *
not_right (CpdCodeResult result, int left)
{
  static const CpErrorCode codes[] = {
    [CPD_CODE_WRONG] = CP_ERROR_CODE_WRONG,
    [CPD_CODE_EXPIRED] = CP_ERROR_CODE_EXPIRED,
    [CPD_CODE_USED_UP] = CP_ERROR_CODE_USED_UP,
  };
  GError *failed;

  if (result == CPD_CODE_WRONG && left == 0)
    result = CPD_CODE_USED_UP;
  failed = g_error_new_literal (CP_ERROR, codes[result], "the code was not right");
  cp_error_details (failed)->tries_left = left;
  return failed;
}

/**
 * cpd_second_step_try:
 * @code: digits, as many as the method has
 * @failed: (out): set when the code was not right; the count must be kept
 *
 * Returns: TRUE when the code was right, or when @failed says why not.
 */
gboolean
cpd_second_step_try (const CpdSecondStep *step, CpStepMethod method, const char *code, GError **failed, GError **error)
{
  const Method *row = &methods[method];
  CpdProof proof = { .method = method, .counted_in = step->attempt };
  guchar hash[CPD_HASH_SIZE];
  CpdCodeResult result;
  int left;

  if (!take (step, row->bucket, error) || !row->prove (step, method, code, &proof, hash, error) ||
      !cpd_store_code_try (step->db, step->attempt, &proof, step->now, &result, &left, error))
    return FALSE;
  if (result != CPD_CODE_RIGHT)
    {
      *failed = not_right (result, left);
      return TRUE;
    }
  return forgive (step, row->bucket, error) && row->use (step, &proof, error);
}

/**
 * cpd_second_step_new_totp:
 * @key: (out) (transfer full): to be typed; free with cpd_secret_free()
 * @uri: (out) (transfer full): to be scanned; free with cpd_secret_free()
 */
gboolean
cpd_second_step_new_totp (const CpdSecondStep *step, char **key, char **uri, GError **error)
{
  guchar seed[CPD_TOTP_SEED_SIZE];
  g_autofree char *purpose = seal_purpose (step);
  g_autoptr (GBytes) sealed = NULL;

  cpd_totp_new_seed (seed);
  sealed = cpd_keys_seal (step->keys, purpose, seed, sizeof seed);
  *key = cpd_totp_key (seed);
  *uri = cpd_totp_uri (*key, step->config->organisation->name, step->account->username);
  explicit_bzero (seed, sizeof seed);
  return cpd_store_totp_add (step->db, step->account->id, sealed, step->now, error);
}

/**
 * cpd_second_step_confirm_totp:
 * @failed: (out): CP_ERROR_CODE_WRONG when it was not right
 *
 * The first code of a new seed: from now on it counts. CP_ERROR_CONFLICT when none waits for that.
 */
gboolean
cpd_second_step_confirm_totp (const CpdSecondStep *step, const char *code, GError **failed, GError **error)
{
  g_auto (CpdTotp) totp = { 0 };
  gint64 matched = 0;

  if (!cpd_store_totp_get (step->db, step->account->id, &totp, error))
    return FALSE;
  if (totp.seed_sealed == NULL || totp.confirmed != 0)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "no app waits for its first code");
      return FALSE;
    }
  if (!take (step, CPD_THROTTLE_TOTP, error) || !match_totp (step, totp.seed_sealed, code, &matched, error))
    return FALSE;
  if (matched == 0)
    {
      *failed = g_error_new_literal (CP_ERROR, CP_ERROR_CODE_WRONG, "the code was not right");
      return TRUE;
    }
  return forgive (step, CPD_THROTTLE_TOTP, error) &&
         cpd_store_totp_confirm (step->db, step->account->id, matched, step->now, error);
}

static char *
new_given (const CpdSecondStep *step, CpStepMethod method, CpTime life, GError **error)
{
  char *code = cpd_token_new_digits (cp_step_digits (method));
  guchar hash[CPD_HASH_SIZE];

  given_hash (step, method, code, hash);
  if (cpd_store_given_code_add (step->db, step->account->id, method, hash, step->now, step->now + life, error))
    return code;
  cpd_secret_free (code);
  return NULL;
}

/**
 * cpd_second_step_new_sheet:
 *
 * Returns: (transfer full): ten codes, NULL with an error.
 */
GStrv
cpd_second_step_new_sheet (const CpdSecondStep *step, GError **error)
{
  g_auto (GStrv) codes = g_new0 (char *, SHEET_CODES + 1);

  if (!cpd_store_given_code_drop (step->db, step->account->id, CP_STEP_SHEET, error))
    return NULL;
  for (int i = 0; i < SHEET_CODES; i++)
    if ((codes[i] = new_given (step, CP_STEP_SHEET, SHEET_LIFE, error)) == NULL)
      return NULL;
  return g_steal_pointer (&codes);
}

/**
 * cpd_second_step_new_desk_code:
 *
 * Who calls the desk gets in with it, whatever was tried before, and on the screen that asks for it: name and password
 * are not asked again.
 *
 * Returns: (transfer full): eight digits, NULL with an error; free with cpd_secret_free().
 */
char *
cpd_second_step_new_desk_code (const CpdSecondStep *step, GError **error)
{
  if (!cpd_store_given_code_drop (step->db, step->account->id, CP_STEP_DESK, error) ||
      !forgive (step, CPD_THROTTLE_DESK, error) ||
      !cpd_store_attempt_reset_logins (step->db, step->account->id, step->now, error))
    return NULL;
  return new_given (step, CP_STEP_DESK, DESK_LIFE, error);
}

/**
 * cpd_second_step_reset:
 *
 * For who lost telephone and sheet: only the text message is left.
 */
gboolean
cpd_second_step_reset (const CpdSecondStep *step, GError **error)
{
  return cpd_store_totp_drop (step->db, step->account->id, NULL, error) &&
         cpd_store_given_code_drop (step->db, step->account->id, CP_STEP_SHEET, error) &&
         cpd_store_given_code_drop (step->db, step->account->id, CP_STEP_DESK, error) &&
         cpd_second_step_forgive (step, error);
}

/**
 * cpd_second_step_forgive:
 *
 * Every way can be tried anew.
 */
gboolean
cpd_second_step_forgive (const CpdSecondStep *step, GError **error)
{
  for (int i = 0; i < CP_N_STEP_METHODS; i++)
    if (!forgive (step, methods[i].bucket, error))
      return FALSE;
  return TRUE;
}
