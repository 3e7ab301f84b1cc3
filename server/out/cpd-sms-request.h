/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* The request of a gateway for text messages, made of the templates of the configuration. Placeholders: {to} (E.164),
 * {to_digits} (the same without its plus), {text}, {sender}, {id}, {secret}, and {basic} (user and secret as
 * "Authorization: Basic" has them). Each value is written as its place needs it. */
typedef struct
{
  char *url;
  GStrv headers;
  char *body; /* (nullable) */
} CpdSmsRequest;

typedef struct
{
  const char *to;
  const char *text;
  const char *id;
  const char *secret; /* (nullable) */
} CpdSmsValues;

/* FALSE with CP_ERROR_BAD_REQUEST when a value cannot stand where the template has it. */
gboolean cpd_sms_request_fill (const CpdConfig *config, const CpdSmsValues *values, CpdSmsRequest *request,
                               GError **error);
void cpd_sms_request_clear (CpdSmsRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdSmsRequest, cpd_sms_request_clear)

/* Whether the templates can be filled at all. */
gboolean cpd_sms_request_check (const CpdConfig *config, GError **error);

G_END_DECLS
