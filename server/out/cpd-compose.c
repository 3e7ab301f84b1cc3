/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-compose.h"

#include <string.h>

#include "cp-validate.h"
#include "cpd-challenge.h"
#include "cpd-date-words.h"
#include "cpd-mail-html.h"
#include "cpd-links.h"
#include "cpd-mail-words.h"
#include "cpd-phone.h"
#include "cpd-store-account.h"
#include "cpd-store-attempt.h"
#include "cpd-token.h"

/* How long it lives from the moment that its mail is handed over. */
#define CONFIRM_LIFE CP_TIME_DAY

/* All that one message is made of. */
typedef struct
{
  CpdDb *db; /* (borrowed) and below, up to now */
  const CpdConfig *config;
  const CpdKeys *keys;
  const CpdOutboxRow *row;
  CpTime now;
  CpdLanguage language;
  const CpdTemplate *template; /* (borrowed) */
  int link_kind;               /* as in the row, unless the template is another */
  CpdAccount *account;         /* (owned) (nullable) */
  CpdOutboxFacts facts;
  GHashTable *values; /* (owned): what goes into the words, by placeholder; secrets too, so wiped */
} Composing;

/**
 * cpd_message_free:
 * @message: (nullable)
 */
void
cpd_message_free (CpdMessage *message)
{
  if (message == NULL)
    return;
  g_free (message->id);
  g_free (message->to);
  g_free (message->subject);
  cpd_secret_free (message->text);
  cpd_secret_free (message->html);
  g_free (message);
}

static void
composing_clear (Composing *composing)
{
  cpd_account_free (composing->account);
  cpd_outbox_facts_clear (&composing->facts);
  g_clear_pointer (&composing->values, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Composing, composing_clear)

static gboolean
useless (GError **error, const char *why)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, why);
  return FALSE;
}

/* A value stays on its line, whatever is in it. */
static void
set (Composing *composing, const char *key, const char *value)
{
  char *line = g_strdup (value != NULL ? value : "");

  g_strdelimit (line, "\r\n\t", ' ');
  g_hash_table_insert (composing->values, (gpointer) key, line);
}

static void
take (Composing *composing, const char *key, char *value)
{
  set (composing, key, value);
  cpd_secret_free (value);
}

static gboolean
make_code (Composing *composing, GError **error)
{
  const CpdOutboxRow *row = composing->row;
  CpdAttempt attempt;
  guchar hash[CPD_HASH_SIZE];
  char *code;

  if (!cpd_store_attempt_get (composing->db, row->attempt, &attempt, error))
    return FALSE;
  if (attempt.id == 0 || attempt.expires <= composing->now || attempt.verified)
    return useless (error, "the login attempt is over");
  if (row->created + CPD_CODE_LIFE <= composing->now)
    return useless (error, "the code would be over");
  code = cpd_token_new_digits (CP_CODE_DIGITS);
  cpd_challenge_hash (composing->keys, attempt.account, code, hash);
  take (composing, "code", code);
  return cpd_store_code_add (composing->db, attempt.id, hash, composing->now, row->created + CPD_CODE_LIFE, error);
}

static CpTime
moment (const Composing *composing)
{
  const CpdConfig *config = composing->config;

  switch (composing->template->moment)
    {
    case CPD_MOMENT_CODE:
      return composing->row->created + CPD_CODE_LIFE;
    case CPD_MOMENT_RESET:
      return composing->now + config->link_minutes * CP_TIME_MINUTE;
    case CPD_MOMENT_PASSWORD:
      return composing->now + config->temporary_password_minutes * CP_TIME_MINUTE;
    case CPD_MOMENT_CONFIRM:
      return composing->now + CONFIRM_LIFE;
    case CPD_MOMENT_INVITATION:
      return composing->facts.invited ? composing->facts.expires : cpd_config_invitation_ends (config, composing->now);
    case CPD_MOMENT_ACCESS:
      return composing->facts.access_until;
    case CPD_MOMENT_ENDED:
      return composing->facts.access_ended != 0 ? composing->facts.access_ended : composing->row->created;
    case CPD_MOMENT_CREATED:
    default:
      return composing->row->created;
    }
}

