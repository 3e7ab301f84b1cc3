/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-transport.h"

#include "cpd-gateway.h"
#include "cpd-gsm7.h"
#include "cpd-smtp.h"
#include "cpd-transport-file.h"

struct _CpdTransport
{
  const CpdConfig *config; /* (borrowed) */
  CpdOutboxKind kind;
  CpdSmtp *smtp;       /* (owned) (nullable) */
  CpdGateway *gateway; /* (owned) (nullable): with neither, files */
};

G_DEFINE_QUARK (cpd - transport - error - quark, cpd_transport_error)

/**
 * cpd_transport_new:
 *
 * Returns: (transfer full)
 */
CpdTransport *
cpd_transport_new (const CpdConfig *config, CpdOutboxKind kind)
{
  CpdTransport *transport = g_new0 (CpdTransport, 1);

  transport->config = config;
  transport->kind = kind;
  if (kind == CPD_OUTBOX_MAIL && config->mail_server != NULL)
    transport->smtp = cpd_smtp_new (config);
  if (kind == CPD_OUTBOX_SMS && config->sms_url != NULL)
    transport->gateway = cpd_gateway_new (config);
  return transport;
}

/**
 * cpd_transport_free:
 * @transport: (nullable)
 */
void
cpd_transport_free (CpdTransport *transport)
{
  if (transport == NULL)
    return;
  cpd_smtp_free (transport->smtp);
  cpd_gateway_free (transport->gateway);
  g_free (transport);
}

/**
 * cpd_transport_seconds:
 */
int
cpd_transport_seconds (CpdOutboxKind kind)
{
  return kind == CPD_OUTBOX_SMS ? CPD_GATEWAY_SECONDS : CPD_SMTP_SECONDS;
}

/**
 * cpd_transport_send:
 *
 * Returns: FALSE with CPD_TRANSPORT_ERROR.
 */
gboolean
cpd_transport_send (CpdTransport *transport, const CpdOutboxRow *row, const CpdMessage *message, CpTime now,
                    GCancellable *cancellable, GError **error)
{
  if (message->kind == CPD_OUTBOX_SMS &&
      (g_utf8_strlen (message->text, -1) > CPD_GSM7_MAX || !cpd_gsm7_check (message->text)))
    {
      g_set_error_literal (error, CPD_TRANSPORT_ERROR, CPD_TRANSPORT_ERROR_REFUSED,
                           "the text does not fit one plain text message");
      return FALSE;
    }
  if (transport->smtp != NULL)
    return cpd_smtp_send (transport->smtp, message, now, cancellable, error);
  if (transport->gateway != NULL)
    return cpd_gateway_send (transport->gateway, message, cancellable, error);
  return cpd_transport_file_send (transport->config, row, message, now, error);
}

/**
 * cpd_transport_check:
 */
gboolean
cpd_transport_check (const CpdConfig *config, GError **error)
{
  return cpd_smtp_check (config, error) && cpd_gateway_check (config, error);
}
