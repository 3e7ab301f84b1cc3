/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cp-json-scan.h"
#include "cp-json.h"
#include "cpd-ehr-access.h"
#include "cpd-ehr-wait.h"
#include "cpd-fhir.h"

#define FHIR_JSON "application/fhir+json"
#define BUSY_TRIES 5
#define AGAIN_TRIES 3 /* after the first */
#define DIAGNOSTICS_MAX 200
#define DIGITS_MAX 4 /* of a number in what a server says: longer ones may be of a person */
#define WAIT_SLICE (CP_TIME_MINUTE)
#define FILE_MAX ((gint64) 8 * 1024 * 1024 * 1024)
#define FILE_TIMEOUT (6 * 3600 * 1000) /* milliseconds; a silence ends it long before */

struct _CpdEhrHttp
{
  const CpdConfig *config;   /* (borrowed) */
  CpdEhrLease *lease;        /* (borrowed) (nullable) */
  GCancellable *cancellable; /* (borrowed) (nullable) */
  CpdTransfer *transfer;     /* (owned) */
  CpdEhrAccess *access;      /* (owned) */
  char *base;                /* ends in a slash */
  char *diagnostics;         /* (nullable) */
  CpTime first_date;
};

G_DEFINE_QUARK (cpd - ehr - http - error - quark, cpd_ehr_http_error)

/* What is done with an answer. */
typedef enum
{
  DONE,
  BUSY,  /* wait as the server says */
  AGAIN, /* the same once more */
  LOGIN, /* with a new token */
  REFUSED /* look at what it complains of */,
  FAIL
} Course;

/* 401 with a new token too says that somebody else must put something right, not what may be read. */
static const struct
{
  int status;
  Course course;
  CpdEhrHttpError error;
} courses[] = {
  { 400, REFUSED, CPD_EHR_HTTP_ERROR_REFUSED },  { 401, LOGIN, CPD_EHR_HTTP_ERROR_FAILED },
  { 403, FAIL, CPD_EHR_HTTP_ERROR_NOT_ALLOWED }, { 404, FAIL, CPD_EHR_HTTP_ERROR_NOT_FOUND },
  { 410, FAIL, CPD_EHR_HTTP_ERROR_GONE },        { 422, REFUSED, CPD_EHR_HTTP_ERROR_REFUSED },
  { 429, BUSY, CPD_EHR_HTTP_ERROR_FAILED },      { 500, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },
  { 502, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },     { 503, BUSY, CPD_EHR_HTTP_ERROR_FAILED },
  { 504, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },
};

static const struct
{
  CpdTransferError kind;
  Course course;
  CpdEhrHttpError error;
} faults[] = {
  { CPD_TRANSFER_ERROR_ADDRESS, FAIL, CPD_EHR_HTTP_ERROR_REFUSED },
  { CPD_TRANSFER_ERROR_CONNECT, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },
  { CPD_TRANSFER_ERROR_TLS, FAIL, CPD_EHR_HTTP_ERROR_FAILED },
  { CPD_TRANSFER_ERROR_TIMEOUT, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },
  { CPD_TRANSFER_ERROR_CUT, AGAIN, CPD_EHR_HTTP_ERROR_FAILED },
  { CPD_TRANSFER_ERROR_TOO_LARGE, FAIL, CPD_EHR_HTTP_ERROR_TOO_LARGE },
  { CPD_TRANSFER_ERROR_CANCELLED, FAIL, CPD_EHR_HTTP_ERROR_STOPPED },
  { CPD_TRANSFER_ERROR_LOCAL, FAIL, CPD_EHR_HTTP_ERROR_STOPPED },
};

/* One request with its tries. */
typedef struct
{
  const CpdEhrRequest *request; /* (borrowed) */
  char *url;                    /* (owned): whole */
  int busy;
  int again;
  gboolean renewed;
  CpdTransferAnswer *answer; /* (owned) (nullable): of the newest try */
  JsonNode *node;            /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): what the newest try would be reported as */
} Asking;

