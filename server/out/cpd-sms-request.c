/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-sms-request.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "cp-json.h"
#include "cpd-templates.h"
#include "cpd-token.h"
#include "cpd-transfer.h"
#include "cpd-url.h"

static const char *const placeholders[] = { "to", "to_digits", "text", "sender", "id", "secret", "basic", NULL };

typedef char *(*Escape) (const char *value);

static char *
escape_uri (const char *value)
{
  return g_uri_escape_string (value, NULL, FALSE);
}

static char *
escape_json (const char *value)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
  char *text = cp_json_text (node, NULL);
  gsize length = strlen (text);

  /* Without its quotes, which the template has. */
  memmove (text, text + 1, length);
  text[length - 2] = '\0';
  return text;
}

static char *
escape_xml (const char *value)
{
  return g_markup_escape_text (value, -1);
}

/* A header takes printable ASCII only, as it is: see is_header_value(). */
static char *
escape_nothing (const char *value)
{
  return g_strdup (value);
}

static const Escape body_escapes[] = {
  [CPD_SMS_JSON] = escape_json,
  [CPD_SMS_FORM] = escape_uri,
  [CPD_SMS_XML] = escape_xml,
};

static void
add (GHashTable *table, Escape escape, const char *name, const char *value)
{
  g_hash_table_insert (table, (gpointer) name, escape (value != NULL ? value : ""));
}

/* (transfer full): what the place needs; wiped, because the secret is in it. */
static GHashTable *
table_for (const CpdConfig *config, const CpdSmsValues *values, Escape escape)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cpd_secret_free);
  const char *secret = values->secret != NULL ? values->secret : "";
  char *pair = g_strconcat (config->sms_user != NULL ? config->sms_user : "", ":", secret, NULL);
  char *basic = g_base64_encode ((const guchar *) pair, strlen (pair));

  add (table, escape, "to", values->to);
  add (table, escape, "to_digits", values->to + (*values->to == '+' ? 1 : 0));
  add (table, escape, "text", values->text);
  add (table, escape, "sender", config->sms_sender);
  add (table, escape, "id", values->id);
  add (table, escape, "secret", secret);
  add (table, escape, "basic", basic);
  cpd_secret_free (pair);
  cpd_secret_free (basic);
  return table;
}

static char *
fill (const CpdConfig *config, const CpdSmsValues *values, Escape escape, const char *template)
{
  g_autoptr (GHashTable) table = table_for (config, values, escape);

  return cpd_template_fill (template, table);
}

static gboolean
is_header (const char *line)
{
  return g_regex_match_simple ("^[A-Za-z0-9-]{1,64}: [\\x20-\\x7e]{1,4000}\\z", line, 0, 0);
}

/**
 * cpd_sms_request_fill:
 * @request: (out caller-allocates)
 */
gboolean
cpd_sms_request_fill (const CpdConfig *config, const CpdSmsValues *values, CpdSmsRequest *request, GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  memset (request, 0, sizeof *request);
  if (config->sms_url != NULL)
    request->url = fill (config, values, escape_uri, config->sms_url);
  if (config->sms_body != NULL)
    request->body = fill (config, values, body_escapes[config->sms_body_type], config->sms_body);
  for (int i = 0; config->sms_headers[i] != NULL; i++)
    g_ptr_array_add (headers, fill (config, values, escape_nothing, config->sms_headers[i]));
  g_ptr_array_add (headers, NULL);
  request->headers = (GStrv) g_ptr_array_steal (headers, NULL);
  for (int i = 0; request->headers[i] != NULL; i++)
    if (!is_header (request->headers[i]))
      {
        cpd_sms_request_clear (request);
        g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
                             "headers: needs the form “Name: value”, of plain letters");
        return FALSE;
      }
  return TRUE;
}

/**
 * cpd_sms_request_clear:
 */
void
cpd_sms_request_clear (CpdSmsRequest *request)
{
  g_clear_pointer (&request->url, cpd_secret_free);
  g_clear_pointer (&request->body, cpd_secret_free);
  for (int i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    explicit_bzero (request->headers[i], strlen (request->headers[i]));
  g_clear_pointer (&request->headers, g_strfreev);
}

static gboolean
complain (const CpdConfig *config, GError **error, const char *key, const char *what)
{
  return cpd_config_complain (config->reader, "sms", key, error, "%s", what);
}

static gboolean
check_placeholders (const CpdConfig *config, const char *key, const char *template, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{([A-Za-z_]+)\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (template == NULL)
    return TRUE;
  for (g_regex_match (regex, template, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (!g_strv_contains (placeholders, name))
        return complain (config, error, key,
                         "has a placeholder that is none of {to} {to_digits} {text} {sender} {id} {secret} "
                         "{basic}");
    }
  return TRUE;
}

static gboolean
has (const CpdConfig *config, const char *placeholder)
{
  return strstr (config->sms_url, placeholder) != NULL ||
         (config->sms_body != NULL && strstr (config->sms_body, placeholder) != NULL);
}

static gboolean
check_is_message (const CpdConfig *config, GError **error)
{
  if (config->sms_url == NULL || (has (config, "{text}") && (has (config, "{to}") || has (config, "{to_digits}"))))
    return TRUE;
  return complain (config, error, "body", "has no {text}, or neither {to} nor {to_digits}; nor has url");
}

/* Addresses stand in logs up to their question mark, so nothing of a message may be before it. */
static gboolean
check_url (const CpdConfig *config, const CpdSmsRequest *request, GError **error)
{
  const char *brace;
  const char *query;

  if (config->sms_url == NULL)
    return TRUE;
  brace = strchr (config->sms_url, '{');
  query = strchr (config->sms_url, '?');
  if (!cpd_url_may_be_asked (request->url))
    return complain (config, error, "url", "needs https; http is for a loopback address such as 127.0.0.1");
  if (brace != NULL && (query == NULL || brace < query))
    return complain (config, error, "url", "takes placeholders behind its question mark only");
  return TRUE;
}

static gboolean
check_body (const CpdConfig *config, const CpdSmsRequest *request, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) wrong = NULL;

  if (request->body == NULL || config->sms_body_type != CPD_SMS_JSON)
    return TRUE;
  node = cp_json_parse (request->body, strlen (request->body), CP_JSON_DEPTH, &wrong);
  return node != NULL || complain (config, error, "body", "is not JSON when it is filled in");
}

/**
 * cpd_sms_request_check:
 *
 * Returns: FALSE with an error that names the key.
 */
gboolean
cpd_sms_request_check (const CpdConfig *config, GError **error)
{
  const CpdSmsValues sample = { "+31612345678", "\"Één\" & <uw> code", "outbox-1-1", "secret" };
  g_auto (CpdSmsRequest) request = { 0 };
  g_autoptr (GError) wrong = NULL;

  if (!check_placeholders (config, "url", config->sms_url, error) ||
      !check_placeholders (config, "body", config->sms_body, error))
    return FALSE;
  for (int i = 0; config->sms_headers[i] != NULL; i++)
    {
      if (!check_placeholders (config, "headers", config->sms_headers[i], error))
        return FALSE;
      if (strstr (config->sms_headers[i], "{text}") != NULL)
        return complain (config, error, "headers", "{text} does not fit in a header");
    }
  if (!check_is_message (config, error))
    return FALSE;
  if (!cpd_sms_request_fill (config, &sample, &request, &wrong))
    return complain (config, error, "headers", "needs the form “Name: value”, of plain letters");
  return check_url (config, &request, error) && check_body (config, &request, error);
}
