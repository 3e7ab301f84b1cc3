/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-compose.h"

#include <stdlib.h>
#include <string.h>

#include "cpd-challenge.h"
#include "cpd-store-account.h"
#include "cpd-store-attempt.h"
#include "cpd-templates.h"
#include "cpd-token.h"

/**
 * cpd_message_free:
 * @message: (nullable)
 */
void
cpd_message_free (CpdMessage *message)
{
  if (message == NULL)
    return;
  g_free (message->to);
  g_free (message->to_name);
  g_free (message->subject);
  cpd_token_free (message->text);
  g_free (message);
}

static gboolean
useless (GError **error, const char *why)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, why);
  return FALSE;
}

static gboolean
make_code (CpdDb *db, const CpdKeys *keys, const CpdOutboxRow *row, CpTime now, char **secret, GError **error)
{
  CpdAttempt attempt;
  guchar hash[CPD_HASH_SIZE];

  if (!cpd_store_attempt_get (db, row->attempt, &attempt, error))
    return FALSE;
  if (attempt.id == 0 || attempt.expires <= now || attempt.verified)
    return useless (error, "the login attempt is over");
  *secret = cpd_token_new_code ();
  cpd_challenge_hash (keys, attempt.id, *secret, hash);
  return cpd_store_code_add (db, attempt.id, hash, now, row->created + CPD_CODE_LIFE, error);
}

static gboolean
make_password (CpdDb *db, const CpdConfig *config, const CpdKeys *keys, const CpdOutboxRow *row, CpTime now,
               char **secret, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;

  *secret = cpd_token_new_password ();
  cpd_keys_hash (keys, "temporary-password", *secret, strlen (*secret), hash);
  text = g_base64_encode (hash, sizeof hash);
  return cpd_store_account_set_credential (db, row->account, CPD_CREDENTIAL_TEMPORARY, 0, text, now,
                                           now + config->invitation_days * CP_TIME_DAY, error);
}

static gboolean
make_secret (CpdDb *db, const CpdConfig *config, const CpdKeys *keys, const CpdTemplate *template,
             const CpdOutboxRow *row, CpTime now, char **secret, GError **error)
{
  switch (template->secret)
    {
    case CPD_SECRET_CODE:
      return make_code (db, keys, row, now, secret, error);
    case CPD_SECRET_PASSWORD:
      return make_password (db, config, keys, row, now, secret, error);
    case CPD_SECRET_NONE:
    default:
      return TRUE;
    }
}

static char *
clock_text (CpTime time, GTimeZone *zone)
{
  g_autofree char *text = cp_time_format (time, zone);

  return g_strndup (text + 11, 5);
}

/* "12 maart 2026": long form for a mail. */
static char *
date_text (CpTime time, GTimeZone *zone, int language)
{
  static const char *const months[2][12] = {
    { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december" },
    { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December" },
  };
  g_autofree char *date = cp_time_date (time, zone);
  int year = atoi (date);
  int month = atoi (date + 5);
  int day = atoi (date + 8);

  return language == 0 ? g_strdup_printf ("%d %s %d", day, months[0][month - 1], year)
                       : g_strdup_printf ("%s %d, %d", months[1][month - 1], day, year);
}

static char *
address_text (const CpdConfig *config)
{
  return config->port == 443 ? g_strdup (config->address) : g_strdup_printf ("%s:%d", config->address, config->port);
}

static char *
fill (const CpdConfig *config, const CpdAccount *account, const CpdOutboxRow *row, const char *text, int language,
      const char *secret, CpTime now)
{
  const CpOrganisation *organisation = config->organisation;
  g_autofree char *time = clock_text (row->created + CPD_CODE_LIFE, config->zone);
  g_autofree char *date = date_text (now + config->invitation_days * CP_TIME_DAY, config->zone, language);
  g_autofree char *address = address_text (config);
  const char *desk = language == 0 ? organisation->desk->nl : organisation->desk->en;
  const char *hours = language == 0 ? organisation->hours->nl : organisation->hours->en;
  g_autofree char *signature = cpd_template_fill (cpd_template_signature (language), "organization", organisation->name,
                                                  "desk", desk, "phone", organisation->phone, "hours", hours, NULL);

  return cpd_template_fill (text, "organization", organisation->name, "sms_name", config->sms_name, "username",
                            account->username, "code", secret, "password", secret, "time", time, "date", date,
                            "address", address, "signature", signature, NULL);
}

/**
 * cpd_compose:
 *
 * Returns: (transfer full): the message, or NULL with an error.
 */
CpdMessage *
cpd_compose (CpdDb *db, const CpdConfig *config, const CpdKeys *keys, const CpdOutboxRow *row, CpTime now,
             GError **error)
{
  const CpdTemplate *template = cpd_template_get (row->template_name);
  g_autoptr (CpdAccount) account = cpd_store_account_get (db, row->account, error);
  CpdMessage *message;
  char *secret = NULL;
  int language;

  if (account == NULL || template == NULL || (row->kind == CPD_OUTBOX_SMS && account->mobile == NULL))
    {
      if (error != NULL && *error == NULL)
        useless (error, "there is nobody to send this to");
      return NULL;
    }
  if (!make_secret (db, config, keys, template, row, now, &secret, error))
    {
      cpd_token_free (secret);
      return NULL;
    }
  language = g_strcmp0 (account->language, "en") == 0 ? 1 : 0;
  message = g_new0 (CpdMessage, 1);
  message->kind = row->kind;
  message->to = g_strdup (row->kind == CPD_OUTBOX_SMS ? account->mobile : account->email);
  message->to_name = g_strdup (account->name);
  message->subject = template->subject[language] != NULL
                         ? fill (config, account, row, template->subject[language], language, NULL, now)
                         : NULL;
  message->text = fill (config, account, row, template->text[language], language, secret, now);
  cpd_token_free (secret);
  return message;
}
