/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>
#include "cpd-http-status.h"

G_BEGIN_DECLS

#define CPD_HEADER_MAX (16 * 1024) /* bytes of request line and fields */
#define CPD_FIELDS_MAX 100
#define CPD_TAG_MAX 100 /* bytes of If-None-Match or If-Match */

/* The request line and fields of one request, as they lie in the library's buffer: (borrowed) until it is answered. */
typedef struct
{
  const char *method;
  const char *target; /* as sent, from the log callback; only its place is used: the library decodes there */
  gsize target_length;
  const char *version;
  /* fields that may appear once; NULL: absent */
  const char *host;
  const char *content_length;
  const char *content_type;
  const char *content_encoding;
  const char *authorization;
  const char *expect;
  const char *if_none_match;
  const char *if_match;
  const char *cause;
  const char *view_as;
  const char *view_parts;
  const char *origin; /* these are of a browser */
  const char *fetch_site;
  const char *accept_language;
  GString *forwarded;  /* (owned) (nullable): all X-Forwarded-For, joined with commas */
  guint64 body_length; /* announced */
  /* while reading */
  const char *next; /* where the next field must begin */
  guint n_fields;
  gboolean malformed;
} CpdHead;

/* Reads the fields of connection into head, whose method, target and version are set. Refuses what is not in the one
 * form in which every HTTP implementation reads the same request. */
CpdRefusal cpd_head_read (CpdHead *head, struct MHD_Connection *connection);
void cpd_head_clear (CpdHead *head);

/* (nullable) (transfer none): the token of "Authorization: Bearer <token>"; NULL when it is not of that form. */
const char *cpd_head_bearer (const CpdHead *head);
gboolean cpd_head_body_is_json (const CpdHead *head);
gboolean cpd_head_body_is_form (const CpdHead *head);

G_END_DECLS
