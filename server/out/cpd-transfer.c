/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-out"
#include "cpd-transfer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cpd-curl.h"
#include "cpd-url.h"

#define HEADER_MAX 4096
#define HEADERS_MAX 200

const CpdTransferLimits cpd_transfer_limits = { .connect = 10000, .silence = 30000, .total = 120000 };

struct _CpdTransfer
{
  CURL *curl; /* (owned): keeps its connections between requests */
  CpdTransferLimits limits;
  char *ca_file;
  char *client_certificate;
  char *client_key;
};

/* One request under way. */
typedef struct
{
  CpdTransfer *transfer;             /* (borrowed) */
  const CpdTransferRequest *request; /* (borrowed) */
  CpdTransferAnswer *answer;         /* (borrowed) */
  GCancellable *cancellable;         /* (borrowed) (nullable) */
  gint64 taken;
  gint64 max;
  guint n_headers;
  gboolean too_large;
  gboolean sink_failed;
} Exchange;

G_DEFINE_QUARK (cpd - transfer - error - quark, cpd_transfer_error)

/**
 * cpd_transfer_new:
 * @limits: (nullable):
 *
 * Returns: (transfer full)
 */
CpdTransfer *
cpd_transfer_new (const CpdTransferFiles *files, const CpdTransferLimits *limits)
{
  CpdTransfer *transfer = g_new0 (CpdTransfer, 1);

  transfer->curl = cpd_curl_new ();
  transfer->limits = limits != NULL ? *limits : cpd_transfer_limits;
  transfer->ca_file = g_strdup (files->ca_file);
  transfer->client_certificate = g_strdup (files->client_certificate);
  transfer->client_key = g_strdup (files->client_key);
  return transfer;
}

/**
 * cpd_transfer_free:
 * @transfer: (nullable):
 */
void
cpd_transfer_free (CpdTransfer *transfer)
{
  if (transfer == NULL)
    return;
  curl_easy_cleanup (transfer->curl);
  g_free (transfer->ca_file);
  g_free (transfer->client_certificate);
  g_free (transfer->client_key);
  g_free (transfer);
}

/**
 * cpd_transfer_answer_free:
 * @answer: (nullable):
 */
void
cpd_transfer_answer_free (CpdTransferAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->retry_after);
  g_free (answer->rate_limit);
  g_free (answer->content_type);
  g_free (answer->content_location);
  g_free (answer->etag);
  g_byte_array_unref (answer->body);
  g_free (answer);
}

static int
port_of (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/**
 * cpd_transfer_same_origin:
 *
 * Returns: TRUE when scheme, host and port are the same (RFC 6454).
 */
gboolean
cpd_transfer_same_origin (const char *a, const char *b)
{
  g_autoptr (GUri) one = g_uri_parse (a, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) other = g_uri_parse (b, G_URI_FLAGS_NONE, NULL);

  if (one == NULL || other == NULL || g_uri_get_host (one) == NULL || g_uri_get_host (other) == NULL)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (one), g_uri_get_scheme (other)) && port_of (one) == port_of (other) &&
         g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0;
}

/**
 * cpd_transfer_date:
 * @text: (nullable):
 *
 * Returns: the moment, 0 when it is no date.
 */
CpTime
cpd_transfer_date (const char *text)
{
  time_t seconds = text != NULL ? curl_getdate (text, NULL) : -1;

  return seconds > 0 ? seconds * CP_TIME_SECOND : 0;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= written;
    }
  return TRUE;
}

static size_t
body_cb (char *data, size_t one, size_t size, void *user_data)
{
  Exchange *exchange = user_data;
  long status = 0;

  exchange->taken += size;
  curl_easy_getinfo (exchange->transfer->curl, CURLINFO_RESPONSE_CODE, &status);
  /* What is no file stays in memory, whatever the file may be. */
  if (exchange->taken > (status == 200 ? exchange->max : CPD_TRANSFER_BODY_MAX))
    {
      exchange->too_large = TRUE;
      return 0;
    }
  if (exchange->request->sink == 0 || status != 200)
    {
      g_byte_array_append (exchange->answer->body, (const guint8 *) data, size);
      return size;
    }
  exchange->sink_failed = !write_all (exchange->request->sink, data, size);
  return exchange->sink_failed ? 0 : size;
}

