/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-mail.h"

#include <gmime/gmime.h>
#include <string.h>

#include "cp-validate.h"

static void
start_library (void)
{
  static gsize started = 0;

  if (!g_once_init_enter (&started))
    return;
  g_mime_init ();
  g_once_init_leave (&started, 1);
}

/**
 * cpd_mail_address:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_mail_address (const char *address, GError **error)
{
  g_autofree char *domain = NULL;
  const char *at;

  if (!cp_validate_email (address, error))
    return NULL;
  at = strchr (address, '@');
  domain = g_hostname_to_ascii (at + 1);
  return g_strdup_printf ("%.*s@%s", (int) (at - address), address, domain);
}

/**
 * cpd_mail_from:
 *
 * Returns: (transfer full)
 */
char *
cpd_mail_from (const CpdConfig *config)
{
  const char *own = config->mail_from != NULL ? config->mail_from : config->organisation->email;
  g_autofree char *host = NULL;

  if (own != NULL)
    return cpd_mail_address (own, NULL);
  host = cpd_config_host (config->public_address);
  return g_strdup_printf ("noreply@%s", host);
}

/* Letters beyond ASCII as UTF-8, whatever fits in less. */
static void
add_mailbox (GMimeMessage *mail, GMimeAddressType type, const char *name, const char *address)
{
  InternetAddress *mailbox = internet_address_mailbox_new (name, address);

  internet_address_set_charset (mailbox, "utf-8");
  internet_address_list_add (g_mime_message_get_addresses (mail, type), mailbox);
  g_object_unref (mailbox);
}

/* Quoted-printable: lines stay short, whatever is in them. */
static void
add_part (GMimeMultipart *parts, const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (text, strlen (text));
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_part_set_content (GMIME_PART (part), content);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_multipart_add (parts, GMIME_OBJECT (part));
  g_object_unref (content);
  g_object_unref (stream);
  g_object_unref (part);
}

static void
set_headers (GMimeMessage *mail, const CpdConfig *config, const CpdMessage *message, const char *to, CpTime now)
{
  g_autofree char *from = cpd_mail_from (config);
  g_autofree char *host = cpd_config_host (config->public_address);
  g_autofree char *id = g_strdup_printf ("%s@%s", message->id, host);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / CP_TIME_SECOND);
  g_autoptr (GDateTime) date = g_date_time_to_timezone (utc, config->zone);

  add_mailbox (mail, GMIME_ADDRESS_TYPE_FROM, config->organisation->name, from);
  /* Without the name: the address may be mistyped, and of a client's own account it says who is in care. */
  add_mailbox (mail, GMIME_ADDRESS_TYPE_TO, NULL, to);
  g_mime_message_set_subject (mail, message->subject, "utf-8");
  g_mime_message_set_date (mail, date);
  g_mime_message_set_message_id (mail, id);
  /* RFC 3834; the other one is what Exchange listens to. Not all of it: it must say when a mail could not be delivered
   * (NDR, MS-OXCMAIL 2.1.3.2.20). */
  g_mime_object_set_header (GMIME_OBJECT (mail), "Auto-Submitted", "auto-generated", "utf-8");
  g_mime_object_set_header (GMIME_OBJECT (mail), "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply", "utf-8");
}

/* A mailbox file takes such a line for the beginning of the next mail, and programs that keep one change it. All that
 * is not a header is quoted-printable, in which =46 is F. */
static char *
without_from_lines (char *text)
{
  GString *out = g_string_new (text);

  explicit_bzero (text, strlen (text));
  g_free (text);
  g_string_replace (out, "\nFrom ", "\n=46rom ", 0);
  return g_string_free (out, FALSE);
}

/**
 * cpd_mail_write:
 *
 * Returns: (transfer full)
 */
char *
cpd_mail_write (const CpdConfig *config, const CpdMessage *message, CpTime now, GError **error)
{
  g_autofree char *to = cpd_mail_address (message->to, error);
  GMimeMessage *mail;
  GMimeMultipart *parts;
  char *text;

  if (to == NULL)
    return NULL;
  start_library ();
  mail = g_mime_message_new (TRUE);
  parts = g_mime_multipart_new_with_subtype ("alternative");
  set_headers (mail, config, message, to, now);
  add_part (parts, "plain", message->text);
  add_part (parts, "html", message->html);
  g_mime_message_set_mime_part (mail, GMIME_OBJECT (parts));
  text = without_from_lines (g_mime_object_to_string (GMIME_OBJECT (mail), NULL));
  g_object_unref (parts);
  g_object_unref (mail);
  return text;
}
