/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-response.h"

/* On every answer. It is data for a program: a browser that is led here may do nothing with it. */
#define POLICY "default-src 'none'; frame-ancestors 'none'"
static const struct
{
  const char *name;
  const char *value;
} common_fields[] = {
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
};

static void
unref_bytes_cb (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
response_of_bytes (GBytes *body)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  return MHD_create_response_from_buffer_with_free_callback_cls (size, (void *) data, unref_bytes_cb,
                                                                 g_bytes_ref (body));
}

static struct MHD_Response *
empty_response (void)
{
  return MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
}

static void
add_field (struct MHD_Response *response, const char *name, const char *value)
{
  if (MHD_add_response_header (response, name, value) == MHD_NO)
    g_warning ("the field %s could not be added to an answer", name);
}

static void
add_retry_after (struct MHD_Response *response, int seconds)
{
  g_autofree char *text = g_strdup_printf ("%d", seconds);

  add_field (response, MHD_HTTP_HEADER_RETRY_AFTER, text);
}

static struct MHD_Response *
error_response (GError *error, const CpdResponseContext *context, int *status)
{
  const CpdHttpStatus *how = context->refusal != CPD_REFUSAL_NONE ? cpd_http_status_of_refusal (context->refusal)
                                                                  : cpd_http_status_of_error (error->code);
  g_autoptr (GBytes) body = cpd_http_problem (how, error, context->id, context->zone);
  struct MHD_Response *response = response_of_bytes (body);
  int retry_after = cpd_http_retry_after (how, error);

  *status = how->status;
  add_field (response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/problem+json");
  if (how->status == MHD_HTTP_INTERNAL_SERVER_ERROR)
    g_warning ("%s internal error: %s", context->id, error->message);
  if (how->status == MHD_HTTP_UNAUTHORIZED)
    add_field (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
  if (context->refusal == CPD_REFUSAL_NO_METHOD)
    add_field (response, MHD_HTTP_HEADER_ALLOW, context->allow);
  if (retry_after > 0)
    add_retry_after (response, retry_after);
  return response;
}

static struct MHD_Response *
body_response (const CpdReply *reply, int *status)
{
  struct MHD_Response *response;

  if (reply->not_modified)
    {
      *status = MHD_HTTP_NOT_MODIFIED;
      return empty_response ();
    }
  if (reply->body == NULL)
    {
      *status = MHD_HTTP_NO_CONTENT;
      return empty_response ();
    }
  *status = reply->status != 0 ? reply->status : MHD_HTTP_OK;
  response = response_of_bytes (reply->body);
  add_field (response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
  if (reply->download)
    add_field (response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, "attachment");
  if (reply->retry_after > 0)
    add_retry_after (response, reply->retry_after);
  return response;
}

/**
 * cpd_response_new:
 * @reply: stays the caller's
 * @status: (out)
 *
 * Returns: (transfer full): for MHD_queue_response; freed with MHD_destroy_response.
 */
struct MHD_Response *
cpd_response_new (const CpdReply *reply, const CpdResponseContext *context, int *status)
{
  struct MHD_Response *response =
      reply->error != NULL ? error_response (reply->error, context, status) : body_response (reply, status);

  for (guint i = 0; i < G_N_ELEMENTS (common_fields); i++)
    add_field (response, common_fields[i].name, common_fields[i].value);
  add_field (response, MHD_HTTP_HEADER_CACHE_CONTROL,
             reply->error == NULL && reply->cacheable ? "max-age=3600" : "no-store");
  add_field (response, "Content-Security-Policy", reply->policy != NULL ? reply->policy : POLICY);
  if (reply->error == NULL && reply->etag != NULL)
    add_field (response, MHD_HTTP_HEADER_ETAG, reply->etag);
  if (context->tls)
    add_field (response, "Strict-Transport-Security", "max-age=63072000");
  if (context->close)
    add_field (response, MHD_HTTP_HEADER_CONNECTION, "close");
  return response;
}