static gboolean
make_password (Composing *composing, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;
  char *password;

  if (composing->account == NULL)
    return useless (error, "there is no account for a password");
  password = cpd_token_new_password ();
  cpd_keys_hash (composing->keys, "temporary-password", password, strlen (password), hash);
  take (composing, "password", password);
  text = g_base64_encode (hash, sizeof hash);
  return cpd_store_account_add_temporary (composing->db, composing->account->id, text,
                                          composing->template->moment == CPD_MOMENT_INVITATION, composing->now,
                                          moment (composing), error);
}

static gboolean
make_secret (Composing *composing, GError **error)
{
  switch (composing->template->secret)
    {
    case CPD_SECRET_CODE:
      return make_code (composing, error);
    case CPD_SECRET_PASSWORD:
      return make_password (composing, error);
    case CPD_SECRET_NONE:
    default:
      return TRUE;
    }
}

/* The portal's own address, or one with a token of its own. */
static gboolean
make_link (Composing *composing, GError **error)
{
  const CpdOutboxRow *row = composing->row;
  char *link;

  if (composing->link_kind == 0)
    link = g_strdup_printf ("https://%s/", composing->config->public_address);
  else if (composing->account == NULL)
    return useless (error, "there is no account for a link");
  else
    link = cpd_links_new (composing->db, composing->keys, composing->config, composing->link_kind,
                          composing->account->id, row->link_object != 0 ? row->link_object : row->invitation,
                          composing->now, moment (composing) - composing->now, error);
  if (link == NULL)
    return FALSE;
  take (composing, "link", link);
  return TRUE;
}

