/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-gateway.h"

#include <string.h>

#include "cpd-private-file.h"
#include "cpd-sms-request.h"
#include "cpd-token.h"
#include "cpd-transfer.h"
#include "cpd-transport.h"

#define SECRET_MAX 4096
#define ANSWER_MAX (64 * 1024)

struct _CpdGateway
{
  const CpdConfig *config; /* (borrowed) */
  CpdTransfer *transfer;   /* (owned) */
};

static const char *const content_types[] = {
  [CPD_SMS_JSON] = "application/json",
  [CPD_SMS_FORM] = "application/x-www-form-urlencoded",
  [CPD_SMS_XML] = "application/xml; charset=utf-8",
};

/* Our own words: those of libcurl come with the address. */
static const char *const no_answer[] = {
  [CPD_TRANSFER_ERROR_ADDRESS] = "its address may not be asked",
  [CPD_TRANSFER_ERROR_CONNECT] = "no connection",
  [CPD_TRANSFER_ERROR_TLS] = "its certificate is not right",
  [CPD_TRANSFER_ERROR_TIMEOUT] = "no answer in time",
  [CPD_TRANSFER_ERROR_CUT] = "the connection was broken off",
  [CPD_TRANSFER_ERROR_TOO_LARGE] = "its answer is too large",
  [CPD_TRANSFER_ERROR_CANCELLED] = "stopped",
  [CPD_TRANSFER_ERROR_LOCAL] = "no room here",
};

/**
 * cpd_gateway_new:
 *
 * Returns: (transfer full)
 */
CpdGateway *
cpd_gateway_new (const CpdConfig *config)
{
  const CpdTransferFiles files = { .ca_file = config->sms_ca_file };
  const CpdTransferLimits limits = { .connect = 10000, .silence = 15000, .total = CPD_GATEWAY_SECONDS * 1000 };
  CpdGateway *gateway = g_new0 (CpdGateway, 1);

  gateway->config = config;
  gateway->transfer = cpd_transfer_new (&files, &limits);
  return gateway;
}

/**
 * cpd_gateway_free:
 * @gateway: (nullable)
 */
void
cpd_gateway_free (CpdGateway *gateway)
{
  if (gateway == NULL)
    return;
  cpd_transfer_free (gateway->transfer);
  g_free (gateway);
}

static gboolean
is_one_of (const GStrv statuses, int status)
{
  for (int i = 0; statuses[i] != NULL; i++)
    if (g_ascii_strtoll (statuses[i], NULL, 10) == status)
      return TRUE;
  return FALSE;
}

/* No pattern: any answer has it. */
static gboolean
has_pattern (const GByteArray *body, const char *pattern)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;

  if (pattern == NULL)
    return TRUE;
  text = g_strndup ((const char *) body->data, body->len);
  valid = g_utf8_make_valid (text, -1);
  return g_regex_match_simple (pattern, valid, 0, 0);
}

/* A status that says yes with a body that does not is a no: so gateways do that answer 200 to everything. */
static gboolean
judge (const CpdConfig *config, const CpdTransferAnswer *answer, GError **error)
{
  gboolean yes = is_one_of (config->sms_accepted, answer->status);
  gboolean no =
      is_one_of (config->sms_refused, answer->status) && has_pattern (answer->body, config->sms_refused_answer);

  if (yes && has_pattern (answer->body, config->sms_accepted_answer))
    return TRUE;
  g_set_error (error, CPD_TRANSPORT_ERROR, yes || no ? CPD_TRANSPORT_ERROR_REFUSED : CPD_TRANSPORT_ERROR_LATER,
               yes ? "the gateway answers with %d and does not accept it" : "the gateway answers with %d",
               answer->status);
  return FALSE;
}

static gboolean
ask (CpdGateway *gateway, const CpdSmsRequest *filled, GCancellable *cancellable, GError **error)
{
  const CpdConfig *config = gateway->config;
  const CpdTransferRequest request = {
    .method = cpd_sms_method_names[config->sms_method],
    .url = filled->url,
    .headers = (const char *const *) filled->headers,
    .content_type = filled->body != NULL ? content_types[config->sms_body_type] : NULL,
    .body = filled->body,
    .once = TRUE,
    .body_max = ANSWER_MAX,
  };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (CpdTransferAnswer) answer = cpd_transfer_send (gateway->transfer, &request, cancellable, &wrong);

  if (answer != NULL)
    return judge (config, answer, error);
  g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "the gateway: %s", no_answer[wrong->code]);
  return FALSE;
}

/* (transfer full): NULL with or without an error. */
static char *
read_secret (const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  char *secret;

  if (config->sms_secret_file == NULL)
    return NULL;
  secret = cpd_private_file_read (config->sms_secret_file, SECRET_MAX, &wrong);
  if (secret == NULL)
    g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "[sms] secret-file: %s", wrong->message);
  return secret;
}

/**
 * cpd_gateway_send:
 *
 * Returns: FALSE with CPD_TRANSPORT_ERROR.
 */
gboolean
cpd_gateway_send (CpdGateway *gateway, const CpdMessage *message, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_auto (CpdSmsRequest) request = { 0 };
  CpdSmsValues values = { message->to, message->text, message->id };
  char *secret = read_secret (gateway->config, &wrong);
  gboolean filled;

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  values.secret = secret;
  filled = cpd_sms_request_fill (gateway->config, &values, &request, &wrong);
  cpd_secret_free (secret);
  if (filled)
    return ask (gateway, &request, cancellable, error);
  g_set_error (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_LATER, "[sms] %s", wrong->message);
  return FALSE;
}

/**
 * cpd_gateway_check:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_gateway_check (const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (config->sms_secret_file != NULL)
    cpd_secret_free (cpd_private_file_read (config->sms_secret_file, SECRET_MAX, &wrong));
  if (wrong != NULL)
    return cpd_config_complain (config->reader, "sms", "secret-file", error, "%s", wrong->message);
  return cpd_sms_request_check (config, error);
}