/**
 * cpd_ehr_http_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrHttp *
cpd_ehr_http_new (const CpdConfig *config, CpdEhrLease *lease, GCancellable *cancellable,
                  const CpdTransferLimits *limits, GError **error)
{
  CpdTransferFiles files = { config->ehr_ca_file, config->ehr_client_certificate, config->ehr_client_key };
  g_autoptr (CpdEhrHttp) http = g_new0 (CpdEhrHttp, 1);

  http->config = config;
  http->lease = lease;
  http->cancellable = cancellable;
  http->transfer = cpd_transfer_new (&files, limits);
  http->base = g_strconcat (config->ehr_server, "/", NULL);
  http->access = cpd_ehr_access_new (config, error);
  return http->access != NULL ? g_steal_pointer (&http) : NULL;
}

/**
 * cpd_ehr_http_free:
 * @http: (nullable):
 */
void
cpd_ehr_http_free (CpdEhrHttp *http)
{
  if (http == NULL)
    return;
  cpd_transfer_free (http->transfer);
  cpd_ehr_access_free (http->access);
  g_free (http->base);
  g_free (http->diagnostics);
  g_free (http);
}

/**
 * cpd_ehr_reply_free:
 * @reply: (nullable):
 */
void
cpd_ehr_reply_free (CpdEhrReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->node, json_node_unref);
  g_free (reply->content_location);
  g_free (reply);
}

/**
 * cpd_ehr_http_diagnostics:
 *
 * Returns: (nullable): until the next request.
 */
const char *
cpd_ehr_http_diagnostics (const CpdEhrHttp *http)
{
  return http->diagnostics;
}

/**
 * cpd_ehr_http_first_date:
 *
 * Returns: the server's clock at the first answer.
 */
CpTime
cpd_ehr_http_first_date (const CpdEhrHttp *http)
{
  return http->first_date;
}

/**
 * cpd_ehr_http_base:
 *
 * Returns: the address that resources are counted from, without a slash at its end.
 */
const char *
cpd_ehr_http_base (const CpdEhrHttp *http)
{
  return http->config->ehr_server;
}

/**
 * cpd_ehr_http_access:
 *
 * Returns: (transfer none)
 */
CpdEhrAccess *
cpd_ehr_http_access (CpdEhrHttp *http)
{
  return http->access;
}

static gboolean
keep_lease (CpdEhrHttp *http, GError **error)
{
  g_autoptr (GError) lost = NULL;

  if (http->lease == NULL || cpd_ehr_lease_keep (http->lease, &lost))
    return TRUE;
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_STOPPED, lost->message);
  return FALSE;
}

static gboolean
tick_cb (gpointer data)
{
  return keep_lease (data, NULL);
}

/**
 * cpd_ehr_http_wait:
 *
 * Returns: FALSE with @error when the run ends meanwhile.
 */
gboolean
cpd_ehr_http_wait (CpdEhrHttp *http, CpTime duration, GError **error)
{
  do
    {
      CpTime slice = MIN (duration, WAIT_SLICE);

      if (!cpd_ehr_wait (slice, http->cancellable))
        {
          g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_STOPPED, "cancelled");
          return FALSE;
        }
      if (!keep_lease (http, error))
        return FALSE;
      duration -= slice;
    }
  while (duration > 0);
  return TRUE;
}