static char *
with_capital (const char *text)
{
  const char *rest = g_utf8_next_char (text);
  g_autofree char *first = g_utf8_strup (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

static void
set_organization (Composing *composing)
{
  const CpOrganisation *organisation = composing->config->organisation;
  const char *desk = cpd_language_text (composing->language, organisation->desk);

  set (composing, "organization", organisation->name);
  set (composing, "sms_name", composing->config->sms_name);
  set (composing, "phone", organisation->phone);
  set (composing, "desk", desk);
  take (composing, "Desk", with_capital (desk));
  set (composing, "hours", cpd_language_text (composing->language, organisation->hours));
  set (composing, "address", composing->config->public_address);
}

static void
set_person (Composing *composing)
{
  const CpdAccount *account = composing->account;

  if (composing->facts.inviter != NULL)
    set (composing, "inviter", composing->facts.inviter);
  if (account == NULL)
    return;
  set (composing, "username", account->username);
  if (account->mobile != NULL)
    take (composing, "masked", cpd_challenge_mask (account->mobile));
}

/* What a person calls it, if anything. */
static void
set_device (Composing *composing)
{
  g_autofree char *no_subject = NULL;

  if (composing->facts.device != NULL)
    set (composing, "device", composing->facts.device);
  else
    take (composing, "device", cpd_template_words ("device-unnamed", composing->language, &no_subject));
}

static void
set_moment (Composing *composing)
{
  GTimeZone *zone = composing->config->zone;
  CpTime time = moment (composing);

  take (composing, "time", cp_time_clock (time, zone));
  take (composing, "date", cpd_date_words_date (time, zone, composing->language));
  take (composing, "when", cpd_date_words_when (time, composing->now, zone, composing->language));
  take (composing, "minutes", g_strdup_printf ("%d", (int) ((time - composing->now) / CP_TIME_MINUTE)));
}

/* What to say, as it is now: the row may have waited, and been tried. */
static void
choose_template (Composing *composing)
{
  const CpdOutboxFacts *facts = &composing->facts;

  if (composing->template->with_password != NULL && facts->own_since != 0)
    {
      composing->template = cpd_template_get (composing->template->with_password);
      composing->link_kind = 0;
    }
  if (composing->template->by_organization != NULL && facts->inviter == NULL)
    composing->template = cpd_template_get (composing->template->by_organization);
  else if (composing->template->with_rights != NULL && facts->rights)
    composing->template = cpd_template_get (composing->template->with_rights);
}

/* What was asked by who had forgotten their password, and chose one since: by another mail, or it came to mind. */
static gboolean
is_remembered (const Composing *composing)
{
  CpdMoment moment = composing->template->moment;

  return (moment == CPD_MOMENT_RESET || moment == CPD_MOMENT_PASSWORD) &&
         composing->facts.own_since > composing->row->created;
}

static gboolean
look_up (Composing *composing, GError **error)
{
  g_autoptr (GError) local = NULL;
  const CpdOutboxRow *row = composing->row;

  composing->template = cpd_template_get (row->template_name);
  composing->link_kind = row->link_kind;
  if (composing->template == NULL || composing->template->kind != row->kind)
    return useless (error, "there is no such message");
  if (row->account != 0)
    composing->account = cpd_store_account_get (composing->db, row->account, &local);
  if (local != NULL || !cpd_store_outbox_facts (composing->db, row, composing->now, &composing->facts, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (composing->facts.deceased)
    return useless (error, "the client has died");
  if (composing->template->moment == CPD_MOMENT_INVITATION && composing->facts.invited && !composing->facts.open)
    return useless (error, "the invitation is not open any more");
  if (composing->template->moment == CPD_MOMENT_ACCESS && composing->facts.access_until == 0)
    return useless (error, "the access has no end any more");
  if (is_remembered (composing))
    return useless (error, "a password was chosen since");
  choose_template (composing);
  return TRUE;
}

/* What the row or its account says: (transfer full), NULL with an error. */
static char *
addressee (const Composing *composing, GError **error)
{
  const CpdOutboxRow *row = composing->row;
  const CpdAccount *account = composing->account;
  const char *own = NULL;
  g_autoptr (GBytes) clear = NULL;
  gsize size;
  const char *data;

  if (row->to_sealed == NULL)
    {
      if (account != NULL)
        own = row->kind == CPD_OUTBOX_SMS ? account->mobile : account->email;
      if (own == NULL)
        useless (error, "there is nobody to send this to");
      return g_strdup (own);
    }
  data = g_bytes_get_data (row->to_sealed, &size);
  clear = cpd_keys_unseal (composing->keys, CPD_OUTBOX_SEAL, data, size, error);
  if (clear == NULL)
    return NULL;
  data = g_bytes_get_data (clear, &size);
  return g_strndup (data, size);
}

/* Where it goes: (transfer full), NULL with an error. */
static char *
address (const Composing *composing, GError **error)
{
  g_autofree char *to = addressee (composing, error);

  /* The list of countries may be shorter than it was when the number was taken. */
  if (to != NULL && composing->row->kind == CPD_OUTBOX_SMS &&
      !cpd_phone_is_allowed (to, (const char *const *) composing->config->sms_countries))
    {
      useless (error, "no text messages go to the country of this number; see [sms] countries");
      return NULL;
    }
  return g_steal_pointer (&to);
}

/* A new secret makes another message, so it is told apart from the one before; without one each try is the same. After
 * a restore numbers of rows are given a second time, for another message, so that the moment of the row is in it too.
 */
static char *
message_id (const Composing *composing)
{
  gboolean has_secret = composing->template->secret != CPD_SECRET_NONE || composing->link_kind != 0;

  return g_strdup_printf ("outbox-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, composing->row->id,
                          composing->row->created, has_secret ? composing->row->lease : 0);
}

static void
write_mail (const Composing *composing, const char *words, CpdMessage *message)
{
  g_autofree char *no_subject = NULL;
  g_autofree char *signature = cpd_template_words ("signature", composing->language, &no_subject);

  message->text = cpd_mail_plain (words, signature, composing->values);
  message->html = cpd_mail_html (composing->config->organisation, composing->language, message->subject, words,
                                 signature, composing->values);
}

static CpdMessage *
write_message (const Composing *composing, char *to)
{
  CpdMessage *message = g_new0 (CpdMessage, 1);
  g_autofree char *subject = NULL;
  g_autofree char *words = cpd_template_words (composing->template->name, composing->language, &subject);

  message->kind = composing->row->kind;
  message->id = message_id (composing);
  message->to = to;
  message->subject = subject != NULL ? cpd_template_fill (subject, composing->values) : NULL;
  if (message->kind == CPD_OUTBOX_MAIL)
    write_mail (composing, words, message);
  else
    message->text = cpd_template_fill (words, composing->values);
  return message;
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
  g_auto (Composing) composing = { db, config, keys, row, now };
  char *to;

  composing.values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cpd_secret_free);
  if (!look_up (&composing, error))
    return NULL;
  if (composing.account != NULL)
    composing.language = cpd_language_of (composing.account->language);
  to = address (&composing, error);
  if (to == NULL || !make_secret (&composing, error) || !make_link (&composing, error))
    {
      g_free (to);
      return NULL;
    }
  set_organization (&composing);
  set_person (&composing);
  set_device (&composing);
  set_moment (&composing);
  return write_message (&composing, to);
}
