/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-smtp.h"

#include <string.h>

#include "cpd-curl.h"
#include "cpd-mail.h"
#include "cpd-private-file.h"
#include "cpd-token.h"
#include "cpd-transport.h"

#define CONNECT_SECONDS 10
#define PASSWORD_MAX 1024
#define REPLY_TEXT_MAX 40

struct _CpdSmtp
{
  const CpdConfig *config; /* (borrowed) */
  CURL *curl;              /* (owned) */
};

/* How far it came: what a refusal means depends on it. */
typedef enum
{
  STAGE_CONNECT,
  STAGE_LOGIN,
  STAGE_SENDER,
  STAGE_RECIPIENT,
  STAGE_TEXT
} Stage;

static const struct
{
  const char *command;
  Stage stage;
} commands[] = {
  { "AUTH ", STAGE_LOGIN },
  { "MAIL FROM", STAGE_SENDER },
  { "RCPT TO", STAGE_RECIPIENT },
  { "DATA", STAGE_TEXT },
};

static const char *const stage_words[] = { "the mail server", "logging in", "the sender", "the recipient",
                                           "the message" };

/* One mail on its way. */
typedef struct
{
  const char *text; /* (borrowed): with CR LF */
  gsize size;
  gsize at;
  GCancellable *cancellable; /* (borrowed) (nullable) */
  Stage stage;
  char reply[REPLY_TEXT_MAX]; /* "5.1.1" of the newest refusal: its words may have an address in them */
} Sending;

/**
 * cpd_smtp_new:
 *
 * Returns: (transfer full)
 */
CpdSmtp *
cpd_smtp_new (const CpdConfig *config)
{
  CpdSmtp *smtp = g_new0 (CpdSmtp, 1);

  smtp->config = config;
  smtp->curl = cpd_curl_new ();
  return smtp;
}

/**
 * cpd_smtp_free:
 * @smtp: (nullable)
 */
void
cpd_smtp_free (CpdSmtp *smtp)
{
  if (smtp == NULL)
    return;
  curl_easy_cleanup (smtp->curl);
  g_free (smtp);
}

static size_t
read_cb (char *buffer, size_t one, size_t size, void *user_data)
{
  Sending *sending = user_data;
  gsize n = MIN (size, sending->size - sending->at);

  sending->stage = STAGE_TEXT;
  memcpy (buffer, sending->text + sending->at, n);
  sending->at += n;
  return n;
}

static int
progress_cb (void *user_data, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now)
{
  const Sending *sending = user_data;

  return g_cancellable_is_cancelled (sending->cancellable);
}

/* The enhanced status of a refusal (RFC 3463): "550 5.1.1 ..." gives "5.1.1". What comes after it, to QUIT, is none. */
static void
take_reply (Sending *sending, const char *line, gsize size)
{
  gsize n = 0;

  if (size < 5 || (line[0] != '4' && line[0] != '5'))
    return;
  sending->reply[0] = '\0';
  while (4 + n < size && n < REPLY_TEXT_MAX - 1 && (g_ascii_isdigit (line[4 + n]) || line[4 + n] == '.'))
    n++;
  if (memchr (line + 4, '.', n) == NULL)
    return;
  memcpy (sending->reply, line + 4, n);
  sending->reply[n] = '\0';
}

/* Nothing of this is logged: the password and the mail pass here too. */
static int
trace_cb (CURL *curl, curl_infotype type, char *data, size_t size, void *user_data)
{
  Sending *sending = user_data;

  if (type == CURLINFO_HEADER_IN)
    take_reply (sending, data, size);
  if (type != CURLINFO_HEADER_OUT)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (size >= strlen (commands[i].command) && strncmp (data, commands[i].command, strlen (commands[i].command)) == 0)
      sending->stage = MAX (sending->stage, commands[i].stage);
  return 0;
}

static char *
server_url (const CpdConfig *config)
{
  static const char *const schemes[] = { "smtp", "smtps", "smtp" };
  static const int ports[] = { 587, 465, 25 };
  g_autofree char *host = cpd_config_host (config->mail_server);
  g_autofree char *own = cpd_config_host (config->public_address);
  gboolean is_v6 = strchr (host, ':') != NULL;
  const char *rest = g_strrstr (config->mail_server, is_v6 ? "]:" : ":");
  int port = rest != NULL ? (int) g_ascii_strtoll (rest + (is_v6 ? 2 : 1), NULL, 10) : ports[config->mail_security];

  /* The path is the name by which this side presents itself. */
  return g_strdup_printf (is_v6 ? "%s://[%s]:%d/%s" : "%s://%s:%d/%s", schemes[config->mail_security], host, port, own);
}