/* (transfer full) (nullable): what the server says, on one line, at most so long, without long numbers. */
static char *
tidy (const char *text)
{
  g_autoptr (GString) tidied = g_string_new (NULL);
  gsize digits = 0;

  for (; text != NULL && *text != '\0' && tidied->len < DIAGNOSTICS_MAX; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      digits = g_unichar_isdigit (c) ? digits + 1 : 0;
      if (digits > DIGITS_MAX)
        {
          g_string_truncate (tidied, digits == DIGITS_MAX + 1 ? tidied->len - DIGITS_MAX : tidied->len);
          if (digits == DIGITS_MAX + 1)
            g_string_append_c (tidied, '#');
          continue;
        }
      g_string_append_unichar (tidied, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return tidied->len > 0 ? g_strdup (tidied->str) : NULL;
}

/* The first issue of an OperationOutcome: its code, and as diagnostics what it says. */
static const char *
read_outcome (CpdEhrHttp *http, JsonObject *object)
{
  JsonObject *issue = cpd_fhir_nth (cpd_fhir_array (object, "issue"), 0);
  const char *words = cpd_fhir_string (issue, "diagnostics");
  const char *code = cpd_fhir_string (issue, "code");

  g_clear_pointer (&http->diagnostics, g_free);
  if (words == NULL)
    words = cpd_fhir_concept_text (cpd_fhir_object (issue, "details"));
  http->diagnostics = tidy (words);
  return code != NULL && strlen (code) <= 40 && g_str_is_ascii (code) ? code : NULL;
}

static gboolean
is_outcome (JsonNode *node)
{
  return node != NULL &&
         g_strcmp0 (cpd_fhir_string (json_node_get_object (node), "resourceType"), "OperationOutcome") == 0;
}

/* outcome: (nullable). Whichever of its issues it is: a server may warn of something else first, and say in words what
 * is wrong and only in location or expression with what. */
static gboolean
complains_of (JsonObject *outcome, const char *parameter)
{
  JsonArray *issues = cpd_fhir_array (outcome, "issue");

  for (guint i = 0; i < cpd_fhir_length (issues); i++)
    {
      JsonObject *issue = cpd_fhir_nth (issues, i);
      const char *const said[] = { cpd_fhir_string (issue, "diagnostics"),
                                   cpd_fhir_concept_text (cpd_fhir_object (issue, "details")),
                                   cpd_fhir_nth_string (cpd_fhir_array (issue, "expression"), 0),
                                   cpd_fhir_nth_string (cpd_fhir_array (issue, "location"), 0) };

      for (gsize n = 0; n < G_N_ELEMENTS (said); n++)
        if (said[n] != NULL && strstr (said[n], parameter) != NULL)
          return TRUE;
    }
  return FALSE;
}

static void set_error (Asking *asking, CpdEhrHttpError kind, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
set_error (Asking *asking, CpdEhrHttpError kind, const char *format, ...)
{
  va_list arguments;

  g_clear_error (&asking->error);
  va_start (arguments, format);
  asking->error = g_error_new_valist (CPD_EHR_HTTP_ERROR, kind, format, arguments);
  va_end (arguments);
}

static Course
judge_fault (Asking *asking, const GError *fault)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].kind == (CpdTransferError) fault->code)
      {
        set_error (asking, faults[i].error, "%s", fault->message);
        return faults[i].course;
      }
  set_error (asking, CPD_EHR_HTTP_ERROR_FAILED, "%s", fault->message);
  return FAIL;
}

/* The body of a good answer: JSON that is cut off is asked for again, JSON that is too deep never gets better. */
static Course
judge_body (CpdEhrHttp *http, Asking *asking)
{
  const CpdTransferAnswer *answer = asking->answer;
  const char *reason = NULL;

  if (answer->status == 202 || (answer->status == 200 && asking->request->sink != 0) || answer->body->len == 0)
    return DONE;
  asking->node = cp_json_scan ((const char *) answer->body->data, answer->body->len, CP_JSON_DEPTH_FHIR, NULL, &reason);
  if (asking->node != NULL && !JSON_NODE_HOLDS_OBJECT (asking->node))
    g_clear_pointer (&asking->node, json_node_unref);
  if (asking->node == NULL)
    {
      gboolean deep = reason != NULL && strstr (reason, "deep") != NULL;

      reason = reason != NULL ? reason : "not a whole JSON object";
      set_error (asking, deep ? CPD_EHR_HTTP_ERROR_TOO_LARGE : CPD_EHR_HTTP_ERROR_FAILED, "%d, but the body is %s",
                 answer->status, reason);
      return deep ? FAIL : AGAIN;
    }
  if (asking->request->plain || !is_outcome (asking->node))
    return DONE;
  reason = read_outcome (http, json_node_get_object (asking->node));
  set_error (asking, CPD_EHR_HTTP_ERROR_FAILED, "%d with an OperationOutcome (%s)", answer->status,
             reason != NULL ? reason : "no code");
  return FAIL;
}

