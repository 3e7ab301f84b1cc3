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

static void
set_body (CpdReply *reply, const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  gsize length;
  char *text = cp_record_to_text (type, record, zone, &length);

  reply->body = g_bytes_new_take (text, length);
  reply->content_type = "application/json";
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

  set_body (reply, type, record, zone);
  return reply;
}

/**
 * cpd_reply_new_later:
 * @record: (transfer full)
 * @zone: of the organisation: times are written with its offset
 *
 * Returns: (transfer full): 200 with @record, as JSON after cpd_reply_write().
 */
CpdReply *
cpd_reply_new_later (const CpRecordType *type, gpointer record, GTimeZone *zone)
{
  CpdReply *reply = cpd_reply_new ();

  reply->type = type;
  reply->record = record;
  reply->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  return reply;
}

static void
drop_record (CpdReply *reply)
{
  if (reply->record != NULL)
    cp_record_free (reply->type, reply->record);
  reply->record = NULL;
  g_clear_pointer (&reply->zone, g_time_zone_unref);
}

/**
 * cpd_reply_write:
 *
 * Does nothing when it was done.
 */
void
cpd_reply_write (CpdReply *reply)
{
  if (reply->record != NULL)
    set_body (reply, reply->type, reply->record, reply->zone);
  drop_record (reply);
  if (reply->body != NULL && reply->tag != NULL && reply->etag == NULL)
    reply->tag (reply, reply->tag_data);
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
  drop_record (reply);
  g_free (reply->etag);
  g_free (reply);
}
