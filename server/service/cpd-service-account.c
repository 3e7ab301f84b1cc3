/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-account.h"

#include "cp-own-account.h"
#include "cp-session.h"
#include "cp-validate.h"
#include "cpd-challenge.h"
#include "cpd-language.h"
#include "cpd-session.h"
#include "cpd-store-news.h"
#include "cpd-store-own.h"
#include "cpd-store-second-step.h"

static gboolean
counts (const CpdCall *call, const CpdActor *actor)
{
  return !cpd_log_outs_has (call->services->log_outs, actor->session) &&
         cpd_session_counts (call->services->config, actor, call->now);
}

/* (transfer full): sessions that count now, as the gate would judge them. */
static GPtrArray *
live_sessions (CpdCall *call, GError **error)
{
  g_autoptr (GPtrArray) rows =
      cpd_store_own_sessions (call->db, call->actor.account, call->actor.session, call->now, error);
  GPtrArray *sessions;

  if (rows == NULL)
    return NULL;
  sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_own_session_free);
  for (guint i = 0; i < rows->len; i++)
    {
      CpdOwnSessionRow *row = rows->pdata[i];
      if (counts (call, &row->actor))
        g_ptr_array_add (sessions, g_steal_pointer (&row->own));
    }
  return sessions;
}

static gboolean
add_lists (CpdCall *call, CpOwnAccount *own, GError **error)
{
  CpTime life = call->services->config->device_days * CP_TIME_DAY;
  GPtrArray *devices =
      cpd_store_own_devices (call->db, call->actor.account, call->actor.device, life, call->now, error);
  GPtrArray *sessions = devices != NULL ? live_sessions (call, error) : NULL;

  if (devices != NULL)
    g_ptr_array_unref (own->devices);
  own->devices = devices != NULL ? devices : own->devices;
  if (sessions == NULL)
    return FALSE;
  g_ptr_array_unref (own->sessions);
  own->sessions = sessions;
  return TRUE;
}

static gboolean
add_second_step (CpdCall *call, CpOwnAccount *own, GError **error)
{
  g_auto (CpdTotp) totp = { 0 };
  int left;

  if (!cpd_store_totp_get (call->db, call->actor.account, &totp, error) ||
      !cpd_store_given_code_count (call->db, call->actor.account, CP_STEP_SHEET, call->now, &left, &own->sheet_made,
                                   error))
    return FALSE;
  own->totp = totp.confirmed != 0;
  own->sheet_left = left;
  return TRUE;
}

static gboolean
add_notifications (CpdCall *call, CpOwnAccount *own, GError **error)
{
  CpdNewsChoice choice;

  if (!cpd_store_news_choice (call->db, call->actor.account, &choice, error))
    return FALSE;
  own->news_mail = choice.mail;
  own->quiet_from = cp_time_clock_of_minute (choice.quiet_from);
  own->quiet_until = cp_time_clock_of_minute (choice.quiet_until);
  return TRUE;
}

static gboolean
answer_account (CpdCall *call, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autoptr (CpOwnAccount) own = cp_own_account_new ();

  if (account == NULL)
    return FALSE;
  own->name = g_strdup (account->name);
  own->username = g_strdup (account->username);
  own->email = g_strdup (account->email);
  own->language = g_strdup (account->language);
  own->masked = account->mobile != NULL ? cpd_challenge_mask (account->mobile) : NULL;
  own->email_waiting = cpd_store_email_change_get (call->db, account->id, 0, call->now, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!add_second_step (call, own, error) || !add_notifications (call, own, error) || !add_lists (call, own, error))
    return FALSE;
  cpd_call_answer (call, &cp_own_account_record, own);
  return TRUE;
}

/**
 * cpd_service_account:
 *
 * The whole page in one answer; nothing of a patient is in it.
 */
gboolean
cpd_service_account (CpdCall *call, GError **error)
{
  return answer_account (call, error);
}

static gboolean
is_language (const char *text, GError **error)
{
  if (cpd_language_is_known (text))
    return TRUE;
  cp_error_set_field (error, "language", "not a language of the portal");
  return FALSE;
}

/**
 * cpd_service_account_change:
 *
 * Others see the name, and mails are in the language, from now on.
 */
gboolean
cpd_service_account_change (CpdCall *call, GError **error)
{
  const CpAccountRequest *request = call->body;
  g_autofree char *name = g_strstrip (g_strdup (request->name));
  g_autofree char *given = cp_given_name (name);

  return cp_validate_name (name, error) && is_language (request->language, error) &&
         cpd_store_own_set_name (call->db, call->actor.account, name, given, request->language, error) &&
         cpd_call_audit (call, CPD_AUDIT_ACCOUNT_CHANGED, call->actor.account, 0, 0, error) &&
         answer_account (call, error);
}

/* NULL (at any time) or a time of the day, as *minute. */
static gboolean
take_clock (const char *text, const char *field, int *minute, GError **error)
{
  *minute = text != NULL ? cp_time_minute_of_day (text) : -1;
  if (text == NULL || *minute >= 0)
    return TRUE;
  cp_error_set_field (error, field, "not a time of the day");
  return FALSE;
}

/**
 * cpd_service_account_notifications:
 *
 * Counts for a mail that waits too.
 */
gboolean
cpd_service_account_notifications (CpdCall *call, GError **error)
{
  const CpNotificationsRequest *request = call->body;
  CpdNewsChoice choice = { .mail = request->news_mail };

  if (!take_clock (request->quiet_from, "quiet_from", &choice.quiet_from, error) ||
      !take_clock (request->quiet_until, "quiet_until", &choice.quiet_until, error))
    return FALSE;
  if ((choice.quiet_from < 0) != (choice.quiet_until < 0) ||
      (choice.quiet_from >= 0 && choice.quiet_from == choice.quiet_until))
    {
      cp_error_set_field (error, "quiet_until", "two different times, or neither");
      return FALSE;
    }
  return cpd_store_news_choose (call->db, call->actor.account, &choice, call->now, error) &&
         cpd_call_audit (call, CPD_AUDIT_ACCOUNT_CHANGED, call->actor.account, 0, 0, error) &&
         answer_account (call, error);
}