static Course
judge_status (CpdEhrHttp *http, Asking *asking)
{
  const CpdTransferAnswer *answer = asking->answer;
  JsonObject *outcome = NULL;
  const char *code = NULL;
  CpdEhrHttpError kind = CPD_EHR_HTTP_ERROR_REFUSED;
  Course course = FAIL;

  for (gsize i = 0; i < G_N_ELEMENTS (courses); i++)
    if (courses[i].status == answer->status)
      {
        course = courses[i].course;
        kind = courses[i].error;
      }
  asking->node = cp_json_parse ((const char *) answer->body->data, answer->body->len, CP_JSON_DEPTH_FHIR, NULL);
  if (asking->node != NULL && JSON_NODE_HOLDS_OBJECT (asking->node) && is_outcome (asking->node))
    outcome = json_node_get_object (asking->node);
  if (outcome != NULL)
    code = read_outcome (http, outcome);
  if (course == REFUSED && (complains_of (outcome, "_lastUpdated") || complains_of (outcome, "_sort")))
    kind = CPD_EHR_HTTP_ERROR_CHANGES;
  else if (course == REFUSED && complains_of (outcome, "_count"))
    kind = CPD_EHR_HTTP_ERROR_COUNT;
  set_error (asking, kind, "%d%s%s%s", answer->status, code != NULL ? " (" : "", code != NULL ? code : "",
             code != NULL ? ")" : "");
  return course;
}

static gboolean
make_body (const CpdEhrRequest *request, char **body, GError **error)
{
  if (request->make_body != NULL)
    *body = request->make_body (request->make_data, error);
  return request->make_body == NULL || *body != NULL;
}

/* A file that was half written begins anew. */
static gboolean
empty_sink (const CpdEhrRequest *request, GError **error)
{
  if (request->sink == 0 || (ftruncate (request->sink, 0) == 0 && lseek (request->sink, 0, SEEK_SET) == 0))
    return TRUE;
  g_set_error (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_STOPPED, "the file cannot be begun anew: %s",
               g_strerror (errno));
  return FALSE;
}

/* Sends once. */
static Course
try_once (CpdEhrHttp *http, Asking *asking)
{
  const CpdEhrRequest *request = asking->request;
  CpdTransferRequest sent = { .method = request->method != NULL ? request->method : "GET",
                              .url = asking->url,
                              .accept = request->accept != NULL ? request->accept : FHIR_JSON,
                              .authorization = request->authorization,
                              .prefer = request->prefer,
                              .content_type = request->content_type,
                              .body = request->body,
                              .sink = request->sink,
                              .body_max = request->sink != 0 ? FILE_MAX : 0,
                              .timeout = request->sink != 0 ? FILE_TIMEOUT : 0,
                              .tick = tick_cb,
                              .tick_data = http };
  g_autofree char *body = NULL;
  g_autoptr (GError) fault = NULL;

  g_clear_pointer (&asking->answer, cpd_transfer_answer_free);
  g_clear_pointer (&asking->node, json_node_unref);
  g_clear_pointer (&http->diagnostics, g_free);
  if (!keep_lease (http, &asking->error))
    return FAIL;
  if (!request->without_token &&
      !cpd_ehr_access_authorization (http->access, http, &sent.authorization, &asking->error))
    return FAIL;
  if (!empty_sink (request, &asking->error) || !make_body (request, &body, &asking->error))
    return FAIL;
  if (body != NULL)
    sent.body = body;
  asking->answer = cpd_transfer_send (http->transfer, &sent, http->cancellable, &fault);
  if (asking->answer == NULL)
    return judge_fault (asking, fault);
  /* Where tokens come from another clock may run. */
  if (http->first_date == 0 && !request->elsewhere)
    http->first_date = asking->answer->date;
  return asking->answer->status / 100 == 2 ? judge_body (http, asking) : judge_status (http, asking);
}