static void
set_options (CpdSmtp *smtp, const char *url, Sending *sending)
{
  CURL *curl = smtp->curl;
  const CpdConfig *config = smtp->config;

  curl_easy_reset (curl);
  cpd_curl_set_safe (curl, config->mail_ca_file);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (config->mail_security == CPD_MAIL_SECURITY_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) CPD_SMTP_SECONDS);
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt (curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, sending);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, sending);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, trace_cb);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, sending);
}

/* RFC 3463, and of Exchange Online 5.2.252 (SendAsDenied): that this side may not send, or not as this sender. Many
 * servers say so no sooner than of the recipient (Postfix: smtpd_delay_reject) or of the message. */
static gboolean
is_of_sender (const char *reply)
{
  static const char *const statuses[] = { "5.1.7", "5.1.8", "5.2.252", NULL };

  return g_str_has_prefix (reply, "5.7.") || g_strv_contains (statuses, reply);
}

/* What the server says of itself, of us or of our login is for the operator to mend; only of this mail is it for good.
 */
static gboolean
fail (CURLcode code, const Sending *sending, long status, GError **error)
{
  gboolean refused =
      status >= 500 && status <= 599 && sending->stage >= STAGE_RECIPIENT && !is_of_sender (sending->reply);

  if (status >= 400 && status <= 599)
    g_set_error (error, CPD_TRANSPORT_ERROR, refused ? CPD_TRANSPORT_ERROR_REFUSED : CPD_TRANSPORT_ERROR_LATER,
                 "%s: refused with %ld%s%s", stage_words[sending->stage], status, *sending->reply != '\0' ? " " : "",
                 sending->reply);
  else
    g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "%s: %s", stage_words[sending->stage],
                 curl_easy_strerror (code));
  return FALSE;
}

static gboolean
perform (CpdSmtp *smtp, const char *from, const char *to, const char *password, Sending *sending, GError **error)
{
  g_autofree char *url = server_url (smtp->config);
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  CURLcode code;
  long status = 0;

  set_options (smtp, url, sending);
  curl_easy_setopt (smtp->curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (smtp->curl, CURLOPT_MAIL_RCPT, recipients);
  if (password != NULL)
    {
      curl_easy_setopt (smtp->curl, CURLOPT_USERNAME, smtp->config->mail_user);
      curl_easy_setopt (smtp->curl, CURLOPT_PASSWORD, password);
    }
  code = curl_easy_perform (smtp->curl);
  curl_easy_getinfo (smtp->curl, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all (recipients);
  /* Neither the password nor pointers into the mail stay in the handle. */
  curl_easy_reset (smtp->curl);
  return code == CURLE_OK || fail (code, sending, status, error);
}

/* RFC 5321: lines end with CR LF; dots at their beginning are doubled by libcurl. */
static char *
with_crlf (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1024);

  for (; *text != '\0'; text++)
    {
      if (*text == '\n')
        g_string_append_c (out, '\r');
      g_string_append_c (out, *text);
    }
  return g_string_free (out, FALSE);
}

/* (transfer full): NULL with or without an error. */
static char *
read_password (const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  char *password;

  if (config->mail_password_file == NULL)
    return NULL;
  password = cpd_private_file_read (config->mail_password_file, PASSWORD_MAX, &wrong);
  if (password == NULL)
    g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "[mail] password-file: %s", wrong->message);
  return password;
}

/**
 * cpd_smtp_send:
 *
 * Returns: FALSE with CPD_TRANSPORT_ERROR.
 */
gboolean
cpd_smtp_send (CpdSmtp *smtp, const CpdMessage *message, CpTime now, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *from = cpd_mail_from (smtp->config);
  g_autofree char *to = cpd_mail_address (message->to, NULL);
  char *password = read_password (smtp->config, &wrong);
  char *text = wrong == NULL ? cpd_mail_write (smtp->config, message, now, NULL) : NULL;
  char *lines = text != NULL ? with_crlf (text) : NULL;
  Sending sending = { lines, lines != NULL ? strlen (lines) : 0, .cancellable = cancellable };
  gboolean sent = FALSE;

  if (wrong != NULL)
    g_propagate_error (error, g_steal_pointer (&wrong));
  else if (text == NULL)
    g_set_error_literal (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_REFUSED, "not an address for a mail");
  else
    sent = perform (smtp, from, to, password, &sending, error);
  cpd_secret_free (password);
  cpd_secret_free (text);
  cpd_secret_free (lines);
  return sent;
}

/**
 * cpd_smtp_check:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_smtp_check (const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (config->mail_password_file != NULL)
    cpd_secret_free (cpd_private_file_read (config->mail_password_file, PASSWORD_MAX, &wrong));
  if (wrong != NULL)
    return cpd_config_complain (config->reader, "mail", "password-file", error, "%s", wrong->message);
  return TRUE;
}
