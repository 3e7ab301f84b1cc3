/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-test-message.h"

#include "cp-validate.h"
#include "cpd-mail-html.h"
#include "cpd-mail-words.h"
#include "cpd-transport.h"

static const char mail_words[] = "This is a test. The client portal of {organization} can send e-mails.\n\n"
                                 "The portal is here:\n"
                                 "{link: Open Client Portal}\n";

static const char sms_words[] = "{sms_name}: this is a test of the text messages.";

static gboolean
check_to (CpdOutboxKind kind, const char *to, GError **error)
{
  if (kind == CPD_OUTBOX_MAIL && cp_validate_email (to, NULL))
    return TRUE;
  if (kind == CPD_OUTBOX_SMS && to != NULL && g_regex_match_simple ("^\\+[1-9][0-9]{7,14}\\z", to, 0, 0))
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
                       kind == CPD_OUTBOX_MAIL ? "--to needs an e-mail address"
                                               : "--to needs a number in the international form, such as +31612345678");
  return FALSE;
}

static void
fill_message (const CpdConfig *config, CpdOutboxKind kind, const char *to, CpdMessage *message)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *link = g_strdup_printf ("https://%s/", config->public_address);

  g_hash_table_insert (values, (gpointer) "organization", config->organisation->name);
  g_hash_table_insert (values, (gpointer) "sms_name", config->sms_name);
  g_hash_table_insert (values, (gpointer) "link", link);
  message->kind = kind;
  message->id = g_strdup_printf ("test-%" G_GINT64_FORMAT, cp_time_now ());
  message->to = g_strdup (to);
  if (kind == CPD_OUTBOX_SMS)
    {
      message->text = cpd_template_fill (sms_words, values);
      return;
    }
  message->subject = g_strdup ("A test of the client portal");
  message->text = cpd_mail_plain (mail_words, "", values);
  message->html = cpd_mail_html (config->organisation, CPD_ENGLISH, message->subject, mail_words, "", values);
}

/**
 * cpd_test_message:
 *
 * Returns: (transfer full)
 */
char *
cpd_test_message (const CpdConfig *config, CpdOutboxKind kind, const char *to, GError **error)
{
  const CpdOutboxRow row = { .kind = kind, .template_name = (char *) "test" };
  g_autoptr (CpdMessage) message = g_new0 (CpdMessage, 1);
  g_autoptr (CpdTransport) transport = NULL;
  gboolean mail = kind == CPD_OUTBOX_MAIL;

  if (!check_to (kind, to, error) || !cpd_transport_check (config, error))
    return NULL;
  fill_message (config, kind, to, message);
  transport = cpd_transport_new (config, kind);
  if (!cpd_transport_send (transport, &row, message, cp_time_now (), NULL, error))
    return NULL;
  if ((mail ? config->mail_server : config->sms_url) == NULL)
    return g_strdup_printf ("No %s is set; the message lies in %s.\n", mail ? "[mail] server" : "[sms] url",
                            config->outbox_directory);
  return g_strdup_printf ("The %s takes it. Look whether it arrives.\n", mail ? "mail server" : "gateway");
}