static size_t
header_cb (char *data, size_t one, size_t size, void *user_data)
{
  Exchange *exchange = user_data;
  CpdTransferAnswer *answer = exchange->answer;
  g_autofree char *date = NULL;
  const struct
  {
    const char *name;
    char **value;
  } wanted[] = {
    { "date", &date },
    { "retry-after", &answer->retry_after },
    { "ratelimit", &answer->rate_limit },
    { "content-type", &answer->content_type },
    { "content-location", &answer->content_location },
    { "etag", &answer->etag },
  };
  const char *colon = memchr (data, ':', size);

  if (++exchange->n_headers > HEADERS_MAX || size > HEADER_MAX)
    return 0;
  for (gsize i = 0; colon != NULL && i < G_N_ELEMENTS (wanted); i++)
    if (strlen (wanted[i].name) == (gsize) (colon - data) &&
        g_ascii_strncasecmp (data, wanted[i].name, colon - data) == 0)
      {
        g_free (*wanted[i].value);
        *wanted[i].value = g_strstrip (g_strndup (colon + 1, data + size - colon - 1));
      }
  if (date != NULL)
    answer->date = cpd_transfer_date (date);
  return size;
}

static int
progress_cb (void *user_data, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now)
{
  const Exchange *exchange = user_data;

  if (g_cancellable_is_cancelled (exchange->cancellable))
    return 1;
  return exchange->request->tick != NULL && !exchange->request->tick (exchange->request->tick_data);
}

static struct curl_slist *
add_header (struct curl_slist *list, const char *name, const char *value)
{
  g_autofree char *line = value != NULL ? g_strconcat (name, ": ", value, NULL) : NULL;

  return line != NULL ? curl_slist_append (list, line) : list;
}

static void
set_rules (CpdTransfer *transfer, const CpdTransferRequest *request)
{
  CURL *curl = transfer->curl;
  gint64 total = request->timeout != 0 ? request->timeout : transfer->limits.total;

  curl_easy_reset (curl);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  cpd_curl_set_safe (curl, transfer->ca_file);
  curl_easy_setopt (curl, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) transfer->limits.connect);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) total);
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, (long) request->once);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, (long) MAX (transfer->limits.silence / 1000, 1));
  if (transfer->client_certificate != NULL)
    curl_easy_setopt (curl, CURLOPT_SSLCERT, transfer->client_certificate);
  if (transfer->client_key != NULL)
    curl_easy_setopt (curl, CURLOPT_SSLKEY, transfer->client_key);
}

/* (transfer full): to be kept until the request is done. */
static struct curl_slist *
set_request (CURL *curl, const CpdTransferRequest *request)
{
  struct curl_slist *headers = add_header (NULL, "Accept", request->accept);

  headers = add_header (headers, "Authorization", request->authorization);
  headers = add_header (headers, "Prefer", request->prefer);
  headers = add_header (headers, "Content-Type", request->content_type);
  for (int i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    headers = curl_slist_append (headers, request->headers[i]);
  curl_easy_setopt (curl, CURLOPT_URL, request->url);
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "clientportaal");
  if (request->body != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long) strlen (request->body));
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS, request->body);
      headers = curl_slist_append (headers, "Expect:");
    }
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  return headers;
}

static void
set_callbacks (CURL *curl, Exchange *exchange)
{
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, body_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, exchange);
}