/* FALSE: it is over, with asking->error. */
static gboolean
wait_busy (CpdEhrHttp *http, Asking *asking)
{
  const CpdTransferAnswer *answer = asking->answer;
  CpTime wait = cpd_ehr_wait_busy (answer->retry_after, answer->rate_limit, answer->date, asking->busy + 1);

  if (++asking->busy >= BUSY_TRIES || wait > CPD_EHR_WAIT_MAX)
    return FALSE;
  g_clear_error (&asking->error);
  return cpd_ehr_http_wait (http, wait, &asking->error);
}

static gboolean
wait_again (CpdEhrHttp *http, Asking *asking)
{
  if (++asking->again > AGAIN_TRIES)
    return FALSE;
  g_clear_error (&asking->error);
  return cpd_ehr_http_wait (http, cpd_ehr_wait_again (asking->again), &asking->error);
}

/* TRUE: once more. */
static gboolean
goes_on (CpdEhrHttp *http, Asking *asking, Course course)
{
  switch (course)
    {
    case BUSY:
      return wait_busy (http, asking);
    case AGAIN:
      return wait_again (http, asking);
    case LOGIN:
      if (asking->renewed || asking->request->without_token || !cpd_ehr_access_forget (http->access))
        return FALSE;
      asking->renewed = TRUE;
      g_clear_error (&asking->error);
      return TRUE;
    case DONE:
    case REFUSED:
    case FAIL:
      break;
    }
  return FALSE;
}

static CpdEhrReply *
reply_new (Asking *asking)
{
  CpdEhrReply *reply = g_new0 (CpdEhrReply, 1);
  const CpdTransferAnswer *answer = asking->answer;

  reply->status = answer->status;
  reply->date = answer->date;
  reply->node = g_steal_pointer (&asking->node);
  reply->object = reply->node != NULL ? json_node_get_object (reply->node) : NULL;
  reply->content_location = g_strdup (answer->content_location);
  reply->retry_after =
      answer->retry_after != NULL ? cpd_ehr_wait_busy (answer->retry_after, NULL, answer->date, 1) : -1;
  return reply;
}

static void
asking_clear (Asking *asking)
{
  g_free (asking->url);
  g_clear_pointer (&asking->answer, cpd_transfer_answer_free);
  g_clear_pointer (&asking->node, json_node_unref);
  g_clear_error (&asking->error);
}

/**
 * cpd_ehr_http_ask:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrReply *
cpd_ehr_http_ask (CpdEhrHttp *http, const CpdEhrRequest *request, GError **error)
{
  Asking asking = { .request = request };
  CpdEhrReply *reply = NULL;
  Course course = FAIL;

  asking.url = g_uri_resolve_relative (http->base, request->url, G_URI_FLAGS_ENCODED, NULL);
  /* Only the server itself is asked for data: a link of its own to another host gets neither a token nor a request. */
  if (asking.url == NULL || (!request->elsewhere && !cpd_transfer_same_origin (asking.url, http->base)))
    set_error (&asking, CPD_EHR_HTTP_ERROR_REFUSED, "a link leads to another host than that of the server");
  else
    do
      course = try_once (http, &asking);
    while (goes_on (http, &asking, course));
  if (course == DONE)
    reply = reply_new (&asking);
  else
    g_propagate_error (error, g_steal_pointer (&asking.error));
  asking_clear (&asking);
  return reply;
}

/**
 * cpd_ehr_http_get:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrReply *
cpd_ehr_http_get (CpdEhrHttp *http, const char *url, GError **error)
{
  const CpdEhrRequest request = { .url = url };

  return cpd_ehr_http_ask (http, &request, error);
}
