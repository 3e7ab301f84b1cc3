/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-transport-file.h"

#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cp-json.h"

static char *
sms_text (const CpdMessage *message, CpTime now, GTimeZone *zone)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *time = cp_time_format (now, zone);

  json_object_set_string_member (object, "to", message->to);
  json_object_set_string_member (object, "text", message->text);
  json_object_set_string_member (object, "sent", time);
  json_node_set_object (node, object);
  return cp_json_text (node, NULL);
}

static GMimeMessage *
mail_message (const CpdConfig *config, const CpdOutboxRow *row, const CpdMessage *message, CpTime now)
{
  const CpOrganisation *organisation = config->organisation;
  g_autofree char *fallback = g_strdup_printf ("noreply@%s", config->address);
  const char *from = organisation->email != NULL ? organisation->email : fallback;
  g_autofree char *id = g_strdup_printf ("outbox-%" G_GINT64_FORMAT "-%d@%s", row->id, row->tries, config->address);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / CP_TIME_SECOND);
  g_autoptr (GDateTime) date = g_date_time_to_timezone (utc, config->zone);
  GMimeMessage *mail = g_mime_message_new (TRUE);
  GMimeTextPart *part = g_mime_text_part_new ();

  g_mime_message_add_mailbox (mail, GMIME_ADDRESS_TYPE_FROM, organisation->name, from);
  g_mime_message_add_mailbox (mail, GMIME_ADDRESS_TYPE_TO, message->to_name, message->to);
  g_mime_message_set_subject (mail, message->subject, "utf-8");
  g_mime_message_set_date (mail, date);
  g_mime_message_set_message_id (mail, id);
  g_mime_object_set_header (GMIME_OBJECT (mail), "Auto-Submitted", "auto-generated", "utf-8");
  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, message->text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_message_set_mime_part (mail, GMIME_OBJECT (part));
  g_object_unref (part);
  return mail;
}

static char *
mail_text (const CpdConfig *config, const CpdOutboxRow *row, const CpdMessage *message, CpTime now)
{
  static gsize started = 0;
  GMimeMessage *mail;
  char *text;

  if (g_once_init_enter (&started))
    {
      g_mime_init ();
      g_once_init_leave (&started, 1);
    }
  mail = mail_message (config, row, message, now);
  text = g_mime_object_to_string (GMIME_OBJECT (mail), NULL);
  g_object_unref (mail);
  return text;
}

/**
 * cpd_transport_file_send:
 *
 * Returns: FALSE with an error when the file could not be written: it can be tried again.
 */
gboolean
cpd_transport_file_send (const CpdConfig *config, const CpdOutboxRow *row, const CpdMessage *message, CpTime now,
                         GError **error)
{
  gboolean sms = message->kind == CPD_OUTBOX_SMS;
  g_autofree char *name =
      g_strdup_printf ("%06" G_GINT64_FORMAT "-%s.%s", row->id, row->template_name, sms ? "json" : "eml");
  g_autofree char *path = g_build_filename (config->outbox_directory, name, NULL);
  g_autofree char *text = sms ? sms_text (message, now, config->zone) : mail_text (config, row, message, now);
  gboolean written;

  written = g_mkdir_with_parents (config->outbox_directory, 0700) == 0 &&
            g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  explicit_bzero (text, strlen (text));
  if (!written && error != NULL && *error == NULL)
    g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "cannot make %s", config->outbox_directory);
  return written;
}
