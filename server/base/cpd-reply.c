/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-reply.h"

/**
 * cpd_reply_new:
 *
 * Returns: (transfer full): an answer without a body (204).
 */
CpdReply *
cpd_reply_new (void)
{
  return g_new0 (CpdReply, 1);
}

/**
 * cpd_reply_new_error:
 * @error: (transfer full): what failed; an error of another domain is an internal error, its words are for the log only
 *
 * Returns: (transfer full): the answer.
 */
CpdReply *
cpd_reply_new_error (GError *error)
{
  CpdReply *reply = cpd_reply_new ();

  if (error->domain == CP_ERROR)
    reply->error = error;
  else
    {
      reply->error = g_error_new (CP_ERROR, CP_ERROR_INTERNAL, "%s", error->message);
      g_error_free (error);
    }
  return reply;
}

/**
 * cpd_reply_new_record:
 * @zone: of the organisation: times are written with its offset
 *
 * Returns: (transfer full): 200 with @record as JSON.
 */
CpdReply *
cpd_reply_new_record (const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  CpdReply *reply = cpd_reply_new ();
  gsize length;
  char *text = cp_record_to_text (type, record, zone, &length);

  reply->body = g_bytes_new_take (text, length);
  reply->content_type = "application/json";
  return reply;
}

/**
 * cpd_reply_new_bytes:
 * @content_type: a static string
 *
 * Returns: (transfer full): 200 with @body.
 */
CpdReply *
cpd_reply_new_bytes (GBytes *body, const char *content_type)
{
  CpdReply *reply = cpd_reply_new ();

  reply->body = g_bytes_ref (body);
  reply->content_type = content_type;
  return reply;
}

/**
 * cpd_reply_free:
 * @reply: (nullable)
 */
void
cpd_reply_free (CpdReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_error (&reply->error);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply->etag);
  g_free (reply);
}
