/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-transport-file.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cp-json.h"
#include "cpd-mail.h"
#include "cpd-token.h"
#include "cpd-transport.h"

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

/**
 * cpd_transport_file_send:
 *
 * Returns: FALSE with CPD_TRANSPORT_ERROR.
 */
gboolean
cpd_transport_file_send (const CpdConfig *config, const CpdOutboxRow *row, const CpdMessage *message, CpTime now,
                         GError **error)
{
  gboolean sms = message->kind == CPD_OUTBOX_SMS;
  g_autofree char *name =
      g_strdup_printf ("%06" G_GINT64_FORMAT "-%s.%s", row->id, row->template_name, sms ? "json" : "eml");
  g_autofree char *path = g_build_filename (config->outbox_directory, name, NULL);
  char *text = sms ? sms_text (message, now, config->zone) : cpd_mail_write (config, message, now, NULL);
  g_autoptr (GError) wrong = NULL;
  gboolean written;

  if (text == NULL)
    {
      g_set_error_literal (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_REFUSED, "not an address for a mail");
      return FALSE;
    }
  written = g_mkdir_with_parents (config->outbox_directory, 0700) == 0 &&
            g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &wrong);
  cpd_secret_free (text);
  if (!written)
    g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "%s",
                 wrong != NULL ? wrong->message : "the directory of [outgoing] cannot be made");
  return written;
}