static const struct
{
  CURLcode code;
  CpdTransferError kind;
} kinds[] = {
  { CURLE_UNSUPPORTED_PROTOCOL, CPD_TRANSFER_ERROR_ADDRESS },
  { CURLE_URL_MALFORMAT, CPD_TRANSFER_ERROR_ADDRESS },
  { CURLE_COULDNT_RESOLVE_HOST, CPD_TRANSFER_ERROR_CONNECT },
  { CURLE_COULDNT_CONNECT, CPD_TRANSFER_ERROR_CONNECT },
  { CURLE_OPERATION_TIMEDOUT, CPD_TRANSFER_ERROR_TIMEOUT },
  { CURLE_SSL_CONNECT_ERROR, CPD_TRANSFER_ERROR_TLS },
  { CURLE_PEER_FAILED_VERIFICATION, CPD_TRANSFER_ERROR_TLS },
  { CURLE_SSL_CERTPROBLEM, CPD_TRANSFER_ERROR_TLS },
  { CURLE_SSL_CIPHER, CPD_TRANSFER_ERROR_TLS },
  { CURLE_SSL_CACERT_BADFILE, CPD_TRANSFER_ERROR_TLS },
  { CURLE_SSL_ISSUER_ERROR, CPD_TRANSFER_ERROR_TLS },
  { CURLE_OUT_OF_MEMORY, CPD_TRANSFER_ERROR_LOCAL },
  { CURLE_ABORTED_BY_CALLBACK, CPD_TRANSFER_ERROR_CANCELLED },
};

static CpdTransferError
kind_of (CURLcode code, const Exchange *exchange)
{
  if (exchange->too_large)
    return CPD_TRANSFER_ERROR_TOO_LARGE;
  if (exchange->sink_failed)
    return CPD_TRANSFER_ERROR_LOCAL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].code == code)
      return kinds[i].kind;
  /* Reset, closed too early, no HTTP at all. */
  return CPD_TRANSFER_ERROR_CUT;
}

/* The address without its query: that may hold identifiers. */
static char *
without_query (const char *url)
{
  return g_strndup (url, strcspn (url, "?#"));
}

static gboolean
perform (Exchange *exchange, GError **error)
{
  CURL *curl = exchange->transfer->curl;
  const CpdTransferRequest *request = exchange->request;
  g_autofree char *address = without_query (request->url);
  struct curl_slist *headers;
  CURLcode code;
  long status = 0;

  set_rules (exchange->transfer, request);
  headers = set_request (curl, request);
  set_callbacks (curl, exchange);
  code = curl_easy_perform (curl);
  curl_slist_free_all (headers);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  exchange->answer->status = (int) status;
  /* Neither the token nor the body of the last request stays in the handle. */
  curl_easy_reset (curl);
  g_debug ("%s %s: %ld, %" G_GINT64_FORMAT " bytes", request->method, address, status, exchange->taken);
  if (code == CURLE_OK && !exchange->too_large && !exchange->sink_failed)
    return TRUE;
  g_set_error (error, CPD_TRANSFER_ERROR, kind_of (code, exchange), "%s %s: %s", request->method, address,
               exchange->too_large     ? "the answer is larger than it may be"
               : exchange->sink_failed ? "the file cannot be written"
                                       : curl_easy_strerror (code));
  return FALSE;
}

/**
 * cpd_transfer_send:
 * @cancellable: (nullable): looked at once a second at least
 *
 * Returns: (transfer full) (nullable)
 */
CpdTransferAnswer *
cpd_transfer_send (CpdTransfer *transfer, const CpdTransferRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (CpdTransferAnswer) answer = NULL;
  Exchange exchange = { .transfer = transfer, .request = request, .cancellable = cancellable };
  gint64 kept_max;

  if (!cpd_url_may_be_asked (request->url))
    {
      g_set_error_literal (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_ADDRESS,
                           "an address that is neither https nor http to a loopback address is not asked");
      return NULL;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, CPD_TRANSFER_ERROR, CPD_TRANSFER_ERROR_CANCELLED, "cancelled");
      return NULL;
    }
  answer = g_new0 (CpdTransferAnswer, 1);
  answer->body = g_byte_array_new ();
  exchange.answer = answer;
  kept_max = transfer->limits.body != 0 ? transfer->limits.body : CPD_TRANSFER_BODY_MAX;
  exchange.max = request->body_max != 0 ? request->body_max : kept_max;
  if (request->sink == 0)
    exchange.max = MIN (exchange.max, kept_max);
  return perform (&exchange, error) ? g_steal_pointer (&answer) : NULL;
}
